"""Files sent to the browser: named, never sniffed, never cached."""

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_response(name: str, data: bytes, media_type: str) -> HttpResponse:
    """Return a download under a Chinese file name."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def workbook_response(name: str, data: bytes) -> HttpResponse:
    """Return a workbook as a download."""
    return file_response(name, data, XLSX)
