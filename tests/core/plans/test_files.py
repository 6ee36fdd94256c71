"""Files as offices send them, and those that are refused."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from muster.core.kernel import Problem
from muster.core.plans import read_bytes, read_file
from muster.core.plans.files import LARGEST
from tests.core.plans.generator import Made, make

PLAN = (
    "柳溪镇2025年民兵整组工作方案\n"
    "一、实施步骤\n"
    "（一）准备阶段（3月1日至3月10日）。召开会议。\n"
    "（二）编组阶段（3月11日至4月底）。登记核对。\n"
)
DAYS = [("2025-03-01", "2025-03-10"), ("2025-03-11", "2025-04-30")]


def phases(data: bytes, name: str) -> list[tuple[str | None, str | None]]:
    return [(p["start"], p["end"]) for p in read_bytes(data, name).to_json()["phases"]]


def refusal(data: bytes, name: str) -> Problem:
    with pytest.raises(Problem) as caught:
        read_bytes(data, name)
    assert caught.value.message
    return caught.value


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word(made: Made) -> bytes:
    document = docx.Document()
    for block in made.blocks:
        if isinstance(block, str):
            for line in block.split("\n"):
                document.add_paragraph(line)
            continue
        grid = document.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, words in zip(grid.add_row().cells, row, strict=True):
                cell.text = words
    return saved(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_plain_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    assert phases(PLAN.encode(encoding), "方案.txt") == DAYS


def test_windows_line_ends_are_no_matter() -> None:
    assert phases(PLAN.replace("\n", "\r\n").encode(), "方案.txt") == DAYS


def test_markdown_headings_and_tables_are_read() -> None:
    text = (
        "# 柳溪镇2025年民兵整组工作方案\n"
        "\n"
        "## 一、进度安排\n"
        "\n"
        "| 阶段 | 时间 | 任务 |\n"
        "|---|---|---|\n"
        "| 准备阶段 | 3月1日至3月10日 | 开会 |\n"
        "| 编组阶段 | 3月11日至4月底 | 登记 |\n"
        ""
    )

    read = read_bytes(text.encode(), "方案.md")

    assert [(p.name, p.tasks) for p in read.phases] == [
        ("准备阶段", ("开会",)),
        ("编组阶段", ("登记",)),
    ]
    assert read.title == "柳溪镇2025年民兵整组工作方案"


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_a_word_file_says_the_same_as_its_text(seed: int) -> None:
    made = make(seed)

    read = read_bytes(word(made), "方案.docx", year=made.year_given).to_json()

    assert [(p["name"], p["start"], p["end"]) for p in read["phases"]] == [
        (p["name"], p["start"], p["end"]) for p in made.truth["phases"]
    ]


def test_merged_cells_speak_once() -> None:
    document = docx.Document()
    document.add_paragraph("柳溪镇2025年整组工作安排")
    grid = document.add_table(rows=4, cols=3)
    rows = [
        ["阶段", "时间", "工作内容"],
        ["准备阶段", "3月1日至3月10日", "成立机构"],
        ["", "", "召开会议"],
        ["编组阶段", "3月中旬", "登记"],
    ]
    for row, words in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    for column in (0, 1):
        grid.cell(1, column).merge(grid.cell(2, column))

    read = read_bytes(saved(document), "a.docx")

    assert [(p.name, p.tasks) for p in read.phases] == [
        ("准备阶段", ("成立机构", "召开会议")),
        ("编组阶段", ("登记",)),
    ]


def test_automatic_numbers_of_word_lists_are_seen() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    document.add_paragraph("柳溪镇2025年民兵整组工作方案")
    for level, words in [
        (0, "目标任务"),
        (0, "实施步骤"),
        (1, "准备阶段（3月1日至3月10日）"),
        (1, "编组阶段（3月11日至4月底）"),
    ]:
        paragraph = document.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )

    read = read_bytes(saved(document), "a.docx")

    assert [(h.number, h.title) for h in read.outline] == [("一", "目标任务"), ("二", "实施步骤")]
    assert [(p["start"], p["end"]) for p in read.to_json()["phases"]] == DAYS


def test_text_boxes_are_read_and_deleted_words_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("柳溪镇2025年民兵整组工作方案")
    box = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>准备阶段（3月1日至3月10日）</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>编组阶段（3月11日至4月底）</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>总结阶段（5月）</w:delText></w:r></w:del></w:p>'
    )
    document.element.body.insert(1, box)

    read = read_bytes(saved(document), "a.docx")

    assert [p.name for p in read.phases] == ["准备阶段", "编组阶段"]


def _pdf(words: bytes) -> bytes:
    """Return a one-page PDF by hand: enough for text in Latin letters, or none."""
    stream = b"BT /F1 12 Tf 72 720 Td (" + words + b") Tj ET" if words else b"0 0 m"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for index, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % index + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_a_pdf_with_words_is_read() -> None:
    assert "militia plan 2025" in read_bytes(_pdf(b"militia plan 2025 and more"), "a.pdf").text


def test_a_scanned_pdf_says_so() -> None:
    problem = refusal(_pdf(b""), "扫描.pdf")

    assert problem.code == "plan.scanned"
    assert "扫描件" in problem.message


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "plan.empty"),
        (b"  \n\n ", "plan.empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "plan.format"),
        (b"{\\rtf1 abc}", "plan.format"),
        (b"\x89PNG\r\n", "plan.format"),
        (b"\x00\x01\x02\x03" * 100, "plan.format"),
        (b"%PDF-1.4 rubbish", "plan.damaged"),
        (b"PK\x03\x04 rubbish", "plan.damaged"),
        (_zip({"xl/workbook.xml": b"<a/>"}), "plan.format"),
        (_zip({"word/document.xml": b"<a/>"}), "plan.damaged"),
        (_zip({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "plan.unsafe"),
        (
            _zip({"word/document.xml": b"<a/>", "word/media/x.bin": b"\x00" * (201 * 1024 * 1024)}),
            "plan.too_large",
        ),
        (b"a" * (LARGEST + 1), "plan.too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, code: str) -> None:
    assert refusal(data, "某.docx").code == code


def test_a_missing_file_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_file(tmp_path / "无.docx")
    assert caught.value.code == "plan.missing"


@pytest.mark.requirement("SYS-04")
@pytest.mark.parametrize(
    "mark",
    [
        "秘密★1年",
        "机密★",
        "绝密★启用前",
        "秘 密",
        "000012\n机密★10年\n特急",
        "密级：秘密",
        "密级:机密 ★5年",
        "秘密☆长期",
        "（密级）\n机密",
    ],
)
def test_a_paper_with_a_mark_of_classification_is_refused(mark: str) -> None:
    problem = refusal(f"{mark}\n{PLAN}".encode(), "方案.txt")

    assert problem.code == "plan.classified"
    assert problem.facts["mark"] in ("绝密", "机密", "秘密")


@pytest.mark.requirement("SYS-04")
def test_a_mark_in_the_page_header_of_a_word_file_counts() -> None:
    document = docx.Document()
    document.add_paragraph(PLAN)
    document.sections[0].header.paragraphs[0].text = "机密★3年"

    assert refusal(saved(document), "a.docx").code == "plan.classified"


@pytest.mark.parametrize(
    "sentence",
    [
        "严守国家秘密，防止失密泄密。",
        "凡标有“秘密★”字样的文件不得上网。",
        "涉及机密、秘密事项的按规定办理。",
        "做好工作秘密管理。",
        "密级：公开",
        "密级分为绝密、机密、秘密三级。",
    ],
)
def test_the_words_inside_a_sentence_are_no_mark(sentence: str) -> None:
    assert phases(f"{PLAN}{sentence}\n".encode(), "方案.txt") == DAYS
