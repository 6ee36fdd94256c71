"""Reading imports within the scope."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from muster.core.sheets import cell_text
from muster.engines.imports.checking import JOIN, Memory, cells_again
from muster.engines.imports.kinds import KINDS, Draft, ImportKind, Line, sets_of
from muster.engines.imports.models import Import, ImportPart, ImportRow, Layout
from muster.engines.imports.problems import NoSuchKind
from muster.engines.imports.rowstore import drafts_of, opened, part_of, written_rows
from muster.ground.files.actions import open_body
from muster.ground.files.models import StoredFile
from muster.ground.files.problems import FileGone
from muster.ground.jobs.models import Job
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import current_scope


def kind(code: str) -> ImportKind:
    """Return the importer of a kind; refuse an unknown one."""
    if code not in KINDS:
        raise NoSuchKind(kind=code, known="、".join(KINDS))
    return KINDS[code]


def kinds() -> list[ImportKind]:
    """Return the importers there are."""
    return list(KINDS.values())


def place(division: str) -> None:
    """Refuse a division that is unknown, or outside what the scope holds."""
    if not current_scope().holds(division) or not register.division_exists(division):
        raise NotInScope


def imports_visible() -> QuerySet[Import]:
    """Return the imports of the scope, newest first."""
    return Import.objects.all()  # type: ignore[no-any-return]


def imports_waiting() -> list[Import]:
    """Return imports that wait for a person: checked but not written, or written with faulty rows."""
    recent = Import.objects.filter(state__in=("checked", "written"))[:60]
    return [j for j in recent if j.state == "checked" or still_faulty(j)]


def still_faulty(job: Import) -> int:
    """Return how many faulty rows are neither answered by a later file nor given up."""
    settled = int(job.counts.get("replaced", 0)) + int(job.counts.get("given_up", 0))
    return int(job.counts.get("rejected", 0)) - settled


def is_barred(job: Import) -> bool:
    """Return whether all-or-none keeps every row out now: rows are faulty or held and not settled."""
    if job.mode != Import.Mode.ALL_OR_NONE or job.state != Import.State.CHECKED:
        return False
    held = int(job.counts.get("held", 0)) - int(job.counts.get("held_settled", 0))
    return still_faulty(job) + held > 0


def import_job(pk: UUID | str) -> Import:
    """Return one import of the scope."""
    return Import.objects.fetch(pk)  # type: ignore[no-any-return]


def import_or_none(pk: str) -> Import | None:
    """Return one import of the scope, or None where it is unknown or outside."""
    try:
        return import_job(pk)
    except NotInScope:
        return None


def original_of(job: Import) -> StoredFile:
    """Return the file as it was uploaded; refuse where it is no longer kept."""
    if job.file is None:
        raise FileGone(name=job.file_name)
    return job.file


def rows_of(job: Import, outcome: str = "", state: str = "") -> QuerySet[ImportRow]:
    """Return the rows of an import, of one outcome and state where given."""
    rows = ImportRow.objects.filter(of=job)
    rows = rows.filter(outcome=outcome) if outcome else rows
    return rows.filter(state=state) if state else rows  # type: ignore[no-any-return]


def row(job: Import, pk: UUID | str) -> ImportRow:
    """Return one row of an import."""
    found = ImportRow.objects.fetch(pk)
    if found.of_id != job.pk:
        raise NotInScope
    return found  # type: ignore[no-any-return]


def faulty_rows(job: Import) -> QuerySet[ImportRow]:
    """Return the rows that still wait for repair."""
    waiting = ImportRow.State.PLAIN
    return ImportRow.objects.filter(of=job, outcome="rejected", state=waiting)  # type: ignore[no-any-return]


OPEN_OUTCOMES = ("rejected", "held")


def is_repairable(job: Import, item: ImportRow) -> bool:
    """Return whether a row can be corrected now.

    Faulty and held rows can, and what was corrected on the screen as long as nothing is written.
    """
    if item.state != ImportRow.State.PLAIN:
        return False
    mended = bool(item.body) and job.state == Import.State.CHECKED and not job.position
    return item.outcome in OPEN_OUTCOMES or mended


def is_open(item: ImportRow) -> bool:
    """Return whether a row waits for repair or for the county, or was given up and can come back."""
    states = (ImportRow.State.PLAIN, ImportRow.State.GIVEN_UP)
    return item.outcome in OPEN_OUTCOMES and item.state in states


def given_up_rows(job: Import) -> QuerySet[ImportRow]:
    """Return the rows that somebody decided to leave out."""
    return ImportRow.objects.filter(of=job, state=ImportRow.State.GIVEN_UP)  # type: ignore[no-any-return]


def answered_rows(job: Import) -> set[tuple[str, int]]:
    """Return (sheet, row) of the earlier file that good rows of this repair workbook answer."""
    rows = ImportRow.objects.filter(of=job).exclude(outcome__in=("rejected", "held"))
    return set(rows.exclude(origin=None).values_list("sheet", "origin"))


def error_of(number: int, sheet: str, fault: dict[str, str]) -> dict[str, Any]:
    """Return one error as the command line prints it."""
    return {"row": number, "sheet": sheet, "column": fault["column"], "code": fault["code"],
            "message": fault["message"], "allowed": fault["allowed"],
            "value_masked": fault["value_masked"]}  # fmt: skip


def errors(job: Import) -> list[dict[str, Any]]:
    """Return all errors of all rows: row of the sheet, column, masked value, what is allowed."""
    rows = ImportRow.objects.filter(of=job, outcome="rejected").values_list(
        "number", "sheet", "faults"
    )
    return [error_of(n, s, f) for n, s, faults in rows.iterator(2000) for f in faults]


def labels_of(job: Import, sheet: str) -> dict[str, str]:
    """Return key → header text of a sheet, as the user wrote it."""
    for one in job.reading.get("sheets", []):
        if one["name"] == sheet:
            return {m["key"]: m["text"].rpartition(JOIN)[2] for m in one["matched"]}
    return {}


def draft_of(job: Import, item: ImportRow) -> Draft:
    """Return a row as a draft with its cells.

    A row that was thrown back only while writing has none stored: its file is read again.
    """
    draft = opened(item)
    if not draft.raw and has_original(job):
        draft.raw = cells_again(open_body(original_of(job)), job.file_name,
                                kind(job.kind).columns, matched_before(job),
                                (item.sheet, item.number))  # fmt: skip
    return draft


def cells_of(job: Import, item: ImportRow) -> dict[str, Any]:
    """Return the cells of a faulty row in clear, for repairing; the look is journalled."""
    look("import.row_opened", kind="imports.importrow", ids=[item.pk])
    return draft_of(job, item).raw


def edits_of(job: Import) -> dict[tuple[str, int], dict[str, str]]:
    """Return (sheet, row) → key → text of what was corrected on the screen in rows still faulty."""
    edited = ImportRow.objects.filter(pk__in=faulty_rows(job).exclude(body=b"").values("pk"))
    return {(d.sheet, d.number): d.edits for d in drafts_of(edited) if d.edits}


NEVER_ALIKE = frozenset({"id", "phone", "name"})


def rows_alike(job: Import, item: ImportRow, key: str) -> list[UUID]:
    """Return the other faulty rows with the same wrong word in a column; never of numbers or names."""
    columns = {c.key: c for c in kind(job.kind).columns}
    mine = _wrong_word(item.faults, key)
    if not mine or key not in columns or columns[key].kind in NEVER_ALIKE:
        return []
    others = faulty_rows(job).exclude(pk=item.pk).values_list("pk", "faults")
    return [pk for pk, faults in others if _wrong_word(faults, key) == mine]


def _wrong_word(faults: list[dict[str, str]], key: str) -> tuple[str, str] | None:
    for fault in faults:
        late = fault["code"] == "record.changed_since"  # about one record, not about a word
        if fault["key"] == key and fault["value_masked"] and not late:
            return fault["code"], fault["value_masked"]
    return None


def unknown_words(item: ImportRow) -> set[str]:
    """Return the columns of a row whose word nobody knew: such a word can be remembered."""
    return {f["key"] for f in item.faults if f["code"].endswith(".unknown") and f["value_masked"]}


def remembered_columns(code: str) -> Memory:
    """Return how the columns of forms were matched before in this scope."""
    chosen: dict[str, str] = {}
    forms: dict[str, dict[str, str]] = {}
    for layout in Layout.objects.filter(kind=code).order_by("used_at"):
        own = layout.columns.get("chosen", {})
        chosen |= {text: key for text, key in own.items() if key}
        if own:
            forms.setdefault(layout.fingerprint, {}).update(own)
    return Memory(chosen, forms)


def matched_before(job: Import) -> dict[str, dict[str, str]]:
    """Return sheet → header text → key ("" left out), for reading its file again the same way."""
    return {
        sheet["name"]: {u["text"]: "" for u in sheet["unknown"]}
        | dict.fromkeys(sheet.get("left_out", []), "")
        | {m["text"]: m["key"] for m in sheet["matched"]}
        for sheet in job.reading.get("sheets", [])
    }


def work_of(job: Import) -> Job | None:
    """Return the long work that runs, or last ran, for an import."""
    return Job.objects.filter(pk=job.work).first() if job.work else None


def undoable(job: Import) -> int:
    """Return how many rows of an import stand written now."""
    return int(written_rows(job).count()) if job.state in ("written", "writing") else 0


def changes(job: Import, drafts: Sequence[Draft]) -> dict[UUID, list[Line]]:
    """Return row → (what, before, after) of what it changes, the hung sets included; phones masked."""
    found, labels = kind(job.kind), {c.key: c.label for c in kind(job.kind).columns}
    told: dict[UUID, list[Line]] = {
        draft.pk: [
            (labels.get(key, "所属村（社区）"), found.shown(key, old), found.shown(key, new))
            for key, old in draft.before.items()
            for new in [draft.division if key == "division" else draft.values.get(key)]
        ]
        for draft in drafts
        if draft.pk
    }
    for column_set in sets_of(job.kind):
        planned = [d for d in drafts if d.pk and column_set.code in d.plans]
        if not planned or column_set.words is None:
            continue
        said = column_set.words([d.plans[column_set.code] for d in planned])
        for draft, lines in zip(planned, said, strict=True):
            told[draft.pk] += [  # type: ignore[index]
                (labels.get(key, key), before or "（空）", after or "（空）")
                for key, before, after in lines
            ]
    return told


def drafts_beside(job: Import, item: ImportRow) -> list[Draft]:
    """Return the drafts of one outcome that are stored in the same part as a row: it is opened once."""
    first = part_of(item.place) * ImportPart.SIZE
    near = ImportRow.objects.filter(of=job, outcome=item.outcome, place__gt=first,
                                    place__lte=first + ImportPart.SIZE)  # fmt: skip
    return list(drafts_of(near))


def name_of(draft: Draft) -> str:
    """Return whom or what a row is about."""
    return str(draft.values.get("name") or cell_text(draft.raw.get("name")))


def unmatched(job: Import) -> list[dict[str, Any]]:
    """Return the columns that were not recognised, by sheet: its place, its name, their headers."""
    return [
        {"place": place, "sheet": sheet["name"], "texts": [u["text"] for u in sheet["unknown"]]}
        for place, sheet in enumerate(job.reading.get("sheets", []))
        if sheet["unknown"]
    ]


def thrown_back(job: Import) -> dict[str, Any] | None:
    """Return how many rows the writing threw back and why, None where it threw back none."""
    count = int(job.counts.get("thrown_back", 0))
    if not count:
        return None
    whys = job.reading.get("thrown_back", {})
    # Most frequent first, also where the database has sorted the keys.
    return {"count": count, "whys": sorted(whys.items(), key=lambda one: (-one[1], one[0]))}


def has_original(job: Import) -> bool:
    """Return whether the uploaded file is still kept."""
    return job.file is not None and job.file.deleted_at is None


def tried_undo(job: Import) -> dict[str, Any] | None:
    """Return the three buckets of the last try-out, or None where none stands for this state."""
    work = work_of(job)
    if work is None or work.kind != "import.preview" or work.state != Job.State.DONE:
        return None
    return {**work.result, "at": work.ended_at}


def shown_keys(job: Import, item: ImportRow) -> set[str]:
    """Return the keys of the columns a faulty row has: its sheet's, and those found missing."""
    return set(labels_of(job, item.sheet)) | {f["key"] for f in item.faults if f["key"]}


def cells_with_faults(job: Import, item: ImportRow) -> list[dict[str, Any]]:
    """Return every cell of a faulty row with its label, value and fault, faulty ones first."""
    raw, faults = cells_of(job, item), {f["key"]: f for f in item.faults}
    labels, unknown = labels_of(job, item.sheet), unknown_words(item)
    cells = [
        {"key": c.key, "label": labels.get(c.key) or c.label,
         "value": cell_text(raw.get(c.key)),
         "alike": len(rows_alike(job, item, c.key)) if c.key in faults else 0,
         "unknown": c.key in unknown,
         "fault": faults.get(c.key), "help": c.help, "allowed": c.allowed}
        for c in kind(job.kind).columns
        if c.key in raw or c.key in faults
    ]  # fmt: skip
    return sorted(cells, key=lambda cell: cell["fault"] is None)
