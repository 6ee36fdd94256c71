"""Score sheets out of workbooks: the dirty one against its golden, and any grid at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.assessment import ReadSheet, as_entry, from_entry, in_words, read_sheet, score
from muster.core.assessment.facts import Facts
from muster.core.kernel import Problem
from muster.core.sheets import read
from tests.core.assessment.papers import HEADER, MERGES, ROWS, workbook

GOLDEN = Path(__file__).with_name("golden.yaml")
PLAIN = ["序号", "考评内容", "分值", "评分标准", "自评分", "考评分"]


def _told(found: ReadSheet) -> dict[str, Any]:
    return {
        "sheet": as_entry(found.sheet),
        "marks": {
            code: [
                None if p is None else in_words(p) for p in (mark.self_points, mark.review_points)
            ]
            for code, mark in found.marks.items()
        },
        "unclear": [one.text for one in found.unclear],
        "contradictions": [one.text for one in found.contradictions],
    }


def test_an_office_sheet_with_its_dirt_reads_as_it_was_checked_by_hand() -> None:
    (page,) = read(workbook(), "考评表.xlsx").sheets
    merges = [(m.top, m.left, m.bottom, m.right) for m in page.merges]

    found = read_sheet(page.rows, merges=merges, first_row=page.first_row)

    assert _told(found) == yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    assert from_entry(as_entry(found.sheet)) == found.sheet


def test_rows_are_named_as_the_user_sees_them_whatever_the_first_row_is() -> None:
    moved = [(t + 3, left, b + 3, right) for t, left, b, right in MERGES]

    found = read_sheet(ROWS, merges=moved, first_row=4)

    assert found.sheet.items[0].place == "第8行"
    assert len(found.sheet.items) == 13


def _one(*row: object) -> ReadSheet:
    return read_sheet([PLAIN, [1, *row]])


def test_headings_that_fill_a_row_hold_what_follows() -> None:
    found = read_sheet(
        [PLAIN, ["一、组织领导（6分）"], ["（一）班子（6分）"], [1, "计划", 6, "完成的得6分"],
         ["", "二、宣传教育", 5], [1, "教育", 5, "按比例得分"], ["合计11分"]]
    )  # fmt: skip
    made = found.sheet

    assert [(h.code, h.title, h.points) for h in made.all_headings] == [
        ("1", "一、组织领导", 24), ("1.1", "（一）班子", 24), ("2", "二、宣传教育", 20),
    ]  # fmt: skip
    assert made.points == 44
    assert found.contradictions == ()


def test_three_levels_of_columns_nest_and_go_on_where_cells_are_blank() -> None:
    found = read_sheet(
        [["2026年考核细则（满分100分）"], ["一级指标", "二级指标", "三级指标", "分值", "计分办法", "扣分", "得分"],
         ["组织（40分）", "班子（20分）", "议题", 10, "未落实的扣2分"], ["", "", "清单", 10, "每缺1项扣1分，扣完为止"],
         ["", "机构（20分）", "干部", 20, "配齐的得20分；未配齐不得分"],
         ["民兵（60分）", "编组（60分）", "按时完成", "60", "按完成比例得分"], ["总分", "", "", 100]]
    )  # fmt: skip

    assert [(h.code, h.title) for h in found.sheet.all_headings] == [
        ("1", "组织"), ("1.1", "班子"), ("1.2", "机构"), ("2", "民兵"), ("2.1", "编组"),
    ]  # fmt: skip
    assert [len(item.rules) for item in found.sheet.items] == [1, 1, 1, 1]
    assert (found.sheet.points, found.unclear, found.contradictions) == (400, (), ())


def test_a_chinese_numeral_in_its_own_column_opens_a_heading() -> None:
    found = read_sheet(
        [PLAIN, ["一", "组织", 30], [1, "计划", 10, "未制定扣10分"], [2, "经费", 20, "未列入扣5分"],
         ["（一）", "训练", 70], [1, "训练率", 70, "按比例得分"], ["", "合计", 100]]
    )  # fmt: skip

    assert [(h.code, h.title, h.points) for h in found.sheet.all_headings] == [
        ("1", "一、组织", 120), ("1.3", "（一）训练", 280)
    ]  # fmt: skip


def test_a_penalty_heading_takes_away_and_is_not_part_of_the_total() -> None:
    found = read_sheet(
        [PLAIN, ["一、工作（10分）"], [1, "计划", 10, ""], ["二、扣分项"], [1, "迟报", "", "每次扣0.5分，最多扣2分"],
         [2, "错报", "", "每次扣1分"], ["合计", "", 10]]
    )  # fmt: skip
    late, wrong = found.sheet.headings[1].items

    assert (late.points, late.least, len(late.rules)) == (0, -8, 1)
    assert wrong.by_hand  # how deep it may go is not said
    assert found.contradictions == ()
    assert [one.item for one in found.unclear] == ["2.2"]


def test_items_under_a_heading_of_vetoes_are_vetoes() -> None:
    found = read_sheet(
        [
            PLAIN,
            ["一、工作（10分）"],
            [1, "计划", 10, ""],
            ["二、一票否决项"],
            [1, "发生安全事故", "", ""],
        ]
    )

    assert [(veto.title, veto.item) for veto in found.sheet.vetoes] == [("发生安全事故", "2.1")]
    assert found.unclear == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("计划", "若干", ""), "分值写着“若干”，读不出分数，按 0 分的手工项目保留。"),
        (
            ("计划（5分）和经费（6分）", "", "未列入的扣5分"),
            "分值写着“5、6”，读不出分数，按 0 分的手工项目保留。",
        ),
        (("计划", "", "未制定的扣1分"), "没有写分值，按 0 分的手工项目保留。"),
        (("计划", "", ""), "没有写分值，按 0 分的手工项目保留。"),
        (("计划", 0.1, ""), "分值 0.1 不是 0.25 的整数倍，按 0 分的手工项目保留。"),
        (("计划（5分）", 6, ""), "分值列写 6 分，文字里写 5 分，按分值列读取。"),
        (
            ("计划", 3, "较好得3分；一般得2分"),
            "评分办法里各条得分加起来超过 3 分，可能是几选一，本项保留为手工项目。",
        ),
        (("计划", 3, "", "", "4"), "考评分写 4 分，超出本项范围，没有读入。"),
        (("计划", 3, "", "0.3"), "自评分写着“0.3”，读不出分数，没有读入。"),
    ],
)
def test_what_is_not_understood_is_kept_for_people_and_said(
    row: tuple[object, ...], said: str
) -> None:
    found = _one(*row)

    assert [one.text for one in found.unclear] == [f"第2行：{said}"]
    assert found.sheet.items[0].by_hand
    assert found.marks == {}


@pytest.mark.parametrize(
    ("rows", "code"),
    [([["姓名", "电话"], ["甲", "1"]], "assessment.no_header"), ([], "assessment.no_header"),
     ([PLAIN], "assessment.no_items"), ([PLAIN] * 2_001, "assessment.too_many_rows")],
)  # fmt: skip
def test_a_table_that_is_no_score_sheet_is_refused(rows: list[list[str]], code: str) -> None:
    with pytest.raises(Problem) as refusal:
        read_sheet(rows)

    assert refusal.value.code == code
    assert refusal.value.message


cells = st.one_of(
    st.none(), st.integers(0, 30), st.floats(0, 20), st.booleans(),
    st.sampled_from(["一、组织（10分）", "（二）训练", "计划（5分）", "10分", "0.3", "合计", "小计", "说明：无", "一票否决",
                     "每次加0.5分，最多2分", "未开展的扣1分", "按比例得分", "90分以上为达优", "加分项", "扣分项",
                     *HEADER]),
    st.text(max_size=8),
)  # fmt: skip
grids = st.lists(st.lists(cells, max_size=8), max_size=14)
blocks = st.lists(st.tuples(*[st.integers(0, 14)] * 4), max_size=5)


@settings(max_examples=150)
@given(grids, blocks)
def test_any_grid_is_read_whole_or_refused(
    rows: Sequence[Sequence[object]], merges: list[tuple[int, int, int, int]]
) -> None:
    found = _read_unless_refused([PLAIN, *rows], merges)
    if found is None:
        return

    assert from_entry(as_entry(found.sheet)) == found.sheet
    assert score(found.sheet, Facts()).sheet is found.sheet
    assert all(one.text for one in (*found.unclear, *found.contradictions))
    for item in found.sheet.items:
        assert item.least <= 0 <= item.most


def _read_unless_refused(
    rows: Sequence[Sequence[object]], merges: list[tuple[int, int, int, int]]
) -> ReadSheet | None:
    try:
        return read_sheet(rows, merges=merges)
    except Problem as refusal:
        return None if refusal.message else pytest.fail("a refusal says nothing")
