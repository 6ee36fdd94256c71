"""Who may draft, issue and change templates."""

from muster.engines.documents.models import Document
from muster.engines.documents.problems import MayNotIssue, NotADraft
from muster.ground.rows.scope import current_actor

ISSUE = "document.issue"


def check_may_issue(doing: str = "签发公文") -> None:
    """Refuse a post that issues no documents; the office's own work may."""
    actor = current_actor()
    if actor is not None and not actor.may(ISSUE):
        raise MayNotIssue(post=actor.post_label, act=doing)


def check_draft(paper: Document) -> None:
    """Refuse to change what was issued or set aside."""
    if paper.state != Document.State.DRAFT:
        raise NotADraft(title=paper.title, state=paper.get_state_display())
