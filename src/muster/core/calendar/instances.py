"""Due instances of a duty for one office: from its start of use, around its switched-off months.

**Prorating.** Of the days of a window only those from the start of use, and not switched off,
count; the window wants ``needed × counting days / all days`` records, halves rounded up. None left
means nothing is due for that window: with one record wanted, an office that starts in the second
half of a quarter begins with the next one. A duty after an event is owed whole if the event came on
or after the start of use.

**Switched-off months.** A window left with nothing is skipped, or, where the entry says
``catch_up: after``, is due after the months end, within as many days as it has, at most 31. A last
day inside switched-off months moves past them by the days lost at its end, at most 31.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from muster.core.calendar.duties import Duty, Fulfilment, Part
from muster.core.calendar.frequency import EveryYears, OnEvent
from muster.core.calendar.windows import Surroundings, Window, lay, merged, shared_days
from muster.core.kernel import Period

_ONE = timedelta(1)
_LONGEST_CATCH_UP = 31


@dataclass(frozen=True, slots=True)
class Instance:
    """One window of one duty: what is due, from when to when, and which records fulfil it.

    Records count from ``counts_from``: what was done in a switched-off month was done all the same.
    ``key`` is stable from year to year and machine to machine. ``late_until`` is the last day on
    which a record still counts, late. ``note`` says in words what was prorated or moved.
    ``subject`` is set where each member, company or organisation owes it for itself.
    """

    key: str
    duty: str
    part: str
    name: str
    label: str
    counts_from: date
    opens: date
    due: date
    late_until: date
    needed: int
    fulfilled_by: tuple[Fulfilment, ...]
    note: str = ""
    subject: str = ""

    @property
    def title(self) -> str:
        """Return the line a list shows, e.g. 2024年第二季度 党委议军会."""
        return f"{self.label} {self.name}"

    def owed_by(self, subject: str, *, name: str) -> "Instance":
        """Return the instance that one member, company or organisation owes for itself."""
        return replace(
            self, key=f"{self.key}@{subject}", name=f"{self.name}·{name}", subject=subject
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """A window in which nothing is due, and why."""

    key: str
    name: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is due, what was skipped, and in words what could not be laid for want of a date."""

    due: tuple[Instance, ...]
    skipped: tuple[Skipped, ...] = ()
    missing: tuple[str, ...] = ()


def instances(
    duty: Duty,
    period: Period,
    *,
    around: Surroundings,
    start_of_use: date,
    switched_off: Sequence[Period] = (),
) -> tuple[Instance, ...]:
    """Return the instances whose window ends in a period, in order of due date."""
    return schedule(
        duty, period, around=around, start_of_use=start_of_use, switched_off=switched_off
    ).due


def schedule(
    duty: Duty,
    period: Period,
    *,
    around: Surroundings,
    start_of_use: date,
    switched_off: Sequence[Period] = (),
) -> Schedule:
    """Return the instances with what was skipped and what could not be laid."""
    off = merged(switched_off)
    due: list[Instance] = []
    skipped: list[Skipped] = []
    missing: dict[str, None] = {}
    for part in duty.parts:
        laid = lay(part.frequency, period, around=around)
        missing |= dict.fromkeys(laid.missing)
        nexts = _next_openings(part, period, laid.windows, around)
        for window, next_opens in zip(laid.windows, nexts, strict=True):
            if window.period.end < start_of_use or _before(part, window, around, start_of_use):
                continue
            made = _instance(duty, part, window, start=start_of_use, off=off, stop=next_opens)
            (due if isinstance(made, Instance) else skipped).append(made)  # type: ignore[arg-type]
    return Schedule(tuple(sorted(due, key=lambda one: (one.due, one.key))), tuple(skipped),
                    tuple(missing))  # fmt: skip


def next_due(
    duty: Duty,
    today: date,
    *,
    around: Surroundings,
    start_of_use: date,
    switched_off: Sequence[Period] = (),
) -> Instance | None:
    """Return the instance with the first due date from today on; None where nothing comes."""
    back = today - timedelta(_LONGEST_CATCH_UP + sum(one.days for one in merged(switched_off)))
    asked = Period(back, today + max(_ahead(part) for part in duty.parts))
    found = instances(duty, asked, around=around, start_of_use=start_of_use,
                      switched_off=switched_off)  # fmt: skip
    return next((one for one in found if one.due >= today), None)


def _next_openings(
    part: Part, period: Period, windows: list[Window], around: Surroundings
) -> list[date]:
    """Return for each window when the next one opens: from then on a record belongs to that one."""
    if isinstance(part.frequency, OnEvent):
        return [date.max for _ in windows]
    later = Period(period.start, period.end + _ahead(part))
    opens = sorted(one.period.start for one in lay(part.frequency, later, around=around).windows)
    places = [bisect_right(opens, one.period.end) for one in windows]
    return [opens[place] if place < len(opens) else date.max for place in places]


def _ahead(part: Part) -> timedelta:
    """Return how far ahead the next window of a part surely ends: a lunar year has up to 385 days."""
    years = part.frequency.years if isinstance(part.frequency, EveryYears) else 0
    return timedelta(400 + 366 * years)


def _before(part: Part, window: Window, around: Surroundings, start: date) -> bool:
    if not isinstance(part.frequency, OnEvent):
        return False
    return any(one.key == window.key and one.event == part.frequency.event and one.day < start
               for one in around.events)  # fmt: skip


def _instance(
    duty: Duty, part: Part, window: Window, *, start: date, off: list[Period], stop: date
) -> Instance | Skipped:
    key = f"{duty.code}/{part.key}/{window.key}"
    name = f"{duty.name}（{part.name}）" if part.name else duty.name
    needed, why = _wanted(part, window, start, off)
    if not needed:
        return Skipped(key, name, window.label, why)
    opens, due = _moved(window.period, start, off)
    if due != window.period.end:
        why = f"{why}停办月份过后补办，应于 {due} 前完成。"
    late = max(due, min(due + timedelta(part.late_days), stop - _ONE))
    return Instance(
        key, duty.code, part.key, name, window.label, max(window.period.start, start), opens, due,
        late, needed, part.fulfilled_by, why,
    )  # fmt: skip


def _wanted(part: Part, window: Window, start: date, off: Iterable[Period]) -> tuple[int, str]:
    """Return how many records a window wants of this office, and why fewer, in words."""
    period, event = window.period, isinstance(part.frequency, OnEvent)
    used = period if event or start <= period.start else Period(start, period.end)
    lost = shared_days(used, off) if part.catch_up == "skip" and not event else 0
    needed = (2 * window.needed * (used.days - lost) + period.days) // (2 * period.days)
    if needed == window.needed:
        return needed, ""
    why = [f"启用日为 {start}"] if used != period else []
    why += [f"停办 {lost} 天"] if lost else []
    tail = (
        f"按天数折算为 {needed} 次（原 {window.needed} 次）。"
        if needed
        else "剩余不足一半，这一期不要求。"
    )
    return needed, f"{'，'.join(why)}，{tail}"


def _moved(period: Period, start: date, off: Iterable[Period]) -> tuple[date, date]:
    opens, due = max(period.start, start), period.end
    for one in off:
        if due in one:
            lost = (due - max(one.start, opens)).days + 1
            due = one.end + timedelta(min(lost, _LONGEST_CATCH_UP))
        if opens in one:
            opens = one.end + _ONE
    return opens, due
