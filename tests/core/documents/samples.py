"""Invented reports, and what people and office programs do to a finished file."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from muster.core.documents import (
    BoundFigure,
    Content,
    DocumentKind,
    StoredFigure,
    load_kind,
    muster_row,
    strength_row,
    transfer_row,
)
from muster.core.documents.blocks import paragraph
from muster.core.documents.markup import attribute, child, is_w, parse, plain, within
from muster.core.documents.package import open_package, pack
from muster.core.documents.statutory import package

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "catalogue" / "documents"
GOLDEN = ROOT / "tests" / "golden" / "documents"
TOWN = "990101001000"


def kind(name: str) -> DocumentKind:
    return load_kind((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"))


def template(name: str) -> bytes:
    return (CATALOGUE / f"{name}.docx").read_bytes()


def figure(code: str, value: float | str, key: str = "", printed: str = "") -> BoundFigure:
    return BoundFigure(
        key or f"fig-{code}",
        code,
        value,
        printed or str(value),
        TOWN,
        "2024-01-01/2024-12-31",
        "2024-06-12",
        f"名称{code}",
    )


def figures(of: DocumentKind, values: Mapping[str, float]) -> list[BoundFigure]:
    return [
        of.bound(
            code,
            key=f"fig-{code}",
            value=value,
            scope=TOWN,
            period="2024-01-01/2024-12-31",
            as_of="2024-06-12",
        )
        for code, value in values.items()
    ]


REORGANISED = {
    "I-03": 30,
    "I-04": 20,
    "I-05": 5,
    "I-06": 705,
    "I-07": 760,
    "I-45": 100.0,
    "I-50.opening": 748,
    "I-50.in": 41,
    "I-50.out": 29,
    "I-50.closing": 760,
    "I-51.expected": 50,
    "I-51.present": 48,
    "I-51": 96.0,
}


def reorganisation(values: Mapping[str, float] = REORGANISED, *, tables: bool = True) -> Content:
    """The full report of an invented town; fewer values leave more out."""
    of = kind("reorganisation_report")

    def cell(name: str, value: int) -> BoundFigure:
        return figure("I-03", value, key=f"cell-{name}")

    rows = {
        "strength": [
            strength_row(
                "应急排",
                planned=cell("p1", 30),
                actual=cell("a1", 30),
                vacant=cell("v1", 0),
                contributed=cell("c1", 0),
            ),
            strength_row(
                "柳河村民兵连",
                planned=cell("p2", 120),
                actual=cell("a2", 118),
                vacant=cell("v2", 2),
                contributed=None,
            ),
        ],
        "transfers": [
            transfer_row(
                "柳河村民兵连",
                opening=cell("o", 110),
                joined=cell("j", 12),
                left=cell("l", 4),
                closing=cell("e", 118),
            )
        ],
        "muster": [
            muster_row(
                "应急排",
                day="2024年6月9日",
                expected=cell("x", 30),
                present=cell("y", 29),
                absent=cell("z", 1),
                rate=figure("I-51", 96.7, key="cell-r", printed="96.7%"),
            )
        ],
    }
    return of.content(
        "0190a1b2-aaaa-7000-8000-000000000001",
        day=date(2024, 6, 12),
        issuer="青禾县柳河镇人民武装部",
        figures=figures(of, values),
        rows=rows if tables else {},
        paragraphs={
            "organisation": ["组织准备阶段成立领导小组，召开部署会议。"],
            "problems": ["部分行政村外出民兵较多。"],
            "plan": ["完善外出民兵联系制度，按月核对联系方式。"],
        },
        words={
            "place": "青禾县柳河镇",
            "year": "2024",
            "period": "4月5日至6月15日",
            "as_of": "2024年6月12日",
        },
        head={
            "number": "柳武〔2024〕6号",
            "addressee": "青禾县人民武装部",
            "mark": "青禾县柳河镇人民武装部文件",
            "approver": "周明远",
            "copies_to": "青禾县国防动员办公室",
        },
    )


def duty() -> Content:
    of = kind("duty_report")
    values = {"I-01": 4, "I-03": 30, "I-04": 20, "I-06": 705, "I-07": 760, "I-51": 96.0}
    lines = [{"problem": "民兵日常训练还不够经常。", "measure": "每季度安排一次集中训练。"}]
    return of.content(
        "0190a1b2-aaaa-7000-8000-000000000002",
        day=date(2024, 12, 20),
        issuer="中共青禾县柳河镇委员会",
        figures=figures(of, values),
        rows={"problems": lines, "plan": lines},
        paragraphs={},
        words={"place": "柳河镇", "year": "2024", "post": "中共柳河镇委员会书记"},
        head={"signer": "林致远", "addressee": "青禾县人民武装部"},
    )


def one_page(*lines: str) -> bytes:
    """A template of these lines in the body style."""
    return package("".join(paragraph(line) for line in lines))


def small(*of: BoundFigure, absent: tuple[str, ...] = ()) -> Content:
    return Content(
        document_id="doc-1",
        kind="note",
        title="情况说明",
        issuer="柳河镇人民武装部",
        date=date(2024, 6, 2),
        figures=of,
        absent_figures=absent,
    )


def stored(content: Content) -> dict[str, StoredFigure]:
    return {f.key: StoredFigure(f.printed, f.value, f.code) for f in content.every_figure()}


def now(content: Content) -> dict[str, str]:
    return {f.key: f.printed for f in content.every_figure()}


def edit(docx: bytes, change: Callable[[str], str]) -> bytes:
    """The file after someone changed the XML of its body."""
    parts = open_package(docx)
    body = change(parts["word/document.xml"].decode())
    return pack({**parts, "word/document.xml": body.encode()})


def control(key: str) -> re.Pattern[str]:
    """The control of this figure in XML as we write it; group 1 is its text."""
    return re.compile(
        rf'<w:sdt><w:sdtPr><w:alias w:val="[^"]*"/><w:tag w:val="muster:{re.escape(key)}"/>'
        r"(?:(?!</w:sdt>).)*?<w:t[^>]*>([^<]*)</w:t></w:r></w:sdtContent></w:sdt>"
    )


def outline(docx: bytes) -> str:
    """The body as text: style and words of each paragraph, cells of each table row."""
    root = parse(open_package(docx)["word/document.xml"])
    for item in list(within(root, "sdt")):
        for text in within(item, "t"):
            text.text = f"[{text.text}]"
    lines = []
    for block in next(within(root, "body")):
        if is_w(block, "p"):
            style = attribute(child(block, "pPr", "pStyle"), "val") or "-"
            lines.append(f"{style}: {plain(block)}")
        for row in within(block, "tr") if is_w(block, "tbl") else ():
            cells = ["".join(plain(p) for p in within(tc, "p")) for tc in within(row, "tc")]
            lines.append("| " + " | ".join(cells))
    return "\n".join(lines) + "\n"
