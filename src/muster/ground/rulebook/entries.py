"""The rule catalogue: every rule that Muster asks for, with its kind and its cited default."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from muster.ground.rows import catalogue

FOLDER = "rules"
FORMAT = "muster-rules/1"
KINDS = ("number", "percent", "months", "hours", "days", "flag", "choices")
STATUSES = ("law", "directive", "practice", "target", "example", "default")
UNITS = {"percent": "%", "months": "个月", "hours": "小时", "days": "天"}
LARGEST = 100_000


def _in_words(label: Mapping[str, str]) -> str:
    return label["en"] if (get_language() or "").startswith("en") else label["zh"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule of the catalogue. Without ``status`` it has no default: the county fills it in."""

    key: str
    labels: Mapping[str, str]
    group: Mapping[str, str]
    kind: str
    value: Any = None
    status: str = ""
    source: str = ""
    clause: str = ""
    unit: str = ""
    help: str = ""
    fixed: bool = False

    @property
    def label(self) -> str:
        """Return the name of the rule in the reader's language."""
        return _in_words(self.labels)

    @property
    def group_label(self) -> str:
        """Return the name of its group in the reader's language."""
        return _in_words(self.group)


def entries() -> dict[str, Entry]:
    """Return key → entry of the whole catalogue, in the order of the files."""
    return _all(str(catalogue.folder()))


@lru_cache(maxsize=4)
def _all(_folder: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name in catalogue.names(FOLDER):
        for entry in read(catalogue.load(name), name=name):
            if entry.key in found:
                raise ValueError(f"{name}: {entry.key} stands in two files")
            found[entry.key] = entry
    return found


def read(data: Mapping[str, Any], *, name: str) -> list[Entry]:
    """Return the entries of one file; ValueError names the first thing wrong with it."""
    if data.get("format") != FORMAT:
        raise ValueError(f"{name} is not {FORMAT}")
    return [_entry(key, raw, data["group"], name) for key, raw in data["rules"].items()]


def _entry(key: str, raw: Mapping[str, Any], group: Mapping[str, str], name: str) -> Entry:
    entry = Entry(
        key=key, labels=raw["label"], group=group, kind=raw["kind"], value=raw.get("value"),
        status=raw.get("status", ""), source=raw.get("source", ""),
        clause=str(raw.get("clause", "")), unit=raw.get("unit", UNITS.get(raw["kind"], "")),
        help=raw.get("help", ""), fixed=raw.get("fixed", False),
    )  # fmt: skip
    if entry.kind not in KINDS:
        raise ValueError(f"{name}: {key} has unknown kind {entry.kind}")
    if (entry.value is None) != (not entry.status):
        raise ValueError(f"{name}: {key} needs both a value and a status, or neither")
    if entry.status and (entry.status not in STATUSES or not entry.source):
        raise ValueError(f"{name}: {key} needs a known status and a source")
    if entry.value is not None and (why := wrong_with(entry.kind, entry.value)):
        raise ValueError(f"{name}: {key}: {why}")
    return entry


def wrong_with(kind: str, value: Any) -> str:
    """Return why a value does not fit a kind, in words for the screen, or ""."""
    if kind == "flag":
        return "" if isinstance(value, bool) else "只能是“是”或“否”"
    if kind == "choices":
        whole = isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)
        return "" if whole else "至少写一项，每行一项"
    if isinstance(value, bool) or not isinstance(value, int):
        return "只能填整数"
    most = 100 if kind == "percent" else LARGEST
    return "" if 0 <= value <= most else f"应在 0 到 {most} 之间"


def in_words(kind: str, value: Any, unit: str = "") -> str:
    """Return a value as a person reads it."""
    if kind == "flag":
        return "是" if value else "否"
    if kind == "choices":
        return "、".join(value)
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}".strip()
