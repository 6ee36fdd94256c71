"""Keys minted here, the business date, the catalogue, the actor's questions."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from muster.ground.rows import catalogue
from muster.ground.rows.actor import Scope
from muster.ground.rows.clock import today
from muster.ground.rows.ids import uuid7
from tests.factories import COUNTY, TOWN, VILLAGE, actor


def test_keys_are_version_7_and_sort_by_time() -> None:
    with time_machine.travel("2026-05-20T04:00:00Z", tick=False) as clock:
        first = uuid7()
        clock.shift(1)
        second = uuid7()

    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first < second
    assert len({uuid7() for _ in range(1000)}) == 1000


def test_the_business_date_is_the_local_day_unless_one_is_set(settings: LazySettings) -> None:
    with time_machine.travel("2026-05-20T16:30:00Z", tick=False):
        assert today() == date(2026, 5, 21)
        settings.MUSTER_TODAY = "2025-11-03"
        assert today() == date(2025, 11, 3)


def test_the_catalogue_is_read_once_and_can_be_kept_elsewhere(
    tmp_path: Path, settings: LazySettings
) -> None:
    assert catalogue.load("roles.yaml") is catalogue.load("roles.yaml")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "b.yaml").write_text("key: 值", encoding="utf-8")
    settings.MUSTER_CATALOGUE = str(tmp_path)

    assert catalogue.load("rules/b.yaml") == {"key": "值"}
    assert catalogue.names("rules") == ["rules/b.yaml"]
    assert catalogue.names("nothing") == []
    with pytest.raises(ValueError, match="has no roles"):
        catalogue.load("roles.yaml")


def test_a_read_only_post_neither_writes_nor_acts() -> None:
    inspector = actor("inspector", COUNTY, writes=frozenset({"documents"}), acts=frozenset({"x"}))

    assert inspector.may_see("documents")
    assert not inspector.may_write("documents")
    assert not inspector.may("x")
    assert Scope.of(inspector).writes == frozenset()


def test_a_scope_holds_its_subtree_only() -> None:
    town = Scope.of(actor("armed_officer", TOWN))
    own_rows_only = Scope.of(actor("member_department", TOWN))

    assert town.holds(VILLAGE) and town.holds(TOWN) and not town.holds(COUNTY)
    assert not own_rows_only.holds(TOWN)
    assert own_rows_only.ancestors == (TOWN, COUNTY)
