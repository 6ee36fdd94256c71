"""Reading the register, always within the scope."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from muster.core.identity import IdentityNumber, fold, mask_phone
from muster.core.kernel import DivisionCode
from muster.ground.journal.actions import look
from muster.ground.register import people
from muster.ground.register.models import (
    Body,
    Division,
    Organisation,
    Person,
    Seat,
    SeatHolding,
    Twin,
)
from muster.ground.rows import catalogue
from muster.ground.rows.scope import system_scope

MOST_OPENED = 20_000


def divisions() -> QuerySet[Division]:
    """Return the divisions of the scope and the ones above it."""
    return Division.objects.filter(valid_to=None)  # type: ignore[no-any-return]


def divisions_below(code: str) -> QuerySet[Division]:
    """Return the divisions of a subtree, its root first."""
    subtree = DivisionCode(code)
    rows = divisions().filter(division__gte=subtree.low, division__lte=subtree.high)
    return rows.order_by("division")


def division(code: str) -> Division:
    """Return the division of a code within the scope; refuse with NotInScope otherwise."""
    found = Division.objects.filter(division=code).first()
    return found or Division.objects.fetch("")  # type: ignore[no-any-return]


def division_exists(code: str) -> bool:
    """Return whether the scope sees this division."""
    return bool(Division.objects.filter(division=code).exists())


def division_name(code: str) -> str:
    """Return the name of a division, or its code where the scope does not see it."""
    found = Division.objects.filter(division=code).values_list("name", flat=True).first()
    return found or code


def division_names() -> dict[str, str]:
    """Return code → name of all visible divisions."""
    return dict(Division.objects.values_list("division", "name"))


def organisations() -> QuerySet[Organisation]:
    """Return the organisations of the scope."""
    return Organisation.objects.filter(valid_to=None)  # type: ignore[no-any-return]


def organisation(pk: UUID | str) -> Organisation:
    """Return one organisation of the scope."""
    return Organisation.objects.fetch(pk)  # type: ignore[no-any-return]


def bodies() -> QuerySet[Body]:
    """Return the leading groups of the scope."""
    return Body.objects.all()  # type: ignore[no-any-return]


def body(pk: UUID | str) -> Body:
    """Return one leading group of the scope."""
    return Body.objects.fetch(pk)  # type: ignore[no-any-return]


def holders_on(group: Body, day: date) -> list[tuple[Any, SeatHolding | None]]:
    """Return (seat, holding or None) of a body as it stood on a day."""
    holdings = (
        SeatHolding.objects.filter(seat__body=group, valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .order_by("valid_from", "pk")
    )  # on the day of a handover the new holder counts
    by_seat = {h.seat_id: h for h in holdings}
    return [(seat, by_seat.get(seat.pk)) for seat in group.seats.all()]


def people_in(code: str = "") -> QuerySet[Person]:
    """Return the living register of the scope, of one subtree where a code is given."""
    rows = Person.objects.exclude(state=Person.State.WITHDRAWN)
    if code:
        subtree = DivisionCode(code)
        rows = rows.filter(division__gte=subtree.low, division__lte=subtree.high)
    return rows  # type: ignore[no-any-return]


def lies_in(division: str, code: str) -> bool:
    """Return whether a division lies in the subtree of a code."""
    subtree = DivisionCode(code)
    return subtree.low <= division <= subtree.high


def person(pk: UUID | str) -> Person:
    """Return one person of the scope."""
    return Person.objects.fetch(pk)  # type: ignore[no-any-return]


def person_by_number(number: str) -> Person | None:
    """Return the person with this identity number within the scope."""
    index = people.id_index(number)
    rows = Person.objects.filter(id_index=index).exclude(state=Person.State.WITHDRAWN)
    return rows.first()  # type: ignore[no-any-return]


def people_by_index(indexes: Iterable[str]) -> dict[str, Person]:
    """Return index → person for keyed hashes of identity numbers, within the scope."""
    return {p.id_index: p for part in _by_index(indexes) for p in part}


def _by_index(indexes: Iterable[str]) -> Iterator[QuerySet[Person]]:
    wanted = list(indexes)
    # Without the county no index begins with what is asked, and each batch reads the whole table.
    counties = _counties() if wanted else []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = Person.objects.filter(county__in=counties, id_index__in=part).order_by()
        yield rows.exclude(state=Person.State.WITHDRAWN)


def _counties() -> list[str]:
    return list(Division.objects.order_by().values_list("county", flat=True).distinct())


def keys_of_namesakes(pairs: Iterable[tuple[str, date]]) -> dict[tuple[str, date], list[UUID]]:
    """Return (name, birth date) → keys of the people of the scope who share both."""
    wanted = set(pairs)
    names = sorted({name for name, _ in wanted})
    # By county and name alone: the index begins with them; with the dates as well each of so many
    # names is looked up with each of so many dates, and without the county every person is read.
    counties = _counties() if names else []
    found: dict[tuple[str, date], list[UUID]] = {}
    for start in range(0, len(names), 500):
        rows = people_in().filter(county__in=counties, name__in=names[start : start + 500])
        for key, name, born in rows.order_by().values_list("pk", "name", "birth_date"):
            if born and (name, born) in wanted:
                found.setdefault((name, born), []).append(key)
    return found


def number_stands_elsewhere(number: str) -> bool:
    """Return whether the number stands in the county outside my scope; nothing else leaks."""
    with system_scope("one constant answer for a number outside the scope"):
        return person_by_number(number) is not None


def indexes_elsewhere(indexes: Iterable[str]) -> set[str]:
    """Return those keyed hashes that stand anywhere in the office; the caller drops its own."""
    with system_scope("one constant answer for numbers outside the scope"):
        parts = _by_index(indexes)
        return {index for part in parts for index in part.values_list("id_index", flat=True)}


def search(words: str, *, most: int = 200) -> list[tuple[Person, str]]:
    """Return (person, why it matched): name, pinyin, initials, last four of number or phone."""
    words = fold(words).lower().replace(" ", "").replace("|", "")
    if not words:
        return []
    if TAIL.match(words):
        return _by_last_four(words.upper())[:most]
    if WHOLE.match(words):
        return _by_whole(words.upper())
    return [(p, "姓名或拼音") for p in people_in().filter(search__contains=words)[:most]]


TAIL, WHOLE = re.compile(r"^\d{3}[\dx]$"), re.compile(r"^\d{11}$|^\d{14}[\dx]$|^\d{17}[\dx]$")


def _by_whole(words: str) -> list[tuple[Person, str]]:
    known = person_by_number(words)
    by_phone = people_in().filter(phone_index=people.phone_index(words))[:20]
    look("person.number_searched", kind="register.person", count=len(by_phone) + bool(known))
    return ([(known, "身份证号")] if known else []) + [(p, "电话") for p in by_phone]


def _by_last_four(four: str) -> list[tuple[Person, str]]:
    """Open sealed values inside the scope (at most 20,000 rows) and compare the tails."""
    found: list[tuple[Person, str]] = []
    opened = 0
    for row in people_in().exclude(id_index="", phone_index="").iterator(2000):
        opened += 1
        if opened > MOST_OPENED:
            break
        if people.number_of(row).endswith(four):
            found.append((row, "身份证号后四位"))
        elif people.phone_of(row).endswith(four):
            found.append((row, "电话后四位"))
    look("person.tail_searched", kind="register.person", count=opened)
    return found


def twins_open() -> QuerySet[Twin]:
    """Return pairs not settled yet, both of whom this post sees: undecided ones first.

    Who are found to be one person stay here until one of the two registrations is withdrawn.
    """
    mine = people_in().order_by().values("pk")
    rows = Twin.objects.filter(first__in=mine, second__in=mine).exclude(state=Twin.State.APART)
    return rows.order_by("state", "pk")  # type: ignore[no-any-return]


def sits(row: Person) -> bool:
    """Return whether a person holds a seat of a body now."""
    return bool(SeatHolding.objects.filter(person=row, valid_to=None).exists())


def withdrawn(*, since: date) -> QuerySet[Person]:
    """Return the people taken out of the register since a day, the latest first."""
    rows = Person.objects.filter(state=Person.State.WITHDRAWN, withdrawn_on__gte=since)
    return rows.order_by("-withdrawn_on", "name")  # type: ignore[no-any-return]


def twin(pk: UUID | str) -> Twin:
    """Return one pair of the scope."""
    return Twin.objects.fetch(pk)  # type: ignore[no-any-return]


NAMES: dict[str, Any] = {}


def who(account: UUID | None) -> str:
    """Return the name of an account; the registry hands down how to find it."""
    resolve = NAMES.get("account")
    return resolve(account) if resolve and account else gettext("系统")


SEXES = Person.Sex.choices


def people_listed(
    *, words: str = "", code: str = "", sex: str = "", veteran: bool = False
) -> QuerySet[Person]:
    """Return the people of a list page."""
    rows = people_in(code)
    if words:
        rows = rows.filter(_matching(words))
    if sex:
        rows = rows.filter(sex=sex)
    return rows.filter(veteran=True) if veteran else rows


def _matching(words: str) -> Q:
    """Return the condition of the search box above a list; numbers are found as on the search page."""
    plain = fold(words).lower().replace(" ", "").replace("|", "")
    if TAIL.match(plain) or WHOLE.match(plain):
        return Q(pk__in=[p.pk for p, _ in search(plain)])
    return Q(search__contains=plain)


def note_list(count: int) -> None:
    """Journal that a masked list of people was shown."""
    look("people.listed", kind="register.person", count=count)


def note_opened(row: Person) -> None:
    """Journal that a page about one person was shown."""
    look("person.opened", kind="register.person", ids=[row.pk])


def opened(pk: UUID | str) -> Person:
    """Return one person of the scope for a page about him; the look is journalled."""
    row = person(pk)
    note_opened(row)
    return row


def masked_number(row: Person) -> str:
    """Return the identity number with only its ends left."""
    number = people.number_of(row)
    return IdentityNumber.parse(number).masked if number else ""


def masked_phone(row: Person) -> str:
    """Return the phone with its middle hidden."""
    return mask_phone(people.phone_of(row))


def masked_pair(row: Person) -> dict[str, str]:
    """Return number and phone masked; the look is journalled."""
    note_opened(row)
    return {"id_number": masked_number(row), "phone": masked_phone(row)}


def age_of(row: Person, day: date) -> int | None:
    """Return full years on a day."""
    return people.age_on(row.birth_date, day)


def twins_of(row: Person) -> QuerySet[Twin]:
    """Return the unsettled pairs a person is part of."""
    return twins_open().filter(Q(first=row) | Q(second=row)).select_related("first", "second")


def organisation_kinds() -> dict[str, str]:
    """Return the kinds of organisations: code → Chinese name."""
    found = catalogue.load("organisations/kinds.yaml")
    return {code: one if isinstance(one, str) else one["name"] for code, one in found.items()}


def organisation_kind_words() -> dict[str, list[str]]:
    """Return what people also call the kinds of organisations: code → words."""
    found = catalogue.load("organisations/kinds.yaml")
    return {code: one["also"] for code, one in found.items() if not isinstance(one, str)}


def organisations_listed(*, kind: str = "", code: str = "") -> QuerySet[Organisation]:
    """Return the organisations of a list page."""
    rows = organisations()
    if kind:
        rows = rows.filter(kind=kind)
    if code:
        subtree = DivisionCode(code)
        rows = rows.filter(division__gte=subtree.low, division__lte=subtree.high)
    return rows


def seat(pk: UUID | str) -> Seat:
    """Return one seat of the scope."""
    return Seat.objects.fetch(pk)  # type: ignore[no-any-return]


def holding(pk: UUID | str) -> SeatHolding:
    """Return one holding of the scope."""
    return SeatHolding.objects.fetch(pk)  # type: ignore[no-any-return]
