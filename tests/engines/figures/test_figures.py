"""A stored figure says for ever what it said."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from muster.core.kernel import Period
from muster.engines.figures.actions import Taken, store
from muster.engines.figures.models import Figure
from muster.ground.journal.models import Entry
from muster.ground.rows.ids import uuid7
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import acting
from tests.factories import OTHER_TOWN, TOWN, actor, everything, tree

KEYS = tuple(uuid7().hex for _ in range(50))


@pytest.fixture
def figure(db: None) -> Figure:
    tree()
    taken = Taken(
        code="I-03", version=1, basis="roster", name="应急排实力", words="编在应急排里的人数。",
        unit="人", value="50", part=50, whole=None, division=TOWN, period=Period.year(2026),
        on=date(2026, 5, 20), grain="membership", keys=KEYS,
    )  # fmt: skip
    with acting(actor("armed_officer")):
        return store(taken, at=datetime(2026, 5, 20, 4, 5, 6, 789, tzinfo=UTC))


def test_the_keys_come_back_as_they_were_given(figure: Figure) -> None:
    with acting(actor("armed_officer")):
        again = figure.refreshed()

    assert again.keys == sorted(KEYS)
    assert (again.intact, again.number, again.records) == (True, 50, 50)
    assert len(bytes(again.packed)) <= 16 * len(KEYS) + 20


def test_a_figure_is_never_changed_or_deleted(figure: Figure) -> None:
    with everything():
        figure.value = "51"
        with pytest.raises(ValueError, match="never changed"):
            figure.save()
        with pytest.raises(ValueError, match="never changed"):
            Figure.objects.filter(pk=figure.pk).update(value="51")
        with pytest.raises(ValueError, match="never deleted"):
            figure.delete()
        with pytest.raises(ValueError, match="never deleted"):
            Figure.objects.all().delete()


def test_a_figure_changed_behind_our_back_is_noticed(figure: Figure) -> None:
    with everything():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE figures_figure SET value = '51'")
        assert not Figure.objects.get(pk=figure.pk).intact


def test_taking_a_figure_is_journalled_with_its_digest(figure: Figure) -> None:
    entry = Entry.objects.get(action="figure.taken")

    assert entry.facts["digest"] == figure.digest and entry.facts["records"] == 50


def test_another_township_does_not_see_the_figure(figure: Figure) -> None:
    with acting(actor("armed_officer", OTHER_TOWN)), pytest.raises(NotInScope):
        figure.refreshed()
