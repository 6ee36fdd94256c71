"""Files made for the tests: honest workbooks and crafted ones."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from muster.core.sheets import Column

COLUMNS = (
    Column("name", "姓名", ("人员姓名",), kind="name", required=True, example="张三"),
    Column(
        "identity",
        "身份证号",
        ("身份证号码", "公民身份号码"),
        kind="id",
        required=True,
        sensitive=True,
    ),
    Column("phone", "手机号码", ("联系电话", "手机", "电话"), kind="phone", sensitive=True),
    Column("sex", "性别", allowed=("男", "女")),
    Column("born", "出生日期", ("出生年月",), kind="date"),
    Column("village", "所在村", ("村（社区）", "村"), help="写行政村全称。"),
    Column("note", "备注"),
)


def xlsx(rows: Sequence[Sequence[Any]], change: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return a workbook of typed cells; ``change`` gets book and sheet for more."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("名单")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, column, value, day)
            elif value not in (None, ""):
                page.write(number, column, value)
    if change:
        change(book, page)
    book.close()
    return buffer.getvalue()


def rezip(data: bytes, change: Callable[[dict[str, bytes]], None], *, level: int = 6) -> bytes:
    """Return the container with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(cells: str, *, before: str = "") -> bytes:
    """Return the XML of a sheet around ready cells."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    ).encode()


def with_sheet(xml: bytes) -> bytes:
    """Return a workbook whose only sheet has this XML."""

    def put(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet1.xml"] = xml

    return rezip(xlsx([["姓名"]]), put)
