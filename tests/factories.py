"""Rows for tests: an invented county with two townships of two villages, people, posts, actors.

Factories write past the scope; what is tested reads and writes within one: ``with acting(actor(…))``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import factory
from django.conf import settings
from django.test import Client
from factory.django import DjangoModelFactory

from muster.core.kernel import DivisionCode
from muster.ground.accounts.actions.sessions import stamp_of
from muster.ground.accounts.models import Account, Post, Session
from muster.ground.accounts.roles import all_roles
from muster.ground.register import people
from muster.ground.register.models import Division, Organisation, Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import system_scope

COUNTY = "990101000000"
TOWN, OTHER_TOWN = "990101001000", "990101002000"
VILLAGE, NEXT_VILLAGE = "990101001001", "990101001002"
FAR_VILLAGE, FURTHER_VILLAGE = "990101002001", "990101002002"
OTHER_COUNTY, FOREIGN_TOWN = "990102000000", "990102001000"
NAMES = {
    COUNTY: "青禾县", TOWN: "青溪镇", OTHER_TOWN: "石桥镇", VILLAGE: "柳湾村", NEXT_VILLAGE: "杏坡村",
    FAR_VILLAGE: "桥头村", FURTHER_VILLAGE: "石岭村", OTHER_COUNTY: "云泽县", FOREIGN_TOWN: "白鹭乡",
}  # fmt: skip
DAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)
SURNAMES, GIVEN = (
    "赵钱孙李周吴郑王冯陈",
    ("志强", "海燕", "文斌", "玉兰", "立新", "春生", "国栋", "小梅"),
)


@contextmanager
def everything() -> Iterator[None]:
    """Run the block over every row, as only tests may."""
    with system_scope("a test lays out its rows"):
        yield


def id_number(n: int, *, born: date = date(2000, 1, 1), male: bool = True) -> str:
    """Return a whole identity number of the region that does not exist."""
    order = (n % 500) * 2 + (1 if male else 0)
    body = f"000000{born + timedelta(days=n // 500):%Y%m%d}{order % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


class _Factory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with everything():
            return super()._create(model_class, *args, **kwargs)


class DivisionFactory(_Factory):
    """One node of the tree, named as in NAMES where it is known there."""

    class Meta:
        model = Division

    division = COUNTY
    name = factory.LazyAttribute(lambda o: NAMES.get(o.division, o.division))
    level = factory.LazyAttribute(lambda o: DivisionCode(o.division).level)


class OrganisationFactory(_Factory):
    """One organisation of a township."""

    class Meta:
        model = Organisation

    division = TOWN
    name = factory.Sequence(lambda n: f"第{n}单位")
    kind = "department"


class PersonFactory(_Factory):
    """One person with a sealed number and phone: ``id_number`` and ``phone`` in clear."""

    class Meta:
        model = Person

    class Params:
        id_number = factory.Sequence(id_number)
        phone = factory.Sequence(lambda n: f"139{n:08d}")

    division = VILLAGE
    name = factory.Sequence(lambda n: SURNAMES[n % 10] + GIVEN[n % 8] + "甲乙丙丁"[n // 40 % 4])

    @factory.lazy_attribute
    def id(self) -> UUID:
        from muster.ground.rows.ids import uuid7

        return uuid7()

    @factory.lazy_attribute
    def id_sealed(self) -> bytes:
        return people.sealed_columns(self.id, number=self.id_number, phone="").id_sealed

    @factory.lazy_attribute
    def id_index(self) -> str:
        return people.id_index(self.id_number)

    @factory.lazy_attribute
    def phone_sealed(self) -> bytes:
        return people.sealed_columns(self.id, number="", phone=self.phone).phone_sealed

    @factory.lazy_attribute
    def phone_index(self) -> str:
        return people.phone_index(self.phone)

    @factory.lazy_attribute
    def search(self) -> str:
        from muster.core.identity import search_key

        return search_key(self.name)


class AccountFactory(_Factory):
    """An active account; ``password`` in clear is hashed, without one it has none."""

    class Meta:
        model = Account

    login = factory.Sequence(lambda n: f"clerk{n}")
    name = factory.Sequence(lambda n: f"经办{n}")
    county = COUNTY[:6]

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        password = kwargs.pop("password", None)
        with everything():
            return model_class.objects.create_account(password=password, **kwargs)


class PostFactory(_Factory):
    """A post in force since long: an armed-forces officer of the first township."""

    class Meta:
        model = Post

    account = factory.SubFactory(AccountFactory)
    role = "armed_officer"
    division = TOWN
    county = factory.LazyAttribute(lambda o: o.division[:6])
    valid_from = date(2020, 1, 1)


def tree() -> None:
    """Lay out the county with its townships and villages, and a township of another county."""
    for code in NAMES:
        DivisionFactory.create(division=code)


def actor(role: str = "armed_officer", division: str = TOWN, **changes: Any) -> Actor:
    """Return an actor of a role at a division, as a post would make it; changes replace fields."""
    known = all_roles()[role]
    values: dict[str, Any] = {
        "account": None, "name": "经办", "role": role, "post_label": known.label,
        "division": division, "division_name": NAMES.get(division, division),
        "reads": known.reads, "writes": known.writes, "acts": known.acts, "reach": known.reach,
        "read_only": known.read_only,
    }  # fmt: skip
    return Actor(**{**values, **changes})


def desk(role: str = "armed_officer", division: str = TOWN, **post: Any) -> Post:
    """Return a fresh account's post: somebody who can sign in."""
    made: Post = PostFactory.create(role=role, division=division, **post)
    return made


def signed_in(client: Client, post: Post, *, at: datetime | None = None) -> Session:
    """Sign a test client in to a post without typing a password; return its session row."""
    from django.utils import timezone

    now = at or timezone.now()
    client.force_login(post.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    key = client.session.session_key or ""
    return Session.objects.create(
        account=post.account, key=key, stamp=stamp_of(key), post=post, address="127.0.0.1",
        device="Chrome", began_at=now, seen_at=now, confirmed_at=now,
    )  # fmt: skip
