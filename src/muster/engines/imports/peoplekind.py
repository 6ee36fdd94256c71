"""People as an import kind: compared with the register, written in bulk, undone row by row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from muster.core.identity import ValueFault, mask_phone
from muster.core.sheets import Column
from muster.engines.imports import peopleundo, peoplewrite
from muster.engines.imports.kinds import Cells, Context, Draft, sets_of
from muster.engines.imports.people import (
    BY_KEY,
    PEOPLE,
    RowReader,
    masked,
    names_by_number,
    refuse_double,
    skills_of,
)
from muster.engines.imports.places import HomeRows, Places
from muster.ground.register import people as sealing
from muster.ground.register import queries
from muster.ground.register.models import Person
from muster.ground.rows.ids import uuid7s
from muster.ground.rows.sealing import indexer

CODE = "people"
WORDS = {"politics": Person.Politics, "education": Person.Education, "sex": Person.Sex}


class PeopleKind:
    """Rosters of people, with whatever columns other apps hang on them."""

    code = CODE
    label = "人员名册"
    one = "一人"
    waits = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the register's columns and those of the hung sets."""
        return PEOPLE + tuple(c for s in sets_of(self.code) for c in s.columns)

    def begin(self, context: Context) -> "PeopleCheck":
        """Return a check of one file, which takes its rows in batches."""
        return PeopleCheck(context)

    def begin_alone(self, context: Context) -> "PeopleAlone":
        """Return a check of the file only."""
        return PeopleAlone(context)

    def write(self, rows: Sequence[tuple[UUID, Draft]], at: datetime) -> dict[UUID, str]:
        """Write good rows; return those left out because the register changed since."""
        return peoplewrite.write(self.code, rows, at)

    def begin_undo(self, drafts: Sequence[Draft]) -> peopleundo.PeopleUndo:
        """Return the undoing of a batch of rows."""
        return peopleundo.PeopleUndo(self.code, drafts)

    def shown(self, key: str, value: Any) -> str:
        """Return a value of the register in words, phones masked."""
        if value is None or value == "":
            return "（空）"
        if isinstance(value, bool):
            return "是" if value else "否"
        if key == "division":
            return queries.division_name(str(value))
        if key == "phone":
            return mask_phone(str(value))
        return str(WORDS[key](value).label) if key in WORDS else str(value)


class PeopleAlone:
    """The check of a roster without a register: every cell, and every pair of rows."""

    def __init__(self, context: Context) -> None:
        """Begin a file."""
        self.context = context
        self.reader = RowReader(context)
        self.first: dict[str, tuple[str, int]] = {}
        self.names: dict[str, set[str]] = {}

    def survey(self, cells: Cells) -> None:
        """Note the identity numbers that stand beside several names."""
        self.names = names_by_number(cells.pairs("id_number", "name"))

    def know(self, others: Mapping[str, tuple[str, int]]) -> None:
        """Note which numbers other rows of the file have."""
        self.first.update(others)

    def know_rows(self, drafts: Sequence[Draft]) -> None:
        """Nothing: no person's row waits for another."""

    def take(self, drafts: Sequence[Draft]) -> None:
        """Find the faults of these drafts."""
        for draft in drafts:
            self.reader.read(draft)
            draft.index = draft.values.get("id_number", "")
            refuse_double(draft, self.first, self.names)
            draft.outcome = "rejected" if draft.faults else ""

    def absent(self) -> int | None:
        """Return None: there is no register to ask."""
        return None

    def notices(self) -> list[str]:
        """Return nothing: where rows would go is not known without a register."""
        return []


class PeopleCheck(PeopleAlone):
    """The check of one roster against the register of the scope."""

    def __init__(self, context: Context) -> None:
        """Read the places of the file's division."""
        super().__init__(context)
        self.places = Places(context.division)
        self.index = indexer("person.id")
        self.met: set[UUID] = set()
        self.homes = HomeRows(context.division)
        self.tallies: dict[str, Counter[str]] = {}

    def take(self, drafts: Sequence[Draft]) -> None:
        """Fill outcome, target and plans of these drafts."""
        for draft in drafts:
            self.reader.read(draft)
            self.places.settle(draft)
            number = draft.values.get("id_number")
            if number:
                draft.index = self.index(number)
                refuse_double(draft, self.first, self.names)
        self._compare(drafts)
        for column_set in sets_of(CODE):
            keys = {c.key for c in column_set.columns}
            asked = [d for d in drafts if not keys.isdisjoint(d.raw)]
            state = column_set.prepare(self.context, asked) if asked else None
            for draft in asked:
                plan = column_set.judge(state, draft, self.context)
                if plan is not None:
                    draft.plans[column_set.code] = plan
        for draft in drafts:
            _settle_outcome(draft)
            self.homes.count(draft, "village")
            if draft.plans and draft.outcome in ("new", "changed"):
                self._tally(draft.plans)

    def _compare(self, drafts: Sequence[Draft]) -> None:
        """Find each draft's person in the scope; those outside get one constant answer."""
        indexes = {d.index for d in drafts if d.index}
        anywhere = queries.indexes_elsewhere(indexes)
        known = queries.people_by_index(anywhere)
        elsewhere = anywhere - known.keys()
        keys = iter(uuid7s(len(drafts)))
        for draft in drafts:
            person = known.get(draft.index)
            if person is not None:
                self._meet(person)
                _refuse_other(draft, person)
                _differences(draft, person)
            elif draft.index in elsewhere:
                draft.outcome = "held"
            elif draft.good:
                draft.target = next(keys)

    def _tally(self, plans: Mapping[str, Any]) -> None:
        for column_set in sets_of(CODE):
            if column_set.tally is not None and column_set.code in plans:
                counted = self.tallies.setdefault(column_set.code, Counter())
                counted[column_set.tally(plans[column_set.code])] += 1

    def notices(self) -> list[str]:
        """Return where people without a village go, and what the hung sets have to say."""
        told = self.homes.notices("村（社区）", "人")
        for column_set in sets_of(CODE):
            if column_set.notes is not None and column_set.code in self.tallies:
                told += column_set.notes(self.tallies[column_set.code])
        return told

    def _meet(self, person: Person) -> None:
        here = queries.lies_in(person.division, self.context.division)
        if here and person.state == Person.State.ACTIVE:
            self.met.add(person.pk)

    def absent(self) -> int | None:
        """Return how many people of the file's division stand in the register but in no row."""
        rows = queries.people_in(self.context.division).filter(state=Person.State.ACTIVE)
        return max(0, int(rows.count()) - len(self.met))


def _refuse_other(draft: Draft, person: Person) -> None:
    """Refuse a number registered under another name, and people who left the register."""
    name = draft.values.get("name")
    if name and name != person.name:
        text = (
            "这个身份证号登记的是另一个姓名。请核对号码；如果本人改了名，请先在人员页面更正姓名。"
        )
        fault = ValueFault("name.differs", text, "与登记的姓名一致")
        draft.fault(BY_KEY["name"], fault, masked=masked(BY_KEY["name"], name))
    if person.state != Person.State.ACTIVE:
        text = f"登记显示本人已{Person.State(person.state).label}。请核对；登记有误的，先在人员页面更正。"
        fault = ValueFault("person.not_active", text, "在册人员")
        draft.fault(BY_KEY["name"], fault, masked=masked(BY_KEY["name"], person.name))


def _differences(draft: Draft, person: Person) -> None:
    """Note the old value of everything the row would change; columns it lacks change nothing."""
    draft.target, draft.revision = person.pk, person.revision
    values, before = draft.values, draft.before
    for name in peoplewrite.PLAIN:
        if name in values and (old := _plain(getattr(person, name))) != values[name]:
            before[name] = old
    if "phone" in values and sealing.phone_index(values["phone"]) != person.phone_index:
        before["phone"] = sealing.phone_of(person)
    if "skills" in values and "、".join(skills_of(values["skills"])) != person.skills_text:
        before["skills"] = person.skills_text
    if "village" not in values or not draft.division:
        draft.division = person.division
    elif draft.division != person.division:
        before["division"] = person.division


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _settle_outcome(draft: Draft) -> None:
    if draft.outcome == "held":
        # Whatever else is wrong with the row: somebody else's record cannot be judged here.
        draft.target, draft.faults, draft.plans = None, [], {}
    elif draft.faults:
        draft.outcome = "rejected"
    elif draft.revision is None:
        draft.outcome = "new"
    else:
        draft.outcome = "changed" if draft.before or draft.plans else "unchanged"
