"""The catalogue of meetings: agrees with the duties, names what exists, refuses slips."""

from typing import Any

import pytest

from muster.core.calendar import BadEntry, from_entries
from muster.engines.meetings import kinds
from muster.ground.rows import catalogue


def duties() -> list[Any]:
    found = from_entries((n, catalogue.load(n)) for n in catalogue.names("duties"))
    return list(found.values())


def test_every_meeting_that_a_duty_asks_for_is_a_kind() -> None:
    wanted = {
        f.of for d in duties() for p in d.parts for f in p.fulfilled_by if f.record == "meeting"
    }

    assert wanted
    assert wanted <= set(kinds.kinds())


def test_minutes_of_a_kind_cannot_be_confirmed_without_what_its_duty_requires() -> None:
    for duty in duties():
        for part in duty.parts:
            for f in part.fulfilled_by:
                if f.record == "meeting":
                    assert set(f.requires) <= set(kinds.kind(f.of).requires), duty.code


def test_a_kind_and_its_duty_rest_on_the_same_paper() -> None:
    for duty in duties():
        for part in duty.parts:
            for f in part.fulfilled_by:
                if f.record == "meeting":
                    kind = kinds.kind(f.of)
                    assert (kind.status, kind.citation) == (duty.status, duty.citation), duty.code


def test_kinds_name_organisations_and_bodies_that_exist() -> None:
    organisations = set(catalogue.load("organisations/kinds.yaml"))
    bodies = {catalogue.load(n)["kind"] for n in catalogue.names("bodies")} | {"mobilisation"}

    for kind in kinds.kinds().values():
        assert set(kind.held_by) <= organisations, kind.code
        assert kind.body in bodies | {""}, kind.code
        assert (kind.chair.of if kind.chair else "") in organisations | {""}, kind.code


GOOD = {"name": {"zh": "例会", "en": "Meeting"}, "status": "practice", "source": "本县规定",
        "levels": ["township"], "held_by": []}  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "field"),
    [
        ({"requires": ["chair"]}, "requires"),
        ({"requires": ["sides"]}, "requires"),
        ({"requires": ["photos"]}, "requires"),
        ({"chair": {"words": "主任"}}, "words"),
        ({"score": 3}, "score"),
        ({"status": "wish"}, "status"),
        ({"levels": ["province"]}, "levels"),
    ],
)
def test_a_slip_in_an_entry_is_refused_with_its_place(slip: dict[str, Any], field: str) -> None:
    raw = {
        "format": kinds.FORMAT,
        "group": {"zh": "组", "en": "group"},
        "kinds": {"weekly": GOOD | slip},
    }

    with pytest.raises(BadEntry) as refusal:
        kinds.read([("meetings/own.yaml", raw)])

    assert refusal.value.facts["field"] == field
    assert "weekly" in refusal.value.facts["where"]


def test_who_comes_from_the_garrison_sits_on_the_military_side() -> None:
    assert kinds.side_of("驻军某部政治工作处") == "military"
    assert kinds.side_of("镇武装部部长") == "local"
