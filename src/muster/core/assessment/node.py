"""Reads the fields of a catalogue entry and says, where one is wrong, where, why and what to do."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from muster.core.assessment.points import Points, exact, points_of
from muster.core.assessment.problems import (
    EntryFieldMissing,
    EntryFieldUnknown,
    EntryStepRefused,
    EntryTooLarge,
    EntryValueRefused,
    EntryWordUnknown,
)

LONGEST_TEXT = 20_000
MOST_ROWS = 2_000


class Node:
    """One mapping of an entry with the path to it. Each field is asked for once, by its kind."""

    def __init__(self, entry: object, where: str, allowed: Sequence[str]) -> None:
        """Refuse what is no mapping, and fields that nobody would read."""
        if not isinstance(entry, Mapping):
            raise EntryValueRefused(where=where, found=_short(entry), wanted="一组字段")
        self.entry: Mapping[Any, Any] = entry
        self.where = where
        for name in entry:
            if name not in allowed:
                raise EntryFieldUnknown(where=where, field=_short(name), allowed="、".join(allowed))

    def has(self, name: str) -> bool:
        """Return whether the field holds anything."""
        return self.entry.get(name) is not None

    def text(self, name: str, *, required: bool = False) -> str:
        """Return a text; "" where it is not given and not required."""
        value = self.entry.get(name)
        if value is None or value == "":
            if required:
                raise self._missing(name, "一段文字")
            return ""
        # A number as a code would lose its shape (1.10 becomes 1.1), so it must be in quotes.
        if not isinstance(value, str):
            raise self._refused(name, "文字（编号请加引号）")
        if len(value) > LONGEST_TEXT:
            raise EntryTooLarge(where=self.at(name), found=len(value), most=LONGEST_TEXT)
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        rows = self.rows(name)
        if not all(isinstance(row, str) and row.strip() for row in rows):
            raise self._refused(name, "一列文字")
        return tuple(str(row).strip() for row in rows)

    def flag(self, name: str) -> bool:
        """Return yes or no; no where it is not given."""
        value = self.entry.get(name, False)
        if not isinstance(value, bool):
            raise self._refused(name, "true 或 false")
        return value

    def word(self, name: str, allowed: Sequence[str], default: str = "") -> str:
        """Return a word of a list."""
        value = self.entry.get(name, default)
        if value not in allowed:
            raise EntryWordUnknown(
                where=self.at(name), found=_short(value), allowed="、".join(filter(None, allowed))
            )
        return str(value)

    def points(self, name: str) -> Points | None:
        """Return points; None where they are not given."""
        value = self.entry.get(name)
        if value is None:
            return None
        points = points_of(value)
        if points is None and exact(value) is not None:
            raise EntryStepRefused(where=self.at(name), found=_short(value))
        if points is None:
            raise self._refused(name, "分数")
        return points

    def needed_points(self, name: str, *, least: int | None = None) -> Points:
        """Return points that must be given, at least ``least`` quarter points."""
        points = self.points(name)
        if points is None:
            raise self._missing(name, "分数")
        if least is not None and points < least:
            raise self._refused(name, "正的分数" if least > 0 else "不小于 0 的分数")
        return points

    def number(self, name: str, default: Fraction | None = None) -> Fraction | None:
        """Return an exact number."""
        value = self.entry.get(name)
        if value is None:
            return default
        number = exact(value)
        if number is None:
            raise self._refused(name, "数字")
        return number

    def positive(self, name: str, default: Fraction | None = None) -> Fraction:
        """Return a number above zero that must be given where there is no default."""
        number = self.number(name, default)
        if number is None:
            raise self._missing(name, "数字")
        if number <= 0:
            raise self._refused(name, "大于 0 的数字")
        return number

    def rows(self, name: str) -> list[Any]:
        """Return a list; empty where it is not given."""
        value = self.entry.get(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            raise self._refused(name, "一个列表")
        if len(value) > MOST_ROWS:
            raise EntryTooLarge(where=self.at(name), found=len(value), most=MOST_ROWS)
        return list(value)

    def at(self, name: str) -> str:
        """Return the path of a field."""
        return f"{self.where} › {name}" if self.where else name

    def _missing(self, name: str, wanted: str) -> EntryFieldMissing:
        return EntryFieldMissing(where=self.where or "开头", field=name, wanted=wanted)

    def _refused(self, name: str, wanted: str) -> EntryValueRefused:
        found = _short(self.entry.get(name))
        return EntryValueRefused(where=self.at(name), found=found, wanted=wanted)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 30 else f"{text[:30]}…"
