"""People as an import kind: compared with the register, written in bulk, undone row by row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from muster.core.identity import IdentityNumber, ValueFault, fold, search_key
from muster.core.sheets import Column
from muster.engines.imports.kinds import Context, Draft, Written, sets_of, used_since
from muster.engines.imports.people import BY_KEY, PEOPLE, masked, read_row, skills_of
from muster.engines.imports.places import Places
from muster.ground.journal.actions import record
from muster.ground.register import people as sealing
from muster.ground.register import queries
from muster.ground.register.actions import move_person, note_twin, set_skills
from muster.ground.register.models import Person, Skill
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7

PLAIN = ("name", "sex", "birth_date", "education", "politics", "employer", "address", "veteran")
COLUMNS = ("id", "division", "name", "search", "sex", "birth_date", "id_sealed", "id_index",
           "phone_sealed", "phone_index", "education", "politics", "employer", "address",
           "skills_text", "veteran")  # fmt: skip


class PeopleKind:
    """Rosters of people, with whatever columns other apps hang on them."""

    code = "people"
    label = "人员名册"

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the register's columns and those of the hung sets."""
        return PEOPLE + tuple(c for s in sets_of(self.code) for c in s.columns)

    def begin(self, context: Context) -> "PeopleCheck":
        """Return a check of one file, which takes its rows in batches."""
        return PeopleCheck(context)

    def write(self, rows: Sequence[tuple[UUID, Draft]], at: datetime) -> list[UUID]:
        """Write good rows; return keys of rows whose record changed since they were checked."""
        fresh = [(key, d) for key, d in rows if d.outcome == "new"]
        stale = _insert(fresh)
        for key, draft in rows:
            if draft.outcome == "changed" and not _change(draft):
                stale.append(key)
        gone = set(stale)
        for column_set in sets_of(self.code):
            column_set.write(
                [Written(key, d.target, d.division, d.plans[column_set.code])
                 for key, d in rows
                 if key not in gone and d.target and column_set.code in d.plans],
                at,
            )  # fmt: skip
        return stale

    def undo(self, draft: Draft, row: UUID, at: datetime) -> str:
        """Reverse one written row; return "" or why it was kept."""
        person = Person.objects.filter(pk=draft.target).first()
        if person is None or person.state == Person.State.WITHDRAWN:
            return "人员已不在册"
        expected = 1 if draft.outcome == "new" else (draft.revision or 0) + bool(draft.before)
        if person.revision != expected:
            last = person.history.first()
            return f"后来由{queries.who(last.history_user_id) if last else '别人'}修改过"
        for column_set in sets_of(self.code):
            if column_set.code in draft.plans:
                why = column_set.undo(row, person.pk, at)
                if why:
                    return why
        if draft.outcome == "new":
            why = used_since(self.code, person.pk, at)
            if why:
                return why
            _withdraw(person)
        elif draft.before:
            _restore(person, draft)
        return ""


class PeopleCheck:
    """The check of one roster against the register of the scope."""

    def __init__(self, context: Context) -> None:
        """Read the places of the file's division."""
        self.context = context
        self.places = Places(context.division)
        self.first: dict[str, tuple[str, int]] = {}
        self.names: dict[str, set[str]] = {}
        self.seen: set[UUID] = set()

    def survey(self, drafts: Sequence[Draft]) -> None:
        """Note which names stand beside each identity number of the file."""
        for draft in drafts:
            number = plain_number(draft.raw.get("id_number"))
            if number:
                name = fold(str(draft.raw.get("name") or ""))
                self.names.setdefault(number, set()).add(name)

    def take(self, drafts: Sequence[Draft]) -> None:
        """Fill outcome, target and plans of these drafts."""
        for draft in drafts:
            read_row(draft, self.context)
            self.places.settle(draft)
            number = draft.values.get("id_number")
            draft.index = sealing.id_index(number) if number else ""
            refuse_double(draft, self.first, self.names)
        self._compare(drafts)
        for column_set in sets_of(PeopleKind.code):
            state = column_set.prepare(self.context, drafts)
            for draft in drafts:
                plan = column_set.judge(state, draft, self.context)
                if plan is not None:
                    draft.plans[column_set.code] = plan
        for draft in drafts:
            _settle_outcome(draft)

    def _compare(self, drafts: Sequence[Draft]) -> None:
        """Find each draft's person in the scope; those outside get one constant answer."""
        indexes = {d.index for d in drafts if d.index}
        known = queries.people_by_index(indexes)
        elsewhere = queries.indexes_elsewhere(indexes - set(known))
        for draft in drafts:
            person = known.get(draft.index)
            if person is not None:
                self.seen.add(person.pk)
                _refuse_other_name(draft, person)
                _differences(draft, person)
            elif draft.index in elsewhere:
                draft.outcome = "held"
            elif draft.good:
                draft.target = uuid7()

    def absent(self) -> int:
        """Return how many people of the file's division stand in the register but in no row."""
        rows = queries.people_in(self.context.division).filter(state=Person.State.ACTIVE)
        return sum(
            1 for key in rows.values_list("pk", flat=True).iterator() if key not in self.seen
        )


def plain_number(raw: Any) -> str:
    """Return the identity number of a cell, or "" where it is not one."""
    try:
        return IdentityNumber.parse(raw).text
    except ValueFault:
        return ""


def refuse_double(
    draft: Draft, first: dict[str, tuple[str, int]], names: dict[str, set[str]]
) -> None:
    """Refuse the second row of one person, and every row of a number under several names."""
    if not draft.index:
        return
    number = draft.values["id_number"]
    column = BY_KEY["id_number"]
    if len(names.get(number, ())) > 1:
        text = "同一个身份证号在表里写了不同的姓名，请核对号码是谁的，改正写错的一行。"
        draft.fault(
            column, ValueFault("id.two_names", text, "一号一人"), masked=masked(column, number)
        )
        return
    sheet, row = first.setdefault(draft.index, (draft.sheet, draft.number))
    if (sheet, row) == (draft.sheet, draft.number):
        return
    where = f"第 {row} 行" + (f"（{sheet}）" if sheet != draft.sheet else "")
    text = f"与{where}是同一个身份证号。请核对，只保留一行。"
    draft.fault(
        column, ValueFault("id.twice", text, "同一人只写一行"), masked=masked(column, number)
    )


def _refuse_other_name(draft: Draft, person: Person) -> None:
    """Refuse a row whose number is registered under another name: somebody's number is wrong."""
    name = draft.values.get("name")
    if name and name != person.name:
        text = (
            "这个身份证号登记的是另一个姓名。请核对号码；如果本人改了名，请先在人员页面更正姓名。"
        )
        fault = ValueFault("name.differs", text, "与登记的姓名一致")
        draft.fault(BY_KEY["name"], fault, masked=masked(BY_KEY["name"], name))


def _differences(draft: Draft, person: Person) -> None:
    draft.target, draft.revision = person.pk, person.revision
    for name in PLAIN:
        if name in draft.values and _plain(getattr(person, name)) != draft.values[name]:
            draft.before[name] = _plain(getattr(person, name))
    if "phone" in draft.values and sealing.phone_index(draft.values["phone"]) != person.phone_index:
        draft.before["phone"] = sealing.phone_of(person)
    if (
        "skills" in draft.values
        and "、".join(skills_of(draft.values["skills"])) != person.skills_text
    ):
        draft.before["skills"] = person.skills_text
    if draft.division and draft.division != person.division and "village" in draft.values:
        draft.before["division"] = person.division
    if not draft.division:
        draft.division = person.division


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


def _insert(rows: Sequence[tuple[UUID, Draft]]) -> list[UUID]:
    """Insert new people in bulk; return keys of rows whose number appeared meanwhile."""
    if not rows:
        return []
    now_known = set(queries.people_by_index(d.index for _, d in rows))
    fresh = [(key, d) for key, d in rows if d.index not in now_known]
    insert_many(Person, COLUMNS, (_person_row(d) for _, d in fresh))
    _note_twins([d for _, d in fresh])
    skills = [line for _, d in fresh for line in _skill_rows(d)]
    if skills:
        insert_many(Skill, ("id", "division", "person_id", "skill", "main"), skills)
    return [key for key, d in rows if d.index in now_known]


def _person_row(draft: Draft) -> tuple[Any, ...]:
    v, key = draft.values, draft.target
    sealed = sealing.sealed_columns(key, number=v["id_number"], phone=v.get("phone", ""))  # type: ignore[arg-type]
    return (
        key, draft.division, v["name"], search_key(v["name"])[:400], v["sex"], v["birth_date"],
        sealed.id_sealed, draft.index, sealed.phone_sealed, sealed.phone_index, v.get("education"),
        v.get("politics", ""), v.get("employer", ""), v.get("address", ""),
        "、".join(skills_of(v.get("skills", ""))), v.get("veteran"),
    )  # fmt: skip


def _skill_rows(draft: Draft) -> Iterable[tuple[Any, ...]]:
    for order, skill in enumerate(skills_of(draft.values.get("skills", ""))):
        yield uuid7(), draft.division, draft.target, skill[:40], order == 0


def _change(draft: Draft) -> bool:
    """Apply the differences of a row; False where the person changed since the check."""
    if not draft.before:
        return True
    person = Person.objects.select_for_update().filter(pk=draft.target).first()
    if person is None or person.revision != draft.revision:
        return False
    values = {name: draft.values.get(name) for name in draft.before if name in PLAIN}
    _set(person, values, draft.values, set(draft.before))
    if "division" in draft.before:
        move_person(person, to=draft.division)
    return True


def _set(person: Person, plain: dict[str, Any], values: dict[str, Any], fields: set[str]) -> None:
    if plain.get("birth_date"):
        plain["birth_date"] = date.fromisoformat(plain["birth_date"])
    sealing.set_plain(person, plain)
    if "phone" in fields:
        sealing.put_phone(person, values["phone"])
    if "skills" in fields:
        skills = skills_of(values["skills"])
        person.skills_text = "、".join(skills)
        set_skills(person, skills)
    person.revision += 1
    person.save()


def _withdraw(person: Person) -> None:
    person.state = Person.State.WITHDRAWN
    person.revision += 1
    person.save()
    record("person.withdrawn", person)


def _restore(person: Person, draft: Draft) -> None:
    values = {name: draft.before[name] for name in draft.before if name in PLAIN}
    _set(person, values, draft.before, set(draft.before))
    if "division" in draft.before:
        move_person(person, to=draft.before["division"])


def _note_twins(fresh: Sequence[Draft]) -> None:
    """Note new people who share name and birth date with another: shown, never joined."""
    pairs = [(d.values["name"], date.fromisoformat(d.values["birth_date"])) for d in fresh]
    namesakes = queries.keys_of_namesakes(pairs)
    noted = set()
    for draft, pair in zip(fresh, pairs, strict=True):
        for other in namesakes.get(pair, []):
            both = frozenset((other, draft.target))
            if len(both) == 2 and both not in noted:
                noted.add(both)
                note_twin(other, draft.target, division=draft.division)
