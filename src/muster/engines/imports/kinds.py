"""What an import can bring in: kinds, and the column sets that other apps hang on a kind."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from muster.core.identity import ValueFault
from muster.core.kernel import Problem
from muster.core.sheets import Column

CLEAR = frozenset({"清空", "（清空）", "(清空)"})
_LONG_NUMBER = re.compile(r"[0-9]{11,18}[Xx]?")
CHANGED, HELD = "changed", "held"


@dataclass(frozen=True, slots=True)
class Context:
    """What a check knows of its job: where the file belongs, and the day."""

    division: str
    today: date


def hide_numbers(text: str) -> str:
    """Return text in which identity and phone numbers that stand in a wrong column are masked."""
    return _LONG_NUMBER.sub(lambda m: f"{m[0][:3]}{'*' * (len(m[0]) - 7)}{m[0][-4:]}", text)


@dataclass(slots=True)
class Draft:
    """One row on its way: what was written, what was read, what is wrong, what would happen.

    ``raw`` holds a key for each column the sheet has: absent column ≠ empty cell ≠ "清空".
    ``labels`` are the user's own header texts by key; ``edits`` what was corrected on the screen.
    """

    place: int
    sheet: str
    number: int
    raw: dict[str, Any]
    division: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)
    outcome: str = ""
    target: UUID | None = None
    index: str = ""
    revision: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    plans: dict[str, Any] = field(default_factory=dict)
    pk: UUID | None = None
    origin: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    edits: dict[str, str] = field(default_factory=dict)

    def fault(self, column: Column, fault: ValueFault, *, masked: str = "") -> None:
        """Note a fault of one cell under the header as the user wrote it."""
        self.faults.append(
            {"column": self.labels.get(column.key) or column.label, "key": column.key,
             "code": fault.code, "message": hide_numbers(fault.message), "allowed": fault.allowed,
             "value_masked": hide_numbers(masked), "suggestion": fault.suggestion}
        )  # fmt: skip

    @property
    def good(self) -> bool:
        """Return whether nothing is wrong with the row."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Written:
    """One row being written: its key, the record it stands for, and the plan of a column set."""

    row: UUID
    target: UUID
    division: str
    plan: Any


Line = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Turned:
    """Why a row could not be written: the reason, the column it is about, what it says there."""

    why: str
    key: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that another app hangs on a kind, such as militia membership on people.

    ``prepare(context, drafts)`` reads what judging needs, in bulk, and returns any state;
    ``judge(state, draft, context)`` returns a plan in plain JSON, or None where nothing would
    change; it notes faults on the draft. It is asked only where the sheet has one of the columns.
    ``write(written, at)`` carries plans out in the writing transaction. ``undo(row, target, at)``
    returns "" when reversed, else why it was kept; the caller then takes everything back.
    ``words(plans)`` says of each plan what it changes: (column key, before, after).
    ``tally(plan)`` names what a plan adds one to, and ``notes(tallied)`` says what a person should
    know before the import: a unit that gets more people than its strength.
    """

    code: str
    label: str
    columns: tuple[Column, ...]
    prepare: Callable[[Context, Sequence[Draft]], Any]
    judge: Callable[[Any, Draft, Context], Any]
    write: Callable[[Sequence[Written], datetime], None]
    undo: Callable[[UUID, UUID, datetime], str] | None
    undo_plan: Callable[[Any, UUID, datetime], str] | None = None
    words: Callable[[Sequence[Any]], list[list[Line]]] | None = None
    tally: Callable[[Any], str] | None = None
    notes: Callable[[Mapping[str, int]], list[str]] | None = None

    def reverse(self, plan: Any, row: UUID, target: UUID, at: datetime) -> str:
        """Reverse what this set wrote of a row; return "" or why it is kept."""
        if self.undo_plan is not None:
            return self.undo_plan(plan, target, at)
        return self.undo(row, target, at) if self.undo is not None else ""


class Cells(Protocol):
    """A file's cells by column, for looking over all rows before the first is judged."""

    def pairs(self, first: str, second: str) -> Iterator[tuple[Any, Any]]:
        """Yield the cells of two columns for every row; None where the sheet lacks the column."""
        ...


class Checking(Protocol):
    """The check of one file, batch by batch."""

    def survey(self, cells: Cells) -> None:
        """Note what must be known of all rows before the first is judged (twice in the file)."""
        ...

    def know(self, others: Mapping[str, tuple[str, int]]) -> None:
        """Note index → (sheet, row number) of rows judged earlier, before one is judged alone."""
        ...

    def know_rows(self, drafts: Sequence[Draft]) -> None:
        """Note other rows of the file, before some are judged alone; asked where rows wait."""
        ...

    def take(self, drafts: Sequence[Draft]) -> None:
        """Fill outcome, target and plans of these drafts."""
        ...

    def absent(self) -> int | None:
        """Return how many records of the file's division were in no row taken so far."""
        ...

    def notices(self) -> list[str]:
        """Return what a person should know before the rows taken so far are written."""
        ...


class Undoing(Protocol):
    """The undoing of one batch of rows in one transaction."""

    def reverse(self, draft: Draft, row: UUID, *, at: datetime, since: datetime) -> str:
        """Reverse one written row; return "" or why it is to be kept (the caller rolls back then)."""
        ...

    def finish(self) -> None:
        """Do what is done for all reversed rows together."""
        ...


class ImportKind(Protocol):
    """A kind of import: how its rows are judged, written and undone."""

    code: str
    label: str
    one: str  # what a row is: 一人, 一单位
    # The code of a fault that goes away when another row is mended; "" where rows stand alone.
    waits: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return all columns, those of the hung sets included."""
        ...

    def begin(self, context: Context) -> Checking:
        """Return a check of one file, which takes its rows in batches."""
        ...

    def begin_alone(self, context: Context) -> Checking:
        """Return a check that looks at the file only, where there is no register."""
        ...

    def write(self, rows: Sequence[tuple[UUID, Draft]], at: datetime) -> dict[UUID, str]:
        """Write good rows in the present transaction.

        Returns row key → ``CHANGED`` or ``HELD`` for rows left out: the record changed since the
        check, or the number appeared outside the scope.
        """
        ...

    def begin_undo(self, drafts: Sequence[Draft]) -> Undoing:
        """Return the undoing of a batch of rows."""
        ...

    def shown(self, key: str, value: Any) -> str:
        """Return a stored value in words, masked where the column is sensitive."""
        ...


KINDS: dict[str, ImportKind] = {}
COLUMN_SETS: dict[str, list[ColumnSet]] = {}
# Asked before a record is withdrawn by an undo: (kind, record, since) → why it is used, or "".
USED_SINCE: list[Callable[[str, UUID, datetime], str]] = []


def sets_of(kind: str) -> list[ColumnSet]:
    """Return the column sets hung on a kind."""
    return COLUMN_SETS.get(kind, [])


def used_since(kind: str, target: UUID, since: datetime) -> str:
    """Return why a record may not be withdrawn, or "" where nothing used it."""
    for ask in USED_SINCE:
        why = ask(kind, target, since)
        if why:
            return why
    return ""


def concerns_one_row(problem: Problem) -> bool:
    """Return whether a refusal is about the row, not about who asks or about a broken program."""
    return problem.status in (409, 422)


def is_clear(value: Any) -> bool:
    """Return whether the cell says to clear what is recorded."""
    return isinstance(value, str) and value.strip() in CLEAR
