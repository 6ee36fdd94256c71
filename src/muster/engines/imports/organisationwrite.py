"""Writing organisations of an import, and reversing them unless they were changed or used since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from muster.engines.imports.kinds import CHANGED, Draft, used_since
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.models import CountyRow

FIELDS = ("kind", "short_name", "parent")
COLUMNS = ("id", "division", "name", "kind", "short_name", "parent_id")
GONE = "单位已不在册"


def write(rows: Sequence[tuple[UUID, Draft]]) -> dict[UUID, str]:
    """Write good rows; return those left out because the register changed since the check."""
    fresh = [(key, d) for key, d in rows if d.revision is None]
    taken = _taken([d for _, d in fresh])
    lost = {key: CHANGED for key, d in fresh if (d.division, d.values["name"]) in taken}
    good = [(key, d) for key, d in fresh if key not in lost]
    homeless = _without_parent([d for _, d in good])
    lost |= {key: CHANGED for key, d in good if d.target in homeless}
    insert_many(Organisation, COLUMNS, (
        (d.target, d.division, d.values["name"], d.values["kind"], d.values.get("short_name", ""),
         UUID(d.values["parent"]) if d.values.get("parent") else None)
        for key, d in good if key not in lost
    ))  # fmt: skip
    for key, draft in rows:
        if draft.revision is not None and not _change(draft):
            lost[key] = CHANGED
    return lost


def _taken(drafts: Sequence[Draft]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    names = [d.values["name"] for d in drafts]
    for start in range(0, len(names), 500):
        rows = Organisation.objects.filter(name__in=names[start : start + 500])
        found |= set(rows.order_by().values_list("division", "name"))
    return found


def _without_parent(drafts: Sequence[Draft]) -> set[UUID | None]:
    """Return the targets whose unit above is neither in the register nor written with them."""
    wanted = {UUID(p) for d in drafts if (p := d.values.get("parent"))}
    known = set(Organisation.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    lost: set[UUID | None] = set()
    for draft in drafts:  # in the order of the file: those above come first
        parent = draft.values.get("parent")
        if parent and UUID(parent) not in known:
            lost.add(draft.target)
        elif draft.target is not None:
            known.add(draft.target)
    return lost


def _change(draft: Draft) -> bool:
    row = Organisation.objects.select_for_update().filter(pk=draft.target).first()
    if row is None or row.valid_to is not None or not _still(row, draft.before):
        return False
    _put(row, {f: draft.values[f] for f in draft.before})
    return True


def _still(row: Organisation, values: dict[str, str]) -> bool:
    now = {f: str(row.parent_id or "") if f == "parent" else getattr(row, f) for f in values}
    return now == values


def _put(row: Organisation, values: dict[str, str]) -> None:
    for field, value in values.items():
        if field == "parent":
            row.parent_id = UUID(value) if value else None
        else:
            setattr(row, field, value)
    row.save()


class OrganisationUndo:
    """The undoing of one batch of rows; units brought in are deleted where nothing refers to them."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Rows are undone one by one, the last of the file first."""

    def reverse(self, draft: Draft, row: UUID, *, at: datetime, since: datetime) -> str:
        """Reverse one written row; return "" or why it is to be kept."""
        unit = Organisation.objects.select_for_update().filter(pk=draft.target).first()
        if unit is None:
            return GONE
        if draft.outcome == "changed":
            if not _still(unit, {f: draft.values[f] for f in draft.before}):
                return "后来修改过"
            _put(unit, draft.before)
            return ""
        written = {f: draft.values.get(f, "") for f in FIELDS}
        if unit.valid_to is not None or not _still(unit, written):
            return "后来修改过"
        why = used_by(unit) or used_since("organisations", unit.pk, since)
        if not why:
            record("organisation.withdrawn", unit, facts={"name": unit.name})
            unit.delete()
        return why

    def finish(self) -> None:
        """Nothing is done for all rows together."""


def used_by(unit: Organisation) -> str:
    """Return what refers to a unit, or ""."""
    for relation in Organisation._meta.related_objects:
        model: Any = relation.related_model
        if (
            issubclass(model, CountyRow)
            and model.objects.filter(**{relation.field.name: unit.pk}).exists()
        ):
            return f"已被“{model._meta.verbose_name}”用到"
    return ""
