"""Marks of state secrets on a table: such a file is refused, not stored."""

import re
from collections.abc import Iterable, Sequence

from muster.core.sheets.model import Cell, Workbook
from muster.core.sheets.problems import FileClassified

_WORDS = ("秘密", "机密", "绝密")
_BARE: frozenset[object] = frozenset(_WORDS)
# 秘密★, 机密★10年, 密级：秘密, （绝密）, 【机密】, 秘密 3年
_MARK = re.compile(
    r"(?:(?P<star>秘密|机密|绝密)[★☆*＊]"
    r"|密级(?:和保密期限)?[:：]?[\[【(（]?(?P<named>秘密|机密|绝密)"
    r"|^[\[【(（]?(?P<alone>秘密|机密|绝密)[\]】)）]?(?:[:：]?(?:\d+年|长期|\d+个月))?$)"
)
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_HEAD, _TAIL = 30, 10


def refuse_classified(workbook: Workbook, filename: str, *, texts: Iterable[str] = ()) -> None:
    """Raise ``FileClassified`` for a mark in name, sheet name, title, foot or any mark cell.

    ``texts`` are headers, footers and text boxes. Words inside sentences (保密教育) are no marks.
    """
    _check(filename.rpartition(".")[0], where="文件名")
    for text in texts:
        _check(text, where="页眉页脚或文本框")
    for sheet in workbook.sheets:
        _check(sheet.name, where="工作表名")
        last = len(sheet.rows) - _TAIL
        for index, row in enumerate(sheet.rows):
            if index < _HEAD or index >= last or not _BARE.isdisjoint(row):
                _check_row(row, where=f"工作表“{sheet.name}”第 {sheet.first_row + index} 行")


def _check_row(row: Sequence[Cell], *, where: str) -> None:
    for cell in row:
        if isinstance(cell, str) and len(cell) < 400:
            _check(cell, where=where)


def _check(text: str, *, where: str) -> None:
    if "密" not in text:
        return
    match = _MARK.search(_BLANKS.sub("", text))
    if match:
        mark = match["star"] or match["named"] or match["alone"]
        raise FileClassified(mark=mark, where=where)
