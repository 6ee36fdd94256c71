"""Addresses of activities: one list per menu, one page per activity, what a year adds up to."""

from django.urls import path

from muster.core.activities import MENUS
from muster.engines.activities.views import attending, lists, overviews, pages, photos

app_name = "activities"

urlpatterns = [
    *(path(menu, lists.menu_list, {"menu": menu}, name=menu) for menu in MENUS),
    path("new/<slug:kind>", pages.new, name="new"),
    path("<uuid:pk>", pages.page, name="page"),
    path("<uuid:pk>/edit", pages.edit, name="edit"),
    path("<uuid:pk>/record", pages.record, name="record"),
    path("<uuid:pk>/cancel", pages.cancel, name="cancel"),
    path("<uuid:pk>/undo", pages.undo, name="undo"),
    path("<uuid:pk>/attendance", attending.attendance, name="attendance"),
    path("<uuid:pk>/attendance/add", attending.add, name="add-person"),
    path("<uuid:pk>/attendance/remove", attending.remove, name="remove-person"),
    path("<uuid:pk>/photo", photos.add, name="add-photo"),
    path("photo/<uuid:pk>", photos.picture, name="photo"),
    path("photo/<uuid:pk>/drop", photos.drop, name="drop-photo"),
    path("year/months", overviews.months, name="months"),
    path("year/coverage", overviews.coverage, name="coverage"),
    path("year/channels", overviews.channels, name="channels"),
    path("year/use", overviews.uses, name="uses"),
    path("year/programme/<slug:menu>", overviews.programme, name="programme"),
    path("year/parts/<slug:menu>", overviews.parts, name="parts"),
    path("year/instructors", overviews.instructors, name="instructors"),
    path("year/size", overviews.sizes, name="sizes"),
    path("year/plan/<slug:menu>", overviews.planned, name="planned"),
]
