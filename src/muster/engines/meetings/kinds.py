"""The kinds of meetings as the catalogue describes them: who chairs, which sides, what is required."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from muster.core.calendar.reading import STATUSES, Entry
from muster.core.kernel import Citation
from muster.engines.meetings.problems import MeetingKindUnknown
from muster.ground.rows import catalogue

FORMAT = "muster-meetings/1"
LEVELS = ("county", "township", "village")
SIDES = ("local", "military")
REQUIRES = ("minutes", "chair", "sides", "agenda")
EXPECTS = ("seats", "staff", "townships")
PARTS = ("attend", "observe", "live", "written")


@dataclass(frozen=True, slots=True)
class Chair:
    """Who chairs: the holder of a seat, of an appointment, or the first responsible person."""

    words: str
    seats: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    of: str = ""
    first_responsible: bool = False


@dataclass(frozen=True, slots=True)
class OwnField:
    """A fact of one kind of meeting only."""

    key: str
    name: str
    unit: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class MeetingKind:
    """One kind of meeting; ``requires`` is what its minutes may not be confirmed without."""

    code: str
    name: str
    english: str
    group: str
    status: str
    citation: Citation
    levels: tuple[str, ...]
    held_by: tuple[str, ...]
    body: str = ""
    expects: str = "staff"
    chair: Chair | None = None
    sides: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    agenda_required: tuple[str, ...] = ()
    agenda_suggested: tuple[str, ...] = ()
    parts: tuple[str, ...] = ("attend", "observe")
    fields: tuple[OwnField, ...] = ()

    @property
    def status_words(self) -> str:
        """Return who asks for it, in words."""
        return STATUSES[self.status]

    @property
    def basis(self) -> str:
        """Return the paper and its clause, apart, so that each is turned into the reader's language."""
        return f"{self.citation.source} {self.citation.clause}".strip()


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds by code, and the words that put somebody on the military side."""

    by_code: dict[str, MeetingKind]
    military: tuple[str, ...]


def read(files: Iterable[tuple[str, Any]]) -> Kinds:
    """Return the kinds of (file name, content) pairs; BadEntry says where, why and how."""
    found: dict[str, MeetingKind] = {}
    military: list[str] = []
    for name, raw in files:
        entry = Entry(raw, where=name)
        entry.choice("format", (FORMAT,))
        group, _ = entry.labels("group")
        military += entry.words("military")
        for code, one in Entry(entry.get("kinds"), where=f"{name} kinds").raw.items():
            if code in found:
                raise entry.bad(code, "编号用过了", "请换一个编号。")
            found[code] = _kind(Entry(one, where=f"{name} {code}"), code, group)
        entry.done()
    return Kinds(found, tuple(military))


def _kind(entry: Entry, code: str, group: str) -> MeetingKind:
    name, english = entry.labels("name")
    required, suggested = _agenda(entry)
    made = MeetingKind(
        code=code, name=name, english=english, group=group,
        status=entry.choice("status", STATUSES), citation=entry.citation(),
        levels=entry.words("levels", LEVELS), held_by=entry.words("held_by"),
        body=entry.text("body", ""), expects=entry.choice("expects", EXPECTS, "staff"),
        chair=_chair(entry), sides=entry.words("sides", SIDES),
        requires=entry.words("requires", REQUIRES),
        agenda_required=required, agenda_suggested=suggested,
        parts=entry.words("parts", PARTS) or ("attend", "observe"), fields=_fields(entry),
    )  # fmt: skip
    entry.done()
    if "chair" in made.requires and made.chair is None:
        raise entry.bad("requires", "要求主持人却没有写 chair", "请写明由谁主持。")
    if "sides" in made.requires and not made.sides:
        raise entry.bad("requires", "要求军地双方却没有写 sides", "请写 sides: [military, local]。")
    return made


def _chair(entry: Entry) -> Chair | None:
    if "chair" not in entry:
        return None
    inner = Entry(entry.get("chair"), where=f"{entry.where} chair")
    made = Chair(
        inner.text("words"), inner.words("seats"), inner.words("posts"), inner.text("of", ""),
        inner.flag("first_responsible", default=False),
    )  # fmt: skip
    inner.done()
    if not (made.seats or made.posts or made.first_responsible):
        raise inner.bad("words", "只写了名称", "请写 seats、posts 或 first_responsible 之一。")
    return made


def _agenda(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    inner = Entry(entry.get("agenda", {}), where=f"{entry.where} agenda")
    made = inner.words("required"), inner.words("suggested")
    inner.done()
    return made


def _fields(entry: Entry) -> tuple[OwnField, ...]:
    found = []
    for key, raw in Entry(entry.get("fields", {}), where=f"{entry.where} fields").raw.items():
        inner = Entry(raw, where=f"{entry.where} fields {key}")
        number = inner.flag("number", default=False)
        found.append(OwnField(key, inner.text("name"), inner.text("unit", ""), number))
        inner.done()
    return tuple(found)


def kinds() -> dict[str, MeetingKind]:
    """Return the kinds of the catalogue by code."""
    return _shipped().by_code


def military_words() -> tuple[str, ...]:
    """Return the words that put somebody on the military side."""
    return _shipped().military


def _shipped() -> Kinds:
    return _read_folder(str(catalogue.folder()))


@lru_cache(maxsize=8)
def _read_folder(_folder: str) -> Kinds:
    return read((name, catalogue.load(name)) for name in catalogue.names("meetings"))


def kind(code: str) -> MeetingKind:
    """Return one kind; refuse a code that the catalogue has not."""
    found = kinds().get(code)
    if found is None:
        raise MeetingKindUnknown(kind=code[:40])
    return found


def side_of(*words: str) -> str:
    """Return the side somebody sits on, guessed from post and unit; a clerk can change it."""
    text = " ".join(words)
    return "military" if any(word in text for word in military_words()) else "local"
