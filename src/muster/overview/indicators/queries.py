"""What indicators give: evaluated on Django's own cursor, inside the scope, never outside it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from muster.core.kernel import DivisionCode, Period
from muster.domains.militia.models import FrozenRoster
from muster.ground.rows import catalogue
from muster.ground.rows.scope import current_scope
from muster.overview.indicators.problems import (
    AreaNotYours,
    DivisionMalformed,
    DivisionOutside,
    IndicatorUnknown,
    PeriodMalformed,
)
from muster.web.said import said
from muster.web.templatetags.muster import day as day_words

if TYPE_CHECKING:
    from muster.core.indicators import Definition, Source

FORMAT = "muster-indicators/1"
_YEAR, _MONTH = re.compile(r"(\d{4})年?"), re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER, _PAIR = re.compile(r"(\d{4})[Qq]([1-4])"), re.compile(r"(\S+)/(\S+)")


@lru_cache(maxsize=1)
def definitions() -> dict[str, "Definition"]:
    """Return code → definition of the catalogue, each expression checked for portability."""
    from muster.core.indicators import check, load  # Ibis takes a second to load

    files = (catalogue.load(name) for name in catalogue.names("indicators"))
    found = load([e for f in files if f["format"] == FORMAT for e in f["indicators"]])
    for definition in found.values():
        for source in definition.sources:
            for expression in (source.total, source.rows, source.presence):
                check(expression)
    return dict(sorted(found.items(), key=lambda pair: _order(pair[0])))


def _order(code: str) -> int:
    return int(code[2:4])  # parts of one number keep the order of the catalogue


def definition(code: str) -> "Definition":
    """Return the definition of a code; refuse an unknown one."""
    found = definitions().get(code)
    if found is None:
        raise IndicatorUnknown(indicator=code)
    return found


def period_of(text: str) -> Period:
    """Return the days that 2026, 2026-05, 2026Q2 or 2026-01-01/2026-06-30 mean."""
    told = text.strip()
    try:
        if match := _YEAR.fullmatch(told):
            return Period.year(int(match[1]))
        if match := _QUARTER.fullmatch(told):
            return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
        if match := _MONTH.fullmatch(told):
            return _months(int(match[1]), int(match[2]), 1)
        if match := _PAIR.fullmatch(told):
            return Period(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    except ValueError as error:
        raise PeriodMalformed(period=told) from error
    raise PeriodMalformed(period=told)


def _months(year: int, first: int, count: int) -> Period:
    after = first + count
    end = date(year + (after > 12), after - 12 if after > 12 else after, 1)
    return Period(date(year, first, 1), end - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: where, over which days, as of which day, of one unit or phase only."""

    division: str
    period: Period
    on: date
    part_of: str = ""

    @property
    def as_of(self) -> date:
        """Return the day that counts: the last of the period, or the day of asking before that."""
        return min(self.on, self.period.end)

    def values(self, roster: FrozenRoster | None) -> dict[str, Any]:
        """Return what the SQL binds."""
        code, day = DivisionCode(self.division), self.as_of
        return {
            "low": int(code.low), "high": int(code.high), "start": self.period.start.isoformat(),
            "end": self.period.end.isoformat(), "as_of": day.isoformat(),
            "before": (self.period.start - timedelta(days=1)).isoformat(),
            "as_of_ymd": int(day.strftime("%Y%m%d")), "year_ago": _year_before(day).isoformat(),
            "year": self.period.end.year, "part_of": self.part_of,
            "roster": roster.pk.hex if roster else "",
        }  # fmt: skip


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True, slots=True)
class Behind:
    """One record behind an answer: its key and what it adds to part and whole."""

    key: str
    division: str
    part_of: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What an indicator gives: ``value`` is text ("30", "96.7") or None with ``why``."""

    definition: "Definition"
    question: Question
    value: str | None
    why: str = ""
    part: int = 0
    whole: int | None = None
    basis: str = ""
    roster: FrozenRoster | None = None

    @property
    def basis_words(self) -> str:
        """Return which roster was counted, in words; "" where the definition has one way only."""
        if self.basis == "frozen" and self.roster:
            return _("依据 %(day)s 封存的花名册") % {"day": day_words(self.roster.as_of)}
        if self.basis == "roster":
            return _("依据 %(day)s 的名册（当年尚未封存）") % {
                "day": day_words(self.question.as_of)
            }
        return ""


def ask(code: str, division: str, period: Period, *, on: date, part_of: str = "") -> Answer:
    """Return what an indicator gives for a division and a period, asked on a day."""
    return evaluate(definition(code), Question(division, period, on, part_of))


def evaluate(asked: "Definition", question: Question) -> Answer:
    """Return the answer; refuse a division or an area that the actor does not reach."""
    check_reach(asked, question.division)
    why = _unanswerable(asked, question)
    if why:
        return Answer(asked, question, None, why)
    source, roster = choose(asked, question)
    part, whole, records = (int(n or 0) for n in _run(asked, source, "total", question, roster)[0])
    known = records or _run(asked, source, "present", question, roster)[0][0]
    value = _value(asked, part, whole) if known else None
    return Answer(
        asked, question, value, "" if value is not None else _no_records(asked), part,
        whole if asked.ratio else None, source.basis, roster if source.basis == "frozen" else None,
    )  # fmt: skip


def _no_records(asked: "Definition") -> str:
    if asked.code.startswith("I-53"):
        return _("没有一年前的记录，不作比较")
    return _("本辖区在这段时间没有可以统计的记录")


def check_reach(asked: "Definition", division: str) -> None:
    """Refuse a malformed division, one outside the scope, or an area the post does not read."""
    try:
        code = DivisionCode(division)
    except ValueError as error:
        raise DivisionMalformed(division=division) from error
    scope = current_scope()
    if scope.everything:
        return
    if not (scope.holds(code.low) and scope.holds(code.high)):
        raise DivisionOutside(division=division)
    if asked.sources and asked.reads not in scope.reads:
        from muster.core.indicators import AREAS

        raise AreaNotYours(post=scope.post_label, area=AREAS[asked.area])


def _unanswerable(asked: "Definition", question: Question) -> str:
    if asked.waits_for:
        return _("等待“%(what)s”方面的记录") % {"what": said(asked.waits_for)}
    if question.on < question.period.start:
        return _("这段时间还没有开始")
    return ""


def choose(asked: "Definition", question: Question) -> tuple["Source", FrozenRoster | None]:
    """Return the source to count: the frozen roster of the period where there is one."""
    bases = [s.basis for s in asked.sources]
    if "frozen" not in bases:
        return asked.sources[0], None
    roster = frozen_roster(question)
    return asked.source("frozen" if roster else "roster"), roster


def frozen_roster(question: Question) -> FrozenRoster | None:
    """Return the newest roster frozen in the period that covers the whole division."""
    code = DivisionCode(question.division)
    covering = [code.code, *(str(a) for a in code.ancestors)]
    rows = FrozenRoster.objects.filter(
        division__in=covering, as_of__gte=question.period.start, as_of__lte=question.as_of
    )
    return rows.order_by("-as_of", "-frozen_at").first()  # type: ignore[no-any-return]


def _value(asked: "Definition", part: int, whole: int) -> str | None:
    """Return the value as text: a count, or a percentage at one decimal, half up."""
    if not asked.ratio:
        return str(part)
    if whole <= 0:
        return None
    tenths = (abs(part) * 2000 + whole) // (2 * whole)
    sign = "-" if part < 0 and tenths else ""
    return f"{sign}{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")


def behind(answer: Answer) -> list[Behind]:
    """Return the records behind an answer, in the order of their keys."""
    if answer.value is None:
        return []
    source, roster = choose(answer.definition, answer.question)
    rows = _run(answer.definition, source, "rows", answer.question, roster)
    found = [Behind(k, f"{int(d):012d}", p or "", int(a), int(w)) for k, d, p, a, w in rows]
    return sorted(found, key=lambda r: r.key)


def by_division(answer: Answer) -> dict[str, str]:
    """Return division → value of the records that stand there; those without records are left out."""
    return {f"{int(key):012d}": value for key, value in _grouped(answer, "by_division").items()}


def by_part(answer: Answer) -> dict[str, str]:
    """Return unit or phase → value."""
    return {str(key): value for key, value in _grouped(answer, "by_part").items()}


def _grouped(answer: Answer, way: str) -> dict[Any, str]:
    if answer.value is None:
        return {}
    source, roster = choose(answer.definition, answer.question)
    rows = _run(answer.definition, source, way, answer.question, roster)
    values = ((key, _value(answer.definition, int(a), int(w))) for key, a, w in rows)
    return {key: value for key, value in values if value is not None}


def _run(asked: "Definition", source: "Source", shape: str, question: Question,
         roster: FrozenRoster | None) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return the rows of one shape of an indicator, with what is asked bound by the driver."""
    sql = _sql(asked.code, source.basis, shape, bool(question.part_of), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, question.values(roster))
        return list(cursor.fetchall())


@lru_cache(maxsize=2048)
def _sql(code: str, basis: str, shape: str, narrowed: bool, vendor: str) -> str:  # noqa: FBT001 - a key
    """Return the SQL of one shape, compiled once: compiling costs more than asking."""
    from muster.core.indicators import Asked, Source, sql_of

    source = definition(code).source(basis)
    if narrowed:
        rows = source.rows.filter(source.rows.part_of == Asked.part_of)
        source = Source(source.basis, source.grain, rows, source.presence)
    return sql_of(getattr(source, shape), "postgresql" if vendor == "postgresql" else "sqlite")
