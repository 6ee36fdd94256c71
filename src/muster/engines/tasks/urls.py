"""Addresses of tasks."""

from django.urls import path

from muster.engines.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.task_list, name="list"),
    path("<uuid:pk>", views.page, name="page"),
    path("<uuid:pk>/report", views.report, name="report"),
    path("<uuid:pk>/check", views.check, name="check"),
    path("<uuid:pk>/assign", views.assign, name="assign"),
    path("<uuid:pk>/reopen", views.reopen, name="reopen"),
    path("<uuid:pk>/cancel", views.cancel, name="cancel"),
]
