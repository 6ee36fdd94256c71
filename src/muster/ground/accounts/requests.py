"""What a request carries once the office's middleware has let it through."""

from django.http import HttpRequest

from muster.ground.accounts.models import Post, Session
from muster.ground.rows.actor import Actor


class OfficeRequest(HttpRequest):
    """A request of somebody signed in, in a post."""

    actor: Actor
    office_session: Session
    posts: list[Post]
