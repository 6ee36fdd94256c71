"""Totals that do not add up become warnings that point at the text; what was read stays."""

import pytest

from muster.core.plans import read_bytes, read_text
from muster.overview.story.plan import plan_bytes, plan_truth

HEAD = "2024年度工作方案\n二、编组任务\n"


def mismatches(table: str) -> list[tuple[str, str]]:
    document = read_text(HEAD + table.replace(" ", "\t"))
    return [(w.message, w.raw or "") for w in document.warnings if w.code == "total.mismatch"]


def test_the_demo_plans_wrong_total_is_named_in_the_table_and_in_the_sentence() -> None:
    document = read_bytes(plan_bytes(), "方案.docx")
    found = [w for w in document.warnings if w.code == "total.mismatch"]

    assert any("1925" in w.message and "1915" in w.message for w in found)
    assert any(
        (w.raw or "") in plan_truth()["contradiction"] and "1925" in (w.raw or "") for w in found
    )


def test_a_sentence_over_a_page_break_is_one_task() -> None:
    document = read_bytes(plan_bytes(), "方案.docx")
    tasks = [task for phase in document.phases for task in phase.tasks]

    assert plan_truth()["furniture"] not in document.text
    assert any("户籍迁出人员及时办理出队手续" in task for task in tasks)


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("乡镇 甲 乙 合计\n东镇 1 2 3\n西镇 3 4 7\n合计 4 6 10\n", 0),
        ("乡镇 甲 乙 合计\n东镇 1 — 1\n西镇 3 4 7\n合计 4 4 8\n", 0),
        ("乡镇 人数\n东镇 10\n西镇 20\n合计 31\n", 1),
        ("乡镇 甲 乙 合计\n东镇 1 2 4\n西镇 3 4 7\n合计 4 6 11\n", 2),
        ("乡镇 人数\n东镇 1\n西镇 2\n小计 3\n南镇 4\n北镇 5\n小计 9\n总计 12\n", 0),
        ("乡镇 人数\n东镇 1\n西镇 2\n小计 3\n南镇 4\n北镇 5\n小计 9\n总计 13\n", 1),
        ("乡镇 说明\n东镇 见通知\n西镇 20\n合计 31\n", 0),
        ("乡镇 人数\n东镇 10\n合计 31\n", 0),
    ],
)
def test_a_table_is_added_up(table: str, count: int) -> None:
    assert len(mismatches(table)) == count, mismatches(table)
