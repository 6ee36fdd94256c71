"""Take pictures of pages: ``python tools/shoot.py URL… --out DIR [--login user:password]``.

Each page is taken at desk (1440×900) and phone (390×844) width, whole length, and as printed on A4.
It also prints what the browser complained about: script errors, refused content, failed requests.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin, urlparse

from playwright.sync_api import BrowserContext, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


def chromium() -> str:
    """Return the path of the installed Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("没有找到 Chromium：请先安装 chromium 软件包。")


def sign_in(page: Page, first: str, login: str, *, path: str) -> None:
    """Sign in through the form that the office shows."""
    user, _, password = login.partition(":")
    page.goto(urljoin(first, path))
    page.locator("input:not([type=hidden]):not([type=password])").first.fill(user)
    page.locator("input[type=password]").first.fill(password)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    page.wait_for_load_state("networkidle")


def watch(page: Page, name: str) -> None:
    """Print script errors, refusals of the content policy and failed requests."""
    page.on("console", lambda m: m.type in {"error", "warning"} and print(f"{name}: {m.text}"))
    page.on("pageerror", lambda error: print(f"{name}: {error}"))


def shoot(context: BrowserContext, url: str, *, name: str, out: Path, whole: bool) -> None:
    """Write one picture of the page."""
    page = context.new_page()
    watch(page, name)
    page.goto(url, wait_until="networkidle")
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=str(out / f"{name}.png"), full_page=whole)
    page.close()


def print_pages(context: BrowserContext, url: str, *, name: str, out: Path) -> None:
    """Write the A4 print as NAME.print-1.png and so on."""
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        page.pdf(path=str(pdf), prefer_css_page_size=True, format="A4")
        target = out / f"{name}.print"
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(pdf), str(target)], check=True)
    page.close()


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("out/pictures"))
    parser.add_argument("--login", default="", help="user:password")
    parser.add_argument("--sign-in", default="/sign-in", help="path of the sign-in page")
    parser.add_argument("--language", default="zh-hans")
    parser.add_argument("--fold", action="store_true", help="only what the window shows")
    parser.add_argument("--no-print", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Take all pictures asked for."""
    asked = options()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for size, (width, height) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            site = asked.urls[0]
            cookie = {"name": "django_language", "value": asked.language, "url": site}
            context.add_cookies([cookie])  # type: ignore[list-item]
            if asked.login:
                sign_in(context.new_page(), site, asked.login, path=asked.sign_in)
            for url in asked.urls:
                stem = re.sub(r"\W+", "-", urlparse(url).path).strip("-") or "home"
                shoot(context, url, name=f"{stem}.{size}", out=asked.out, whole=not asked.fold)
                if size == "desk" and not asked.no_print:
                    print_pages(context, url, name=stem, out=asked.out)
            context.close()
        browser.close()
    print(f"{len(asked.urls)} pages → {asked.out}")


if __name__ == "__main__":
    main()
