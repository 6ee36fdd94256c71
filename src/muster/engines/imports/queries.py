"""Reading imports within the scope."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from muster.core.identity import mask_phone
from muster.engines.imports.kinds import KINDS, ImportKind
from muster.engines.imports.models import Import, ImportRow, Layout
from muster.engines.imports.problems import NoSuchKind
from muster.engines.imports.rowstore import opened, written_rows
from muster.ground.jobs.models import Job
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.register.models import Person
from muster.ground.rows.problems import NotInScope


def kind(code: str) -> ImportKind:
    """Return the importer of a kind; refuse an unknown one."""
    if code not in KINDS:
        raise NoSuchKind(kind=code, known="、".join(KINDS))
    return KINDS[code]


def kinds() -> list[ImportKind]:
    """Return the importers there are."""
    return list(KINDS.values())


def imports_visible() -> QuerySet[Import]:
    """Return the imports of the scope, newest first."""
    return Import.objects.all()  # type: ignore[no-any-return]


def imports_waiting() -> list[Import]:
    """Return imports that wait for a person: checked but not written, or written with faulty rows."""
    recent = Import.objects.filter(state__in=("checked", "written"), followed_by=None)[:60]
    return [j for j in recent if j.state == "checked" or j.counts.get("rejected")]


def import_job(pk: UUID | str) -> Import:
    """Return one import of the scope."""
    return Import.objects.fetch(pk)  # type: ignore[no-any-return]


def import_or_none(pk: str) -> Import | None:
    """Return one import of the scope, or None where it is unknown or outside."""
    try:
        return import_job(pk)
    except NotInScope:
        return None


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


def work_of(job: Import) -> Job | None:
    """Return the long work that runs, or last ran, for an import."""
    return Job.objects.filter(pk=job.work).first() if job.work else None  # type: ignore[no-any-return]


def undoable(job: Import) -> int:
    """Return how many rows of an import stand written now."""
    return int(written_rows(job).count())


def differences(item: ImportRow) -> list[tuple[str, str, str]]:
    """Return (what, before, after) of a row that changes a record; identity and phone masked."""
    draft = opened(item)
    labels = {c.key: c for c in kind(item.of.kind).columns} | {}
    found = []
    for key, old in draft.before.items():
        column = labels.get(key)
        new = draft.values.get(key, draft.division if key == "division" else "")
        label = column.label if column else "所属村（社区）"
        hide = column is not None and column.sensitive
        found.append(
            (
                label,
                mask_phone(str(old)) if hide else shown(old),
                mask_phone(str(new)) if hide else shown(new),
            )
        )
    return found


def shown(value: Any, key: str = "") -> str:
    """Return a value in words for the difference list."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    words = {"politics": Person.Politics, "education": Person.Education, "sex": Person.Sex}
    if key == "division":
        return register.division_name(str(value))
    return str(words[key](value).label) if key in words else str(value)


def cells_with_faults(job: Import, item: ImportRow) -> list[dict[str, Any]]:
    """Return every cell of a faulty row with its label, value and fault, faulty ones first."""
    raw, faults = cells_of(item), {f["key"]: f for f in item.faults}
    cells = [
        {"key": c.key, "label": c.label, "value": "" if raw.get(c.key) is None else raw[c.key],
         "fault": faults.get(c.key), "help": c.help, "allowed": c.allowed}
        for c in kind(job.kind).columns
        if c.key in raw or c.key in faults
    ]  # fmt: skip
    return sorted(cells, key=lambda cell: cell["fault"] is None)
