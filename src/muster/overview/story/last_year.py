"""Last year's membership (2023-06-15) and the year's sum: opening + in − out = closing."""

from dataclasses import dataclass
from datetime import date

from muster.overview.story.people import Person
from muster.overview.story.town import Town
from muster.overview.story.units import COMPANIES, PRIMARY, UnitSeed


@dataclass(frozen=True, slots=True)
class Membership:
    """Who held which post of which unit since when."""

    person: str
    unit: str
    post: str
    duty: str
    joined: date


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member of last year who must leave, why, since when, and where an officer sees it."""

    person: str
    unit: str
    reason: str
    since: date
    seen_in: str


@dataclass(frozen=True, slots=True)
class Account:
    """The year of one unit: people who stay, leave, come with the roster, and empty posts."""

    unit: str
    quota: int
    opening: int
    leaving: int
    joining: int
    to_fill: int

    @property
    def closing(self) -> int:
        """Return the strength once every empty post is filled."""
        return self.opening - self.leaving + self.joining + self.to_fill


def opening(everyone: Town) -> tuple[Membership, ...]:
    """Return who stood in the units of 青溪镇 on 2023-06-15."""
    return tuple(
        Membership(one.key, seat.unit, seat.post, seat.duty, seat.joined)
        for one in everyone.people
        if (seat := one.last_seat)
    )


def leavers(everyone: Town) -> tuple[Leaver, ...]:
    """Return who of last year's members must leave: 60 people."""
    return tuple(
        Leaver(one.key, one.last_seat.unit, one.reason, one.since, _seen_in(one))
        for one in everyone.people
        if one.fate == "leaves" and one.last_seat and one.since
    )


def _seen_in(person: Person) -> str:
    if person.reason == "超龄":
        return "出生日期"
    return "外出及补充人员.csv" if person.away else "不在今年花名册中"


def accounts(everyone: Town) -> tuple[Account, ...]:
    """Return the sum of each unit that has posts of its own."""
    return tuple(_account(everyone, one) for one in (*PRIMARY, *COMPANIES))


def _account(everyone: Town, one: UnitSeed) -> Account:
    began = [
        person
        for person in everyone.people
        if person.last_seat and person.last_seat.unit == one.key
    ]
    leaving = sum(person.fate == "leaves" for person in began)
    joining = sum(
        person.fate == "joins" and person.seat is not None and person.seat.unit == one.key
        for person in everyone.people
    )
    empty = one.quota - (len(began) - leaving) - joining
    return Account(one.key, one.quota, len(began), leaving, joining, empty)
