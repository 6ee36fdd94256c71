"""An answer must not change because a row was added outside the scope: no oracle of what exists."""

from typing import Any

import pytest

from tests.factories import everything, id_number
from tests.matrix import desks
from tests.matrix.canaries import token
from tests.matrix.places import FOREIGN_TOWN, NEXT_VILLAGE, OTHER_TOWN, TOWN
from tests.matrix.probing import Prober, Report, Target, difference, targets, undone
from tests.matrix.routes import Route, known_routes
from tests.matrix.world import Planter, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quiet")]
NEW_VILLAGE, NEW_FOREIGN_TOWN = "990101002009", "990102009000"
SOME = (
    "armed_officer at township", "village_company_leader at village", "county_armed_department at county",
    "site_reporter at township", "member_of_public at village", "security_auditor at county",
    "county_support_office at county", "township_secretary at township",
)  # fmt: skip


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize("name", SOME)
def test_no_answer_changes_when_rows_are_added_elsewhere(
    name: str, world: World, tally: Report
) -> None:
    compare(Prober(world, world.desks[name], tally))

    assert tally.leaks == [], tally.faults()


@pytest.mark.release
@pytest.mark.parametrize("name", [name for name in desks.names() if name not in SOME])
def test_no_role_sees_an_answer_change_when_rows_are_added_elsewhere(
    name: str, world: World, tally: Report
) -> None:
    compare(Prober(world, world.desks[name], tally))

    assert tally.leaks == [], tally.faults()


def compare(prober: Prober) -> None:
    """Ask for every page before and after a whole place is added elsewhere."""
    pages = list(pages_of(prober))
    before = {key: ask(prober, *key) for key in pages}
    readable = {key: text for key, text in before.items() if not text.startswith("405")}
    with undone():
        add_elsewhere(prober)
        for key, text in readable.items():
            after = ask(prober, *key)
            if after != text:
                prober.report.leaks.append(
                    f"{prober.desk.name}: {key[0].name}: changes when rows are added elsewhere: "
                    f"{difference(text, after)}"
                )


def pages_of(prober: Prober) -> Any:
    """Yield (route, number of the own target)."""
    for route in known_routes():
        yield from ((route, n) for n, _ in enumerate(own(prober, route)))


def own(prober: Prober, route: Route) -> list[Target]:
    """Return the visible own targets of a route."""
    found = targets(prober.world, prober.desk, route)
    return [t for t in found if t.relation == "own" and t.visible(prober.desk)]


def ask(prober: Prober, route: Route, number: int) -> str:
    """Return the answer of one own page without what changes by itself."""
    return prober.send(route, own(prober, route)[number]).plain()


def add_elsewhere(prober: Prober) -> None:
    """Plant a village of the other township, or, for a county's posts, a township of the other county."""
    far = NEW_FOREIGN_TOWN if prober.desk.name.endswith(" county") else NEW_VILLAGE
    elsewhere = World(numbers=prober.world.numbers)
    with everything():
        Planter(elsewhere, far).everything()


@pytest.mark.requirement("SYS-02")
def test_a_number_that_stands_elsewhere_gets_one_constant_answer(
    world: World, tally: Report
) -> None:
    prober = Prober(world, world.desks["armed_officer at township"], tally)
    route = next(r for r in known_routes() if r.name == "register:person-new")
    prober.send(route, Target("own", {}))
    answers = set()
    for place in (OTHER_TOWN, FOREIGN_TOWN, "990101002001"):
        for person in world.of("register.Person", place)[:2]:
            data = {
                "name": "王大力",
                "division": NEXT_VILLAGE,
                "id_number": person.digits[0],
                "phone": "",
            }
            answer = prober.send(route, Target("own", {}), data=data)
            prober.judge(route, Target("own", {}), answer, " ".join(person.digits))
            answers.add(answer.plain(*person.digits, person.digits[0][-4:]))

    assert tally.leaks == [], tally.faults()
    assert len(answers) == 1, [answer[-600:] for answer in answers]
    assert "需要县级核对" in answers.pop()


@pytest.mark.requirement("SYS-02")
def test_an_import_says_no_more_of_numbers_elsewhere_than_that_they_are_held(world: World) -> None:
    """Wherever the number stands, whatever its holder is called: held, and the same words."""
    from django.utils import timezone

    from muster.engines.imports import actions, queries
    from muster.ground.rows.scope import acting
    from tests.factories import actor

    people = [world.of("register.Person", p)[0] for p in (OTHER_TOWN, FOREIGN_TOWN, "990101002001")]
    lines = ["姓名,身份证号,村（社区）"]
    village = world.of("register.Division", NEXT_VILLAGE)[0].row.name
    lines += [f"王大力,{person.digits[0]},{village}" for person in people]
    lines += [f"王大力,{id_number(400)},{village}"]
    with undone(), acting(actor("armed_officer", TOWN)):
        job = actions.take_file("表.csv", "\n".join(lines).encode(), kind="people", division=TOWN,
                                mode="good_now", at=timezone.now())  # fmt: skip
        actions.check(job, at=timezone.now())
        rows = list(queries.rows_of(job, "held"))
        said = {str(row.faults) for row in rows}

        assert len(rows) == len(people)
        assert len(said) == 1 and not any(p.token in said.copy().pop() for p in people)


def test_no_two_marks_share_a_beginning() -> None:
    assert len({token(n)[:6] for n in range(5000)}) == 5000
