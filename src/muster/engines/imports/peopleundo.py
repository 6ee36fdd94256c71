"""Reversing rows of a roster, unless somebody changed or used the person since."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from muster.engines.imports.kinds import Draft, sets_of, used_since
from muster.engines.imports.peoplewrite import locked, put
from muster.ground.journal.actions import record
from muster.ground.register import queries
from muster.ground.register.actions import move_person
from muster.ground.register.models import Person, Twin
from muster.ground.rows.models import account_of_actor

GONE = "人员已不在册"


class PeopleUndo:
    """The undoing of one batch of rows; people are read once, and withdrawn together at the end."""

    def __init__(self, kind: str, drafts: Iterable[Draft]) -> None:
        """Read the people of the rows."""
        self.kind = kind
        self.people: Mapping[UUID, Person] = locked([d.target for d in drafts if d.target])
        self.leaving: list[Person] = []

    def reverse(self, draft: Draft, row: UUID, *, at: datetime, since: datetime) -> str:
        """Reverse one written row; return "" or why it is to be kept (the caller rolls back then)."""
        person = self.people.get(draft.target) if draft.target else None
        if person is None:
            return GONE
        why = changed_since(draft, person)
        for column_set in sets_of(self.kind):
            if not why and column_set.code in draft.plans:
                why = column_set.reverse(draft.plans[column_set.code], row, person.pk, at)
        if not why and draft.outcome == "new":
            why = used_since(self.kind, person.pk, since)
        if why:
            return why
        if draft.outcome == "new":
            self.leaving.append(person)
        elif draft.before:
            put(person, draft.before, set(draft.before))
            if "division" in draft.before:
                move_person(person, to=draft.before["division"])
        return ""

    def finish(self) -> None:
        """Withdraw the people whom the import had brought in, and their open pairs of twins."""
        if not self.leaving:
            return
        keys = [p.pk for p in self.leaving]
        pairs = Twin.objects.filter(state=Twin.State.OPEN)
        pairs.filter(Q(first__in=keys) | Q(second__in=keys)).delete()
        Person.objects.filter(pk__in=keys).update(
            state=Person.State.WITHDRAWN, revision=F("revision") + 1
        )
        _note_history(self.leaving)
        record("person.withdrawn", facts={"count": len(keys), "ids": [str(key) for key in keys]})


def changed_since(draft: Draft, person: Person) -> str:
    """Return who changed or moved a person after the row was written, or ""."""
    expected = 1 if draft.outcome == "new" else (draft.revision or 0) + bool(draft.before)
    if person.revision != expected:
        last = person.history.first()
        return f"后来由{queries.who(last.history_user_id) if last else '别人'}修改过"
    if person.division != draft.division:
        return f"后来迁到{queries.division_name(person.division)}"
    return ""


def _note_history(people: Iterable[Person]) -> None:
    """Write the row history of withdrawals, which an update of many rows leaves out."""
    history, now, account = Person.history.model, timezone.now(), account_of_actor()
    names = [f.attname for f in history.tracked_fields]
    rows = []
    for person in people:
        person.state = Person.State.WITHDRAWN
        person.revision += 1
        values = {name: getattr(person, name) for name in names}
        rows.append(history(**values, history_date=now, history_type="~", history_user_id=account))
    history.objects.bulk_create(rows)
