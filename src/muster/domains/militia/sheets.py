"""The printed sheet of a roll call: a short random code and its QR for each expected person."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from muster.domains.militia.models import RollCallLine
from muster.domains.militia.queries.calls import Told

SCALE = 2


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet; the QR holds the short code and nothing else."""

    told: Told
    picture: SafeString

    @property
    def line(self) -> RollCallLine:
        """Return the line of the roll call."""
        return self.told.line


def sheet_lines(lines: Iterable[Told]) -> list[SheetLine]:
    """Return the lines with their QR codes as SVG drawn in the page."""
    return [SheetLine(one, picture_of(one.line.code)) for one in lines]


def picture_of(code: str) -> SafeString:
    """Return a QR code of a short code as SVG; the content policy loads no data addresses."""
    made = segno.make(code, micro=False, error="m")
    return mark_safe(made.svg_inline(scale=SCALE, border=1))  # noqa: S308 - segno draws it
