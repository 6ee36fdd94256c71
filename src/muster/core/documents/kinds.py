"""A kind of document as the catalogue describes it: its name, sections, figures and rules."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from muster.core.documents.content import BoundFigure, Content, Row, Section
from muster.core.documents.wording import approximate

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class FigureUse:
    """How a kind prints one indicator; ``step`` asks for 余 (SYS-05), ``percent`` for %."""

    code: str
    name: str
    unit: str = ""
    step: int | None = None

    def printed(self, value: float | str) -> str:
        """Return the value as it stands on the paper; whole numbers without a decimal point."""
        if isinstance(value, str):
            return value
        suffix = "%" if self.unit == "%" else ""
        if self.step and not suffix:
            return approximate(int(value), self.step)
        return f"{value:.1f}".removesuffix(".0") + suffix


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section and the records without which it is left out (never filled).

    One of ``figures`` must be known, or rows, or paragraphs must exist, as ``needs`` says.
    """

    key: str
    title: str
    needs: frozenset[str]
    figures: tuple[str, ...] = ()

    def holds(self, known: Mapping[str, BoundFigure], section: Section) -> bool:
        """Return whether the records of this section exist."""
        return (
            ("figures" in self.needs and any(code in known for code in self.figures))
            or ("rows" in self.needs and bool(section.rows))
            or ("paragraphs" in self.needs and bool(section.paragraphs))
        )


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One entry of ``catalogue/documents``."""

    kind: str
    name: str
    template: str
    title: str
    number: str
    archive: str
    sections: tuple[SectionRule, ...]
    figures: tuple[FigureUse, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    drafted_by: str = ""  # the app whose records fill it; empty: a report drafted on its own page

    def use(self, code: str) -> FigureUse:
        """Return how this kind prints an indicator; a code it does not know is a bug."""
        found = next((figure for figure in self.figures if figure.code == code), None)
        if found is None:
            raise ValueError(f"{self.kind} does not print {code}")
        return found

    def bound(
        self, code: str, *, key: str, value: float | str, scope: str, period: str, as_of: str
    ) -> BoundFigure:
        """Return the figure as this kind prints it, named for the clerk who clicks on it."""
        use = self.use(code)
        return BoundFigure(key, code, value, use.printed(value), scope, period, as_of, use.name)

    def content(
        self,
        document_id: str,
        *,
        day: date,
        issuer: str,
        figures: Sequence[BoundFigure],
        rows: Mapping[str, Sequence[Row]],
        paragraphs: Mapping[str, Sequence[str]],
        words: Mapping[str, str | None],
        head: Mapping[str, str],
    ) -> Content:
        """Return the content with exactly the sections whose records exist.

        ``words`` fill the title and the text; ``head`` may give number, addressee, signer, mark,
        approver and copies_to.
        """
        known = {figure.code: figure for figure in figures}
        sections, absent = [], []
        for rule in self.sections:
            section = Section(
                rule.key,
                rule.title,
                tuple(paragraphs.get(rule.key, ())),
                tuple(known[code] for code in rule.figures if code in known),
                tuple(rows.get(rule.key, ())),
            )
            if rule.holds(known, section):
                sections.append(section)
            else:
                absent.append(rule.key)
        texts = {name: words.get(name) for name in self.words}
        return Content(
            document_id=document_id,
            kind=self.kind,
            title=fill(self.title, texts),
            issuer=issuer,
            date=day,
            sections=tuple(sections),
            figures=tuple(figure for figure in figures if figure.code in self._codes),
            words=texts,
            absent_sections=tuple(absent),
            absent_figures=tuple(code for code in self._codes if code not in known),
            **head,
        )

    @property
    def _codes(self) -> tuple[str, ...]:
        return tuple(figure.code for figure in self.figures)


def fill(pattern: str, words: Mapping[str, str | None]) -> str:
    """Return the pattern with each {name} replaced; a name without a word is a bug."""

    def word(match: re.Match[str]) -> str:
        found = words.get(match[1])
        if not found:
            raise ValueError(f"no word for {{{match[1]}}} in {pattern!r}")
        return found

    return _SLOT.sub(word, pattern)


def load_kind(text: str) -> DocumentKind:
    """Return the kind that a YAML entry of the catalogue describes; a malformed one is a bug."""
    entry: dict[str, Any] = yaml.safe_load(text)
    figures = tuple(FigureUse(code, **use) for code, use in entry["figures"].items())
    sections = tuple(_section(key, rule) for key, rule in entry["sections"].items())
    codes = {figure.code for figure in figures}
    for rule in sections:
        if not set(rule.figures) <= codes:
            raise ValueError(f"section {rule.key} uses figures the kind does not name")
    return DocumentKind(
        kind=entry["kind"],
        name=entry["name"],
        template=entry["template"],
        title=entry["title"],
        number=entry.get("number", ""),
        archive=entry["archive"],
        sections=sections,
        figures=figures,
        words=entry.get("words", {}),
        drafted_by=entry.get("drafted_by", ""),
    )


def _section(key: str, rule: Mapping[str, Any]) -> SectionRule:
    needs = frozenset(rule["needs"])
    if not needs or not needs <= {"figures", "rows", "paragraphs"}:
        raise ValueError(f"section {key} needs figures, rows or paragraphs, not {sorted(needs)}")
    return SectionRule(key, rule["title"], needs, tuple(rule.get("figures", ())))
