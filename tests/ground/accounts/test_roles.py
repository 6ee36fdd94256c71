"""Roles as data: Annex 1 in the catalogue, checked as a whole."""

import copy
from itertools import combinations, permutations
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from muster.ground.accounts.models import Post
from muster.ground.accounts.roles import FILE, all_roles, read
from muster.ground.rows import catalogue
from tests.factories import COUNTY, DAY, TOWN, AccountFactory, PersonFactory, PostFactory

ANNEX_1 = {
    "township_secretary", "township_mayor", "township_armed_head", "armed_officer",
    "civil_affairs_head", "support_office_staff", "village_secretary", "village_company_leader",
    "mobilisation_liaison", "member_department", "site_reporter", "finance", "audit",
    "county_armed_department", "county_mobilisation_office", "county_organisation_department",
    "county_support_office", "garrison_liaison", "inspector", "member_of_public",
    "system_administrator", "security_administrator", "security_auditor",
}  # fmt: skip
SUPERVISORS = ("audit", "inspector", "county_support_office")


@pytest.mark.requirement("SYS-02")
def test_every_role_of_annex_1_stands_in_the_catalogue_in_chinese() -> None:
    roles = all_roles().roles

    assert set(roles) == ANNEX_1 | {"console_operator"}
    assert all("\u4e00" <= role.labels["zh"][0] <= "\u9fff" for role in roles.values())
    assert all(role.limit.endswith("。") for role in roles.values())


def test_labels_follow_the_reader() -> None:
    assert all_roles()["armed_officer"].label == "武装干事"
    with translation.override("en"):
        assert all_roles()["armed_officer"].label == "armed-forces officer"


@pytest.mark.requirement("SYS-02")
def test_supervisors_only_read() -> None:
    for code in SUPERVISORS:
        role = all_roles()[code]
        assert role.read_only and not role.writes and not role.acts


@pytest.mark.parametrize(
    ("code", "never"),
    [
        ("civil_affairs_head", {"militia", "enlistment", "imports", "documents"}),
        (
            "county_organisation_department",
            {"militia", "enlistment", "support", "imports", "documents"},
        ),
        ("support_office_staff", {"register", "militia", "enlistment", "imports"}),
        ("township_mayor", {"register", "militia", "enlistment", "imports"}),
        ("finance", {"register", "militia", "enlistment", "support", "imports", "documents"}),
        ("county_mobilisation_office", {"register", "militia", "imports"}),
        ("inspector", {"register", "militia", "imports"}),
    ],
)
def test_what_a_role_must_not_see(code: str, never: set[str]) -> None:
    assert all_roles()[code].reads & never == set()


def test_departments_sites_and_garrisons_reach_their_own_organisation_only() -> None:
    for code in ("member_department", "site_reporter", "garrison_liaison",
                 "county_organisation_department", "county_support_office"):  # fmt: skip
        assert all_roles()[code].reach == "organisation"
    assert all_roles()["member_of_public"].reach == "self"


def test_the_three_administrators_share_no_act_and_reach_no_business_data() -> None:
    three = all_roles().administrators

    assert {role.code for role in three} == {
        "system_administrator", "security_administrator", "security_auditor",
    }  # fmt: skip
    assert all(not one.acts & other.acts for one, other in combinations(three, 2))
    assert all(role.reads <= {"settings", "audit"} and not role.writes for role in three)
    business = {a for r in all_roles().roles.values() if not r.administrator for a in r.acts}
    assert not business & {act for role in three for act in role.acts}


def changed(**replace: Any) -> dict[str, Any]:
    data = copy.deepcopy(catalogue.load(FILE))
    for path, value in replace.items():
        role, key = path.split("__")
        data["roles"][role][key] = value
    return dict(data)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"armed_officer__reads": ["nonsense"]}, "unknown area"),
        ({"armed_officer__writes": ["funds"]}, "writes what it does not read"),
        ({"armed_officer__acts": ["fly"]}, "unknown act"),
        ({"armed_officer__level": ["province"]}, "unknown level"),
        ({"armed_officer__reach": "world"}, "unknown reach"),
        ({"armed_officer__reach": "organisation"}, "needs its organisation"),
        ({"member_of_public__needs": []}, "needs its person"),
        ({"inspector__writes": ["documents"]}, "read-only and yet"),
        ({"security_auditor__acts": ["account.create"]}, "share"),
        ({"system_administrator__reads": ["register"]}, "reaches business data"),
        ({"armed_officer__administrator": True}, "4 administrators"),
    ],
)
def test_a_faulty_catalogue_is_refused_at_the_start(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(changed(**change))


def test_all_faults_of_a_catalogue_are_told_at_once() -> None:
    faulty = changed(armed_officer__reads=["a"], inspector__acts=["b"])
    faulty["areas"].pop("funds")
    faulty["exclusive"][0]["per"] = "planet"

    with pytest.raises(ValueError, match=r"areas differ.*unknown area.*unknown act.*per"):
        read(faulty)


FORBIDDEN = [
    ("security_auditor", "system_administrator"),
    ("security_auditor", "security_administrator"),
    ("finance", "audit"),
]


def put(account: Any, role: str, **more: Any) -> Post:
    place = COUNTY if COUNTY and "county" in all_roles()[role].levels else TOWN
    made: Post = PostFactory.create(account=account, role=role, division=place, **more)
    return made


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("pair", [p for pair in FORBIDDEN for p in permutations(pair)])
@pytest.mark.parametrize("accounts", [1, 2])
def test_the_database_keeps_excluding_posts_of_one_person_apart(
    pair: tuple[str, str], accounts: int
) -> None:
    person = PersonFactory.create()
    first = AccountFactory.create(person=person)
    second = first if accounts == 1 else AccountFactory.create(person=person)
    put(first, pair[0])

    with pytest.raises(DatabaseError, match="exclude each other"), transaction.atomic():
        put(second, pair[1])
    put(AccountFactory.create(), pair[1])


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("pair", list(permutations(("security_auditor", "armed_officer"))))
def test_the_database_keeps_administrators_and_business_in_different_accounts(
    pair: tuple[str, str],
) -> None:
    account = AccountFactory.create()
    put(account, pair[0])

    with pytest.raises(DatabaseError, match="exclude each other"), transaction.atomic():
        put(account, pair[1])


@pytest.mark.usefixtures("county")
def test_system_and_security_may_be_one_person_in_a_small_office() -> None:
    account = AccountFactory.create()

    put(account, "system_administrator")
    put(account, "security_administrator")

    assert account.posts.count() == 2


@pytest.mark.usefixtures("county")
def test_posts_that_do_not_overlap_in_time_exclude_nothing() -> None:
    account = AccountFactory.create()
    put(account, "security_auditor", valid_from=DAY.replace(year=2020), valid_to=DAY)

    later = put(account, "system_administrator", valid_from=DAY.replace(month=6))

    with pytest.raises(DatabaseError, match="exclude each other"), transaction.atomic():
        Post.objects.filter(pk=later.pk).update(valid_from=DAY)
