"""Activities, who came to them and what was put up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from muster.core.activities import Kind, person_hours
from muster.core.kernel import Period
from muster.engines.activities.kinds import audience_name, catalogue, choice_name, said
from muster.engines.activities.models import Activity, HeadCount, Measure, Participation, Photo
from muster.ground.register.models import Organisation, Person
from muster.ground.register.queries import organisations, who
from muster.ground.rows.models import reach_of
from muster.ground.rows.scope import current_scope
from muster.ground.rulebook.queries import RuleValue, value_of

DONE = Activity.State.DONE
STATES = Activity.State.choices
MODES = Activity.Mode.choices
ASSEMBLY_KEY = "training.assembly.minutes"


def visible() -> QuerySet[Activity]:
    """Return the activities of the scope, and those of the levels above."""
    return Activity.objects.select_related("organiser")  # type: ignore[no-any-return]


def own() -> QuerySet[Activity]:
    """Return the activities of the subtree or the own organisation, without those of above."""
    scope = current_scope()
    rows = Activity.objects.all()
    if not scope.everything:
        rows = rows.filter(reach_of(Activity, scope, to_write=True))
    return rows  # type: ignore[no-any-return]


def done_in(period: Period, *, kinds: Iterable[str] | None = None) -> QuerySet[Activity]:
    """Return the activities held in a period, of some kinds where given, own or of above."""
    rows = visible().filter(state=DONE, on__range=(period.start, period.end))
    return rows if kinds is None else rows.filter(kind__in=list(kinds))


def activity(pk: UUID | str) -> Activity:
    """Return one activity of the scope."""
    return Activity.objects.select_related("organiser").fetch(pk)  # type: ignore[no-any-return]


def listed(menu: str, *, year: int, kind: str = "", state: str = "", words: str = "",
           from_above: bool = False) -> QuerySet[Activity]:  # fmt: skip
    """Return the activities of a menu's list in a year; those of the levels above only if asked."""
    rows = own().select_related("organiser").filter(on__year=year)
    if from_above:
        rows = visible().filter(on__year=year).exclude(pk__in=own().order_by().values("pk"))
    codes = [k.code for k in catalogue().of_menu(menu)]
    rows = rows.filter(kind=kind) if kind in codes else rows.filter(kind__in=codes)
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(title__contains=words) | Q(place__contains=words))
    return rows


def possible_organisers() -> list[Organisation]:
    """Return the organisations this post may name as organiser: its own, or all it sees."""
    scope, rows = current_scope(), organisations()
    if not scope.low and not scope.everything:
        rows = rows.filter(pk__in=scope.organisations)
    return list(rows)


def heads(rows: Iterable[Activity]) -> dict[UUID, int]:
    """Return activity → everybody who came, by name and by number."""
    found = {a.pk: came_by_name(a) for a in rows}
    counted = HeadCount.objects.filter(activity__in=list(found)).values_list("activity", "number")
    for key, number in counted.order_by():
        found[key] += number
    return found


def came_by_name(row: Activity) -> int:
    """Return how many who were recorded by name came."""
    return sum(int(came) for came, _ in row.named.values())


def expected_by_name(row: Activity) -> int:
    """Return how many who were recorded by name were to come."""
    return sum(int(expected) for _, expected in row.named.values())


@dataclass(frozen=True, slots=True)
class Assembly:
    """How an assembly went: minutes from notice to the last man, and whether within the standard."""

    minutes: int | None
    standard: RuleValue | None

    @property
    def reached(self) -> bool | None:
        """Return whether it was in time; None without times or a standard."""
        if self.minutes is None or self.standard is None:
            return None
        return self.minutes <= float(self.standard.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """One activity with all that its page shows."""

    row: Activity
    kind: Kind
    counts: list[HeadCount]
    measures: list[Measure]
    came: int
    to_come: int | None
    hours: Decimal | None
    assembly: Assembly | None

    @property
    def rate(self) -> int | None:
        """Return those who came of those who were to come, in whole per cent."""
        return round(100 * self.came / self.to_come) if self.to_come else None


def shown(row: Activity) -> Shown:
    """Return what an activity's page shows."""
    kind = catalogue().kind(row.kind)
    counts = list(HeadCount.objects.filter(activity=row).order_by("audience"))
    counted = sum(c.number for c in counts)
    came = came_by_name(row) + counted
    return Shown(
        row, kind, counts, list(Measure.objects.filter(activity=row).order_by("channel", "place_kind")), came,
        _to_come(row, counted), person_hours(row.hours, people=came),
        _assembly(row) if "assembly" in kind.fields else None,
    )  # fmt: skip


def _to_come(row: Activity, counted: int) -> int | None:
    """Return how many were to come: as written, else from the rosters where nobody was only counted."""
    if row.expected:
        return row.expected
    return None if counted else expected_by_name(row) or None


def _assembly(row: Activity) -> Assembly:
    minutes = None
    if row.notified_at and row.assembled_at:
        minutes = round((row.assembled_at - row.notified_at).total_seconds() / 60)
    return Assembly(minutes, value_of(ASSEMBLY_KEY, division=row.division, on=row.on))


@dataclass(frozen=True, slots=True)
class Attendant:
    """One person of the attendance, named as far as the scope sees the register."""

    row: Participation
    name: str


def attendants(of: Activity) -> list[Attendant]:
    """Return who was expected and who came, as far as this post sees names."""
    rows = list(Participation.objects.filter(activity=of).order_by("unit_name", "pk"))
    names = dict(
        Person.objects.filter(pk__in=[r.person_id for r in rows]).values_list("pk", "name")
    )
    hidden = gettext("（不在本辖区）")
    return [Attendant(r, names.get(r.person_id, hidden)) for r in rows]


def lines_of_person(person: UUID) -> list[tuple[Activity, Participation]]:
    """Return the activities a person came to or was expected at, newest first."""
    rows = {p.activity_id: p for p in Participation.objects.filter(person=person)}
    held = visible().filter(pk__in=list(rows), state=DONE).order_by("-on")
    return [(a, rows[a.pk]) for a in held]


def counts_of(of: Activity) -> dict[str, HeadCount]:
    """Return audience class → count of an activity."""
    return {c.audience: c for c in HeadCount.objects.filter(activity=of)}


def photos_of(of: Activity) -> list[Photo]:
    """Return the photos of an activity."""
    return list(Photo.objects.filter(activity=of))


def photo(pk: UUID | str) -> Photo:
    """Return one photo of the scope."""
    return Photo.objects.fetch(pk)  # type: ignore[no-any-return]


def history_of(row: Activity) -> list[tuple[str, str, object]]:
    """Return (who, state, when) of an activity's past, newest first."""
    labels = dict(STATES)
    return [
        (who(h.history_user_id), gettext(labels[h.state]), h.history_date)
        for h in row.history.all()
    ]


def field_words(row: Activity, kind: Kind) -> list[tuple[str, Any]]:
    """Return (label, value) of the optional fields that hold something."""
    known = catalogue()
    values = {
        "level": said(known.levels.get(row.level), row.level),
        "subject": choice_name(kind.subjects, row.subject),
        "form": choice_name(kind.forms, row.form),
        "place": row.place,
        "place_kind": said(known.places.get(row.place_kind), row.place_kind),
        "lead": row.lead,
    }
    return [(label_of(kind, name), value) for name, value in values.items() if value]


def label_of(kind: Kind, name: str) -> str:
    """Return what a kind calls a field: its own word, else the general one."""
    field = Activity._meta.get_field(name)
    return gettext(kind.labels.get(name) or str(getattr(field, "verbose_name", name)))


def year_of(day: date) -> Period:
    """Return the calendar year of a day."""
    return Period.year(day.year)


def audience_words(counts: Iterable[HeadCount]) -> list[tuple[str, HeadCount]]:
    """Return (class in words, count)."""
    return [(audience_name(c.audience), c) for c in counts]
