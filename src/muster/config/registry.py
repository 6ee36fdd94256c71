"""The one composition root: what the apps offer is handed down to the engines here."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SCHEDULES: list[tuple[str, timedelta, Callable[[datetime], object]]] = []


def fill() -> None:
    """Fill the engines' tables. Called once, when Django is ready."""
    _navigation()
    _imports()
    _militia()
    _formation()
    _activities()
    _reports()
    _meetings()
    _exports()
    _names()
    _schedules()


def _navigation() -> None:
    from django.utils.translation import gettext_lazy as _

    from muster.web.nav import NAV, PLACES, NavItem

    today, people, militia = _("办理"), _("登记"), _("民兵")
    learning = _("训练和教育")
    NAV[:] = [
        NavItem(_("今日工作台"), "home:today", "home", today),
        NavItem(_("专项工作"), "campaigns:list", "flag", today, ("governance",)),
        NavItem(_("任务"), "tasks:list", "list-check", today, ("governance",)),
        NavItem(_("会议"), "meetings:list", "calendar-event", today, ("governance",)),
        NavItem(_("导入"), "imports:list", "file-import", today, ("imports",)),
        NavItem(_("公文"), "reports:list", "file-text", today, ("documents",)),
        NavItem(_("指标"), "indicators:list", "chart-bar", today, ("governance", "militia")),
        NavItem(_("人员"), "register:people", "users", people, ("register",)),
        NavItem(_("单位与机构"), "register:organisations", "building", people, ("register",)),
        NavItem(_("分队"), "militia:units", "sitemap", militia, ("militia",)),
        NavItem(_("编组"), "militia:formation", "puzzle", militia, ("militia",)),
        NavItem(_("出入转队"), "militia:transfers", "arrows-exchange", militia, ("militia",)),
        NavItem(_("点验"), "militia:roll-calls", "clipboard-check", militia, ("militia",)),
        NavItem(_("外出登记"), "militia:absences", "walk", militia, ("militia",)),
        NavItem(_("训练"), "activities:training", "target", learning, ("education",)),
        NavItem(_("教育"), "activities:education", "school", learning, ("education",)),
        NavItem(_("宣传"), "activities:publicity", "speakerphone", learning, ("education",)),
        NavItem(_("共建"), "activities:cobuilding", "heart-handshake", learning, ("education",)),
        NavItem(_("活动"), "activities:events", "calendar-event", learning, ("education",)),
        NavItem(_("规则"), "rulebook:list", "scale", _("设置"), ("settings", "register")),
        NavItem(
            _("账号"),
            "accounts:list",
            "user-cog",
            _("设置"),
            (),
            ("account.create", "account.enable"),
        ),
        NavItem(
            _("操作日志"), "accounts:journal", "list-search", _("设置"), (), ("journal.verify",)
        ),
    ]
    PLACES.update(
        {"home": "home:today", "search": "home:search", "help": "home:help",
         "jobs": "home:jobs", "account": "accounts:mine", "sign_out": "accounts:sign-out"}
    )  # fmt: skip


def _imports() -> None:
    from muster.engines.imports import handlers
    from muster.engines.imports.divisionkind import DivisionKind
    from muster.engines.imports.kinds import KINDS
    from muster.engines.imports.organisationkind import OrganisationKind
    from muster.engines.imports.peoplekind import PeopleKind
    from muster.ground.jobs.actions import KINDS as JOBS

    KINDS.update({kind.code: kind for kind in (PeopleKind(), OrganisationKind(), DivisionKind())})
    JOBS.update({kind.code: kind for kind in handlers.JOB_KINDS})


def _militia() -> None:
    from muster.domains.militia import absencecolumns, membershipcolumns
    from muster.domains.militia.panels import PERSON_PANELS
    from muster.engines.imports.kinds import COLUMN_SETS, USED_SINCE
    from muster.engines.imports.servicecolumns import SERVICE
    from muster.ground.register.panels import HOLDS, PANELS

    COLUMN_SETS["people"] = [membershipcolumns.MEMBERSHIP, absencecolumns.ABSENCE, SERVICE]
    USED_SINCE.append(membershipcolumns.used_since)
    PANELS.extend(PERSON_PANELS)
    ever = datetime.min.replace(tzinfo=UTC)
    HOLDS.append(lambda person: membershipcolumns.used_since("people", person, ever))


def _formation() -> None:
    from muster.domains.militia.handlers_formation import JOB_KINDS
    from muster.ground.jobs.actions import KINDS

    KINDS.update({kind.code: kind for kind in JOB_KINDS})


def _activities() -> None:
    from muster.domains.militia.handlers_activities import ROSTER
    from muster.engines.activities.handlers import PERSON_PANELS
    from muster.engines.activities.rosters import ROSTERS
    from muster.ground.register.panels import PANELS

    ROSTERS[:] = [ROSTER]
    PANELS.extend(PERSON_PANELS)


def _reports() -> None:
    from muster.ground.jobs.actions import KINDS as JOBS
    from muster.overview.reports.handlers import JOB_KINDS

    JOBS.update({kind.code: kind for kind in JOB_KINDS})


def _meetings() -> None:
    from muster.engines.meetings import handlers, paces
    from muster.ground.register.panels import HOLDS, PANELS

    PANELS.extend(handlers.PERSON_PANELS)
    HOLDS.append(handlers.holds)
    paces.SOURCES[:] = [paces.shipped]


def _exports() -> None:
    from muster.engines.exports.views import send_workbook
    from muster.web.tables import WRITERS

    WRITERS["xlsx"] = send_workbook


def _names() -> None:
    from muster.ground.accounts.actions import keep_language
    from muster.ground.accounts.queries import account_name
    from muster.ground.register.queries import NAMES
    from muster.ground.rows.catalogue import english
    from muster.web.said import WORDS
    from muster.web.views import LANGUAGE_KEEPERS

    NAMES["account"] = account_name
    LANGUAGE_KEEPERS[:] = [keep_language]
    WORDS[:] = [english]


def _schedules() -> None:
    from muster.ground.accounts.actions import end_passed_sessions
    from muster.ground.files.actions import let_go
    from muster.ground.journal.actions import anchor
    from muster.ground.rows.clock import today
    from muster.ground.rows.scope import system_scope

    def drop_originals(now: datetime) -> None:
        with system_scope("originals are deleted when their time is over"):
            let_go(today=today(), at=now)

    SCHEDULES[:] = [
        ("journal.anchor", timedelta(hours=1), lambda now: anchor(at=now)),
        ("accounts.end_sessions", timedelta(minutes=10), lambda now: end_passed_sessions(at=now)),
        ("files.let_go", timedelta(hours=12), drop_originals),
    ]
