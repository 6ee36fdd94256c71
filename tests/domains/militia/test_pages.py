"""Pages of the militia: what they show, whom they refuse, what a form does."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from muster.domains.militia.actions import call_together, enter, freeze, go_away, leave
from muster.domains.militia.models import Absence, FrozenRoster, RollCall, Transfer, Unit
from muster.domains.militia.queries import calls, members
from muster.ground.journal.models import Entry as JournalEntry
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import adopt_catalogue
from tests.domains.militia.building import (
    COUNTY,
    NOON,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    actor_of,
    person,
    post,
    unit,
)

DAY = date(2024, 5, 21)
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def business_day(settings: object) -> None:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]


@pytest.fixture
def company(desk: Actor) -> Unit:
    """A company with posts and two members, one away."""
    adopt_catalogue(COUNTY, date(2024, 1, 1))
    made = unit("柳树村民兵连", division=VILLAGE)
    soldier = post(made, places=3)
    post(made, "连长", places=1, role="leader")
    for name in ("张立", "李明"):
        enter(person(name), made, soldier, on=DAY, reason="opening", at=NOON)
    went = Person.objects.get(name="李明")
    go_away(went, left_on=DAY, destination="临江市望海区", reason="work", at=NOON)
    return made


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"militia:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


ALL = ["units", "years", "roster", "frozen-list", "transfers", "absences", "roll-calls", "unit-new",
       "roll-call-new", "freeze"]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_page_opens(company: Unit, sign_in: SignIn, name: str) -> None:
    assert "<h1>" in page(sign_in(), name)


@pytest.mark.parametrize("name", ALL)
def test_a_post_without_the_militia_sees_no_row(company: Unit, sign_in: SignIn, name: str) -> None:
    client = sign_in("civil_affairs_head")
    answer = client.get(reverse(f"militia:{name}"))

    assert "张立" not in answer.content.decode() and "柳树村民兵连" not in answer.content.decode()


def test_the_unit_page_shows_strength_posts_rates_and_masked_phones(
    company: Unit, sign_in: SignIn
) -> None:
    text = page(sign_in(), "unit", company.pk)

    assert "张立" in text and "李明" in text and "连长" in text
    assert "50%" in text and "未配置" in text
    assert "1990000" not in text and "199****" in text
    assert JournalEntry.objects.filter(action="militia.unit_seen").count() == 1


def test_another_township_does_not_see_the_unit(company: Unit, sign_in: SignIn) -> None:
    client = sign_in("armed_officer", OTHER_TOWN)

    assert client.get(reverse("militia:unit", args=[company.pk])).status_code == 404
    assert "柳树村民兵连" not in page(client, "units")


def test_the_roster_of_a_day_on_screen_print_and_workbook(company: Unit, sign_in: SignIn) -> None:
    client = sign_in()

    assert "张立" not in page(client, "roster", day="2024-05-20")
    assert "李明" not in page(client, "roster", day="2024-06-01", presence="here")
    assert "民兵花名册" in page(client, "roster", day="2024-06-01", print="1")
    answer = client.get(reverse("militia:roster"), {"day": "2024-06-01", "excel": "1"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]

    assert [r[0] for r in rows[2:]] == ["张立", "李明"]
    assert all("****" in str(r[5]) for r in rows[2:])
    assert JournalEntry.objects.filter(action="militia.list_exported", facts__count=2).exists()


def where(of: Unit, name: str = "战士") -> str:
    return f"{of.pk}|{of.posts.get(name=name).pk}"


def test_entering_shows_what_to_know_and_then_does_it(company: Unit, sign_in: SignIn) -> None:
    one, client = person("王五"), sign_in()
    url = reverse("militia:enter", args=[one.pk])
    told = {"where": where(company), "on": "2024-05-28", "reason": "eligible"}

    first = client.post(url, told)
    assert first.status_code == 422 and "年龄规则未配置" in first.content.decode()
    assert not Transfer.objects.filter(person=one).exists()

    second = client.post(url, told | {"seen": "age.not_configured"})
    assert second.status_code == 302
    spell = members.spell_on(one.pk, date(2024, 5, 28))
    assert spell is not None and spell.unit == company


@pytest.mark.requirement("MIL-07")
def test_an_emergency_unit_needs_a_recorded_reason_and_shows_spread_and_absence(
    company: Unit, sign_in: SignIn
) -> None:
    platoon = unit("青溪镇应急排", primary=True, force="emergency", level="platoon")
    driver = post(platoon, "驾驶员")
    one, client = person("王五"), sign_in()
    url = reverse("militia:enter", args=[one.pk])
    told = {"where": f"{platoon.pk}|{driver.pk}", "on": "2024-05-28", "reason": "eligible",
            "seen": "age.not_configured"}  # fmt: skip

    refused = client.post(url, told)
    assert refused.status_code == 422 and "不是基干民兵" in refused.content.decode()
    assert client.post(url, told | {"note": "驾驶员紧缺"}).status_code == 302

    assert Transfer.objects.get(person=one).note == "驾驶员紧缺"
    go_away(one, left_on=DAY, destination="东屏县", reason="work", at=NOON)
    text = page(client, "unit", platoon.pk)
    assert "村（社区）分布" in text and "<dt>柳树村</dt><dd>1</dd><dt>外出</dt><dd>1</dd>" in text


def test_moving_leaving_and_reversing_by_forms(company: Unit, sign_in: SignIn) -> None:
    client, one = sign_in(), Person.objects.get(name="张立")
    leader = where(company, "连长")

    client.post(reverse("militia:move", args=[one.pk]),
                {"where": leader, "on": "2024-05-25", "reason": "reorganised"})  # fmt: skip
    early = client.post(
        reverse("militia:leave", args=[one.pk]), {"on": "2024-05-25", "reason": "moved"}
    )
    client.post(reverse("militia:leave", args=[one.pk]), {"on": "2024-05-30", "reason": "moved"})

    assert early.status_code == 422
    assert [t.kind for t in members.transfers_of(one.pk)] == ["in", "move", "out"]
    latest = members.latest_transfer(one.pk)
    client.post(reverse("militia:reverse", args=[latest.pk]))  # type: ignore[union-attr]
    spell = members.spell_on(one.pk, date(2024, 6, 1))
    assert spell is not None and str(spell.post) == "连长"
    text = page(client, "member", one.pk)
    assert "已冲销" in text and "柳树村民兵连" in text


def test_the_register_of_transfers_adds_up_on_the_page(company: Unit, sign_in: SignIn) -> None:
    leave(Person.objects.get(name="张立"), on=date(2024, 5, 30), reason="moved", at=NOON)

    text = page(sign_in(), "transfers", first="2024-05-01", last="2024-05-31")

    assert "已核对相符" in text and "户籍迁移" in text


def test_the_member_page_and_the_person_page_tell_the_same(company: Unit, sign_in: SignIn) -> None:
    one = Person.objects.get(name="李明")
    client = sign_in()
    text = client.get(reverse("register:person", args=[one.pk])).content.decode()

    assert "民兵编组" in text and "柳树村民兵连 战士" in text and "临江市望海区" in text


def test_a_vetting_result_is_result_authority_and_date(company: Unit, sign_in: SignIn) -> None:
    one, client = Person.objects.get(name="张立"), sign_in()
    url = reverse("militia:vetting", args=[one.pk])

    refused = client.post(url, {"result": "doubtful", "authority": "镇派出所", "on": "2024-05-30"})
    client.post(url, {"result": "pass", "authority": "镇派出所", "on": "2024-05-30"})

    assert refused.status_code == 422
    assert "合格，镇派出所" in page(client, "member", one.pk)
    assert "合格" in page(client, "roster")


def test_units_posts_and_task_numbers_by_forms(company: Unit, sign_in: SignIn) -> None:
    client = sign_in()
    told = {"name": "普通民兵营", "division": TOWN, "level": "battalion", "category": "militia",
            "force": "ordinary", "valid_from": "2024-01-01"}  # fmt: skip
    made = client.post(reverse("militia:unit-new"), told)
    again = client.post(reverse("militia:unit-new"), told)
    battalion = Unit.objects.get(name="普通民兵营")
    client.post(reverse("militia:unit-edit", args=[company.pk]),
                {"name": company.name, "division": VILLAGE, "level": "company", "category": "militia",
                 "force": "ordinary", "valid_from": "2020-01-01", "parent": str(battalion.pk)})  # fmt: skip
    client.post(reverse("militia:post-new", args=[battalion.pk]),
                {"name": "营长", "role": "leader", "count": "1", "order": "0"})  # fmt: skip
    quota = reverse("militia:quota", args=[battalion.pk])
    much = client.post(quota, {"year": "2024", "number": "10", f"child-{company.pk}": "12"})
    client.post(quota, {"year": "2024", "number": "12", f"child-{company.pk}": "12"})

    assert made.status_code == 302 and again.status_code == 422 and much.status_code == 422
    assert Unit.objects.get(pk=company.pk).parent == battalion
    assert Unit.objects.get(pk=company.pk).quotas.get(year=2024).number == 12
    assert "普通民兵营" in page(client, "units") and "营长" in page(client, "unit", battalion.pk)
    closed = client.post(reverse("militia:unit-close", args=[company.pk]), {"on": "2024-06-01"})
    assert closed.status_code == 422


def test_a_secretary_reads_and_does_not_write(company: Unit, sign_in: SignIn) -> None:
    client, one = sign_in("township_secretary"), person("王五")

    assert "新建分队" not in page(client, "units")
    told = {"where": where(company), "on": "2024-05-28", "reason": "eligible",
            "seen": "age.not_configured"}  # fmt: skip
    assert client.post(reverse("militia:enter", args=[one.pk]), told).status_code == 403
    assert client.post(reverse("militia:absence-new", args=[one.pk]),
                       {"left_on": "2024-05-28", "destination": "东屏县", "reason": "work",
                        "told": "on"}).status_code == 403  # fmt: skip


@pytest.mark.requirement("OUT-01")
def test_going_away_and_coming_back_by_forms(company: Unit, sign_in: SignIn) -> None:
    client, one = sign_in(), Person.objects.get(name="张立")
    url = reverse("militia:absence-new", args=[one.pk])
    told = {"left_on": "2024-05-28", "reason": "work", "expected_back": "2024-12-01",
            "destination": "临江市望海区海滨路12号", "hours_to_return": "24", "phone": "19900007777"}  # fmt: skip

    untold = client.post(url, told)
    exact = client.post(url, told | {"told": "on"})
    client.post(url, told | {"told": "on", "destination": "临江市望海区"})

    assert untold.status_code == 422 and exact.status_code == 422
    absence = Absence.objects.get(person=one)
    assert (absence.destination, absence.hours_to_return, absence.told_by_self) == (
        "临江市望海区", 24, True,
    )  # fmt: skip
    ledger = page(client, "absences", state="away")
    assert "张立" in ledger and "199****7777" in ledger and "不记行踪" in ledger
    client.post(reverse("militia:absence", args=[absence.pk]), {"on": "2024-05-31"})
    assert "张立" not in page(client, "absences", state="away")
    assert "张立" in page(client, "absences", print="1")
    client.post(reverse("militia:absence-reopen", args=[absence.pk]))
    assert "张立" in page(client, "absences", state="away")


def called(company: Unit) -> RollCall:
    with acting(actor_of("armed_officer", TOWN)):
        return call_together("六月点验", kind="assembly", on=date(2024, 6, 1), units=[company])


@pytest.mark.requirement("MIL-13")
def test_a_roll_call_from_calling_to_archive(company: Unit, sign_in: SignIn) -> None:
    client = sign_in()
    client.post(reverse("militia:roll-call-new"),
                {"title": "六月点验", "kind": "assembly", "on": "2024-06-01", "place": "镇政府广场",
                 "units": [str(company.pk)]})  # fmt: skip
    call = RollCall.objects.get()
    first, second = call.lines.order_by("order")

    assert "六月点验" in page(client, "roll-calls")
    assert page(client, "roll-call", call.pk).count("<tr id=") == 2
    by_code = client.post(reverse("militia:roll-call-code", args=[call.pk]),
                          {"code": f" {first.code.lower()} "}, headers={"HX-Request": "true"})  # fmt: skip
    assert first.person.name in by_code.content.decode()
    unknown = client.post(reverse("militia:roll-call-code", args=[call.pk]), {"code": "ZZZZZZ"},
                          headers={"HX-Request": "true"})  # fmt: skip
    assert "没有签到码" in unknown.content.decode()
    mark = reverse("militia:roll-call-mark", args=[call.pk, second.pk])
    assert client.post(mark, {"presence": "leave"}).status_code == 422
    assert client.post(reverse("militia:roll-call-close", args=[call.pk])).status_code == 409
    answer = client.post(mark, {"presence": "leave", "usual": "外出务工"},
                         headers={"HX-Request": "true"})  # fmt: skip
    assert "请假" in answer.content.decode() and 'hx-swap-oob="true"' in answer.content.decode()

    client.post(reverse("militia:roll-call-close", args=[call.pk]))
    report = page(client, "roll-call-report", call.pk)
    result = calls.result(RollCall.objects.get())
    assert (result.total.expected, result.total.present, result.total.leave) == (2, 1, 1)
    assert "50%" in report and "请假：外出务工" in report and "未配置" in report
    assert client.post(mark, {"presence": "present"}).status_code == 409


def test_the_sheet_carries_codes_and_pictures_and_no_identity_number(
    company: Unit, sign_in: SignIn
) -> None:
    call = called(company)
    text = page(sign_in(), "roll-call-sheet", call.pk)

    lines = list(call.lines.all())
    assert all(line.code in text for line in lines)
    assert text.count('class="segno"') == 2 and "data:" not in text
    assert "000000" not in text.replace("1990000", "")
    assert len({line.code for line in lines}) == 2


def test_a_tick_is_found_by_pinyin_and_taken_back(company: Unit, sign_in: SignIn) -> None:
    client, call = sign_in(), called(company)
    text = page(client, "roll-call", call.pk, q="zhangli")
    assert "张立" in text and "李明" not in text
    line = call.lines.get(person__name="张立")
    mark = reverse("militia:roll-call-mark", args=[call.pk, line.pk])

    client.post(mark, {"presence": "present"})
    client.post(mark, {"presence": "unmarked"})

    line.refresh_from_db()
    assert (line.presence, line.marked_at) == ("unmarked", None)


@pytest.mark.requirement("MIL-20")
def test_a_frozen_roster_is_not_altered_by_later_acts(company: Unit, sign_in: SignIn) -> None:
    client = sign_in()
    client.post(reverse("militia:freeze"), {"title": "2024年度花名册", "as_of": "2024-06-01"})
    roster = FrozenRoster.objects.get()
    one = Person.objects.get(name="张立")
    leave(one, on=date(2024, 6, 2), reason="moved", at=NOON)
    one.name = "张新立"
    one.save()

    text = page(client, "frozen", roster.pk)

    assert roster.members == 2 and "张立" in text and "张新立" not in text
    assert "校验和相符" in text
    again = client.post(reverse("militia:freeze"), {"title": "再封", "as_of": "2024-06-02"})
    assert again.status_code == 422
    line = roster.lines.first()
    line.person_name = "改过"
    line.save()
    assert "校验和不符" in page(client, "frozen", roster.pk)


@pytest.mark.requirement("MIL-14")
def test_one_year_beside_the_last_counts_from_frozen_rosters(
    company: Unit, sign_in: SignIn
) -> None:
    platoon = unit("应急排", primary=True, force="emergency", level="platoon",
                   valid_from=date(2024, 1, 1))  # fmt: skip
    old = [person() for _ in range(4)]
    for one in old:
        enter(one, company, None, on=date(2023, 1, 1), reason="opening", at=NOON)
    with acting(actor_of("armed_officer", TOWN)):
        freeze(TOWN, as_of=date(2023, 6, 15), at=NOON)
    for one in old[:3]:
        leave(one, on=date(2023, 6, 1), reason="over_age", at=NOON)
    enter(person(), platoon, None, on=DAY, reason="opening", at=NOON)

    from muster.domains.militia.queries.years import compare

    with acting(actor_of("armed_officer", TOWN)):
        lines = {
            x.label: (x.now, x.before, x.percent) for x in compare(TOWN, date(2024, 6, 1)).lines
        }

    assert lines["分队数"] == (2, 1, 100.0)
    assert lines["总人数"] == (4, 4, 0.0)
    assert lines["基干民兵"] == (1, 0, None)
    assert lines["应急力量"] == (1, 0, None)
    assert lines["普通民兵"] == (3, 4, -25.0)
    assert "封存花名册（2023年6月15日）" in page(sign_in(), "years")


def test_pages_name_no_unknown_row(sign_in: SignIn) -> None:
    client, nobody = sign_in(), UUID(int=1)

    for name in ("unit", "member", "absence", "roll-call", "frozen"):
        assert client.get(reverse(f"militia:{name}", args=[nobody])).status_code == 404
