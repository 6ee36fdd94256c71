import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from muster.core.sheets import find_tables, plain_text, read, safe_text, write_csv, write_table
from muster.core.sheets.model import Cell
from tests.core.sheets.made import COLUMNS

HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "|x", "%x", "＝1+1", "＋1", "－1", "＠x",
    "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "\ufeff=1", "\xa0=1", "\u3000=1", "\x0b=1", "\u202e=1",
    '=HYPERLINK("http://x")', "{=1}", "'=1", "''=1",
]  # fmt: skip
# What XML 1.0 can hold; surrogates and other control characters cannot stand in a workbook.
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="=+-@\t"),
    min_size=1, max_size=12,
)  # fmt: skip
VISIBLE = TEXTS.filter(lambda text: text.strip("\u200b\ufeff \t\r\n\xa0\u3000") != "")
NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES.filter(
                lambda name: name[0] not in "合总小共累备注说填制审负单联经主领盖报第以此本示"
            ),
            "identity": st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
            "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
            "note": VISIBLE,
            "born": st.dates(date(1950, 1, 1), date(2020, 1, 1)),
        }
    ),
    min_size=1,
    max_size=5,
)


def read_back(data: bytes, filename: str) -> list[dict[str, Cell]]:
    table = find_tables(read(data, filename), COLUMNS).found[0]
    return [
        {key: cell for key, cell in values.items() if cell != ""} for _, values in table.values()
    ]


@settings(max_examples=40, deadline=None)
@given(RECORDS)
def test_what_is_written_as_xlsx_is_read_back_the_same(records: list[dict[str, Cell]]) -> None:
    assert read_back(write_table(COLUMNS, records, title="花名册"), "名单.xlsx") == records


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_what_is_written_as_csv_is_read_back_the_same(records: list[dict[str, Cell]]) -> None:
    texts = [{key: str(cell) for key, cell in record.items()} for record in records]

    assert read_back(write_csv(COLUMNS, records), "名单.csv") == texts


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_defused_in_csv_and_typed_in_xlsx(text: str) -> None:
    assert plain_text(safe_text(text)) == text
    stripped = text.lstrip(" \t\r\n\u200b\ufeff\xa0\u3000\x0b\u202e")
    if stripped[:1] in "=+-@|%＝＋－＠":
        assert safe_text(text).startswith("'")

    page = load_workbook(
        io.BytesIO(write_table(COLUMNS, [{"name": "张三", "note": text}]))
    ).worksheets[0]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("text", ["张三", "a=b", "1-2", "", "a@b", "50%"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert safe_text(text) == text


@given(st.text())
def test_defusing_can_always_be_undone(text: str) -> None:
    assert plain_text(safe_text(text)) == text


def test_digits_that_matter_are_text_cells() -> None:
    record: dict[str, Cell] = {
        "name": "张三",
        "identity": "000000199503041236",
        "phone": 13800000000.0,
    }

    page = load_workbook(io.BytesIO(write_table(COLUMNS, [record]))).worksheets[0]

    assert page["B2"].value == "000000199503041236" and page["B2"].number_format == "@"
    assert page["C2"].value == "13800000000" and page["C2"].data_type == "s"
