"""A person's past in words: who changed what, from what to what."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from muster.ground.register.models import Person
from muster.ground.register.queries import division_names, who
from muster.web.said import said
from muster.web.templatetags.muster import day

FIELDS = ("name", "sex", "birth_date", "education", "politics", "employer", "address",
          "skills_text", "veteran", "state", "division", "withdrawn_why")  # fmt: skip
HIDDEN = ("id_index", "phone_index")
LABELS = {"division": "所属村（社区）", "id_index": "身份证号", "phone_index": "联系电话"}


def past_of(row: Person) -> list[dict[str, Any]]:
    """Return a person's past, newest first: who, when, (what, from, to) in words, what is hidden."""
    past = list(row.history.all()[:50])
    names = division_names()
    found = []
    for now, before in zip(past, [*past, None][1:], strict=True):
        changes = [] if before is None else [
            (label_of(n), worded(n, getattr(before, n), names), worded(n, getattr(now, n), names))
            for n in FIELDS if getattr(before, n) != getattr(now, n)
        ]  # fmt: skip
        hidden = [] if before is None else [
            label_of(n) for n in HIDDEN if getattr(before, n) != getattr(now, n)
        ]  # fmt: skip
        found.append({"who": who(now.history_user_id), "at": now.history_date,
                      "changes": changes, "hidden": hidden, "made": now.history_type == "+"})  # fmt: skip
    return found


def keep_baseline(row: Person) -> None:
    """Note how a person stood before a first change, where an import of many left no history."""
    if not row.history.exists():
        Person.history.bulk_history_create([row])


def label_of(name: str) -> str:
    """Return what a column is called on the screen."""
    field: Any = Person._meta.get_field(name)
    return str(said(LABELS.get(name) or str(field.verbose_name)))


def worded(name: str, value: Any, places: Mapping[str, str]) -> str:
    """Return a stored value as a person reads it."""
    if value is None or value == "":
        return "—"
    if name == "division":
        return places.get(value, value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, date):
        return day(value)
    field: Any = Person._meta.get_field(name)
    choices: dict[Any, Any] = dict(field.flatchoices)
    return str(said(str(choices.get(value, value))))
