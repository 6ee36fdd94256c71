"""Drafting, issuing and keeping documents and templates. What they say is given by the caller."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from muster.core.documents import BoundFigure, Content, DocumentKind, check, read_figures, render
from muster.engines.documents import policies, queries
from muster.engines.documents.models import (
    Document,
    DocumentFigure,
    DocumentFile,
    OfficeTemplate,
)
from muster.engines.figures.models import Figure
from muster.ground.journal.actions import record
from muster.ground.rows.scope import current_actor

TEXTS = ("agency", "issuer", "addressee", "signer", "post", "copies_to", "paragraphs")


@transaction.atomic
def draft(kind: DocumentKind, *, division: str, year: int, title: str, at: datetime,
          **texts: Any) -> Document:  # fmt: skip
    """Return a new draft; ``texts``: agency, issuer, addressee, signer, post, copies_to, paragraphs."""
    policies.check_may_issue("起草公文")
    actor = current_actor()
    paper = Document.objects.create(
        division=division, kind=kind.kind, year=year, title=title, made_at=at,
        made_by=actor.account if actor else None, **_known(texts),
    )  # fmt: skip
    record("document.drafted", paper, facts={"kind": kind.kind, "year": year})
    return paper  # type: ignore[no-any-return]


@transaction.atomic
def change(paper: Document, **texts: Any) -> Document:
    """Change the words of a draft; refuse an issued document."""
    policies.check_may_issue("修改公文")
    policies.check_draft(paper)
    for name, value in _known(texts).items():
        setattr(paper, name, value)
    paper.save()
    record("document.changed", paper)
    return paper


def _known(texts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(texts) - set(TEXTS):
        raise ValueError(f"a document has no {sorted(unknown)}")
    return texts


@transaction.atomic
def drop(paper: Document) -> None:
    """Set a draft aside."""
    policies.check_may_issue("删除草稿")
    policies.check_draft(paper)
    paper.state = Document.State.DROPPED
    paper.save()
    record("document.dropped", paper)


@dataclass(frozen=True, slots=True)
class Printed:
    """A stored figure and how the document prints it."""

    figure: Figure
    bound: BoundFigure
    section: str


@transaction.atomic
def issue(paper: Document, content: Content, printed: Sequence[Printed], *, day: date,
          at: datetime) -> DocumentFile:  # fmt: skip
    """Return the issued file: rendered, sealed, its figures bound for good. Refuses a non-draft."""
    policies.check_may_issue()
    policies.check_draft(paper)
    template = queries.template_of(queries.kind(paper.kind), paper.division)
    body = render(template, content)
    standing = {f.key for f in read_figures(body).figures}
    used = [p for p in printed if p.bound.key in standing]
    _bind(paper, used)
    actor = current_actor()
    paper.state, paper.day, paper.issued_at = Document.State.ISSUED, day, at
    paper.title, paper.number = content.title, content.number
    paper.issued_by = actor.account if actor else None
    if content.number:
        paper.serial = queries.next_serial(paper.kind, paper.division, paper.year)
    paper.absent = [*content.absent_sections]
    paper.template_sha256 = hashlib.sha256(template).hexdigest()
    paper.digest = hashlib.sha256(body).hexdigest()
    paper.save()
    digests = "".join(p.figure.digest for p in used)
    facts = {"kind": paper.kind, "figures": len(used), "sha256": paper.digest,
             "figures_sha256": hashlib.sha256(digests.encode()).hexdigest()}  # fmt: skip
    record("document.issued", paper, facts=facts)
    return keep_file(paper, DocumentFile.Form.DOCX, body, at=at)


def _bind(paper: Document, printed: Sequence[Printed]) -> None:
    for order, one in enumerate(printed, start=1):
        DocumentFigure.objects.create(
            division=paper.division, document=paper, figure=one.figure,
            printed=one.bound.printed, section=one.section, order=order,
        )  # fmt: skip


def keep_file(paper: Document, form: str, body: bytes, *, at: datetime) -> DocumentFile:
    """Return the file kept sealed in one form."""
    row = DocumentFile(
        division=paper.division, document=paper, form=form, name=f"{paper.title}.{form}"[:200],
        sha256=hashlib.sha256(body).hexdigest(), kept_at=at,
    )  # fmt: skip
    row.body = queries.sealed(row, body)
    row.save()
    return row


@transaction.atomic
def keep_template(kind: DocumentKind, name: str, body: bytes, sample: Content, *, division: str,
                  at: datetime) -> OfficeTemplate:  # fmt: skip
    """Return an office's own template, used from now on; refuse one that cannot be filled safely."""
    policies.check_may_issue("更换公文模板")
    check(body, sample)
    retire_template(kind.kind, division)
    actor = current_actor()
    row = OfficeTemplate(
        division=division, kind=kind.kind, name=name[:200], uploaded_at=at,
        sha256=hashlib.sha256(body).hexdigest(), uploaded_by=actor.account if actor else None,
    )  # fmt: skip
    row.body = queries.sealed(row, body)
    row.save()
    record("template.uploaded", row, facts={"kind": kind.kind, "sha256": row.sha256})
    return row


@transaction.atomic
def retire_template(kind: str, division: str) -> bool:
    """Return to the original template; False where the office had no own copy."""
    policies.check_may_issue("恢复公文模板")
    mine = OfficeTemplate.objects.filter(kind=kind, division=division, in_use=True)
    for row in mine:
        row.in_use = False
        row.save()
        record("template.retired", row, facts={"kind": kind})
    return bool(mine)
