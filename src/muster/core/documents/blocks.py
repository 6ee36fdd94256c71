"""Blocks of a template: paragraphs in a statutory style, tags on lines of their own, tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from muster.core.documents.statutory import LINE


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, the name of its cell in each row, its width."""

    heading: str
    cell: str
    width_mm: int
    align: str = "center"


def paragraph(text: str, style: str = "MusterBody") -> str:
    """Return a paragraph; tabs in the text become tab stops."""
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in text.split("\t")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def blank(lines: int = 1) -> str:
    """Return empty lines that stay with what follows."""
    return '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr></w:p>' * lines


def last_line() -> str:
    """Return the paragraph that Word wants after a table at the end, too low to make a page."""
    return (
        '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def heading(level: int, text: str) -> str:
    """Return a heading; its number is written when the document is rendered."""
    return paragraph(text, f"Heading{level}")


def tag(code: str) -> str:
    """Return a line that holds one template tag and vanishes with it."""
    return paragraph(f"{{%p {code} %}}", "MusterBody")


def when(condition: str, *blocks: str) -> str:
    """Return blocks that stand only where the condition holds."""
    return tag(f"if {condition}") + "".join(blocks) + tag("endif")


def each(name: str, sequence: str, *blocks: str) -> str:
    """Return blocks repeated for each item."""
    return tag(f"for {name} in {sequence}") + "".join(blocks) + tag("endfor")


def table(columns: Sequence[Column], rows: str) -> str:
    """Return a ruled table over the width of the text with one line for each row of ``rows``.

    Its heading is repeated on every page and no line is torn by a page's end.
    """
    widths = [column.width_mm * 1440 * 10 // 254 for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = [
        (c.heading, w, "MusterCellHead", "center") for c, w in zip(columns, widths, strict=True)
    ]
    line = [
        (f"{{{{ row.{c.cell} }}}}", w, "MusterCell", c.align)
        for c, w in zip(columns, widths, strict=True)
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{_BORDERS}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(head, header=True)}{_tag_row(f'for row in {rows}', len(columns), sum(widths))}"
        f"{_row(line)}{_tag_row('endfor', len(columns), sum(widths))}</w:tbl>"
    )


_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (
            ("top", 8),
            ("left", 8),
            ("bottom", 8),
            ("right", 8),
            ("insideH", 4),
            ("insideV", 4),
        )
    )
    + "</w:tblBorders>"
)


def _row(cells: Sequence[tuple[str, int, str, str]], *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for text, width, style, align in cells
    )
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{LINE}" w:hRule="atLeast"/>{repeated}'
        f"</w:trPr>{filled}</w:tr>"
    )


def _tag_row(code: str, span: int, width: int) -> str:
    return (
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
        f'</w:tcPr><w:p><w:pPr><w:pStyle w:val="MusterCell"/></w:pPr>'
        f"<w:r><w:t>{{%tr {code} %}}</w:t></w:r></w:p></w:tc></w:tr>"
    )


def imprint(copies: str, issuer: str, day: str) -> str:
    """Return the 版记 at the foot of the last page: copies to, then who printed and when.

    A frame holds it there: LibreOffice lets a floating table slip up to the text. The lines come
    from the style, because the same borders on the paragraphs would undo the frame.
    """
    return _imprint_line(f"抄送：{copies}") + _imprint_line(f"{issuer}\t{day}印发")


def _imprint_line(text: str) -> str:
    frame = (
        '<w:framePr w:w="8845" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
        'w:xAlign="center" w:yAlign="bottom"/>'
    )
    line = paragraph(text, "MusterImprint")
    return line.replace("</w:pPr>", f"{frame}</w:pPr>", 1)
