from datetime import date

import pytest
from django.template import engines
from django.test import RequestFactory

from muster.web.context import page


def drawn(source, **context):
    request = RequestFactory().get("/x")
    return engines["django"].from_string("{% load muster %}" + source).render(context, request)


def test_the_demo_says_so_with_its_date(settings):
    settings.MUSTER_DEMO, settings.MUSTER_TODAY = True, "2026-05-20"
    found = page(RequestFactory().get("/"))
    assert found["today"] == date(2026, 5, 20)
    assert "演示数据" in found["demo_banner"] and "2026年5月20日" in found["demo_banner"]


def test_a_real_office_has_no_banner(settings):
    settings.MUSTER_DEMO = False
    assert page(RequestFactory().get("/"))["demo_banner"] == ""


def test_nobody_signed_in_leaves_the_frame_empty():
    found = page(RequestFactory().get("/"))
    assert found["nav"] == [] and found["actor_name"] == ""


def test_icons_hide_from_screen_readers():
    assert 'aria-hidden="true"' in drawn("{% icon 'users' %}")


def test_an_unknown_tone_is_grey():
    assert drawn("{{ 'purple'|tone_of }}") == "grey"


@pytest.mark.parametrize(("query", "shown"), [("q=x&page=3", "?q=x&amp;page=2"), ("", "?page=2")])
def test_a_link_keeps_the_other_query_values(query, shown):
    request = RequestFactory().get(f"/x?{query}")
    source = "{% load muster %}{% with_query page=2 %}"
    assert engines["django"].from_string(source).render({}, request) == shown
