"""A frequency as a person reads it."""

from collections.abc import Callable

from muster.core.calendar.days import ByName, Day, Fixed, Lunar, NewYearsEve, NthWeekday
from muster.core.calendar.frequency import (
    UNITS,
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


def in_words(frequency: Frequency, *, named: Naming = str) -> str:
    """Return how often in Chinese; ``named`` turns a key of a day, season or event into its name."""
    match frequency:
        case Every(unit, count, months):
            often = f"每{UNITS[unit]}"
            if months and unit == "month":
                often = (
                    f"每年{'、'.join(map(str, months))}月各" if months[1:] else f"每年{months[0]}月"
                )
            elif months:
                often = f"{'、'.join(map(str, months))}月内{often}"
            return f"{often} {count} 次"
        case EveryYears(years, since):
            return f"每 {years} 年 1 次（自 {since} 年起）"
        case TimesAYear(count):
            return f"每年 {count} 次"
        case Around(days, first, last):
            return f"{'、'.join(_day(day, named) for day in days)}{_span(first, last)}"
        case _:
            return _occasion(frequency, named)


def _occasion(frequency: InSeasons | InCampaign | OnEvent, named: Naming) -> str:
    match frequency:
        case InSeasons(seasons, count):
            return f"{'、'.join(map(named, seasons))}期间 {count} 次"
        case InCampaign(campaign, phase, pace):
            often = {"once": " 1 次", "week": "每周 1 次", "month": "每月 1 次"}[pace]
            return f"{named(campaign)}{phase}期间{often}"
        case _:
            return f"{named(frequency.event)}{_after(frequency)}"


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


def _span(first: int, last: int) -> str:
    if first == last == 0:
        return "当天"
    if last <= 0:
        return f"前（提前 {-first} 天起）"
    return f"前 {-first} 天至后 {last} 天" if first <= 0 else f"后 {first} 至 {last} 天"


def _after(event: OnEvent) -> str:
    if event.working_days:
        return f"后 {event.working_days} 个工作日内"
    if event.months:
        return f"后 {event.months} 个月内"
    return f"后 {event.days} 天内" if event.days else "当天"
