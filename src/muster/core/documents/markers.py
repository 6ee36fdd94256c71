"""Marks that stand for figures while a template is filled; they never reach the finished file."""

import re
from collections.abc import Iterable

from muster.core.documents.content import BoundFigure
from muster.core.documents.problems import TemplateVariableUnknown

# Unicode non-characters: legal in XML, in no script, removed from every incoming text.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{_OPEN}(\\d+|-){_CLOSE}")
STRAY = re.compile(f"[{_OPEN}{_CLOSE}]")
MISSING = f"{_OPEN}-{_CLOSE}"
_NAMED = re.compile(r"\{\{\s*fig\.(\w+)\s*\}\}")
# What XML 1.0 cannot hold, our own marks, and the bell and form feed docxtpl would act upon.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


class Missing(str):
    """A known name without a value: false in a condition, and takes its sentence away."""

    __slots__ = ()

    def __new__(cls) -> "Missing":
        """Return the mark of something missing."""
        return super().__new__(cls, MISSING)

    def __bool__(self) -> bool:
        return False


class Marks:
    """The figures of one document, in the order they were first asked for."""

    def __init__(self, figures: Iterable[BoundFigure]) -> None:
        """Give each figure a number."""
        self._figures = list({figure.key: figure for figure in figures}.values())
        self._numbers = {figure.key: number for number, figure in enumerate(self._figures)}

    def of(self, figure: BoundFigure) -> str:
        """Return the mark that stands for this figure."""
        return f"{_OPEN}{self._numbers[figure.key]}{_CLOSE}"

    def figure(self, number: str) -> BoundFigure:
        """Return the figure behind the digits of a mark."""
        return self._figures[int(number)]


def clean(text: str) -> str:
    """Return the text without characters that a document cannot hold."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def name_figures(text: str, marks: dict[str, str]) -> str:
    """Return a paragraph with each ``{{ fig.I_03 }}`` replaced by its mark, and nothing else run."""

    def mark(match: re.Match[str]) -> str:
        if match[1] not in marks:
            raise TemplateVariableUnknown(names=f"fig.{match[1]}")
        return marks[match[1]]

    return _NAMED.sub(mark, clean(text))
