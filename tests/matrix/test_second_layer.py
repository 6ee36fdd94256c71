"""With the manager's filter switched off, PostgreSQL's row-level security alone keeps the rows apart.

What it does not know is the area: with the first layer off a post sees the rows of every area in
its range. Everything else of the matrix holds as it is; a refused write may end as an error page.
"""

import random
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection  # noqa: F401 — the condition below is evaluated here

from tests.matrix import desks, test_reading, test_writing
from tests.matrix.probing import Prober, Report
from tests.matrix.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_quiet"),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="row-level security is PostgreSQL's"
    ),
]
SOME = ("armed_officer at township", "site_reporter at township")  # a subtree; an organisation


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize(
    "name", [n if n in SOME else pytest.param(n, marks=pytest.mark.release) for n in desks.names()]
)
def test_row_security_alone_keeps_rows_apart(
    name: str, world: World, tally: Report, settings: Any
) -> None:
    settings.MUSTER_SCOPE_LAYER = "off"
    desk = world.desks[name]
    alone = replace(desk, eyes=replace(desk.eyes, second_layer_only=True))
    prober = Prober(world, alone, tally)
    chance = random.Random(f"{name} alone")
    test_reading.read(prober, chance, others=1)
    test_writing.write(prober, chance, relations=1)

    assert tally.leaks == [], tally.faults()
