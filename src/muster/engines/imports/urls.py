"""Addresses of imports."""

from django.urls import path

from muster.engines.imports import rowviews, views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="list"),
    path("new", views.upload, name="upload"),
    path("template/<slug:kind>.xlsx", views.template, name="template"),
    path("<uuid:pk>", views.page, name="page"),
    path("<uuid:pk>/progress", views.progress, name="progress"),
    path("<uuid:pk>/write", views.write, name="write"),
    path("<uuid:pk>/cancel", views.cancel, name="cancel"),
    path("<uuid:pk>/undo", views.undo, name="undo"),
    path("<uuid:pk>/columns/<int:sheet>", views.columns, name="columns"),
    path("<uuid:pk>/original", views.original, name="original"),
    path("<uuid:pk>/rows/<slug:outcome>", rowviews.rows, name="rows"),
    path("<uuid:pk>/row/<uuid:row_pk>", rowviews.repair_row, name="row"),
    path("<uuid:pk>/row/<uuid:row_pk>/give-up", rowviews.give_up, name="give-up"),
    path("<uuid:pk>/row/<uuid:row_pk>/take-up", rowviews.take_up, name="take-up"),
    path("<uuid:pk>/give-up", rowviews.give_up_many, name="give-up-many"),
    path("<uuid:pk>/take-up", rowviews.take_up_all, name="take-up-all"),
    path("<uuid:pk>/forget-word", rowviews.forget_word, name="forget-word"),
    path("<uuid:pk>/good-now", views.good_now, name="good-now"),
    path("<uuid:pk>/repair.xlsx", views.repair_file, name="repair-file"),
]
