"""Preparing people for the register: folding, sealing, search keys. No writes here."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from muster.core.identity import IdentityNumber, search_key
from muster.ground.register.models import Person
from muster.ground.rows.sealing import blind_index, seal, unseal


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed columns of one person."""

    id_sealed: bytes
    id_index: str
    phone_sealed: bytes
    phone_index: str


def id_index(number: str) -> str:
    """Return the keyed hash of an identity number."""
    return blind_index(number.upper(), purpose="person.id")


def phone_index(phone: str) -> str:
    """Return the keyed hash of a phone number."""
    return blind_index(phone, purpose="person.phone")


def sealed_columns(row: UUID, *, number: str, phone: str) -> Sealed:
    """Return the sealed columns of a person with this key."""
    return Sealed(
        seal(number, place=Person.ID_PLACE, row=row), id_index(number),
        seal(phone, place=Person.PHONE_PLACE, row=row), phone_index(phone),
    )  # fmt: skip


def put_number(person: Person, number: str) -> None:
    """Set the identity number, and what it says of birth and sex where they are unknown."""
    person.id_sealed = seal(number, place=Person.ID_PLACE, row=person.pk)
    person.id_index = id_index(number)
    if number:
        parsed = IdentityNumber.parse(number)
        person.birth_date = parsed.birth_date
        person.sex = parsed.sex


def put_phone(person: Person, phone: str) -> None:
    """Set the phone."""
    person.phone_sealed = seal(phone, place=Person.PHONE_PLACE, row=person.pk)
    person.phone_index = phone_index(phone)


def number_of(person: Person) -> str:
    """Return the identity number in clear; the caller journals the look."""
    return unseal(person.id_sealed, place=Person.ID_PLACE, row=person.pk)


def phone_of(person: Person) -> str:
    """Return the phone in clear; the caller journals the look."""
    return unseal(person.phone_sealed, place=Person.PHONE_PLACE, row=person.pk)


def set_plain(person: Person, values: dict[str, Any]) -> None:
    """Set the open columns; the name brings its search key."""
    for name, value in values.items():
        setattr(person, name, value)
    if "name" in values:
        person.search = search_key(person.name)[:400]


def age_on(birth: date | None, day: date) -> int | None:
    """Return full years on a day (周岁), or None where the birth date is unknown."""
    if birth is None:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
