"""The pages of formation: from the list to the roster, by form as a clerk fills it."""

import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from muster.domains.militia.actions import formation as acts
from muster.domains.militia.models import Absence, FormationRun, Unit, UnitCondition
from muster.domains.militia.queries import formation as reading
from muster.ground.jobs import actions as jobs
from muster.ground.register.models import Person as Row
from muster.ground.rows.scope import acting
from tests.domains.militia.building import OTHER_TOWN, TOWN, actor_of
from tests.domains.militia.formation.helpers import Place, a_stayer, first_entering, layout_of
from tests.domains.militia.formation.settled import NOON
from tests.factories import desk, signed_in


def sit(role: str = "township_armed_head", division: str = TOWN) -> Client:
    client = Client()
    signed_in(client, desk(role, division))
    return client


@pytest.fixture
def clerk(place: Place) -> Client:
    return sit()


def page_of(run: FormationRun, name: str = "formation-run") -> str:
    return reverse(f"militia:{name}", args=[run.pk])


def test_begin_compute_choose_confirm_and_see_the_roster(clerk: Client, place: Place) -> None:
    listed = clerk.get(reverse("militia:formation")).content.decode()
    assert "沿用上年、只补缺" in listed
    begun = clerk.post(reverse("militia:formation-new"),
                       {"way": "gaps", "on": "2024-06-05", "division": TOWN, "root": ""})  # fmt: skip
    run = reading.runs().first()
    assert run is not None and begun.url == page_of(run)  # type: ignore[attr-defined]
    waiting = clerk.get(page_of(run)).content.decode()
    assert "正在编组" in waiting and page_of(run, "formation-progress") in waiting
    assert jobs.run(run.work) == "done"
    assert clerk.get(page_of(run, "formation-progress")).status_code == 286

    shown = clerk.get(page_of(run)).content.decode()
    posts = re.findall(r'name="(post-[^"]+)"', shown)
    assert len(set(posts)) == 20 and shown.count("checked") >= 20
    assert "周岁，超过 45 周岁" in shown and "怎么算的" not in shown
    first = dict(re.findall(r'name="(post-[^"]+)" value="([^"]+)" checked', shown))
    saved = clerk.post(page_of(run, "formation-choose"), {**first, "then": "confirm"})
    assert saved.url == page_of(run, "formation-confirm")  # type: ignore[attr-defined]

    asked = clerk.get(page_of(run, "formation-confirm")).content.decode()
    assert "确认编组：出 60、进 20、转 0" in asked and "不是基干民兵" in asked
    assert (
        clerk.post(page_of(run, "formation-confirm"), {"approver": "镇武装部"}).status_code == 422
    )
    done = clerk.post(page_of(run, "formation-confirm"),
                      {"approver": "镇武装部", "note": "缺这项专长"}, follow=True)  # fmt: skip
    assert "现有 760 人" in done.content.decode() and "看花名册" in done.content.decode()

    clerk.post(page_of(run, "formation-undo"))
    assert "已整批撤销" in clerk.get(page_of(run)).content.decode()


def test_the_whole_proposal_shows_reasons_and_hides_the_method(
    clerk: Client, full: FormationRun
) -> None:
    shown = clerk.get(page_of(full)).content.decode()
    closed = re.search(r"<details class=\"m-panel\"><summary[^>]*>怎么算的", shown)

    assert "青溪镇应急排" in shown and "留任原岗位" in shown
    assert closed and "已证明的上界" in shown[closed.start() :]
    assert "上界" not in shown[: closed.start()]
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[^\"/<]{17}[^\"0-9a-f/?]",
                         re.sub(r'(value|name|href|action|hx-get)="[^"]*"', "", shown))  # fmt: skip


def test_another_person_is_searched_refused_in_words_or_put_in_and_locked(
    clerk: Client, full: FormationRun, place: Place
) -> None:
    layout = layout_of(full)
    platoon = next(b for b in layout.blocks() if b.name == "青溪镇应急排")
    line = next(ln for ln in platoon.lines if ln.place.endswith("卫生员"))
    unskilled = next(p for p in place.town.people if p.fate == "candidate" and not p.skills[1:]
                     and "医护" not in p.skills)  # fmt: skip
    address = reverse("militia:formation-slot", args=[full.pk, line.slot])

    searched = clerk.get(address, {"q": unskilled.name}).content.decode()
    assert unskilled.name in searched and "没有岗位要求的“医护”专长" in searched
    refused = clerk.post(reverse("militia:formation-pick", args=[full.pk, line.slot]),
                         {"person": str(place.rows[unskilled.key].pk), "instead": line.who.key},
                         follow=True)  # fmt: skip
    assert "不能这样安排" in refused.content.decode()
    fit = re.findall(r'name="person" value="([^"]+)"', clerk.get(address).content.decode())
    clerk.post(reverse("militia:formation-pick", args=[full.pk, line.slot]),
               {"person": fit[0], "instead": line.who.key})  # fmt: skip

    now = reading.run(full.pk)
    assert reading.plan_of(now)[fit[0]] == line.slot
    assert {"candidate": fit[0], "slot": line.slot} in now.decisions["locks"]


def test_a_changed_fact_is_marked_noted_and_only_then_confirmed(
    clerk: Client, gaps: FormationRun
) -> None:
    stayer = Row.objects.get(pk=a_stayer(gaps))
    Absence.objects.create(division=stayer.division, person=stayer, left_on=NOON.date(),
                           destination="东屏县", reason="work")  # fmt: skip
    shown = clerk.get(page_of(gaps)).content.decode()
    assert "已变化" in shown and "24 小时内回不来" in shown
    refused = clerk.post(page_of(gaps, "formation-confirm"), {"note": "缺"})
    assert refused.status_code == 422 and "已变化" in refused.content.decode()

    clerk.post(page_of(gaps, "formation-seen"), {"person": str(stayer.pk)})
    assert clerk.post(page_of(gaps, "formation-confirm"), {"note": "缺"}).status_code == 302


def test_who_is_missing_from_this_years_roster_is_asked_about(
    clerk: Client, gaps: FormationRun
) -> None:
    stayer = a_stayer(gaps)
    problem = {**gaps.problem, "unseen": [stayer]}
    FormationRun.objects.filter(pk=gaps.pk).update(problem=problem)
    assert f'name="leave-{stayer}"' in clerk.get(page_of(gaps)).content.decode()

    clerk.post(page_of(gaps, "formation-people"), {f"leave-{stayer}": "moved"})
    run = reading.run(gaps.pk)
    assert run.state == "working"
    acts.propose(run)

    assert {"candidate": stayer, "why": "hand:moved"}.items() <= next(
        row for row in run.problem["barred"] if row["candidate"] == stayer
    ).items()


def test_paper_and_workbook_name_people_and_no_numbers(
    clerk: Client, gaps: FormationRun, place: Place
) -> None:
    paper = clerk.get(page_of(gaps), {"print": "1"}).content.decode()
    file = clerk.get(page_of(gaps), {"excel": "1"})
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))

    assert "编组方案表" in paper and "确认后共有 760 人" in paper
    assert len(rows) == 2 + 760 + 60
    text = paper + str(rows)
    assert not any(p.identity in text or p.phone in text for p in place.town.people)


def test_conditions_and_minutes_are_written_on_pages(clerk: Client, place: Place) -> None:
    platoon = Unit.objects.get(name="青溪镇应急排")
    shown = clerk.get(reverse("militia:formation-conditions")).content.decode()
    assert "镇政府广场" in shown and "60 分钟" in shown
    address = reverse("militia:formation-condition", args=[platoon.pk])
    kept = UnitCondition.objects.get(unit=platoon)
    values = {"assembly_place": str(kept.assembly_place_id), "max_assembly_min": "45",
              "veteran_min_pct": "30", "party_min_pct": "0", "skill_min_pct": "60",
              "keep_min_pct": "80", "employer_max": "", "age_min": "", "age_max": "44",
              "age_max_skilled": ""}  # fmt: skip

    assert clerk.post(address, values).status_code == 302
    assert clerk.post(address, {**values, "age_min": "50"}).status_code == 422
    kept.refresh_from_db()
    assert (kept.max_assembly_min, kept.age_max) == (45, 44)
    place_address = reverse("militia:formation-place", args=[kept.assembly_place_id])
    clerk.post(place_address, {"name": "镇政府广场", "v990101001001": "7", "v990101001002": ""})
    assert UnitCondition.objects.get(unit=platoon).assembly_place.minutes == {"990101001001": 7}


def test_pages_refuse_other_roles_and_other_places(gaps: FormationRun, place: Place) -> None:
    reader, stranger = sit("township_secretary"), sit("township_armed_head", OTHER_TOWN)
    office = sit("civil_affairs_head")

    seen = reader.get(page_of(gaps)).content.decode()
    assert "青溪镇应急排" in seen and "保存人选" not in seen
    for name in ("formation-choose", "formation-people", "formation-again", "formation-drop",
                 "formation-seen", "formation-lock", "formation-confirm", "formation-cancel"):  # fmt: skip
        assert reader.post(page_of(gaps, name)).status_code == 403, name
        assert stranger.post(page_of(gaps, name)).status_code in {403, 404}, name
    assert stranger.get(page_of(gaps)).status_code == 404
    assert office.get(page_of(gaps)).status_code == 404
    with acting(actor_of("township_armed_head")):
        assert reading.run(gaps.pk).state == "proposed"
        assert first_entering(reading.run(gaps.pk))
