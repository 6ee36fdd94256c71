from pathlib import Path

import messages
import po_files
import pytest
import translations

PAGE = """{% load i18n %}
<p title="{% translate '甲' %}">{% blocktranslate with n=total trimmed %}
    共 {{ n }} 人
  {% endblocktranslate %}{{ _("乙") }}{# 注释 #}
  {% translate "完成" context "动词" %}
  <b>裸字</b> <a lang="zh-Hans">简体中文</a>
</p>
"""
CODE = '''
from django.utils.translation import gettext as _, gettext_lazy, ngettext

class TooLarge(Problem):
    code = "file.too_large"
    template = "文件有 {size} MB。"

class State(models.TextChoices):
    OPEN = "open", "待核实"

def words(n):
    """说明"""
    _("一" "二")
    ngettext("一个", "多个", n)
    gettext_lazy("丁")
    return "不翻译"
'''


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "words.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def test_sentences_are_found_in_templates_calls_refusals_and_choices(source: Path) -> None:
    found = {(one.context, one.id, one.plural) for one in messages.everywhere(source)}

    assert found == {
        (None, "甲", None),
        (None, "共 %(n)s 人", None),
        (None, "乙", None),
        ("动词", "完成", None),
        (None, "文件有 {size} MB。", None),
        (None, "待核实", None),
        (None, "一二", None),
        (None, "一个", "多个"),
        (None, "丁", None),
        # said without gettext: translated where it is shown (muster.web.said)
        (None, "多个", None),
        (None, "不翻译", None),
    }


def test_chinese_that_no_translation_can_replace_is_reported(source: Path) -> None:
    assert [place.rsplit(":", 1)[0][-3:] for place in messages.bare_chinese(source)] == []
    page = source / "templates" / "page.html"
    page.write_text(PAGE.replace(" <a", "\n<a"), encoding="utf-8")

    assert [place.split("page.html:")[1] for place in messages.bare_chinese(source)] == [
        "6: <b>裸字</b>"
    ]


@pytest.mark.parametrize(
    ("english", "fuzzy", "fault"),
    [
        ("It has {size} MB.", False, ""),
        ("", False, "no English"),
        ("It has {size} MB.", True, "fuzzy"),
        ("It has {sizes} MB.", False, "other placeholders"),
        ("It is large.", False, "other placeholders"),
        ("文件 {size}", False, "Chinese in the English"),
    ],
)
def test_a_faulty_translation_is_named(english: str, fuzzy: bool, fault: str) -> None:
    source = messages.Found("文件有 {size} MB。", None, None, "words.py:6")
    message = po_files.Message(id=source.id, strings={0: english}, fuzzy=fuzzy)

    faults = translations._faults_of(source, message)

    assert [line.split(":")[0] for line in faults] == ([fault] if fault else [])
