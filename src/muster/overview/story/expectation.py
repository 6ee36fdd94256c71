"""What an importer must answer: a register in a dictionary, taking the files in their order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from muster.overview.story.drafts import Draft, Line, lay_out
from muster.overview.story.people import Person, as_registered, facts
from muster.overview.story.truth import Fault, FileTruth, Outcome, RowTruth, SheetTruth, count

# What the register keeps of a person and his membership; other columns change nothing.
COMPARED = (
    "name",
    "sex",
    "birth",
    "identity",
    "education",
    "politics",
    "phone",
    "village",
    "employer",
    "skills",
    "veteran",
    "enlisted",
    "discharged",
    "category",
    "unit",
    "duty",
    "joined",
)


@dataclass(frozen=True, slots=True)
class Format:
    """The file's name and how it is encoded; an .xlsx has neither encoding nor delimiter."""

    name: str
    encoding: str = ""
    delimiter: str = ""


class Ledger:
    """A register of facts by identity number; a number outside the scope is only known to exist."""

    def __init__(self, inside: Iterable[Person], outside: Iterable[Person]) -> None:
        self._facts = {one.identity: facts(as_registered(one)) for one in inside}
        self._outside = {one.identity for one in outside}

    def judge(self, meant: Mapping[str, str]) -> Outcome:
        """Return what a row without faults does to the register; nothing is written."""
        number = meant["identity"]
        if number in self._outside:
            return "held"
        known = self._facts.get(number)
        if known is None:
            return "new"
        stated = [name for name in COMPARED if meant.get(name)]
        return "unchanged" if all(known[name] == meant[name] for name in stated) else "changed"

    def take(self, meant: Mapping[str, str]) -> Outcome:
        """Judge a row and write it."""
        outcome = self.judge(meant)
        if outcome != "held":
            known = self._facts.setdefault(meant["identity"], dict.fromkeys(COMPARED, ""))
            known.update({name: meant[name] for name in COMPARED if meant.get(name)})
        return outcome


def file_truth(
    form: Format, drafts: Sequence[Draft], ledger: Ledger, *, absent: tuple[str, ...] = ()
) -> FileTruth:
    """Return the truth of a file and write it, repaired, into the ledger."""
    outcomes = [
        "rejected" if line.faults else ledger.take(line.facts)
        for draft in drafts
        for line in draft.lines
    ]
    sheets, rows, after = [], [], []
    remaining = iter(outcomes)
    for draft in drafts:
        _, sheet, numbers = lay_out(draft)
        sheets.append(sheet)
        for line, number in zip(draft.lines, numbers, strict=True):
            row = _row(line, sheet, number, (next(remaining), _again(line, ledger)))
            rows.append(row)
            after += [row.after] if row.after else []
    return FileTruth(
        form.name,
        form.encoding,
        form.delimiter,
        tuple(sheets),
        tuple(rows),
        count([str(row.outcome) for row in rows]),
        count([str(outcome) for outcome in after]),
        absent,
    )


def _again(line: Line, ledger: Ledger) -> Outcome | None:
    return ledger.take(line.facts) if line.mending in {"set", "keep"} else None


def _row(
    line: Line, sheet: SheetTruth, number: int, outcomes: tuple[Outcome, Outcome | None]
) -> RowTruth:
    first, after = outcomes
    faults = tuple(
        Fault(name, sheet.column(name).header, family, what) for name, family, what in line.faults
    )
    return RowTruth(
        sheet.title,
        number,
        line.person,
        first,
        faults,
        line.mending,
        tuple(sorted(line.fixes.items())),
        after or "",
        tuple(line.traps),
        tuple((name, line.facts[name]) for name in COMPARED if line.facts.get(name)),
    )
