"""Addresses of plans and campaigns."""

from django.urls import path

from muster.engines.campaigns import planviews, views

app_name = "campaigns"
urlpatterns = [
    path("", views.campaign_list, name="list"),
    path("plan/new", planviews.upload, name="upload"),
    path("plan/<uuid:pk>", planviews.paper, name="paper"),
    path("plan/<uuid:pk>/drop", planviews.drop, name="drop"),
    path("<uuid:pk>", views.page, name="page"),
    path("plan/<uuid:pk>/file", planviews.paper_file, name="paper-file"),
    path("<uuid:pk>/arrange", planviews.arrange, name="arrange"),
    path("<uuid:pk>/start", views.start, name="start"),
    path("phase/<uuid:pk>", views.phase, name="phase"),
    path("phase/<uuid:pk>/task", views.add_task, name="add-task"),
    path("phase/<uuid:pk>/close", views.close, name="close"),
    path("phase/<uuid:pk>/reopen", views.reopen, name="reopen"),
    path("phase/<uuid:pk>/item/<uuid:item_pk>", views.add_evidence, name="add-evidence"),
    path(
        "phase/<uuid:pk>/evidence/<uuid:evidence_pk>/take-back", views.take_back, name="take-back"
    ),
    path("evidence/<uuid:pk>/file", views.evidence_file, name="evidence-file"),
]
