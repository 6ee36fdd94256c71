from collections import Counter
from datetime import date

import pytest
from stdnum.cn import ric

from muster.overview.story import last_year
from muster.overview.story.county import COUNTY, FORMATION_DAY, LAST_YEAR, VILLAGES, county
from muster.overview.story.people import check_digit
from muster.overview.story.town import Town, town
from muster.overview.story.units import AGE_MAX, AGE_MIN, COMPANIES, PRIMARY, UNITS, seats_of, unit


@pytest.fixture(scope="module", params=[7, 8])
def everyone(request: pytest.FixtureRequest) -> Town:
    return town(request.param)


def test_the_town_has_30_20_5_and_705_posts() -> None:
    assert [one.quota for one in PRIMARY] == [30, 20, 5]
    assert sum(one.quota for one in COMPANIES) == 705
    assert all(len(seats_of(one)) == one.quota for one in (*PRIMARY, *COMPANIES))


def test_the_year_adds_up_to_760(everyone: Town) -> None:
    accounts = last_year.accounts(everyone)

    assert all(one.closing == one.quota for one in accounts)
    assert sum(one.opening for one in accounts) == len(last_year.opening(everyone)) == 744
    assert sum(one.leaving for one in accounts) == len(last_year.leavers(everyone)) == 60
    assert sum(one.joining + one.to_fill for one in accounts) == 76
    assert sum(one.closing for one in accounts) == 760


def test_sixty_candidates_are_left_when_every_post_is_filled(everyone: Town) -> None:
    candidates = [one for one in everyone.people if one.fate == "candidate"]
    to_fill = sum(one.to_fill for one in last_year.accounts(everyone))

    assert len(candidates) - to_fill == 60
    assert all(AGE_MIN <= one.age_on(FORMATION_DAY) <= AGE_MAX for one in candidates)
    assert set(Counter(one.village for one in candidates).values()) == {10}


def test_identity_numbers_are_valid_invented_and_nobody_shares_one(everyone: Town) -> None:
    people = [*everyone.people, *everyone.elsewhere]
    for one in people:
        number = one.identity
        assert number.startswith("000000")
        assert number[6:14] == f"{one.birth:%Y%m%d}"
        assert int(number[16]) % 2 == (one.sex == "M")
        assert number[17] == check_digit(number[:17]) == ric.calc_check_digit(number)
    assert (
        len({one.identity for one in people}) == len({one.phone for one in people}) == len(people)
    )
    assert all(one.phone.startswith("1990000") and len(one.phone) == 11 for one in people)


def test_members_who_stay_may_stay_and_those_too_old_are_over_45(everyone: Town) -> None:
    for one in everyone.people:
        if one.last_seat:
            assert AGE_MIN <= one.age_on(LAST_YEAR) <= AGE_MAX
            assert date(one.birth.year + 18, 1, 1) < one.last_seat.joined <= LAST_YEAR
        if one.fate in {"stays", "joins"}:
            assert AGE_MIN <= one.age_on(date(2024, 5, 21)) <= one.age_on(date(2024, 12, 31)) <= 45
        if one.reason == "超龄":
            assert one.age_on(date(2024, 5, 21)) >= 46 and not one.skills and not one.veteran
        if one.enlisted and one.discharged:
            assert one.enlisted < one.discharged < LAST_YEAR


def test_names_meet_in_the_ways_that_mislead(everyone: Town) -> None:
    same = Counter((one.name, one.birth) for one in everyone.people)
    names = {one.name for one in everyone.people}

    twins = {key for key, times in same.items() if times > 1}
    assert twins == {("陈立新", date(1990, 5, 12)), ("黄海生", date(1995, 8, 20))}
    assert {"张伟", "章伟", "张玮", "阿林·木仁"} <= names
    assert {name[0] for name in names} >= set("单曾仇区解盖查朴翟")
    assert set("".join(names)) >= set("堃喆玥祎翀")


def test_codes_and_references_of_the_county_hold_together() -> None:
    seed = county()
    codes = [one.code for one in seed.divisions]
    keys = {one.key for one in seed.organisations}

    assert len(set(codes)) == len(codes) and all(code.startswith("990101") for code in codes)
    assert codes[0] == COUNTY and len(VILLAGES) == 8
    assert len(keys) == len(seed.organisations)
    assert all(one.division in codes for one in (*seed.organisations, *UNITS))
    assert all(body.organisation in keys for body in seed.bodies)
    assert all(one.supporting_unit in {*keys, ""} for one in UNITS)
    assert all(unit(one.parent) for one in UNITS if one.parent)
    names = [one.name for one in seed.divisions]
    assert len(set(names)) == len(names)


def test_posts_can_be_filled_by_three_candidates_each(everyone: Town) -> None:
    candidates = [one for one in everyone.people if one.fate == "candidate"]
    far = VILLAGES[-1].code
    for one in PRIMARY:
        for post in one.posts:
            able = [
                person
                for person in candidates
                if (post.skill in person.skills or not post.skill_required)
                and (one.key != "emergency" or person.village != far)
                and (post.min_education < 2 or person.education not in {"小学", "初中"})
            ]
            assert len(able) >= 3, (one.key, post.key)


def test_the_units_meet_their_shares_of_veterans_without_any_newcomer(everyone: Town) -> None:
    for one in PRIMARY:
        kept = [
            p for p in everyone.people if p.seat and p.seat.unit == one.key and p.fate != "leaves"
        ]
        assert 100 * sum(p.veteran for p in kept) >= one.veteran_min_pct * one.quota
        assert 100 * sum(p.politics == "中共党员" for p in kept) >= one.party_min_pct * one.quota
