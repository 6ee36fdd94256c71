"""Fail when our front end needs more than Chromium 88 or more than our content policy allows.

``python tools/floor_scan.py [ROOT]`` reads the css, js and html below src/muster (not static/vendor,
whose versions are pinned and were rendered in the old engines) and prints every fault with its place.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOOR = 88

CSS = {
    r"color-mix\(": "color-mix() needs Chromium 111",
    r"\bokl(ch|ab)\(": "oklch() needs Chromium 111",
    r":has\(": ":has() needs Chromium 105",
    r"@layer\b": "@layer needs Chromium 99",
    r"@container\b|container-type": "container queries need Chromium 105",
    r"\b\d+[dsl]v[hw]\b": "dvh, svh, lvh need Chromium 108",
    r"light-dark\(": "light-dark() needs Chromium 123",
    r"\bpopover\b|:popover-open": "popover needs Chromium 114",
    r"accent-color": "accent-color needs Chromium 93",
    r"text-wrap\s*:": "text-wrap needs Chromium 114",
    r"@property\b|@scope\b|@starting-style": "this at-rule needs a newer Chromium",
    r"\bsubgrid\b": "subgrid needs Chromium 117",
    r"^\s*&[\s.:>+~]": "nesting needs Chromium 112",
    r"\b(width|height)\s*[<>]=": "range media queries need Chromium 104",
    r"url\(\s*['\"]?(https?:)?//": "another host",
    r"url\(\s*['\"]?data:": "data: is refused by the content policy",
    r"@import\b": "@import hides files from the build",
}
JS = {
    r"\.at\(-?\d": ".at() needs Chromium 92",
    r"\.(findLast|findLastIndex)\(": "findLast needs Chromium 97",
    r"\.(toSorted|toReversed|toSpliced)\(": "toSorted needs Chromium 110",
    r"Object\.(hasOwn|groupBy)\(": "Object.hasOwn needs Chromium 93",
    r"\bstructuredClone\(": "structuredClone needs Chromium 98",
    r"randomUUID": "randomUUID needs Chromium 92 and HTTPS",
    r"\bPromise\.withResolvers": "withResolvers needs Chromium 119",
    r"^\s*#\w+\s*[=;(]|^\s*static\s*\{": "class fields of this kind need Chromium 91-94",
    r"\?\?=|\|\|=|&&=": "logical assignment is outside ES2020",
    r"\bshowModal\b|\bshowPopover\b": "this is newer than Chromium 88 or breaks without it",
    r"\beval\(|new Function\(": "eval is refused by the content policy",
    r"\.innerHTML\s*=|insertAdjacentHTML|document\.write": "build elements, do not write HTML",
    r"\b(localStorage|sessionStorage|indexedDB)\b": "nothing is kept in the browser here",
    r"['\"](https?:)?//\w": "another host",
}
HTML = {
    r"<script(?![^>]*\bsrc=)[^>]*>": "inline script",
    r"<style\b": "inline style sheet",
    r"\sstyle\s*=\s*[\"']": "style attribute",
    r"<[^>{]*\son(click|change|submit|load|input|error|key\w+|mouse\w+|focus|blur)\s*=": "on… handler",
    r"\bhx-on\b|\bhx-vals=[\"']js:": "htmx eval",
    r"javascript:": "javascript: address",
    r"\s(href|src|action)\s*=\s*[\"'](https?:)?//": "another host",
    r"\bpopover(target)?=": "popover needs Chromium 114",
}
COMMENTS = {
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE),
    ".html": re.compile(r"\{#.*?#\}|<!--.*?-->|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL),
}
RULES = {".css": CSS, ".js": JS, ".html": HTML}


def faults_in(text: str, suffix: str) -> Iterator[tuple[int, str]]:
    """Yield line number and reason for each fault of a file of that kind."""
    # Comments become as many line ends as they had, so that the numbers stay true.
    bare = COMMENTS[suffix].sub(lambda m: "\n" * m.group().count("\n"), text)
    for pattern, reason in RULES[suffix].items():
        for match in re.finditer(pattern, bare, re.IGNORECASE | re.MULTILINE):
            yield bare.count("\n", 0, match.start()) + 1, reason


def faults(root: Path) -> Iterator[str]:
    """Yield one line of text for each fault below the folder."""
    for path in sorted(p for p in root.rglob("*") if p.suffix in RULES):
        if "vendor" in path.parts or "node_modules" in path.parts:
            continue
        for line, reason in faults_in(path.read_text(encoding="utf-8"), path.suffix):
            yield f"{path}:{line}: {reason}"


def main() -> None:
    """Print the faults and leave with status 1 when there is one."""
    found = list(faults(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "src" / "muster"))
    print("\n".join(found) or f"floor: fits Chromium {FLOOR}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
