"""Kinds, templates and documents within the scope."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db.models import Max, QuerySet

from muster.core.documents import DocumentKind, load_kind
from muster.core.kernel import DivisionCode
from muster.engines.documents.models import (
    Document,
    DocumentFigure,
    DocumentFile,
    OfficeTemplate,
)
from muster.engines.documents.problems import DocumentNotIssued, FileDamaged, KindUnknown
from muster.ground.rows import catalogue
from muster.ground.rows.sealing import seal, unseal


def kinds() -> dict[str, DocumentKind]:
    """Return code → kind of the catalogue."""
    found = (
        _kind_of(catalogue.path_of(name).read_text("utf-8"))
        for name in catalogue.names("documents")
    )
    return {kind.kind: kind for kind in found}


_kind_of = lru_cache(maxsize=64)(load_kind)  # by its text: an edited file is read anew


def kind(code: str) -> DocumentKind:
    """Return one kind; refuse an unknown code."""
    known = kinds()
    if code not in known:
        raise KindUnknown(kind=code, known="、".join(known))
    return known[code]


def original_template(of: DocumentKind) -> bytes:
    """Return the template that the catalogue brings."""
    return Path(catalogue.path_of(f"documents/{of.template}")).read_bytes()


def office_template(code: str, division: str) -> OfficeTemplate | None:
    """Return the own template that serves a division: its own, else the nearest above."""
    place = DivisionCode(division)
    for where in (place.code, *(str(a) for a in place.ancestors)):
        rows = OfficeTemplate.objects.filter(kind=code, in_use=True, division=where)
        found: OfficeTemplate | None = rows.first()
        if found is not None:
            return found
    return None


def template_of(of: DocumentKind, division: str) -> bytes:
    """Return the template to use at a division: the office's own copy, else the original."""
    own = office_template(of.kind, division)
    return body_of(own) if own else original_template(of)


def place_of(row: DocumentFile | OfficeTemplate) -> str:
    """Return what a sealed body is bound to."""
    return f"{row._meta.db_table}.body"


def sealed(row: DocumentFile | OfficeTemplate, body: bytes) -> bytes:
    """Return a body sealed and bound to its row."""
    return seal(base64.b85encode(body).decode(), place=place_of(row), row=row.pk)


def body_of(row: DocumentFile | OfficeTemplate) -> bytes:
    """Return the bytes; refuse where they were changed."""
    body = base64.b85decode(unseal(row.body, place=place_of(row), row=row.pk))
    if hashlib.sha256(body).hexdigest() != row.sha256:
        raise FileDamaged(name=row.name)
    return body


def file_of(paper: Document, form: str) -> DocumentFile | None:
    """Return the issued file in one form, or None."""
    return paper.files.filter(form=form).first()


def issued_file(paper: Document) -> DocumentFile:
    """Return the issued Word file; refuse a draft."""
    found = file_of(paper, "docx")
    if found is None:
        raise DocumentNotIssued(title=paper.title)
    return found


def documents() -> QuerySet[Document]:
    """Return the documents of the scope, those set aside left out."""
    return Document.objects.exclude(state=Document.State.DROPPED)  # type: ignore[no-any-return]


def document(pk: UUID | str) -> Document:
    """Return one document of the scope."""
    return Document.objects.fetch(pk)  # type: ignore[no-any-return]


def issued(pk: str) -> Document | None:
    """Return the issued document a file names, or None where the scope has none."""
    try:
        key = UUID(pk)
    except ValueError:
        return None
    return Document.objects.filter(pk=key, state=Document.State.ISSUED).first()  # type: ignore[no-any-return]


def figures_of(paper: Document) -> list[DocumentFigure]:
    """Return the figures of a document in their order."""
    return list(paper.figures.select_related("figure"))


def next_serial(code: str, division: str, year: int) -> int:
    """Return the next number of this kind in the year at a division."""
    rows = Document.objects.filter(kind=code, division=division, year=year)
    return int(rows.aggregate(last=Max("serial"))["last"] or 0) + 1
