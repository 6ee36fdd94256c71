"""A frequency as a person reads it."""

from collections.abc import Callable

from muster.core.calendar.days import ByName, Day, Fixed, Lunar, NewYearsEve, NthWeekday
from muster.core.calendar.frequency import (
    Around,
    Every,
    EveryYears,
    Frequency,
    InCampaign,
    InSeasons,
    OnEvent,
    TimesAYear,
)

Naming = Callable[[str], str]
# Whole sentences, each with its holes: so they can be turned into another language where shown.
OFTEN = {
    "week": "每周 {count} 次", "month": "每月 {count} 次", "quarter": "每季度 {count} 次",
    "half_year": "每半年 {count} 次", "year": "每年 {count} 次",
}  # fmt: skip


def in_words(frequency: Frequency, *, named: Naming = str) -> str:
    """Return how often in Chinese; ``named`` turns a key of a day, season or event into its name."""
    match frequency:
        case Every(unit, count, months):
            return _every(unit, count, months)
        case EveryYears(years, since):
            return f"每 {years} 年 1 次（自 {since} 年起）"
        case TimesAYear(count):
            return f"每年 {count} 次"
        case Around(days, first, last):
            return _span("、".join(_day(day, named) for day in days), first, last)
        case _:
            return _occasion(frequency, named)


def _occasion(frequency: InSeasons | InCampaign | OnEvent, named: Naming) -> str:
    match frequency:
        case InSeasons(seasons, count):
            return f"{'、'.join(map(named, seasons))}期间 {count} 次"
        case InCampaign(campaign, phase, pace):
            return _within(f"{named(campaign)}{phase}", pace)
        case _:
            return _after(named(frequency.event), frequency)


def _every(unit: str, count: int, months: tuple[int, ...]) -> str:
    if months and unit == "month":
        listed = "、".join(map(str, months))
        return f"每年{listed}月各 {count} 次" if months[1:] else f"每年{listed}月 {count} 次"
    often = OFTEN[unit].format(count=count)
    return f"{'、'.join(map(str, months))}月内{often}" if months else often


def _within(campaign: str, pace: str) -> str:
    if pace == "once":
        return f"{campaign}期间 1 次"
    return f"{campaign}期间每周 1 次" if pace == "week" else f"{campaign}期间每月 1 次"


def _day(day: Day, named: Naming) -> str:
    match day:
        case ByName(name):
            return named(name)
        case NthWeekday(nth, weekday, month):
            return f"{month}月第{nth}个星期{'一二三四五六日'[weekday - 1]}"
        case Fixed(month, number):
            return f"{month}月{number}日"
        case Lunar(month, number):
            return f"农历{month}月{number}日"
        case NewYearsEve():
            return "除夕"
    return "清明"


def _span(days: str, first: int, last: int) -> str:
    if first == last == 0:
        return f"{days}当天"
    if last <= 0:
        return f"{days}前（提前 {-first} 天起）"
    return f"{days}前 {-first} 天至后 {last} 天" if first <= 0 else f"{days}后 {first} 至 {last} 天"


def _after(what: str, event: OnEvent) -> str:
    if event.working_days:
        return f"{what}后 {event.working_days} 个工作日内"
    if event.months:
        return f"{what}后 {event.months} 个月内"
    return f"{what}后 {event.days} 天内" if event.days else f"{what}当天"
