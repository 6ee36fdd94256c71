"""What an issued document says: figures, sections, and the facts of its head and foot."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

# Word allows 64 characters in a content control's tag; "muster:" takes seven.
_KEY = re.compile(r"^[A-Za-z0-9._:/-]{1,57}$")
_NOT_NAME = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """One printed number and the stored figure that it comes from.

    ``key`` names the stored figure for ever; ``code`` is the indicator; ``printed`` is exactly
    what stands on the paper; ``name`` is shown when the number is clicked in Word.
    """

    key: str
    code: str
    value: int | float | str
    printed: str
    scope: str
    period: str
    as_of: str
    name: str = ""

    def __post_init__(self) -> None:
        if not _KEY.match(self.key):
            raise ValueError(f"figure key {self.key!r} must be 1 to 57 plain characters")
        if not self.printed.strip() or self.printed != self.printed.strip():
            raise ValueError(f"figure {self.key} prints nothing or has blanks at its ends")
        if not self.printed.isprintable():
            raise ValueError(f"figure {self.key} prints control characters")

    @property
    def variable(self) -> str:
        """Return the name that templates use: I-03 is ``fig.I_03``."""
        return variable_name(self.code)


Cell = BoundFigure | str | int | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the document whose records exist.

    ``paragraphs`` are plain text that may name this document's figures as ``{{ fig.I_03 }}``;
    ``rows`` are table lines whose cells are text, figures, or None for "not known".
    """

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[BoundFigure, ...] = ()
    rows: tuple[Row, ...] = ()

    def every_figure(self) -> Iterator[BoundFigure]:
        """Yield the figures of the text, then those of the table cells."""
        yield from self.figures
        for row in self.rows:
            yield from (cell for cell in row.values() if isinstance(cell, BoundFigure))


@dataclass(frozen=True, slots=True)
class Content:
    """All that a template may print.

    ``words`` are further named texts (None: not known, its sentence is left out).
    ``absent_sections`` and ``absent_figures`` name what the kind knows but the records do not
    give: the template may ask for them, and they print nothing.
    """

    document_id: str
    kind: str
    title: str
    issuer: str
    date: date
    number: str = ""
    addressee: str = ""
    signer: str = ""
    mark: str = ""
    approver: str = ""
    copies_to: str = ""
    sections: tuple[Section, ...] = ()
    figures: tuple[BoundFigure, ...] = ()
    words: Mapping[str, str | None] = field(default_factory=dict)
    absent_sections: tuple[str, ...] = ()
    absent_figures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        keys = [section.key for section in self.sections]
        if len(set(keys)) != len(keys) or set(keys) & set(self.absent_sections):
            raise ValueError("each section stands once, either present or absent")
        printed: dict[str, str] = {}
        for figure in self.every_figure():
            if printed.setdefault(figure.key, figure.printed) != figure.printed:
                raise ValueError(f"figure {figure.key} is printed in two ways")

    def every_figure(self) -> Iterator[BoundFigure]:
        """Yield every figure, those of the text before those of the tables of each section."""
        yield from self.figures
        for section in self.sections:
            yield from section.every_figure()

    def figures_by_variable(self) -> dict[str, BoundFigure]:
        """Return the figures that text may name; a code standing for two figures is a bug."""
        named: dict[str, BoundFigure] = {}
        for figure in (*self.figures, *(f for s in self.sections for f in s.figures)):
            if named.setdefault(figure.variable, figure).key != figure.key:
                raise ValueError(f"{figure.code} names two figures: {figure.key}")
        return named


def variable_name(code: str) -> str:
    """Return the template name of an indicator code: I-50.in is I_50_in."""
    return _NOT_NAME.sub("_", code)
