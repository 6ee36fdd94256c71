"""Forms as the office's own pages show them, so that what is posted is what a clerk would post."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve

from tests.matrix.canaries import KEY
from tests.matrix.places import PLACES
from tests.matrix.world import Planted, World

# What a form does not offer and a careless view might take all the same.
EXTRAS = {
    "division": "register.Division#division", "county": "register.Division#county",
    "person": "register.Person", "unit": "militia.Unit", "post": "militia.Post",
    "organisation": "register.Organisation", "owner": "register.Organisation", "parent": "militia.Unit",
    "id": "register.Person", "of": "imports.Import", "campaign": "campaigns.Campaign",
    "group": "campaigns.Phase", "file": "files.StoredFile", "call": "militia.RollCall",
    "account": "accounts.Account",
}  # fmt: skip
PLAIN = {"date": "2026-05-20", "number": "1", "month": "2026-05", "password": "x", "email": "a@b.c"}


@dataclass
class Field:
    """One input of a form: its kind, what stands in it and what it offers."""

    kind: str
    value: str = ""
    offers: list[str] = field(default_factory=list)


Form = dict[str, Field]


class _Reader(HTMLParser):
    """Collects the forms that post, with their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Form]] = []
        self.form: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or take in a field."""
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = {}
            if known.get("method", "").lower() == "post" or "hx-post" in known:
                self.found.append((known.get("hx-post") or known.get("action", ""), self.form))
        elif "hx-post" in known:
            self.found.append((known["hx-post"], {}))
        if self.form is not None:
            self._field(tag, known)

    def _field(self, tag: str, known: Mapping[str, str]) -> None:
        name, form = known.get("name", ""), self.form
        if tag == "option" and self.select is not None:
            self.select.offers.append(known.get("value", ""))
        if not name or form is None:
            return
        if tag in ("input", "button"):
            kind = known.get("type", "text") if tag == "input" else "button"
            form.setdefault(name, Field(kind, known.get("value", "")))
            form[name].offers.append(known.get("value", ""))
        elif tag == "select":
            self.select = form[name] = Field("select")
        elif tag == "textarea":
            self.area = form[name] = Field("textarea")

    def handle_data(self, data: str) -> None:
        """Take in what stands in a text area."""
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def forms_in(text: str, *, at: str) -> Iterator[tuple[str, Form]]:
    """Yield (route name, form) of a page that was read at an address."""
    reader = _Reader()
    reader.feed(text)
    for action, form in reader.found:
        path = urlsplit(action).path or urlsplit(at).path
        try:
            yield resolve(path).view_name, form
        except Resolver404:
            continue


def filled(form: Form, *, foreign: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return plausible values; with ``foreign`` each key among them is one of a row elsewhere."""
    values = {name: _value(item) for name, item in form.items() if name != "csrfmiddlewaretoken"}
    if foreign:
        values = {name: foreign.get(str(value), value) for name, value in values.items()}
    return values


def _value(item: Field) -> Any:
    if item.kind in ("select", "radio", "checkbox", "button", "submit"):
        return next(filter(None, item.offers), "on")
    if item.kind == "file":
        return SimpleUploadedFile("a.csv", "姓名,身份证号\n甲,1\n".encode())
    return item.value.strip() or PLAIN.get(item.kind, "新值")


class Strangers:
    """Turns keys of rows into keys of like rows at a place elsewhere."""

    def __init__(self, world: World, place: str) -> None:
        """Take the other place."""
        self.world, self.place = world, place
        self.keys = {str(key): row for key, row in world.by_key().items()}

    def get(self, value: str, default: Any) -> Any:
        """Return the like of a key or of a place's code; anything else as it is."""
        if value in PLACES:
            return self.place
        row = self.keys.get(value) if KEY.fullmatch(value) else None
        other = self._like(row) if row else None
        return str(other) if other else default

    def _like(self, row: Planted) -> UUID | None:
        rows = self.world.of(row.label, self.place)
        return rows[0].row.pk if rows else None

    def extras(self) -> dict[str, Any]:
        """Return values no form offers: place, county and keys of rows elsewhere."""
        found = {}
        for name, source in EXTRAS.items():
            label, _, column = source.partition("#")
            rows = self.world.of(label, self.place)
            if rows:
                found[name] = str(getattr(rows[0].row, column or "pk"))
        return found
