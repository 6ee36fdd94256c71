import io

from openpyxl import load_workbook

from muster.core.sheets import TEMPLATE_PROPERTY, Column, find_tables, read, write_template
from tests.core.sheets.made import COLUMNS

LONG = Column(
    "unit", "依托单位", allowed=tuple(f"青溪镇第{number}村民委员会" for number in range(60))
)
MADE = write_template((*COLUMNS, LONG), kind="people", version="3", title="民兵花名册")


def test_a_template_read_back_has_all_columns_and_no_rows() -> None:
    table = find_tables(read(MADE, "模板.xlsx"), (*COLUMNS, LONG)).found[0]

    assert list(table.header.mapping.values()) == [column.key for column in (*COLUMNS, LONG)]
    assert not table.header.unknown and not table.header.missing
    assert not table.rows
    assert table.skipped_by_reason == {"example": 1}


def test_a_template_carries_its_kind_and_version() -> None:
    assert read(MADE, "模板.xlsx").properties[TEMPLATE_PROPERTY] == "people/3"


def test_the_header_is_frozen_protected_and_explained_and_rows_are_open_text() -> None:
    page = load_workbook(io.BytesIO(MADE))["名单"]

    assert page.freeze_panes == "B3"
    assert page.protection.sheet and page["A2"].protection.locked
    assert not page.column_dimensions["A"].protection.locked
    assert page.column_dimensions["B"].number_format == "@"
    assert "18 位" in page["B2"].comment.text and "必填" in page["B2"].comment.text


def test_closed_lists_drop_down_also_when_they_are_long() -> None:
    page = load_workbook(io.BytesIO(MADE))["名单"]

    sources = {str(rule.sqref)[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert sources["D"] == '"男,女"'
    assert sources["H"] == "选项!$H$1:$H$60"
    assert sources["B"] == "18"


def test_the_help_sheet_explains_every_column() -> None:
    page = load_workbook(io.BytesIO(MADE))["怎么填"]

    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert all(column.label in text for column in COLUMNS)
    assert "示例行不用删" in text


def test_the_same_columns_give_the_same_bytes() -> None:
    assert write_template((*COLUMNS, LONG), kind="people", version="3", title="民兵花名册") == MADE
