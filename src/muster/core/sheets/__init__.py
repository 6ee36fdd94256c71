"""Tables as offices write them: guarded, headers found, columns matched."""

from muster.core.sheets.body import Row, Skipped, Table, Tables, find_tables, split_rows
from muster.core.sheets.columns import (
    Column,
    Matching,
    UnknownHeader,
    fingerprint,
    match_columns,
)
from muster.core.sheets.guard import guard
from muster.core.sheets.header import Header, find_header
from muster.core.sheets.model import (
    Cell,
    FileKind,
    Merge,
    Sheet,
    Workbook,
    column_letter,
    is_blank,
    is_error,
)
from muster.core.sheets.problems import FileProblem, HeaderNotFound
from muster.core.sheets.process import run_in_child
from muster.core.sheets.safe import plain_text, safe_text

__all__ = [
    "Cell",
    "Column",
    "FileKind",
    "FileProblem",
    "Header",
    "HeaderNotFound",
    "Matching",
    "Merge",
    "Row",
    "Sheet",
    "Skipped",
    "Table",
    "Tables",
    "UnknownHeader",
    "Workbook",
    "column_letter",
    "find_header",
    "find_tables",
    "fingerprint",
    "guard",
    "is_blank",
    "is_error",
    "match_columns",
    "plain_text",
    "run_in_child",
    "safe_text",
    "split_rows",
]
