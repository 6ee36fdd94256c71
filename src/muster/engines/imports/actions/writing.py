"""Writing checked rows: whole rows in batches, safe to repeat after any interruption."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count

from muster.core.kernel import Problem
from muster.engines.imports import queries
from muster.engines.imports.actions.taking import Tell, quiet
from muster.engines.imports.kinds import (
    CHANGED,
    HELD,
    Draft,
    ImportKind,
    Turned,
    concerns_one_row,
    sets_of,
)
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.people import masked
from muster.engines.imports.problems import ImportHasFaults, ImportNotReady, PlanRefused
from muster.engines.imports.rowstore import counts_of, drafts_of
from muster.ground.journal.actions import record

BATCH = 1000  # a multiple of ImportPart.SIZE: a part is opened once
Good = list[tuple[UUID, Draft]]
CHANGED_SINCE = "核对之后这条记录又有改动，为免覆盖没有写入。请重新核对本行。"
OUTSIDE = "核对之后这个号码在管辖范围以外登记了，待县级核对。"
READY = (Import.State.CHECKED, Import.State.WRITING)


def write(job: Import, *, at: datetime, tell: Tell = quiet) -> Import:
    """Write the good rows; with all-or-none every row or, with ImportHasFaults, none at all."""
    kind = queries.kind(job.kind)
    if job.mode == Import.Mode.ALL_OR_NONE:
        _write_whole(job, kind, at)
    else:
        while not _batch(job, kind, at):
            tell(job.position / max(1, job.counts["rows"]), f"已写入到第 {job.position} 行")
        _close(job, at)
    return job


def _write_whole(job: Import, kind: ImportKind, at: datetime) -> None:
    """Write everything in one transaction, together with the file that this one repairs."""
    lost: dict[UUID, dict[UUID, Turned]] = {}
    jobs = [*_waiting_parents(job), job]
    try:
        with transaction.atomic():
            for one in jobs:
                _refuse_faults(one, jobs)
            for one in jobs:
                while not _batch(one, kind, at, lost):
                    pass
            if lost:
                raise ImportHasFaults(rejected=sum(map(len, lost.values())), held=0)
            for one in jobs:
                _close(one, at)
    except ImportHasFaults:
        # Nothing was written; the rows that changed since are faulty now, and say so.
        for one in jobs:
            one.refresh_from_db()
            with transaction.atomic():
                _turn_away(one, lost.get(one.pk, {}))
        raise


def _waiting_parents(job: Import) -> list[Import]:
    """Return the imports this one repairs that wait to be written whole, the first file first."""
    found: list[Import] = []
    parent = job.follows
    while parent is not None:
        if parent.state == Import.State.CHECKED and parent.mode == Import.Mode.ALL_OR_NONE:
            found.insert(0, parent)
        parent = parent.follows
    return found


def _refuse_faults(job: Import, together: Sequence[Import]) -> None:
    """Refuse where a row is faulty and no later file of those written together answers it."""
    later = together[together.index(job) + 1 :]
    answered = {key for one in later for key in queries.answered_rows(one)}
    open_rows = ImportRow.objects.filter(of=job, outcome__in=("rejected", "held"))
    counts = {"rejected": 0, "held": 0}
    settled = (ImportRow.State.REPLACED, ImportRow.State.GIVEN_UP)
    for row in open_rows.exclude(state__in=settled):
        counts[row.outcome] += (row.sheet, row.number) not in answered
    if any(counts.values()):
        raise ImportHasFaults(**counts)


def _batch(
    job: Import, kind: ImportKind, at: datetime, lost: dict[UUID, dict[UUID, Turned]] | None = None
) -> bool:
    """Write the next rows and the position reached, in one transaction; True when all are done."""
    with transaction.atomic():
        now = Import.objects.select_for_update().get(pk=job.pk)
        if now.state not in READY:
            raise ImportNotReady(state=now.get_state_display())
        job.position, job.counts, job.state = now.position, now.counts, Import.State.WRITING
        end = min(job.position + BATCH, job.counts["rows"])
        if end > job.position:
            good = list(_good(job, end))
            turned = _rows_written(kind, good, at)
            if turned and lost is not None:
                lost.setdefault(job.pk, {}).update(turned)
            _turn_away(job, turned)
            job.position = end
            record("import.batch_written", job, facts={"to": end, "rows": len(good) - len(turned)})
        job.save(update_fields=["position", "state", "counts"])
    return bool(job.position >= job.counts["rows"])


def _good(job: Import, end: int) -> Good:
    rows = ImportRow.objects.filter(of=job, place__gt=job.position, place__lte=end)
    wanted = rows.filter(outcome__in=("new", "changed"), state=ImportRow.State.PLAIN)
    return [(draft.pk, draft) for draft in drafts_of(wanted) if draft.pk]


def _rows_written(kind: ImportKind, good: Good, at: datetime) -> dict[UUID, Turned]:
    """Write rows together; where one of them stops the others, each by itself."""
    if not good:
        return {}
    try:
        with transaction.atomic():
            lost = kind.write(good, at)
    except (Problem, IntegrityError):
        turned: dict[UUID, Turned] = {}
        for key, draft in good:
            turned |= row_written(kind, key, draft, at)
        return turned
    drafts = dict(good) if lost else {}
    return {key: _named(why, drafts[key]) for key, why in lost.items()}


def row_written(kind: ImportKind, key: UUID, draft: Draft, at: datetime) -> dict[UUID, Turned]:
    """Write one row; return it with the reason where it cannot be."""
    try:
        with transaction.atomic():
            lost = kind.write([(key, draft)], at)
            return {row: _named(why, draft) for row, why in lost.items()}
    except PlanRefused as problem:
        return {key: _of_plan(kind.code, problem, draft)}
    except Problem as problem:
        if not concerns_one_row(problem):
            raise
        return {key: _named(problem.message, draft)}
    except IntegrityError:
        return {key: _named(CHANGED_SINCE, draft)}


def _named(why: str, draft: Draft) -> Turned:
    """Return a reason that concerns the whole record: it stands under the name."""
    name = str(draft.values.get("name", ""))
    return Turned(CHANGED_SINCE if why == CHANGED else why, "name", name)


def _of_plan(kind: str, problem: PlanRefused, draft: Draft) -> Turned:
    """Return a reason under the column that the refused plan came from."""
    code = problem.facts["set"]
    own = next(s for s in sets_of(kind) if s.code == code)
    said = own.words([draft.plans[code]])[0] if own.words else []
    key, _, told = said[0] if said else (own.columns[0].key, "", "")
    return Turned(problem.message, key, told)


def _turn_away(job: Import, turned: dict[UUID, Turned]) -> None:
    """Make rejected, or held, of rows that could not be written, and count anew."""
    if not turned:
        return
    keys, why = list(turned), Counter(job.reading.get("thrown_back", {}))
    for start in range(0, len(keys), 500):
        for row in ImportRow.objects.filter(of=job, pk__in=keys[start : start + 500]):
            turn_away(job, row, turned[row.pk])
            why[OUTSIDE if row.outcome == "held" else turned[row.pk].why] += 1
    recount(job)
    job.counts["thrown_back"] = job.counts.get("thrown_back", 0) + len(keys)
    job.reading = {**job.reading, "thrown_back": dict(why.most_common(20))}
    job.save(update_fields=["counts", "reading"])


def turn_away(job: Import, row: ImportRow, turned: Turned) -> None:
    """Make a row rejected with the reason, its column and what it says there, or held."""
    held = turned.why == HELD
    row.outcome = ImportRow.Outcome.HELD if held else ImportRow.Outcome.REJECTED
    columns = {c.key: c for c in queries.kind(job.kind).columns}
    column = columns.get(turned.key)
    label = queries.labels_of(job, row.sheet).get(turned.key) or (column.label if column else "")
    row.faults = [] if held else [{
        "column": label, "key": turned.key, "code": "record.changed_since", "allowed": "",
        "suggestion": "", "message": turned.why,
        "value_masked": masked(column, turned.told) if column and turned.told else "",
    }]  # fmt: skip
    row.state = ImportRow.State.PLAIN
    row.save(update_fields=["outcome", "faults", "state"])


def recount(job: Import) -> None:
    """Set the five counts from the rows as they stand; absent and rows stay."""
    tally = ImportRow.objects.filter(of=job).values_list("outcome").annotate(n=Count("pk"))
    job.counts = job.counts | counts_of(tally.order_by())


def _close(job: Import, at: datetime) -> None:
    with transaction.atomic():
        now = Import.objects.select_for_update().get(pk=job.pk)
        if now.state == Import.State.WRITTEN:
            return
        job.state, job.written_at = Import.State.WRITTEN, at
        job.save(update_fields=["state", "written_at"])
        _replace_followed(job)
        record("import.written", job, facts=job.counts)


def _replace_followed(job: Import) -> None:
    """Mark the faulty rows of the earlier import that this repair workbook answered."""
    parent = job.follows
    if parent is None:
        return
    keys = queries.answered_rows(job)
    rows = ImportRow.objects.filter(of=parent, outcome__in=("rejected", "held"))
    # Also what was given up in the meantime: the row did come in.
    waiting = rows.filter(state__in=(ImportRow.State.PLAIN, ImportRow.State.GIVEN_UP))
    done = [r.pk for r in waiting if (r.sheet, r.number) in keys]
    for start in range(0, len(done), 500):
        part = ImportRow.objects.filter(pk__in=done[start : start + 500])
        part.update(state=ImportRow.State.REPLACED)
    count_answers(parent)


def count_answers(job: Import) -> None:
    """Note how the faulty and held rows were answered; the five counts stay.

    ``replaced`` and ``given_up`` count rejected rows only, so that rejected − replaced − given_up
    are those still to be mended; ``held_settled`` counts held rows answered either way.
    """
    states = (ImportRow.State.REPLACED, ImportRow.State.GIVEN_UP)
    rows = ImportRow.objects.filter(of=job, state__in=states).order_by()
    found = {
        (outcome, state): n
        for outcome, state, n in rows.values_list("outcome", "state").annotate(n=Count("pk"))
    }
    replaced, given_up = (found.get(("rejected", state), 0) for state in states)
    settled = sum(n for (outcome, _), n in found.items() if outcome == "held")
    answers = {"replaced": replaced, "given_up": given_up, "held_settled": settled}
    job.counts = {**job.counts, **answers}
    job.save(update_fields=["counts"])
