"""The whole proposal, its hands, its job, and who may form at all."""

from datetime import date, timedelta

import pytest

from muster.core.formation import check
from muster.domains.militia.actions import formation as acts
from muster.domains.militia.actions import formation_confirm as confirming
from muster.domains.militia.actions import formation_hands as hands
from muster.domains.militia.actions.formation_solver import accepted
from muster.domains.militia.models import Absence, FormationRun, Post, Unit
from muster.domains.militia.problems_formation import (
    FormationChoiceRefused,
    FormationNotOpen,
    FormationNotProved,
    FormationRefused,
    NothingToForm,
)
from muster.domains.militia.queries import formation as reading
from muster.domains.militia.queries.formation_others import others
from muster.domains.militia.queries.members import roster_on
from muster.ground.accounts.problems import ActNotYours
from muster.ground.jobs import actions as jobs
from muster.ground.jobs.problems import JobCancelled
from muster.ground.register.models import Person as Row
from muster.ground.rows.problems import NotInScope
from muster.overview.story.county import COUNTY, FORMATION_DAY
from tests.domains.militia.building import OTHER_TOWN, as_role
from tests.domains.militia.formation.helpers import Place, compute_again, layout_of, strengths
from tests.domains.militia.formation.settled import NOON, TOWN

DAY_BEFORE = FORMATION_DAY - timedelta(days=1)


def test_a_whole_proposal_is_accepted_by_the_checker_and_confirmed(full: FormationRun) -> None:
    report = check(full.problem["instance"], full.answer["result"])
    assert report.sound and full.answer["report"]["sound"]

    counts = confirming.confirm(full, at=NOON, note="缺这项专长")

    assert counts["strength"] == 760 and sum(strengths().values()) == 760
    assert strengths()["青溪镇应急排"] == 30


def test_everybody_of_a_whole_proposal_has_a_reason_and_others_have_why_not(
    full: FormationRun,
) -> None:
    layout = layout_of(full)
    lines = [line for block in layout.blocks() for line in block.lines]
    platoon = next(b for b in layout.blocks() if b.name == "青溪镇应急排")
    slot = next(line.slot for line in platoon.lines if "驾驶员" in line.place)

    found = others(layout.words, full, slot, search="")

    assert len(lines) == 760 and all(line.why for line in lines)
    assert found and all(o.against for o in found if o.fit)
    assert all(line.why for line in layout.leaving())


def test_replacing_by_hand_locks_and_computing_again_keeps_it(full: FormationRun) -> None:
    layout = layout_of(full)
    company = next(b for b in layout.blocks() if b.name == "大桥村民兵连")
    line = next(ln for ln in company.lines if "战士" in ln.place)
    free = next(o for o in others(layout.words, full, line.slot) if o.fit and not o.stands)

    hands.pick(full, line.slot, person=free.who.key, instead=line.who.key)
    plan = reading.plan_of(full)
    assert plan[free.who.key] == line.slot and line.who.key not in plan
    compute_again(full)

    assert reading.plan_of(full)[free.who.key] == line.slot
    assert free.who.key in {ln.who.key for ln in layout_of(full).locks()}


def test_replacing_against_a_rule_is_refused_in_words(full: FormationRun, place: Place) -> None:
    everyone, rows = place.town, place.rows
    layout = layout_of(full)
    platoon = next(b for b in layout.blocks() if b.name == "青溪镇应急排")
    line = next(ln for ln in platoon.lines if ln.place.endswith("卫生员"))
    unskilled = next(p for p in everyone.people if p.fate == "candidate" and "医护" not in p.skills)

    with pytest.raises(FormationChoiceRefused) as refusal:
        hands.pick(full, line.slot, person=str(rows[unskilled.key].pk), instead=line.who.key)

    assert "医护" in refusal.value.message


def test_a_lock_that_no_longer_fits_refuses_with_the_reason(full: FormationRun) -> None:
    person = next(iter(reading.plan_of(full)))
    hands.lock(full, person)
    row = Row.objects.get(pk=person)
    Absence.objects.create(division=row.division, person=row, left_on=date(2024, 6, 1),
                           destination="东屏县", reason="work")  # fmt: skip
    acts.again(full, at=NOON)

    with pytest.raises(FormationRefused) as refusal:
        acts.propose(full)

    assert "外出" in refusal.value.message and full.state == FormationRun.State.WORKING


def test_an_answer_the_checker_does_not_accept_is_never_shown() -> None:
    with pytest.raises(FormationNotProved):
        accepted({"way": "full", "report": {"sound": False, "broken": ["岗位编了 2 人"]}})
    with pytest.raises(FormationNotProved):
        accepted({"way": "full", "report": None})


def test_cancelling_leaves_nothing_half_written(place: Place) -> None:
    run = acts.begin(way="full", on=FORMATION_DAY, division=TOWN, at=NOON)

    def stop(share: float, _: str) -> None:
        if share > 0.04:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        acts.propose(run, tell=stop)

    kept = FormationRun.objects.get(pk=run.pk)
    assert (kept.state, kept.problem, kept.answer, kept.decisions) == ("working", {}, {}, {})
    compute_again(run)
    assert run.state == "proposed"


def test_the_job_computes_the_run_under_the_post_that_asked(place: Place) -> None:
    run = acts.begin(way="gaps", on=FORMATION_DAY, division=TOWN, at=NOON)
    job = acts.ask(run, at=NOON)

    assert jobs.run(job.pk) == "done"

    assert FormationRun.objects.get(pk=run.pk).state == "proposed"
    assert jobs.run(job.pk) == "skipped"


def test_roles_and_scope(gaps: FormationRun) -> None:
    for role in ("township_secretary", "village_company_leader", "county_support_office"):
        division = COUNTY if role.startswith("county") else TOWN
        with as_role(role, division), pytest.raises(ActNotYours):
            acts.begin(way="gaps", on=FORMATION_DAY, division=division, at=NOON)
    with as_role("township_armed_head", OTHER_TOWN):
        with pytest.raises(NotInScope):
            reading.run(gaps.pk)
        with pytest.raises(NotInScope):
            confirming.confirm(gaps, at=NOON, note="缺")
    with as_role("township_secretary"), pytest.raises(ActNotYours):
        confirming.confirm(gaps, at=NOON, note="缺")


def test_a_range_without_posts_is_refused_and_a_dropped_run_is_over(gaps: FormationRun) -> None:
    battalion = Unit.objects.get(name="青溪镇普通民兵营")
    empty = Unit.objects.create(division=TOWN, name="新建分队", level="squad", force="ordinary",
                                valid_from=date(2020, 1, 1))  # fmt: skip
    with pytest.raises(NothingToForm):
        acts.begin(way="gaps", on=FORMATION_DAY, division=TOWN, root=empty, at=NOON)
    run = acts.begin(way="gaps", on=FORMATION_DAY, division=TOWN, root=battalion, at=NOON)
    acts.propose(run)
    assert len(run.problem["seats"]) == 705 - 11 + 50
    acts.drop(run)

    with pytest.raises(FormationNotOpen):
        confirming.confirm(run, at=NOON)


def test_a_member_without_a_post_is_seated_where_he_fits(gaps: FormationRun) -> None:
    driver = Post.objects.get(name="驾驶员", unit__name="青溪镇应急排")
    spell = roster_on(FORMATION_DAY).filter(post=driver).first()
    assert spell is not None
    type(spell).objects.filter(pk=spell.pk).update(post=None)

    now = reading.snapshot_now(gaps)

    assert now.seats[str(spell.person_id)]["slot"] == str(driver.pk)
