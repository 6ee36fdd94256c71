"""Planning an activity, recording it as done, cancelling it, taking a step back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from muster.core.activities import Kind
from muster.engines.activities.kinds import audience_name, catalogue, kind_of, said
from muster.engines.activities.models import Activity, HeadCount, Measure
from muster.engines.activities.problems import (
    AuthorityMissing,
    EndsBeforeItBegins,
    FirstTimeTooMany,
    NobodyCame,
    NotByNumber,
    NothingMeasured,
    NothingToUndo,
    NotPlanned,
    NotYetHeld,
    TimesTurnedRound,
)
from muster.engines.activities.written import Amount, Count, Facts
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows.scope import current_actor

AUTHORITY = (("mode", "用兵方式"), ("applicant", "申请单位"), ("approver", "批准单位"),
             ("approved_at", "批准时间"), ("approval_number", "批准文号"))  # fmt: skip


def fresh(activity: Activity) -> Activity:
    """Return the activity as it stands now, held until the transaction ends."""
    return Activity.objects.select_for_update().fetch(activity.pk)  # type: ignore[no-any-return]


def check_open(activity: Activity) -> None:
    """Refuse to change what is done or cancelled."""
    if activity.state != Activity.State.PLANNED:
        raise NotPlanned(title=activity.title, state=activity.get_state_display())


@transaction.atomic
def plan(kind: str, facts: Facts, *, organiser: Organisation, division: str) -> Activity:
    """Return a planned activity of a kind of the catalogue."""
    kind_of(kind)
    _check_dates(facts)
    activity = Activity(division=division, kind=kind, organiser=organiser)
    _write(activity, facts)
    record("activity.planned", activity, facts={"kind": kind})
    return activity


@transaction.atomic
def change(activity: Activity, facts: Facts, *, organiser: Organisation) -> Activity:
    """Change the facts of a planned activity."""
    activity = fresh(activity)
    check_open(activity)
    _check_dates(facts)
    activity.organiser = organiser
    _write(activity, facts)
    HeadCount.objects.filter(activity=activity).update(organiser=organiser)
    Measure.objects.filter(activity=activity).update(organiser=organiser)
    record("activity.changed", activity)
    return activity


def _check_dates(facts: Facts) -> None:
    if facts.ends_on is not None and facts.ends_on < facts.on:
        raise EndsBeforeItBegins
    if facts.notified_at and facts.assembled_at and facts.assembled_at < facts.notified_at:
        raise TimesTurnedRound


def _write(activity: Activity, facts: Facts) -> None:
    for column, value in facts.columns().items():
        setattr(activity, column, value)
    activity.save()


@transaction.atomic
def count(activity: Activity, counts: Mapping[str, Count]) -> None:
    """Write how many of each class came, in place of what was written before; 0 takes a class out."""
    activity = fresh(activity)
    check_open(activity)
    kind = kind_of(activity.kind)
    known = {a.code for a in kind.audiences} if kind.by_count else set()
    for code, given in counts.items():
        if code not in known:
            raise NotByNumber(kind=said(kind), audience=audience_name(code))
        if given.first_time is not None and given.first_time > given.number:
            raise FirstTimeTooMany(
                audience=audience_name(code), first=given.first_time, number=given.number
            )
    HeadCount.objects.filter(activity=activity).delete()
    for code, given in counts.items():
        if given.number:
            HeadCount.objects.create(
                division=activity.division, activity=activity, organiser=activity.organiser,
                audience=code, number=given.number, first_time=given.first_time,
            )  # fmt: skip
    record("activity.counted", activity, facts={"classes": len(counts)})


@transaction.atomic
def amounts_of(activity: Activity, amounts: Sequence[Amount]) -> None:
    """Write the publicity quantities, in place of what was written before."""
    activity = fresh(activity)
    check_open(activity)
    channels = catalogue().channels
    if any(a.channel not in channels for a in amounts):
        raise ValueError("a channel that the catalogue does not have")
    Measure.objects.filter(activity=activity).delete()
    summed: dict[tuple[str, str], int] = {}
    for a in amounts:
        summed[a.channel, a.place_kind] = summed.get((a.channel, a.place_kind), 0) + a.quantity
    for (channel, place), quantity in summed.items():
        if quantity:
            Measure.objects.create(
                division=activity.division, activity=activity, organiser=activity.organiser,
                channel=channel, place_kind=place, quantity=quantity,
            )  # fmt: skip
    record("activity.measured", activity, facts={"channels": len(summed)})


@transaction.atomic
def record_done(activity: Activity, *, today: date, at: datetime) -> Activity:
    """Record an activity as held: refuse what lies ahead, what its kind needs, use without authority."""
    activity = fresh(activity)
    check_open(activity)
    if activity.on > today:
        raise NotYetHeld(title=activity.title, on=activity.on.isoformat())
    kind = kind_of(activity.kind)
    _check_needs(activity, kind)
    if "authority" in kind.fields:
        _check_authority(activity)
    actor = current_actor()
    activity.state, activity.recorded_at = Activity.State.DONE, at
    activity.recorded_by = actor.account if actor else None
    activity.save()
    record("activity.done", activity, facts={"kind": activity.kind})
    return activity


def _check_needs(activity: Activity, kind: Kind) -> None:
    came = any(present for present, _ in activity.named.values())
    if kind.needs == "people" and not came and not activity.counts.exists():
        raise NobodyCame
    if kind.needs == "measures" and not activity.measures.exists():
        raise NothingMeasured


def _check_authority(activity: Activity) -> None:
    missing = [label for column, label in AUTHORITY if not getattr(activity, column)]
    if missing:
        raise AuthorityMissing(missing="、".join(missing))


@transaction.atomic
def cancel(activity: Activity) -> Activity:
    """Cancel a planned activity that falls through; what was written stays readable."""
    activity = fresh(activity)
    check_open(activity)
    activity.state = Activity.State.CANCELLED
    activity.save()
    record("activity.cancelled", activity)
    return activity


@transaction.atomic
def undo(activity: Activity) -> Activity:
    """Take back that an activity was done or cancelled; it is planned again with all it holds."""
    activity = fresh(activity)
    if activity.state == Activity.State.PLANNED:
        raise NothingToUndo(title=activity.title)
    was = activity.state
    activity.state, activity.recorded_at, activity.recorded_by = Activity.State.PLANNED, None, None
    activity.save()
    record("activity.undone", activity, facts={"was": was})
    return activity
