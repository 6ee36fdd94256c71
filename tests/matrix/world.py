"""The world of rows: at every place one row of every kind, each with canaries of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from muster.core.identity import IdentityNumber, mask_phone
from muster.ground.register import people
from muster.ground.rows.actor import AREAS
from muster.ground.rows.scope import acting
from tests.factories import AccountFactory, DivisionFactory, PostFactory, everything, id_number
from tests.matrix.canaries import token
from tests.matrix.places import PLACES
from tests.matrix.recipes import DAY, RECIPES, Recipe

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)
ACTS = ("formation.confirm",)
ROOM = 10  # a shorter column cannot carry a canary


@dataclass(frozen=True, slots=True)
class Planted:
    """One row, where it stands, and the marks by which it is known."""

    label: str
    place: str
    row: Any
    token: str
    digits: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass
class World:
    """Everything that was planted, found by kind, place and mark."""

    rows: list[Planted] = field(default_factory=list)
    kinds: dict[str, list[Planted]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    desks: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)
    # (method, route) answered 405 once: that does not depend on who asks.
    refused: set[tuple[str, str]] = field(default_factory=set)

    def add(self, planted: Planted) -> None:
        """Take one row in."""
        self.rows.append(planted)
        for place in ("", planted.place):
            self.kinds.setdefault(f"{planted.label} {place}", []).append(planted)

    def of(self, label: str, place: str = "") -> list[Planted]:
        """Return the rows of a kind, at one place or everywhere."""
        return self.kinds.get(f"{label} {place}", [])

    def by_token(self) -> dict[str, Planted]:
        """Return mark → row."""
        return {p.token: p for p in self.rows}

    def by_digits(self) -> dict[str, Planted]:
        """Return identity number or phone → person."""
        return {digits: p for p in self.rows for digits in p.digits}

    def by_end(self) -> dict[str, Planted]:
        """Return the last four digits → person; no two in the world share them."""
        return {end: p for p in self.rows for end in p.ends}

    def by_key(self) -> dict[UUID, Planted]:
        """Return row key → row."""
        return {p.row.pk: p for p in self.rows}


class Planter:
    """Plants the rows of one place in the order of the recipes."""

    def __init__(self, world: World, place: str) -> None:
        """Take the place; nothing is planted yet."""
        self.world, self.place = world, place
        self.planted: list[Planted] = []
        self.number, self.token = 0, ""

    def next_mark(self) -> None:
        """Take the next canary."""
        self.number = next(self.world.numbers)
        self.token = token(self.number)

    def latest(self, label: str, *, first: bool = False) -> Any:
        """Return the row of a kind planted last here, or first ("+1": the one after)."""
        label, _, turn = label.partition("+")
        rows = [p.row for p in self.planted if p.label == label]
        return rows[int(turn or 0) if first else -1]

    def keep(
        self, label: str, row: Any, digits: tuple[str, ...] = (), ends: tuple[str, ...] = ()
    ) -> None:
        """Note a planted row."""
        found = Planted(label, self.place, row, self.token, digits, ends)
        self.planted.append(found)
        self.world.add(found)

    def everything(self, *, tree: bool = True) -> None:
        """Plant one row of every kind."""
        if tree:
            self.division()
        self.account()
        for recipe in RECIPES:
            if recipe.label != "register.Division" and self.place in (recipe.only or (self.place,)):
                self.next_mark()
                self.one(recipe)

    @contextmanager
    def clerk(self) -> Iterator[None]:
        """Run the block as somebody of this place who may do everything there."""
        from muster.ground.accounts.queries import clerk_of

        whole = frozenset(AREAS)
        known = replace(clerk_of(self.place, reads=whole, writes=whole), acts=frozenset(ACTS))
        with acting(known):
            yield

    def division(self) -> None:
        """Plant the node of the tree itself."""
        self.next_mark()
        row = DivisionFactory.create(division=self.place, name=f"地{self.token}")
        self.keep("register.Division", row)

    def account(self) -> None:
        """Plant who made the rows of this place: an account whose name is a canary."""
        self.next_mark()
        made = AccountFactory.create(
            login=f"maker{self.number}", name=f"员{self.token}", county=self.place[:6]
        )
        self.keep("accounts.Account", made)
        level = {"000000": "county_armed_department"}.get(self.place[6:], "armed_officer")
        role = level if self.place.endswith("000") else "village_company_leader"
        self.next_mark()
        self.keep("accounts.Post", PostFactory.create(account=made, role=role, division=self.place))

    def one(self, recipe: Recipe) -> None:
        """Plant one row."""
        if recipe.made:
            self.keep(recipe.label, recipe.made(self))
            return
        model = apps.get_model(recipe.label)
        row = model(division=self.place)
        for column in model._meta.concrete_fields:
            if column.name not in ("id", "division", "county"):
                self.fill(row, column, recipe)
        digits, ends = self.seal(row) if recipe.label == "register.Person" else ((), ())
        row.save()
        self.keep(recipe.label, row, digits, ends)

    def fill(self, row: Any, column: Any, recipe: Recipe) -> None:
        """Give one column its value: the recipe's, else the canary or something plausible."""
        if column.name in recipe.values:
            given = recipe.values[column.name]
            setattr(row, column.name, given(self, row) if callable(given) else given)
        elif isinstance(column, models.ForeignKey):
            if not column.null:
                label = column.related_model._meta.label
                setattr(row, column.name, self.latest(label))
        elif isinstance(column, models.UUIDField):
            if column.name.endswith("_by"):
                setattr(row, column.name, self.latest("accounts.Account").pk)
        elif not column.choices:
            self.plain(row, column)

    def plain(self, row: Any, column: Any) -> None:
        """Fill a column without choices: words carry the canary, times stand still."""
        if isinstance(column, models.CharField | models.TextField):
            if (column.max_length or ROOM) >= ROOM and not column.name.endswith("_index"):
                setattr(row, column.name, f"记{self.token}")
        elif isinstance(column, models.DateTimeField):
            setattr(row, column.name, None if column.null else NOON)
        elif isinstance(column, models.DateField) and not column.null:
            setattr(row, column.name, DAY)
        elif (
            isinstance(column, models.IntegerField) and not column.null and not column.has_default()
        ):
            setattr(row, column.name, 1)

    def seal(self, row: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give a person a number and a phone; return them whole, and the ends of masked ones."""
        number, phone = id_number(self.number), f"139{50_000_000 + self.number:08d}"
        people.put_number(row, number)
        people.put_phone(row, phone)
        row.search = f"{row.name.lower()} {self.token.lower()}"
        assert IdentityNumber.parse(number).masked[-4:] != mask_phone(phone)[-4:]
        return (number, phone), (number[-4:], phone[-4:])


def lay_out() -> World:
    """Plant every place."""
    world = World()
    with everything():
        for place in PLACES:
            Planter(world, place).everything()
    return world
