"""Addresses of the rulebook."""

from django.urls import path

from muster.ground.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.rules, name="list"),
    path("<str:key>", views.rule, name="rule"),
    path("<str:key>/end", views.end, name="end"),
]
