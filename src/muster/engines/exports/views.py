"""The download of a list, called by every list page through the web floor."""

from django.http import HttpRequest, HttpResponse

from muster.engines.exports.actions import workbook_of
from muster.ground.rows.clock import today
from muster.web.downloads import workbook_response
from muster.web.tables import Table


def send_workbook(request: HttpRequest, table: Table) -> HttpResponse:
    """Return the list as a workbook named after it and the day."""
    actor = request.actor  # type: ignore[attr-defined]
    name = f"{table.caption}-{today():%Y%m%d}.xlsx"
    return workbook_response(name, workbook_of(table, on=today(), by=actor.name))
