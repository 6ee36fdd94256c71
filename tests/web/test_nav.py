from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import path

from muster.web import nav
from muster.web.nav import NavItem

urlpatterns = [
    path("", lambda r: None, name="home"),
    path("people/", lambda r: None, name="people"),
    path("people/lists/", lambda r: None, name="lists"),
]

pytestmark = pytest.mark.urls(__name__)

ITEMS = [
    NavItem("首页", "home", "home", ""),
    NavItem("人员", "people", "users", "登记", ("register",)),
    NavItem("名单", "lists", "list", "登记", ("register", "militia")),
    NavItem("没有这页", "absent", "x", "登记"),
]


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(nav, "NAV", ITEMS)


def drawn(areas, where="/"):
    actor = SimpleNamespace(may_see=lambda area: area in areas)
    request = RequestFactory().get(where)
    groups = nav.groups_for(actor, path=where, request=request)
    links = [link for group in groups for link in group.items]
    return [link.label for link in links], [link.label for link in links if link.active]


def test_an_item_shows_when_the_post_sees_one_of_its_areas():
    assert drawn({"militia"})[0] == ["首页", "名单"]
    assert drawn({"register"})[0] == ["首页", "人员", "名单"]
    assert drawn(set())[0] == ["首页"]


@pytest.mark.parametrize(
    ("where", "active"),
    [("/", ["首页"]), ("/people/7", ["人员"]), ("/people/lists/3", ["名单"]), ("/else", [])],
)
def test_the_longest_address_is_the_active_one(where, active):
    assert drawn({"register"}, where)[1] == active


def test_nobody_signed_in_sees_no_sidebar():
    request = RequestFactory().get("/")
    assert nav.groups_for(None, path="/", request=request) == []


def test_a_place_that_does_not_exist_is_hidden(monkeypatch):
    monkeypatch.setattr(nav, "PLACES", {"home": "home", "help": "absent"})
    assert nav.places() == {"home": "/"}
