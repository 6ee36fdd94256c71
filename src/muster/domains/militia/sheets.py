"""The printed sheet of a roll call: a short random code and its QR for each expected person."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno

from muster.domains.militia.models import RollCallLine

SCALE = 2


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet; the QR holds the short code and nothing else."""

    line: RollCallLine
    picture: str


def sheet_lines(lines: Iterable[RollCallLine]) -> list[SheetLine]:
    """Return the lines with their QR codes as data addresses for an image."""
    return [SheetLine(line, picture_of(line.code)) for line in lines]


def picture_of(code: str) -> str:
    """Return a QR code of a short code as a data address."""
    made = segno.make(code, micro=False, error="m")
    return str(made.svg_data_uri(scale=SCALE, border=1))
