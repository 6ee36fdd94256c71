"""Pages of formation: starting, the proposal, choosing, locking, confirming, undoing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.domains.militia.actions import formation as acts
from muster.domains.militia.actions import formation_confirm as confirming
from muster.domains.militia.actions import formation_hands as hands
from muster.domains.militia.forms_formation import LEAVE_REASONS, ConfirmForm, StartForm
from muster.domains.militia.problems_formation import FormationChoiceRefused
from muster.domains.militia.queries import formation as reading
from muster.domains.militia.queries import formation_others as other_people
from muster.domains.militia.queries.formation_page import Layout, Line
from muster.domains.militia.queries.formation_stale import Staleness, staleness
from muster.domains.militia.queries.formation_words import Words, is_key, label_of_reason
from muster.domains.militia.queries.rosters import note_look
from muster.domains.militia.views.common import actor_of, attempt, done
from muster.domains.militia.views.formation_sheets import proposal_workbook
from muster.ground.accounts.policies import check_may
from muster.ground.jobs.actions import ask_cancel
from muster.ground.register.queries import division_name, who
from muster.ground.rows.clock import today
from muster.web.tables import Column, Table, Tag, respond
from muster.web.wording import sentence

TONES = {"working": "blue", "proposed": "amber", "confirmed": "green", "undone": "grey",
         "dropped": "grey"}  # fmt: skip
RUNS = [
    Column("on", gettext_lazy("编组日期"), kind="date", sort="on",
           href=lambda r: reverse("militia:formation-run", args=[r.pk])),
    Column("way", gettext_lazy("方式"), value=lambda r: r.get_way_display()),
    Column("root", gettext_lazy("范围"), value=lambda r: r.root or division_name(r.division)),
    Column("state", gettext_lazy("状态"), kind="tag",
           value=lambda r: Tag(r.get_state_display(), TONES[r.state])),
    Column("asked_at", gettext_lazy("发起"), kind="moment", sort="asked_at", phone=False),
    Column("asked_by", gettext_lazy("经办"), value=lambda r: who(r.asked_by), phone=False),
]  # fmt: skip
NOTHING = Staleness({}, outdated=False)


def _may(request: HttpRequest) -> bool:
    return bool(actor_of(request).may(acts.ACT))


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """Show what was formed and when, and how to begin."""
    table = Table(columns=RUNS, rows=reading.runs(), request=request, name="runs",
                  caption=_("编组方案"), unit=_("次"), empty_title=_("还没有编过组"),
                  empty_text=_("点“沿用上年、只补缺”：先看谁要出队、哪里空缺，再逐个选人。"))  # fmt: skip
    return respond(request, "militia/formation_list.html", table=table,
                   context={"may_form": _may(request)})  # fmt: skip


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin a formation: 沿用上年、只补缺 unless the whole proposal is asked for."""
    check_may(actor_of(request), acts.ACT)
    way = "full" if request.GET.get("way") == "full" else "gaps"
    form = StartForm(request.POST or None, division=actor_of(request).division,
                     initial={"way": way, "on": today()})  # fmt: skip
    if form.is_bound and form.is_valid():
        now = timezone.now()
        run = attempt(form, lambda: acts.begin(at=now, **form.cleaned_data))
        if run:
            acts.ask(run, at=now)
            return redirect("militia:formation-run", run.pk)
    status = 422 if form.is_bound else 200
    return render(request, "militia/formation_start.html", {"form": form}, status=status)


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a run: progress while it is computed, the proposal, or what was confirmed."""
    run = reading.run(pk)
    work = reading.work_of(run)
    context: dict[str, Any] = {"run": run, "work": work, "may_form": _may(request)}
    if run.state == "working":
        context["refusal"] = _refusal(run, work)
        return render(request, "militia/formation_working.html", context)
    if run.state == "dropped" or not run.answer:
        return render(request, "militia/formation_over.html", context)
    layout = layout_of(run)
    note_look("formation.seen", len(reading.plan_of(run)))
    if run.state != "proposed":
        context |= {"changes": layout.changes(), "used": confirming.used_since(run)}
        return render(request, "militia/formation_over.html", context)
    if request.GET.get("print"):
        return render(request, "militia/formation_print.html", context | _proposal(layout))
    if request.GET.get("excel"):
        return proposal_workbook(layout)
    context["open_unit"] = request.GET.get("unit", "")
    return render(request, f"militia/formation_{run.way}.html", context | _proposal(layout))


def layout_of(run: Any) -> Layout:
    """Return a run laid out; facts since then are looked up while it can still be confirmed."""
    words = Words(run, reading.snapshot_of(run))
    return Layout(run, words, staleness(run) if run.state == "proposed" else NOTHING)


def _proposal(layout: Layout) -> dict[str, Any]:
    run, changes = layout.run, layout.changes()
    found = {
        "layout": layout, "changes": changes, "blocks": layout.blocks(),
        "leaving": [c for c in changes if c.kind == "out"],
        "leaving_total": sum(c.kind == "out" for c in changes),
        "entering_total": sum(c.kind == "in" for c in changes),
        "moving_total": sum(c.kind in ("move", "post") for c in changes),
        "strength": len(reading.plan_of(run)), "changed": layout.changed(),
        "stale": layout.stale, "open": len(layout.stale.open),
        "unseen": layout.unseen(), "by_hand": layout.kept_by_hand(), "locks": layout.locks(),
        "warnings": layout.warnings(), "helps": layout.helps(), "notes": layout.words.notes(),
        "reasons": [(code, label_of_reason(code)) for code in LEAVE_REASONS],
        "result": run.answer.get("result"), "report": run.answer.get("report"),
        "edited": "plan" in run.decisions, "aftermath": layout.after_hand, "demoted": layout.demoted(), "free": layout.words.snapshot.free,
    }  # fmt: skip
    found["empty_total"] = sum(len(b.empty) + len(b.unfilled) for b in found["blocks"])
    return found


def _refusal(run: Any, work: Any) -> str:
    """Return why the computing ended without a proposal, with names for keys."""
    if work is None or not work.problem:
        return ""
    return Words(run, reading.snapshot_now(run)).text(work.problem["message"])


@require_GET
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far the computing is; when it has ended, load the page anew."""
    run = reading.run(pk)
    work = reading.work_of(run)
    if work is None or work.ended_at or work.state == "cancelled":
        answer = HttpResponse(status=286)
        answer["HX-Redirect"] = reverse("militia:formation-run", args=[pk])
        return answer
    return render(request, "militia/formation_progress.html", {"run": run, "work": work})


@require_POST
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep who was chosen for the empty posts, and who is locked there."""
    run = reading.run(pk)
    choices, locked = _choices(run, request.POST)
    before = run.decisions.get("last")
    hands.choose(run, choices, locked=locked)
    if request.POST.get("then") == "again":
        acts.again(run, at=timezone.now())
        return _back(pk)
    if request.POST.get("then") == "confirm":
        return redirect("militia:formation-confirm", pk)
    _say_saved(request, run, _("已保存选定的人选。"), before)
    return _back(pk)


def _say_saved(request: HttpRequest, run: Any, words: str, before: Any) -> None:
    """Say that a choice is kept and, where more than that changed, that the page tells what."""
    last = run.decisions.get("last")
    others = [who for who, _old, _new in last["moves"] if who not in last["asked"]] if last else []
    if others and last != before:
        more = _("{words}连带有 {n} 人的安排变了，见“刚才改选的结果”，不合适可以撤回。")
        messages.warning(request, more.format(words=words, n=len(others)))
    else:
        messages.success(request, words)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Restore the choices as they stood before the last one by hand."""
    run = reading.run(pk)
    hands.take_back(run)
    return done(request, _("已撤回刚才的改选，恢复到改选之前。"), "militia:formation-run", pk)


def _choices(run: Any, given: QueryDict) -> tuple[dict[str, list[str]], list[str]]:
    choices: dict[str, list[str]] = {}
    locked = []
    for slot, people in run.decisions.get("choices", {}).items():
        here = [given.get(f"post-{slot}-{turn}", who) for turn, who in enumerate(people)]
        choices[slot] = [who if is_key(who) else "" for who in here]
        locked += [who for turn, who in enumerate(choices[slot])
                   if who and given.get(f"lock-{slot}-{turn}")]  # fmt: skip
    return choices, locked


@require_POST
def people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what officers know of single people, then compute again."""
    run, given = reading.run(pk), request.POST
    leaving = {k[6:]: given[k] for k in given if k.startswith("leave-") and given[k]}
    stay = given.get("stay", "")
    why = given.get("why", "")
    hands.settle(
        run, leaving=leaving, staying={stay: why} if is_key(stay) else {},
        excluded={who: why for who in given.getlist("exclude") if is_key(who)},
        released=[who for who in given.getlist("release") if is_key(who)],
    )  # fmt: skip
    acts.again(run, at=timezone.now())
    return done(request, _("已记下，正在重新计算。"), "militia:formation-run", pk)


@require_GET
def slot_page(request: HttpRequest, pk: UUID, slot: UUID) -> HttpResponse:
    """Show who else could take a post, and why somebody is not in it."""
    run = reading.run(pk)
    if run.state != "proposed":
        return _back(pk)
    words = Words(run, reading.snapshot_of(run))
    key, search = str(slot), request.GET.get("q", "")[:40]
    if key not in words.unit_of:
        return _back(pk)
    found = other_people.others(words, run, key, search=search)
    note_look("formation.seen", len(found))
    turn, instead = request.GET.get("turn", "0"), request.GET.get("instead", "")
    context = {
        "run": run, "slot": key, "place": words.place(key), "q": search, "found": found,
        "turn": turn if turn.isdigit() else "0", "may_form": _may(request),
        "instead": instead, "leaving": words.who(instead) if instead in words.people else None,
    }  # fmt: skip
    return render(request, "militia/formation_slot.html", context)


@require_POST
def pick(request: HttpRequest, pk: UUID, slot: UUID) -> HttpResponse:
    """Put somebody into a post by hand; a refusal comes back in words with names."""
    run, given = reading.run(pk), request.POST
    turn, before = given.get("turn", "0"), run.decisions.get("last")
    try:
        hands.pick(run, str(slot), person=given.get("person", ""),
                   instead=given.get("instead", ""), turn=int(turn) if turn.isdigit() else 0)  # fmt: skip
    except FormationChoiceRefused as problem:
        words = Words(run, reading.snapshot_of(run))
        messages.error(request, words.text(sentence(problem)))
        return redirect("militia:formation-slot", pk, slot)
    _say_saved(request, run, _("已换上并锁定。重新计算时会保留。"), before)
    return _back(pk)


@require_POST
def lock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lock somebody in his post, or take the lock off."""
    run = reading.run(pk)
    on = request.POST.get("on") == "1"
    hands.lock(run, request.POST.get("person", ""), on=on)
    words = _("已锁定，重新计算时保留。") if on else _("已解除锁定。")
    return done(request, words, "militia:formation-run", pk)


@require_POST
def seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep that changed facts are known and the plan stands."""
    run = reading.run(pk)
    people = request.POST.getlist("person")
    hands.note_seen(run, people)
    words = _("已记下：{n} 人的变化已知悉，仍按方案办。").format(n=len(people))
    return done(request, words, "militia:formation-run", pk)


@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compute the proposal again; locks and decisions stay."""
    acts.again(reading.run(pk), at=timezone.now())
    return _back(pk)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the computing."""
    check_may(actor_of(request), acts.ACT)
    work = reading.work_of(reading.run(pk))
    if work is not None and work.ended_at is None:
        ask_cancel(work)
        messages.success(request, _("已要求停止计算。"))
    return _back(pk)


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a proposal up."""
    acts.drop(reading.run(pk))
    return done(request, _("已放弃这次编组，花名册没有改动。"), "militia:formation")


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what confirming will write; then write it."""
    check_may(actor_of(request), acts.ACT)
    run = reading.run(pk)
    if run.state != "proposed":
        return _back(pk)
    layout = layout_of(run)
    context = _proposal(layout)
    due: list[Line] = [c for c in context["changes"] if c.asks_note]
    form = ConfirmForm(request.POST or None, due=len(due),
                       initial={"approver": actor_of(request).division_name})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        counts = attempt(form, lambda: confirming.confirm(run, at=timezone.now(),
                                                          **form.cleaned_data))  # fmt: skip
        if counts:
            words = _(
                "已确认编组：入队 {in}、出队 {out}、转队 {move}、调整岗位 {post}；现有 {strength} 人。"
            )
            return done(request, words.format(**counts), "militia:formation-run", pk)
    note_look("formation.seen", len(context["changes"]))
    status = 422 if form.is_bound else 200
    context |= {"run": run, "form": form, "due": due, "may_form": True}
    return render(request, "militia/formation_confirm.html", context, status=status)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reverse what a confirmed run wrote."""
    run = reading.run(pk)
    count = confirming.undo(run, at=timezone.now())
    words = _("已撤销编组，冲销 {count} 条出入转队记录，花名册恢复原样。").format(count=count)
    return done(request, words, "militia:formation-run", pk)


def _back(pk: UUID) -> HttpResponseRedirect:
    return redirect("militia:formation-run", pk)
