import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.sheets import Column, Merge, Sheet, find_header, fingerprint, match_columns
from muster.core.sheets.header import Header
from tests.core.sheets.made import COLUMNS


def header_of(rows: list[list[object]], *merges: Merge) -> Header:
    found = find_header(Sheet("名单", rows, merges=merges), COLUMNS)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_plain_header_is_found() -> None:
    found = header_of([["姓名", "身份证号", "电话"], ["张三", "x", "1"]])

    assert found.row_numbers == (1,)
    assert dict(found.mapping) == {0: "name", 1: "identity", 2: "phone"}
    assert not found.unknown and not found.missing


def test_titles_and_notes_above_are_passed_over() -> None:
    rows = [
        ["青溪镇民兵花名册"],
        [],
        ["填报单位：武装部", "", "日期：2026年3月"],
        ["姓名", "身份证号"],
        ["张三", "x"],
    ]

    assert header_of(rows).row_numbers == (4,)


@pytest.mark.parametrize(
    "written",
    ["身份证号", "身份证号 ", "身份证\n号", "身 份 证 号", "*身份证号", "身份证号＊", "身份证号：", "身份证号码（18位）",
     "公民身份号码", "身份证号\u200b", "身份证号[必填]", "★身份证号"],
)  # fmt: skip
def test_spellings_of_a_header_are_known(written: str) -> None:
    assert header_of([["姓名", written]]).mapping[1] == "identity"


def test_two_levels_with_merges_know_whose_name_it_is() -> None:
    rows = [
        ["序号", "基本情况", "", "父亲", "", "联系方式", ""],
        ["", "姓名", "身份证号码", "姓名", "电话", "手机", "固话"],
        [1, "张三", "x", "张大", "1", "2", "3"],
    ]
    merges = (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 0, 4), Merge(0, 5, 0, 6))

    merged, flat = header_of(rows, *merges), header_of(rows)

    for found in (merged, flat):
        assert found.last_row == 2
        assert dict(found.mapping) == {1: "name", 2: "identity", 5: "phone"}
    assert merged.row_numbers == (1, 2)
    assert merged.texts[3] == "父亲 / 姓名"


@pytest.mark.parametrize("merged", [True, False])
def test_a_fathers_phone_is_never_ones_own(merged: bool) -> None:
    rows = [
        ["基本情况", "", "父亲", ""],
        ["姓名", "身份证号", "称呼", "电话"],
        ["张三", "x", "张大", "1"],
    ]
    merges = (Merge(0, 0, 0, 1), Merge(0, 2, 0, 3)) if merged else ()

    assert set(header_of(rows, *merges).mapping.values()) == {"name", "identity"}


@pytest.mark.parametrize("title", ["现役军人家属名单", "填表负责人：李四"])
def test_a_title_about_others_names_no_column(title: str) -> None:
    rows = [[title], ["姓名", "身份证号", "电话"], ["张三", "x", "1"]]

    assert len(header_of(rows).mapping) == 3


def test_three_levels_are_read_and_a_merged_title_is_no_level() -> None:
    rows = [
        ["花名册", "", "", ""],
        ["人员", "", "", "备注"],
        ["基本", "", "联系", ""],
        ["姓名", "身份证号", "手机", ""],
        ["张三", "x", "1", ""],
    ]
    merges = (Merge(0, 0, 0, 3), Merge(1, 0, 1, 2), Merge(2, 0, 2, 1), Merge(1, 3, 3, 3))

    found = header_of(rows, *merges)

    assert found.row_numbers == (2, 3, 4)
    assert dict(found.mapping) == {0: "name", 1: "identity", 2: "phone", 3: "note"}


def test_a_sub_header_nobody_asked_for_is_still_header() -> None:
    rows = [["姓名", "身份证号", "成绩", ""], ["", "", "一", "二"], ["张三", "x", 1, 2]]
    merges = (Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 3))

    assert header_of(rows, *merges).row_numbers == (1, 2)


def test_two_sensitive_columns_of_equal_right_are_left_open() -> None:
    found = header_of([["姓名", "身份证号", "手机", "电话"]])

    assert "phone" not in found.mapping.values()
    assert [(other.text, other.candidates) for other in found.unknown] == [
        ("手机", ("phone",)),
        ("电话", ("phone",)),
    ]


def test_the_exact_label_goes_before_another_name() -> None:
    found = header_of([["姓名", "联系电话", "身份证号", "手机号码"]])

    assert found.mapping[3] == "phone" and 1 not in found.mapping


def test_of_two_plain_columns_the_first_is_taken() -> None:
    found = header_of([["姓名", "身份证号", "备注", "备注"]])

    assert found.mapping[2] == "note"
    assert [other.index for other in found.unknown] == [3]


@pytest.mark.parametrize(
    "text", ["父亲姓名", "联系人电话", "负责人姓名", "配偶身份证号", "填表人姓名"]
)
def test_another_persons_column_is_never_taken(text: str) -> None:
    assert 2 not in header_of([["姓名", "身份证号", text]]).mapping


@pytest.mark.parametrize(
    ("text", "key"), [("现所在村组", "village"), ("手机号码2", "phone"), ("出生日期时间", "born")]
)
def test_a_near_name_is_offered_not_taken(text: str, key: str) -> None:
    unknown = header_of([["姓名", "身份证号", text]]).unknown

    assert [(other.text, other.candidates) for other in unknown] == [(text, (key,))]


def test_what_a_person_confirmed_is_remembered() -> None:
    texts = ["姓名", "身份证号", "号 码", "无用"]

    found = match_columns(texts, COLUMNS, {"号码": "phone", "无用": ""})

    assert found.mapping[2] == "phone"
    assert not found.unknown


def test_missing_required_columns_are_named() -> None:
    assert header_of([["姓名", "电话"]]).missing == ("identity",)


def test_a_sheet_without_these_columns_has_no_header() -> None:
    assert find_header(Sheet("说明", [["姓名要填全"], ["第二条", "x"]]), COLUMNS) is None
    assert find_header(Sheet("空", []), COLUMNS) is None


def test_a_header_repeated_on_every_page_does_not_hide_the_rows_above() -> None:
    rows = [["人员姓名", "身份证号码"], ["张三", "x"], ["姓名", "身份证号"], ["李四", "y"]]

    assert header_of(rows).row_numbers == (1,)


@given(st.lists(st.text(max_size=6), max_size=8))
def test_a_fingerprint_ignores_spacing_and_width(texts: list[str]) -> None:
    spaced = [f" {text}\n" for text in texts]

    assert fingerprint(texts) == fingerprint(spaced)
    assert len(fingerprint(texts)) == 16


@given(st.lists(st.lists(st.text(max_size=5), max_size=6), max_size=8), st.integers(0, 2**32))
def test_any_sheet_is_searched_without_a_crash(rows: list[list[str]], seed: int) -> None:
    chance = random.Random(seed)
    merges = tuple(
        Merge(top, left, top + chance.randrange(4), left + chance.randrange(4))
        for top, left in ((chance.randrange(8), chance.randrange(6)) for _ in range(3))
    )
    words = [["姓名", "身份证号", "手机"], *rows]
    chance.shuffle(words)

    found = find_header(Sheet("名单", [list(row) for row in words], merges=merges), COLUMNS)

    assert found is None or all(
        key in {column.key for column in COLUMNS} for key in found.mapping.values()
    )


def test_a_column_set_of_one_is_found_by_one_column() -> None:
    found = find_header(
        Sheet("a", [["单位名称"], ["甲"]]), (Column("unit", "单位名称", required=True),)
    )

    assert found is not None and found.mapping == {0: "unit"}
