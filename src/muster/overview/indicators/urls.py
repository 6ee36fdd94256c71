"""Addresses of indicators and stored figures."""

from django.urls import path

from muster.overview.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.listed, name="list"),
    path("figure/<uuid:pk>", views.figure, name="figure"),
    path("figure/<uuid:pk>/records.xlsx", views.figure_workbook, name="figure-workbook"),
    path("<str:code>", views.page, name="page"),
    path("<str:code>/records", views.behind, name="records"),
    path("<str:code>/records.xlsx", views.behind_workbook, name="workbook"),
]
