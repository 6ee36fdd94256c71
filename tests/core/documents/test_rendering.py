"""Templates become documents: the same bytes, nothing filled in, nothing dangerous run."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.documents import (
    FigureTouchesDigit,
    Section,
    TemplateActive,
    TemplateBroken,
    TemplateUnsafe,
    TemplateVariableUnknown,
    check,
    read_figures,
    render,
)
from muster.core.documents.package import open_package, pack
from tests.core.documents.samples import (
    GOLDEN,
    REORGANISED,
    duty,
    figure,
    one_page,
    outline,
    reorganisation,
    small,
    template,
)

CASES = {"reorganisation_report": reorganisation, "duty_report": duty}


@pytest.mark.parametrize("name", CASES)
def test_a_report_says_exactly_this(name):
    document = render(template(name), CASES[name]())
    assert outline(document) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_same_content_gives_the_same_bytes(name):
    assert render(template(name), CASES[name]()) == render(template(name), CASES[name]())


@pytest.mark.parametrize("name", CASES)
def test_other_programs_open_the_document(name):
    document = Document(io.BytesIO(render(template(name), CASES[name]())))
    assert document.core_properties.title == CASES[name]().title
    with zipfile.ZipFile(io.BytesIO(render(template(name), CASES[name]()))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_every_known_figure_is_bound_and_sealed():
    content = reorganisation()
    reading = read_figures(render(template("reorganisation_report"), content))
    assert {f.key: f.printed for f in reading.figures} == {
        f.key: f.printed for f in content.every_figure()
    }
    assert (reading.document_id, reading.kind) == (content.document_id, content.kind)
    assert reading.seal_holds is True
    assert reading.order == tuple(f.key for f in reading.figures)


@pytest.mark.parametrize("missing", sorted(REORGANISED))
def test_a_sentence_without_its_figure_is_left_out(missing):
    values = {code: value for code, value in REORGANISED.items() if code != missing}
    text = outline(render(template("reorganisation_report"), reorganisation(values)))
    name = "fig-" + missing
    assert name not in text
    assert "[]" not in text and "None" not in text and "；\n" not in text
    assert "编组民兵人" not in text and "率为。" not in text


def test_a_section_without_records_goes_and_the_rest_is_numbered_anew():
    values = {"I-03": 30, "I-51": 96.0}
    text = outline(render(template("reorganisation_report"), reorganisation(values, tables=False)))
    assert "出入转队" not in text and "普通民兵" not in text
    headings = [line.split(": ")[1] for line in text.splitlines() if line.startswith("Heading1")]
    assert headings == [
        "一、组织实施情况",
        "二、编组实力情况",
        "三、集合点验情况",
        "四、存在的主要问题",
        "五、下步工作打算",
    ]
    assert "附件" not in text


def test_a_heading_whose_sentences_all_went_goes_with_them():
    text = outline(render(template("reorganisation_report"), reorganisation({"I-06": 705})))
    assert "基干民兵" not in text
    assert "Heading2: （一）普通民兵" in text


def test_a_sentence_may_span_runs_and_the_next_one_stays():
    page = one_page("共有{{ fig.I_03 }}人。另有{{ fig.I_04 }}人；合计{{ fig.I_07 }}人。完毕。")
    text = outline(render(page, small(figure("I-03", 3), absent=("I-04", "I-07"))))
    assert "MusterBody: 共有[3]人。完毕。" in text


def test_a_list_that_lost_its_end_still_ends_with_a_full_stop():
    page = one_page("共有{{ fig.I_03 }}人；另有{{ fig.I_04 }}人。完毕。")
    text = outline(render(page, small(figure("I-03", 3), absent=("I-04",))))
    assert "MusterBody: 共有[3]人。完毕。" in text


def test_an_unknown_word_takes_its_sentence_with_it():
    content = reorganisation()
    words = {**content.words, "period": None}
    changed = type(content)(
        **{name: getattr(content, name) for name in content.__slots__} | {"words": words}
    )
    text = outline(render(template("reorganisation_report"), changed))
    assert "MusterBody: 现将有关情况报告如下：" in text


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ title.__class__.__mro__ }}",
        "{{ title|attr('__class__') }}",
        "{{ title.format(1) }}",
        "{{ sections.append(1) }}",
        "{{ 'x' * 1000000000 }}",
        "{% for i in range(10) %}{{ i }}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{% filter upper %}x{% endfilter %}",
        "{{ lipsum }}",
        "{{ cycler }}",
        "{{ title ~ title }}",
        "{{ [1, 2] }}",
    ],
)
def test_a_template_cannot_leave_the_sandbox(escape):
    with pytest.raises((TemplateUnsafe, TemplateVariableUnknown)):
        render(one_page(escape), small())


def test_the_sandbox_holds_alone_if_the_reading_should_miss_something():
    from jinja2.exceptions import SecurityError

    from muster.core.documents.template import sandbox

    with pytest.raises((SecurityError, TemplateVariableUnknown)):
        sandbox().from_string("{{ ''.__class__.__mro__ }}").render()


def test_all_unknown_variables_are_named_at_once():
    page = one_page("{{ fig.I_99 }}", "{{ nobody }}", "{% if section.nothing %}x{% endif %}")
    with pytest.raises(TemplateVariableUnknown) as refusal:
        check(page, small(figure("I-03", 3)))
    assert refusal.value.facts["names"] == "nobody、fig.I_99、section.nothing"
    assert "fig.I_99" in refusal.value.message


def test_an_unknown_cell_of_a_row_is_named():
    content = small()
    page = one_page("{%p for row in section.t.rows %}", "{{ row.wrong }}", "{%p endfor %}")
    table = Section("t", "表", rows=({"right": "1"},))
    changed = type(content)(
        **{name: getattr(content, name) for name in content.__slots__} | {"sections": (table,)}
    )
    with pytest.raises(TemplateVariableUnknown) as refusal:
        render(page, changed)
    assert refusal.value.facts["names"] == "wrong"


def test_a_paragraph_of_records_may_name_figures_and_nothing_else_runs():
    content = small(figure("I-03", 30))
    lines = ("共{{ fig.I_03 }}人{{ title }}{% if 1 %}<b>&amp;", "第二行")
    section = Section("s", "节", lines)
    changed = type(content)(
        **{name: getattr(content, name) for name in content.__slots__} | {"sections": (section,)}
    )
    page = one_page("{%p for line in section.s.paragraphs %}", "{{ line }}", "{%p endfor %}")
    text = outline(render(page, changed))
    assert "MusterBody: 共[30]人{{ title }}{% if 1 %}<b>&amp;" in text


@pytest.mark.parametrize("broken", ["{% if title %}没有结束", "{{ title", "{{ title | }}"])
def test_a_broken_template_is_refused_with_the_reason(broken):
    with pytest.raises(TemplateBroken):
        render(one_page(broken + " }} {{"), small())


@pytest.mark.parametrize("line", ["1{{ fig.I_03 }}", "{{ fig.I_03 }}5", "{{ fig.I_03 }}.5",
                                  "{{ fig.I_03 }}{{ fig.I_04 }}"])  # fmt: skip
def test_a_figure_may_not_stand_against_another_digit(line):
    with pytest.raises(FigureTouchesDigit):
        render(one_page(line), small(figure("I-03", 3), figure("I-04", 4)))


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin"])
def test_macros_and_embedded_objects_are_refused(part):
    parts = open_package(one_page("{{ title }}"))
    with pytest.raises(TemplateActive):
        render(pack({**parts, part: b"x"}), small())


def test_the_path_of_the_template_a_file_was_made_from_is_forgotten():
    parts = open_package(one_page("{{ title }}"))
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://x/attachedTemplate" Target="file:///C:/Normal.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    settings = parts["word/settings.xml"].replace(
        b"<w:compat>", b'<w:attachedTemplate r:id="rId1"/><w:compat>'
    )
    made = open_package(render(pack({**parts, "word/settings.xml": settings}), small()))
    assert b"Normal.dotm" not in b"".join(made.values())
    assert b"attachedTemplate" not in b"".join(made.values())


def test_loops_may_not_be_stacked_without_end():
    loops = [f"{{% for a{n} in sections %}}" for n in range(4)]
    with pytest.raises(TemplateUnsafe):
        render(one_page("".join(loops) + "x" + "{% endfor %}" * 4), small())


def test_a_link_to_an_outside_picture_is_refused():
    parts = open_package(one_page("{{ title }}"))
    parts["word/_rels/header9.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://x/image" Target="http://x" '
        b'TargetMode="External"/></Relationships>'
    )
    with pytest.raises(TemplateActive):
        render(pack(parts), small())


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_of_the_records_is_printed_as_text(issuer, addressee):
    content = small(figure("I-03", 30))
    changed = type(content)(
        **{name: getattr(content, name) for name in content.__slots__}
        | {"issuer": issuer, "addressee": addressee}
    )
    page = one_page("{{ issuer }}", "{{ addressee }}", "共{{ fig.I_03 }}人")
    reading = read_figures(render(page, changed))
    assert [f.printed for f in reading.figures] == ["30"]
