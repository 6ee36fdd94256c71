"""Importing: take a file, check it, write it by whole rows, repair, undo in three buckets."""

from muster.engines.imports.actions.checks import check, rematch
from muster.engines.imports.actions.givingup import (
    give_up_row,
    give_up_rows,
    let_good_in,
    take_up_row,
    take_up_rows,
)
from muster.engines.imports.actions.rows import repair_alike, repair_row
from muster.engines.imports.actions.taking import (
    Tell,
    ask_work,
    open_original,
    quiet,
    read_first,
    refuse_unreadable,
    stop_work,
    take_file,
)
from muster.engines.imports.actions.undoing import undo, undo_preview
from muster.engines.imports.actions.words import forget_word
from muster.engines.imports.actions.writing import write

__all__ = [
    "Tell",
    "ask_work",
    "check",
    "forget_word",
    "give_up_row",
    "give_up_rows",
    "let_good_in",
    "open_original",
    "quiet",
    "read_first",
    "refuse_unreadable",
    "rematch",
    "repair_alike",
    "repair_row",
    "stop_work",
    "take_file",
    "take_up_row",
    "take_up_rows",
    "undo",
    "undo_preview",
    "write",
]
