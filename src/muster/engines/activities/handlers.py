"""What activities offer: records that fulfil duties, and a panel on a person's page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from muster.core.calendar import Record
from muster.core.kernel import Period
from muster.engines.activities.kinds import kind_name
from muster.engines.activities.queries import activities as queries
from muster.ground.register.panels import Panel

RECORD = "activity"


def records(period: Period, *, kinds: Iterable[str] | None = None,
            organisations: Iterable[UUID] | None = None) -> list[Record]:  # fmt: skip
    """Return the activities held in a period as records that may fulfil duties.

    ``kinds`` and ``organisations`` (organisers) narrow them; the subject is the organiser's key.
    """
    rows = queries.done_in(period, kinds=kinds)
    if organisations is not None:
        rows = rows.filter(organiser__in=list(organisations))
    return [
        Record(str(a.pk), RECORD, a.kind, a.on, subject=str(a.organiser_id))
        for a in rows.order_by("on", "pk")
    ]


def _lines(person: Any) -> dict[str, Any]:
    return {
        "lines": [
            (row, kind_name(row.kind), part)
            for row, part in queries.lines_of_person(person.pk)[:30]
        ]
    }


PERSON_PANELS = (
    Panel(
        "activities.attended", _("训练和教育"), "militia", "activities/panels/person.html", _lines
    ),
)
