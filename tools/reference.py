"""The generated reference pages: glossary, requirements and commands. ``write`` or ``check``."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTICE = "<!-- Written by make docs. Change the source, not this page. -->\n\n"


def glossary() -> str:
    """Return the glossary as a page."""
    data = yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text(encoding="utf-8"))
    lines = ["# Glossary", "", "From `docs/glossary.yaml`. One word per idea.", ""]
    lines += ["| English | 中文 | Definition | Source |", "|---|---|---|---|"]
    lines += [
        f"| {term['en']} | {term['zh']} | {term['definition']} | {term['source']} |"
        for term in data["terms"]
    ]
    lines += ["", "## Status and kind words", "", "| 中文 | English |", "|---|---|"]
    lines += [f"| {chinese} | {english} |" for chinese, english in data["words"].items()]
    return "\n".join(lines) + "\n"


def requirements() -> str:
    """Return the list of requirements as a page."""
    text = (ROOT / "docs" / "requirements.yaml").read_text(encoding="utf-8")
    entries = yaml.safe_load(text)["requirements"]
    lines = ["# Requirements", "", "From `docs/requirements.yaml`; tests name them with"]
    lines += [
        '`@pytest.mark.requirement("MIL-10")`. `make coverage-of-requirements` shows the tests.'
    ]
    lines += ["", "| ID | The system | Comes with |", "|---|---|---|"]
    lines += [f"| {e['id']} | {e['title']} | {e.get('waits_for', '')} |" for e in entries]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Return every command of ``muster`` with its help, arguments and options as a page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
    from typer.main import get_command

    from muster.config.cli import app

    lines = [
        "# 命令",
        "",
        "设置完成后，`muster` 位于 `.venv/bin/`。加 `--json` 时标准输出只有一个 JSON 对象。",
        "",
    ]
    for name, command in _leaves(get_command(app), "muster"):
        lines += _command(name, command)
    return "\n".join(lines).rstrip() + "\n"


def _leaves(command: Any, name: str) -> list[tuple[str, Any]]:
    """Return the commands without subcommands; typer brings its own copy of click's classes."""
    inner = getattr(command, "commands", None)
    if not inner:
        return [(name, command)]
    return [leaf for word, child in inner.items() for leaf in _leaves(child, f"{name} {word}")]


def _command(name: str, command: Any) -> list[str]:
    words = (command.help or "").strip().split("\n\n")[0].replace("\n", " ")
    lines = [f"## `{name}`", "", words, ""]
    for parameter in command.params:
        is_option = parameter.param_type_name == "option"
        names = [*parameter.opts, *parameter.secondary_opts]
        shown = " / ".join(names) if is_option else parameter.name.upper()
        explained = getattr(parameter, "help", None) or ""
        lines.append(f"- `{shown}`" + (f"：{explained}" if explained else ""))
    return [*lines, ""]


PAGES: dict[str, Callable[[], str]] = {
    "glossary.md": glossary,
    "requirements.md": requirements,
    "commands.md": commands,
}


def main() -> int:
    """Write the pages, or say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["write", "check"])
    act = parser.parse_args().act
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, page in PAGES.items():
        text, path = NOTICE + page(), FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if act == "write":
                path.write_text(text, encoding="utf-8")
    if stale:
        print(
            f"{'written' if act == 'write' else 'out of date, run make docs'}: {', '.join(stale)}"
        )
    return 1 if stale and act == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
