"""How a draft, an issued report and a verification are shown: plain values for the pages."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from muster.core.documents import ChangedFigure, TamperedFigure, Verification
from muster.engines.documents import queries as papers
from muster.engines.documents.models import Document, DocumentFigure
from muster.engines.figures.models import Figure
from muster.overview.indicators.queries import Answer
from muster.overview.indicators.records import part_names
from muster.overview.reports import actions, gathering
from muster.overview.reports.gathering import Gathered, Texts


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a section: its print, or why there is none."""

    code: str
    name: str
    printed: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a draft: present or left out, with reasons."""

    title: str
    present: bool
    lines: tuple[Line, ...]
    own: int = 0


def parts(gathered: Gathered, texts: Texts) -> list[Part]:
    """Return the sections of a report in order; those without records are left out, and say why."""
    said = gathering.content(gathered, texts, gathering.provisional(gathered), day=gathered.on,
                             document_id="draft")  # fmt: skip
    standing = {s.key for s in said.sections}
    return [
        Part(rule.title, rule.key in standing,
             tuple(_line(gathered, code) for code in rule.figures),
             len(texts.paragraphs.get(rule.key, [])))
        for rule in gathered.kind.sections
    ]  # fmt: skip


def _line(gathered: Gathered, code: str) -> Line:
    use = gathered.kind.use(code)
    answer: Answer | None = gathered.answers.get(code)
    if answer is None or answer.value is None:
        return Line(code, use.name, "", answer.why if answer else _("没有这个指标的定义"))
    return Line(code, use.name, use.printed(gathering.number_of(answer.value)))


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure of an issued report beside what the records say now."""

    use: DocumentFigure
    now: str | None
    part: str = ""

    @property
    def changed(self) -> bool:
        """Return whether the records give something else today."""
        return self.now != self.use.printed


def bound(paper: Document, *, on: date) -> list[Bound]:
    """Return the figures of an issued report, each beside the answer of today."""
    now, uses = actions.now(paper, on=on), papers.figures_of(paper)
    parts = part_names({u.figure.part_of for u in uses if u.figure.part_of})
    return [
        Bound(u, now.get(u.figure.pk.hex), parts.get(u.figure.part_of, "")) for u in uses
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a verification in words."""

    name: str
    code: str
    text: str
    figure: str = ""


def findings(paper: Document, result: Verification) -> list[Finding]:
    """Return what is wrong with a file, figure by figure, tampering first."""
    names = {u.figure.pk.hex: u.figure for u in papers.figures_of(paper)}
    rows = [_tampered(t, names) for t in result.tampered]
    return rows + [_changed(c, names) for c in result.changed]


def _tampered(entry: TamperedFigure, names: dict[str, Figure]) -> Finding:
    figure = names.get(entry.key)
    text = _("%(what)s：文件上是“%(printed)s”，印发的是“%(stored)s”") % {
        "what": entry.message, "printed": entry.printed or "—", "stored": entry.stored or "—",
    }  # fmt: skip
    return Finding(figure.name if figure else _("不明的数"), entry.code or "", text,
                   str(figure.pk) if figure else "")  # fmt: skip


def _changed(entry: ChangedFigure, names: dict[str, Figure]) -> Finding:
    figure = names[entry.key]
    text = _("记录后来有变化：印发时 %(stored)s，按现在的记录 %(now)s") % {
        "stored": entry.stored, "now": entry.now or _("没有来源"),
    }  # fmt: skip
    return Finding(figure.name, entry.code, text, str(figure.pk))
