"""Writing divisions of an import, and reversing them where nothing has been recorded there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from muster.core.kernel import DivisionCode, Problem
from muster.engines.imports.kinds import CHANGED, Draft
from muster.ground.journal.actions import record
from muster.ground.register.actions import new_division
from muster.ground.register.models import Division
from muster.ground.rows.models import CountyRow
from muster.ground.rows.scope import system_scope

# What an import leaves behind at a place does not keep the place.
TRACES = frozenset({"imports", "jobs", "journal", "files"})


def write(rows: Sequence[tuple[UUID, Draft]]) -> dict[UUID, str]:
    """Write good rows; return those left out because the register changed since the check."""
    return {key: CHANGED for key, draft in rows if not _written(draft)}


def _written(draft: Draft) -> bool:
    if draft.revision is not None:
        return _put(draft.target, draft.before, draft.values["population"])
    try:
        new_division(
            draft.values["code"], draft.values["name"], pk=draft.target,
            population=draft.values.get("population"),
        )  # fmt: skip
    except Problem:
        return False
    return True


def _put(pk: UUID | None, stood: dict[str, Any], population: int | None) -> bool:
    place = Division.objects.select_for_update().filter(pk=pk).first()
    if place is None or place.population != stood["population"]:
        return False
    place.population = population
    place.save(update_fields=["population"])
    record("division.counted", place)
    return True


class DivisionUndo:
    """The undoing of one batch of rows; places are found by their codes, the last of the file first."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Rows are undone one by one."""

    def reverse(self, draft: Draft, row: UUID, *, at: datetime, since: datetime) -> str:
        """Reverse one written row; return "" or why it is to be kept."""
        code = draft.values["code"]
        place = Division.objects.select_for_update().filter(division=code).first()
        if place is None:
            return "区划已不在册"
        if draft.outcome == "changed":
            now = {"population": draft.values["population"]}
            return "" if _put(place.pk, now, draft.before["population"]) else "后来修改过"
        if place.name != draft.values["name"] or place.population != draft.values.get("population"):
            return "后来修改过"
        why = next(used_at(code), "")
        if not why:
            record("division.withdrawn", place, facts={"name": place.name})
            place.delete()
        return why

    def finish(self) -> None:
        """Nothing is done for all rows together."""


def used_at(code: str) -> Iterator[str]:
    """Yield what stands at a place or below it, in the whole office, beside the place itself."""
    here = DivisionCode(code)
    with system_scope("whether anything stands at a division that is to be taken back"):
        for model in apps.get_models():
            if not issubclass(model, CountyRow) or model._meta.app_label in TRACES:
                continue
            found = model.objects.filter(division__gte=here.low, division__lte=here.high)
            if model is Division:
                found = found.exclude(division=code)
            if found.exists():
                yield f"已被“{model._meta.verbose_name}”用到"
