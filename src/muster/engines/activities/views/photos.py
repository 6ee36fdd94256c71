"""Photos of an activity."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from muster.engines.activities import actions, policies
from muster.engines.activities.actions.photos import AREA
from muster.engines.activities.forms import PhotoForm
from muster.engines.activities.queries import activities as queries
from muster.engines.activities.views.common import actor_of, attempt
from muster.engines.activities.views.pages import show
from muster.ground.files import queries as files
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import look


@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a photo in, made anew."""
    policies.check_may_record(actor_of(request))
    row = queries.activity(pk)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, row, photo=form, status=422)
    file, caption = form.cleaned_data["photo"], form.cleaned_data["caption"]
    if not attempt(form, lambda: actions.add_photo(
        row, file.name, file.read(), at=timezone.now(), caption=caption
    )):  # fmt: skip
        return show(request, row, photo=form, status=422)
    return redirect("activities:page", pk)


@require_GET
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a photo; the look is journalled, and nothing is kept on the way."""
    photo = queries.photo(pk)
    body = open_body(files.file(photo.file_id, area=AREA))
    look("activity.photo_opened", kind="activities.photo", ids=[photo.pk])
    answer = HttpResponse(body, content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a photo."""
    policies.check_may_record(actor_of(request))
    photo = queries.photo(pk)
    actions.drop_photo(photo, at=timezone.now())
    return redirect("activities:page", photo.activity_id)
