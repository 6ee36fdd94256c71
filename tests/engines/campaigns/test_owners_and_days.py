"""Whose a campaign's tasks are, by when, and how its phases stand on a day."""

from uuid import uuid4

import pytest

from muster.engines.campaigns import queries
from muster.engines.campaigns.drafting import DeadlineDraft
from muster.engines.campaigns.joining import matter_of
from muster.engines.tasks import actions as task_actions
from muster.engines.tasks.queries import tasks_of_campaigns
from muster.ground.rows.scope import acting
from tests.engines.campaigns.test_campaigns import FIRST, campaign, day, started
from tests.factories import COUNTY, OTHER_TOWN, TOWN, OrganisationFactory, actor

pytestmark = pytest.mark.usefixtures("county")


def test_a_deadline_that_names_a_task_gives_it_its_day_and_no_second_task() -> None:
    told = "组织准备阶段的任务"
    made = campaign(deadlines=(DeadlineDraft(f"{told}。", day(2)), DeadlineDraft("报名单", day(3)),
                               DeadlineDraft("报名单", day(3))))  # fmt: skip
    with acting(actor()):
        first = queries.phase_views(made)[0].tasks
        assert {(t.title, t.due) for t in first} == {(told, day(2)), ("报名单", day(3))}


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("完成", "11月25日前完成", "成立领导机构，由各乡镇武装部负责，11月25日前完成"),
        ("上报花名册", "上报民兵花名册各1份", "上报民兵花名册各1份"),
        ("报名单", "4月8日前报名单", ""),
        ("完成", "完成", ""),
    ],
)
def test_a_deadline_is_joined_to_the_matter_its_words_stand_in(
    name: str, raw: str, expected: str
) -> None:
    matters = ["成立领导机构，由各乡镇武装部负责，11月25日前完成", "上报民兵花名册各1份"]
    assert matter_of(name, raw, matters) == expected


@pytest.mark.parametrize(
    ("state", "n", "expected"),
    [("draft", 5, "未启动"), ("active", -1, "未开始"), ("active", 2, "进行中"),
     ("active", 4, "到期未结束")],
)  # fmt: skip
def test_a_phase_says_how_it_stands_on_a_day(state: str, n: int, expected: str) -> None:
    made = campaign() if state == "draft" else started()
    with acting(actor()):
        assert queries.phase_views(made)[0].stage(day(n)) == expected


def test_what_the_county_gives_a_township_stands_on_the_townships_own_list() -> None:
    owner = OrganisationFactory.create(division=TOWN)
    other = OrganisationFactory.create(division=OTHER_TOWN)
    work = campaign(owner=owner, division=COUNTY)
    with acting(actor()):
        mine = list(tasks_of_campaigns([work.pk]))
        assert len(mine) == 5
        task_actions.report(mine[0], "已办", on=FIRST)
    county = actor("county_armed_department", COUNTY, account=uuid4())
    with acting(county):
        assert tasks_of_campaigns([work.pk]).filter(state="done").count() == 1
        task_actions.assign(mine[1], owner=other, due=day(3), needs_check=False)
        task_actions.assign(mine[2], owner=None, due=day(3), needs_check=False)
    with acting(actor(division=OTHER_TOWN)):
        assert [t.pk for t in tasks_of_campaigns([work.pk])] == [mine[1].pk]
    with acting(actor()):
        assert mine[1].pk not in set(tasks_of_campaigns([work.pk]).values_list("pk", flat=True))
