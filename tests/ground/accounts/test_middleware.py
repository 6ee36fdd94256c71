"""Each request runs in one scope, in the database too; looks are written before the answer leaves."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from muster.ground.accounts.actions import end_sessions_of
from muster.ground.accounts.models import Account, Session
from muster.ground.journal.actions import pending_looks
from muster.ground.journal.models import Entry
from muster.ground.rows.problems import ScopeNotSet
from muster.ground.rows.scope import current_actor
from tests.factories import (
    COUNTY,
    FAR_VILLAGE,
    NOON,
    TOWN,
    VILLAGE,
    AccountFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    desk,
    everything,
    signed_in,
)

pytestmark = [
    pytest.mark.usefixtures("county", "people"),
    pytest.mark.urls("tests.ground.accounts.probe_urls"),
]
POSTGRES = "connection.vendor == 'postgresql'"


@pytest.fixture
def people(county: None) -> None:
    PersonFactory.create(division=VILLAGE, name="近")
    PersonFactory.create(division=FAR_VILLAGE, name="远")


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize("page", ["orm", "lazily"])
def test_a_view_and_its_template_see_the_rows_of_the_post(client: Client, page: str) -> None:
    signed_in(client, desk("armed_officer", TOWN))

    assert text(client.get(f"/probe/{page}")).strip(",") == "近"


@pytest.mark.skipif(f"not ({POSTGRES})", reason="SQLite has no row-level security")
@pytest.mark.parametrize("layer", ["on", "off"])
def test_even_sql_by_hand_in_a_view_sees_the_rows_of_the_post_only(
    client: Client, layer: str, settings: Any
) -> None:
    settings.MUSTER_SCOPE_LAYER = layer
    signed_in(client, desk("armed_officer", TOWN))

    assert text(client.get("/probe/raw")) == "近"
    assert text(client.get("/probe/orm")) == "近"


@pytest.mark.skipif(f"not ({POSTGRES})", reason="SQLite has no row-level security")
def test_after_a_request_the_connection_shows_nothing(client: Client) -> None:
    signed_in(client, desk("armed_officer", TOWN))
    client.get("/probe/raw")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_person")
        assert cursor.fetchone() == (0,)
    assert text(Client().get("/probe/open-raw")) == ""


def test_pages_without_sign_in_have_no_scope_at_all(client: Client) -> None:
    with pytest.raises(ScopeNotSet):
        client.get("/probe/open")


def test_what_is_streamed_after_the_answer_has_no_scope(client: Client) -> None:
    signed_in(client, desk("armed_officer", TOWN))

    answer = client.get("/probe/streamed")

    assert current_actor() is None
    names = list(answer.streaming_content)
    assert names == [b"\xe8\xbf\x91"], "the query was made, and narrowed, inside the scope"


def test_the_actor_names_person_post_place_session_and_address(client: Client) -> None:
    post = desk("armed_officer", TOWN, account=AccountFactory.create(name="王芳"))
    session = signed_in(client, post)

    said = text(client.get("/probe/who")).split("|")

    assert said == ["王芳", "armed_officer", TOWN, "青溪镇", "武装干事", session.stamp, "127.0.0.1"]
    assert current_actor() is None


def test_signed_in_pages_are_not_stored(client: Client) -> None:
    signed_in(client, desk("armed_officer", TOWN))

    assert client.get("/probe/orm").headers["Cache-Control"] == "no-store"
    assert client.get("/no/such/page").headers["Cache-Control"] == "no-store"


@pytest.mark.requirement("SYS-03")
@pytest.mark.parametrize("role", ["armed_officer", "audit"])
def test_a_look_is_written_before_the_answer_leaves_also_for_read_only_posts(
    client: Client, role: str
) -> None:
    signed_in(client, desk(role, TOWN))

    assert text(client.get("/probe/looks")) == "seen"

    entry = Entry.objects.get(action="person.revealed")
    assert (entry.role, entry.object, entry.reason) == (role, "one", "核对")
    assert pending_looks() == []


@pytest.mark.parametrize("then", ["refuse", "break"])
def test_a_look_stands_even_where_the_request_fails(client: Client, then: str) -> None:
    client.raise_request_exception = False
    signed_in(client, desk("armed_officer", TOWN))

    answer = client.get(f"/probe/looks?then={then}")

    assert answer.status_code == {"refuse": 409, "break": 500}[then]
    assert Entry.objects.filter(action="person.revealed").count() == 1


def test_a_read_only_post_cannot_write_by_opening_a_page(client: Client) -> None:
    victim = AccountFactory.create(login="victim", name="原名")
    signed_in(client, desk("audit", TOWN))

    with pytest.raises(DatabaseError, match=r"read-?only"):
        client.get("/probe/writes")

    victim.refresh_from_db()
    assert victim.name == "原名"
    assert client.get("/account").status_code == 200


@pytest.mark.skipif(f"not ({POSTGRES})", reason="on SQLite actions are atomic themselves")
@pytest.mark.parametrize("then", ["refuse", "database"])
def test_what_a_view_wrote_before_it_failed_is_undone(client: Client, then: str) -> None:
    client.raise_request_exception = False
    victim = AccountFactory.create(login="victim", name="原名")
    signed_in(client, desk("armed_officer", TOWN))

    answer = client.get(f"/probe/writes?then={then}")

    assert answer.status_code == {"refuse": 409, "database": 500}[then]
    victim.refresh_from_db()
    assert victim.name == "原名"
    assert text(client.get("/probe/orm")) == "近", "the next request works"


def test_an_account_without_a_post_is_told_who_grants_one(client: Client) -> None:
    post = desk("armed_officer", TOWN, valid_to=date(2020, 2, 1))
    signed_in(client, post)

    page = client.get("/probe/orm")

    assert page.status_code == 403 and "安全管理员" in text(page)
    assert client.get("/account").status_code == 200
    assert client.post("/sign-out").status_code == 302


def test_a_post_counts_from_its_first_to_its_last_day_by_the_business_date(
    client: Client, settings: Any
) -> None:
    signed_in(
        client, desk("armed_officer", TOWN, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 3))
    )

    seen = {}
    for day in ("2026-02-28", "2026-03-01", "2026-03-03", "2026-03-04"):
        settings.MUSTER_TODAY = day
        seen[day] = client.get("/probe/orm").status_code
    assert list(seen.values()) == [403, 200, 200, 403]


def test_who_holds_two_posts_acts_in_one_and_may_switch(client: Client) -> None:
    account = AccountFactory.create()
    first = desk("armed_officer", TOWN, account=account)
    second = desk("armed_officer", "990101002000", account=account, valid_from=date(2021, 1, 1))
    stranger = desk("armed_officer", TOWN)
    session = signed_in(client, first)
    Session.objects.filter(pk=session.pk).update(post=None)

    assert text(client.get("/probe/orm")) == "近"
    assert client.post("/account/post", {"post": str(second.pk)}).status_code == 302
    assert text(client.get("/probe/orm")) == "远"
    for other in (str(stranger.pk), "nonsense", ""):
        assert client.post("/account/post", {"post": other}).status_code == 403
    assert text(client.get("/probe/orm")) == "远"
    assert Entry.objects.filter(action="account.post_switched").count() == 1


def test_idle_and_absolute_limits_end_a_session_on_real_time(client: Client, settings: Any) -> None:
    settings.MUSTER_TODAY = "2026-05-20"
    post = desk("armed_officer", TOWN)
    with time_machine.travel(NOON, tick=False) as clock:
        signed_in(client, post)
        for _ in range(15):
            clock.shift(timedelta(minutes=29))
            assert client.get("/probe/orm").status_code == 200
        clock.shift(timedelta(minutes=46))
        answer = client.get("/probe/orm")
        assert answer.headers["Location"].startswith("/sign-in")
        assert Session.objects.get().ended_why == "expired"
    busy = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        signed_in(busy, post)
        clock.shift(timedelta(minutes=settings.MUSTER_IDLE_MINUTES, seconds=1))
        assert busy.get("/probe/orm").headers["Location"].startswith("/sign-in")
        assert "长时间没有操作" in text(busy.get("/sign-in"))
    assert {s.ended_why for s in Session.objects.all()} == {"expired", "idle"}


def test_use_is_noted_once_a_minute_at_most(client: Client, django_assert_num_queries: Any) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        session = signed_in(client, desk("armed_officer", TOWN))
        seen = []
        for seconds in (30, 29, 2, 5):
            clock.shift(timedelta(seconds=seconds))
            client.get("/probe/orm")
            session.refresh_from_db()
            seen.append((session.seen_at - NOON).total_seconds())

    assert seen == [0, 0, 61, 61]


def test_a_session_ended_elsewhere_is_out_at_its_next_request(client: Client) -> None:
    post = desk("armed_officer", TOWN)
    signed_in(client, post)
    client.get("/probe/orm")

    end_sessions_of(post.account, Session.End.POSTS, at=timezone.now())

    assert client.get("/probe/orm").headers["Location"].startswith("/sign-in")


def test_a_closed_account_is_out_at_its_next_request(client: Client) -> None:
    post = desk("armed_officer", TOWN)
    signed_in(client, post)
    Account.objects.filter(pk=post.account_id).update(state="closed")

    assert client.get("/probe/orm").status_code == 302


def test_htmx_is_led_to_the_whole_sign_in_page(client: Client) -> None:
    answer = client.get("/probe/orm", headers={"HX-Request": "true"})

    assert (answer.status_code, text(answer)) == (200, "")
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")


def test_organisation_reach_is_taken_from_the_post(client: Client) -> None:
    unit = OrganisationFactory.create(division=TOWN, name="青溪中心小学")
    signed_in(client, desk("site_reporter", TOWN, organisation=unit))

    assert text(client.get("/probe/orm")) == ""
    assert text(client.get("/probe/who")).startswith("经办")


def test_the_administrators_see_no_people(client: Client) -> None:
    for role in ("system_administrator", "security_administrator", "security_auditor"):
        browser = Client()
        signed_in(browser, desk(role, COUNTY))
        assert text(browser.get("/probe/orm")) == ""


def test_a_role_that_the_catalogue_dropped_gives_no_power(client: Client) -> None:
    post = PostFactory.create(role="dropped_role")
    signed_in(client, post)

    assert client.get("/probe/orm").status_code == 403


def test_no_account_is_a_superuser_and_the_admin_site_is_not_there(client: Client) -> None:
    from django.apps import apps

    names = {field.name for field in Account._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "groups", "user_permissions"}
    assert not apps.is_installed("django.contrib.admin")
    assert client.get("/admin/").status_code == 404
    with everything():
        assert not hasattr(Account.objects, "create_superuser")
