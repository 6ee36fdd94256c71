"""Panels on a person's page: membership, roll calls, absences."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from muster.domains.militia.queries import away, calls, members
from muster.ground.register.panels import Panel
from muster.ground.rows.clock import today


def _membership(person: Any) -> dict[str, Any]:
    return {"spell": members.spell_on(person.pk, today()), "spells": members.spells_of(person.pk)}


def _calls(person: Any) -> dict[str, Any]:
    return {"lines": calls.lines_of_person(person.pk)[:20]}


def _absences(person: Any) -> dict[str, Any]:
    return {"absences": away.absences_of(person.pk)[:20]}


PERSON_PANELS = (
    Panel(
        "militia.membership",
        _("民兵编组"),
        "militia",
        "militia/panels/membership.html",
        _membership,
    ),
    Panel("militia.calls", _("点验"), "militia", "militia/panels/calls.html", _calls),
    Panel("militia.absences", _("外出登记"), "militia", "militia/panels/absences.html", _absences),
)
