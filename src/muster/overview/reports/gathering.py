"""What a report of a kind, a place and a year can say today: answers, table lines, words."""

from dataclasses import dataclass, field
from datetime import date

from muster.core.documents import BoundFigure, Content, DocumentKind, FigureUse, Row, chinese_date
from muster.core.kernel import Period
from muster.engines.campaigns.models import Campaign
from muster.engines.documents.models import Document
from muster.engines.figures.models import Figure
from muster.ground.register.queries import division_name
from muster.overview.indicators import queries as indicators
from muster.overview.indicators.queries import Answer

LISTED = ("problems", "plan")


@dataclass(frozen=True, slots=True)
class Texts:
    """What people write into a report: head, signature, and lines of their own by section."""

    agency: str = ""
    issuer: str = ""
    addressee: str = ""
    signer: str = ""
    post: str = ""
    copies_to: str = ""
    paragraphs: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, paper: Document) -> "Texts":
        """Return the texts of a draft."""
        return cls(paper.agency, paper.issuer, paper.addressee, paper.signer, paper.post,
                   paper.copies_to, dict(paper.paragraphs))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """The live answers for a kind of report at a place in a year, and its fixed words."""

    kind: DocumentKind
    division: str
    place: str
    year: int
    on: date
    answers: dict[str, Answer]
    period_words: str | None

    @property
    def period(self) -> Period:
        """Return the year the report is about."""
        return Period.year(self.year)

    @property
    def known(self) -> dict[str, Answer]:
        """Return the answers that have a value."""
        return {code: a for code, a in self.answers.items() if a.value is not None}

    def words(self, texts: Texts, number: int | None) -> dict[str, str | None]:
        """Return the named texts of the kind; None leaves its sentence out."""
        return {
            "place": self.place, "year": str(self.year), "next_year": str(self.year + 1),
            "agency": texts.agency or None, "serial": str(number) if number else None,
            "period": self.period_words, "as_of": chinese_date(self.on), "post": texts.post or None,
        }  # fmt: skip


def gather(kind: DocumentKind, division: str, year: int, *, on: date) -> Gathered:
    """Return what the records of today answer for a kind; a code nobody defines has no answer."""
    period, answers = Period.year(year), {}
    for use in kind.figures:
        if use.code in indicators.definitions():
            answers[use.code] = indicators.ask(use.code, division, period, on=on)
    return Gathered(kind, division, division_name(division), year, on, answers,
                    _campaign_words(kind, division, year))  # fmt: skip


def _campaign_words(kind: DocumentKind, division: str, year: int) -> str | None:
    """Return from when to when the year's reorganisation ran, or None where no plan says."""
    if "period" not in kind.words:
        return None
    rows = Campaign.objects.filter(
        kind=Campaign.Kind.MILITIA_REORGANISATION, year=year, division=division
    )
    found = rows.exclude(state=Campaign.State.DRAFT).first()
    if found is None:
        return None
    return f"{chinese_date(found.starts)}至{chinese_date(found.ends)}"


def printed(kind: DocumentKind, code: str, unit: str, value: str) -> str:
    """Return a value as the kind prints it; a code of its tables only, exactly with % for rates."""
    use = next((u for u in kind.figures if u.code == code), FigureUse(code, code, unit))
    return use.printed(number_of(value))


def bind(kind: DocumentKind, figure: Figure, *, place: str) -> BoundFigure:
    """Return a stored figure as the kind prints it."""
    return kind.bound(
        figure.code, key=figure.pk.hex, value=number_of(figure.value), scope=place,
        period=f"{figure.period_start}/{figure.period_end}", as_of=figure.on.isoformat(),
    )  # fmt: skip


def provisional(gathered: Gathered) -> list[BoundFigure]:
    """Return the answers of today as a draft prints them; nothing is stored."""
    return [
        gathered.kind.bound(
            code, key=f"draft.{code}", value=number_of(str(answer.value)), scope=gathered.place,
            period=str(gathered.period), as_of=gathered.on.isoformat(),
        )
        for code, answer in gathered.known.items()
    ]  # fmt: skip


def number_of(value: str) -> int | float:
    """Return a figure's text as a number."""
    return float(value) if "." in value else int(value)


def content(gathered: Gathered, texts: Texts, bound: list[BoundFigure], *, document_id: str,
            day: date, serial: int | None = None,
            rows: dict[str, list[Row]] | None = None) -> Content:  # fmt: skip
    """Return what the report says: exactly the sections whose records exist."""
    words = gathered.words(texts, serial)
    number = ""
    if texts.agency and gathered.kind.number:
        number = _filled(gathered.kind.number, words | {"serial": str(serial or "")})
    return gathered.kind.content(
        document_id, day=day, issuer=texts.issuer or gathered.place, figures=bound,
        rows=_own_rows(texts) | (rows or {}), paragraphs=_own_lines(gathered.kind, texts),
        words=words,
        head={
            "number": number, "addressee": texts.addressee, "signer": texts.signer,
            "mark": f"{texts.issuer or gathered.place}文件" if number else "",
            "copies_to": texts.copies_to,
        },
    )  # fmt: skip


def _filled(pattern: str, words: dict[str, str | None]) -> str:
    return pattern.format(**{name: word or "" for name, word in words.items()})


def _own_lines(kind: DocumentKind, texts: Texts) -> dict[str, list[str]]:
    """Return people's own sentences by section; problem lines with a measure are table lines."""
    wanted = {rule.key for rule in kind.sections if "paragraphs" in rule.needs}
    return {key: lines for key, lines in texts.paragraphs.items() if key in wanted and lines}


def _own_rows(texts: Texts) -> dict[str, list[Row]]:
    """Return problem and measure pairs, written as 问题｜措施 one a line (GOV-05)."""
    pairs = [
        line.replace("|", "｜").partition("｜") for line in texts.paragraphs.get("problems", [])
    ]
    rows: list[Row] = [{"problem": p.strip(), "measure": m.strip() or None} for p, _, m in pairs]
    measures: list[Row] = [{"measure": m.strip()} for _, _, m in pairs if m.strip()]
    found: dict[str, list[Row]] = {}
    if rows:
        found["problems"] = rows
    if measures:
        found["plan"] = measures
    return found


def sample(kind: DocumentKind, *, on: date) -> Content:
    """Return a content with every name a template of the kind may use, for checking one."""
    words: dict[str, str | None] = dict.fromkeys(kind.words, "样例")
    bound = [
        kind.bound(use.code, key=f"sample.{n}", value=1, scope="样例", period="样例", as_of="样例")
        for n, use in enumerate(kind.figures)
    ]  # fmt: skip
    return kind.content("sample", day=on, issuer="样例", figures=bound, rows={}, paragraphs={},
                        words=words, head={})  # fmt: skip
