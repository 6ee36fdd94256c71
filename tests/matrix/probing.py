"""One request at a time: sent, searched for what must not be in it, and undone."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from itertools import product
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.test import Client
from django.urls import reverse

from muster.ground.journal.chain import LOOKED
from muster.ground.journal.models import Entry
from tests.matrix import writes
from tests.matrix.canaries import KEY, Marks, marks_in, text_of
from tests.matrix.desks import Desk
from tests.matrix.harvest import Form, forms_in
from tests.matrix.places import RELATIONS, relation
from tests.matrix.routes import Route, sources_of
from tests.matrix.world import Planted, World

NOWHERE = UUID("01900000-0000-7000-8000-000000000000")
NO_PLACE = "990101009000"
EXPECTED = frozenset(
    {200, 204, 286, 301, 302, 303, 304, 400, 403, 404, 405, 409, 410, 413, 422, 423, 429}
)
CHANGING = (
    (re.compile(r"^Content-Length: \d+$", re.MULTILINE), "LENGTH"),
    (re.compile(r"expires=[^;]+;"), "expires"),
    (re.compile(r"csrftoken=\w+"), "CSRF"),
    (re.compile(r"\b[A-Za-z0-9]{64}\b"), "CSRF"),
    (re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\b"), "TIME"),
    (re.compile(r"\b01[0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "KEY"),
)
WAYS: Mapping[str, Mapping[str, str]] = {
    "plain": {}, "htmx": {"HX-Request": "true", "HX-Target": "main"},
}  # fmt: skip
REVEALING = frozenset({"register:person-reveal"})


class _Undo(Exception):
    """Ends a request's savepoint."""


@dataclass(frozen=True)
class Target:
    """What the parameters of one call are filled with, and how that stands to the desk."""

    relation: str
    values: Mapping[str, Any]
    named: Mapping[str, Planted] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Planted, ...]:
        """Return the rows that the address names."""
        return tuple(self.named.values())

    def visible(self, desk: Desk) -> bool:
        """Return whether the desk sees every row that the address names."""
        return all(desk.eyes.sees(row) for row in self.rows)


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    marks: Marks
    location: str
    tables: set[str]
    trespasses: list[str]
    looked: bool = False
    wrote: bool = False

    def plain(self, *echoed: str) -> str:
        """Return the answer without what changes from call to call, and without what was sent."""
        text = self.text
        for pattern, instead in CHANGING:
            text = pattern.sub(instead, text)
        for word in sorted((e for e in echoed if len(e) > 3), key=len, reverse=True):
            text = text.replace(word, "…")
        return f"{self.status}\n{text}"


@dataclass
class Report:
    """What was done and what was found."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    objects: set[Any] = field(default_factory=set)
    own: int = 0
    looks: int = 0
    written: int = 0
    desk: str = ""
    leaks: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """Return the sums as plain values."""
        return {
            "requests": self.requests, "routes": sorted(self.routes), "own": self.own,
            "looks": self.looks, "written": self.written,
            "objects": sorted(map(str, self.objects)), "leaks": len(set(self.leaks)),
            "statuses": {str(k): v for k, v in self.statuses.items()}, "desk": self.desk,
        }  # fmt: skip

    def faults(self, most: int = 40) -> str:
        """Return the leaks in words, the same ones of several desks folded."""
        lines = sorted(set(self.leaks))
        more = f"\n… and {len(lines) - most} more" if len(lines) > most else ""
        return "\n".join(lines[:most]) + more


class Prober:
    """Sends requests of one desk and judges the answers."""

    def __init__(self, world: World, desk: Desk, report: Report | None = None) -> None:
        """Take the world and the desk."""
        self.world, self.desk = world, desk
        self.report = report or Report()
        self.client = Client(raise_request_exception=False)
        self.tokens, self.digits = world.by_token(), world.by_digits()
        self.ends, self.keys = world.by_end(), world.by_key()
        self.before: dict[str, dict[str, Any]] = {}
        self.seen: set[str] = set()
        self.nothings: dict[Any, str] = {}
        self.forms: dict[str, Form] = {}
        self.gathered: set[tuple[str, str]] = set()
        self.report.desk = desk.name
        self.head = head()

    # -- sending ------------------------------------------------------------------------------

    def send(self, route: Route, target: Target, *, data: Mapping[str, Any] | None = None,
             query: Mapping[str, str] | None = None, way: str = "plain") -> Answer:  # fmt: skip
        """Send one request (POST where there is data), undo what it wrote, return the answer."""
        url = reverse(route.name, kwargs=dict(target.values))
        headers = dict(WAYS[way])
        self.client.cookies = SimpleCookie(self.desk.cookies)
        watcher = writes.Watcher()
        with undone(), connection.execute_wrapper(watcher):
            if data is None:
                response = self.client.get(url, data=dict(query or {}), headers=headers)
            else:
                response = self.client.post(url, data=dict(data), headers=headers)
            text = text_of(response)
            answer = Answer(response.status_code, text, marks_in(text), response.get("Location", ""),
                            watcher.tables, [])  # fmt: skip
            self._watch(answer, set(_keys_of(data)))
            answer.looked = "journal_entry" in answer.tables and looked_since(self.head)
        if data is None and answer.status == 200 and way == "plain":
            self._gather(route, target, answer, url)
        if answer.status == 405:
            self.world.refused.add(("GET" if data is None else "POST", route.name))
        self.report.requests += 1
        self.report.statuses[answer.status] += 1
        self.report.routes.add(route.name)
        self.report.objects |= {row.row.pk for row in target.rows}
        return answer

    def _gather(self, route: Route, target: Target, answer: Answer, url: str) -> None:
        """Keep the forms of a page, read once for each of its own kinds of place."""
        page = (route.name, target.relation)
        if page in self.gathered or not answer.text.startswith("Content-Type: text/html"):
            return
        self.gathered.add(page)
        for name, form in forms_in(answer.text, at=url):
            self.forms.setdefault(name, form)

    def _watch(self, answer: Answer, foreign: set[str]) -> None:
        for table in answer.tables & writes.table_labels().keys():
            before = self.before.setdefault(table, _before(table))
            changed = writes.changes(table, before)
            answer.wrote |= bool(changed)
            answer.trespasses += writes.trespasses(self.desk.eyes, table, changed)
            answer.trespasses += writes.taken_in(self, table, changed, foreign)

    def nothing(self, route: Route, like: Target, way: str) -> str:
        """Return the answer where the rows that the desk does not see stand nowhere, asked once."""
        hidden = {p for p, row in like.named.items() if not self.desk.eyes.sees(row)}
        target = nowhere(route, like, hidden)
        key = (route.name, way, *target.values.values())
        if key not in self.nothings:
            answer = self.send(route, target, way=way)
            self.nothings[key] = answer.plain(*(str(v) for v in target.values.values()))
        return self.nothings[key]

    # -- judging ------------------------------------------------------------------------------

    def judge(self, route: Route, target: Target, answer: Answer, sent: str = "") -> None:
        """Note every leak of an answer."""
        where = f"{route.name} ({target.relation}{', ' + sent[:24] if sent else ''})"
        for fault in self._faults(route, target, answer, sent):
            self.report.leaks.append(f"{self.desk.name}: {where}: {fault}")

    def _faults(self, route: Route, target: Target, answer: Answer, sent: str) -> Iterator[str]:
        if answer.status not in EXPECTED and not self._database_refused(answer):
            yield f"status {answer.status}"
        yield from self._marks(route, target, answer, sent)
        yield from answer.trespasses
        if self.desk.read_only:
            for table in sorted(answer.tables - writes.ALWAYS):
                yield f"a read-only role wrote to {table}"

    def _database_refused(self, answer: Answer) -> bool:
        return self.desk.eyes.second_layer_only and answer.status == 500

    def _marks(self, route: Route, target: Target, answer: Answer, sent: str) -> Iterator[str]:
        eyes = self.desk.eyes
        for mark in answer.marks.tokens:
            row = self.tokens.get(mark)
            if row is None:
                continue
            if eyes.sees(row) or self._granting(route, row):
                self.seen.add(mark)
            else:
                yield f"shows {row.label} of {row.place} ({relation_of(self.desk, row)})"
        for end in answer.marks.ends:
            row = self.ends.get(end)
            if row is not None and not eyes.sees(row):
                yield f"shows the end of a number of {row.place}"
        for digits in answer.marks.digits:
            row = self.digits.get(digits)
            allowed = row is None or digits in sent
            if not allowed and not (route.name in REVEALING and eyes.sees(row)):
                yield f"shows a whole number or phone of {row.place}"
        for key in answer.marks.keys:
            row = self.keys.get(key)
            known = row is None or str(key) in sent or key in target.values.values()
            if not known and not eyes.sees(row) and not self._granting(route, row):
                yield f"shows the key of {row.label} of {row.place} ({relation_of(self.desk, row)})"

    def _granting(self, route: Route, row: Planted) -> bool:
        """Return whether who grants posts chooses among the places and organisations of the county."""
        return (
            self.desk.eyes.keeps_accounts
            and route.name.startswith("accounts:")
            and row.label in ("register.Division", "register.Organisation")
            and row.place[:6] == self.desk.eyes.place[:6]
        )


def difference(one: str, other: str) -> str:
    """Return the first lines in which two answers differ."""
    for left, right in zip(one.splitlines(), other.splitlines(), strict=False):
        if left != right:
            return f"{left.strip()[:90]!r} against {right.strip()[:90]!r}"
    return f"{len(one)} against {len(other)} characters"


def _before(table: str) -> dict[str, Any]:
    return BASE[table]


def _keys_of(data: Mapping[str, Any] | None) -> Iterator[str]:
    for value in (data or {}).values():
        if isinstance(value, str) and KEY.fullmatch(value):
            yield value


def head() -> int:
    """Return how long the journal is."""
    return Entry.objects.aggregate(Max("sequence"))["sequence__max"] or 0


def looked_since(sequence: int) -> bool:
    """Return whether a look was journalled after an entry."""
    return Entry.objects.filter(sequence__gt=sequence, result=LOOKED).exists()


BASE: dict[str, dict[str, Any]] = {}


def remember_tables() -> None:
    """Keep what stands in every county table now; requests are compared with it."""
    BASE.clear()
    for table in writes.table_labels():
        BASE[table] = writes.rows_of(table)


@contextmanager
def undone() -> Iterator[None]:
    """Run the block and take back everything it wrote."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(point)
        transaction.savepoint_commit(point)


def relation_of(desk: Desk, row: Planted) -> str:
    """Return how a row's place stands to the desk."""
    return relation(desk.eyes.place, row.place) if desk.eyes.place else "nobody's"


# -- what to ask for --------------------------------------------------------------------------


def targets(world: World, desk: Desk, route: Route) -> list[Target]:
    """Return one target of each relation, those with foreign children of own rows among them."""
    sources = sources_of(route)
    kinds = {p: s for p, s in sources.items() if isinstance(s, str)}
    words = {p: s for p, s in sources.items() if isinstance(s, tuple)}
    found = []
    for spoken in product(*words.values()):
        fixed = dict(zip(words, spoken, strict=True))
        found += [replace(t, values={**t.values, **fixed}) for t in _rows(world, desk, kinds)]
    return found


def _rows(world: World, desk: Desk, kinds: Mapping[str, str]) -> list[Target]:
    if not kinds:
        return [Target("own", {})]
    here = desk.eyes.place or "990101001000"
    found: dict[str, Target] = {}
    places = dict.fromkeys(p.place for p in world.rows)
    for place in places:
        name = relation(here, place)
        for turn in range(3):
            rows = {p: _nth(world, label, place, turn) for p, label in kinds.items()}
            if None in rows.values():
                continue
            label = name if turn == 0 else f"{name}, row {turn + 1}"
            if label not in found:
                found[label] = _target(label, kinds, rows)
    if len(kinds) > 1:
        found |= _mixed(world, here, kinds, places)
    return list(found.values())


def _nth(world: World, label: str, place: str, turn: int) -> Planted | None:
    rows = world.of(label.partition("#")[0], place)
    if turn == 0:
        return rows[0] if rows else None
    # Later rows count only of the first kind; the others stay what they were.
    return rows[turn] if turn < len(rows) else None


def _target(name: str, kinds: Mapping[str, str], rows: Mapping[str, Any]) -> Target:
    values = {
        p: getattr(rows[p].row, label.partition("#")[2] or "pk") for p, label in kinds.items()
    }
    return Target(name, values, rows)


def _mixed(world: World, here: str, kinds: Mapping[str, str], places: Any) -> dict[str, Target]:
    """Return own parents with foreign children, and foreign parents with own children."""
    found = {}
    for name in ("sibling", "cousin", "county"):
        far = next((p for p in places if relation(here, p) == name), None)
        if far is None:
            continue
        for turn, own in enumerate(kinds):
            rows = {
                p: _nth(world, label, here if p == own else far, 0) for p, label in kinds.items()
            }
            if None not in rows.values():
                found[f"{name} mixed {turn}"] = _target(f"{name}, mixed", kinds, rows)
    return found


def nowhere(route: Route, like: Target, hidden: set[str]) -> Target:
    """Return the target whose hidden rows stand nowhere; the others stay what they are."""
    values = dict(like.values)
    for parameter, source in sources_of(route).items():
        if parameter in hidden:
            values[parameter] = NO_PLACE if "#" in source else NOWHERE
    return Target("nowhere", values)


def picked(chance: random.Random, found: list[Target], most: int) -> list[Target]:
    """Return the own target and, of the others, as many as asked for."""
    others = [t for t in found if t.relation != "own"]
    chance.shuffle(others)
    return [t for t in found if t.relation == "own"][:2] + others[:most]


__all__ = [
    "RELATIONS",
    "Answer",
    "Prober",
    "Report",
    "Target",
    "nowhere",
    "picked",
    "targets",
    "undone",
]
