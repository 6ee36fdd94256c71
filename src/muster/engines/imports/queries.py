"""Reading imports within the scope."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from muster.engines.imports.kinds import KINDS, ImportKind
from muster.engines.imports.models import Import, ImportRow, Layout
from muster.engines.imports.problems import NoSuchKind
from muster.engines.imports.rowstore import opened
from muster.ground.journal.actions import look


def kind(code: str) -> ImportKind:
    """Return the importer of a kind; refuse an unknown one."""
    if code not in KINDS:
        raise NoSuchKind(kind=code, known="、".join(KINDS))
    return KINDS[code]


def imports_visible() -> QuerySet[Import]:
    """Return the imports of the scope, newest first."""
    return Import.objects.all()  # type: ignore[no-any-return]


def import_job(pk: UUID | str) -> Import:
    """Return one import of the scope."""
    return Import.objects.fetch(pk)  # type: ignore[no-any-return]


def rows_of(job: Import, outcome: str = "") -> QuerySet[ImportRow]:
    """Return the rows of an import, of one outcome where given."""
    rows = ImportRow.objects.filter(of=job)
    return rows.filter(outcome=outcome) if outcome else rows  # type: ignore[no-any-return]


def row(job: Import, pk: UUID | str) -> ImportRow:
    """Return one row of an import."""
    found = ImportRow.objects.fetch(pk)
    return ImportRow.objects.filter(of=job).get(pk=found.pk)  # type: ignore[no-any-return]


def faulty_rows(job: Import) -> QuerySet[ImportRow]:
    """Return the rows that still wait for repair."""
    waiting = ImportRow.State.PLAIN
    return ImportRow.objects.filter(of=job, outcome="rejected", state=waiting)  # type: ignore[no-any-return]


def errors(job: Import) -> list[dict[str, Any]]:
    """Return all errors of all rows: row of the sheet, column, masked value, what is allowed."""
    found = []
    for item in ImportRow.objects.filter(of=job, outcome="rejected").iterator(2000):
        found += [
            {"row": item.number, "sheet": item.sheet, "column": f["column"], "code": f["code"],
             "message": f["message"], "allowed": f["allowed"], "value_masked": f["value_masked"]}
            for f in item.faults
        ]  # fmt: skip
    return found


def cells_of(item: ImportRow) -> dict[str, Any]:
    """Return the cells of a faulty row in clear, for repairing; the look is journalled."""
    look("import.row_opened", kind="imports.importrow", ids=[item.pk])
    return opened(item).raw


def remembered_columns(code: str) -> dict[str, str]:
    """Return header text → column key of the forms used before in this scope."""
    columns: dict[str, str] = {}
    for layout in Layout.objects.filter(kind=code).order_by("used_at"):
        columns |= layout.columns
    return columns
