"""Who lives in the story: 760 members to be, 60 candidates left over, and a few others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from muster.overview.story.county import DIVISIONS, JOIN_DAY, TOWN_PREFIX, VILLAGES
from muster.overview.story.people import SKILLS, Away, Mint, Person, Reason, Seat, Wish
from muster.overview.story.units import (
    CAMOUFLAGE,
    CITY_COMPANY,
    COMPANIES,
    COMPANY_JOINERS,
    COMPANY_LEAVERS,
    COMPANY_QUOTAS,
    COMPANY_VACANT,
    EMERGENCY,
    PRIMARY,
    PostSeed,
    UnitSeed,
    seats_of,
)

CANDIDATES_PER_VILLAGE = 10
_STAYING = (date(1979, 1, 1), date(2004, 12, 31))
_OVER_AGE = (date(1977, 6, 20), date(1978, 5, 15))
_YOUNG = (date(2002, 1, 1), date(2004, 12, 31))
_JOINING = (date(1990, 1, 1), date(2005, 12, 31))
_CANDIDATE = (date(1982, 1, 1), date(2005, 12, 31))
_AWAY_PLACES = ("临江市望海区", "东屏县", "南浦市新港区", "安澜市")
# Leavers of the primary units by the index of their seat.
_PRIMARY_LEAVERS: dict[str, dict[int, Reason]] = {
    EMERGENCY.key: {
        4: "超龄",
        6: "外出务工",
        11: "户籍迁移",
        20: "超龄",
        22: "外出务工",
        25: "入伍",
    },
    CAMOUFLAGE.key: {9: "超龄", 10: "外出务工", 12: "死亡"},
    CITY_COMPANY.key: {4: "超龄"},
}
_EMPTY_LAST_YEAR = {CAMOUFLAGE.key: {19}}
# Seats that this year's roster already gives to newcomers.
_PRIMARY_JOINERS = {EMERGENCY.key: (22, 25)}
_REASONS: tuple[tuple[Reason, int], ...] = (
    ("超龄", 24),
    ("外出务工", 12),
    ("入伍", 6),
    ("户籍迁移", 5),
    ("死亡", 3),
)
# Same name and birthday, two people; then three who only sound alike; then one name with a dot.
_STAGED: dict[tuple[str, int, int], tuple[str, date]] = {
    ("stays", 1, 5): ("陈立新", date(1990, 5, 12)),
    ("stays", 4, 7): ("陈立新", date(1990, 5, 12)),
    ("stays", 0, 9): ("黄海生", date(1995, 8, 20)),
    ("candidate", 0, 1): ("黄海生", date(1995, 8, 20)),
    ("stays", 0, 6): ("张伟", date(1988, 3, 9)),
    ("stays", 2, 6): ("章伟", date(1991, 11, 2)),
    ("joins", 3, 0): ("张玮", date(1993, 7, 21)),
    ("stays", 5, 6): ("阿林·木仁", date(1992, 10, 4)),
}


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody of the story: those of 青溪镇, and those of the other towns."""

    people: tuple[Person, ...]
    elsewhere: tuple[Person, ...]

    def by_key(self) -> dict[str, Person]:
        """Return all people by key."""
        return {person.key: person for person in (*self.people, *self.elsewhere)}

    def registered(self) -> tuple[Person, ...]:
        """Return whom the register already holds before this year's first import."""
        return tuple(one for one in (*self.people, *self.elsewhere) if one.last_seat) + tuple(
            one for one in self.elsewhere if not one.last_seat
        )


def dice_for(seed: int, *, purpose: str) -> Random:
    """Return the dice of one purpose, so that a change elsewhere does not move them."""
    return Random(f"{seed}/{purpose}")  # noqa: S311  (invented data, no secret)


class _Settler:
    """Fills the town village by village with the mint."""

    def __init__(self, seed: int) -> None:
        self.dice = dice_for(seed, purpose="town")
        self.mint = Mint(self.dice)

    def wish(self, fate: str, village: int, number: int, wish: Wish) -> Wish:
        staged = _STAGED.get((fate, village, number))
        if not staged:
            return wish
        return replace(wish, name=staged[0], birth=staged[1], sex="M")

    def joined(self, person: Person) -> date:
        first = max(person.birth.year + 19, 2012)
        if person.discharged:
            first = max(first, person.discharged.year + 1)
        return date(self.dice.randint(min(first, 2023), 2023), 6, 15)

    def member(self, person: Person, one: UnitSeed, post: PostSeed) -> Person:
        seat = Seat(one.key, post.key, post.duty, self.joined(person))
        return replace(person, last_seat=seat, seat=seat, fate="stays")

    def away(self, *, back: bool) -> Away:
        place = self.dice.choice(_AWAY_PLACES)
        return Away(place, date(2024, self.dice.randint(1, 3), self.dice.randint(1, 28)), back)

    def leaver(self, person: Person, reason: Reason) -> Person:
        """Return a member who must go; villages strike the dead and gone, not the old."""
        gone = replace(person, fate="leaves", reason=reason)
        if reason == "外出务工":
            away = self.away(back=False)
            gone = replace(gone, away=away, since=away.since)
            return self.renumbered(gone)
        if reason == "超龄":
            day = person.birth.replace(year=person.birth.year + 46)
            return replace(gone, since=day)
        day = date(2024, 3, 18) if reason == "入伍" else date(2023, self.dice.randint(8, 12), 20)
        return replace(gone, since=day, seat=None)

    def renumbered(self, person: Person) -> Person:
        """Return the person with a new phone; the register keeps the old one."""
        return replace(person, before=(("phone", person.phone),), phone=self.mint.phone())

    def changed(self, person: Person) -> Person:
        """Return the person, at times with a fact that last year's register has differently."""
        draw = self.dice.random()
        if draw < 0.10:
            return self.renumbered(person)
        if draw < 0.15:
            old = "务农" if person.employer != "务农" else "个体经营"
            return replace(person, before=(("employer", old),))
        if draw < 0.17 and person.politics == "中共党员":
            return replace(person, before=(("politics", "群众"),))
        return person


def _born(reason: str) -> tuple[date, date]:
    return {"超龄": _OVER_AGE, "入伍": _YOUNG}.get(reason, _STAYING)


def _primary(settler: _Settler, one: UnitSeed) -> Iterator[Person]:
    for index, post in enumerate(seats_of(one)):
        reason = _PRIMARY_LEAVERS[one.key].get(index, "")
        if index not in _EMPTY_LAST_YEAR.get(one.key, set()):
            yield _last_years_member(settler, one, post, (index, reason))
        if index in _PRIMARY_JOINERS.get(one.key, ()):
            wish = Wish(VILLAGES[index % 7].code, _JOINING, secondary=True, veteran_share=1.0)
            yield _joiner(settler.mint.person(wish), one, post)


def _last_years_member(
    settler: _Settler, one: UnitSeed, post: PostSeed, fate: tuple[int, Reason]
) -> Person:
    index, reason = fate
    leads = post.role != "member"
    share = 0.0 if reason in {"超龄", "入伍"} else 1.0 if leads else 0.45
    wish = Wish(
        # The emergency platoon takes nobody from the far village.
        VILLAGES[index % 7].code,
        _born(reason),
        sex="M" if leads or reason else None,
        skill="" if reason == "超龄" else post.skill,
        secondary=post.min_education >= 2,
        veteran_share=share,
        party_share=0.9 if leads else 0.25,
    )
    person = settler.mint.person(wish)
    if reason == "超龄":
        person = replace(person, skills=())
    member = settler.member(person, one, post)
    return settler.leaver(member, reason) if reason else settler.changed(member)


def _joiner(person: Person, one: UnitSeed, post: PostSeed) -> Person:
    return replace(person, fate="joins", seat=Seat(one.key, post.key, post.duty, JOIN_DAY))


def _company(settler: _Settler, index: int, reasons: list[Reason]) -> Iterator[Person]:
    one, village = COMPANIES[index], VILLAGES[index].code
    posts = seats_of(one)
    stayers = COMPANY_QUOTAS[index] - COMPANY_VACANT[index] - COMPANY_JOINERS[index]
    for number in range(stayers):
        wish = settler.wish("stays", index, number, Wish(village, _STAYING))
        member = settler.member(settler.mint.person(wish), one, posts[number])
        if number == 10:
            away = replace(member, away=settler.away(back=True))
            yield settler.renumbered(away)
        else:
            yield settler.changed(member)
    # Who leaves was a plain soldier, so that the leading posts of a company stay filled.
    for reason in reasons:
        wish = Wish(village, _born(reason), sex="M", veteran_share=0.0)
        person = settler.mint.person(wish)
        if reason == "超龄":
            person = replace(person, skills=())
        yield settler.leaver(settler.member(person, one, posts[-1]), reason)
    for number in range(COMPANY_JOINERS[index]):
        wish = settler.wish("joins", index, number, Wish(village, _JOINING))
        yield _joiner(settler.mint.person(wish), one, posts[-1])


def _candidates(settler: _Settler, index: int) -> Iterator[Person]:
    village = VILLAGES[index].code
    for number in range(CANDIDATES_PER_VILLAGE):
        wish = Wish(
            village,
            _CANDIDATE,
            skill=SKILLS[(number * 3 + index) % len(SKILLS)],
            secondary=number % 2 == 0,
            veteran_share=0.4,
            party_share=0.25,
        )
        yield settler.mint.person(settler.wish("candidate", index, number, wish))


def _unfit(settler: _Settler) -> Iterator[Person]:
    for index in (0, 3, 5):
        wish = Wish(VILLAGES[index].code, (date(1965, 1, 1), date(1975, 12, 31)), veteran_share=0.0)
        person, one = settler.mint.person(wish), COMPANIES[index]
        listed = _joiner(person, one, seats_of(one)[-1])
        yield replace(listed, fate="unfit", reason="超龄", skills=())
    minors = (date(2006, 8, 1), date(2006, 12, 1))
    fates: tuple[tuple[Reason, tuple[date, date]], ...] = (
        ("未满十八", minors),
        ("未满十八", minors),
        ("政审", _CANDIDATE),
        ("健康", _CANDIDATE),
    )
    for index, (reason, born) in enumerate(fates):
        person = settler.mint.person(Wish(VILLAGES[index].code, born))
        yield replace(person, fate="unfit", reason=reason)


def _others(seed: int) -> Iterator[Person]:
    dice = dice_for(seed, purpose="elsewhere")
    mint = Mint(dice, prefix="xx", block=1)
    villages = [
        one.code
        for one in DIVISIONS
        if not one.code.startswith(TOWN_PREFIX) and not one.code.endswith("000")
    ]
    for number, village in enumerate(villages):
        person = replace(mint.person(Wish(village, _STAYING)), fate="elsewhere")
        if number == 1:
            seat = Seat("baishi-emergency", "member", "战士", date(2022, 6, 15))
            person = replace(person, last_seat=seat, seat=seat)
        yield person


def town(seed: int) -> Town:
    """Return everybody of the story for a seed."""
    settler = _Settler(seed)
    people = [person for one in PRIMARY for person in _primary(settler, one)]
    reasons = [reason for reason, times in _REASONS for _ in range(times)]
    settler.dice.shuffle(reasons)
    for index, leaving in enumerate(COMPANY_LEAVERS):
        here, reasons = reasons[:leaving], reasons[leaving:]
        people += _company(settler, index, here)
    for index in range(len(VILLAGES)):
        people += _candidates(settler, index)
    people += _unfit(settler)
    return Town(tuple(people), tuple(_others(seed)))
