import json
import re
from pathlib import Path

import pytest

from tools.assets import icon_names, tidy
from tools.floor_scan import faults, faults_in

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "muster"


def test_our_front_end_fits_the_floor():
    assert list(faults(SOURCE)) == []


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".css", "a { color: color-mix(in srgb, red, blue) }"),
        (".css", ".a:has(.b) {}"),
        (".css", "@layer base {}"),
        (".css", ".a { height: 100dvh }"),
        (".css", ".a {\n  &:hover { color: red }\n}"),
        (".css", "@media (width >= 600px) {}"),
        (".css", ".a { background: url(data:image/png;base64,AA) }"),
        (".css", "@container (min-width: 1px) {}"),
        (".js", "list.at(-1)"),
        (".js", "list.findLast(f)"),
        (".js", "structuredClone(x)"),
        (".js", "a ??= 1"),
        (".js", "box.innerHTML = text"),
        (".js", "localStorage.setItem('a', 'b')"),
        (".js", "fetch('https://other.example/')"),
        (".html", "<script>alert(1)</script>"),
        (".html", '<p style="color:red">'),
        (".html", '<button onclick="go()">'),
        (".html", '<a href="//other.example/">'),
        (".html", '<a href="javascript:go()">'),
        (".html", "<style>p{}</style>"),
        (".html", '<p hx-on:click="go()">'),
        (".html", '<button popovertarget="x">'),
    ],
)
def test_the_scanner_finds(suffix, text):
    assert list(faults_in(text, suffix))


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".css", "/* no color-mix() here */ .a { inset: 0; gap: 4px }"),
        (".js", "// structuredClone( is too new\nvar a = 1;"),
        (".html", "<script src=\"{% static 'app.js' %}\" defer></script>"),
        (".html", '<p class="style">{# style="x" #}</p>'),
    ],
)
def test_the_scanner_lets_pass(suffix, text):
    assert list(faults_in(text, suffix)) == []


def test_the_scanner_gives_the_true_line():
    assert next(iter(faults_in("/* one\n two */\n.a:has(b) {}", ".css")))[0] == 3


def test_the_lock_pins_contents_and_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: value for name, value in lock["packages"].items() if name}
    assert packages and all(p["integrity"].startswith("sha512-") for p in packages.values())
    assert all("resolved" not in p for p in packages.values())
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert {packages[f"node_modules/{n}"]["version"] == v for n, v in versions.items()} == {True}


def test_every_icon_asked_for_is_in_the_sprite():
    known = set(icon_names())
    pattern = re.compile(
        r"""(?:\{%\s*icon|<c-icon\s+name=|[^-\w]icon=|^\s*icon\s)\s*["']([\w-]+)["']"""
    )
    used = {
        (name, path.name)
        for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert {(n, p) for n, p in used if n not in known} == set()


def test_drawings_lose_the_empty_square():
    body = '\n <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n <path d="M5 7" />\n'
    assert tidy(body) == '<path d="M5 7" />'


def test_app_files_stay_small():
    static = SOURCE / "web" / "static"
    assert (static / "app.js").read_text().count("\n") <= 300
    assert (static / "app.css").stat().st_size <= 28_000
