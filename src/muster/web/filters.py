"""Filters of a list: read from the address, shown in words, kept when the list is sent on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise

from muster.web.said import said

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list. Without choices it is a text box."""

    key: str
    label: Label
    choices: Sequence[tuple[str, Label]] = ()
    kind: Literal["choice", "text", "date"] = "choice"
    hint: Label = ""

    def clean(self, value: str) -> str:
        """Return the value when this filter knows it, else ""."""
        value = value.strip()
        if self.kind != "choice":
            return value[:100]
        return value if value in {str(key) for key, _ in self.choices} else ""

    def words(self, value: str) -> str:
        """Return the value as a person reads it."""
        if self.kind == "choice":
            return str(said(str({str(k): v for k, v in self.choices}.get(value, value))))
        return f"“{value}”" if self.kind == "text" else f"{self.label} {_day(value)}"


def _day(value: str) -> str:
    """Return a typed date as people write it; what is no date stays as it is."""
    from muster.web.templatetags.muster import day  # the tags know the tables

    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter with its present value, for the template."""

    filter: Filter
    value: str


class Filters:
    """The filters of a list with the values an address gives them."""

    def __init__(self, filters: Iterable[Filter], query: QueryDict | Mapping[str, str]) -> None:
        """Read the values; unknown keys and choices are dropped."""
        self.filters = tuple(filters)
        self.values = {f.key: f.clean(str(query.get(f.key, ""))) for f in self.filters}

    def __getitem__(self, key: str) -> str:
        return self.values[key]

    @property
    def active(self) -> dict[str, str]:
        """Return the filters that are set."""
        return {key: value for key, value in self.values.items() if value}

    @property
    def words(self) -> list[str]:
        """Return the set filters in words: 青溪镇, 待核实."""
        return [f.words(self.values[f.key]) for f in self.filters if self.values[f.key]]

    @property
    def shown(self) -> list[Shown]:
        """Return each filter with its value."""
        return [Shown(f, self.values[f.key]) for f in self.filters]

    def encoded(self) -> str:
        """Return the set filters as a query string."""
        return urlencode(self.active)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a bulk action was asked to touch: these keys, or all that the filters let through."""

    keys: tuple[str, ...]
    everything: bool
    filters: Filters

    @classmethod
    def read(cls, post: QueryDict, filters: Iterable[Filter]) -> "Selection":
        """Return the selection posted by the bulk bar of a table."""
        chosen = Filters(filters, QueryDict(post.get("filter_query", "")))
        everything = post.get("everything") == "1"
        return cls(tuple(post.getlist("row")), everything, chosen)
