"""Long work of reports: a PDF made from the issued Word file."""

import shutil
from datetime import datetime
from typing import Any

from django.utils import timezone

from muster.core.documents import to_pdf
from muster.engines.documents import queries as papers
from muster.engines.documents.actions import keep_file
from muster.engines.documents.models import Document, DocumentFile
from muster.engines.documents.problems import PdfUnavailable
from muster.ground.jobs.actions import JobKind, Progress, ask
from muster.ground.jobs.models import Job
from muster.ground.jobs.queries import jobs_visible
from muster.ground.rows.scope import current_actor

PDF = "documents.pdf"


def soffice() -> str | None:
    """Return where LibreOffice is, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def run_pdf(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Make the PDF of an issued document once and keep it sealed beside the Word file."""
    progress.tell(0.2, "正在转换")
    paper = papers.document(parameters["document"])
    return {"document": str(paper.pk), "file": str(convert(paper, at=timezone.now()).pk)}


def convert(paper: Document, *, at: datetime) -> DocumentFile:
    """Return the PDF of an issued document, made once."""
    kept = papers.file_of(paper, "pdf")
    if kept is not None:
        return kept
    program = soffice()
    body = to_pdf(papers.body_of(papers.issued_file(paper)), soffice=program) if program else None
    if body is None:
        raise PdfUnavailable
    return keep_file(paper, "pdf", body, at=at)


def make_or_ask(paper: Document, *, at: datetime) -> bool:
    """Make the PDF: as a job where the post may leave work behind, else at once. True: it is there.

    Refuses a draft, and a machine without LibreOffice.
    """
    papers.issued_file(paper)
    if soffice() is None:
        raise PdfUnavailable
    parameters = {"document": str(paper.pk)}
    actor = current_actor()
    if actor is not None and actor.may_write(Job.area):
        ask(PDF, title=f"生成 PDF：{paper.title}"[:120], parameters=parameters, at=at,
            division=paper.division)  # fmt: skip
        return False
    convert(paper, at=at)
    return True


def latest_job(paper: Document) -> Job | None:
    """Return the newest job that makes this document's PDF, or None."""
    rows = jobs_visible().filter(kind=PDF, parameters__document=str(paper.pk))
    return rows.first()


JOB_KINDS = [JobKind(PDF, "生成 PDF", run_pdf)]
