"""Addresses of the first screen."""

from django.urls import path

from muster.overview.home import views

app_name = "home"
urlpatterns = [
    path("", views.this_week, name="today"),
    path("search", views.search, name="search"),
    path("jobs", views.job_list, name="jobs"),
    path("jobs/<uuid:pk>/cancel", views.cancel_job, name="job-cancel"),
    path("help", views.user_guide, name="help"),
    path("help/<slug:name>", views.user_guide, name="help-page"),
]
