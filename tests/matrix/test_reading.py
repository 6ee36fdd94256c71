"""No role reads what lies outside its scope: every route, every role, every relation."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.matrix import desks
from tests.matrix.canaries import PROBE
from tests.matrix.desks import together
from tests.matrix.places import holds
from tests.matrix.probing import Prober, Report, Target, difference, nowhere, picked, targets
from tests.matrix.routes import Route, known_routes
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quiet")]
SEED = 20260520
# Roles that keep no business rows of their own see little; the others must be seen to see.
LEAST = 5
SELDOM = 0.3


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize("name", together(desks.one_of_each()))
def test_no_page_shows_what_lies_outside_the_scope(name: str, world: World, tally: Report) -> None:
    prober = Prober(world, world.desks[name], tally)
    read(prober, random.Random(f"{SEED} {name}"), others=1)
    world.forms[name] = prober.forms

    assert tally.leaks == [], tally.faults()
    check_it_sees_its_own(prober)


@pytest.mark.release
@pytest.mark.parametrize("name", desks.names())
def test_no_page_shows_any_relation_what_lies_outside_the_scope(
    name: str, world: World, tally: Report
) -> None:
    prober = Prober(world, world.desks[name], tally)
    for way in ("plain", "htmx"):
        read(prober, random.Random(f"{SEED} {name} {way}"), others=20, way=way)

    assert tally.leaks == [], tally.faults()


def asked(world: World, method: str, among: list[Route]) -> list[Route]:
    """Return the routes that serve a method, as far as is known yet."""
    return [route for route in among if (method, route.name) not in world.refused]


def read(prober: Prober, chance: random.Random, *, others: int, way: str = "") -> None:
    """Read every route at the own place and at some others, in varying ways."""
    for route in asked(prober.world, "GET", known_routes()):
        first, searchable = True, others > 1 or route.name == "home:search"
        found = targets(prober.world, prober.desk, route)
        seen = others > 1 or any(t.relation == "own" and t.visible(prober.desk) for t in found)
        # An own row of an area that the role does not see is a hidden row already.
        for target in picked(chance, found, others if seen or chance.random() < SELDOM else 0):
            answer = ask(prober, chance, route, target, way="plain" if first and not way else way)
            if answer.status == 405:
                break  # a route for posting only
            first = False
            # Every page bears the search box of the office; a list has one of its own.
            searchable = searchable or answer.text.count('name="q"') > 1
        else:
            if searchable and not route.parameters:
                search(prober, chance, route)


def ask(prober: Prober, chance: random.Random, route: Route, target: Target, *, way: str = "",
        query: dict[str, str] | None = None) -> Any:  # fmt: skip
    """Read one page; what is not to be seen must answer like what does not exist."""
    hidden = bool(target.rows) and not target.visible(prober.desk)
    way = way or chance.choice(("plain", "htmx"))
    query = query if query is not None else chance.choice(({}, {"print": "1"}, {"excel": "1"}))
    if hidden:  # compared with the answer for what does not exist, which is asked once
        query = {}
    answer = prober.send(route, target, query=query, way=way)
    prober.judge(route, target, answer)
    check_look(prober, route, answer)
    if hidden and answer.status != 405:
        nothing = prober.nothing(route, target, way)
        echoed = [str(v) for v in target.values.values()]
        if answer.plain(*echoed) != nothing:
            prober.report.leaks.append(
                f"{prober.desk.name}: {route.name} ({target.relation}): answers otherwise than for a "
                f"row that does not exist: {difference(answer.plain(*echoed), nothing)}"
            )
    return answer


def check_look(prober: Prober, route: Route, answer: Any) -> None:
    """Note a page that shows people and left no look in the journal."""
    shown = {prober.tokens[t].label for t in answer.marks.tokens if t in prober.tokens}
    if answer.status != 200 or not (answer.marks.ends or "register.Person" in shown):
        return
    prober.report.looks += 1
    if not answer.looked:
        prober.report.leaks.append(
            f"{prober.desk.name}: {route.name}: shows people, no look in the journal"
        )


def search(prober: Prober, chance: random.Random, route: Route) -> None:
    """Search a list for the beginning of somebody else's mark and for somebody else's last four."""
    eyes = prober.desk.eyes
    hidden = [row for row in prober.world.rows if not eyes.sees(row)]
    people = [row for row in hidden if row.ends]
    words = [(chance.choice(hidden).token[:PROBE], "KQ????")] if hidden else []
    if people:
        person = chance.choice(people)
        words = [(person.token[:PROBE], "KQ????"), (chance.choice(person.ends), "8888")]
    word, other = chance.choice(words or [("KQ0000", "KQ????")])
    other = other.replace("?", "U")  # no canary has a U
    answers = [prober.send(route, Target("search", {}), query={"q": w}) for w in (word, other)]
    for answer in answers:
        prober.judge(route, Target("search", {}), answer, word)
    one, two = answers[0].plain(word, word.lower()), answers[1].plain(other, other.lower())
    if one != two:
        prober.report.leaks.append(
            f"{prober.desk.name}: {route.name}: a search tells that something exists: {difference(one, two)}"
        )


def check_it_sees_its_own(prober: Prober) -> None:
    """Refuse a matrix that finds no leaks because nobody sees anything."""
    eyes = prober.desk.eyes
    own = [
        r
        for r in prober.world.rows
        if not r.label.startswith("accounts.") and eyes.sees(r) and holds(eyes.place, r.place)
    ]
    if not eyes.place or len(own) < LEAST or eyes.keeps_accounts:
        return
    prober.report.own += len(prober.seen)
    assert len(prober.seen) >= LEAST, (
        f"{prober.desk.name} saw only {len(prober.seen)} of its own marks"
    )


def own_pages(world: World, name: str) -> Iterator[tuple[Route, Target]]:
    """Yield every route at the own place of a desk."""
    for route in known_routes():
        for target in targets(world, world.desks[name], route):
            if target.relation == "own":
                yield route, target


__all__ = ["nowhere", "own_pages"]
