"""What the table parser does not tell of an .xlsx: lost cells, headers and footers, our marks."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import chain, islice
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from muster.core.sheets.guard import Scans
from muster.core.sheets.model import UNCALCULATED
from muster.core.sheets.problems import FileDamaged

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LOOSE = re.compile(r"xl/(?:drawings/[^/]+\.xml|comments[^/]*\.xml)", re.IGNORECASE).fullmatch
_MARGIN = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]{0,4000})<")
_RUN = re.compile(rb"<(?:a:)?t(?: [^>]*)?>([^<]{0,4000})<")
_ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_FORMULA = re.compile(rb"<c ([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v>([^<]*)</v>|<v ?/>)?")
_REF = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_MOST_LOST = 10_000
_OURS = "Muster"


class Package:
    """The parts of a guarded .xlsx file."""

    def __init__(self, data: bytes, scans: Scans) -> None:
        """Open the container; the guard has already counted it."""
        self._scans = scans
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = self._zip.namelist()
        self._parts = self._sheet_parts()

    def _xml(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        try:
            return fromstring(self._zip.read(name))
        except (ParseError, DefusedXmlException, zipfile.BadZipFile):
            raise FileDamaged from None

    def _sheet_parts(self) -> dict[str, str]:
        """Return the part behind every sheet name."""
        book, links = self._xml("xl/workbook.xml"), self._xml("xl/_rels/workbook.xml.rels")
        if book is None or links is None:
            return {}
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        parts = {}
        for sheet in book.iter():
            if sheet.tag.endswith("}sheet"):
                target = targets.get(sheet.get(_REL), "").lstrip("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                parts[sheet.get("name", "")] = part
        return parts

    def lost_cells(self, sheet: str) -> Iterator[tuple[int, int, str]]:
        """Yield row, column (from 0) and text of error cells and formulas without a result."""
        part = self._parts.get(sheet, "")
        if part not in self._scans or not self._scans[part].loses_cells:
            return
        content = self._zip.read(part)
        found = chain(_ERROR.finditer(content), _FORMULA.finditer(content))
        lost = ((_REF.search(cell[1]), _lost_text(cell)) for cell in found)
        for place, text in islice(((place, text) for place, text in lost if text), _MOST_LOST):
            if place:
                yield int(place[2]) - 1, _column(place[1]), text

    def loose_texts(self) -> Iterator[str]:
        """Yield the texts of headers, footers, comments and text boxes."""
        for name in self._names:
            if name in self._scans:
                # Page headers stand after the cells, near the end of the part.
                content, pattern = self._scans[name].tail, _MARGIN
            elif _LOOSE(name):
                content, pattern = self._zip.read(name), _RUN
            else:
                continue
            for raw in pattern.findall(content):
                yield re.sub(r"&[LCRDPNAFTGKBIUESXYZ]|&\"[^\"]*\"|&\d+", "", _text(raw))

    def muster_properties(self) -> dict[str, str]:
        """Return the document properties that Muster's own writers left (Muster…)."""
        root = self._xml("docProps/custom.xml")
        if root is None:
            return {}
        found = {item.get("name", ""): "".join(item.itertext()) for item in root}
        return {name: value for name, value in found.items() if name.startswith(_OURS)}


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))


def _lost_text(cell: re.Match[bytes]) -> str:
    """Return what to show of an error or a formula; "" when it has a result the parser reads."""
    attributes, value = cell[1], cell[2]
    if b't="e"' in attributes:
        return _text(value) if value else "#N/A"
    # An empty text (t="str") is a result; no value at all is not.
    return "" if value or b't="str"' in attributes else UNCALCULATED


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
