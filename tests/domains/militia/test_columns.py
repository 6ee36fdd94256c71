"""Membership, absence and service on a roster: what each cell means, refusals, undo."""

from datetime import UTC, date, datetime

import pytest

from muster.domains.militia.actions import call_together, enter, freeze, go_away, move
from muster.domains.militia.models import Absence, Membership, Transfer, Unit
from muster.domains.militia.places import to_county, too_exact
from muster.domains.militia.queries import members
from muster.engines.imports import actions as imports
from muster.engines.imports.models import Import, ImportRow
from muster.ground.register.models import Person, Service
from muster.ground.register.people import number_of
from muster.ground.rows.actor import Actor
from muster.ground.rulebook.actions import change
from tests.domains.militia.building import COUNTY, TOWN, VILLAGE, identity, person, post, unit

AT = datetime(2024, 5, 22, 1, tzinfo=UTC)
DAY = date(2024, 5, 21)
SHEET = ("姓名", "身份证号", "所属村")


@pytest.fixture(autouse=True)
def business_day(settings: object) -> None:
    settings.MUSTER_TODAY = "2024-05-22"  # type: ignore[attr-defined]


@pytest.fixture
def company(desk: Actor) -> Unit:
    made = unit("柳树村民兵连", division=VILLAGE)
    post(made, "战士", places=5)
    post(made, "驾驶员", places=1, duty="战士", skill="驾驶")
    post(made, "连长", places=1, role="leader")
    return made


def row_of(someone: Person | str, *, born: date = date(1995, 3, 5)) -> list[str]:
    if isinstance(someone, Person):
        return [someone.name, number_of(someone), "柳树村"]
    return [someone, identity(born), "柳树村"]


def checked(headers: tuple[str, ...], *rows: list[str]) -> Import:
    lines = [",".join((*SHEET, *headers))] + [",".join(row) for row in rows]
    data = "\n".join(lines).encode("utf-8-sig")
    job = imports.take_file("名册.csv", data, kind="people", division=TOWN, at=AT)
    return imports.check(job, at=AT)


def written(headers: tuple[str, ...], *rows: list[str]) -> Import:
    return imports.write(checked(headers, *rows), at=AT)


def faults(job: Import) -> list[tuple[str, str]]:
    return [
        (f["code"], f["suggestion"]) for r in ImportRow.objects.filter(of=job) for f in r.faults
    ]


def test_a_new_member_enters_his_unit_and_post_on_the_day_told(company: Unit) -> None:
    job = written(("所属分队", "民兵职务", "入队时间", "民兵类别"),
                  [*row_of("张立"), "柳树村民兵连", "连长", "2024.5.20", "普通民兵"])  # fmt: skip

    made = Transfer.objects.get()
    spell = members.spell_on(made.person_id, DAY)
    assert (made.source, made.source_row, made.on) == (
        "import", ImportRow.objects.get(of=job).pk, date(2024, 5, 20),
    )  # fmt: skip
    assert spell is not None and str(spell.post) == "连长"
    assert "年龄规则未配置" in made.note


def test_without_a_day_told_the_day_of_the_import_counts(company: Unit) -> None:
    written(("所属分队",), [*row_of("张立"), "柳树村民兵连"])

    assert Transfer.objects.get().on == date(2024, 5, 22)
    assert str(Membership.objects.get().post) == "战士"


def test_an_absent_column_an_empty_cell_and_a_clearing_word_differ(company: Unit) -> None:
    held = person("张立")
    enter(held, company, None, on=DAY, reason="opening", at=AT)

    assert checked((), row_of(held)).counts["unchanged"] == 1
    assert checked(("所属分队",), [*row_of(held), ""]).counts["unchanged"] == 1
    cleared = checked(("所属分队",), [*row_of(held), "清空"])
    assert faults(cleared) == [("unit.clear", "")]


def test_a_member_listed_with_his_own_unit_is_no_change_whatever_day_is_told(company: Unit) -> None:
    held = person("张立")
    enter(held, company, company.posts.get(name="战士"), on=DAY, reason="opening", at=AT)

    job = checked(
        ("所属分队", "民兵职务", "入队时间"), [*row_of(held), "柳树村连", "战士", "2020-01-01"]
    )

    assert job.counts["unchanged"] == 1


def test_another_duty_in_his_own_unit_is_a_change_of_post(company: Unit) -> None:
    held = person("张立")
    enter(held, company, company.posts.get(name="战士"), on=DAY, reason="opening", at=AT)

    job = written(("所属分队", "民兵职务"), [*row_of(held), "柳树村民兵连", "连长"])

    assert job.counts["changed"] == 1
    spell = members.last_spell(held.pk)
    assert spell is not None and str(spell.post) == "连长"
    assert imports.undo(job, at=AT)["kept"] == []
    spell = members.last_spell(held.pk)
    assert spell is not None and str(spell.post) == "战士"


def test_a_skill_decides_between_posts_of_one_duty(company: Unit) -> None:
    written(
        ("所属分队", "民兵职务", "专业特长"), [*row_of("张立"), "柳树村民兵连", "驾驶员", "驾驶"]
    )

    assert str(Membership.objects.get().post) == "驾驶员"


REFUSED = [
    (("所属分队",), ["柳树村民兵营"], [("unit.unknown", "柳树村民兵连")]),
    (("所属分队", "民兵职务"), ["柳树村民兵连", "政委"], [("duty.unknown", "")]),
    (("所属分队", "民兵类别"), ["柳树村民兵连", "基干"], [("category.differs", "")]),
    (("所属分队", "民兵类别"), ["柳树村民兵连", "预备役"], [("category.unknown", "")]),
    (("所属分队", "入队时间"), ["柳树村民兵连", "2024-13-01"], [("date.impossible", "")]),
    (("在位情况",), ["火星"], [("presence.unknown", "")]),
    (("在位情况", "外出地点"), ["外出", ""], [("away.place_missing", "")]),
    (("入伍时间", "退役时间"), ["2014-12-01", "2012-12-01"], [("service.order", "")]),
]


@pytest.mark.parametrize(("headers", "cells", "said"), REFUSED)
def test_what_does_not_fit_is_refused_with_a_reason(
    company: Unit, headers: tuple[str, ...], cells: list[str], said: list[tuple[str, str]]
) -> None:
    job = checked(headers, [*row_of("张立"), *cells])

    assert job.counts["rejected"] == 1 and faults(job) == said


def test_who_stands_in_another_unit_is_refused_there(company: Unit) -> None:
    held, other = person("张立"), unit("应急排", primary=True)
    enter(held, other, None, on=DAY, reason="opening", at=AT)

    assert faults(checked(("所属分队",), [*row_of(held), "柳树村民兵连"])) == [("unit.other", "")]


def test_age_refuses_new_members_only(company: Unit) -> None:
    for key, value in (("min", 18), ("max", 45), ("max_technical", 50)):
        change(f"militia.age.{key}", division=COUNTY, value=value, status="directive",
               source="通知", on=date(2024, 1, 1))  # fmt: skip
    old = date(1976, 1, 1)
    held = person("张立", born=old)
    enter(held, company, None, on=DAY, reason="opening", at=AT)
    headers = ("所属分队", "民兵职务", "专业特长")

    stays = checked(headers, [*row_of(held), "柳树村民兵连", "", ""])
    fresh = checked(headers, [*row_of("李明", born=old), "柳树村民兵连", "战士", ""])
    driver = checked(headers, [*row_of("王强", born=old), "柳树村民兵连", "驾驶员", "驾驶"])
    child = checked(headers, [*row_of("赵小", born=date(2007, 1, 1)), "柳树村民兵连", "战士", ""])

    assert stays.counts["unchanged"] == 1
    assert faults(fresh) == faults(child) == [("age.outside", "")]
    assert driver.counts["new"] == 1


def test_a_destination_is_kept_to_the_county(company: Unit) -> None:
    written(("在位情况", "外出地点", "外出时间", "能否24小时内返回"),
            [*row_of("张立"), "外出", "临江市望海区海滨路12号", "2024-03-01", "能"])  # fmt: skip

    away = Absence.objects.get()
    assert (away.destination, away.left_on, away.hours_to_return) == (
        "临江市望海区", date(2024, 3, 1), 24,
    )  # fmt: skip


def test_being_listed_as_present_closes_no_absence(company: Unit) -> None:
    held = person("张立")
    go_away(held, left_on=DAY, destination="东屏县", reason="work", at=AT)

    job = checked(("在位情况",), [*row_of(held), "在位"])

    assert job.counts["unchanged"] == 1 and Absence.objects.get().back_on is None


def test_service_is_added_completed_and_compared(company: Unit) -> None:
    headers = ("入伍时间", "退伍时间")
    first = written(headers, [*row_of("张立"), "2012年12月", ""])
    held = Person.objects.get(name="张立")
    written(headers, [*row_of(held), "2012-12", "2014-12-01"])

    spell = Service.objects.get()
    assert (spell.enlisted_on, spell.discharged_on) == (date(2012, 12, 1), date(2014, 12, 1))
    assert checked(headers, [*row_of(held), "2012", "2014-12"]).counts["unchanged"] == 1
    assert faults(checked(headers, [*row_of(held), "2010", ""])) == [("service.differs", "")]
    assert [k["why"] for k in imports.undo(first, at=AT)["kept"]] == ["服役时间后来修改过"]


@pytest.mark.parametrize("since", ["moved", "called", "frozen"])
def test_an_undo_keeps_what_was_used_since_and_says_why(company: Unit, since: str) -> None:
    job = written(("所属分队", "入队时间"), [*row_of("张立"), "柳树村民兵连", "2024-05-20"])
    held = Person.objects.get(name="张立")
    if since == "moved":
        move(held, unit("应急排"), None, on=date(2024, 5, 22), at=AT)
    elif since == "called":
        call_together("点验", kind="assembly", on=date(2024, 5, 22), units=[company])
    else:
        freeze(TOWN, as_of=date(2024, 5, 22), at=AT)

    kept = imports.undo(job, at=AT)["kept"]

    why = {"moved": "后来又办过出入转队", "called": "已列入2024-05-22的点验名单",
           "frozen": "已列入封存花名册（截至2024-05-22）"}  # fmt: skip
    assert [k["why"] for k in kept] == [why[since]]
    assert Membership.objects.filter(person=held, valid_to=None).exists()


def test_a_person_with_later_transfers_is_not_withdrawn(company: Unit) -> None:
    job = written((), row_of("张立"))
    enter(Person.objects.get(name="张立"), company, None, on=DAY, reason="opening", at=AT)

    assert [k["why"] for k in imports.undo(job, at=AT)["kept"]] == ["已有出入转队记录"]


PLACES = [
    ("临江市望海区", "临江市望海区"),
    ("临江市望海区海滨路12号", "临江市望海区"),
    ("广东省深圳市宝安区西乡街道", "广东省深圳市宝安区"),
    ("东屏县", "东屏县"),
    ("东屏县城关镇", "东屏县"),
    ("安澜市", "安澜市"),
    ("临江市阳光小区3栋", "临江市"),
    ("内蒙古自治区包头市昆都仑区", "内蒙古自治区包头市昆都仑区"),
    ("广东", "广东"),
    ("科技路5号", "科技"),
]


@pytest.mark.parametrize(("told", "kept"), PLACES)
def test_places_are_cut_after_the_county(told: str, kept: str) -> None:
    assert to_county(told) == kept
    assert too_exact(told) == (told != kept)
