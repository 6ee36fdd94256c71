"""The quality of a unit in numbers: presence, Party members, veterans, matched trades, age, spread."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from muster.domains.militia.models import Membership, Post, Unit
from muster.domains.militia.queries import members
from muster.domains.militia.queries.away import Availability, availability
from muster.domains.militia.queries.conditions import CADRES, AgeRules, skilled_for
from muster.ground.register.models import Person
from muster.ground.register.people import age_on
from muster.ground.register.queries import division_names

PARTY = frozenset({"party", "probationary", "中共党员", "中共预备党员"})


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; the rate is None where there is nothing to divide by."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the share in per cent, one decimal, or None."""
        return round(100 * self.part / self.whole, 1) if self.whole else None

    @property
    def words(self) -> str:
        """Return the rate as shown: 62.5%, or — where there is none."""
        return "—" if self.percent is None else f"{self.percent:g}%"


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of the members of one or more units on a day."""

    total: int
    present: Share
    party: Share
    veterans: Share
    secondary: Share
    matched: Share
    cadres: Share
    average_age: float | None
    over_age: int | None
    women: int
    spread: tuple[tuple[str, int], ...]
    away: int
    availability: Availability


def quality(units: Sequence[Unit], day: date) -> Quality:
    """Return the figures of the members of these very units on a day.

    ``matched``: members in posts that name a skill and who have it. ``over_age`` is None where the
    age rule is not configured. ``spread`` counts members by village.
    """
    keys = [u.pk for u in units]
    spells = Membership.objects.filter(members.on_roster(day), unit__in=keys)
    rows = list(spells.select_related("person", "post", "unit"))
    people = [m.person for m in rows]
    skilled = [m for m in rows if m.post and m.post.skill]
    ages = [a for p in people if (a := age_on(p.birth_date, day)) is not None]
    reach = _sum(availability(units, day).values())
    names = division_names()
    spread = Counter(names.get(p.division, p.division) for p in people)
    return Quality(
        total=len(rows),
        present=Share(reach.present, len(rows)),
        party=_share(people, lambda p: p.politics in PARTY),
        veterans=_share(people, lambda p: p.veteran is True),
        secondary=_share(people, lambda p: (p.education or 0) >= Person.Education.SENIOR),
        matched=Share(sum(skilled_for(m.person, m.post) for m in skilled), len(skilled)),
        cadres=_cadres(keys, rows),
        average_age=round(sum(ages) / len(ages), 1) if ages else None,
        over_age=_over_age(rows, day),
        women=sum(p.sex == Person.Sex.FEMALE for p in people),
        spread=tuple(sorted(spread.items(), key=lambda item: (-item[1], item[0]))),
        away=reach.away,
        availability=reach,
    )


def _share(people: Sequence[Person], test: Callable[[Person], bool]) -> Share:
    return Share(sum(1 for p in people if test(p)), len(people))


def _sum(parts: Iterable[Availability]) -> Availability:
    found = list(parts)
    return Availability(
        sum(a.roster for a in found), sum(a.away for a in found),
        sum(a.in_reach for a in found), sum(a.excused for a in found),
    )  # fmt: skip


def _cadres(keys: Sequence[object], rows: Sequence[Membership]) -> Share:
    posts = Post.objects.filter(unit__in=keys, role__in=CADRES)
    held = Counter(m.post_id for m in rows if m.post)
    return Share(sum(min(held[p.pk], p.count) for p in posts), sum(p.count for p in posts))


def _over_age(rows: Sequence[Membership], day: date) -> int | None:
    rules: dict[str, AgeRules] = {}
    count = 0
    for m in rows:
        place = m.unit.division
        if place not in rules:
            rules[place] = AgeRules.at(place, day)
        bounds = rules[place].bounds(m.post, skilled=skilled_for(m.person, m.post))
        if bounds.high is None:
            return None
        age = age_on(m.person.birth_date, day)
        count += age is not None and age > bounds.high
    return count if rows else 0


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post with empty places."""

    post: Post
    held: int

    @property
    def missing(self) -> int:
        """Return how many places are empty."""
        return max(0, int(self.post.count) - self.held)

    @property
    def over(self) -> int:
        """Return how many stand in the post beyond its number."""
        return max(0, self.held - int(self.post.count))


def posts_with_holders(unit: Unit, day: date) -> list[Vacancy]:
    """Return the posts of a unit with how many stand in each."""
    held = Counter(
        Membership.objects.filter(members.on_roster(day), unit=unit).values_list("post", flat=True)
    )
    return [Vacancy(p, held[p.pk]) for p in Post.objects.filter(unit=unit)]
