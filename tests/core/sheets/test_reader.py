from datetime import date

import pytest

from muster.core.sheets import FileProblem, Merge, is_blank, is_error, read
from muster.core.sheets.model import UNCALCULATED, column_letter
from tests.core.sheets.made import sheet_xml, with_sheet, xlsx
from tests.core.sheets.old_xls import xls


def test_cells_keep_their_types_and_rows_the_numbers_the_user_sees() -> None:
    data = xlsx([[], [], ["", "姓名", "年龄"], [], ["", "张三", 30, 1.5, True, date(2001, 2, 3)]])

    sheet = read(data, "名单.xlsx").sheets[0]

    assert sheet.first_row == 3
    assert sheet.row(3) == ["", "姓名", "年龄", "", "", ""]
    assert sheet.row(5) == ["", "张三", 30, 1.5, True, date(2001, 2, 3)]
    assert all(is_blank(cell) for cell in sheet.row(4))
    assert sheet.row(99) == sheet.row(1) == []


def test_old_workbooks_give_the_same_rows() -> None:
    rows = [["姓名", "电话"], ["张三", 13800000000.0], ["李四𬭎", "x"]]

    sheet = read(xls(rows), "名单.xls").sheets[0]

    assert (sheet.name, sheet.rows) == (
        "名单",
        [["姓名", "电话"], ["张三", 13800000000.0], ["李四𬭎", "x"]],
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_are_read_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    lines = [["姓名", "电话", "备注"], ["张三", "13800000000", "a b"], [], ["李四", "", ""]]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)

    sheet = read(data, "名单.csv").sheets[0]

    assert sheet.rows == lines
    assert sheet.row(4)[0] == "李四"


def test_quoted_text_with_breaks_is_one_row() -> None:
    sheet = read('姓名,备注\r\n张三,"一\n二,三"\r\n李四,""\r\n'.encode(), "a.csv").sheets[0]

    assert sheet.rows == [["姓名", "备注"], ["张三", "一\n二,三"], ["李四", ""]]


def test_errors_and_uncalculated_formulas_are_said_not_lost() -> None:
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f></c><c r="B3"><f>A1</f><v></v></c><c r="C3"><f>A1</f></c></row>'
        '<row r="4"><c r="A4" t="str"><f>""</f><v></v></c><c r="B4"><v>1</v></c></row>'
    )

    sheet = read(with_sheet(sheet_xml(cells)), "名单.xlsx").sheets[0]

    assert sheet.row(2) == ["#DIV/0!", 2]
    assert sheet.row(3) == [UNCALCULATED, UNCALCULATED, UNCALCULATED]
    assert is_blank(sheet.row(4)[0])
    assert is_error(sheet.row(2)[0]) and is_error(sheet.row(3)[0]) and not is_error("#1")


def test_formulas_are_never_evaluated() -> None:
    data = xlsx([["姓名"]], lambda _, page: page.write_formula(1, 0, "=1+1", None, "存下的值"))

    assert read(data, "名单.xlsx").sheets[0].row(2) == ["存下的值"]


def test_hidden_sheets_and_merges_are_told() -> None:
    def change(book: object, page: object) -> None:
        page.merge_range(1, 0, 2, 0, "张三")  # type: ignore[attr-defined]
        book.add_worksheet("旧").hide()  # type: ignore[attr-defined]

    found = read(xlsx([["姓名"]], change), "名单.xlsx")

    assert found.sheets[0].merges == (Merge(1, 0, 2, 0),)
    assert [sheet.hidden for sheet in found.sheets] == [False, True]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="300000"><c r="A300000"><v>1</v></c></row>', "file.too_many_rows"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>', "file.too_many_columns"),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "file.too_many_columns"),
    ],
)  # fmt: skip
def test_sheets_past_the_limits_are_refused_with_their_size(cells: str, code: str) -> None:
    with pytest.raises(FileProblem) as problem:
        read(with_sheet(sheet_xml(cells)), "名单.xlsx")

    assert problem.value.code == code
    assert "名单" in problem.value.message


def test_a_text_file_past_the_limits_is_refused() -> None:
    with pytest.raises(FileProblem, match=r"too_many_columns"):
        read(b"a," * 250, "a.csv")
    with pytest.raises(FileProblem, match=r"too_many_rows"):
        read(b"a\n" * 200_100, "a.csv")


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR")])
def test_columns_have_letters(index: int, letter: str) -> None:
    assert column_letter(index) == letter
