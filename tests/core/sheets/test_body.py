import pytest

from muster.core.sheets import FileProblem, Merge, Sheet, Table, Workbook, find_tables
from muster.core.sheets.model import FileKind
from tests.core.sheets.made import COLUMNS

HEAD = ["序号", "姓名", "身份证号", "手机"]
ID = "000000199503041236"


def table(rows: list[list[object]], *merges: Merge) -> Table:
    sheet = Sheet("名单", [HEAD, *rows], merges=merges)  # type: ignore[list-item]
    return find_tables(Workbook((sheet,), FileKind("xlsx")), COLUMNS).found[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["合计", "20人", "", ""], "total"),
        (["", "合 计", "", ""], "total"),
        (["小计：", "", "", 5], "total"),
        (["总计", "", "", ""], "total"),
        (["备注：以上人员属实", "", "", ""], "note"),
        (["填表人：李四", "", "审核人：王五", ""], "note"),
        (["说明：1.本表一式两份", "", "", ""], "note"),
        (["注", "", "", ""], "note"),
        (["填报单位（盖章）", "", "", ""], "note"),
        (["", "以下空白", "", ""], "note"),
        (["第 1 页 共 3 页", "", "", ""], "note"),
        (HEAD, "repeated_header"),
        (["1", "2", "3", "4"], "column_numbers"),
        (["甲", "1", "2", "3"], "column_numbers"),
        ([7, "", "", ""], "numbered_only"),
        (["", "示例：张三", ID, ""], "example"),
        (["", "", "", "", "在表格外面的话"], "outside_columns"),
    ],
)  # fmt: skip
def test_rows_that_are_no_people_are_left_out_and_counted(row: list[object], reason: str) -> None:
    found = table([[1, "张三", ID, ""], row, [2, "李四", ID, ""]])

    assert [other.number for other in found.rows] == [2, 4]
    assert [(skip.row, skip.reason) for skip in found.skipped] == [(3, reason)]
    assert found.skipped_by_reason == {reason: 1}


@pytest.mark.parametrize(
    "name", ["合小明", "总其昌", "备德", "说不得", "注册", "甲乙", "共工", "示小例", "第五伦"]
)
def test_people_with_such_names_are_people(name: str) -> None:
    assert len(table([[1, name, ID, ""], ["", name, "", ""]]).rows) == 2


def test_a_row_with_an_identity_number_is_never_a_total_or_note() -> None:
    found = table([["合计", "张三", ID, ""], ["备注：", "李四", ID, ""]])

    assert len(found.rows) == 2


def test_blank_rows_keep_the_numbers_of_the_others() -> None:
    found = table(
        [[], ["", "", " ", None], [1, "张三", ID, ""], ["\u3000", "", "", ""], [2, "李四", ID, ""]]
    )

    assert [row.number for row in found.rows] == [4, 6]
    assert found.blank == 3


def test_every_row_below_the_header_is_accounted_for() -> None:
    rows: list[list[object]] = [
        [1, "张三", ID, ""],
        [],
        ["合计", "", "", ""],
        [3, "", "", ""],
        HEAD,
        [2, "李四", "", ""],
    ]
    found = table(rows)

    assert len(found.rows) + len(found.skipped) + found.blank == len(rows)


def test_a_value_merged_downwards_counts_for_each_of_its_rows() -> None:
    head = ["所在村", "姓名", "身份证号"]
    rows = [["青溪村", "张三", ID], ["", "李四", ID], ["", "王五", ID]]
    sheet = Sheet("名单", [head, *rows], merges=(Merge(1, 0, 2, 0),))  # type: ignore[list-item]

    found = find_tables(Workbook((sheet,), FileKind("xlsx")), COLUMNS).found[0]

    assert [values["village"] for _, values in found.values()] == ["青溪村", "青溪村", ""]
    assert sheet.rows[2][0] == ""


def test_a_column_the_sheet_lacks_is_absent_and_an_empty_cell_is_empty() -> None:
    _, values = next(table([[1, "张三", ID]]).values())

    assert values == {"name": "张三", "identity": ID, "phone": ""}
    assert "village" not in values


def test_sheets_with_the_list_are_taken_and_the_others_named() -> None:
    people = [["姓名", "身份证号"], ["张三", ID]]
    sheets = (
        Sheet("一村", people),  # type: ignore[arg-type]
        Sheet("说明", [["请如实填写"]]),
        Sheet("旧", people, hidden=True),  # type: ignore[arg-type]
        Sheet("空", []),
        Sheet("二村", people, 5),  # type: ignore[arg-type]
    )
    book = Workbook(sheets, FileKind("xlsx"))

    found = find_tables(book, COLUMNS)

    assert [other.sheet.name for other in found.found] == ["一村", "二村"]
    assert found.found[1].rows[0].number == 6
    assert [(other.name, other.reason) for other in found.skipped] == [
        ("说明", "no_header"), ("旧", "hidden"), ("空", "empty"),
    ]  # fmt: skip
    assert len(find_tables(book, COLUMNS, include_hidden=True).found) == 3


def test_a_file_without_the_columns_says_which_are_needed() -> None:
    with pytest.raises(FileProblem) as problem:
        find_tables(Workbook((Sheet("a", [["x"]]),), FileKind("xlsx")), COLUMNS)

    assert problem.value.code == "file.no_header"
    assert "姓名、身份证号" in problem.value.message
