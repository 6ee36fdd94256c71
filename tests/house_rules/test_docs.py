"""The documentation names every command, setting and target, and its links lead somewhere."""

import re

import pytest
import yaml

from tests.house_rules.support import ROOT, ours, relative

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)")
TARGET = re.compile(r"^([a-z][a-z-]*):.*## ", re.MULTILINE)
SETTING = re.compile(r"\bMUSTER_[A-Z][A-Z_]*[A-Z]\b")


def _documentation() -> str:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages if page.exists())


def _commands() -> list[str]:
    from typer.main import get_command

    from muster.config.cli import app

    def walk(command: object, name: str) -> list[str]:
        inner = getattr(command, "commands", None)
        if not inner:
            return [name]
        return [line for word, child in inner.items() for line in walk(child, f"{name} {word}")]

    return walk(get_command(app), "muster")


def test_every_make_target_is_documented() -> None:
    targets = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    text = _documentation()

    assert len(targets) >= 10
    assert [target for target in targets if f"make {target}" not in text] == []


def test_every_setting_is_documented() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ours(".py", under=ROOT / "src"))
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert sorted(set(SETTING.findall(code)) - set(SETTING.findall(page))) == []


def test_no_setting_is_documented_that_does_not_exist() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ours(".py", under=ROOT / "src"))
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert sorted(set(SETTING.findall(page)) - set(SETTING.findall(code))) == []


def test_every_command_is_documented() -> None:
    text = _documentation()

    assert [command for command in _commands() if command not in text] == []


@pytest.mark.parametrize("page", [relative(path) for path in ours(".md")])
def test_relative_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = LINK.findall(path.read_text(encoding="utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_requirement_catalogue_is_whole() -> None:
    text = (ROOT / "docs" / "requirements.yaml").read_text(encoding="utf-8")
    entries = yaml.safe_load(text)["requirements"]
    names = [entry["id"] for entry in entries]

    assert len(names) == len(set(names)) == 205
    assert all(re.fullmatch(r"[A-Z]{3}-\d\d", name) for name in names)
    assert all(set(entry) <= {"id", "title", "waits_for"} and entry["title"] for entry in entries)
