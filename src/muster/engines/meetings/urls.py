"""Addresses of meetings."""

from django.urls import path

from muster.engines.meetings.views import pages, papers, work

app_name = "meetings"
urlpatterns = [
    path("", pages.meeting_list, name="list"),
    path("year", pages.year, name="year"),
    path("new", pages.choose, name="choose"),
    path("new/<slug:code>", pages.new, name="new"),
    path("<uuid:pk>", pages.page, name="page"),
    path("<uuid:pk>/edit", pages.edit, name="edit"),
    path("<uuid:pk>/hold", pages.hold, name="hold"),
    path("<uuid:pk>/take-back", pages.take_back, name="take-back"),
    path("<uuid:pk>/cancel", pages.cancel, name="cancel"),
    path("<uuid:pk>/restore", pages.restore, name="restore"),
    path("<uuid:pk>/notice", papers.notice, name="notice"),
    path("<uuid:pk>/notice.docx", papers.notice_word, name="notice-word"),
    path("<uuid:pk>/sheet", papers.sheet, name="sheet"),
    path("<uuid:pk>/minutes/print", papers.minutes, name="minutes-print"),
    path("<uuid:pk>/minutes.docx", papers.minutes_word, name="minutes-word"),
    path("<uuid:pk>/minutes/file", papers.minutes_file, name="minutes-file"),
    path("<uuid:pk>/minutes", work.minutes, name="minutes"),
    path("<uuid:pk>/minutes/confirm", work.confirm, name="confirm"),
    path("<uuid:pk>/minutes/reopen", work.reopen, name="reopen"),
    path("<uuid:pk>/minutes/issue", work.issue, name="issue"),
    path("<uuid:pk>/attendance", work.attendance, name="attendance"),
    path("<uuid:pk>/attendance/draw", work.draw, name="draw"),
    path("<uuid:pk>/attendance/add", work.add_attendee, name="add-attendee"),
    path("attendance/<uuid:pk>/remove", work.remove_attendee, name="remove-attendee"),
    path("<uuid:pk>/item", work.add_item, name="add-item"),
    path("item/<uuid:pk>", work.note_item, name="note-item"),
    path("item/<uuid:pk>/remove", work.remove_item, name="remove-item"),
    path("item/<uuid:pk>/opinion", work.add_opinion, name="add-opinion"),
    path("opinion/<uuid:pk>", work.treat_opinion, name="treat-opinion"),
    path("<uuid:pk>/resolution", work.add_resolution, name="add-resolution"),
    path("<uuid:pk>/resolution/hand-out", work.hand_out, name="hand-out"),
    path("resolution/<uuid:pk>", work.change_resolution, name="change-resolution"),
    path("resolution/<uuid:pk>/remove", work.remove_resolution, name="remove-resolution"),
    path("resolution/<uuid:pk>/feedback", work.feed_back, name="feed-back"),
    path("resolution/<uuid:pk>/effect", work.note_effect, name="note-effect"),
]
