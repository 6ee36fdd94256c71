"""What a post must see first: due tasks, waiting papers, faulty rows, running work."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from muster.domains.militia.queries import members
from muster.engines.campaigns import queries as campaigns
from muster.engines.imports import queries as imports
from muster.engines.tasks import queries as tasks
from muster.engines.tasks.models import Task
from muster.ground.jobs import queries as jobs
from muster.ground.register import queries as register
from muster.ground.rows.actor import Actor

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: what, by when, how urgent, where."""

    title: str
    by: date | None
    tone: str
    word: str
    url: str


def due_tasks(day: date) -> list[Due]:
    """Return open tasks that are overdue or due within two weeks, the oldest first."""
    return [_due(t, day) for t in tasks.due_until(day + AHEAD)[:100]]


def _due(task: Task, day: date) -> Due:
    late = task.due is not None and task.due < day
    tone, word = ("red", _("已过期")) if late else ("amber", _("两周内"))
    if task.state == Task.State.REPORTED:
        tone, word = ("red" if late else "blue"), _("待核查")
    return Due(task.title, task.due, tone, word, reverse("tasks:page", args=[task.pk]))


def waiting(actor: Actor) -> list[Due]:
    """Return papers and imports that wait for this post."""
    found: list[Due] = []
    if actor.may("campaign.confirm"):
        found += [
            Due(_("上级方案待确认：%(name)s") % {"name": p.reading.get("title") or p.name}, None,
                "blue", _("待确认"), reverse("campaigns:paper", args=[p.pk]))
            for p in campaigns.papers()[:20]
        ]  # fmt: skip
    if actor.may("import.apply"):
        found += [_import_due(j) for j in imports.imports_waiting()[:20]]
    return found


def _import_due(job: Any) -> Due:
    url = reverse("imports:page", args=[job.pk])
    if job.state == "checked":
        return Due(
            _("核对好待导入：%(name)s") % {"name": job.file_name}, None, "blue", _("待导入"), url
        )
    words = _("%(name)s 还有 %(n)s 行要改") % {
        "name": job.file_name,
        "n": imports.faulty_rows(job).count(),
    }
    return Due(words, None, "amber", _("待修正"), url)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the first screen that opens its list."""

    label: str
    value: int
    url: str
    tone: str
    icon: str


def tiles(actor: Actor, day: date) -> list[Tile]:
    """Return the figures of this post, each a link to its list."""
    found = []
    if actor.may_see("governance"):
        late, url = tasks.late_count(day), reverse("tasks:list")
        tone = "red" if late else "green"
        found.append(Tile(_("已过期任务"), late, f"{url}?state=late", tone, "alert-triangle"))
    if actor.may_see("register"):
        found.append(Tile(_("登记人员"), register.people_in(actor.division).count(),
                          reverse("register:people"), "blue", "users"))  # fmt: skip
    if actor.may_see("governance"):
        active = campaigns.campaigns_visible().filter(state="active").count()
        found.append(Tile(_("进行中的专项"), active, reverse("campaigns:list"), "blue", "flag"))
    if actor.may_see("militia"):
        standing = members.roster_on(day, division=actor.division).count()
        found.append(Tile(_("花名册"), standing, reverse("militia:roster"), "blue", "users-group"))
    if actor.may_see("register"):
        open_twins = register.twins_open().count()
        found.append(
            Tile(
                _("疑似重复"),
                open_twins,
                reverse("register:twins"),
                "amber" if open_twins else "grey",
                "users",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of long work, how it stands, where its result is."""

    job: Any
    tone: str
    url: str


TONES = {"queued": "grey", "running": "blue", "done": "green", "refused": "red",
         "cancelled": "grey", "died": "red"}  # fmt: skip


def running(actor: Actor) -> list[Work]:
    """Return the actor's own long work that still runs, and what ended within a day."""
    if not actor.may_see("imports"):
        return []
    since = timezone.now() - timedelta(days=1)
    mine = jobs.my_open_jobs().exclude(ended_at__lt=since)[:5]
    return [Work(job, TONES[job.state], page_of_job(job)) for job in mine]


def page_of_job(job: Any) -> str:
    """Return where the result of long work is shown, "" where it has no page."""
    told = getattr(job, "parameters", {})
    for key, page in (("import", "imports:page"), ("run", "militia:formation-run"),
                      ("document", "reports:page")):  # fmt: skip
        if told.get(key):
            return reverse(page, args=[told[key]])
    return ""


def idle_page(actor: Actor) -> str:
    """Return the name of the page that a post without business of its own works on."""
    return "accounts:journal" if "journal.read" in actor.acts else "accounts:list"


def idle_hint(actor: Actor) -> str:
    """Return what a post without business of its own finds here, "" for all others."""
    if actor.reads - {"settings", "audit"}:
        return ""
    if "journal.read" in actor.acts:
        return _("您的岗位查阅操作日志，不办业务。请从左侧打开“操作日志”。")
    return _("您的岗位管理账号和设置，不看业务数据。请从左侧打开“账号”。")
