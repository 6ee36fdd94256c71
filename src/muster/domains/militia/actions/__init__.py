"""Acts of the militia; each is one transaction with its journal entry."""

from muster.domains.militia.actions.absences import (
    come_back,
    correct_absence,
    go_away,
    reopen_absence,
)
from muster.domains.militia.actions.frozen import freeze
from muster.domains.militia.actions.many import Entry, enter_many
from muster.domains.militia.actions.rollcalls import (
    call_together,
    close_call,
    mark,
    mark_by_code,
    unmark,
)
from muster.domains.militia.actions.transfers import enter, leave, move, reverse
from muster.domains.militia.actions.units import (
    assign,
    change_unit,
    close_unit,
    hand_down,
    new_unit,
    put_post,
    record_vetting,
    remove_post,
)

__all__ = [
    "Entry",
    "assign",
    "call_together",
    "change_unit",
    "close_call",
    "close_unit",
    "come_back",
    "correct_absence",
    "enter",
    "enter_many",
    "freeze",
    "go_away",
    "hand_down",
    "leave",
    "mark",
    "mark_by_code",
    "move",
    "new_unit",
    "put_post",
    "record_vetting",
    "remove_post",
    "reopen_absence",
    "reverse",
    "unmark",
]
