"""Kinds of activities as the catalogue writes them: menus, fields, audiences, channels, code lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from muster.core.activities.problems import BadEntry
from muster.core.kernel import Citation

FORMAT = "muster-activities/1"
MENUS = ("training", "education", "publicity", "cobuilding", "events")  # each has its own address
FIELDS = (
    "subject", "form", "level", "hours", "place", "place_kind", "lead", "cost", "authority", "assembly",
)  # fmt: skip
NOWHERE = Citation("")
STATUSES = ("law", "directive", "practice", "target", "example", "default")
KEYS = frozenset(
    {"name", "status", "source", "clause", "fields", "labels", "subjects", "forms", "audiences",
     "channels", "attendance", "needs", "militia", "note"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a list: its words, and the unit it is counted in where it has one."""

    code: str
    zh: str
    en: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """One class of people: ``count_only`` classes are never named; ``threshold`` is a rule's key."""

    code: str
    zh: str
    en: str = ""
    count_only: bool = False
    threshold: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity: which fields, audiences and channels its forms show.

    ``attendance``: person, count, both or none; ``needs`` is what a done record must have: people,
    measures or nothing; ``militia`` marks training or study of the militia (months without any).
    """

    code: str
    zh: str
    en: str = ""
    menu: str = ""
    fields: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    subjects: tuple[Choice, ...] = ()
    forms: tuple[Choice, ...] = ()
    audiences: tuple[Audience, ...] = ()
    channels: tuple[Choice, ...] = ()
    attendance: str = "none"
    needs: str = "nothing"
    militia: bool = False
    status: str = "default"
    citation: Citation = NOWHERE
    note: str = ""

    @property
    def by_person(self) -> bool:
        """Return whether people may be recorded by name."""
        return self.attendance in ("person", "both")

    @property
    def by_count(self) -> bool:
        """Return whether people may be recorded by number."""
        return self.attendance in ("count", "both")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the activity catalogue says. Unknown codes answer with themselves as their name."""

    menus: Mapping[str, Choice]
    kinds: Mapping[str, Kind]
    audiences: Mapping[str, Audience]
    channels: Mapping[str, Choice]
    places: Mapping[str, Choice]
    levels: Mapping[str, Choice]

    def kind(self, code: str) -> Kind:
        """Return a kind; one that the catalogue no longer has shows its code and every count."""
        return self.kinds.get(code) or Kind(code, code)

    def of_menu(self, menu: str) -> tuple[Kind, ...]:
        """Return the kinds of a menu in the order of the files."""
        return tuple(k for k in self.kinds.values() if k.menu == menu)


def from_files(files: Iterable[tuple[str, Any]]) -> Catalogue:
    """Return the catalogue of (file name, content) pairs; BadEntry says which entry and why."""
    pairs = list(files)
    for name, content in pairs:
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise BadEntry(file=name, entry="format", why=f"应写 {FORMAT}")
    reader = _Reader(pairs)
    kinds: dict[str, Kind] = {}
    for name, content in pairs:
        for code, entry in (content.get("kinds") or {}).items():
            if code in kinds:
                raise BadEntry(file=name, entry=code, why="这个代码已经用过")
            kinds[code] = reader.kind(name, str(content.get("menu", "")), code, entry)
    return Catalogue(reader.menus, kinds, reader.audiences, reader.channels, reader.places,
                     reader.levels)  # fmt: skip


class _Reader:
    """Holds the code lists of all files while the kinds are read against them."""

    def __init__(self, files: list[tuple[str, Any]]) -> None:
        """Read the lists."""
        self.menus = _choices(files, "menus")
        self.channels = _choices(files, "channels")
        self.places = _choices(files, "places")
        self.levels = _choices(files, "levels")
        self.audiences = _audiences(files)
        self.lists: dict[str, tuple[Choice, ...]] = {}
        for name, content in files:
            for key, entries in (content.get("lists") or {}).items():
                self.lists[key] = tuple(_choice(name, c, e) for c, e in entries.items())

    def kind(self, file: str, menu: str, code: str, entry: Any) -> Kind:
        """Return one kind; every code it names must stand in a list."""

        def wrong(why: str) -> BadEntry:
            return BadEntry(file=file, entry=code, why=why)

        if not isinstance(entry, dict) or set(entry) - KEYS:
            raise wrong(f"有不认识的项 {'、'.join(sorted(set(entry) - KEYS))}")
        if menu not in self.menus or menu not in MENUS:
            raise wrong(f"没有“{menu}”这个菜单，只有 {'、'.join(MENUS)}")
        if entry.get("status") not in STATUSES:
            raise wrong("没有写明性质（status）")
        fields = tuple(entry.get("fields") or ())
        if set(fields) - set(FIELDS):
            raise wrong(f"没有“{'、'.join(sorted(set(fields) - set(FIELDS)))}”这些栏")
        words = _choice(file, code, entry.get("name") or {})
        kind = Kind(
            code, words.zh, words.en, menu, fields, dict(entry.get("labels") or {}),
            self._list(entry.get("subjects"), wrong), self._list(entry.get("forms"), wrong),
            _named(self.audiences, entry.get("audiences"), wrong),
            _named(self.channels, entry.get("channels"), wrong),
            str(entry.get("attendance", "none")), str(entry.get("needs", "nothing")),
            bool(entry.get("militia", False)), str(entry["status"]),
            Citation(str(entry.get("source", "")), str(entry.get("clause", ""))),
            str(entry.get("note", "")),
        )  # fmt: skip
        _check(kind, wrong)
        return kind

    def _list(self, key: str | None, wrong: Any) -> tuple[Choice, ...]:
        if key is None:
            return ()
        if key not in self.lists:
            raise wrong(f"没有“{key}”这个代码表")
        return self.lists[key]


def _check(kind: Kind, wrong: Any) -> None:
    """Refuse a kind whose parts do not fit together."""
    if kind.attendance not in ("person", "count", "both", "none"):
        raise wrong("到场方式（attendance）应为 person、count、both 或 none")
    if kind.needs not in ("people", "measures", "nothing"):
        raise wrong("办结要求（needs）应为 people、measures 或 nothing")
    if kind.attendance != "none" and not kind.audiences:
        raise wrong("要登记人数，就要写明对象（audiences）")
    if kind.attendance == "person" and all(a.count_only for a in kind.audiences):
        raise wrong("这些对象只能登记人数，不能登记姓名")
    if kind.needs == "people" and kind.attendance == "none":
        raise wrong("要求有人到场，就要写明到场方式")
    if kind.needs == "measures" and not kind.channels:
        raise wrong("要求有宣传数量，就要写明宣传方式（channels）")
    if not str(kind.citation):
        raise wrong("没有写明出处（source）")


def _choices(files: list[tuple[str, Any]], key: str) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for name, content in files:
        for code, entry in (content.get(key) or {}).items():
            found[code] = _choice(name, code, entry)
    return found


def _choice(file: str, code: str, entry: Any) -> Choice:
    if not isinstance(entry, dict) or not entry.get("zh"):
        raise BadEntry(file=file, entry=code, why="没有中文名称（zh）")
    return Choice(code, str(entry["zh"]), str(entry.get("en", "")), str(entry.get("unit", "")))


def _audiences(files: list[tuple[str, Any]]) -> dict[str, Audience]:
    found: dict[str, Audience] = {}
    for name, content in files:
        for code, entry in (content.get("audiences") or {}).items():
            words = _choice(name, code, entry)
            only, rule = bool(entry.get("count_only", False)), str(entry.get("threshold", ""))
            found[code] = Audience(code, words.zh, words.en, only, rule)
    return found


def _named(known: Mapping[str, Any], codes: Any, wrong: Any) -> tuple[Any, ...]:
    """Return the entries of some codes; ``all`` takes every one."""
    wanted = list(known) if codes == "all" else list(codes or ())
    unknown = [c for c in wanted if c not in known]
    if unknown:
        raise wrong(f"没有列出“{'、'.join(unknown)}”")
    return tuple(known[c] for c in wanted)
