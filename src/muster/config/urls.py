"""Every address of the office."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("muster.web.urls")),
    path("", include("muster.ground.accounts.urls")),
]
