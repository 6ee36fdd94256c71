"""The text of a .docx: paragraphs with their automatic numbers, tables, text boxes, in reading order."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

from muster.core.plans.marks import refuse_classified
from muster.core.plans.numbers import AutoNumbers
from muster.core.plans.problems import PlanDamaged, PlanFormatUnknown, PlanTooLarge, PlanUnsafe

EXPANDED = 200 * 1024 * 1024
_PARTS = 4000
_DROP = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:instrText"),
        qn("w:rPr"),
        qn("w:pPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_BOX = qn("w:txbxContent")


def docx_text(data: bytes, name: str) -> str:
    """Return the words of a Word file, table cells parted by tabs; refuses bombs, DTDs and other archives."""
    _guard(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
    except (
        KeyError,
        ValueError,
        XMLSyntaxError,
        zipfile.BadZipFile,
        OSError,
        AttributeError,
    ) as error:
        raise PlanDamaged(file=name, why="Word 文件内容已损坏") from error
    numbers = AutoNumbers(document)
    for section in document.sections:
        refuse_classified(
            "\n".join(
                p.text
                for part in (section.header, section.first_page_header)
                for p in part.paragraphs
            )
        )
    return "\n".join(_blocks(document.element.body, document, numbers))


def _guard(data: bytes, name: str) -> None:
    """Refuse an archive that would expand too far, or whose XML brings its own grammar."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > EXPANDED or len(members) > _PARTS:
                raise PlanTooLarge(file=name, size=size // 1024**2, limit=EXPANDED // 1024**2)
            if "word/document.xml" not in archive.namelist():
                raise PlanFormatUnknown(file=name, what="别的压缩格式（如表格、幻灯片或压缩包）")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_grammar(archive.read(member), name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise PlanDamaged(file=name, why="压缩结构已损坏或加密") from error


def _refuse_grammar(xml: bytes, name: str) -> None:
    plain = xml.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise PlanUnsafe(file=name, why="XML 中带有 DTD")


def _blocks(parent: Any, document: Any, numbers: AutoNumbers) -> Iterator[str]:
    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            yield from _paragraph(element, document, numbers)
        elif element.tag == qn("w:tbl"):
            yield from _rows(Table(element, document), numbers)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _blocks(element, document, numbers)


def _paragraph(element: Any, document: Any, numbers: AutoNumbers) -> Iterator[str]:
    boxes: list[Any] = []
    words = "".join(_words(element, boxes))
    yield numbers.label(element) + words if words.strip() else words
    for box in boxes:
        yield from _blocks(box, document, numbers)


def _words(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\f" if child.get(qn("w:type")) == "page" else "\n"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in _DROP and not (
            child.tag == qn("w:r") and child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
        ):
            yield from _words(child, boxes)


def _rows(table: Table, numbers: AutoNumbers) -> Iterator[str]:
    """Yield a line per row; a cell merged over rows or columns speaks once."""
    seen: set[object] = set()
    yield ""
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            element = cell._tc  # noqa: SLF001 -- python-docx names merged cells only through it
            if element in seen:
                if not cells or element.getparent() is not row._tr:  # noqa: SLF001
                    cells.append("")
                continue
            seen.add(element)
            words = (" ".join(part.split("\n")) for part in _blocks(element, table, numbers))
            cells.append(
                "\u3000".join(word.replace("\t", " ").strip() for word in words if word.strip())
            )
        yield "\t".join(cells) if len(cells) > 1 else "".join(cells)
    yield ""
