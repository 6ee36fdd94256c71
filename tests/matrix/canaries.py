"""Marks that stand in one row of the world only, and the search for them in whatever was sent."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponseBase

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN = re.compile(r"KQ[0-9A-Z]{4}ZJ", re.IGNORECASE)
NUMBER = re.compile(r"(?<!\d)000000\d{11}[\dX](?!\d)")
PHONE = re.compile(r"(?<!\d)139\d{8}(?!\d)")
MASKED = re.compile(r"\d{3,6}\*{4,11}(\d{3}[\dX])(?!\d)")
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
PROBE = 6  # characters of a canary that a search may carry: an echo is then no whole one


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found in an answer: marks in words, whole numbers, ends of masked ones, row keys."""

    tokens: frozenset[str]
    digits: frozenset[str]
    ends: frozenset[str]
    keys: frozenset[UUID]


def token(n: int) -> str:
    """Return the canary of a number: eight letters and digits that occur nowhere else."""
    scattered = n * 40_503 % 32**4  # neighbours share no long beginning
    letters = ""
    for _ in range(4):
        scattered, rest = divmod(scattered, 32)
        letters += ALPHABET[rest]
    return f"KQ{letters}ZJ"


def marks_in(text: str) -> Marks:
    """Return every mark of a text."""
    return Marks(
        frozenset(found.upper() for found in TOKEN.findall(text)),
        frozenset(NUMBER.findall(text) + PHONE.findall(text)),
        frozenset(MASKED.findall(text)),
        frozenset(UUID(found) for found in KEY.findall(text)),
    )


def text_of(response: HttpResponseBase) -> str:
    """Return everything that was sent: headers, cookies, body, and the members of packed files."""
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = str(response.cookies)
    return "\n".join([head, cookies, *texts_in(body_of(response))])


def body_of(response: HttpResponseBase) -> bytes:
    """Return the body, streamed or not."""
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]


def texts_in(body: bytes) -> Iterator[str]:
    """Yield a body as text, and, where it is a zip (xlsx, docx, zip), each member in turn."""
    if not body.startswith(b"PK"):
        text = body.decode("utf-8", errors="replace")
        yield text
        if "\\u" in text:  # JSON may hide letters
            yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        return
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        for name in packed.namelist():
            yield name
            yield from texts_in(packed.read(name))
