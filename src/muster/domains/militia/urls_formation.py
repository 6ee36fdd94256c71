"""Addresses of formation; ``urls.py`` takes them in."""

from django.urls import path

from muster.domains.militia.views import formation as views
from muster.domains.militia.views import formation_conditions as conditions

ROUTES = [
    path("formation", views.runs, name="formation"),
    path("formation/new", views.start, name="formation-new"),
    path("formation/conditions", conditions.conditions, name="formation-conditions"),
    path("formation/condition/<uuid:pk>", conditions.condition, name="formation-condition"),
    path("formation/place/new", conditions.place, name="formation-place-new"),
    path("formation/place/<uuid:pk>", conditions.place, name="formation-place"),
    path("formation/<uuid:pk>", views.page, name="formation-run"),
    path("formation/<uuid:pk>/progress", views.progress, name="formation-progress"),
    path("formation/<uuid:pk>/cancel", views.cancel, name="formation-cancel"),
    path("formation/<uuid:pk>/choose", views.choose, name="formation-choose"),
    path("formation/<uuid:pk>/people", views.people, name="formation-people"),
    path("formation/<uuid:pk>/slot/<uuid:slot>", views.slot_page, name="formation-slot"),
    path("formation/<uuid:pk>/slot/<uuid:slot>/pick", views.pick, name="formation-pick"),
    path("formation/<uuid:pk>/takeback", views.take_back, name="formation-take-back"),
    path("formation/<uuid:pk>/lock", views.lock, name="formation-lock"),
    path("formation/<uuid:pk>/seen", views.seen, name="formation-seen"),
    path("formation/<uuid:pk>/again", views.again, name="formation-again"),
    path("formation/<uuid:pk>/drop", views.drop, name="formation-drop"),
    path("formation/<uuid:pk>/confirm", views.confirm, name="formation-confirm"),
    path("formation/<uuid:pk>/undo", views.undo, name="formation-undo"),
]
