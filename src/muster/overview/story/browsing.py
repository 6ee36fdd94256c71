"""A clerk at a browser, in plain Python: sign in, open pages, fill the forms that pages show."""

import mimetypes
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlparse
from uuid import uuid4

WAIT = 120
Fields = list[tuple[str, str]]


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes and what it would send untouched."""

    action: str
    method: str = "get"
    fields: Fields = field(default_factory=list)


class Forms(HTMLParser):
    """Collects the forms of a page with the values a browser would send."""

    def __init__(self) -> None:
        """Start outside any form."""
        super().__init__()
        self.found: list[Form] = []
        self._select = ""
        self._text: list[str] | None = None
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, inputs, selects and text areas."""
        a = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.found.append(Form(a.get("action", ""), a.get("method", "get").lower()))
        if not self.found:
            return
        if tag == "input":
            self._input(a)
        elif tag == "select":
            self._select, self._options = a.get("name", ""), []
        elif tag == "option" and self._select:
            self._options.append((a.get("value", ""), "selected" in a))
        elif tag == "textarea":
            self._text = [a.get("name", "")]

    def _input(self, a: dict[str, str]) -> None:
        kind, name = a.get("type", "text"), a.get("name", "")
        if not name or kind in {"submit", "file", "button"}:
            return
        if kind in {"checkbox", "radio"} and "checked" not in a:
            return
        self.found[-1].fields.append((name, a.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        """Note what stands in a text area."""
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close selects and text areas."""
        if tag == "select" and self._select:
            chosen = [v for v, on in self._options if on] or [v for v, _ in self._options[:1]]
            self.found[-1].fields += [(self._select, v) for v in chosen]
            self._select = ""
        elif tag == "textarea" and self._text is not None:
            self.found[-1].fields.append((self._text[0], "".join(self._text[1:]).lstrip("\n")))
            self._text = None


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the office."""

    url: str
    status: int
    body: bytes

    @property
    def text(self) -> str:
        """Return the page as text."""
        return self.body.decode("utf-8", "replace")

    def form(self, action: str, naming: str = "") -> Form:
        """Return the form whose address contains ``action`` ("" for the page's own).

        Of several, the one with a field that begins with ``naming``.
        """
        parser = Forms()
        parser.feed(self.text)
        posts = [f for f in parser.found if f.method == "post"]
        mine = ("", self.url, urlparse(self.url).path)
        own = [f for f in posts if (action in f.action if action else f.action in mine)]
        if not own:
            raise LookupError(f"no form {action!r} on {self.url}: {[f.action for f in posts]}")
        return next((f for f in own if any(k.startswith(naming) for k, _ in f.fields)), own[0])


class Clerk:
    """One person at one browser, signed in to the office."""

    def __init__(self, base: str) -> None:
        """Start with no cookies at the office's address."""
        self.base = base
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        )

    def open(self, path: str) -> Page:
        """Return a page."""
        return self._send(urllib.request.Request(urljoin(self.base, path)))  # noqa: S310 - our own office

    def submit(self, page: Page, action: str = "", files: dict[str, Path] | None = None,
               **values: Any) -> Page:  # fmt: skip
        """Fill and send a form of a page; a list value sends the field several times."""
        form = page.form(action, next(iter(values), ""))
        fields = [(k, v) for k, v in form.fields if k not in values]
        for name, value in values.items():
            fields += [(name, str(v)) for v in (value if isinstance(value, list) else [value])]
        return self.post(urljoin(page.url, form.action or page.url), fields, files)

    def post(self, url: str, fields: Fields, files: dict[str, Path] | None = None) -> Page:
        """Send fields and files as a browser does."""
        headers = {"Referer": url, "Origin": self.base.rstrip("/")}
        if files:
            data, headers["Content-Type"] = _multipart(fields, files)
        else:
            data = urlencode(fields).encode()
        request = urllib.request.Request(urljoin(self.base, url), data=data, headers=headers)  # noqa: S310
        return self._send(request)

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in through the form."""
        return self.submit(self.open("/sign-in"), login=login, username=login, password=password)

    def _send(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=WAIT) as answer:
                return _page(answer)
        except HTTPError as error:
            return Page(error.url or "", error.code, error.read())


def _page(answer: HTTPResponse) -> Page:
    return Page(answer.url, answer.status, answer.read())


def _multipart(fields: Fields, files: dict[str, Path]) -> tuple[bytes, str]:
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, path in files.items():
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{path.name}"'
        parts += [f"{head}\r\nContent-Type: {kind}\r\n\r\n".encode(), path.read_bytes(), b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
