"""The annexes of a report: a line for each unit, every number in it a figure of its own."""

from collections.abc import Callable
from itertools import count

from muster.core.documents import (
    BoundFigure,
    Row,
    chinese_date,
    muster_row,
    strength_row,
    transfer_row,
)
from muster.domains.militia.models import RollCall, RollCallLine
from muster.overview.indicators import queries as indicators
from muster.overview.indicators.queries import Answer
from muster.overview.indicators.records import part_names
from muster.overview.reports import gathering
from muster.overview.reports.gathering import Gathered

MOST_UNITS = 60
TOTAL = "合计"
Make = Callable[[Answer, str], BoundFigure]
# Which codes make a line of which section; the first ones decide which units have a line.
CODES = {
    "strength": ("I-07", "I-07.posts", "I-05"),
    "transfers": ("I-50.opening", "I-50.joined", "I-50.parted", "I-50.closing"),
    "muster": ("I-51.expected", "I-51.present", "I-51.absent", "I-51"),
}


def lines(gathered: Gathered, make: Make) -> dict[str, list[Row]]:
    """Return the table lines by section; an annex of more than 60 units is left out."""
    wanted = [r.key for r in gathered.kind.sections if r.key in CODES and "rows" in r.needs]
    found: dict[str, list[Row]] = {}
    for section in wanted:
        units = _units(gathered, section)
        if 0 < len(units) <= MOST_UNITS:
            found[section] = [_line(gathered, section, key, name, make) for key, name in units]
            if len(units) > 1:
                found[section].append(_line(gathered, section, None, TOTAL, make))
    return found


def _units(gathered: Gathered, section: str) -> list[tuple[str, str]]:
    """Return (key, name) of the units that have something to say in a section."""
    keys: set[str] = set()
    for code in CODES[section]:
        answer = indicators.ask(code, gathered.division, gathered.period, on=gathered.on)
        keys |= set(indicators.by_part(answer))
    names = part_names(keys)
    return sorted(((key, names.get(key, "")) for key in keys if key in names), key=lambda p: p[1])


def _line(gathered: Gathered, section: str, unit: str | None, name: str, make: Make) -> Row:
    """Return the line of a unit, or of the whole place where no unit is named."""
    given: dict[str, BoundFigure | None] = {}
    for code in CODES[section]:
        answer = indicators.ask(code, gathered.division, gathered.period, on=gathered.on,
                                part_of=unit or "")  # fmt: skip
        known = answer.value is not None and not (code == "I-07.posts" and answer.value == "0")
        given[code] = make(answer, name) if known else None
    if section == "strength":
        return strength_row(name, planned=given["I-07.posts"], actual=given["I-07"], vacant=None,
                            contributed=given["I-05"])  # fmt: skip
    if section == "transfers":
        return transfer_row(name, opening=given["I-50.opening"], joined=given["I-50.joined"],
                            left=given["I-50.parted"], closing=given["I-50.closing"])  # fmt: skip
    return muster_row(name, day=_day(gathered, unit), expected=given["I-51.expected"],
                      present=given["I-51.present"], absent=given["I-51.absent"],
                      rate=given["I-51"])  # fmt: skip


def _day(gathered: Gathered, unit: str | None) -> str | None:
    """Return the day of a unit's only roll call in the year; None where there were several."""
    if unit is None:
        return None
    rows = RollCallLine.objects.filter(unit=unit, call__state=RollCall.State.CLOSED)
    rows = rows.filter(call__on__range=(gathered.period.start, gathered.on)).order_by()
    days = set(rows.values_list("call__on", flat=True))
    return chinese_date(days.pop()) if len(days) == 1 else None


def cell(gathered: Gathered, answer: Answer, unit: str, *, key: str) -> BoundFigure:
    """Return one number of a table line, bound to a figure key."""
    asked, value = answer.definition, str(answer.value)
    return BoundFigure(
        key=key, code=asked.code, value=gathering.number_of(value),
        printed=gathering.printed(gathered.kind, asked.code, asked.unit, value),
        scope=gathered.place, period=str(gathered.period), as_of=gathered.on.isoformat(),
        name=f"{unit} {asked.name}",
    )  # fmt: skip


def numbered(gathered: Gathered) -> Make:
    """Return how a draft makes its cells: numbered, nothing stored."""
    numbers = count(1)

    def make(answer: Answer, name: str) -> BoundFigure:
        return cell(gathered, answer, name, key=f"draft.line.{next(numbers)}")

    return make
