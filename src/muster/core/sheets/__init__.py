"""Tables as offices write them: guarded, headers found, columns matched."""

from muster.core.sheets.body import Row, Skipped, Table, Tables, find_tables, split_rows
from muster.core.sheets.columns import (
    Column,
    Matching,
    UnknownHeader,
    fingerprint,
    is_added,
    match_columns,
    plain,
)
from muster.core.sheets.guard import guard
from muster.core.sheets.header import Header, find_header
from muster.core.sheets.model import (
    Cell,
    FileKind,
    Merge,
    Sheet,
    Workbook,
    cell_text,
    column_letter,
    is_blank,
    is_error,
)
from muster.core.sheets.problems import FileProblem, HeaderNotFound
from muster.core.sheets.process import run_in_child
from muster.core.sheets.reader import read
from muster.core.sheets.repair import Repair, RowFault, read_repair, write_repair
from muster.core.sheets.safe import plain_text, safe_text
from muster.core.sheets.template import TEMPLATE_PROPERTY, write_template
from muster.core.sheets.writer import write_csv, write_table

__all__ = [
    "TEMPLATE_PROPERTY",
    "Cell",
    "Column",
    "FileKind",
    "FileProblem",
    "Header",
    "HeaderNotFound",
    "Matching",
    "Merge",
    "Repair",
    "Row",
    "RowFault",
    "Sheet",
    "Skipped",
    "Table",
    "Tables",
    "UnknownHeader",
    "Workbook",
    "cell_text",
    "column_letter",
    "find_header",
    "find_tables",
    "fingerprint",
    "guard",
    "is_added",
    "is_blank",
    "is_error",
    "match_columns",
    "plain",
    "plain_text",
    "read",
    "read_repair",
    "run_in_child",
    "safe_text",
    "split_rows",
    "write_csv",
    "write_repair",
    "write_table",
    "write_template",
]
