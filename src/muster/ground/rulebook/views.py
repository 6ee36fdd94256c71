"""Pages of rules: what is in force, where it comes from, changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.ground.rulebook import actions, queries
from muster.ground.rulebook.forms import RuleForm, shown
from muster.ground.rulebook.problems import MayNotChangeRules
from muster.web.wording import sentence


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show every rule with what is in force here today, or 未配置."""
    division = request.actor.division  # type: ignore[attr-defined]
    lines = queries.lines(division=division, on=today())
    names = register.division_names()
    groups: dict[str, list[tuple[queries.Line, str]]] = {}
    for line in lines:
        place = names.get(line.current.division, "") if line.current else ""
        groups.setdefault(line.entry.group_label, []).append((line, place))
    context = {"groups": groups.items(), "open": sum(line.current is None for line in lines)}
    return render(request, "rulebook/list.html", context)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Show one rule with its history; change it."""
    entry = queries.entry(key)
    division = request.actor.division  # type: ignore[attr-defined]
    current = queries.value_of(key, division=division, on=today())
    initial = {"on": today(), "division": division}
    if current:
        initial |= {"value": shown(entry, current.value), "status": current.status,
                    "source": current.source, "clause": current.clause}  # fmt: skip
    form = RuleForm(request.POST or None, entry=entry, division=division, initial=initial)
    if form.is_bound:
        _check_may()
    if form.is_bound and form.is_valid() and _change(form, key):
        messages.success(request, _("已保存，自生效日期起按新的取值判断。"))
        return redirect("rulebook:rule", key)
    names = register.division_names()
    context = {
        "entry": entry, "current": current, "form": form, "may_change": actions.may_change(),
        "past": [(queries.as_value(r), r, names.get(r.division, ""))
                 for r in queries.rows_of(key, division=division)],
        "own": queries.own_row(key, division=division, on=today()),
    }  # fmt: skip
    return render(request, "rulebook/rule.html", context, status=422 if form.is_bound else 200)


def _check_may() -> None:
    if not actions.may_change():
        raise MayNotChangeRules


def _change(form: RuleForm, key: str) -> bool:
    try:
        actions.change(key, **form.cleaned_data)
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, sentence(problem))
        return False
    return True


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End the value this place set for itself."""
    _check_may()
    actions.end(key, division=request.actor.division, on=today())  # type: ignore[attr-defined]
    messages.success(request, _("已停用本级取值。"))
    return redirect("rulebook:rule", key)
