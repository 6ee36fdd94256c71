from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from muster.web import views
from muster.web.middleware import LanguageMiddleware, chosen_language


def request_with(*, cookie="", account="", accept="en-US"):
    request = RequestFactory().get("/", headers={"accept-language": accept})
    if cookie:
        request.COOKIES["django_language"] = cookie
    if account:
        request.actor = SimpleNamespace(language=account)
    return request


@pytest.fixture
def keeper():
    kept, before = [], list(views.LANGUAGE_KEEPERS)
    views.LANGUAGE_KEEPERS[:] = [lambda request, code: kept.append(code)]
    yield kept
    views.LANGUAGE_KEEPERS[:] = before


def test_an_english_browser_still_opens_in_chinese():
    assert chosen_language(request_with()) == "zh-hans"


def test_the_cookie_decides_where_nobody_is_signed_in():
    assert chosen_language(request_with(cookie="en")) == "en"


def test_an_unknown_cookie_is_ignored():
    assert chosen_language(request_with(cookie="xx")) == "zh-hans"


def test_the_account_goes_before_the_cookie(keeper):
    assert chosen_language(request_with(cookie="en", account="zh-hans")) == "zh-hans"


def test_the_language_is_active_in_the_view_and_gone_after():
    seen = []

    def view(request):
        seen.append(translation.get_language())
        return HttpResponse()

    response = LanguageMiddleware(view)(request_with(cookie="en"))
    assert seen == ["en"] and response["Content-Language"] == "en"
    assert translation.get_language() == "zh-hans"


def test_the_switch_stores_cookie_and_account_and_returns(keeper):
    request = RequestFactory().post("/language", {"language": "en", "next": "/people?q=x"})
    response = views.language(request)
    assert (response.status_code, response.url) == (302, "/people?q=x")
    assert response.cookies["django_language"].value == "en" and keeper == ["en"]


@pytest.mark.parametrize("target", ["http://evil.example/", "//evil.example", "javascript:x", ""])
def test_the_switch_never_leads_away(target, keeper):
    request = RequestFactory().post("/language", {"language": "en", "next": target})
    assert views.language(request).url == "/"


def test_an_unknown_language_changes_nothing(keeper):
    response = views.language(RequestFactory().post("/language", {"language": "xx"}))
    assert not response.cookies and keeper == []
