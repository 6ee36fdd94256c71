"""Every role of the catalogue at its places, signed in; somebody without a post; a stranger."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import AccountFactory, PostFactory, everything, signed_in
from tests.matrix.expectation import ROLES, Eyes
from tests.matrix.places import AT
from tests.matrix.world import World


@dataclass(frozen=True)
class Desk:
    """One role at one place: the browser it uses and what it may see."""

    name: str
    eyes: Eyes
    cookies: dict[str, str]

    @property
    def read_only(self) -> bool:
        """Return whether the role changes nothing."""
        return not self.eyes.entry or bool(self.eyes.entry.get("read_only"))


def names() -> list[str]:
    """Return the desks: role at level, plus nobody's."""
    posts = [f"{role} at {level}" for role, entry in ROLES.items() for level in entry["level"]]
    return [*posts, "no post", "stranger"]


def one_of_each() -> list[str]:
    """Return each role at the lowest level it is granted at, plus nobody's: the pruned run's desks."""
    posts = [f"{role} at {entry['level'][-1]}" for role, entry in ROLES.items()]
    return [*posts, "no post", "stranger"]


def together(found: list[str]) -> list[Any]:
    """Return desks as parameters, the tests of each on one worker, so that forms are gathered once."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(f"matrix {name}")) for name in found]


def sit(name: str, world: World) -> Desk:
    """Return one desk of the world, signed in."""
    if name == "stranger":
        return Desk(name, Eyes("", ""), {})
    role, _, level = name.partition(" at ")
    place = AT.get(level, AT["township"])
    with everything():
        return _seated(name, role if level else "", place, world)


def _seated(name: str, role: str, place: str, world: World) -> Desk:
    needs = ROLES.get(role, {}).get("needs", ())
    person = world.of("register.Person", place)[0].row if "person" in needs else None
    organisation = (
        world.of("register.Organisation", place)[0].row if "organisation" in needs else None
    )
    account = AccountFactory.create(county=place[:6], person=person)
    client = Client()
    post: Any = None
    if role:
        post = PostFactory.create(
            account=account, role=role, division=place, organisation=organisation
        )
        signed_in(client, post)
    else:
        _without_post(client, account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    eyes = Eyes(
        role,
        place if role else "",
        account.pk,
        organisation and organisation.pk,
        person and person.pk,
    )
    return Desk(name, eyes, {settings.SESSION_COOKIE_NAME: cookie})


def _without_post(client: Client, account: Any) -> None:
    from django.utils import timezone

    from muster.ground.accounts.actions.sessions import stamp_of
    from muster.ground.accounts.models import Session

    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    key, now = client.session.session_key or "", timezone.now()
    Session.objects.create(account=account, key=key, stamp=stamp_of(key), address="127.0.0.1",
                           device="Chrome", began_at=now, seen_at=now, confirmed_at=now)  # fmt: skip
