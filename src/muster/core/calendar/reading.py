"""Reads one mapping of a catalogue; every refusal names where, why and how."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from muster.core.calendar.problems import BadEntry
from muster.core.kernel import Citation

STATUSES = {"law": "法律法规", "directive": "上级要求", "practice": "惯例", "target": "目标",
            "example": "示例", "default": "建议值"}  # fmt: skip
# How sure the dates of an entry are; only what is stated needs no look before use.
BASES = {"stated": "原文写明", "recalled": "待核实", "proposed": "本系统建议"}


class Entry:
    """A mapping that is read key by key; keys that nobody asked for are refused at the end."""

    def __init__(self, raw: Any, *, where: str) -> None:
        """Remember the mapping and the place it stands at."""
        self.where = where
        if not isinstance(raw, Mapping):
            raise BadEntry(where=where, field=_shown(raw), why="应是键值对", how="请写成“键: 值”。")
        self.raw: Mapping[str, Any] = raw
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def bad(self, key: str, why: str, how: str = "") -> BadEntry:
        """Return the refusal of one key."""
        return BadEntry(where=self.where, field=key, why=why, how=how)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the raw value of a key."""
        self._asked.add(key)
        return self.raw.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a non-empty text, or the default where the key is left out."""
        value = self.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.bad(key, "没有文字" if value is None else f"{_shown(value)} 不是文字",
                           f"请写“{key}: 文字”。")  # fmt: skip
        return value.strip()

    def whole(self, key: str, default: int | None = None, *, low: int, high: int) -> int:
        """Return a whole number within bounds."""
        value = self.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.bad(key, f"{_shown(value)} 不是 {low} 到 {high} 的整数", "请改成整数。")
        return int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.bad(key, f"{_shown(value)} 不是是否", "只能写 true 或 false。")
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """Return one of the allowed words."""
        value = self.get(key, default)
        if not isinstance(value, str) or value not in allowed:
            raise self.bad(key, f"没有“{_shown(value)}”这一项", f"只能是：{'、'.join(allowed)}。")
        return value

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of words, empty where the key is left out."""
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.bad(key, f"{_shown(value)} 不是文字清单", "请写成“[甲, 乙]”。")
        wrong = [one for one in value if allowed is not None and one not in allowed]
        if wrong:
            raise self.bad(key, f"没有“{wrong[0]}”这一项", f"只能是：{'、'.join(allowed or ())}。")
        return tuple(value)

    def numbers(self, key: str, *, low: int, high: int) -> tuple[int, ...]:
        """Return distinct whole numbers in order, empty where the key is left out."""
        value = self.get(key, [])
        whole = isinstance(value, list) and all(
            isinstance(n, int) and not isinstance(n, bool) and low <= n <= high for n in value
        )
        if not whole or len(set(value)) != len(value):
            raise self.bad(key, f"{_shown(value)} 不是 {low} 到 {high} 的不重复整数清单",
                           "请写成“[1, 2]”。")  # fmt: skip
        return tuple(sorted(value))

    def day(self, key: str) -> date:
        """Return a date; YAML may have read it already."""
        return read_date(self.get(key), where=self.where, field=key)

    def several(self, key: str) -> list[Any]:
        """Return a list with at least one item."""
        value = self.get(key)
        if not isinstance(value, list) or not value:
            raise self.bad(key, "至少要有一项", f"请在“{key}:”下逐项写出。")
        return value

    def labels(self, key: str) -> tuple[str, str]:
        """Return a name in Chinese and in English."""
        names = Entry(self.get(key), where=f"{self.where} {key}")
        made = names.text("zh"), names.text("en")
        names.done()
        return made

    def citation(self, key: str = "source") -> Citation:
        """Return the paper and clause that an entry rests on."""
        return Citation(self.text(key), str(self.get("clause", "")))

    def done(self) -> None:
        """Refuse a key that nobody asked for: most often a slip of the pen."""
        unknown = [str(key) for key in self.raw if key not in self._asked]
        if unknown:
            raise self.bad(
                unknown[0], "没有这个键", f"可用的键：{'、'.join(sorted(self._asked))}。"
            )


def read_date(value: Any, *, where: str, field: str) -> date:
    """Return a date written as 2024-02-10; anything else is refused."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadEntry(where=where, field=field, why=f"{_shown(value)} 不是日期",
                       how="请写成 2024-02-10 的样子。") from None  # fmt: skip


def listed(raw: Any, *, where: str, field: str) -> Sequence[Any]:
    """Return a list, also an empty one."""
    if not isinstance(raw, list):
        raise BadEntry(where=where, field=field, why="应是清单", how="请每项一行，以“- ”开头。")
    return raw


def _shown(value: Any) -> str:
    return "空" if value is None else str(value)[:40]
