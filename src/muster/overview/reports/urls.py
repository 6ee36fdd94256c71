"""Addresses of reports."""

from django.urls import path

from muster.overview.reports import views
from muster.overview.reports.views import templates

app_name = "reports"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("verify", views.verify, name="verify"),
    path("template", templates.listed, name="templates"),
    path("template/<str:kind>/original.docx", templates.original, name="template-original"),
    path("template/<str:kind>/current.docx", templates.current, name="template-current"),
    path("template/<str:kind>/upload", templates.upload, name="template-upload"),
    path("template/<str:kind>/restore", templates.restore, name="template-restore"),
    path("<uuid:pk>", views.page, name="page"),
    path("<uuid:pk>/change", views.change, name="change"),
    path("<uuid:pk>/issue", views.issue, name="issue"),
    path("<uuid:pk>/drop", views.drop, name="drop"),
    path("<uuid:pk>/document.docx", views.download, name="docx"),
    path("<uuid:pk>/pdf", views.make_pdf, name="make-pdf"),
    path("<uuid:pk>/pdf/progress", views.pdf_progress, name="pdf-progress"),
    path("<uuid:pk>/document.pdf", views.download_pdf, name="pdf"),
]
