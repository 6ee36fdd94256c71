"""Every word of the program and of the catalogue has English where it is shown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import spoken
import translations
import yaml
from django.utils import translation
from django.utils.translation import trans_real

from muster.core.kernel import Problem
from muster.web.said import listed, said
from muster.web.wording import sentence
from tests.house_rules.support import all_modules, descendants

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Fields of catalogue entries that a screen shows; the others are keys, data or wording of papers.
SHOWN = frozenset(
    {"name", "label", "words", "help", "limit", "why", "role", "source", "unit", "waits_for", "phase",
     "citation", "clause", "lead", "subject", "form", "note", "responsible", "suggested", "required"}
)  # fmt: skip
FOLDERS = ("activities", "bodies", "calendars", "checklists", "duties", "indicators", "meetings",
           "organisations", "roles.yaml", "rules")  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    translations.compile_all()
    trans_real._translations.pop("en", None)
    with translation.override("en"):
        yield


def facts_in_refusals(path: Path) -> Iterator[str]:
    """Yield the Chinese words that a file hands to the refusals it raises."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            for given in node.exc.keywords:
                text = spoken._text(given.value)
                if text and CHINESE.search(text):
                    yield re.sub(r"\{\w+\}", "7", text)


def shown_words(node: Any, field: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("zh"), str):
            assert node.get("en"), node
            return
        for key, below in node.items():
            yield from shown_words(below, "name" if field == "items" else str(key))
    elif isinstance(node, list):
        for below in node:
            yield from shown_words(below, field)
    elif isinstance(node, str) and field in SHOWN and CHINESE.search(node):
        yield node


def test_every_refusal_speaks_english() -> None:
    all_modules()
    bare = []
    for cls in {c for c in descendants(Problem) if c.__module__.startswith("muster.")}:
        facts = {name: 7 for _, name, _, _ in Formatter().parse(cls.template) if name}
        if CHINESE.search(sentence(cls(**facts))):
            bare.append(cls.__qualname__)

    assert bare == []


def test_the_words_handed_to_refusals_have_english() -> None:
    bare = {
        f"{path.name}: {text}"
        for path in translations.SOURCE.rglob("*.py")
        if not any(part in {"story", "assessment"} for part in path.parts)
        for text in facts_in_refusals(path)
        if CHINESE.search(said(text))
    }

    assert bare == set()


def test_the_words_of_the_catalogue_have_english() -> None:
    folder = translations.ROOT / "catalogue"
    bare = {
        f"{path.name}: {word}"
        for path in folder.rglob("*.yaml")
        if path.relative_to(folder).parts[0] in FOLDERS
        for word in shown_words(yaml.safe_load(path.read_text(encoding="utf-8")))
        if CHINESE.search(said(word))
    }

    assert bare == set()


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("张三", "张三"),
        ("青溪镇应急排", "青溪镇应急排"),
        ("双拥工作制度汇编 篇8 一.2", "Rules of mutual support part 8 1.2"),
        ("2026年5月20日", "20 May 2026"),
        ("2026年5月", "May 2026"),
        ("2026年第二季度", "quarter 2 of 2026"),
        ("2026年", "2026"),
        ("2026年青溪镇", "2026年青溪镇"),
        ("2026年民兵整组", "militia reorganisation 2026"),
        ("民兵整组（宣传）", "militia reorganisation (Publicity)"),
        ("张三（柳湾村）", "张三（柳湾村）"),
        ("每季度 2 次", "2 each quarter"),
        ("除夕前（提前 15 天起）", "Lunar New Year's Eve, from 15 days before"),
        ("姓名相同、电话相同", "same name, same phone"),
        (
            "村 柳湾村 已编 12 人，超过上限 10 人，须换 2 人",
            "village 柳湾村 has 12 members, over its cap of 10; 2 must be replaced",
        ),
    ],
)
def test_sentences_are_turned_and_names_stay(chinese: str, english: str) -> None:
    assert said(chinese) == english


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert listed(["合格", "张三"]) == "passed, 张三"
    with translation.override("zh-hans"):
        assert listed(["合格", "张三"]) == "合格、张三"
        assert said("合格") == "合格"
