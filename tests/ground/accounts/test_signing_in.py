"""Signing in: equal answers, growing delays that lock nobody out, everything journalled."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from muster.ground.accounts.actions.attempts import DEVICE_COOKIE, delay_after
from muster.ground.accounts.models import Account, Session, SignInAttempt
from muster.ground.journal.models import Entry
from muster.ground.journal.queries import verify
from tests.factories import NOON, TOWN, AccountFactory, desk

pytestmark = pytest.mark.usefixtures("county")
PASSWORD = "tuzi-shuitong-lvse"
WRONG = "tuzi-shuitong-honse"
PAGE = "/sign-in"


def officer(**more: Any) -> Account:
    account: Account = desk(
        "armed_officer",
        TOWN,
        account=AccountFactory.create(login="officer", password=PASSWORD, **more),
    ).account
    return account


def attempt(
    client: Client, login: str = "officer", password: str = WRONG, *, address: str = "10.0.0.1"
) -> Any:
    return client.post(PAGE, {"login": login, "password": password}, REMOTE_ADDR=address)


def acts() -> list[str]:
    return [entry.action for entry in Entry.objects.all()]


def test_the_right_password_leads_on_and_is_journalled_with_its_session(client: Client) -> None:
    account = officer()

    answer = client.post(
        f"{PAGE}?next=/account", {"login": " OFFICER ", "password": PASSWORD, "next": "/account"}
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/account")
    session = Session.objects.get(account=account)
    entry = Entry.objects.get(action="account.signed_in")
    assert (entry.account, entry.session, entry.address) == (account.pk, session.stamp, "127.0.0.1")
    assert session.key == client.session.session_key
    assert session.key not in str(vars(entry))
    assert client.get("/account").status_code == 200


def test_the_page_says_that_state_secrets_must_not_be_entered(client: Client) -> None:
    page = client.get(PAGE).content.decode()

    assert "非涉密" in page and "不得录入" in page


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/x", "//elsewhere.example", "javascript:1"]
)
def test_sign_in_never_leads_to_another_server(client: Client, onward: str) -> None:
    officer()

    answer = client.post(PAGE, {"login": "officer", "password": PASSWORD, "next": onward})

    assert answer.headers["Location"] == "/"


def test_unknown_login_wrong_password_and_disabled_account_get_equal_answers(
    client: Client,
) -> None:
    officer()
    AccountFactory.create(login="asleep", password=PASSWORD, state="disabled")
    AccountFactory.create(login="machine", console=True)
    pages = {
        login: attempt(client, login, password).content.decode().replace(login, "…")
        for login, password in [
            ("officer", WRONG), ("nobody", WRONG), ("asleep", PASSWORD), ("machine", WRONG),
        ]
    }  # fmt: skip

    assert len({re.sub(r"\w{64}", "", page) for page in pages.values()}) == 1
    assert not Session.objects.exists()
    assert acts() == ["account.sign_in_refused"] * 4


def test_unknown_logins_cost_as_much_hashing_as_known_ones(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from muster.ground.accounts.backend import OfficeArgon2Hasher

    officer()
    AccountFactory.create(login="machine", console=True)
    hashed: list[str] = []
    encode, verify_hash = OfficeArgon2Hasher.encode, OfficeArgon2Hasher.verify
    monkeypatch.setattr(
        OfficeArgon2Hasher, "encode", lambda s, *a, **k: hashed.append("e") or encode(s, *a, **k)
    )
    monkeypatch.setattr(
        OfficeArgon2Hasher,
        "verify",
        lambda s, *a, **k: hashed.append("v") or verify_hash(s, *a, **k),
    )
    work = {}
    for login in ("officer", "nobody", "machine"):
        hashed.clear()
        attempt(client, login)
        work[login] = len(hashed)

    assert set(work.values()) == {1}


def test_names_typed_at_sign_in_are_kept_as_keyed_hashes_only(client: Client) -> None:
    attempt(client, "my-secret-password")

    entry = Entry.objects.get()
    assert "my-secret-password" not in str(entry.facts)
    assert "my-secret-password" not in str(list(SignInAttempt.objects.values()))


def test_delays_grow_from_the_fifth_failure_and_never_beyond_a_quarter_of_an_hour() -> None:
    seconds = [delay_after(n, free=5).total_seconds() for n in (1, 4, 5, 6, 7, 9, 10, 50, 10_000)]

    assert seconds == [0, 0, 30, 60, 120, 480, 900, 900, 900]


def test_after_five_failures_even_the_right_password_waits_on_real_time(
    client: Client, settings: LazySettings
) -> None:
    settings.MUSTER_TODAY = "2020-01-01"
    officer()
    with time_machine.travel(NOON, tick=False) as clock:
        answers = [attempt(client).status_code for _ in range(5)]
        assert answers == [422] * 5
        assert attempt(client, password=PASSWORD).status_code == 429
        clock.shift(timedelta(seconds=29))
        assert attempt(client, password=PASSWORD).status_code == 429
        clock.shift(timedelta(seconds=2))
        assert attempt(client, password=PASSWORD).status_code == 302

    assert acts().count("account.sign_in_delayed") == 2
    assert not SignInAttempt.objects.exists()


def test_attempts_during_a_delay_do_not_lengthen_it(client: Client) -> None:
    officer()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(40):
            attempt(client)
        clock.shift(timedelta(seconds=31))
        assert attempt(client, password=PASSWORD).status_code == 302


def test_a_stranger_elsewhere_does_not_lock_out_the_holder_of_a_known_browser(
    client: Client,
) -> None:
    officer()
    attempt(client, password=PASSWORD)
    client.post("/sign-out")
    stranger = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        for n in range(30):
            clock.shift(timedelta(minutes=16))
            attempt(stranger, address=f"10.1.{n % 10}.9")
        assert attempt(stranger, password=PASSWORD, address="10.9.9.9").status_code == 429
        assert attempt(client, password=PASSWORD, address="10.1.1.9").status_code == 302


def test_a_device_cookie_of_another_login_or_a_forged_one_helps_nobody(client: Client) -> None:
    officer()
    AccountFactory.create(login="other", password=PASSWORD)
    attempt(client, "other", PASSWORD)
    client.post("/sign-out")
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            attempt(client)
        client.cookies[DEVICE_COOKIE] = client.cookies[DEVICE_COOKIE].value[:-2] + "xx"
        assert attempt(client).status_code == 429


def test_guessing_with_a_known_browser_is_slowed_down_too(client: Client) -> None:
    officer()
    attempt(client, password=PASSWORD)
    client.post("/sign-out")
    with time_machine.travel(NOON, tick=False):
        answers = [attempt(client).status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]


def test_one_login_from_many_addresses_is_delayed_after_twenty(client: Client) -> None:
    officer()
    with time_machine.travel(NOON, tick=False):
        answers = [attempt(Client(), address=f"10.2.{n}.1").status_code for n in range(22)]

    assert answers == [422] * 20 + [429] * 2


def test_failures_are_forgotten_after_a_day(client: Client) -> None:
    officer()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(4):
            attempt(client)
        clock.shift(timedelta(hours=25))
        answers = [attempt(client).status_code for _ in range(5)]

    assert answers == [422] * 5


def test_a_first_password_works_for_a_week_and_must_be_changed(client: Client) -> None:
    account = officer(must_change_password=True, initial_until=NOON + timedelta(days=7))
    with time_machine.travel(NOON, tick=False):
        attempt(client, password=PASSWORD)
        assert client.get("/account").status_code == 200, "one's own account stays open"
        assert client.get(reverse("accounts:list")).headers["Location"] == "/account/password"
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        assert attempt(Client(), password=PASSWORD).status_code == 422

    account.refresh_from_db()
    assert account.must_change_password


def change(client: Client, present: str, new: str, again: str | None = None) -> Any:
    return client.post("/account/password", {"present": present, "new": new, "again": again or new})


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(client: Client) -> None:
    account = officer(must_change_password=True)
    elsewhere = Client()
    attempt(client, password=PASSWORD)
    attempt(elsewhere, password=PASSWORD)
    before = client.session.session_key

    answer = change(client, PASSWORD, "hetao-doufu-banma")

    account.refresh_from_db()
    assert answer.headers["Location"] == "/account"
    assert not account.must_change_password
    assert client.session.session_key != before
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert attempt(Client(), password=PASSWORD).status_code == 422
    assert attempt(Client(), password="hetao-doufu-banma").status_code == 302
    assert "account.password_changed" in acts() and verify().sound


@pytest.mark.parametrize(
    ("present", "new", "again"),
    [
        (WRONG, "hetao-doufu-banma", None),
        (PASSWORD, PASSWORD, None),
        (PASSWORD, "short", None),
        (PASSWORD, "officer-officer-x", None),
        (PASSWORD, "hetao-doufu-banma", "hetao-doufu-xiong"),
    ],
)
def test_a_bad_change_of_password_is_refused(
    client: Client, present: str, new: str, again: str | None
) -> None:
    account = officer()
    attempt(client, password=PASSWORD)

    assert change(client, present, new, again).status_code == 422

    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_from_inside_a_session(client: Client) -> None:
    officer()
    attempt(client, password=PASSWORD)

    answers = [client.post("/account/confirm", {"password": WRONG}).status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]
    assert acts().count("account.confirm_refused") == 5


def test_signing_out_ends_the_session_for_good(client: Client) -> None:
    officer()
    attempt(client, password=PASSWORD)
    key = client.session.session_key

    answer = client.post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["sessionid"] = key or ""
    assert client.get("/account").status_code == 302
    assert client.get("/sign-out").status_code in {302, 405}
    assert Session.objects.get().ended_why == "signed_out"


def test_a_session_key_from_before_sign_in_is_worth_nothing_after(client: Client) -> None:
    officer()
    client.get(PAGE)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    attempt(client, password=PASSWORD)

    assert client.session.session_key != planted


def test_the_language_of_the_account_comes_with_the_sign_in(client: Client) -> None:
    officer(language="en")

    answer = attempt(client, password=PASSWORD)

    assert answer.cookies["django_language"].value == "en"
    for name in ("django_language", DEVICE_COOKIE):
        assert answer.cookies[name]["httponly"] and answer.cookies[name]["samesite"] == "Lax"
