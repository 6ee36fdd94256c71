"""No role writes what lies outside its scope: every route is posted to, with keys of others too."""

import random
from typing import Any

import pytest

from tests.matrix import desks
from tests.matrix.desks import together
from tests.matrix.harvest import EXTRAS, Strangers, filled
from tests.matrix.places import PLACES, relation
from tests.matrix.probing import Prober, Report, Target, targets
from tests.matrix.routes import Route, known_routes
from tests.matrix.test_reading import asked
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quiet")]
SEED = 20260521
SELDOM = 0.3
LEFT_OUT = 0.5
WRITERS = {"armed_officer at township": 12, "county_armed_department at county": 12}
FAR = ("sibling", "cousin", "county", "parent")


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize("name", together(desks.one_of_each()))
def test_no_form_writes_outside_the_scope(name: str, world: World, tally: Report) -> None:
    prober = Prober(world, world.desks[name], tally)
    write(prober, random.Random(f"{SEED} {name}"), relations=1)

    assert tally.leaks == [], tally.faults()
    assert tally.written >= WRITERS.get(name, 0), f"{name} wrote only {tally.written} times at all"


@pytest.mark.release
@pytest.mark.parametrize("name", desks.names())
def test_no_form_writes_to_any_relation(name: str, world: World, tally: Report) -> None:
    prober = Prober(world, world.desks[name], tally)
    write(prober, random.Random(f"{SEED} {name} all"), relations=20)

    assert tally.leaks == [], tally.faults()


def write(prober: Prober, chance: random.Random, *, relations: int) -> None:
    """Post to every route: as a clerk would, with keys of others, and to rows of others.

    The pruned run leaves half of the routes out, chosen by the seed, but for the two main writers.
    """
    gather_forms(prober)
    thorough = relations > 1 or prober.desk.name in WRITERS
    for route in asked(prober.world, "POST", known_routes()):
        if route.name in ("accounts:sign-in", "accounts:sign-out", "web:language"):
            continue
        if not thorough and chance.random() < LEFT_OUT:
            continue
        found = targets(prober.world, prober.desk, route)
        chance.shuffle(found)
        own = [t for t in found if t.relation == "own"][:1]
        others = [t for t in found if t.relation != "own"][:relations]
        known = relations > 1 or any(t.visible(prober.desk) for t in own)
        # An own row of an area that the role does not see is a hidden row already.
        kinds = _kinds(prober, relations) if known else ("others' keys",)
        calls = [(t, kind) for t in own for kind in kinds]
        writer = (known and prober.desk.eyes.entry.get("writes")) or chance.random() < SELDOM
        for target, kind in calls + [(t, "own values") for t in others if writer]:
            if post(prober, chance, route, target, kind) == 405:
                break


def _kinds(prober: Prober, relations: int) -> tuple[str, ...]:
    if prober.desk.read_only or not prober.desk.eyes.entry.get("writes"):
        return ("others' keys",)
    return (
        ("own values", "others' keys")
        if relations == 1
        else ("nothing", "own values", "others' keys")
    )


def gather_forms(prober: Prober) -> None:
    """Read every page of the own place once and keep the forms on it."""
    if prober.desk.name in prober.world.forms:
        prober.forms = {**prober.world.forms[prober.desk.name], **prober.forms}
        return
    for route in asked(prober.world, "GET", known_routes()):
        for target in targets(prober.world, prober.desk, route):
            if target.relation.startswith("own") and target.visible(prober.desk):
                prober.send(route, target)


def post(prober: Prober, chance: random.Random, route: Route, target: Target, kind: str) -> int:
    """Post once and judge what came of it; return the status."""
    form = prober.forms.get(route.name, {})
    data: dict[str, Any] = {} if kind == "nothing" else filled(form)
    if kind == "others' keys":
        strangers = Strangers(prober.world, _far(prober, chance))
        data = {**strangers.extras(), **filled(form, foreign=strangers)}
    answer = prober.send(route, target, data=data)
    sent = " ".join(v for v in data.values() if isinstance(v, str))
    prober.judge(route, target, answer, sent)
    prober.report.written += answer.wrote and kind == "own values"
    return answer.status


def _far(prober: Prober, chance: random.Random) -> str:
    here = prober.desk.eyes.place or PLACES[1]
    return chance.choice([p for p in PLACES if relation(here, p) in FAR])


def test_the_names_no_form_offers_are_kinds_of_rows(world: World) -> None:
    assert all(world.of(source.partition("#")[0]) for source in EXTRAS.values())
