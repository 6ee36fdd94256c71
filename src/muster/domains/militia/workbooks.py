"""Lists as shown, as a workbook: typed cells, masked as on the screen, journalled."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from muster.core.sheets import Column as SheetColumn
from muster.core.sheets import write_table
from muster.domains.militia.queries.rosters import note_look
from muster.web.downloads import workbook_response
from muster.web.tables import Table

KINDS = {"masked": "phone", "date": "date", "number": "int"}


def wants_workbook(request: HttpRequest) -> bool:
    """Return whether an address asks for the list as a workbook: the one link above the list."""
    return bool(request.GET.get("excel") or request.GET.get("export"))


def workbook(table: Table, *, name: str, day: date) -> HttpResponse:
    """Return a list with its filters as a workbook under its name and day; the look is journalled."""
    columns = [
        SheetColumn(c.key, str(c.label), kind=KINDS.get(c.kind, "text")) for c in table.columns
    ]
    rows = table.export()
    next(rows)
    keys = [c.key for c in columns]
    title = f"{name}（{day.isoformat()}）"
    data = write_table(
        columns, (dict(zip(keys, row, strict=True)) for row in rows), title=title, sheet=name[:28]
    )
    note_look("militia.list_exported", table.total)
    return workbook_response(f"{name}{day:%Y%m%d}.xlsx", data)
