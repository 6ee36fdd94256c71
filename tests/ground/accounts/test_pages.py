"""The pages of accounts, as each of the three administrators and others meet them."""

import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from muster.ground.accounts.models import Account, Post, Session
from muster.ground.journal.actions import look, record
from muster.ground.journal.models import Entry
from muster.ground.register.models import Person
from muster.ground.rows.scope import acting
from tests.factories import (
    COUNTY,
    NOON,
    TOWN,
    AccountFactory,
    PersonFactory,
    PostFactory,
    actor,
    desk,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("county")
PASSWORD = "tuzi-shuitong-lvse"


def browser(role: str, division: str = COUNTY, **account: Any) -> Client:
    client = Client()
    signed_in(client, desk(role, division, account=AccountFactory.create(**account)))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def url(name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=args)


def test_from_new_account_to_first_work(client: Client) -> None:
    system, security = browser("system_administrator"), browser("security_administrator")
    made = system.post(url("new"), {"login": "zhangmin", "name": "张敏"})
    account = Account.objects.get(login="zhangmin")
    assert made.headers["Location"] == url("account", account.pk)

    shown = text(security.post(url("enable", account.pk)))
    password = re.search(r'id="one-time">([^<]+)<', shown)
    assert password is not None
    granted = security.post(url("grant", account.pk), {
        "role": "armed_officer", "division": TOWN, "valid_from": timezone.localdate().isoformat(),
    })  # fmt: skip
    assert granted.status_code == 302, text(granted)
    client.post(url("sign-in"), {"login": "zhangmin", "password": password[1]})
    assert client.get("/").headers["Location"] == url("password")
    client.post(url("password"), {"present": password[1], "new": PASSWORD, "again": PASSWORD})

    page = text(client.get(url("mine")))
    assert "青溪镇" in page and "武装干事" in page


PAGES = {
    "list": {"system_administrator", "security_administrator"},
    "new": {"system_administrator"},
    "account": {"system_administrator", "security_administrator"},
    "grant": {"security_administrator"},
    "journal": {"security_auditor"},
    "looks": {"security_auditor"},
    "mine": None,
    "password": None,
    "confirm": None,
}
ROLES = ("system_administrator", "security_administrator", "security_auditor",
         "county_armed_department", "armed_officer", "audit")  # fmt: skip


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_to_its_posts_only(name: str, role: str) -> None:
    client = browser(role, TOWN if role in {"armed_officer", "audit"} else COUNTY)
    target = AccountFactory.create()
    args = [target.pk] if name in {"account", "grant"} else []
    allowed = PAGES[name]

    answer = client.get(url(name, *args))

    assert answer.status_code == (200 if allowed is None or role in allowed else 403)


def test_the_account_page_offers_each_administrator_only_their_own_steps() -> None:
    target = desk("armed_officer", TOWN, account=AccountFactory.create(state="disabled")).account
    pages = {role: text(browser(role).get(url("account", target.pk))) for role in ROLES[:2]}

    for step in ("enable", "close", "grant"):
        assert url(step, target.pk) in pages["security_administrator"]
        assert url(step, target.pk) not in pages["system_administrator"]


def test_an_old_session_with_a_good_token_is_asked_for_the_password_first() -> None:
    post = desk("security_administrator", COUNTY, account=AccountFactory.create(password=PASSWORD))
    target = AccountFactory.create(state="disabled")
    client = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        signed_in(client, post)
        clock.shift(301)
        for name in ("enable", "close", "renew", "grant"):
            answer = client.post(url(name, target.pk))
            assert answer.headers["Location"].startswith(url("confirm"))
        assert client.get(url("grant", target.pk)).headers["Location"].startswith(url("confirm"))
        target.refresh_from_db()
        assert target.state == "disabled"

        back = url("account", target.pk)
        wrong = client.post(url("confirm"), {"password": "wrong", "next": back})
        assert wrong.status_code == 422
        right = client.post(url("confirm"), {"password": PASSWORD, "next": back})
        assert right.headers["Location"] == back
        assert client.post(url("enable", target.pk)).status_code == 200


def test_a_refused_grant_keeps_what_was_filled_in_and_says_why() -> None:
    client, target = browser("security_administrator"), AccountFactory.create()
    given = {"role": "armed_officer", "division": COUNTY, "valid_from": "2026-05-20"}

    answer = client.post(url("grant", target.pk), given)

    assert answer.status_code == 422
    assert "乡镇" in text(answer) and 'value="armed_officer" selected' in text(answer)
    assert not target.posts.exists()


def test_a_grant_that_ends_before_it_begins_is_refused() -> None:
    client, target = browser("security_administrator"), AccountFactory.create()
    given = {
        "role": "armed_officer",
        "division": TOWN,
        "valid_from": "2026-05-20",
        "valid_to": "2026-05-19",
    }

    assert client.post(url("grant", target.pk), given).status_code == 422


def test_posts_end_delays_lift_and_accounts_close_by_button() -> None:
    client, post = browser("security_administrator"), desk("armed_officer", TOWN)
    for _ in range(6):
        Client().post(url("sign-in"), {"login": post.account.login, "password": "wrong"})
    assert "登录被推迟" in text(client.get(url("account", post.account_id)))

    for name, key in (
        ("unlock", post.account_id),
        ("end-post", post.pk),
        ("close", post.account_id),
    ):
        assert client.post(url(name, key)).status_code == 302

    assert "登录被推迟" not in text(client.get(url("account", post.account_id)))
    post.refresh_from_db()
    assert post.valid_to is not None and post.account.state == "closed"


def test_get_never_changes_anything() -> None:
    client, target = browser("security_administrator"), AccountFactory.create(state="disabled")

    for name in ("enable", "renew", "unlock", "close"):
        assert client.get(url(name, target.pk)).status_code == 405
    assert client.get(url("journal-verify")).status_code == 405


def test_forms_need_their_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in(strict, desk("system_administrator", COUNTY))

    assert strict.post(url("new"), {"login": "zhangmin", "name": "张敏"}).status_code == 403
    assert not Account.objects.filter(login="zhangmin").exists()


def test_own_sessions_are_listed_and_ended() -> None:
    post, stranger = desk("armed_officer", TOWN), desk("armed_officer", TOWN)
    here, there, third, other = Client(), Client(), Client(), Client()
    for client in (here, there, third):
        signed_in(client, post)
    foreign = signed_in(other, stranger)
    elsewhere = Session.objects.exclude(key=here.session.session_key).filter(account=post.account)
    page = text(here.get(url("mine")))
    assert "这一台" in page and page.count('/end"') == 2 and str(foreign.pk) not in page

    ended = elsewhere.first()
    assert ended is not None
    assert here.post(url("end-session", foreign.pk)).status_code == 404
    assert here.post(url("end-session", ended.pk)).status_code == 302
    assert here.post(url("end-others")).status_code == 302

    assert [c.get(url("mine")).status_code for c in (here, there, third, other)] == [
        200,
        302,
        302,
        200,
    ]


def written_journal() -> Person:
    person = PersonFactory.create(name="绝密姓名")
    officer = desk("armed_officer", TOWN, account=AccountFactory.create(name="王芳"))
    with acting(actor("armed_officer", TOWN, account=officer.account_id)):
        record("person.changed", person, hashed={"name": person.name}, reason="核对电话")
        for _ in range(3):
            look("person.revealed", kind="register.person", ids=[person.pk], reason="走访")
    return person  # type: ignore[no-any-return]


@pytest.mark.requirement("SYS-03")
def test_the_auditor_reads_the_journal_in_words_and_that_is_journalled() -> None:
    person, client = written_journal(), browser("security_auditor")

    page = text(client.get(url("journal") + "?subject=person&result=done"))

    assert "修改人员" in page and "王芳" in page and "武装干事" in page and "核对电话" in page
    assert "查看完整证件号和电话" not in page
    assert person.name not in page
    entry = Entry.objects.get(action="journal.read")
    assert entry.role == "security_auditor" and entry.facts["count"] == 1
    assert "人员" in entry.reason and "已办" in entry.reason


def test_repeated_looks_are_marked_without_the_name_of_the_person() -> None:
    person, client = written_journal(), browser("security_auditor")

    page = text(client.get(url("looks")))

    assert "多次查看" in page and "走访" in page and str(person.pk)[-8:] in page
    assert person.name not in page


def test_the_auditor_verifies_and_carries_anchors_away() -> None:
    written_journal()
    client = browser("security_auditor")

    checked = client.post(url("journal-verify"), follow=True)
    file = client.post(url("journal-anchors"))

    assert "日志完整" in text(checked)
    data = json.loads(file.content)
    assert data["format"] == "muster-anchors/1" and len(data["anchors"]) == 1
    assert 'attachment; filename="muster-anchors-' in file.headers["Content-Disposition"]
    acts = list(Entry.objects.values_list("action", flat=True))
    assert acts[-2:] == ["journal.read", "journal.anchors_exported"]
    assert "journal.verified" in acts


def test_the_list_finds_by_words_and_state() -> None:
    AccountFactory.create(login="needle", name="沈秋")
    AccountFactory.create(login="asleep", name="沈冬", state="disabled")
    PostFactory.create(account=Account.objects.get(login="needle"))
    client = browser("system_administrator")

    by_word = text(client.get(url("list") + "?q=沈&state=active"))

    assert "needle" in by_word and "武装干事" in by_word and "asleep" not in by_word


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_long(
    rows: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        desk("armed_officer", TOWN)
    client = browser("system_administrator")

    with django_assert_max_num_queries(22):
        assert client.get(url("list")).status_code == 200
    assert Post.objects.count() == rows + 1


def test_english_reads_the_roles_in_english() -> None:
    post = desk("armed_officer", TOWN)
    client = Client()
    signed_in(client, post)
    client.cookies["django_language"] = "en"

    assert "armed-forces officer" in text(client.get(url("mine")))
