"""Addresses of the web floor."""

from django.urls import path

from muster.web import views

app_name = "web"

urlpatterns = [
    path("language", views.language, name="language"),
    path("style", views.style, name="style"),
]
