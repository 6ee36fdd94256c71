import io
import time

import docx

from muster.overview.story.plan import plan_bytes, plan_truth
from muster.overview.story.plan_text import STATED_TOTAL, TABLE_TOTAL, TOWN_TABLE


def text_of_plan() -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(plan_bytes())).paragraphs]


def test_the_plan_opens_and_says_what_its_truth_says() -> None:
    lines, truth = text_of_plan(), plan_truth()
    whole = "\n".join(lines)

    assert truth["title"] in lines and truth["issuer"] in lines
    for phase in truth["phases"]:
        assert phase["name"] in whole
        assert all(f"{task}。" in whole for task in phase["tasks"])
    assert all(one["raw"] in lines for one in truth["milestones"])
    assert all(one["raw"] in lines for one in truth["stretches"])
    assert all(f"{one['of']}{one['value']}人" in whole for one in truth["quotas"])
    assert all(seat["holder"] in whole for seat in truth["bodies"][0]["seats"])


def test_the_five_phases_follow_one_another_without_gap() -> None:
    phases = plan_truth()["phases"]

    assert len(phases) == 5
    assert (phases[0]["start"], phases[-1]["end"]) == ("2024-04-05", "2024-06-15")
    days = [(one["start"], one["end"]) for one in phases]
    assert days[1] == ("2024-04-09", "2024-04-25") and days[3] == ("2024-05-21", "2024-06-09")


def test_the_faults_of_the_plan_are_in_it() -> None:
    lines, truth = text_of_plan(), plan_truth()

    assert truth["contradiction"] in lines and truth["vague"] in lines
    assert truth["furniture"] in lines
    assert sum(row[-1] for row in TOWN_TABLE) == 1915 != STATED_TOTAL
    assert all(sum(row[1:-1]) == row[-1] for row in TOWN_TABLE)
    assert all(sum(row[at] for row in TOWN_TABLE) == TABLE_TOTAL[at] for at in range(1, 5))


def test_the_plan_has_the_same_bytes_at_any_moment() -> None:
    first = plan_bytes()
    time.sleep(2.1)

    assert plan_bytes() == first
