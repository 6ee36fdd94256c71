"""Templates to fill in: drop-downs, text columns, a marked example, and how to fill them."""

import io
from collections.abc import Sequence
from typing import Any

from muster.core.sheets.body import EXAMPLE_MARK
from muster.core.sheets.columns import Column
from muster.core.sheets.model import column_letter
from muster.core.sheets.repair_plain import CREATED, WRITER_OPTIONS
from muster.core.sheets.writer import width_of

TEMPLATE_PROPERTY = "MusterTemplate"
_INLINE = 255  # Excel keeps no longer list inside a cell rule
_STOPS = ("", "。", "？", "！")
_KIND_HELP = {
    "id": "18 位号码，末位可以是 X。本列已设为文本，不会变成科学计数法。",
    "phone": "手机 11 位；固定电话写区号，如 0999-1234567。",
    "date": "写成 2001-03-05；只知道年月就写 2001-03。",
    "int": "只填数字，不写单位。",
    "yes_no": "填“是”或“否”。",
    "name": "证件上的姓名；少数民族姓名中的点写“·”。",
}


def write_template(
    columns: Sequence[Column],
    *,
    kind: str,
    version: str,
    title: str,
    guide: Sequence[str] = (),
    one: str = "一人",
    rows: int = 2000,
) -> bytes:
    """Return an .xlsx template for ``kind`` of list with ``rows`` prepared rows.

    ``one`` says what a row is (一人, 一单位). The example row begins with 示例： and is skipped by the import; the header is protected
    (without password) and frozen; ``kind/version`` stands in the document properties.
    """
    import xlsxwriter  # 0.3 s that the reading process does not spend

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, WRITER_OPTIONS)
    book.set_properties(CREATED | {"title": title})
    book.set_custom_property(TEMPLATE_PROPERTY, f"{kind}/{version}")
    page = book.add_worksheet("名单")
    help_page = book.add_worksheet("怎么填")
    choices = book.add_worksheet("选项")
    choices.hide()
    _write_list(book, page, columns, title)
    for index, column in enumerate(columns):
        rule = _rule(column, index, choices)
        if rule:
            page.data_validation(3, index, rows + 2, index, rule)
    _write_help(book, help_page, columns, guide, one)
    book.close()
    return buffer.getvalue()


def _write_list(book: Any, page: Any, columns: Sequence[Column], title: str) -> None:
    head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    plain = book.add_format(head | {"bg_color": "#F2F2F2"})
    needed = book.add_format(head | {"bg_color": "#FDE9D9"})
    open_text = book.add_format({"num_format": "@", "locked": False})
    example = book.add_format({"num_format": "@", "locked": False, "italic": True,
                               "font_color": "#808080", "bg_color": "#F9F9F9"})  # fmt: skip
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
    for index, column in enumerate(columns):
        # Every column is text: dates and numbers are read from text, and no digit is lost.
        page.set_column(index, index, width_of(column), open_text)
        star = "*" if column.required else ""
        page.write_string(1, index, f"{column.label}{star}", needed if star else plain)
        hint = help_of(column)
        if hint:
            page.write_comment(1, index, hint, {"x_scale": 1.5})
        text = f"{EXAMPLE_MARK}{column.example}" if index == 0 else column.example
        page.write_string(2, index, text, example)
    page.set_row(1, 32)
    page.freeze_panes(2, 1)
    free = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows",
            "sort", "autofilter")  # fmt: skip
    page.protect("", dict.fromkeys(free, True))


def help_of(column: Column) -> str:
    """Return one line on how to fill the column."""
    told = column.help or _KIND_HELP.get(column.kind, "")
    listed = "、".join(column.allowed)
    # 男或女 beside 可填：男、女 says nothing more.
    if told.replace("或", "、") == listed:
        told = ""
    parts = ["必填。" if column.required else "", told if told[-1:] in _STOPS else f"{told}。"]
    if column.allowed:
        parts.append(f"可填：{'、'.join(column.allowed)}。")
    return "".join(parts)


def _rule(column: Column, index: int, choices: Any) -> dict[str, Any] | None:
    """Return the cell rule; it warns and lets the clerk go on, as the import explains better."""
    allowed = column.allowed or (("是", "否") if column.kind == "yes_no" else ())
    if allowed:
        choices.write_column(0, index, allowed)
        letter = column_letter(index)
        short = len(",".join(allowed)) <= _INLINE and not any("," in word for word in allowed)
        source = list(allowed) if short else f"=选项!${letter}$1:${letter}${len(allowed)}"
        message = "请从下拉列表里选，或按列表里的写法填写。"
        return {"validate": "list", "source": source} | _warning("不在列表里", message)
    if column.kind == "id":
        message = "身份证号应为 18 位，请核对。"
        return {"validate": "length", "criteria": "==", "value": 18} | _warning("位数不对", message)
    return None


def _warning(title: str, message: str) -> dict[str, str]:
    return {"error_type": "warning", "error_title": title, "error_message": message}


def _write_help(
    book: Any, page: Any, columns: Sequence[Column], guide: Sequence[str], one: str
) -> None:
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    lines = (
        f"{one}一行，从灰色示例行的下一行填起；示例行不用删，导入时会跳过。",
        "列的次序可以换，列名不要改；不用的列可以留空。",
        "填好后直接保存，在“导入”里选这个文件。有问题的行会带着原因退回，其余的先入库。",
        *guide,
    )
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 10)
    page.set_column(2, 2, 70)
    for row, line in enumerate(lines):
        page.write_string(row, 0, f"{row + 1}. {line}")
    top = len(lines) + 1
    for index, word in enumerate(("列名", "是否必填", "怎么填")):
        page.write_string(top, index, word, bold)
    for row, column in enumerate(columns, top + 1):
        page.write_string(row, 0, column.label, cell)
        page.write_string(row, 1, "必填" if column.required else "选填", cell)
        page.write_string(row, 2, help_of(column), cell)
