"""The catalogue of kinds: what each prints, needs and leaves out."""

import importlib.util

import pytest
import yaml

from muster.core.documents import BoundFigure, Content, Section, check, load_kind
from muster.core.documents.kinds import fill
from tests.core.documents.samples import CATALOGUE, ROOT, figure, kind, small, template

NAMES = sorted(path.stem for path in CATALOGUE.glob("*.yaml"))


def test_the_first_two_kinds_are_there():
    assert {"reorganisation_report", "duty_report"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_names_itself_and_its_template(name):
    of = kind(name)
    assert of.kind == name and (CATALOGUE / of.template).exists()
    assert of.name and of.archive


@pytest.mark.parametrize("name", NAMES)
def test_each_template_names_only_what_its_kind_knows(name):
    of = kind(name)
    content = Content(
        document_id="d",
        kind=name,
        title="题",
        issuer="办",
        date=small().date,
        words=dict.fromkeys(of.words),
        absent_sections=tuple(rule.key for rule in of.sections),
        absent_figures=tuple(use.code for use in of.figures),
    )
    check(template(name), content)


def test_the_templates_are_what_the_builder_makes(tmp_path):
    where = ROOT / "tools" / "build_templates.py"
    spec = importlib.util.spec_from_file_location("build_templates", where)
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    builder.build(tmp_path)
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (CATALOGUE / made.name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_sections_stand_only_where_their_records_exist(name):
    of = kind(name)
    empty = content_of(of, [])
    assert empty.sections == ()
    assert empty.absent_sections == tuple(rule.key for rule in of.sections)
    for rule in of.sections:
        for code in rule.figures:
            keys = {s.key for s in content_of(of, [figure(code, 1)]).sections}
            assert (rule.key in keys) == ("figures" in rule.needs)


def content_of(of, figures):
    return of.content(
        "d",
        day=small().date,
        issuer="办",
        figures=figures,
        rows={},
        paragraphs={},
        words=dict.fromkeys(of.words, "样例") | {"place": "柳河镇", "year": "2024"},
        head={},
    )


@pytest.mark.parametrize(
    ("value", "options", "printed"),
    [
        (63, "unit: 次", "63"),
        (63.0, "unit: 次", "63"),
        (0, "unit: 次", "0"),
        (12.5, "unit: 万元", "12.5"),
        (96.67, 'unit: "%"', "96.7%"),
        (100.0, 'unit: "%"', "100%"),
        ("达标", "unit: 级", "达标"),
    ],
)
def test_values_are_printed_as_reports_write_them(value, options, printed):
    use = _kind_with(options).use("I-11")
    assert use.printed(value) == printed


@pytest.mark.requirement("SYS-05")
def test_a_step_in_the_catalogue_prints_yu_while_the_exact_count_is_stored():
    of = _kind_with("step: 10")
    bound = of.bound("I-11", key="k", value=63, scope="s", period="p", as_of="a")
    assert (bound.value, bound.printed, bound.name) == (63, "60余", "演练")


def _kind_with(options):
    text = (CATALOGUE / "duty_report.yaml").read_text(encoding="utf-8")
    entry = yaml.safe_load(text)
    entry["figures"]["I-11"] = {"name": "演练", **yaml.safe_load(options)}
    return load_kind(yaml.safe_dump(entry, allow_unicode=True))


def test_a_section_of_unknown_figures_or_needs_is_a_bug():
    base = "kind: k\nname: n\ntemplate: t\ntitle: t\narchive: a\nfigures: {I-03: {name: x}}\n"
    for rule in ("{title: t, needs: [figures], figures: [I-99]}", "{title: t, needs: [luck]}"):
        with pytest.raises(ValueError, match=r"section s"):
            load_kind(f"{base}sections: {{s: {rule}}}")


def test_a_title_without_its_word_is_a_bug_and_runs_nothing():
    assert fill("{place}报告", {"place": "柳河镇"}) == "柳河镇报告"
    assert fill("{place.__class__}", {"place": "x"}) == "{place.__class__}"
    with pytest.raises(ValueError, match="no word"):
        fill("{place}", {"place": None})


@pytest.mark.parametrize("key", ["", "a b", "x" * 58, "号"])
def test_a_key_that_word_would_cut_is_a_bug(key):
    with pytest.raises(ValueError, match="key"):
        BoundFigure(key, "I-03", 1, "1", "s", "p", "a")


def test_one_code_for_two_figures_of_the_text_is_a_bug():
    content = small(figure("I-03", 1, key="a"), figure("I-03", 2, key="b"))
    with pytest.raises(ValueError, match="two figures"):
        content.figures_by_variable()


def test_a_figure_printed_in_two_ways_is_a_bug():
    with pytest.raises(ValueError, match="two ways"):
        small(figure("I-03", 1, key="a"), figure("I-04", 2, key="a"))


def test_a_section_both_there_and_absent_is_a_bug():
    with pytest.raises(ValueError, match="once"):
        Content("d", "k", "t", "i", small().date, sections=(Section("s", "t"),),
                absent_sections=("s",))  # fmt: skip
