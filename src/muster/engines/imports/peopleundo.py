"""Reversing one row of a roster, unless somebody changed or used the person since."""

from datetime import datetime
from uuid import UUID

from muster.engines.imports.kinds import Draft, sets_of, used_since
from muster.engines.imports.peoplewrite import put
from muster.ground.journal.actions import record
from muster.ground.register import queries
from muster.ground.register.actions import move_person
from muster.ground.register.models import Person

GONE = "人员已不在册"


def undo(kind: str, draft: Draft, row: UUID, *, at: datetime, since: datetime) -> str:
    """Reverse one written row; return "" or why it is to be kept (the caller rolls back then)."""
    rows = queries.people_in().select_for_update()
    person = rows.filter(pk=draft.target).first() if draft.target else None
    if person is None:
        return GONE
    why = changed_since(draft, person)
    if why:
        return why
    for column_set in sets_of(kind):
        if column_set.code in draft.plans:
            why = column_set.reverse(draft.plans[column_set.code], row, person.pk, at)
            if why:
                return why
    if draft.outcome == "new":
        why = used_since(kind, person.pk, since)
        if not why:
            _withdraw(person)
        return why
    if draft.before:
        put(person, draft.before, set(draft.before))
        if "division" in draft.before:
            move_person(person, to=draft.before["division"])
    return ""


def changed_since(draft: Draft, person: Person) -> str:
    """Return who changed or moved a person after the row was written, or ""."""
    expected = 1 if draft.outcome == "new" else (draft.revision or 0) + bool(draft.before)
    if person.revision != expected:
        last = person.history.first()
        return f"后来由{queries.who(last.history_user_id) if last else '别人'}修改过"
    if person.division != draft.division:
        return f"后来迁到{queries.division_name(person.division)}"
    return ""


def _withdraw(person: Person) -> None:
    person.state = Person.State.WITHDRAWN
    person.revision += 1
    person.save()
    for pair in queries.twins_of(person):
        pair.delete()
    record("person.withdrawn", person)
