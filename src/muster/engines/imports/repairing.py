"""The faulty rows back in the user's own layout, and templates to fill in."""

from muster.core.sheets import RowFault, write_repair, write_template
from muster.engines.imports import queries
from muster.engines.imports.models import Import
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import record

TEMPLATE_VERSION = "1"


def repair_file(job: Import) -> tuple[str, bytes]:
    """Return (name, workbook) of the rows still faulty; the export is journalled."""
    kind = queries.kind(job.kind)
    faults = [
        RowFault(row.sheet, row.number, fault["message"], fault["key"])
        for row in queries.faulty_rows(job)
        for fault in row.faults
    ]
    data = write_repair(
        open_body(job.file), job.file_name, faults, columns=kind.columns, job=str(job.pk)
    )
    record("import.repair_file_made", job, facts={"rows": len({(f.sheet, f.row) for f in faults})})
    stem = job.file_name.rsplit(".", 1)[0]
    return f"{stem}（待修正）.xlsx", data


def template_file(kind_code: str) -> tuple[str, bytes]:
    """Return (name, workbook) to fill in for a kind."""
    kind = queries.kind(kind_code)
    data = write_template(kind.columns, kind=kind.code, version=TEMPLATE_VERSION, title=kind.label)
    return f"{kind.label}（模板）.xlsx", data
