import json
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from muster.core.kernel import Citation, Problem
from muster.web.middleware import ProblemMiddleware
from muster.web.views import broken, csrf_failure, forbidden, not_found
from muster.web.wording import refusal, sentence


class PlanLocked(Problem):
    code = "plan.locked"
    status = 409
    template = "方案“{name}”已确认，不能再改。"


def refused(problem, **headers):
    request = RequestFactory().get("/plan", headers=headers)
    middleware = ProblemMiddleware(lambda r: HttpResponse())
    response = middleware.process_exception(request, problem)
    return response.status_code, response.content.decode()


PROBLEM = PlanLocked(name="青溪镇", basis=Citation("整组方案", "第三条"), todo="请县里退回。")


def test_a_refusal_is_a_page_with_reason_basis_and_remedy():
    status, page = refused(PROBLEM)
    assert status == 409 and "<!doctype html>" in page
    for words in ("方案“青溪镇”已确认", "整组方案第三条", "请县里退回。", "这一步现在不能做"):
        assert words in page


def test_htmx_gets_a_fragment_it_can_swap():
    status, page = refused(PROBLEM, hx_request="true")
    assert status == 409 and 'role="alert"' in page and "<html" not in page


def test_a_program_gets_json():
    status, body = refused(
        PlanLocked(name="青溪镇", by=date(2026, 5, 1)), accept="application/json"
    )
    assert status == 409
    assert json.loads(body) == {
        "problem": "plan.locked",
        "message": "方案“青溪镇”已确认，不能再改。",
        "facts": {"name": "青溪镇", "by": "2026-05-01"},
    }


def test_facts_are_escaped():
    assert "<b>" not in refused(PlanLocked(name="<b>"))[1]


def test_a_bug_is_not_dressed_up_as_a_refusal():
    middleware = ProblemMiddleware(lambda r: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.parametrize(
    ("referer", "offered"),
    [("http://testserver/people", True), ("http://evil.example/", False), ("javascript:x", False)],
)
def test_back_leads_only_to_this_server(referer, offered):
    assert ("返回上一页" in refused(PROBLEM, referer=referer)[1]) is offered


def test_an_untranslated_sentence_still_reaches_the_reader():
    with translation.override("en"):
        assert "青溪镇" in sentence(PROBLEM) and refusal(PROBLEM).status == 409


@pytest.mark.parametrize(
    ("view", "status"), [(forbidden, 403), (not_found, 404), (broken, 500), (csrf_failure, 403)]
)
def test_error_pages_say_what_to_do(view, status):
    response = view(RequestFactory().get("/x"))
    page = response.content.decode()
    assert response.status_code == status and "请" in page and "回首页" in page


def test_missing_and_out_of_scope_read_the_same():
    from django.http import Http404

    request = RequestFactory().get("/x", headers={"hx-request": "true"})
    assert not_found(request, Http404()).content == not_found(request, Http404("秘密")).content
