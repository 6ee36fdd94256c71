"""The activity catalogue: what ships is whole, what is wrong is refused with the entry's name."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from muster.core.activities import BadEntry, Catalogue, from_files

ROOT = Path(__file__).parents[3] / "catalogue"
LISTS = {
    "format": "muster-activities/1",
    "menus": {"training": {"zh": "训练"}},
    "audiences": {"militia": {"zh": "民兵"}, "students": {"zh": "学生", "count_only": True}},
    "channels": {"banner": {"zh": "横幅", "unit": "条"}},
    "lists": {"subjects": {"fire": {"zh": "防火"}}},
}
GOOD = {"name": {"zh": "演练"}, "status": "practice", "source": "工作方案"}


def shipped() -> Catalogue:
    files = sorted((ROOT / "activities").glob("*.yaml"))
    return from_files((f.name, yaml.safe_load(f.read_text(encoding="utf-8"))) for f in files)


def read(**entry: Any) -> Catalogue:
    kinds = {"format": "muster-activities/1", "menu": "training", "kinds": {"k": {**GOOD, **entry}}}
    return from_files([("lists.yaml", LISTS), ("k.yaml", kinds)])


def activities_of_duties() -> set[str]:
    found = set()
    for file in (ROOT / "duties").glob("*.yaml"):
        for duty in yaml.safe_load(file.read_text(encoding="utf-8"))["duties"].values():
            parts = [duty, *duty["frequency"]]
            for record in (r for part in parts for r in part.get("fulfilled_by", ())):
                if record["record"] == "activity":
                    found.add(record["of"])
    return found


def test_every_activity_that_fulfils_a_duty_is_a_kind_that_can_be_recorded() -> None:
    wanted = activities_of_duties()

    assert len(wanted) >= 15
    assert wanted <= set(shipped().kinds)


def test_every_kind_says_its_menu_status_and_source() -> None:
    for kind in shipped().kinds.values():
        assert kind.zh and kind.en and kind.status and str(kind.citation), kind.code
        assert kind.menu in shipped().menus


@pytest.mark.parametrize(
    "code", ["forest_fire", "urban_rural_fire", "geological_flood", "event_security"]
)
def test_the_four_drill_subjects_are_lines_of_a_list(code: str) -> None:
    assert code in {c.code for c in shipped().kind("drill").subjects}


def test_every_threshold_is_a_rule_of_the_rule_catalogue() -> None:
    rules = yaml.safe_load((ROOT / "rules" / "education.yaml").read_text(encoding="utf-8"))["rules"]

    assert {a.threshold for a in shipped().audiences.values()} <= set(rules)


@pytest.mark.requirement("EDU-14")
def test_every_line_of_work_takes_its_channels_from_one_list() -> None:
    known = shipped()
    lines = [k for k in known.kinds.values() if k.menu == "publicity"]

    assert {"conscription_publicity", "militia_publicity", "support_publicity",
            "education_publicity"} <= {k.code for k in lines}  # fmt: skip
    assert all(set(k.channels) <= set(known.channels.values()) for k in lines)
    assert all(c.unit for c in known.channels.values())


def test_a_kind_that_left_the_catalogue_still_has_a_name() -> None:
    assert shipped().kind("gone").zh == "gone"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"colour": "red"}, "colour"),
        ({"status": "maybe"}, "性质"),
        ({"fields": ["weather"]}, "weather"),
        ({"subjects": "nothing"}, "代码表"),
        ({"channels": ["smoke"]}, "smoke"),
        ({"attendance": "person", "audiences": ["students"]}, "只能登记人数"),
        ({"attendance": "count"}, "对象"),
        ({"attendance": "crowd", "audiences": ["militia"]}, "到场方式"),
        ({"needs": "people"}, "到场方式"),
        ({"needs": "measures"}, "宣传方式"),
        ({"needs": "luck"}, "办结要求"),
        ({"source": ""}, "出处"),
        ({"name": {}}, "中文名称"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(BadEntry) as refusal:
        read(**entry)

    assert refusal.value.facts["entry"] == "k"
    assert why in refusal.value.message


def test_a_code_used_twice_and_a_foreign_file_are_refused() -> None:
    again = {"format": "muster-activities/1", "menu": "training", "kinds": {"k": GOOD}}
    with pytest.raises(BadEntry, match="已经用过"):
        from_files([("lists.yaml", LISTS), ("a.yaml", again), ("b.yaml", again)])
    with pytest.raises(BadEntry, match="format"):
        from_files([("x.yaml", {"format": "other"})])
    with pytest.raises(BadEntry, match="菜单"):
        from_files([("lists.yaml", LISTS), ("a.yaml", {**again, "menu": "elsewhere"})])
