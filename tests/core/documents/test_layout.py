"""The statutory layout: styles, numbers of headings, lists of attachments, head and foot."""

import re

import pytest

from muster.core.documents import render
from muster.core.documents.blocks import heading, paragraph
from muster.core.documents.fitting import title_break
from muster.core.documents.layout import heading_number
from muster.core.documents.markup import attribute, child, parse, within
from muster.core.documents.package import open_package, pack
from muster.core.documents.statutory import package
from tests.core.documents.samples import duty, figure, outline, reorganisation, small, template

NAMES = ["reorganisation_report", "duty_report"]


@pytest.mark.parametrize("name", NAMES)
def test_every_style_names_its_east_asian_face(name):
    styles = parse(open_package(template(name))["word/styles.xml"])
    for style in within(styles, "style"):
        if attribute(style, "type") == "paragraph":
            face = attribute(child(style, "rPr", "rFonts"), "eastAsia")
            assert face in {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_statutory_paper(name):
    body = parse(open_package(template(name))["word/document.xml"])
    margins = next(within(body, "pgMar"))
    millimetres = {
        side: round(int(attribute(margins, side)) / 1440 * 25.4)
        for side in ("top", "bottom", "left", "right")
    }
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    grid = next(within(body, "docGrid"))
    assert (attribute(grid, "type"), attribute(grid, "linePitch")) == ("lines", "579")
    assert attribute(grid, "charSpace") is None


def test_body_text_is_sixteen_points_on_exact_lines():
    styles = parse(open_package(template("duty_report"))["word/styles.xml"])
    body = next(s for s in within(styles, "style") if attribute(s, "styleId") == "MusterBody")
    assert attribute(child(body, "rPr", "sz"), "val") == "32"
    assert attribute(child(body, "rPr", "spacing"), "val") == "-5"
    assert attribute(child(body, "pPr", "ind"), "firstLineChars") == "200"
    spacing = child(body, "pPr", "spacing")
    assert (attribute(spacing, "line"), attribute(spacing, "lineRule")) == ("579", "exact")


def test_page_numbers_stand_on_the_outer_side():
    parts = open_package(template("duty_report"))
    sides = [
        attribute(next(within(parse(parts[f"word/{name}.xml"]), "jc")), "val")
        for name in ("footer1", "footer2")
    ]
    assert sides == ["right", "left"]
    assert "evenAndOddHeaders" in parts["word/settings.xml"].decode()


@pytest.mark.parametrize(
    ("level", "number", "written"),
    [(1, 1, "一、"), (1, 12, "十二、"), (2, 3, "（三）"), (3, 4, "4."), (4, 5, "（5）")],
)
def test_the_four_levels_are_numbered_as_the_standard_says(level, number, written):
    assert heading_number(level, number) == written


def page(*blocks):
    return outline(render(package("".join(blocks)), small(figure("I-03", 3), absent=("I-04",))))


def test_headings_typed_by_the_office_are_numbered_anew():
    text = page(
        heading(1, "三、甲"),
        heading(2, "乙"),
        paragraph("文"),
        heading(2, "(五)丙"),
        heading(3, "9．丁"),
        paragraph("文"),
        heading(1, "戊"),
        heading(2, "（一）己"),
        paragraph("文"),
    )
    assert [line.split(": ")[1] for line in text.splitlines() if line.startswith("Heading")] == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "二、戊",
        "（一）己",
    ]


def test_empty_headings_go_from_the_bottom_up():
    text = page(
        heading(1, "甲"),
        heading(2, "乙"),
        paragraph("共{{ fig.I_04 }}人。"),
        heading(1, "丙"),
        paragraph("共{{ fig.I_03 }}人。"),
        heading(1, "丁"),
        paragraph("特此报告。", "MusterClosing"),
    )
    assert text.splitlines() == [
        "Heading1: 一、丙",
        "MusterBody: 共[3]人。",
        "MusterClosing: 特此报告。",
    ]


def test_an_attachment_with_nothing_in_it_is_neither_printed_nor_listed():
    text = page(
        paragraph("附件：", "MusterNote"),
        paragraph("附件", "MusterAttachment"),
        paragraph("空表", "MusterAttachmentTitle"),
        paragraph("共{{ fig.I_04 }}人。"),
        paragraph("附件", "MusterAttachment"),
        paragraph("实表", "MusterAttachmentTitle"),
        paragraph("共{{ fig.I_03 }}人。"),
    )
    assert "空表" not in text
    assert text.startswith("MusterNote: 附件：实表\nMusterAttachment: 附件\n")


def test_styles_are_known_by_name_after_an_office_program_renamed_their_ids():
    parts = open_package(package(heading(1, "九、甲") + paragraph("文")))
    for name in ("word/styles.xml", "word/document.xml"):
        parts[name] = parts[name].replace(b'"Heading1"', b'"1"')
    assert outline(render(pack(parts), small())).startswith("1: 一、甲")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("柳河镇2024年度党管武装工作述职报告", ["柳河镇2024年度党管武装工作述职报告"]),
        (
            "青禾县柳河镇关于2024年度民兵整组工作情况的报告",
            ["青禾县柳河镇", "关于2024年度民兵整组工作情况的报告"],
        ),
        (
            "中共青禾县柳河镇委员会2024年度党管武装工作述职报告",
            ["中共青禾县柳河镇委员会2024年度", "党管武装工作述职报告"],
        ),
        ("甲" * 41, ["甲" * 41]),
    ],
)
def test_a_long_title_is_broken_where_a_word_ends(title, lines):
    at = title_break(title)
    assert [line for line in (title[:at], title[at:]) if line] == lines


def _indent(document, style):
    body = parse(open_package(document)["word/document.xml"])
    found = next(
        p for p in within(body, "p") if attribute(child(p, "pPr", "pStyle"), "val") == style
    )
    return int(attribute(child(found, "pPr", "ind"), "right"))


def test_the_date_is_four_characters_in_and_the_name_centred_over_it():
    report = render(template("reorganisation_report"), reorganisation())
    name, day = _indent(report, "MusterSigner"), _indent(report, "MusterDate")
    assert day == 4 * 315
    # Eleven characters over 2024年6月12日: three characters and seven digits.
    assert name + 11 * 315 // 2 == pytest.approx(day + (3 * 315 + 7 * 157) // 2, abs=2)
    statement = render(template("duty_report"), duty())
    assert _indent(statement, "MusterDate") == 4 * 315


@pytest.mark.parametrize(("length", "size"), [(12, None), (13, 68), (20, 44)])
def test_the_red_name_fits_one_line(length, size):
    content = reorganisation()
    changed = type(content)(
        **{name: getattr(content, name) for name in content.__slots__} | {"mark": "武" * length}
    )
    body = open_package(render(template("reorganisation_report"), changed))["word/document.xml"]
    found = re.search(r'MusterMark"/>.*?</w:p>', body.decode())[0]
    assert (re.findall(r'w:sz w:val="(\d+)"', found) or [None])[0] == (str(size) if size else None)
