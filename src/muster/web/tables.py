"""Tables from one column registry: the same columns serve the screen, the print and the workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from muster.web.filters import Filters
from muster.web.said import said

Kind = Literal["text", "number", "money", "date", "moment", "tag", "masked"]
PAGE_ROWS = 100
PRINT_ROWS = 5_000
ROWS = gettext_lazy("条")


@dataclass(frozen=True, slots=True)
class Tag:
    """A status as word and colour; tones: blue, green, amber, red, grey."""

    text: str | Promise
    tone: str = "grey"

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` is read from the row (attribute, key, or dotted); ``value`` replaces it.

    ``sort`` is the order_by name of a queryset ("" = not sortable); ``mask`` hides what the screen, the
    print and the workbook may not show; ``href`` makes the cell a link; ``words`` says that the values
    are words of the program or the catalogue, to be shown in the reader's language.
    """

    key: str
    label: str | Promise
    kind: Kind = "text"
    sort: str = ""
    value: Callable[[Any], Any] | None = None
    mask: Callable[[Any], str] | None = None
    href: Callable[[Any], str] | None = None
    print: bool = True
    phone: bool = True
    width_class: str = ""
    words: bool = False

    def read(self, row: Any) -> Any:
        """Return the row's value, masked where the column says so."""
        found = self.value(row) if self.value else _follow(row, self.key)
        found = self.mask(found) if self.mask else found
        return said(found) if self.words else found


@dataclass(frozen=True, slots=True)
class Cell:
    """One drawn cell."""

    column: Column
    value: Any
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One drawn row."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column head with the address that sorts by it."""

    column: Column
    href: str
    direction: str = ""


@dataclass(frozen=True, slots=True)
class BulkAct:
    """A button of the bar that appears when rows are ticked; posts to ``url``."""

    label: str | Promise
    url: str
    icon: str = ""
    tone: str = ""


@dataclass(kw_only=True)
class Table:
    """Rows a person may see, ready for screen, print and export. ``rows`` is a queryset or a list.

    ``personal`` says that the rows are people: an export is journalled as a look at them.
    """

    columns: Sequence[Column]
    rows: Any
    request: HttpRequest
    name: str = "table"
    caption: str | Promise = ""
    filters: Filters | None = None
    row_key: str = "pk"
    default_sort: str = ""
    bulk: Sequence[BulkAct] = ()
    unit: str | Promise = ROWS
    empty_title: str | Promise = ""
    empty_text: str | Promise = ""
    page_rows: int = PAGE_ROWS
    printing: bool = False
    personal: bool = False
    footer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> QueryDict:
        """Return what the address asks for."""
        return self.request.GET

    @cached_property
    def total(self) -> int:
        """Return how many rows the filters let through, all pages together."""
        return len(self.rows) if isinstance(self.rows, Sequence) else int(self.rows.count())

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // self.page_rows))

    @property
    def page(self) -> int:
        """Return the page shown, pulled into range."""
        asked = self.query.get("page", "1")
        return min(max(1, int(asked) if asked.isdigit() else 1), self.pages)

    @property
    def first(self) -> int:
        """Return the number of the first row shown, from 1."""
        return (self.page - 1) * self.page_rows + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Return the number of the last row shown."""
        return min(self.page * self.page_rows, self.total)

    @cached_property
    def sorted_by(self) -> tuple[Column | None, str]:
        """Return the column sorted by and "asc" or "desc"; only columns that offer it are obeyed."""
        asked = self.query.get("sort", "") or self.default_sort
        key, direction = asked.lstrip("-"), "desc" if asked.startswith("-") else "asc"
        found = next((c for c in self.columns if c.sort and c.key == key), None)
        return found, direction

    def ordered(self) -> Any:
        """Return all rows in the order asked for."""
        column, direction = self.sorted_by
        if column is None:
            return self.rows
        if isinstance(self.rows, Sequence):

            def order(row: Any) -> tuple[bool, Any]:
                value = _follow(row, column.sort)
                return value is not None, value if value is not None else 0

            return sorted(self.rows, key=order, reverse=direction == "desc")
        return self.rows.order_by(f"{'-' if direction == 'desc' else ''}{column.sort}", "pk")

    def shown_columns(self) -> list[Column]:
        """Return the columns of this medium."""
        return [c for c in self.columns if c.print or not self.printing]

    def headings(self) -> list[Heading]:
        """Return the heads; a second click on the sorted one turns the order round."""
        column, direction = self.sorted_by
        found = []
        for c in self.shown_columns():
            here = direction if c is column else ""
            turned = f"-{c.key}" if here == "asc" else c.key
            found.append(Heading(c, self.link(sort=turned, page=None) if c.sort else "", here))
        return found

    def drawn(self) -> Iterator[Row]:
        """Yield the rows of the page, or all of them when printing."""
        ordered, columns = self.ordered(), self.shown_columns()
        part = (
            ordered[:PRINT_ROWS] if self.printing else ordered[max(0, self.first - 1) : self.last]
        )
        for row in part:
            cells = (Cell(c, c.read(row), c.href(row) if c.href else "") for c in columns)
            yield Row(str(_follow(row, self.row_key)), tuple(cells))

    def export(self) -> Iterator[list[Any]]:
        """Yield the header and then every row with typed, masked values, for a workbook."""
        yield [str(c.label) for c in self.columns]
        for row in self.ordered():
            yield [_plain(c.read(row)) for c in self.columns]

    def footer_cells(self) -> list[Cell]:
        """Return the totals line, empty when there is none."""
        if not self.footer:
            return []
        return [Cell(c, self.footer.get(c.key, "")) for c in self.shown_columns()]

    def link(self, **changes: Any) -> str:
        """Return the address of this list with some query values changed; None removes one."""
        query = self.query.copy()
        query.pop("print", None)
        query.pop("export", None)
        for key, value in changes.items():
            query.pop(key, None)
            if value is not None:
                query[key] = str(value)
        return f"{self.request.path}?{query.urlencode()}"

    @property
    def previous_link(self) -> str:
        """Return the address of the page before, or ""."""
        return self.link(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_link(self) -> str:
        """Return the address of the page after, or ""."""
        return self.link(page=self.page + 1) if self.page < self.pages else ""

    @property
    def print_link(self) -> str:
        """Return the address of the print page with the same filters."""
        return self.link(print=1, page=None)

    @property
    def export_link(self) -> str:
        """Return the address of the workbook with the same filters, "" where nobody writes one."""
        return self.link(export="xlsx", page=None) if "xlsx" in WRITERS else ""

    @property
    def screen_link(self) -> str:
        """Return the address of the list itself, with the same filters."""
        return self.link()

    @property
    def print_rows(self) -> int:
        """Return how many rows a print takes at most."""
        return PRINT_ROWS

    @property
    def cut(self) -> bool:
        """Return whether a print would leave rows out."""
        return self.total > PRINT_ROWS

    @property
    def filter_query(self) -> str:
        """Return the filters as a query string: what "all that the filter shows" means."""
        return self.filters.encoded() if self.filters else ""


WRITERS: dict[str, Callable[[HttpRequest, Table], HttpResponse]] = {}
"""Who writes a table as a file, by kind ("xlsx"); the composition root fills this."""


def respond(
    request: HttpRequest, template: str, *, table: Table, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Return the page, only the table for htmx, the print for ``?print=1``, a file for ``?export=``."""
    values = {**(context or {}), "table": table}
    if request.GET.get("print"):
        table.printing = True
        return render(request, "web/print_table.html", values)
    writer = WRITERS.get(request.GET.get("export", ""))
    if writer is not None:
        return writer(request, table)
    if request.headers.get("HX-Target") == table.name:
        return render(request, "web/table.html", values)
    return render(request, template, values)


def _follow(row: Any, path: str) -> Any:
    for name in path.replace("__", ".").split("."):
        if row is None:
            return None
        row = row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
    return row


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | date | datetime):
        return value
    return str(value)
