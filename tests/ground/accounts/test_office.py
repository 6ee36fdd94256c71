"""Opening an office: three administrators from the first account, a console operator, no superuser."""

from typing import Any

import pytest
from django.test import Client

from muster.ground.accounts.actions import NewAdministrator, OfficeOpened, open_office
from muster.ground.accounts.models import Account, Post
from muster.ground.accounts.problems import (
    AdministratorsIncomplete,
    LoginUnknown,
    OfficeAlreadyOpened,
    OfficeNotOpened,
    PasswordTooWeak,
)
from muster.ground.accounts.queries import console_actor
from muster.ground.journal.actions import record
from muster.ground.journal.models import Entry
from muster.ground.journal.queries import verify
from muster.ground.register.models import Division
from muster.ground.rows.scope import acting
from tests.factories import COUNTY, DAY, NOON, TOWN, AccountFactory, PostFactory, desk, everything

pytestmark = pytest.mark.django_db
THREE = (
    NewAdministrator("system_administrator", "xitong", "陈立"),
    NewAdministrator("security_administrator", "anquan", "何静"),
    NewAdministrator("security_auditor", "shenji", "罗川"),
)


def opened(steps: Any = THREE) -> OfficeOpened:
    return open_office(COUNTY, "青禾县", steps, today=DAY, at=NOON)


def test_three_people_take_three_posts_and_nobody_has_everything(client: Client) -> None:
    made = opened()

    assert set(made.passwords) == {"xitong", "anquan", "shenji"} and not made.simplified
    roles = set(Post.objects.values_list("account__login", "role"))
    assert roles == {(s.login, s.role) for s in THREE} | {("console", "console_operator")}
    for login, password in made.passwords.items():
        account = Account.objects.get(login=login)
        assert account.must_change_password and account.check_password(password)
    with everything():
        assert Division.objects.get(division=COUNTY).name == "青禾县"
    assert verify().sound


def test_opening_is_journalled_step_by_step() -> None:
    opened()

    acts = [entry.action for entry in Entry.objects.all()]
    assert acts[:3] == ["division.created", "office.opened", "account.console_created"]
    assert acts[3:] == ["account.created", "account.post_granted"] * 3
    assert {entry.county for entry in Entry.objects.all()} == {COUNTY[:6]}


def test_passwords_typed_at_opening_are_kept_to_the_policy() -> None:
    strong = [NewAdministrator(s.role, s.login, s.name, "tuzi-shuitong-lvse") for s in THREE]
    assert opened(strong).passwords == {}
    assert not Account.objects.filter(must_change_password=True).exists()


def test_a_weak_password_stops_the_opening_as_a_whole() -> None:
    weak = [*THREE[:2], NewAdministrator("security_auditor", "shenji", "罗川", "password1234")]

    with pytest.raises(PasswordTooWeak):
        opened(weak)
    assert not Account.objects.exists() and not Entry.objects.exists()


def test_a_small_office_joins_system_and_security_but_never_the_auditor() -> None:
    both = [NewAdministrator(s.role, "chenli", "陈立") for s in THREE[:2]]

    made = opened([*both, THREE[2]])

    assert made.simplified and set(made.passwords) == {"chenli", "shenji"}
    assert Account.objects.get(login="chenli").posts.count() == 2


@pytest.mark.parametrize(
    "steps",
    [
        THREE[:2],
        (*THREE[:2], NewAdministrator("security_auditor", "ANQUAN ", "何静")),
        (*THREE, NewAdministrator("armed_officer", "ganshi", "孙文")),
        (*THREE[:2], NewAdministrator("armed_officer", "ganshi", "孙文")),
        (),
    ],
)
def test_an_incomplete_or_mixed_set_of_three_is_refused(steps: Any) -> None:
    with pytest.raises(AdministratorsIncomplete):
        opened(steps)
    assert not Account.objects.exists()


def test_an_office_opens_once_and_only_for_a_county() -> None:
    opened()

    with pytest.raises(OfficeAlreadyOpened):
        opened()
    with pytest.raises(ValueError, match="county"):
        open_office(TOWN, "青溪镇", THREE, today=DAY, at=NOON)


def test_a_second_county_in_the_same_installation_gets_its_own_console() -> None:
    opened()
    others = [NewAdministrator(s.role, f"yunze-{s.login}", s.name) for s in THREE]

    made = open_office("990102000000", "云泽县", others, today=DAY, at=NOON)

    assert made.console == "console-990102"
    assert console_actor("console-990102", today=DAY).division == "990102000000"


def test_the_console_operator_acts_for_the_county_and_cannot_sign_in(client: Client) -> None:
    opened()

    actor = console_actor(today=DAY)

    assert (actor.role, actor.division, actor.division_name) == (
        "console_operator",
        COUNTY,
        "青禾县",
    )
    assert actor.may("import.apply") and not actor.may("account.create")
    assert (actor.session, actor.address) == ("console", "console")
    for password in ("", " ", "console"):
        assert (
            client.post("/sign-in", {"login": "console", "password": password}).status_code == 422
        )
    with acting(actor):
        assert record("import.taken").role == "console_operator"


def test_as_login_says_who_acts() -> None:
    opened()
    PostFactory.create(account=AccountFactory.create(login="ganshi"), role="armed_officer")

    actor = console_actor("Ganshi", today=DAY)

    assert (actor.role, actor.division) == ("armed_officer", TOWN)


@pytest.mark.parametrize("login", ["nobody", "asleep", "no-post"])
def test_as_login_refuses_who_may_not_act(login: str) -> None:
    opened()
    desk(account=AccountFactory.create(login="asleep", state="disabled"))
    AccountFactory.create(login="no-post")

    with pytest.raises(LoginUnknown):
        console_actor(login, today=DAY)


def test_without_an_office_nobody_acts() -> None:
    with pytest.raises(OfficeNotOpened):
        console_actor(today=DAY)
