"""The catalogue as it ships, read without any framework."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from muster.core.calendar import Almanac, Duty, Surroundings, WorkDays, from_entries, from_entry

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"
LONG_AGO = date(2000, 1, 1)


def files(pattern: str) -> list[tuple[str, Any]]:
    paths = sorted(CATALOGUE.glob(pattern))
    return [(path.name, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths]


@cache
def duties() -> dict[str, Duty]:
    return from_entries(files("duties/*.yaml"))


@cache
def around() -> Surroundings:
    return Surroundings(almanac=Almanac.from_entries(files("calendars/days.yaml")),
                        workdays=WorkDays.from_entries(files("calendars/holidays_*.yaml")))  # fmt: skip


def duty(*frequency: dict[str, Any], **more: Any) -> Duty:
    """Return a duty that only its frequency makes interesting."""
    raw = {
        "name": {"zh": "例会", "en": "meeting"}, "status": "practice", "source": "某镇制度",
        "responsible": "书记", "concerns": {"levels": ["township"]}, "frequency": list(frequency),
        "fulfilled_by": [{"record": "meeting", "of": "office"}],
    }  # fmt: skip
    return from_entry(raw | more, code="T-1", group="试", where="试验 T-1")
