"""Reading formation/1: what is refused, where, and what is accepted."""

import gzip
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from muster.core.formation import Instance, load
from muster.core.formation.problems import FormationFaulty, FormationUnreadable
from tests.core.formation.builders import person, problem, slot, unit


def sample() -> dict[str, Any]:
    people = [person("A", skills=["驾驶"], member_of="U-1"), person("B", village="V2")]
    return problem(people, [unit("U", slot("U-1"), slot("U-2", skill="医护", count=2))])


def at(data: Any, path: str, value: Any) -> None:
    """Set a value at a dotted path; `-` as value removes the key."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        data = data[step]
    if value == "-":
        del data[last]
    else:
        data[last] = value


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("candidates.0.village", "V9", "candidates[0].village"),
        ("candidates.0.skills", ["飞行"], "candidates[0].skills"),
        ("candidates.0.skills", "驾驶", "candidates[0].skills"),
        ("candidates.0.member_of", "U-9", "candidates[0].member_of"),
        ("candidates.0.age", "25", "candidates[0].age"),
        ("candidates.0.age", -1, "candidates[0].age"),
        ("candidates.0.age", "-", "candidates[0].age"),
        ("candidates.0.veteran", 1, "candidates[0].veteran"),
        ("candidates.0.sex", "男", "candidates[0].sex"),
        ("candidates.0.sex", ["M"], "candidates[0].sex"),
        ("candidates.0.education", 5, "candidates[0].education"),
        ("candidates.0.vetting", "ok", "candidates[0].vetting"),
        ("candidates.1.id", "A", "candidates[1].id"),
        ("candidates.1", 7, "candidates[1]"),
        ("candidates", {}, "candidates"),
        ("units.0.assembly_point", "P9", "units[0].assembly_point"),
        ("units.0.veteran_min_pct", 101, "units[0].veteran_min_pct"),
        ("units.0.max_assembly_min", 0, "units[0].max_assembly_min"),
        ("units.0.slots.0.count", -1, "units[0].slots[0].count"),
        ("units.0.slots.0.skill_required", True, "units[0].slots[0].skill"),
        ("units.0.slots.1.skill", "飞行", "units[0].slots[1].skill"),
        ("units.0.slots.1.id", "U-1", "slots[1].id"),
        ("villages.1.id", "V1", "villages[1].id"),
        ("villages.1.cap", 1.5, "villages[1].cap"),
        ("villages.1.lat", "北", "villages[1].lat"),
        ("weights.fill", 1.5, "weights.fill"),
        ("weights.time", "-", "weights.time"),
        ("travel_min", [[10]], "travel_min"),
        ("travel_min", [[10, 5], [30, 5]], "travel_min"),
        ("travel_min.0", [-3], "travel_min[0][0]"),
        ("skills", "驾驶", "skills"),
        ("name", "", "name"),
    ],
)
def test_a_fault_is_named_with_its_place_and_how_to_mend_it(
    path: str, value: Any, where: str
) -> None:
    data = sample()
    at(data, path, value)

    with pytest.raises(FormationFaulty) as refusal:
        Instance.from_json(data)

    faults = refusal.value.facts["faults"]
    assert where in [fault["where"] for fault in faults]
    assert all(fault["what"] and fault["mend"] for fault in faults)
    assert refusal.value.message


def test_all_faults_are_named_at_once() -> None:
    data = sample()
    at(data, "candidates.0.village", "V9")
    at(data, "units.0.slots.0.count", -1)

    with pytest.raises(FormationFaulty) as refusal:
        Instance.from_json(data)

    assert refusal.value.facts["count"] == 2


@pytest.mark.parametrize(
    "data", [[], None, {}, {"format": "formation/2"}, {"format": "allocation/1"}]
)
def test_another_format_is_refused(data: Any) -> None:
    with pytest.raises(FormationUnreadable):
        Instance.from_json(data)


def test_optional_fields_are_kept_and_silent_ones_are_left_out() -> None:
    data = sample()
    data["candidates"][0] |= {"vetting": "pass", "primary": True}
    data["units"][0] |= {
        "vetting_required": True,
        "contributed_to": "市应急连",
        "supporting_unit": "S",
    }

    back = Instance.from_json(data).to_json()

    assert back == data
    assert "vetting" not in back["candidates"][1]


def test_reading_does_not_change_the_object_and_reads_its_own_writing() -> None:
    data = sample()
    before = deepcopy(data)

    instance = Instance.from_json(data)

    assert data == before
    assert Instance.from_json(json.loads(json.dumps(instance.to_json()))) == instance


def test_plain_and_packed_files_are_read(tmp_path: Path) -> None:
    text = json.dumps(sample()).encode()
    (tmp_path / "a.json").write_bytes(text)
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(text))

    assert load(tmp_path / "a.json") == load(str(tmp_path / "a.json.gz"))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"\x1f\x8b broken", b"[" * 200_000])
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(content)

    with pytest.raises(FormationUnreadable) as refusal:
        load(tmp_path / "bad.json")

    assert "bad.json" in refusal.value.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormationUnreadable):
        load(tmp_path / "none.json")
