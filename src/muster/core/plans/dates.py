"""Dates and ranges of dates as plans write them, found in folded text; years are given later."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from muster.core.plans.numerals import number

Bound = Literal["within", "before", "after"]

_N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_MASK = r"(?:[12]\d?[Xx*_?□○〇#]{1,3}|[Xx*_□#]{2,4}|[二2][〇零○0][Xx*_□#○]{2})"


def _year(key: str) -> str:
    """Return the pattern of a year; group names carry ``key`` because Python wants them unique."""
    return (
        rf"(?:(?P<y{key}>(?<![\d.])(?:19|20)\d\d|(?<!\d)'?2\d(?= *年 *\d{{1,2}} *月)"
        rf"|[一二][九〇零○O][一二三四五六七八九〇零○O]{{2}}) *(?:年度|年)|(?P<mask{key}>{_MASK}) *(?:年度|年)"
        rf"|(?P<rel{key}>今年|本年度?|当年|明年|次年|翌年|来年|第二年|去年|上年))"
    )


_WEEKDAY = r"(?: *\((?:星期|周|礼拜)[一二三四五六日天]\))?"
_CLOCK = (
    r"(?: *(?:上午|下午|早上|晚上|晚|中午)? *\d{1,2}(?:时|点|:\d\d)(?:\d{1,2}分|半|整)?|上午|下午)?"
)
_SEP = (
    rf"{_WEEKDAY}{_CLOCK} *(?:(?:起|开始|启动)? *,? *(?:-+|~+|至|到|直至|直到|(?<=[日号旬月])一(?= *\d))"
    r"|(?:起|开始|启动) *,(?:于|在)?(?=[^,。;]{2,16}?(?:结束|止|完毕))) *"
)
_PART = r"上中旬|中下旬|上旬|中旬|下旬|上半月|下半月"
_DAY = rf"(?P<d>{_N}) *[日号](?!文|令|线|楼)"
_TAIL = (
    rf" *(?:{_DAY}|(?P<part>{_PART})|(?P<end>底|末)|(?P<vague>初|中(?!旬|国|心|学|小学|队|共|央|期|层|午))"
    rf"|第(?P<nth>[一二三四1-4])个?(?:星期|周|礼拜)(?P<wd>[一二三四五六日天])"
    rf"|(?P<d2>{_N})(?={_SEP}{_N} *[日号月]))?"
)
_BARE_MONTH = rf"(?P<m>{_N}) *月(?:份)?(?! *[一两\d]+ *[次回篇])"
_MONTH = rf"(?<![\d一二三四五六七八九十廿个]){_BARE_MONTH}"
_ISO = (
    r"(?P<iy>(?<!\d)(?:19|20)\d\d) *[-/.] *(?P<im>0?[1-9]|1[0-2]) *[-/.] *(?P<id>[12]\d|3[01]|0?[1-9])(?!\d)"
    r"|(?P<iy2>(?<!\d)20\d\d)\.(?P<im2>0?[1-9]|1[0-2])(?![\d.]|\.\d)"
)
_QUARTER = r"第?(?P<q>[一二三四1-4])季度(?P<qend>末|底)?"
_HALF = r"(?P<half>上半年|下半年|[上下]半(?=年))年?"
_POINT = re.compile(
    rf"(?:{_ISO})"
    rf"|(?:{_year('1')} *)?{_MONTH}{_TAIL}"
    rf"|(?:{_year('2')})? *(?<![每各])(?:{_QUARTER}|{_HALF})"
    rf"|{_year('3')} *(?P<yend>底|末)?"
    r"|(?<!\d)(?P<bend>年底|年末|年内)"
)
_BARE = re.compile(
    rf"(?:{_year('1')} *)?(?<![\d.])(?P<m>{_N})(?= *(?:-+|~+|至|到) *{_N} *月(?!\d))"
)
_SECOND = re.compile(
    rf"(?:{_ISO})|(?:{_year('1')} *)?(?:{_BARE_MONTH}{_TAIL})|(?:当|本|该)?月(?P<end2>底|末)"
    rf"|(?P<d3>{_N}) *[日号]|(?P<part2>{_PART})|(?P<yend2>年底|年末)|{_year('2')} *(?P<yend>底|末)"
)
_SEPARATOR = re.compile(_SEP)
_AFTER_POINT = re.compile(rf"{_WEEKDAY}{_CLOCK}")
_BEFORE = re.compile(
    r" *(?:以前|之前|截止|为止|前(?![后期往述夕一二两三四五六进来列沿景哨提程线端置去者面方身锋台段半]))"
)
_AROUND = re.compile(r" *(?:前后|左右)")
_AFTER = re.compile(r" *(?:起|开始|以后|之后|以来|后(?![勤备续期台方面]))")
_CLOSE = re.compile(rf"{_WEEKDAY}{_CLOCK} *(?:止|结束|为止)?")
_PRE_BEFORE = re.compile(
    r"(?:(?:即日|现在)起? *(?:至|到|-+)|截至|截止(?:时间|日期)?(?:到|至|为)?|不晚于|不迟于|最迟(?:于|不超过)?|最晚(?:于)?)[: ]*$"
)
_LUNAR = re.compile(r"(?:农历|阴历|旧历)(?:[^,。;]{0,6})?$")
_WEEKDAYS = {name: index for index, name in enumerate("一二三四五六日")} | {"天": 6}
_SHIFTS = {"明": 1, "次": 1, "翌": 1, "来": 1, "第": 1, "去": -1, "上": -1}
_PARTS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a stretch named by one date word; ``low``/``high`` are (month, day), day 31 = month's end."""

    low: tuple[int, int]
    high: tuple[int, int]
    year: int | None = None
    shift: int | None = None
    masked: bool = False
    vague: bool = False
    exact: bool = False
    nth: tuple[int, int] | None = None
    whole_year: bool = False

    def days(self, year: int) -> tuple[date, date] | None:
        """Return first and last day in ``year``; None where the calendar has no such day."""
        month, day = self.low
        if self.nth:
            first = date(year, month, 1)
            found = first + timedelta((self.nth[1] - first.weekday()) % 7 + 7 * (self.nth[0] - 1))
            return (found, found) if found.month == month else None
        last = monthrange(year, self.high[0])[1]
        if self.exact and day > last:
            return None
        first_last = monthrange(year, month)[1]
        return date(year, month, min(day, first_last)), date(
            year, self.high[0], min(self.high[1], last)
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A date or range in the text, before its year is known."""

    start: int
    end: int
    first: Point
    last: Point | None
    bound: Bound = "within"
    around: bool = False
    lunar: bool = False

    @property
    def ranged(self) -> bool:
        """Return whether two bounds are written."""
        return self.last is not None

    @property
    def dated(self) -> bool:
        """Return whether more than a bare year is written."""
        return not self.first.whole_year

    @property
    def year(self) -> int | None:
        """Return the year that the mention itself writes."""
        return self.first.year or (self.last.year if self.last else None)


def mentions(fold: str, begin: int = 0, end: int | None = None) -> list[Mention]:
    """Return the dates of a stretch of folded text, in order, none overlapping."""
    end = len(fold) if end is None else end
    found, at = [], begin
    while at < end:
        mention = _next(fold, at, end)
        if mention is None:
            break
        found.append(mention)
        at = mention.end
    return found


def _next(fold: str, at: int, end: int) -> Mention | None:
    while at < end:
        match = _POINT.search(fold, at, end)
        bare = _BARE.search(fold, at, match.end() if match else end)
        if bare and (match is None or bare.start() <= match.start()):
            mention = _bare_range(fold, bare, end)
            if mention:
                return mention
        if match is None:
            return None
        point = _point(match)
        if point:
            return _complete(fold, match, point, end)
        at = match.end()
    return None


def _bare_range(fold: str, bare: re.Match[str], end: int) -> Mention | None:
    sep = _SEPARATOR.match(fold, bare.end(), end)
    second = _SECOND.match(fold, sep.end(), end) if sep else None
    month = number(bare["m"])
    if second is None or month is None or not 1 <= month <= 12:
        return None
    first = _dated(Point((month, 1), (month, 31)), bare)
    last = _second(second, first)
    if last is None or last.exact:
        return None
    return _suffixed(fold, Mention(bare.start(), second.end(), first, last), end)


def _complete(fold: str, match: re.Match[str], point: Point, end: int) -> Mention:
    start = match.start()
    while fold[start] in ", ":
        start += 1
    mention = Mention(start, match.end(), point, None)
    sep = None if point.whole_year else _SEPARATOR.match(fold, match.end(), end)
    second = _SECOND.match(fold, sep.end(), end) if sep else None
    last = _second(second, point) if second else None
    if last and second:
        mention = replace(mention, end=_CLOSE.match(fold, second.end(), end).end(), last=last)  # type: ignore[union-attr]
        if mention.end > second.end() and fold[mention.end - 1] in " ":
            mention = replace(mention, end=second.end())
    return _suffixed(fold, mention, end)


def _suffixed(fold: str, mention: Mention, end: int) -> Mention:
    lead = fold[max(0, mention.start - 12) : mention.start]
    if _LUNAR.search(lead):
        mention = replace(mention, lunar=True)
    pre = _PRE_BEFORE.search(lead)
    if pre and not mention.ranged:
        return replace(mention, bound="before", start=mention.start - len(lead) + pre.start())
    after_clock = _AFTER_POINT.match(fold, mention.end, end)
    stop = after_clock.end() if after_clock else mention.end
    if around := _AROUND.match(fold, stop, end):
        return replace(mention, around=True, end=around.end())
    if before := _BEFORE.match(fold, stop, end):
        return replace(mention, bound="before", end=before.end())
    after = _AFTER.match(fold, stop, end)
    if after and not mention.ranged and not mention.first.whole_year:
        return replace(mention, bound="after", end=after.end())
    return mention


def _point(match: re.Match[str]) -> Point | None:
    got = match.groupdict()
    if got.get("iy"):
        return _day(int(got["im"]), int(got["id"]), int(got["iy"]))
    if got.get("iy2"):
        month = int(got["im2"])
        return Point((month, 1), (month, 31), year=int(got["iy2"]))
    return _month_point(match, got) if got.get("m") else _dated(_stretch(got), match)


def _stretch(got: dict[str, str | None]) -> Point:
    """Return a quarter, a half year, a year's end, or a whole year."""
    if got.get("q"):
        last = 3 * (number(got["q"] or "") or 1)
        return Point((last, 31) if got.get("qend") else (last - 2, 1), (last, 31))
    if got.get("half"):
        return Point((1, 1), (6, 31)) if (got["half"] or "")[0] == "上" else Point((7, 1), (12, 31))
    if got.get("bend") or got.get("yend"):
        return Point((1, 1) if got.get("bend") == "年内" else (12, 31), (12, 31))
    return Point((1, 1), (12, 31), whole_year=True)


def _month_point(match: re.Match[str], got: dict[str, str | None]) -> Point | None:
    month = number(got["m"] or "")
    if month is None or not 1 <= month <= 12:
        return None
    point = Point((month, 1), (month, 31))
    text = got.get("d") or got.get("d2")
    if text:
        found = _day(month, number(text) or 0, None)
        if found is None:
            return None
        point = found
    elif got.get("part"):
        low, high = _PARTS[got["part"] or ""]
        point = Point((month, low), (month, high))
    elif got.get("end"):
        point = Point((month, 31), (month, 31))
    elif got.get("vague"):
        point = replace(point, vague=True)
    elif got.get("nth"):
        point = replace(point, nth=(number(got["nth"] or "") or 1, _WEEKDAYS[got["wd"] or "一"]))
    return _dated(point, match)


def _second(match: re.Match[str], first: Point) -> Point | None:
    got = match.groupdict()
    month = first.high[0]
    if got.get("d3"):
        return _day(month, number(got["d3"] or "") or 0, None)
    if got.get("part2"):
        low, high = _PARTS[got["part2"] or ""]
        return Point((month, low), (month, high))
    if got.get("end2"):
        return Point((month, 31), (month, 31))
    if got.get("yend2"):
        return Point((12, 31), (12, 31))
    return _point(match)


def _day(month: int, day: int, year: int | None) -> Point | None:
    if not 1 <= day <= 31:
        return None
    return Point((month, day), (month, day), year=year, exact=True)


def _dated(point: Point, match: re.Match[str]) -> Point:
    if relative := _written(match, "rel"):
        return replace(point, shift=_SHIFTS.get(relative[0], 0))
    if _written(match, "mask"):
        return replace(point, masked=True)
    year = _written(match, "y")
    if not year:
        return point
    value = number(year.lstrip("'"))
    return replace(point, year=2000 + value if value is not None and value < 100 else value)


def _written(match: re.Match[str], name: str) -> str | None:
    got = match.groupdict()
    return next((got[name + key] for key in "123" if got.get(name + key)), None)


_CELL = re.compile(
    r" *(?:(?P<y>20\d\d) *[./-] *)?(?P<m>0?[1-9]|1[0-2]) *[./] *(?P<d>[12]\d|3[01]|0?[1-9])"
    r"(?: *(?:-+|~+|至|到) *(?:(?P<y2>20\d\d) *[./-] *)?(?:(?P<m2>0?[1-9]|1[0-2]) *[./] *)?(?P<e>[12]\d|3[01]|0?[1-9]))?"
    r" *(?P<before>前|以前|之前)? *"
)


def numeric(fold: str, begin: int, end: int) -> Mention | None:
    """Return the date of a stretch that is nothing but ``4.5-4.8`` or ``4/5``; only asked where dates stand."""
    match = _CELL.fullmatch(fold, begin, end)
    if match is None:
        return None
    first = _day(int(match["m"]), int(match["d"]), int(match["y"]) if match["y"] else None)
    if first is None:
        return None
    last = None
    if match["e"]:
        last = _day(
            int(match["m2"] or match["m"]),
            int(match["e"]),
            int(match["y2"]) if match["y2"] else None,
        )
    return Mention(begin, end, first, last, "before" if match["before"] else "within")
