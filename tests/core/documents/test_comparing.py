"""What was done to an issued document is named, figure by figure."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.documents import compare, read_figures, render
from tests.core.documents.resaving import resave
from tests.core.documents.samples import (
    control,
    edit,
    figure,
    now,
    one_page,
    reorganisation,
    small,
    stored,
    template,
)

CONTENT = reorganisation()
ISSUED = render(template("reorganisation_report"), CONTENT)


def verify(docx, **later):
    return compare(read_figures(docx), stored(CONTENT), {**now(CONTENT), **later})


def faults(docx):
    return [(t.key, t.printed, t.why) for t in verify(docx).tampered]


def whole(key):
    return control(key).search(xml_of(ISSUED))[0]


def xml_of(docx):
    from muster.core.documents.package import open_package

    return open_package(docx)["word/document.xml"].decode()


def test_an_untouched_document_is_unchanged():
    n = len(stored(CONTENT))
    assert verify(ISSUED).as_json() == {
        "figures": n,
        "unchanged": n,
        "changed": [],
        "tampered": [],
    }


def test_a_figure_that_the_records_now_give_otherwise_is_changed():
    answer = verify(ISSUED, **{"fig-I-03": "31"}).as_json()
    assert answer["changed"] == [{"code": "I-03", "printed": "30", "stored": "30", "now": "31"}]
    assert answer["unchanged"] == answer["figures"] - 1
    assert answer["tampered"] == []


def test_a_figure_without_a_source_today_is_changed_to_nothing():
    answer = compare(read_figures(ISSUED), stored(CONTENT), {})
    assert {entry.now for entry in answer.changed} == {None}
    assert answer.unchanged == 0


def test_an_edited_number_is_tampered():
    docx = edit(ISSUED, lambda xml: xml.replace(whole("fig-I-03"),
                                                whole("fig-I-03").replace(">30<", ">35<")))  # fmt: skip
    assert faults(docx) == [("fig-I-03", "35", "edited")]
    entry = verify(docx).as_json()["tampered"][0]
    assert (entry["code"], entry["printed"], entry["stored"]) == ("I-03", "35", "30")


def test_a_control_taken_off_its_text_is_tampered():
    run = re.search(r"<w:r>.*</w:r>", whole("fig-I-03"))[0]
    docx = edit(ISSUED, lambda xml: xml.replace(whole("fig-I-03"), run))
    assert faults(docx) == [("fig-I-03", None, "removed")]
    assert read_figures(docx).missing_tags == ("fig-I-03",)


def test_a_control_deleted_with_its_text_is_tampered():
    docx = edit(ISSUED, lambda xml: xml.replace(whole("cell-a2"), ""))
    assert faults(docx) == [("cell-a2", None, "removed")]


def test_two_numbers_swapped_inside_their_controls_are_tampered():
    def swap(xml):
        three, four = whole("fig-I-03"), whole("fig-I-04")
        xml = xml.replace(three, three.replace(">30<", ">20<"))
        return xml.replace(four, four.replace(">20<", ">30<"))

    assert faults(edit(ISSUED, swap)) == [
        ("fig-I-03", "20", "edited"),
        ("fig-I-04", "30", "edited"),
    ]


@pytest.mark.parametrize("pair", [("fig-I-03", "fig-I-04"), ("fig-I-03", "cell-a2")])
def test_two_whole_controls_swapped_are_tampered(pair):
    def swap(xml):
        one, two = map(whole, pair)
        return xml.replace(one, "@@").replace(two, one).replace("@@", two)

    assert sorted(faults(edit(ISSUED, swap))) == sorted(
        [(pair[0], "30", "moved"), (pair[1], stored(CONTENT)[pair[1]].printed, "moved")]
    )


def test_a_copy_with_another_number_is_tampered():
    copy = whole("fig-I-03").replace(">30<", ">300<")
    docx = edit(ISSUED, lambda xml: xml.replace("<w:sectPr>", f"<w:p>{copy}</w:p><w:sectPr>"))
    assert faults(docx) == [("fig-I-03", "300", "copied")]


def test_a_copy_with_the_same_number_says_the_same():
    copy = whole("fig-I-03")
    docx = edit(ISSUED, lambda xml: xml.replace("<w:sectPr>", f"<w:p>{copy}</w:p><w:sectPr>"))
    assert verify(docx).clean


@pytest.mark.parametrize(
    ("before", "after"),
    [("1", ""), ("", "0"), ("1,", ""), ("", ".5"), ("１", "")],
)
def test_a_digit_typed_beside_the_control_is_tampered(before, after):
    spans = [f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
             for text in (before, after)]  # fmt: skip
    docx = edit(
        ISSUED,
        lambda xml: xml.replace(whole("fig-I-03"), spans[0] + whole("fig-I-03") + spans[1]),
    )
    assert faults(docx) == [("fig-I-03", "30", "beside")]


def test_a_number_hidden_and_typed_anew_is_tampered():
    hidden = whole("fig-I-03").replace("<w:r><w:t", "<w:r><w:rPr><w:vanish/></w:rPr><w:t")
    docx = edit(
        ISSUED,
        lambda xml: xml.replace(whole("fig-I-03"), hidden + "<w:r><w:t>35</w:t></w:r>"),
    )
    assert faults(docx) == [("fig-I-03", "", "edited")]


def test_a_tracked_deletion_counts_as_deleted():
    deleted = whole("fig-I-03").replace("<w:t", "<w:delText").replace("</w:t>", "</w:delText>")
    docx = edit(ISSUED, lambda xml: xml.replace(whole("fig-I-03"), f"<w:del>{deleted}</w:del>"))
    assert [fault[0] for fault in faults(docx)] == ["fig-I-03"]


def test_a_figure_of_another_document_is_tampered():
    foreign = whole("fig-I-03").replace("muster:fig-I-03", "muster:elsewhere")
    docx = edit(ISSUED, lambda xml: xml.replace("<w:sectPr>", f"<w:p>{foreign}</w:p><w:sectPr>"))
    assert faults(docx) == [("elsewhere", "30", "foreign")]
    assert verify(docx).tampered[0].message == "不是本文件签发的数字"


def test_words_around_the_figures_may_be_edited_freely():
    docx = edit(ISSUED, lambda xml: xml.replace("特此报告。", "特此报告，请审阅。"))
    assert verify(docx).clean


def test_a_figure_can_be_tampered_and_changed():
    docx = edit(ISSUED, lambda xml: xml.replace(whole("fig-I-03"),
                                                whole("fig-I-03").replace(">30<", ">35<")))  # fmt: skip
    answer = verify(docx, **{"fig-I-03": "31"}).as_json()
    assert answer["changed"] == [{"code": "I-03", "printed": "35", "stored": "30", "now": "31"}]
    assert len(answer["tampered"]) == 1 and answer["unchanged"] == answer["figures"] - 1


def test_tampering_is_found_in_a_file_without_its_properties():
    from muster.core.documents.package import open_package, pack

    parts = open_package(ISSUED)
    del parts["docProps/custom.xml"]
    docx = edit(pack(parts), lambda xml: xml.replace(whole("fig-I-03"), ""))
    assert faults(docx) == [("fig-I-03", None, "removed")]


MADE = [figure(f"I-{n}", n, key=f"k{n}", printed=str(100 + n)) for n in range(12)]
PAGE = render(one_page(*(f"第{{{{ fig.I_{n} }}}}人" for n in range(12))), small(*MADE))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)), st.integers(0, 2**32))
def test_exactly_the_figures_touched_are_named_after_any_saving(edited, removed, seed):
    xml = xml_of(PAGE)
    for n in removed:
        xml = xml.replace(control(f"k{n}").search(xml)[0], f"<w:r><w:t>{100 + n}</w:t></w:r>")
    for n in edited - removed:
        old = control(f"k{n}").search(xml)[0]
        xml = xml.replace(old, old.replace(f">{100 + n}<", ">9<"))
    answer = compare(
        read_figures(resave(edit(PAGE, lambda _: xml), seed)),
        stored(small(*MADE)),
        now(small(*MADE)),
    )
    assert {t.key for t in answer.tampered} == {f"k{n}" for n in edited | removed}
    assert answer.unchanged == 12 - len(edited | removed)
