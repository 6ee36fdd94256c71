"""Plans become campaigns: confirmed by a person, started whole, phases closed with their evidence."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.plans.problems import PlanClassified
from muster.engines.campaigns import actions, policies, queries
from muster.engines.campaigns.arranging import PhaseChange, arrange_phases
from muster.engines.campaigns.drafting import (
    CampaignDraft,
    DeadlineDraft,
    PhaseDraft,
    check_phases,
)
from muster.engines.campaigns.models import Campaign, PlanPaper
from muster.engines.campaigns.problems import (
    CampaignExists,
    CampaignState,
    DatesMissing,
    DeadlineUndated,
    EvidenceMissing,
    PaperDecided,
    PhaseInUse,
    PhasesBroken,
    PhaseState,
    TasksWithoutOwner,
)
from muster.engines.checklists import actions as checklist_actions
from muster.engines.checklists import queries as checklists
from muster.engines.tasks import actions as task_actions
from muster.engines.tasks.models import Task
from muster.ground.files.models import StoredFile
from muster.ground.journal.models import Entry
from muster.ground.register.models import Organisation
from muster.ground.rows import catalogue
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import acting
from muster.overview.story.plan import plan_bytes, plan_truth
from tests.factories import (
    COUNTY,
    NOON,
    OTHER_TOWN,
    TOWN,
    OrganisationFactory,
    actor,
    everything,
)

pytestmark = pytest.mark.usefixtures("county")
FIRST = date(2024, 4, 5)
# The phases of the 2024 reorganisation with their source dates and lengths.
FIVE = (("组织准备阶段", 4), ("宣传教育阶段", 17), ("调查摸底阶段", 25), ("编组配干阶段", 20),
        ("迎检总结上报阶段", 6))  # fmt: skip


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def phases() -> tuple[PhaseDraft, ...]:
    found, start = [], 0
    for name, days in FIVE:
        found.append(PhaseDraft(name, day(start), day(start + days - 1), (f"{name}的任务",)))
        start += days
    return tuple(found)


def draft(**values: Any) -> CampaignDraft:
    plain: dict[str, Any] = {
        "title": "2024年度民兵整组", "kind": "militia_reorganisation", "issuer": "县人武部",
        "year": 2024, "phases": phases(),
    }  # fmt: skip
    return CampaignDraft(**plain | values)


def campaign(*, owner: Organisation | None = None, division: str = TOWN, **values: Any) -> Campaign:
    role = "county_armed_department" if division == COUNTY else "armed_officer"
    with acting(actor(role, division, account=uuid4())):
        return actions.confirm(draft(**values), division=division, at=NOON, owner=owner)


def started() -> Campaign:
    made = campaign(owner=OrganisationFactory.create())
    with acting(actor()):
        return actions.start(made)


def prove_all(work: Campaign) -> None:
    for view in queries.phase_views(work):
        for item in view.items:
            checklist_actions.add_evidence(item, on=FIRST, at=NOON, note="已归档")


# --- the plan comes in ---


def test_the_demo_plan_is_read_kept_sealed_and_confirmed() -> None:
    truth = plan_truth()
    with acting(actor()):
        paper = actions.take_plan("方案.docx", plan_bytes(), division=TOWN, at=NOON)
        assert [p["start"] for p in paper.reading["phases"]] == [
            p["start"] for p in truth["phases"]
        ]
        assert all(paper.text[start:end] for _, start, end in paper.places)
        made = actions.confirm(draft(), division=TOWN, at=NOON, paper=paper)
        assert queries.paper(paper.pk).state == "confirmed"
        assert made.paper_id == paper.pk
        for again in (lambda: actions.confirm(draft(title="又"), division=TOWN, at=NOON, paper=paper),
                      lambda: actions.drop_plan(paper)):  # fmt: skip
            with pytest.raises(PaperDecided):
                again()


def test_a_paper_is_set_aside_once() -> None:
    with acting(actor()):
        paper = actions.take_plan("方案.docx", plan_bytes(), division=TOWN, at=NOON)
        actions.drop_plan(paper)
        assert list(queries.papers()) == []
        with pytest.raises(PaperDecided):
            actions.drop_plan(paper)


def test_of_a_classified_paper_nothing_is_kept_but_that_it_was_refused() -> None:
    with acting(actor()), pytest.raises(PlanClassified) as refusal:
        actions.take_plan(
            "机要.txt", "秘密★3年\n2024年度民兵整组工作方案".encode(), division=TOWN, at=NOON
        )
    with everything():
        assert PlanPaper.objects.count() == StoredFile.objects.count() == 0
    entry = Entry.objects.get()
    assert (entry.action, entry.facts) == ("plan.refused", {"problem": "plan.classified"})
    assert "非涉密" in refusal.value.message


# --- confirming ---


@pytest.mark.requirement("MIL-01")
def test_the_reorganisation_of_2024_has_five_phases_on_their_source_dates() -> None:
    made = campaign()
    with acting(actor()):
        told = [(p.name, (p.ends - p.starts).days + 1) for p in made.phases.all()]
        assert tuple(told) == FIVE
        assert (made.starts, made.ends) == (date(2024, 4, 5), date(2024, 6, 15))
        assert (made.ends - made.starts).days + 1 == 72
        assert queries.phase_on(made, date(2024, 5, 21)) == made.phases.get(order=4)
        assert all(v.required for v in queries.phase_views(made))


@pytest.mark.requirement("PLN-05")
@pytest.mark.parametrize(
    ("change", "words"),
    [({"starts": day(5)}, "空了 1 天"), ({"starts": day(3)}, "重叠"), ({"ends": day(3)}, "结束早于开始")],
)  # fmt: skip
def test_phases_that_gap_overlap_or_end_before_they_start_are_refused(
    change: dict[str, date], words: str
) -> None:
    broken = list(phases())
    broken[1] = replace(broken[1], **change)
    with pytest.raises(PhasesBroken) as refusal:
        campaign(phases=tuple(broken))
    assert words in refusal.value.message
    with everything():
        assert Campaign.objects.count() == 0


@given(st.lists(st.tuples(st.integers(-2, 3), st.integers(-1, 5)), min_size=1, max_size=6))
def test_exactly_contiguous_phases_pass(moves: list[tuple[int, int]]) -> None:
    """Each phase starts ``gap`` days after the earliest right day and lasts ``length`` + 1 days."""
    at, made = 0, []
    for gap, length in moves:
        start = at + (gap if made else 0)
        made.append(PhaseDraft(f"第{len(made)}阶段", day(start), day(start + length)))
        at = start + length + 1
    whole = all(gap == 0 for gap, _ in moves[1:]) and all(length >= 0 for _, length in moves)
    if whole:
        assert check_phases(made) == (made[0].starts, made[-1].ends)
    else:
        with pytest.raises(PhasesBroken):
            check_phases(made)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [({"phases": ()}, PhasesBroken), ({"phases": (PhaseDraft("甲", None, day(3)),)}, DatesMissing),
     ({"phases": (PhaseDraft("甲", day(0), None),)}, DatesMissing),
     ({"deadlines": (DeadlineDraft("报送电子表", None),)}, DeadlineUndated)],
)  # fmt: skip
def test_what_the_paper_did_not_say_must_be_filled_by_hand(
    values: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        campaign(**values)
    with everything():
        assert Campaign.objects.count() == Task.objects.count() == 0


def test_deadlines_become_tasks_of_the_phase_they_fall_into() -> None:
    made = campaign(deadlines=(DeadlineDraft("报名单", day(3)), DeadlineDraft("报总结", day(500))),
                    targets=({"value": "30", "unit": "人", "of": "应急排", "raw": "应急排30人"},))  # fmt: skip
    with acting(actor()):
        last = [[t.title for t in v.tasks] for v in queries.phase_views(made)]
        assert "报名单" in last[0]
        assert "报总结" in last[-1]
        assert made.targets.get().value == "30"


def test_a_title_stands_once_a_year() -> None:
    campaign()
    with pytest.raises(CampaignExists):
        campaign()
    assert campaign(year=2025).year == 2025


# --- starting, closing ---


@pytest.mark.requirement("PLN-01")
def test_a_campaign_starts_only_when_each_task_has_owner_and_date() -> None:
    made, owner = campaign(), OrganisationFactory.create()
    with acting(actor()):
        tasks = queries.tasks_without_owner(made)
        assert len(tasks) == 5
        for task in tasks[:-1]:
            task_actions.assign(task, owner=owner, due=task.due, needs_check=False)
        with pytest.raises(TasksWithoutOwner) as refusal:
            actions.start(made)
        assert tasks[-1].title in refusal.value.message
        task_actions.assign(tasks[-1], owner=owner, due=None, needs_check=False)
        with pytest.raises(TasksWithoutOwner):
            actions.start(made)
        task_actions.assign(tasks[-1], owner=owner, due=day(9), needs_check=False)
        assert actions.start(made).state == "active"
        with pytest.raises(CampaignState):
            actions.start(made)
    assert Entry.objects.filter(action="campaign.started").count() == 1


@pytest.mark.requirement("MIL-02")
@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
def test_a_phase_closes_only_with_all_the_evidence_its_checklist_demands(order: int) -> None:
    work = started()
    wanted = [
        e["items"] for e in catalogue.load("checklists/militia_reorganisation.yaml")["phases"]
    ]
    with acting(actor()):
        phase = work.phases.get(order=order)
        items = list(checklists.items_of(phase.pk))
        assert [i.label for i in items] == list(wanted[order - 1].values())
        for item in items:
            with pytest.raises(EvidenceMissing) as refusal:
                actions.close_phase(phase, at=NOON)
            assert item.label in refusal.value.message
            checklist_actions.add_evidence(item, on=FIRST, at=NOON, note="已归档")
        assert actions.close_phase(phase, at=NOON).state == "closed"
        with pytest.raises(PhaseState):
            actions.close_phase(phase, at=NOON)
    assert Entry.objects.filter(action="phase.closed").count() == 1


def test_a_campaign_closes_with_its_last_phase_and_opens_with_any() -> None:
    work = started()
    with acting(actor()):
        prove_all(work)
        for phase in work.phases.all():
            actions.close_phase(phase, at=NOON)
        assert queries.campaign(work.pk).state == "closed"
        with pytest.raises(CampaignState):
            arrange_phases(queries.campaign(work.pk), [])
        actions.reopen_phase(phase)
        assert queries.campaign(work.pk).state == "active"
        with pytest.raises(PhaseState):
            actions.reopen_phase(phase)


def test_a_draft_has_no_phase_to_close() -> None:
    work = campaign()
    with acting(actor()):
        prove_all(work)
        with pytest.raises(CampaignState):
            actions.close_phase(work.phases.get(order=1), at=NOON)


# --- arranging later ---


def as_they_are(work: Campaign) -> list[PhaseChange]:
    return [PhaseChange(p.pk, PhaseDraft(p.name, p.starts, p.ends)) for p in work.phases.all()]


def test_phases_are_moved_added_and_removed_together() -> None:
    work = campaign()
    with acting(actor()):
        wanted = as_they_are(work)
        wanted[0] = replace(wanted[0], draft=PhaseDraft("组织准备阶段", day(0), day(4)))
        wanted[1] = replace(wanted[1], draft=PhaseDraft("宣传教育阶段", day(5), day(20)))
        last = wanted[-1].draft.ends
        assert last
        new = PhaseDraft("回头看阶段", last + timedelta(days=1), last + timedelta(days=5))
        work = arrange_phases(work, [*wanted, PhaseChange(None, new)])

        assert [p.name for p in work.phases.all()][-1] == "回头看阶段"
        assert work.ends == new.ends
        moved = queries.view_of(work.phases.get(order=1))
        assert [t.due for t in moved.tasks] == [day(4)]

        work = arrange_phases(work, as_they_are(work)[:-1])
        assert (work.phases.count(), work.ends) == (5, last)
        with pytest.raises(PhasesBroken):
            arrange_phases(work, as_they_are(work)[::2])
    assert {"phase.added", "phase.changed", "phase.removed"} <= set(
        Entry.objects.values_list("action", flat=True)
    )


def test_a_phase_with_evidence_or_reports_is_not_removed() -> None:
    work = campaign()
    with acting(actor()):
        kept = as_they_are(work)[:-1]
        view = queries.phase_views(work)[-1]
        row = checklist_actions.add_evidence(view.items[0], on=FIRST, at=NOON, note="有")
        with pytest.raises(PhaseInUse):
            arrange_phases(work, kept)
        checklist_actions.take_back(row, at=NOON)
        task_actions.report(view.tasks[0], "已办", on=FIRST)
        with pytest.raises(PhaseInUse):
            arrange_phases(work, kept)
        task_actions.reopen(view.tasks[0])
        assert arrange_phases(work, kept).phases.count() == 4


# --- scope ---


def test_a_county_campaign_is_read_below_and_not_written() -> None:
    work = campaign(division=COUNTY)
    with acting(actor()):
        assert queries.campaign(work.pk) == work
        with pytest.raises(MayNotWriteThere):
            actions.start(work) if not queries.tasks_without_owner(work) else work.save()
        with pytest.raises(MayNotWriteThere):
            arrange_phases(work, as_they_are(work))
    assert not policies.may_run(actor(), "campaign.confirm", COUNTY)
    assert policies.may_run(actor(), "campaign.confirm", TOWN)


def test_a_township_sees_neither_plans_nor_campaigns_of_another() -> None:
    work = campaign()
    with acting(actor()):
        paper = actions.take_plan("方案.docx", plan_bytes(), division=TOWN, at=NOON)
    with acting(actor(division=OTHER_TOWN)):
        for ask, key in ((queries.campaign, work.pk), (queries.paper, paper.pk)):
            with pytest.raises(NotInScope):
                ask(key)  # type: ignore[operator]
