"""Tables in text files: encoding, delimiter, records."""

import csv
import io
import re

from muster.core.sheets.model import MAX_COLUMNS, MAX_ROWS, Cell, Sheet
from muster.core.sheets.problems import (
    FileDamaged,
    FileEncoding,
    FileKindRefused,
    FileTooManyColumns,
    FileTooManyRows,
)
from muster.core.sheets.safe import plain_text

_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table|style|meta)", re.IGNORECASE).match
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]").search
_DELIMITERS = "\t,;，；"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: BOM first, then UTF-8, GB18030, UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\0" in data[:200]:
        # Of a delimiter or digit the high byte is zero: it stands second in little-endian text.
        low, high = data[:2000:2].count(0), data[1:2000:2].count(0)
        encoding = "utf-16-le" if high >= low else "utf-16-be"
        return _decoded(data, encoding)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _decoded(data, encoding)
        except FileEncoding:
            continue
    raise FileEncoding


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise FileEncoding from None
    if _CONTROL(text[:65_536]):
        raise FileKindRefused(found="这不是表格文件，")
    return text, encoding


def looks_like_markup(text: str) -> bool:
    """Return whether the text is a web page or XML that only calls itself a table."""
    return _MARKUP(text[:2000]) is not None


def read_text(data: bytes, name: str) -> Sheet:
    """Return the one sheet of a text file; a row number counts records, as Excel shows them."""
    text, _ = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[list[Cell]] = []
    try:
        for record in reader:
            rows.append([plain_text(cell) for cell in record])
            if len(rows) > MAX_ROWS:
                raise FileTooManyRows(sheet=name, row=len(rows), limit=200_000)
            if len(record) > MAX_COLUMNS:
                raise FileTooManyColumns(sheet=name, columns=len(record), limit=MAX_COLUMNS)
    except csv.Error:
        raise FileDamaged from None
    return Sheet(name, rows)


def _delimiter(text: str) -> str:
    """Return the delimiter that splits most of the first lines into the same number of parts."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()][:25]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines]
        common = max((count for count in counts if count), key=counts.count, default=0)
        score = counts.count(common) * min(common, 50) if common else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best
