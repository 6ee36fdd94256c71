"""Language of the page, and refusals turned into pages a person can act on."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from muster.core.kernel import Problem
from muster.web.views import LANGUAGE_KEEPERS, refuse
from muster.web.wording import refusal

Handler = Callable[[HttpRequest], HttpResponse]


def chosen_language(request: HttpRequest) -> str:
    """Return the account's language, else the cookie's, else Chinese; Accept-Language is ignored.

    An English Windows would otherwise open the office in English.
    """
    known = {code for code, _ in settings.LANGUAGES}
    kept = getattr(getattr(request, "actor", None), "language", "") if LANGUAGE_KEEPERS else ""
    for code in (kept, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        if code in known:
            return code
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activate the reader's language: the cookie's at first, the account's once it is known."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language and say so in Content-Language."""
        with translation.override(chosen_language(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        """Choose again: by now the whole chain has run and ``request.actor`` is known."""
        code = chosen_language(request)
        if code != request.LANGUAGE_CODE:
            translation.activate(code)
            request.LANGUAGE_CODE = code


class ProblemMiddleware:
    """Turn a Problem raised by a view into a page, an htmx fragment or JSON, with its status."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the refusal, or None for anything that is a bug."""
        if not isinstance(exception, Problem):
            return None
        return refuse(request, refusal(exception), facts=exception.facts)
