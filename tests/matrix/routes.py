"""What stands in the parameters of every route. A route that is missing here fails the matrix."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

Source = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the office: its name and the names of its parameters."""

    name: str
    parameters: tuple[str, ...]


def routes() -> list[Route]:
    """Return every route of the resolver."""
    return sorted(_walk(get_resolver(), ""), key=lambda r: r.name)


def _walk(resolver: URLResolver, space: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.app_name}:" if pattern.app_name else space
            yield from _walk(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{space}{pattern.name}", tuple(sorted(pattern.pattern.converters)))


PERSON, UNIT, CALL, RUN = (
    "register.Person",
    "militia.Unit",
    "militia.RollCall",
    "militia.FormationRun",
)
ORGANISATION, BODY = "register.Organisation", "register.Body"
IMPORT, PHASE, TASK, PAPER = "imports.Import", "campaigns.Phase", "tasks.Task", "documents.Document"
ACCOUNT, PLACE = "accounts.Account", "register.Division#division"
RULE = ("militia.recall_hours",)
INDICATOR, KIND = ("I-07", "I-45"), ("duty_report",)

# Route name → parameter → the kind of row whose key stands there ("#column" for another column),
# or the words that may stand there. Add a line here for every new route with parameters.
PARAMETERS: Mapping[str, Mapping[str, Source]] = {
    "accounts:account": {"account": ACCOUNT}, "accounts:close": {"account": ACCOUNT},
    "accounts:enable": {"account": ACCOUNT}, "accounts:grant": {"account": ACCOUNT},
    "accounts:renew": {"account": ACCOUNT}, "accounts:unlock": {"account": ACCOUNT},
    "accounts:end-post": {"post": "accounts.Post"},
    "accounts:end-session": {"session": "accounts.Session"},
    "home:job-cancel": {"pk": "jobs.Job"}, "home:help-page": {"name": ("nothing",)},
    "register:twin-decide": {"pk": "register.Twin"},
    "register:person": {"pk": PERSON}, "register:person-edit": {"pk": PERSON},
    "register:person-reveal": {"pk": PERSON}, "register:person-withdraw": {"pk": PERSON},
    "register:person-restore": {"pk": PERSON},
    "register:division": {"code": PLACE}, "register:division-rename": {"code": PLACE},
    "register:division-population": {"code": PLACE},
    "register:organisation": {"pk": ORGANISATION}, "register:organisation-edit": {"pk": ORGANISATION},
    "register:organisation-close": {"pk": ORGANISATION},
    "register:organisation-reopen": {"pk": ORGANISATION}, "register:appoint": {"pk": ORGANISATION},
    "register:appointment-end": {"pk": "register.Appointment"},
    "register:body": {"pk": BODY}, "register:seat-add": {"pk": BODY}, "register:body-close": {"pk": BODY},
    "register:seat-fill": {"pk": BODY, "seat": "register.Seat"},
    "register:seat-vacate": {"pk": BODY, "holding": "register.SeatHolding"},
    "tasks:page": {"pk": TASK}, "tasks:report": {"pk": TASK}, "tasks:check": {"pk": TASK},
    "tasks:assign": {"pk": TASK}, "tasks:reopen": {"pk": TASK}, "tasks:cancel": {"pk": TASK},
    "campaigns:paper": {"pk": "campaigns.PlanPaper"}, "campaigns:drop": {"pk": "campaigns.PlanPaper"},
    "campaigns:page": {"pk": "campaigns.Campaign"}, "campaigns:start": {"pk": "campaigns.Campaign"},
    "campaigns:phase": {"pk": PHASE}, "campaigns:close": {"pk": PHASE}, "campaigns:reopen": {"pk": PHASE},
    "campaigns:add-task": {"pk": PHASE}, "campaigns:arrange": {"pk": "campaigns.Campaign"},
    "campaigns:paper-file": {"pk": "campaigns.PlanPaper"},
    "campaigns:add-evidence": {"pk": PHASE, "item_pk": "checklists.Item"},
    "campaigns:take-back": {"pk": PHASE, "evidence_pk": "checklists.Evidence"},
    "campaigns:evidence-file": {"pk": "checklists.Evidence"},
    "meetings:new": {"code": ("party_armed_forces", "civil_military_joint")},
    **{f"meetings:{act}": {"pk": "meetings.AgendaItem"} for act in ("note-item", "remove-item", "add-opinion")},
    "meetings:treat-opinion": {"pk": "meetings.Opinion"},
    "meetings:remove-attendee": {"pk": "meetings.Attendance"},
    **{f"meetings:{act}": {"pk": "meetings.Resolution"} for act in (
        "change-resolution", "remove-resolution", "feed-back", "note-effect")},
    "imports:template": {"kind": ("people",)}, "imports:page": {"pk": IMPORT},
    "imports:progress": {"pk": IMPORT}, "imports:write": {"pk": IMPORT}, "imports:cancel": {"pk": IMPORT},
    "imports:undo": {"pk": IMPORT}, "imports:original": {"pk": IMPORT}, "imports:columns": {"pk": IMPORT, "sheet": ("0",)},
    "imports:repair-file": {"pk": IMPORT},
    "imports:rows": {"pk": IMPORT, "outcome": ("new", "rejected")},
    **{f"imports:{act}": {"pk": IMPORT, "row_pk": "imports.ImportRow"} for act in (
        "row", "give-up", "take-up")},
    "militia:formation-condition": {"pk": UNIT},
    "militia:formation-place": {"pk": "militia.AssemblyPlace"},
    "militia:formation-slot": {"pk": RUN, "slot": "militia.Post"},
    "militia:formation-pick": {"pk": RUN, "slot": "militia.Post"},
    **{f"militia:formation-{act}": {"pk": RUN} for act in (
        "run", "progress", "cancel", "choose", "people", "lock", "seen", "again", "drop", "confirm",
        "undo", "take-back")},
    "militia:unit": {"pk": UNIT}, "militia:unit-edit": {"pk": UNIT}, "militia:unit-close": {"pk": UNIT},
    "militia:quota": {"pk": UNIT}, "militia:post-new": {"pk": UNIT},
    "militia:post": {"pk": UNIT, "post_pk": "militia.Post"},
    "militia:frozen": {"pk": "militia.FrozenRoster"}, "militia:find": {"then": ("enter", "away")},
    **{f"militia:{act}": {"pk": PERSON} for act in (
        "member", "enter", "move", "leave", "vetting", "absence-new")},
    "militia:reverse": {"pk": "militia.Transfer"},
    **{f"militia:absence{act}": {"pk": "militia.Absence"} for act in ("", "-edit", "-reopen")},
    **{f"militia:roll-call{act}": {"pk": CALL} for act in ("", "-code", "-sheet", "-report", "-close")},
    "militia:roll-call-mark": {"pk": CALL, "line_pk": "militia.RollCallLine"},
    **{f"indicators:{act}": {"code": INDICATOR} for act in ("page", "records", "workbook")},
    "indicators:figure": {"pk": "figures.Figure"}, "indicators:figure-workbook": {"pk": "figures.Figure"},
    **{f"reports:template-{act}": {"kind": KIND} for act in ("original", "current", "upload", "restore")},
    **{f"reports:{act}": {"pk": PAPER} for act in (
        "page", "change", "issue", "drop", "docx", "make-pdf", "pdf-progress", "pdf")},
    "activities:new": {"kind": ("drill", "militia_education", "conscription_publicity", "militia_task")},
    **{f"activities:{act}": {"pk": "activities.Photo"} for act in ("photo", "drop-photo")},
    **{f"activities:{act}": {"menu": ("training", "education")} for act in ("programme", "planned", "parts")},
    "rulebook:rule": {"key": RULE}, "rulebook:end": {"key": RULE},
}  # fmt: skip


# In these apps the parameter always names the same kind; a route of its own above wins.
FAMILIES: Mapping[str, Mapping[str, Source]] = {
    "tasks": {"pk": TASK}, "imports": {"pk": IMPORT}, "reports": {"pk": PAPER},
    "accounts": {"account": ACCOUNT}, "meetings": {"pk": "meetings.Meeting"},
    "activities": {"pk": "activities.Activity"},
}  # fmt: skip


def sources_of(route: Route) -> Mapping[str, Source]:
    """Return what stands in the parameters of a route, as far as it is known."""
    app = route.name.partition(":")[0]
    family = {p: s for p, s in FAMILIES.get(app, {}).items() if p in route.parameters}
    return PARAMETERS.get(route.name, family)


def known_routes() -> list[Route]:
    """Return the routes whose parameters can be filled; a test fails for the others."""
    return [route for route in routes() if set(sources_of(route)) == set(route.parameters)]


def missing() -> list[str]:
    """Return, for each route the table does not fill, the line to add to it."""
    lines = []
    for route in routes():
        known = sources_of(route)
        if set(known) != set(route.parameters):
            wanted: dict[str, Any] = {p: known.get(p, "app.Model") for p in route.parameters}
            lines.append(f'tests/matrix/routes.py, PARAMETERS: "{route.name}": {wanted},')
    gone = set(PARAMETERS) - {r.name for r in routes()}
    return lines + [
        f"tests/matrix/routes.py, PARAMETERS: take out {name!r}" for name in sorted(gone)
    ]
