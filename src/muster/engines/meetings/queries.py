"""Reading meetings within the scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from muster.core.kernel import DivisionCode, Period
from muster.engines.meetings import rules
from muster.engines.meetings.kinds import MeetingKind, kind, kinds
from muster.engines.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Opinion,
    Resolution,
)
from muster.engines.meetings.paces import duties
from muster.engines.tasks.models import Task
from muster.engines.tasks.queries import tasks_of
from muster.ground.register import queries as register
from muster.ground.register.models import Appointment, Body, Organisation
from muster.ground.register.places import holding_on

STATES = Meeting.State.choices
SIDES = Opinion.Side.choices
PARTS = dict(Attendance.Part.choices)
PRESENCES = Attendance.Presence.choices
TREATMENTS = Opinion.Treatment.choices


def meetings() -> QuerySet[Meeting]:
    """Return the meetings of the scope."""
    return Meeting.objects.all()  # type: ignore[no-any-return]


def meeting(pk: UUID | str) -> Meeting:
    """Return one meeting of the scope."""
    return Meeting.objects.fetch(pk)  # type: ignore[no-any-return]


def item(pk: UUID | str) -> AgendaItem:
    """Return one agenda item of the scope."""
    return AgendaItem.objects.fetch(pk)  # type: ignore[no-any-return]


def opinion(pk: UUID | str) -> Opinion:
    """Return one opinion of the scope."""
    return Opinion.objects.fetch(pk)  # type: ignore[no-any-return]


def attendee(pk: UUID | str) -> Attendance:
    """Return one line of an attendance list of the scope."""
    return Attendance.objects.fetch(pk)  # type: ignore[no-any-return]


def resolution(pk: UUID | str) -> Resolution:
    """Return one resolution of the scope."""
    return Resolution.objects.fetch(pk)  # type: ignore[no-any-return]


def items_of(row: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda with the opinions on each item."""
    return AgendaItem.objects.filter(meeting=row).prefetch_related("opinions")  # type: ignore[no-any-return]


def attendance_of(row: Meeting) -> list[Attendance]:
    """Return the attendance list in its order."""
    return list(Attendance.objects.filter(meeting=row))


def listed(*, kind_code: str = "", year: str = "", state: str = "", words: str = "",
           place: str = "") -> QuerySet[Meeting]:  # fmt: skip
    """Return the meetings of a list page; state ``bare`` for those held without confirmed minutes."""
    rows = meetings().select_related("organisation")
    if kind_code:
        rows = rows.filter(kind=kind_code)
    if year:
        rows = rows.filter(on__year=int(year))
    if state == "bare":
        wanted = [k.code for k in kinds().values() if "minutes" in k.requires]
        rows = rows.filter(state=Meeting.State.HELD, minutes_on=None, kind__in=wanted)
    elif state:
        rows = rows.filter(state=state)
    if place:
        code = DivisionCode(place)
        rows = rows.filter(division__gte=code.low, division__lte=code.high)
    return rows.filter(title__contains=words) if words else rows


def years() -> list[int]:
    """Return the years that have meetings, the latest first."""
    return [d.year for d in meetings().order_by().dates("on", "year", order="DESC")]


def same_day(kind_code: str, organisation: Organisation, on: date, title: str) -> Meeting | None:
    """Return the meeting of this kind, organiser, day and title that stands, or None."""
    rows = meetings().filter(kind=kind_code, organisation=organisation, on=on, title=title)
    return rows.exclude(state=Meeting.State.CANCELLED).first()


def body_of(row: Meeting) -> Body | None:
    """Return the leading group of a meeting, or None, also where this post does not see it."""
    return register.bodies().filter(pk=row.body_id).first() if row.body_id else None


def bodies_at(division: str) -> QuerySet[Body]:
    """Return the leading groups that stand at a division."""
    return register.bodies().filter(division=division)


def prescribed_chairs(of: MeetingKind, division: str, on: date,
                      body: Body | None) -> list[tuple[str, str]]:  # fmt: skip
    """Return (name, post) of those registered on the day as the chair this kind prescribes."""
    chair = of.chair
    if chair is None:
        return []
    found: list[tuple[str, str]] = []
    if chair.seats and body is not None:
        held = register.holders_on(body, on)
        found += [(h.holder_name, h.holder_post) for s, h in held if h and s.role in chair.seats]
    rows = Appointment.objects.filter(holding_on(on), division=division)
    if chair.first_responsible:
        found += [(a.holder_name, a.post) for a in rows.filter(first_responsible=True)]
    if chair.posts:
        mine = rows.filter(post__in=chair.posts, organisation__kind=chair.of)
        found += [(a.holder_name, a.post) for a in mine]
    return found


def facts_of(row: Meeting) -> rules.Facts:
    """Return what is recorded of a meeting, for the rules."""
    of = kind(row.kind)
    came = [a for a in row.attendance.all() if a.came]
    chairs = prescribed_chairs(of, row.division, row.on, body_of(row))
    return rules.Facts(
        chair=row.chair, chair_post=row.chair_post, chairs=tuple(name for name, _ in chairs),
        present=len(came), sides=frozenset(a.side for a in came),
        agenda=tuple(i.title for i in row.items.all()),
        minutes=bool(row.minutes.strip()) or row.minutes_file_id is not None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement of a kind of meeting and whether it is met, for the page."""

    key: str
    label: str
    met: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """The attendance of one side, counted."""

    key: str
    name: str
    lines: tuple[Attendance, ...]

    @property
    def came(self) -> int:
        """Return how many places were filled."""
        return sum(line.came for line in self.lines)


def sides_of(lines: Sequence[Attendance]) -> list[Side]:
    """Return the attendance by side; a side with nobody is left out."""
    found = [Side(k, name, tuple(a for a in lines if a.side == k)) for k, name in SIDES]
    return [side for side in found if side.lines]


@dataclass(frozen=True, slots=True)
class Decision:
    """A resolution with its task as this post sees it."""

    row: Resolution
    task: Task | None

    @property
    def feedback(self) -> str:
        """Return what was reported on the task, "" where nothing is."""
        return self.task.report if self.task else ""


def decisions_of(row: Meeting) -> list[Decision]:
    """Return the resolutions of a meeting with their tasks."""
    tasks = {task.pk: task for task in tasks_of(row.pk)}
    rows = Resolution.objects.filter(meeting=row).select_related("owner", "item")
    return [Decision(r, tasks.get(r.task_id)) for r in rows]


def year_days(code: str, year: int) -> dict[str, list[date]]:
    """Return kind → days of the meetings held at one division in a year, in order."""
    found: dict[str, list[date]] = {}
    rows = meetings().filter(division=code, on__year=year, state=Meeting.State.HELD)
    for kind_code, day in rows.order_by("on").values_list("kind", "on"):
        found.setdefault(kind_code, []).append(day)
    return found


@dataclass(frozen=True, slots=True)
class GridRow:
    """A kind of meeting over one year at one division."""

    kind: MeetingKind
    cells: tuple[rules.Cell, ...]

    @property
    def missing(self) -> int:
        """Return how many windows went by without theirs."""
        return sum(cell.state == "missing" for cell in self.cells)


def grid(code: str, year: int, today: date) -> list[GridRow]:
    """Return the year of a division: each kind of its level, what was held and what is missing."""
    held, known = year_days(code, year), duties()
    level = DivisionCode(code).level
    return [
        GridRow(of, rules.cells(rules.year_of(known, of.code, year), held.get(of.code, []), today))
        for of in kinds().values()
        if level in of.levels or of.code in held
    ]


def held_in(code: str, period: Period, *, subtree: bool = False) -> QuerySet[Meeting]:
    """Return the meetings held at a division (or below it too) in a period, ready for their facts."""
    rows = meetings().filter(state=Meeting.State.HELD, on__gte=period.start, on__lte=period.end)
    place = DivisionCode(code)
    rows = (
        rows.filter(division__gte=place.low, division__lte=place.high)
        if subtree
        else rows.filter(division=code)
    )
    return rows.order_by("on", "pk").prefetch_related(
        Prefetch("attendance", Attendance.objects.all()),
        Prefetch("items", AgendaItem.objects.all()),
    )


def attended_by(person: UUID) -> QuerySet[Attendance]:
    """Return where a person stands on attendance lists, the latest meeting first."""
    rows = Attendance.objects.filter(person=person).exclude(meeting__state=Meeting.State.CANCELLED)
    return rows.select_related("meeting").order_by("-meeting__on")  # type: ignore[no-any-return]


def history_of(row: Meeting) -> Iterable[tuple[str, str, object]]:
    """Return (who, what, when) of each change of state of a meeting, newest first."""
    labels = dict(Meeting.State.choices)
    found: list[tuple[str, str, object]] = []
    before = ""
    for h in row.history.order_by("history_date", "pk"):
        now = "纪要已定稿" if h.minutes_on else labels[h.state]
        if now != before:
            found.append((register.who(h.history_user_id), now, h.history_date))
        before = now
    return found[::-1]
