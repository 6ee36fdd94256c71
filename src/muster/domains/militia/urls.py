"""Addresses of the militia."""

from django.urls import path

from muster.domains.militia.urls_formation import ROUTES as FORMATION
from muster.domains.militia.views import absences, calls, rosters, transfers, units

app_name = "militia"
urlpatterns = [
    *FORMATION,
    path("", units.units, name="units"),
    path("unit/new", units.new_unit, name="unit-new"),
    path("unit/<uuid:pk>", units.unit, name="unit"),
    path("unit/<uuid:pk>/edit", units.edit_unit, name="unit-edit"),
    path("unit/<uuid:pk>/close", units.close_unit, name="unit-close"),
    path("unit/<uuid:pk>/quota", units.quota, name="quota"),
    path("unit/<uuid:pk>/post", units.post, name="post-new"),
    path("unit/<uuid:pk>/post/<uuid:post_pk>", units.post, name="post"),
    path("years", units.compare, name="years"),
    path("roster", rosters.roster, name="roster"),
    path("frozen", rosters.frozen_list, name="frozen-list"),
    path("frozen/new", rosters.freeze, name="freeze"),
    path("frozen/<uuid:pk>", rosters.frozen_page, name="frozen"),
    path("transfer/", transfers.transfers, name="transfers"),
    path("find/<slug:then>", transfers.find, name="find"),
    path("member/<uuid:pk>", transfers.member, name="member"),
    path("member/<uuid:pk>/enter", transfers.enter, name="enter"),
    path("member/<uuid:pk>/move", transfers.move, name="move"),
    path("member/<uuid:pk>/leave", transfers.leave, name="leave"),
    path("member/<uuid:pk>/vetting", transfers.vetting, name="vetting"),
    path("member/<uuid:pk>/away", absences.go_away, name="absence-new"),
    path("transfer/<uuid:pk>/reverse", transfers.reverse_transfer, name="reverse"),
    path("absence/", absences.absences, name="absences"),
    path("absence/<uuid:pk>", absences.absence, name="absence"),
    path("absence/<uuid:pk>/edit", absences.edit_absence, name="absence-edit"),
    path("absence/<uuid:pk>/reopen", absences.reopen_absence, name="absence-reopen"),
    path("roll-call/", calls.roll_calls, name="roll-calls"),
    path("roll-call/new", calls.new_call, name="roll-call-new"),
    path("roll-call/<uuid:pk>", calls.roll_call, name="roll-call"),
    path("roll-call/<uuid:pk>/line/<uuid:line_pk>", calls.mark, name="roll-call-mark"),
    path("roll-call/<uuid:pk>/code", calls.code, name="roll-call-code"),
    path("roll-call/<uuid:pk>/sheet", calls.sheet, name="roll-call-sheet"),
    path("roll-call/<uuid:pk>/report", calls.report, name="roll-call-report"),
    path("roll-call/<uuid:pk>/close", calls.close, name="roll-call-close"),
]
