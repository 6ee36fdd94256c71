"""Lists of units: the same five results (none is held), the same repair, the same undo."""

import io
from typing import Any

import openpyxl
import pytest

from muster.engines.imports import actions, queries
from muster.engines.imports.alone import check_file_alone
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.repairing import repair_file, template_file
from muster.ground.register.actions import appoint
from muster.ground.register.models import Organisation
from muster.ground.rows.actor import Actor
from tests.engines.imports.bringing import book, brought, checked, corrected, counts, faults, row
from tests.factories import DAY, NOON, OTHER_TOWN, TOWN, VILLAGE, OrganisationFactory

pytestmark = pytest.mark.django_db
HEAD = ("单位名称", "单位性质", "所在地", "简称", "主管单位")
UNITS = {"kind": "organisations"}
ROWS = [
    ["青溪镇中心学校", "学校", "青溪镇", "中心校", ""],
    ["青溪镇卫生院", "hospital", TOWN, "", ""],
    ["柳湾教学点", "学校", "柳湾村", "", "青溪镇中心学校"],
]


def unit(name: str) -> Organisation:
    found: Organisation = Organisation.objects.get(name=name)
    return found


def state() -> set[tuple[Any, ...]]:
    return set(Organisation.objects.values_list("division", "name", "kind", "short_name", "parent"))


@pytest.mark.requirement("SYS-07")
def test_units_come_in_with_kind_place_and_unit_above(town: Actor) -> None:
    job = brought(book(ROWS, HEAD), **UNITS)

    assert counts(job) == {"new": 3}
    assert (unit("青溪镇卫生院").kind, unit("青溪镇卫生院").division) == ("hospital", TOWN)
    point = unit("柳湾教学点")
    assert (point.division, point.parent) == (VILLAGE, unit("青溪镇中心学校"))
    assert unit("青溪镇中心学校").short_name == "中心校"


def test_new_changed_unchanged_rejected_and_absent(town: Actor) -> None:
    brought(book(ROWS, HEAD), **UNITS)
    rows = [
        ["青溪镇中心学校", "学校", "青溪镇", "清空", ""],
        ["青溪镇卫生院", "医院", "", "", ""],
        ["青溪食品厂", "企业", "", "", ""],
        ["青溪农机站", "怪东西", "月亮湾", "", "没有的单位"],
        ["青溪食品厂", "企业", "", "", ""],
    ]

    job = checked(book(rows, HEAD), **UNITS)

    assert counts(job) == {"changed": 1, "unchanged": 1, "new": 1, "rejected": 2, "absent": 1}
    assert faults(job) == [
        (5, "单位性质", "kind.unknown"), (5, "所在地", "place.unknown"),
        (6, "单位名称", "organisation.twice"),
    ]  # fmt: skip
    assert "选项" in queries.errors(job)[0]["allowed"]


def test_an_unknown_unit_above_is_refused(town: Actor) -> None:
    job = checked(book([["甲厂", "企业", "", "", "乙公司"]], HEAD), **UNITS)

    assert faults(job) == [(2, "主管单位", "parent.unknown")]


def test_a_place_outside_the_scope_is_refused(town: Actor) -> None:
    job = checked(book([["甲厂", "企业", OTHER_TOWN, "", ""]], HEAD), **UNITS)

    assert [code for _, _, code in faults(job)] == ["place.unknown"]


def test_a_closed_unit_is_not_taken_back(town: Actor) -> None:
    OrganisationFactory.create(name="旧厂", valid_to=DAY)

    assert faults(checked(book([["旧厂", "企业", "", "", ""]], HEAD), **UNITS)) == [
        (2, "单位名称", "organisation.closed")
    ]


def test_undo_takes_new_units_away_and_restores_changed_ones(town: Actor) -> None:
    brought(book(ROWS[:2], HEAD), **UNITS)
    before = state()
    rows = [
        ["青溪镇中心学校", "学校", "", "新简称", ""],
        ["青溪镇卫生院", "部门", "", "", "青溪镇中心学校"],
    ]
    job = brought(book([*rows, ROWS[2]], HEAD), **UNITS)
    assert counts(job) == {"changed": 2, "new": 1}
    preview = actions.undo_preview(job, at=NOON)

    assert actions.undo(job, at=NOON) == preview == {"reversed": 3, "kept": [], "failed": []}
    assert state() == before


def test_units_changed_or_used_since_are_kept(town: Actor) -> None:
    job = brought(book(ROWS, HEAD), **UNITS)
    appoint(unit("青溪镇卫生院"), post="院长", holder_name="钱院长", since=DAY)
    Organisation.objects.filter(name="柳湾教学点").update(short_name="柳湾点")

    result = actions.undo(job, at=NOON)

    whys = {k["row"]: k["why"] for k in result["kept"]}
    assert result["reversed"] == 0
    assert "任职" in whys[3]
    assert "修改过" in whys[4]
    assert "单位" in whys[2]  # the kept teaching point stands below it


def test_a_unit_changed_after_the_check_is_not_overwritten(town: Actor) -> None:
    brought(book(ROWS[:1], HEAD), **UNITS)
    job = checked(book([["青溪镇中心学校", "学校", "", "甲", ""]], HEAD), **UNITS)
    Organisation.objects.update(short_name="乙")

    actions.write(job, at=NOON)

    assert counts(job) == {"rejected": 1}
    assert unit("青溪镇中心学校").short_name == "乙"


def test_a_unit_whose_superior_was_not_written_is_turned_away(town: Actor) -> None:
    job = checked(book(ROWS, HEAD), **UNITS)
    OrganisationFactory.create(name="青溪镇中心学校", kind="school")

    actions.write(job, at=NOON)

    assert counts(job) == {"new": 1, "rejected": 2}
    assert row(job, 4).faults[0]["code"] == "record.changed_since"


def test_repair_and_template_serve_units_too(town: Actor) -> None:
    job = brought(book([*ROWS, ["乙厂", "怪东西", "", "", ""]], HEAD), **UNITS)
    name, data = repair_file(job)

    again = brought(corrected(data, {5: {"单位性质": "企业"}}), name, **UNITS)

    assert counts(again) == {"new": 1}
    assert Import.objects.get(pk=job.pk).counts["replaced"] == 1
    assert template_file("organisations")[0] == "单位名录（模板）.xlsx"
    assert ImportRow.objects.filter(of=again).count() == 1


def test_a_row_is_mended_on_the_screen(town: Actor) -> None:
    job = brought(book([["乙厂", "怪东西", "", "", ""]], HEAD), **UNITS)

    actions.repair_row(job, row(job, 2), {"kind": "企业"}, at=NOON)

    assert unit("乙厂").kind == "enterprise"


def test_without_an_office_the_file_alone_is_tested() -> None:
    result = check_file_alone("organisations", "单位.xlsx", book([*ROWS, ROWS[0]], HEAD))

    assert (result["rows"], result["rejected"]) == (4, 1)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("政府", "government"), ("卫生院", "hospital"), ("村民兵连", "militia_company"),
     ("村委会", "village_committee"), ("公司", "enterprise"), ("人武部", "armed_forces_department")],
)  # fmt: skip
def test_kinds_are_read_by_the_words_people_use(town: Actor, word: str, kind: str) -> None:
    brought(book([["甲单位", word, "", "", ""]], HEAD), **UNITS)

    assert unit("甲单位").kind == kind


def test_an_unknown_kind_offers_the_nearest_not_the_whole_list(town: Actor) -> None:
    job = checked(book([["甲单位", "镇小学校", "", "", ""]], HEAD), **UNITS)

    found = queries.errors(job)[0]
    assert found["code"] == "kind.unknown"
    assert "学校" in found["allowed"]
    assert found["allowed"].count("、") <= 2


def test_one_wrong_row_above_is_told_as_one_cause_and_mended_once(town: Actor) -> None:
    rows = [["甲公司", "怪东西", "", "", ""], ["甲分公司", "企业", "", "", "甲公司"],
            ["甲门市", "企业", "", "", "甲分公司"]]  # fmt: skip
    job = checked(book(rows, HEAD), **UNITS)
    assert faults(job) == [(2, "单位性质", "kind.unknown"), (3, "主管单位", "parent.row_wrong"),
                           (4, "主管单位", "parent.row_wrong")]  # fmt: skip
    assert "第 2 行" in queries.errors(job)[1]["message"]

    actions.repair_row(job, row(job, 2), {"kind": "企业"}, at=NOON)
    assert counts(job) == {"new": 3}
    actions.write(job, at=NOON)

    assert unit("甲门市").parent == unit("甲分公司")


def test_units_without_a_known_place_column_are_announced(town: Actor) -> None:
    job = checked(book([["甲厂", "企业"], ["乙厂", "企业"]], HEAD[:2]), **UNITS)

    assert job.reading["notices"] == ["没有认出行政区划一列，新增的 2 个单位都会登记在青溪镇。"]
    placed = checked(book([["甲厂", "企业", "柳湾村"]], (*HEAD[:2], "地点")), **UNITS)
    assert placed.reading["notices"] == []


def test_the_template_of_units_speaks_of_units_with_a_real_example(town: Actor) -> None:
    made = openpyxl.load_workbook(io.BytesIO(template_file("organisations")[1]))

    said = "\n".join(str(c.value) for line in made["怎么填"].iter_rows() for c in line if c.value)
    assert "一单位一行" in said
    assert "可填" not in said.replace("。可填：", "")
    assert made["名单"]["A3"].value == "示例：青禾县石桥镇中心学校"
    assert made["名单"]["B3"].value == "学校"
