"""How one row of every kind is planted, and what the design says of who may see it.

``area`` and the arms are written down here a second time, apart from the models: a model that
changes its area or opens an arm must be changed here too, by somebody who thought about it.
"""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.matrix.places import COUNTY, OTHER_TOWN, TOWN, VILLAGE

if TYPE_CHECKING:
    from tests.matrix.world import Planter

Value = Callable[["Planter", Any], Any] | Any
LONG_AGO, DAY = date(2020, 1, 1), date(2026, 5, 20)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kind of row. ``also``: further areas that read it. ``above``: rows of ancestors are readable.

    ``arm``: the column of the owner.
    """

    label: str
    area: str
    values: Mapping[str, Value] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    above: bool = False
    organisation_arm: str = ""
    self_arm: str = ""
    made: Callable[["Planter"], Any] | None = None
    only: tuple[str, ...] = ()


def latest(label: str) -> Callable[["Planter", Any], Any]:
    """Return a value that is the row of another kind planted last at this place."""
    return lambda planter, _row: planter.latest(label)


def earlier(label: str) -> Callable[["Planter", Any], Any]:
    """Return a value that is the row of another kind planted first at this place."""
    return lambda planter, _row: planter.latest(label, first=True)


def key_of(label: str) -> Callable[["Planter", Any], Any]:
    """Return a value that is the key of the row planted last at this place."""
    return lambda planter, _row: planter.latest(label).pk


def kept(area: str) -> Callable[["Planter"], Any]:
    """Return what keeps a file of an area whose name and content carry the canary."""

    def keep(planter: "Planter") -> Any:
        from muster.ground.files import actions

        body = f"姓名,工作单位\n行{planter.token},厂{planter.token}\n".encode()
        return actions.keep(
            f"表{planter.token}.csv", body, purpose="import" if area == "register" else "evidence",
            division=planter.place, at=timezone.now(), media_type="text/csv", holds_area=area,
        )  # fmt: skip

    return keep


def plan(planter: "Planter") -> Any:
    """Return a superior's plan that was read, with the canary in its text."""
    from muster.engines.campaigns.actions import take_plan

    text = (
        f"关于开展{planter.token}工作的通知\n一、时间安排\n"
        f"（一）准备阶段（3月1日至3月31日）。做好{planter.token}准备。\n"
        f"（二）实施阶段（4月1日至4月30日）。完成{planter.token}任务，共50人。\n"
    )
    return take_plan(f"方案{planter.token}.txt", text.encode(), division=planter.place,
                     at=timezone.now(), year=2026)  # fmt: skip


def figure(planter: "Planter") -> Any:
    """Return a stored figure with the membership of this place behind it."""
    from muster.engines.figures.models import Figure, packed

    keys = packed([planter.latest("militia.Membership").pk.hex])
    mark = planter.token
    row = Figure(
        division=planter.place, code="I-07", version=1, name=f"指标{mark}", words=f"定义{mark}", unit="人",
        value="1", part=1, period_start=LONG_AGO, period_end=DAY, on=DAY, as_of=timezone.now(),
        grain="membership", records=1, packed=keys, taken_by=planter.latest("accounts.Account").pk,
    )  # fmt: skip
    row.digest = row.digested()
    row.save()
    return row


def proposal(planter: "Planter") -> Any:
    """Return a computed formation proposal over the people and posts of this place."""
    from muster.domains.militia.actions import formation

    with planter.clerk():
        run = formation.begin(way="gaps", on=DAY, division=planter.place, at=timezone.now())
        formation.propose(run)
    return run


def sealed_word(planter: "Planter", row: Any) -> bytes:
    """Return the sealed body of a Word file that holds its own canary."""
    from docx import Document

    from muster.engines.documents.queries import sealed

    paper, out = Document(), io.BytesIO()
    paper.add_paragraph(f"正文 {planter.token}")
    paper.save(out)
    row.sha256 = hashlib.sha256(out.getvalue()).hexdigest()
    return sealed(row, out.getvalue())


def sealed_rows(planter: "Planter", row: Any) -> bytes:
    """Return the sealed part of an import: one row that names its canary in every open column."""
    import orjson

    from muster.ground.rows.sealing import seal

    cells = {"name": f"行{planter.token}", "employer": f"厂{planter.token}"}
    body = [[planter.place, cells, {}, [], cells]] * 2
    return seal(orjson.dumps(body).decode(), place=type(row).PLACE, row=row.pk)


def word(prefix: str = "记") -> Callable[["Planter", Any], str]:
    """Return a value that carries the canary of the row."""
    return lambda planter, _row: f"{prefix}{planter.token}"


def named_csv(planter: "Planter", _row: Any) -> str:
    """Return a file name that carries the canary of the row."""
    return f"表{planter.token}.csv"


def digest(planter: "Planter", _row: Any) -> str:
    """Return a checksum that is this row's alone."""
    return hashlib.sha256(planter.token.encode()).hexdigest()


def now(_planter: "Planter", _row: Any) -> Any:
    """Return the moment of the run: running work must look alive."""
    return timezone.now()


SEEN = {"valid_from": LONG_AGO, "valid_to": None}
PEOPLE = {"sex": "M", "education": 2, "politics": "masses", "veteran": True, "state": "active"}
UNIT = {**SEEN, "level": "company", "force": "ordinary", "parent": None, "contributes_to": None,
        "supported_by": latest("register.Organisation")}  # fmt: skip
SPELL = {"person": earlier("register.Person"), "unit": latest("militia.Unit"),
         "post": latest("militia.Post")}  # fmt: skip
ENTRY = {"person": earlier("register.Person"), "number": 1, "kind": "in", "on": LONG_AGO,
         "from_unit": None, "from_post": None, "to_unit": latest("militia.Unit"),
         "to_post": latest("militia.Post"), "reason": "opening", "reverses": None,
         "approved_on": LONG_AGO}  # fmt: skip

BY_OFFICE = {"organiser": latest("register.Organisation")}
ACTIVITY = {**BY_OFFICE, "kind": "drill", "ends_on": None, "hours": None, "place_kind": "", "subject": "",
            "form": "", "level": "", "state": "planned"}  # fmt: skip

RECIPES = (
    Recipe("register.Division", "register", above=True),  # planted with the tree
    Recipe("register.FormerName", "register", {"valid_to": LONG_AGO}, above=True),
    Recipe("register.Organisation", "register", {**SEEN, "kind": "department", "parent": None},
           also=("governance", "education"), above=True),
    Recipe("register.Person", "register", PEOPLE),
    Recipe("register.Person", "register", PEOPLE),
    Recipe("register.Person", "register", {**PEOPLE, "state": "withdrawn", "withdrawn_on": DAY}),
    Recipe("register.Body", "register", {"kind": "leading_group", "formed_on": LONG_AGO}, above=True),
    Recipe("register.Seat", "register", above=True),
    Recipe("register.SeatHolding", "register", {**SEEN, "person": None}, above=True),
    Recipe("register.Appointment", "register", {**SEEN, "person": None}, above=True),
    Recipe("register.Skill", "register"),
    Recipe("register.Service", "register"),
    Recipe("register.Twin", "register",
           {"first": earlier("register.Person"), "second": earlier("register.Person+1"),
            "reasons": ["同名"]}),
    Recipe("files.StoredFile", "register", made=kept("register")),
    Recipe("files.GovernanceFile", "governance", made=kept("governance")),
    Recipe("files.EducationFile", "education", made=kept("education")),
    Recipe("jobs.Job", "imports",
           {"kind": "import.check", "state": "running", "heartbeat": now, "problem": None}),
    Recipe("rulebook.Rule", "settings",
           {"key": "militia.recall_hours", "value": 24, "status": "practice", **SEEN}, above=True),
    Recipe("imports.Import", "imports",
           {"kind": "people", "state": "checked", "file_name": named_csv, "file": latest("files.StoredFile"), "follows": None,
            "counts": {"rows": 2, "accepted": 1, "new": 1, "changed": 0, "unchanged": 0, "rejected": 1, "held": 0},
            "work": None}),
    Recipe("imports.ImportPart", "imports", {"number": 0, "body": sealed_rows}),
    Recipe("imports.ImportRow", "imports", {"place": 1, "number": 2, "outcome": "new", "index": ""}),
    Recipe("imports.ImportRow", "imports",
           {"place": 2, "number": 3, "outcome": "rejected", "index": "",
            "faults": [{"column": "联系电话", "key": "phone", "code": "phone.bad", "message": "位数不对",
                        "allowed": "11 位", "value_masked": "1*2", "suggestion": ""}]}),
    Recipe("imports.Layout", "imports", {"kind": "people", "fingerprint": digest}),
    Recipe("documents.Document", "documents",
           {"kind": "duty_report", "year": 2026, "state": "draft", "serial": None, "number": "",
            "template_sha256": "", "digest": ""}),
    Recipe("documents.Document", "documents",
           {"kind": "duty_report", "year": 2025, "state": "issued", "serial": 1, "day": DAY,
            "issued_at": now, "digest": digest}),
    Recipe("documents.DocumentFile", "documents", {"form": "docx", "body": sealed_word}),
    Recipe("documents.OfficeTemplate", "documents",
           {"kind": "duty_report", "in_use": True, "body": sealed_word}, above=True),
    Recipe("campaigns.PlanPaper", "governance", made=plan),
    Recipe("campaigns.Campaign", "governance",
           {"kind": "other", "year": 2026, "starts": LONG_AGO, "ends": date(2026, 12, 31), "state": "active",
            "paper": latest("campaigns.PlanPaper")}, above=True),
    Recipe("campaigns.Phase", "governance", {"starts": LONG_AGO, "ends": date(2026, 12, 31)}, above=True),
    Recipe("campaigns.Target", "governance", {"value": "1", "unit": "人"}, above=True),
    Recipe("tasks.Task", "governance",
           {"group": key_of("campaigns.Phase"), "campaign": key_of("campaigns.Campaign"),
            "owner": latest("register.Organisation"), "due": date(2026, 6, 30)},
           organisation_arm="owner_id"),
    Recipe("meetings.Meeting", "governance",
           {"kind": "civil_military_joint", "on": DAY, "state": "held", "details": {}, "paper": None,
            "minutes_file": latest("files.GovernanceFile"), "minutes_on": None, "starts": None}),
    Recipe("meetings.AgendaItem", "governance"),
    Recipe("meetings.Opinion", "governance", {"side": "military", "treatment": "open"}),
    Recipe("meetings.Attendance", "governance",
           {"side": "local", "part": "attend", "presence": "present", "person": None}),
    Recipe("meetings.Resolution", "governance",
           {"task": latest("tasks.Task"), "due": date(2026, 6, 30), "effect_on": None}),
    Recipe("meetings.Resolution", "governance", {"task": None, "due": None, "effect_on": None}),
    Recipe("checklists.Item", "governance", {"about": key_of("campaigns.Phase")}, above=True),
    Recipe("checklists.Evidence", "governance", {"file": latest("files.GovernanceFile")}, above=True),
    Recipe("militia.Unit", "militia", {**UNIT, "valid_to": date(2026, 1, 1)}, above=True),
    Recipe("militia.Unit", "militia", UNIT, above=True),
    Recipe("militia.Post", "militia", {"count": 5, "role": "member"}, above=True),
    Recipe("militia.Quota", "militia", {"year": 2026, "number": 7}, above=True),
    Recipe("militia.Transfer", "militia", ENTRY),
    Recipe("militia.Membership", "militia",
           {**SPELL, **SEEN, "entered_as": "in", "closed_by": None, "left_as": ""}),
    Recipe("militia.Vetting", "militia", {"person": earlier("register.Person"), "result": "pass"}),
    Recipe("militia.Absence", "militia",
           {"person": earlier("register.Person"), "reason": "work", "left_on": LONG_AGO, "back_on": None}),
    Recipe("militia.RollCall", "militia", {"kind": "assembly", "state": "open"}),
    Recipe("militia.RollCallLine", "militia",
           {"person": earlier("register.Person"), "presence": "absent", "means": "hand"}),
    Recipe("militia.RollCall", "militia", {"kind": "assembly", "state": "closed", "closed_at": now}),
    Recipe("militia.FrozenRoster", "militia", {"year": 2026, "members": 1, "as_of": DAY}),
    Recipe("militia.FrozenMember", "militia",
           {"person": earlier("register.Person"), "primary": True, "force": "ordinary"}),
    Recipe("activities.Activity", "education", ACTIVITY, above=True, organisation_arm="organiser_id"),
    Recipe("activities.Activity", "education", {**ACTIVITY, "state": "done"}, above=True,
           organisation_arm="organiser_id"),
    Recipe("activities.Participation", "militia",
           {"person": earlier("register.Person"), "audience": "militia", "unit": None}),
    Recipe("activities.HeadCount", "education", {**BY_OFFICE, "audience": "others"}, above=True,
           organisation_arm="organiser_id"),
    Recipe("activities.Measure", "education", {**BY_OFFICE, "channel": "banner", "place_kind": ""},
           above=True, organisation_arm="organiser_id"),
    Recipe("activities.Photo", "education", {"file": latest("files.EducationFile")}),
    Recipe("activities.YearBase", "education",
           {"year": 2026, "purpose": "size", "code": "militia", "number": 7}, above=True),
    Recipe("militia.AssemblyPlace", "militia", above=True),
    Recipe("militia.UnitCondition", "militia", above=True),
    Recipe("militia.FormationRun", "militia",
           {"way": "gaps", "state": "working", "on": DAY, "root": latest("militia.Unit"), "work": None}),
    Recipe("militia.FormationRun", "militia", made=proposal, only=(COUNTY, TOWN, VILLAGE, OTHER_TOWN)),
    Recipe("figures.Figure", "documents", made=figure),
    Recipe("documents.DocumentFigure", "documents", {"printed": "1"}),
)  # fmt: skip


def recipe_of(label: str) -> Recipe:
    """Return the (first) recipe of a kind."""
    return next(r for r in RECIPES if r.label == label)
