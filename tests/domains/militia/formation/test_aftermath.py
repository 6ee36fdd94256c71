"""What a choice by hand changes besides, sitting leaders, suspected twins, posts with nobody."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.domains.militia.actions import enter
from muster.domains.militia.actions import formation as acts
from muster.domains.militia.actions import formation_hands as hands
from muster.domains.militia.models import FormationRun, Unit
from muster.domains.militia.problems_formation import FormationChoiceRefused
from muster.domains.militia.queries import formation as reading
from muster.ground.register.actions import note_twin
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from tests.domains.militia.building import (
    NOON,
    TOWN,
    VILLAGE,
    VILLAGE_2,
    as_role,
    person,
    post,
    unit,
)
from tests.domains.militia.formation.helpers import layout_of
from tests.factories import desk as account_of
from tests.factories import signed_in

DAY, FORMED = date(2024, 5, 21), date(2024, 6, 1)


@pytest.fixture
def squad(desk: Actor) -> Iterator[Unit]:
    """A squad with a leader's post that is empty and one member too many in the plain post."""
    made = unit("应急班", level="squad", primary=True)
    soldier = post(made, places=1, order=2)
    post(made, "班长", places=1, role="squad_leader", order=1)
    for name in ("甲一", "甲二"):
        enter(person(name), made, soldier, on=DAY, reason="opening", at=NOON)
    person("乙三")
    with as_role("township_armed_head"):
        yield made


def computed(way: str = "gaps") -> FormationRun:
    run = acts.begin(way=way, on=FORMED, division=TOWN, at=NOON)
    acts.propose(run)
    return run


def key(name: str) -> str:
    return str(Person.objects.get(name=name).pk)


def slot(of: Unit, name: str) -> str:
    return str(of.posts.get(name=name).pk)


def clerk() -> Client:
    client = Client()
    signed_in(client, account_of("township_armed_head", TOWN))
    return client


def address(run: FormationRun, name: str = "formation-run") -> str:
    return reverse(f"militia:{name}", args=[run.pk])


def displaced(run: FormationRun, squad: Unit) -> tuple[str, str]:
    """Return the slot of the leader and the surplus member proposed for it."""
    leader = slot(squad, "班长")
    first = run.decisions["choices"][leader][0]
    assert first in {key("甲一"), key("甲二")}
    return leader, first


def test_who_is_put_out_by_a_choice_is_named_marked_and_brought_back(squad: Unit) -> None:
    run, client = computed(), clerk()
    leader, first = displaced(run, squad)
    name = Person.objects.get(pk=first).name

    saved = client.post(address(run, "formation-choose"),
                        {f"post-{leader}-0": key("乙三"), "then": "save"}, follow=True)  # fmt: skip
    text = saved.content.decode()

    assert "连带有 1 人的安排变了" in text and "刚才改选的结果" in text
    assert "乙三（柳树村） 任 应急班 · 班长" in text
    assert (
        f"{name}（柳树村） 现在没有岗位，将出队（现任 应急班 · 战士，原拟任 应急班 · 班长）" in text
    )
    assert text.count("刚才变动") == 3  # the chosen, the leaver, and him among the other candidates
    assert "刚才改选的结果" in client.get(address(run, "formation-confirm")).content.decode()
    client.post(address(run, "formation-take-back"))
    now = reading.run(run.pk)
    assert now.decisions["choices"][leader] == [first] and "last" not in now.decisions
    assert "刚才改选的结果" not in client.get(address(run)).content.decode()
    with pytest.raises(FormationChoiceRefused):
        hands.take_back(now)


def test_a_member_who_loses_a_post_gets_the_one_that_becomes_free(squad: Unit) -> None:
    post(squad, "卫生员", places=1, order=3)
    run = computed()
    choices = run.decisions["choices"]
    chosen = {people[0]: place for place, people in choices.items()}
    member = next(who for who in chosen if who != key("乙三"))

    hands.choose(run, {chosen[member]: [key("乙三")]})

    plan = reading.plan_of(run)
    assert plan[key("乙三")] == chosen[member] and plan[member] == chosen[key("乙三")]
    told = layout_of(run).after_hand
    assert told is not None and not told.hard
    assert [kind for kind, _ in told.others] == ["moved"]


def test_a_member_who_loses_a_post_takes_one_that_stood_empty(squad: Unit) -> None:
    run = computed()
    leader, first = displaced(run, squad)
    medic = str(post(squad, "卫生员", places=1, order=3).pk)
    acts.again(run, at=NOON)
    acts.propose(run)
    hands.choose(run, {leader: [first], medic: [""]})

    hands.choose(run, {leader: [key("乙三")]})

    assert reading.plan_of(run)[first] == medic


def test_a_post_left_empty_on_purpose_moves_nobody_elsewhere(squad: Unit) -> None:
    run = computed()
    leader, first = displaced(run, squad)

    hands.choose(run, {leader: [""]})

    told = layout_of(run).after_hand
    assert first not in reading.plan_of(run) and told is not None
    assert [kind for kind, _ in told.others] == ["out", "empty"]
    acts.again(run, at=NOON)
    acts.propose(run)
    assert layout_of(run).after_hand is None


def test_a_replacement_in_the_whole_proposal_is_told_and_taken_back(squad: Unit) -> None:
    run = computed("full")
    plan = reading.plan_of(run)
    leader = slot(squad, "班长")
    holder = next(who for who, place in plan.items() if place == leader)
    other = next(who for who in (key("甲一"), key("甲二"), key("乙三")) if who not in plan)

    hands.pick(run, leader, person=other, instead=holder)

    told = layout_of(run).after_hand
    assert told is not None and len(told.others) == 1 and told.others[0][0] in {"out", "dropped"}
    hands.take_back(run)
    assert reading.plan_of(run) == plan and "plan" not in run.decisions


def test_a_sitting_leader_moved_to_a_plain_post_is_named_as_such(desk: Actor) -> None:
    squad = unit("应急班", level="squad", primary=True)
    leads = post(squad, "班长", places=1, role="squad_leader")
    enter(person("沈一"), squad, leads, on=DAY, reason="opening", at=NOON)
    company = unit("柳树村民兵排", division=VILLAGE, level="platoon")
    post(company, "战士", places=1)
    person("新二", division=VILLAGE_2)
    with as_role("township_armed_head"):
        run = computed("full")
        line = next(ln for ln in layout_of(run).demoted())
        shown = clerk().get(address(run)).content.decode()
        asked = clerk().get(address(run, "formation-confirm")).content.decode()

    # Filling one post more weighs 1000 points; staying in the post and the unit weighs 60 each.
    assert (line.who.name, line.cadre) == ("沈一", "原任班长，改任战士")
    assert "有 1 名现任干部不再任原职" in shown and shown.count("原任班长，改任战士") == 1
    assert "原任班长，改任战士" in asked


def test_a_sitting_leader_stays_in_post_where_nothing_is_filled_by_moving_him(
    desk: Actor,
) -> None:
    squad = unit("应急班", level="squad", primary=True)
    leads, plain = post(squad, "班长", places=1, role="squad_leader"), post(squad, places=1)
    enter(person("沈一"), squad, leads, on=DAY, reason="opening", at=NOON)
    enter(
        person("沈二", veteran=True, education=4), squad, plain, on=DAY, reason="opening", at=NOON
    )
    with as_role("township_armed_head"):
        run = computed("full")

        assert not layout_of(run).demoted()
        assert reading.plan_of(run)[key("沈一")] == str(leads.pk)


def test_suspected_twins_are_marked_wherever_they_are_proposed(squad: Unit) -> None:
    with as_role("township_armed_head"):
        note_twin(
            *sorted([Person.objects.get(name=n).pk for n in ("甲二", "乙三")]), division=VILLAGE
        )
    gaps, full, client = computed(), computed("full"), clerk()

    for run in (gaps, full):
        assert "疑似重复" in client.get(address(run)).content.decode()
        assert "疑似重复" in client.get(address(run, "formation-confirm")).content.decode()
    assert "疑似重复" in client.get(address(full), {"print": "1"}).content.decode()


def test_posts_with_nobody_are_one_line_that_opens_and_one_person_is_not_offered_as_several(
    squad: Unit,
) -> None:
    post(squad, "驾驶员", places=13, skill="驾驶", skill_required=True, order=4)
    post(squad, "通信员", places=2, order=5)
    run = computed()

    text = clerk().get(address(run)).content.decode()
    block = next(b for b in layout_of(run).blocks() if b.name == "应急班")

    assert f"还有 {block.bare_total} 个空缺没有人选" in text and block.bare_total >= 13
    assert [(b.name, b.count) for b in block.bare if b.name == "驾驶员"] == [("驾驶员", 13)]
    assert text.count("<fieldset") == len(block.offered) <= 3
    shared = [o for e in block.offered for o in e.options if not o.chosen]
    assert all(o.shared for o in shared)
    assert "已勾选任" in text or not shared
