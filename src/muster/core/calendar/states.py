"""Where an instance stands, worked out from records; nothing about it is stored."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from muster.core.calendar.duties import MARKS, Fulfilment
from muster.core.calendar.instances import Instance

STATES = {"waiting": "未到时间", "soon": "临近", "overdue": "逾期", "fulfilled": "已完成",
          "excused": "已说明免办", "no_source": "暂无记录来源"}  # fmt: skip
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Record:
    """Any record that may fulfil a duty, as its app offers it.

    ``key`` names it uniquely; ``has`` are the marks it bears (minutes, chair …); ``count`` is how
    many it stands for; ``settles`` names instances that a person said it makes up for; ``subject``
    is whose record it is, where each member, company or organisation owes its own.
    """

    key: str
    kind: str
    of: str
    day: date
    has: frozenset[str] = frozenset()
    count: int = 1
    settles: frozenset[str] = frozenset()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Excuse:
    """An instance that need not be done, with the reason somebody gave."""

    instance: str
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an excuse needs its reason")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an instance stands on a day: its state, the records behind it, what they lack."""

    instance: Instance
    state: str
    have: int
    records: tuple[str, ...]
    late: bool
    days_left: int
    reason: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return STATES[self.state]


def state(
    instance: Instance,
    records: Iterable[Record],
    today: date,
    excuses: Iterable[Excuse] = (),
    *,
    known: Collection[str] | None = None,
    soon_days: int = SOON_DAYS,
) -> Standing:
    """Return where an instance stands, from records of the place it is due at.

    A record counts when its kind and marks fit, its day is not to come, and it lies in the window
    or in the late days after it, or settles this instance by name. ``known`` are the record kinds
    that the product holds: an instance that no held kind could fulfil answers ``no_source``.
    """
    timely = sorted(
        (r for r in records if _timely(instance, r, today)), key=lambda r: (r.day, r.key)
    )
    counted = [r for r in timely if _fitting(instance, r)]
    have = sum(r.count for r in counted)
    excuse = next((e for e in excuses if e.instance == instance.key), None)
    return Standing(
        instance,
        _state_of(instance, have, today, excuse=excuse, known=known, soon_days=soon_days),
        have,
        tuple(r.key for r in counted),
        have >= instance.needed and _fulfilled_on(instance, counted) > instance.due,
        (instance.due - today).days,
        excuse.reason if excuse else "",
        tuple(_lacks(instance, r) for r in timely if r not in counted and _lacks(instance, r)),
    )


def standings(
    instances: Iterable[Instance],
    records: Sequence[Record],
    today: date,
    excuses: Sequence[Excuse] = (),
    *,
    known: Collection[str] | None = None,
    soon_days: int = SOON_DAYS,
) -> tuple[Standing, ...]:
    """Return where instances stand, in order of due date; no record is used twice by one duty part.

    Different duties may share a record. Within one part the earlier window takes it first, so a
    window moved into the next one does not let one meeting answer for both.
    """
    used: dict[tuple[str, str, str], set[str]] = {}
    shelves = _shelved(records)
    found = []
    for one in sorted(instances, key=lambda i: (i.due, i.key)):
        mine = used.setdefault((one.duty, one.part, one.subject), set())
        free = [r for r in _candidates(one, shelves) if r.key not in mine and _for(one, r)]
        standing = state(one, free, today, excuses, known=known, soon_days=soon_days)
        mine.update(_enough(one, free, standing))
        found.append(standing)
    return tuple(found)


def _shelved(records: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """Return the records by kind and which of it, and by kind alone, so that few are looked at."""
    shelves: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        for of in {record.of, ""}:
            shelves.setdefault((record.kind, of), []).append(record)
    return shelves


def _candidates(one: Instance, shelves: dict[tuple[str, str], list[Record]]) -> list[Record]:
    found = {r.key: r for f in one.fulfilled_by for r in shelves.get((f.record, f.of), ())}
    return list(found.values())


def _enough(one: Instance, records: Sequence[Record], standing: Standing) -> list[str]:
    """Return the records an instance needs, earliest first; what is over stays free."""
    counts = {r.key: r.count for r in records}
    taken: list[str] = []
    left = one.needed
    for key in standing.records:
        if left > 0:
            taken.append(key)
            left -= counts[key]
    return taken


def _for(instance: Instance, record: Record) -> bool:
    """Return whether a record that settles other instances of this part by name is kept off it."""
    own = f"{instance.duty}/{instance.part}/"
    named = {key for key in record.settles if key.startswith(own)}
    return not named or instance.key in named


def _timely(instance: Instance, record: Record, today: date) -> bool:
    if record.day > today or instance.subject not in ("", record.subject):
        return False
    if not any(_kind_fits(f, record) for f in instance.fulfilled_by):
        return False
    inside = instance.counts_from <= record.day <= instance.late_until
    return _for(instance, record) and (inside or instance.key in record.settles)


def _kind_fits(wanted: Fulfilment, record: Record) -> bool:
    return wanted.record == record.kind and wanted.of in ("", record.of)


def _fitting(instance: Instance, record: Record) -> bool:
    return any(_kind_fits(f, record) and record.has.issuperset(f.requires)
               for f in instance.fulfilled_by)  # fmt: skip


def _lacks(instance: Instance, record: Record) -> str:
    wanted = next(f for f in instance.fulfilled_by if _kind_fits(f, record))
    marks = "、".join(MARKS[mark] for mark in wanted.requires if mark not in record.has)
    return f"{record.day}的记录缺{marks}" if marks else ""


def _fulfilled_on(instance: Instance, counted: Sequence[Record]) -> date:
    """Return the day on which the records were enough."""
    have = 0
    for record in counted:
        have += record.count
        if have >= instance.needed:
            return record.day
    return date.min


def _state_of(
    one: Instance,
    have: int,
    today: date,
    *,
    excuse: Excuse | None,
    known: Collection[str] | None,
    soon_days: int,
) -> str:
    if have >= one.needed:
        return "fulfilled"
    if excuse:
        return "excused"
    if known is not None and not any(f.record in known for f in one.fulfilled_by):
        return "no_source"
    if today > one.due:
        return "overdue"
    near = min(soon_days, ((one.due - one.opens).days + 1) // 2)
    return "soon" if one.opens <= today and (one.due - today).days <= near else "waiting"
