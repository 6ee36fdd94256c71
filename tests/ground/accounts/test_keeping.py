"""Keeping accounts: three administrators who need one another, posts with rules, nothing for oneself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from muster.ground.accounts import actions, queries
from muster.ground.accounts.models import Account, Post, Session
from muster.ground.accounts.problems import (
    AccountState,
    ActNotYours,
    DivisionOutside,
    GrantIncomplete,
    GrantTooLong,
    GrantToOneself,
    LastAdministrator,
    LoginMalformed,
    LoginTaken,
    PostsExclude,
    PostStands,
    RoleMisplaced,
    RoleNotGrantable,
)
from muster.ground.accounts.roles import all_roles
from muster.ground.journal.models import Entry
from muster.ground.rows.actor import Actor
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import acting
from tests.factories import (
    COUNTY,
    DAY,
    FOREIGN_TOWN,
    NOON,
    OTHER_COUNTY,
    TOWN,
    VILLAGE,
    AccountFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    actor,
    desk,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("county")


def administrator(role: str, **changes: Any) -> Actor:
    post = desk(role, COUNTY)
    return actor(role, COUNTY, account=post.account_id, **changes)


def grant(by: Actor, account: Account, role: str, division: str = TOWN, **more: Any) -> Post:
    post = Post(role=role, division=division, valid_from=more.pop("valid_from", DAY), **more)
    with acting(by):
        return actions.grant_post(by, account.pk, post, at=NOON)


def journalled() -> list[str]:
    return [entry.action for entry in Entry.objects.all()]


@pytest.mark.requirement("SYS-02")
def test_an_account_needs_two_administrators_before_it_can_sign_in(client: Client) -> None:
    system, security = (
        administrator("system_administrator"),
        administrator("security_administrator"),
    )
    with acting(system):
        made = actions.create_account(system, login="Zhang.Min", name="张敏")
    assert (made.state, made.login, made.has_usable_password()) == ("disabled", "zhang.min", False)
    with acting(security):
        enabled, password = actions.enable_account(security, made.pk, at=NOON)
    grant(security, made, "armed_officer")

    assert enabled.must_change_password and enabled.check_password(password)
    assert enabled.initial_until == NOON + timedelta(days=7)
    assert journalled() == ["account.created", "account.enabled", "account.post_granted"]
    entry = Entry.objects.get(action="account.post_granted")
    assert entry.facts == {"role": "armed_officer", "division": TOWN, "from": "2026-05-20"}
    assert (entry.account, entry.object) == (security.account, str(made.pk))


MUST_NOT = {
    "system_administrator": {"enable", "grant", "unlock", "renew", "close", "end"},
    "security_administrator": {"create"},
    "security_auditor": {"create", "enable", "grant", "unlock", "renew", "close", "end"},
    "county_armed_department": {"create", "enable", "grant", "unlock", "renew", "close", "end"},
}


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize("role", MUST_NOT)
def test_no_administrator_does_what_is_anothers(role: str) -> None:
    by, target = administrator(role), AccountFactory.create(state="disabled")
    held = PostFactory.create(account=target)
    steps = {
        "create": lambda: actions.create_account(by, login="fresh", name="新"),
        "enable": lambda: actions.enable_account(by, target.pk, at=NOON),
        "grant": lambda: grant(by, target, "finance"),
        "unlock": lambda: actions.unlock_account(by, target.pk),
        "renew": lambda: actions.renew_password(by, target.pk, at=NOON),
        "close": lambda: actions.close_account(by, target.pk, today=DAY, at=NOON),
        "end": lambda: actions.end_post(by, held.pk, today=DAY, at=NOON),
    }

    for name in MUST_NOT[role]:
        with pytest.raises(ActNotYours), acting(by):
            steps[name]()
    assert journalled() == []


@pytest.mark.parametrize("login", ["ab", "with blank", "x" * 41, "a/b", "", "o'clock"])
def test_malformed_logins_are_refused(login: str) -> None:
    system = administrator("system_administrator")

    with pytest.raises(LoginMalformed), acting(system):
        actions.create_account(system, login=login, name="新")


@pytest.mark.parametrize("login", ["Taken", "taken ", "ｔａｋｅｎ"])
def test_a_login_is_taken_in_any_writing(login: str) -> None:
    AccountFactory.create(login="taken")
    system = administrator("system_administrator")

    with pytest.raises(LoginTaken), acting(system):
        actions.create_account(system, login=login, name="新")


def test_nobody_raises_oneself_nor_a_second_account_of_the_same_person() -> None:
    person = PersonFactory.create()
    post = desk("security_administrator", COUNTY, account=AccountFactory.create(person=person))
    by = actor("security_administrator", COUNTY, account=post.account_id, person=person.pk)
    twin = AccountFactory.create(person=person, state="disabled")

    for step in (
        lambda: grant(by, post.account, "system_administrator", COUNTY),
        lambda: grant(by, twin, "township_secretary"),
        lambda: actions.enable_account(by, twin.pk, at=NOON),
        lambda: actions.renew_password(by, post.account_id, at=NOON),
        lambda: actions.close_account(by, post.account_id, today=DAY, at=NOON),
        lambda: actions.end_post(by, post.pk, today=DAY, at=NOON),
    ):
        with pytest.raises(GrantToOneself), acting(by):
            step()


def test_accounts_of_another_county_do_not_exist_here() -> None:
    security = administrator("security_administrator")
    foreign = AccountFactory.create(county=OTHER_COUNTY[:6], state="disabled")
    post = PostFactory.create(account=foreign, division=FOREIGN_TOWN)

    for step in (
        lambda: actions.enable_account(security, foreign.pk, at=NOON),
        lambda: grant(security, foreign, "armed_officer", TOWN),
        lambda: actions.end_post(security, post.pk, today=DAY, at=NOON),
    ):
        with pytest.raises(NotInScope), acting(security):
            step()
    assert foreign not in queries.accounts_of(security)


@pytest.mark.parametrize(
    ("role", "division", "more", "refusal"),
    [
        ("nonsense", TOWN, {}, RoleNotGrantable),
        ("console_operator", COUNTY, {}, RoleNotGrantable),
        ("armed_officer", COUNTY, {}, RoleMisplaced),
        ("county_armed_department", TOWN, {}, RoleMisplaced),
        ("village_secretary", TOWN, {}, RoleMisplaced),
        ("member_department", TOWN, {}, GrantIncomplete),
        ("member_of_public", TOWN, {}, GrantIncomplete),
        ("inspector", COUNTY, {}, GrantIncomplete),
        ("inspector", COUNTY, {"valid_to": DAY + timedelta(days=91)}, GrantTooLong),
        ("armed_officer", FOREIGN_TOWN, {}, DivisionOutside),
        ("armed_officer", "990101777000", {}, DivisionOutside),
    ],
)
def test_a_post_that_breaks_a_rule_of_its_role_is_refused(
    role: str, division: str, more: dict[str, Any], refusal: type[Exception]
) -> None:
    security, account = administrator("security_administrator"), AccountFactory.create()

    with pytest.raises(refusal):
        grant(security, account, role, division, **more)
    assert not account.posts.exists()


def test_what_the_role_needs_makes_the_grant_good() -> None:
    security = administrator("security_administrator")
    unit, person = OrganisationFactory.create(), PersonFactory.create()

    grant(security, AccountFactory.create(), "member_department", organisation=unit)
    grant(security, AccountFactory.create(person=person), "member_of_public", VILLAGE)
    grant(security, AccountFactory.create(), "inspector", COUNTY, valid_to=DAY + timedelta(days=90))

    assert Post.objects.filter(granted_by=security.account).count() == 3


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("security_auditor", "system_administrator"),
        ("system_administrator", "security_auditor"),
        ("security_auditor", "security_administrator"),
        ("armed_officer", "security_auditor"),
        ("system_administrator", "county_armed_department"),
        ("finance", "audit"),
    ],
)
def test_excluding_posts_are_refused_with_the_reason(held: str, wanted: str) -> None:
    security, account = administrator("security_administrator"), AccountFactory.create()
    place = {True: COUNTY, False: TOWN}
    at = lambda role: place["county" in all_roles()[role].levels]  # noqa: E731
    PostFactory.create(account=account, role=held, division=at(held))

    with pytest.raises(PostsExclude) as refused:
        grant(security, account, wanted, at(wanted))
    assert refused.value.facts["why"]


def test_the_auditor_of_another_account_of_the_same_person_is_refused_too() -> None:
    security, person = administrator("security_administrator"), PersonFactory.create()
    PostFactory.create(
        account=AccountFactory.create(person=person), role="system_administrator", division=COUNTY
    )

    with pytest.raises(PostsExclude):
        grant(security, AccountFactory.create(person=person), "security_auditor", COUNTY)


def test_the_same_post_is_not_granted_twice() -> None:
    security, account = administrator("security_administrator"), AccountFactory.create()
    grant(security, account, "armed_officer")

    with pytest.raises(PostStands):
        grant(security, account, "armed_officer")


def test_a_change_of_posts_ends_the_sessions_of_its_holder(client: Client) -> None:
    security, post = administrator("security_administrator"), desk("armed_officer", TOWN)
    signed_in(client, post)

    grant(security, post.account, "finance")
    assert client.get("/account").status_code == 302
    signed_in(client, post)
    with acting(security):
        actions.end_post(security, post.pk, today=DAY, at=timezone.now())

    assert client.get("/account").status_code == 302
    assert [s.ended_why for s in Session.objects.all()] == ["posts", "posts"]
    assert queries.posts_of(post.account, today=DAY)[0].role == "finance"


def test_the_last_of_each_administrator_stays() -> None:
    security = administrator("security_administrator")
    only = desk("security_auditor", COUNTY)

    for step in (
        lambda: actions.end_post(security, only.pk, today=DAY, at=NOON),
        lambda: actions.close_account(security, only.account_id, today=DAY, at=NOON),
    ):
        with pytest.raises(LastAdministrator), acting(security):
            step()
    desk("security_auditor", COUNTY)
    with acting(security):
        actions.close_account(security, only.account_id, today=DAY, at=NOON)


def test_a_closed_account_is_closed_for_good_and_its_name_stays() -> None:
    security, post = administrator("security_administrator"), desk("armed_officer", TOWN)
    with acting(security):
        closed = actions.close_account(security, post.account_id, today=DAY, at=NOON)

    assert (closed.state, closed.has_usable_password()) == ("closed", False)
    assert queries.posts_of(closed, today=DAY) == []
    assert queries.account_name(closed.pk) == closed.name
    for step in (
        lambda: actions.close_account(security, closed.pk, today=DAY, at=NOON),
        lambda: actions.enable_account(security, closed.pk, at=NOON),
        lambda: grant(security, closed, "armed_officer"),
        lambda: actions.renew_password(security, closed.pk, at=NOON),
    ):
        with pytest.raises(AccountState), acting(security):
            step()


def test_posts_are_dated_and_the_actor_is_refused_outside_them() -> None:
    from muster.ground.accounts.problems import PostNotInForce

    post = desk("armed_officer", TOWN, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    other = AccountFactory.create()

    assert queries.actor_for(post.account, post, today=date(2026, 3, 31)).role == "armed_officer"
    for account, day in ((post.account, date(2026, 4, 1)), (other, date(2026, 3, 5))):
        with pytest.raises(PostNotInForce):
            queries.actor_for(account, post, today=day)
