import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from muster.core.sheets import (
    RowFault,
    Workbook,
    find_tables,
    read,
    read_repair,
    write_repair,
)
from muster.core.sheets.repair import repair_plan
from muster.core.sheets.repair_plain import plain_repair
from tests.core.sheets.made import COLUMNS, xlsx
from tests.core.sheets.old_xls import xls

ID = "000000199503041236"
ROWS: list[list[Any]] = [
    ["青溪镇民兵花名册", "", "", "", ""],
    ["填报：武装部", "", "", "", ""],
    ["序号", "姓名", "身份证号码", "联系电话", "出生日期"],
    [1, "张三", ID, 13800000001, date(1995, 3, 4)],
    [2, "李四", 1.1010119900101e17, "138", date(1995, 3, 5)],
    [],
    [3, "=HYPERLINK(0)", "0001", "", "1995.13"],
    ["合计", "3人", "", "", ""],
]
FAULTS = [
    RowFault("名单", 5, "后几位已经丢失", "identity"),
    RowFault("名单", 5, "位数不对", "phone"),
    RowFault("名单", 7, "=cmd|不是姓名", "name"),
]


def merged_and_wide(_: Any, page: Any) -> None:
    page.merge_range(0, 0, 0, 4, "青溪镇民兵花名册")
    page.set_column(2, 2, 33)


def repaired(data: bytes, filename: str = "名单.xlsx") -> bytes:
    return write_repair(data, filename, FAULTS, columns=COLUMNS, job="job-7")


def plainly_repaired() -> bytes:
    book = read(xlsx(ROWS, merged_and_wide), "名单.xlsx")
    return plain_repair(repair_plan(book, FAULTS, COLUMNS, "job-7"))


@pytest.fixture(scope="module", params=["styled", "plain", "old", "text"])
def answer(request: pytest.FixtureRequest) -> bytes:
    if request.param == "styled":
        return repaired(xlsx(ROWS, merged_and_wide))
    if request.param == "plain":
        return plainly_repaired()
    texts = [[str(cell) for cell in row] for row in ROWS]
    if request.param == "old":
        numbers = [
            [cell if isinstance(cell, str | float) else str(cell) for cell in row] for row in ROWS
        ]
        return repaired(xls(numbers), "名单.xls")
    data = "\n".join(",".join(row) for row in texts).encode("gb18030")
    return repaired(data, "名单.csv")


def test_faulty_rows_come_back_under_the_users_own_header(answer: bytes) -> None:
    sheet = read(answer, "问题.xlsx").sheets[0]

    assert sheet.name == "名单"
    assert sheet.row(1)[0] == "青溪镇民兵花名册"
    assert sheet.row(3) == [*ROWS[2], "问题", "原行号"]
    assert [row[1] for row in sheet.rows[3:]] == ["李四", "=HYPERLINK(0)"]
    assert [row[6] for row in sheet.rows[3:]] == [5, 7]
    assert sheet.row(4)[5] == "身份证号码：后几位已经丢失；联系电话：位数不对"


def test_no_cell_is_a_formula_and_texts_stay_texts(answer: bytes) -> None:
    page = load_workbook(io.BytesIO(answer)).worksheets[0]

    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert page["B5"].value == "=HYPERLINK(0)" and page["B5"].data_type == "s"
    assert page["C4"].number_format == page["D4"].number_format == "@"
    assert page["C5"].value == "0001"


def test_faulty_cells_are_coloured_and_annotated(answer: bytes) -> None:
    page = load_workbook(io.BytesIO(answer)).worksheets[0]

    assert page["C4"].comment.text == "后几位已经丢失"
    assert page["C4"].fill.fgColor.rgb.endswith("FFC7CE")
    assert page["B4"].comment is None
    assert page["F4"].font.color.rgb.endswith("C00000")


def test_a_returned_repair_file_knows_its_job_and_rows(answer: bytes) -> None:
    found = read_repair(read(answer, "问题.xlsx"))

    assert found is not None
    assert (found.job, found.rows) == ("job-7", {"名单": {4: 5, 5: 7}})


def test_a_returned_repair_file_is_matched_like_the_first(answer: bytes) -> None:
    book = read(answer, "问题.xlsx")

    table = find_tables(book, COLUMNS).found[0]

    assert table.header.mapping == {1: "name", 2: "identity", 3: "phone", 4: "born"}
    assert [other.text for other in table.header.unknown] == ["序号"]
    assert [row.number for row in table.rows] == [4, 5]


def test_widths_merges_and_dates_of_the_users_file_are_kept() -> None:
    page = load_workbook(io.BytesIO(repaired(xlsx(ROWS, merged_and_wide)))).worksheets[0]

    assert page.column_dimensions["C"].width == pytest.approx(33, abs=1)
    assert [str(merge) for merge in page.merged_cells.ranges] == ["A1:E1"]
    assert page["E4"].value.date() == date(1995, 3, 5)
    assert page["E4"].number_format == "yyyy-mm-dd"


def test_rows_the_clerk_adds_have_no_first_row() -> None:
    book = load_workbook(io.BytesIO(repaired(xlsx(ROWS))))
    book.worksheets[0].append([9, "王五", ID])
    buffer = io.BytesIO()
    book.save(buffer)

    found = read_repair(read(buffer.getvalue(), "问题.xlsx"))

    assert found is not None
    assert found.rows == {"名单": {4: 5, 5: 7}}


def test_an_ordinary_file_is_no_repair_file() -> None:
    assert read_repair(read(xlsx(ROWS), "名单.xlsx")) is None


def test_only_sheets_with_faults_go_back() -> None:
    data = xlsx(ROWS, lambda book, _: book.add_worksheet("说明").write_string(0, 0, "x"))

    assert load_workbook(io.BytesIO(repaired(data))).sheetnames == ["名单"]


def test_a_repair_of_a_repair_carries_the_new_job() -> None:
    first = repaired(xlsx(ROWS))
    again = write_repair(
        first,
        "问题.xlsx",
        [RowFault("名单", 4, "还是不对", "identity")],
        columns=COLUMNS,
        job="job-8",
    )

    book: Workbook = read(again, "问题.xlsx")

    found = read_repair(book)
    assert found is not None and found.job == "job-8"
    assert found.rows == {"名单": {4: 4}}
    assert book.sheets[0].row(3).count("问题") == 1


def test_values_merged_downwards_stand_in_each_row_that_returns() -> None:
    rows = [["村", "姓名", "身份证号"], ["青溪村", "张三", "x"], ["", "李四", "y"]]
    data = xlsx(rows, lambda _, page: page.merge_range(1, 0, 2, 0, "青溪村"))

    out = write_repair(
        data, "a.xlsx", [RowFault("名单", 3, "校验不通过", "identity")], columns=COLUMNS, job="j"
    )

    assert read(out, "b.xlsx").sheets[0].row(2)[:3] == ["青溪村", "李四", "y"]


def test_a_file_whose_styles_break_the_copier_still_goes_back() -> None:
    from tests.core.sheets.made import rezip

    def spoil(parts: dict[str, bytes]) -> None:
        parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<cellXfs", b"<oddXfs")

    data = rezip(xlsx(ROWS), spoil)

    found = read_repair(read(repaired(data), "问题.xlsx"))
    assert found is not None and found.rows == {"名单": {4: 5, 5: 7}}


def test_columns_that_a_person_named_go_back_too() -> None:
    data = xlsx([["姓名", "证件", "号码"], ["张三", ID, "138"]])
    remembered = {"名单": {"证件": "identity", "号码": "phone"}}
    faults = [RowFault("名单", 2, "位数不对", "phone")]

    out = write_repair(data, "a.xlsx", faults, columns=COLUMNS, job="j", remembered=remembered)

    assert read(out, "b.xlsx").sheets[0].row(2)[:4] == ["张三", ID, "138", "号码：位数不对"]
