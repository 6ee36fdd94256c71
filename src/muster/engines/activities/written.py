"""What a clerk writes down of an activity, as actions take it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one activity; what its kind has no field for stays empty."""

    title: str
    on: date
    ends_on: date | None = None
    hours: Decimal | None = None
    place: str = ""
    place_kind: str = ""
    subject: str = ""
    form: str = ""
    level: str = ""
    lead: str = ""
    result: str = ""
    cost_fen: int | None = None
    mode: str = ""
    applicant: str = ""
    approver: str = ""
    approved_at: datetime | None = None
    approval_number: str = ""
    notified_at: datetime | None = None
    assembled_at: datetime | None = None
    expected: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return column → value."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of an audience class came, some of them for the first time in the year."""

    number: int
    first_time: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a channel at a kind of place."""

    channel: str
    quantity: int
    place_kind: str = ""
