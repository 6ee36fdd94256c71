"""Every address of the office."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("muster.web.urls")),
    path("", include("muster.ground.accounts.urls")),
    path("", include("muster.overview.home.urls")),
    path("", include("muster.ground.register.urls")),
    path("task/", include("muster.engines.tasks.urls")),
    path("campaign/", include("muster.engines.campaigns.urls")),
    path("meeting/", include("muster.engines.meetings.urls")),
    path("import/", include("muster.engines.imports.urls")),
    path("activity/", include("muster.engines.activities.urls")),
    path("militia/", include("muster.domains.militia.urls")),
    path("indicator/", include("muster.overview.indicators.urls")),
    path("report/", include("muster.overview.reports.urls")),
    path("rule/", include("muster.ground.rulebook.urls")),
]

handler400 = "muster.web.views.bad_request"
handler403 = "muster.web.views.forbidden"
handler404 = "muster.web.views.not_found"
handler500 = "muster.web.views.broken"
