"""The printed sheet of a roll call: a short random code and its QR for each expected person."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from muster.domains.militia.models import RollCallLine

SCALE = 2


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet; the QR holds the short code and nothing else."""

    line: RollCallLine
    picture: SafeString


def sheet_lines(lines: Iterable[RollCallLine]) -> list[SheetLine]:
    """Return the lines with their QR codes as SVG drawn in the page."""
    return [SheetLine(line, picture_of(line.code)) for line in lines]


def picture_of(code: str) -> SafeString:
    """Return a QR code of a short code as SVG; the content policy loads no data addresses."""
    made = segno.make(code, micro=False, error="m")
    return mark_safe(made.svg_inline(scale=SCALE, border=1))  # noqa: S308 - segno draws it
