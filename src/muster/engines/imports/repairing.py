"""The faulty rows back in the user's own layout, and templates to fill in."""

import re

from muster.core.sheets import RowFault, Workbook, write_repair, write_template
from muster.engines.imports import queries
from muster.engines.imports.models import Import
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import record

TEMPLATE_VERSION = "1"
MARK = "（待修正）"
_MARKS = re.compile(rf"(?:{MARK})+$")


def repair_file(job: Import, *, workbook: Workbook | None = None) -> tuple[str, bytes]:
    """Return (name, workbook) of the rows still faulty; ``workbook`` saves reading the file again.

    What was corrected on the screen stands in it. The export is journalled.
    """
    kind = queries.kind(job.kind)
    faults = [
        RowFault(sheet, number, fault["message"], fault["key"])
        for sheet, number, found in queries.faulty_rows(job).values_list(
            "sheet", "number", "faults"
        )
        for fault in found
    ]
    data = write_repair(
        open_body(queries.original_of(job)), job.file_name, faults, columns=kind.columns,
        job=str(job.pk), workbook=workbook,
        remembered=queries.matched_before(job), edits=queries.edits_of(job),
    )  # fmt: skip
    record("import.repair_file_made", job, facts={"rows": len({(f.sheet, f.row) for f in faults})})
    stem = _MARKS.sub("", job.file_name.rsplit(".", 1)[0])
    return f"{stem}{MARK}.xlsx", data


def template_file(kind_code: str) -> tuple[str, bytes]:
    """Return (name, workbook) to fill in for a kind."""
    kind = queries.kind(kind_code)
    data = write_template(kind.columns, kind=kind.code, version=TEMPLATE_VERSION, title=kind.label,
                          one=kind.one)  # fmt: skip
    return f"{kind.label}（模板）.xlsx", data
