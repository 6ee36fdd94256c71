"""What an import can bring in: kinds, and the column sets that other apps hang on a kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from muster.core.identity import ValueFault
from muster.core.sheets import Column

CLEAR = frozenset({"清空", "（清空）", "(清空)"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a check knows of its job: where the file belongs, and the day."""

    division: str
    today: date


@dataclass(slots=True)
class Draft:
    """One row on its way: what was written, what was read, what is wrong, what would happen.

    ``raw`` holds a key for each column the sheet has: absent column ≠ empty cell ≠ "清空".
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

    def fault(self, column: Column, fault: ValueFault, *, masked: str = "") -> None:
        """Note a fault of one cell."""
        self.faults.append(
            {"column": column.label, "key": column.key, "code": fault.code,
             "message": fault.message, "allowed": fault.allowed, "value_masked": masked,
             "suggestion": fault.suggestion}
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


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that another app hangs on a kind, such as militia membership on people.

    ``prepare(context, drafts)`` reads what judging needs, in bulk, and returns any state;
    ``judge(state, draft, context)`` returns a plan in plain JSON, or None where nothing would
    change; it notes faults on the draft. ``write(written, at)`` carries plans out in the writing
    transaction. ``undo(row, target, at)`` returns "" when reversed, else why it was kept.
    """

    code: str
    label: str
    columns: tuple[Column, ...]
    prepare: Callable[[Context, Sequence[Draft]], Any]
    judge: Callable[[Any, Draft, Context], Any]
    write: Callable[[Sequence[Written], datetime], None]
    undo: Callable[[UUID, UUID, datetime], str]


class Checking(Protocol):
    """The check of one file, batch by batch."""

    def survey(self, drafts: Sequence[Draft]) -> None:
        """Note what must be known of all rows before the first is judged (twice in the file)."""
        ...

    def take(self, drafts: Sequence[Draft]) -> None:
        """Fill outcome, target and plans of these drafts."""
        ...

    def absent(self) -> int:
        """Return how many records of the file's division were in no row taken so far."""
        ...


class ImportKind(Protocol):
    """A kind of import: how its rows are judged, written and undone."""

    code: str
    label: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return all columns, those of the hung sets included."""
        ...

    def begin(self, context: Context) -> "Checking":
        """Return a check of one file, which takes its rows in batches."""
        ...

    def write(self, rows: Sequence[tuple[UUID, Draft]], at: datetime) -> list[UUID]:
        """Write good rows in the present transaction; return keys of rows that changed since."""
        ...

    def undo(self, draft: Draft, row: UUID, at: datetime) -> str:
        """Reverse one written row; return "" or the reason it was kept."""
        ...


KINDS: dict[str, ImportKind] = {}
COLUMN_SETS: dict[str, list[ColumnSet]] = {}
# Asked before a record is withdrawn by an undo: label → whether it was used since.
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


def is_clear(value: Any) -> bool:
    """Return whether the cell says to clear what is recorded."""
    return isinstance(value, str) and value.strip() in CLEAR
