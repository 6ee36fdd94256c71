"""What one invented person is, and the mint that strikes them from a seed.

Identity numbers use region 000000, phones begin 1990000: valid in form, given to nobody.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal

from muster.overview.story.county import EMPLOYERS, division_name
from muster.overview.story.names import full_name
from muster.overview.story.units import unit

Sex = Literal["M", "F"]
Fate = Literal["stays", "leaves", "joins", "candidate", "unfit", "elsewhere"]
Reason = Literal["", "超龄", "外出务工", "入伍", "死亡", "户籍迁移", "未满十八", "政审", "健康"]

REGION = "000000"
EDUCATION = ("小学", "初中", "高中", "中专", "大专", "本科")
SKILLS = (
    "驾驶",
    "医护",
    "无人机操作",
    "通信",
    "水电维修",
    "挖掘机操作",
    "厨师",
    "电焊",
)
_EDUCATED = ("初中", "初中", "高中", "高中", "中专", "大专", "本科")
_SECONDARY = ("高中", "高中", "中专", "大专", "本科")
_POLITICS = ("群众", "群众", "群众", "共青团员", "中共党员")
_WORK = ("务农", "务农", "务农", "个体经营", "个体经营", "外来企业务工")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a unit: unit key, post key, 民兵职务, since when."""

    unit: str
    post: str
    duty: str
    joined: date


@dataclass(frozen=True, slots=True)
class Away:
    """A self-declared absence: county at most, since when, and whether 24 hours suffice."""

    place: str
    since: date
    back_in_a_day: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person with today's facts; ``before`` holds what the register still says.

    ``last_seat`` is the seat on 2023-06-15, ``seat`` the one this year's rosters state.
    """

    key: str
    name: str
    sex: Sex
    birth: date
    identity: str
    phone: str
    education: str
    politics: str
    village: str
    employer: str
    skills: tuple[str, ...] = ()
    enlisted: date | None = None
    discharged: date | None = None
    fate: Fate = "candidate"
    reason: Reason = ""
    since: date | None = None
    last_seat: Seat | None = None
    seat: Seat | None = None
    away: Away | None = None
    before: tuple[tuple[str, str], ...] = ()

    @property
    def veteran(self) -> bool:
        """Return whether the person has served and been discharged."""
        return self.discharged is not None

    def age_on(self, day: date) -> int:
        """Return full years (周岁) on a day."""
        return (
            day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What a caller asks of the next person; the mint draws the rest."""

    village: str
    born: tuple[date, date]
    sex: Sex | None = None
    name: str = ""
    birth: date | None = None
    skill: str = ""
    secondary: bool = False
    veteran_share: float = 0.12
    party_share: float | None = None


def check_digit(body: str) -> str:
    """Return the 18th character for 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


class Mint:
    """Strikes people one after another; no two share a number, a phone, or name and birthday.

    Two mints share none either where their ``block`` (0 to 4) differs.
    """

    def __init__(self, dice: Random, *, prefix: str = "qx", block: int = 0) -> None:
        self._dice = dice
        self._prefix = prefix
        self._count = 0
        self._block = block
        self._phone = block * 2000
        self._sequences: Counter[tuple[date, Sex]] = Counter()
        self._taken: set[tuple[str, date]] = set()

    def phone(self) -> str:
        """Return the next unused phone number."""
        self._phone += 1
        return f"1990000{self._phone:04d}"

    def person(self, wish: Wish) -> Person:
        """Return a new person who fulfils the wish."""
        self._count += 1
        sex = wish.sex or ("F" if self._dice.random() < 0.1 else "M")
        birth = wish.birth or self._day_between(*wish.born)
        enlisted, discharged = self._service(birth, wish.veteran_share)
        return Person(
            key=f"{self._prefix}-{self._count:04d}",
            name=wish.name or self._fresh_name(sex, birth),
            sex=sex,
            birth=birth,
            identity=self._identity(birth, sex),
            phone=self.phone(),
            education=self._dice.choice(_SECONDARY if wish.secondary else _EDUCATED),
            politics=self._politics(birth, wish.party_share),
            village=wish.village,
            employer=self._employer(),
            skills=self._skills(wish.skill),
            enlisted=enlisted,
            discharged=discharged,
        )

    def _day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self._dice.randint(0, (last - first).days))

    def _fresh_name(self, sex: Sex, birth: date) -> str:
        name = full_name(self._dice, sex=sex)
        while (name, birth) in self._taken:
            name = full_name(self._dice, sex=sex)
        self._taken.add((name, birth))
        return name

    def _identity(self, birth: date, sex: Sex) -> str:
        self._sequences[birth, sex] += 1
        # Odd numbers are men, even ones women.
        number = 200 * self._block + 2 * self._sequences[birth, sex] + (1 if sex == "M" else 0)
        body = f"{REGION}{birth:%Y%m%d}{number:03d}"
        return body + check_digit(body)

    def _service(self, birth: date, share: float) -> tuple[date | None, date | None]:
        # Two years from nineteen on; the youngest cannot be back before last year's day.
        if self._dice.random() >= share or birth.year > 2001:
            return None, None
        month, day = (12, 1) if birth.year + 19 < 2013 else (9, 10)
        return date(birth.year + 19, month, day), date(birth.year + 21, month, 1)

    def _politics(self, birth: date, share: float | None) -> str:
        if share is not None and self._dice.random() < share:
            return "中共党员"
        drawn = self._dice.choice(_POLITICS)
        return "群众" if drawn == "共青团员" and birth.year < 1996 else drawn

    def _employer(self) -> str:
        draw = self._dice.random()
        return self._dice.choice(EMPLOYERS if draw < 0.12 else _WORK)

    def _skills(self, wanted: str) -> tuple[str, ...]:
        drawn = self._dice.choice(SKILLS) if self._dice.random() < 0.35 else ""
        return tuple(dict.fromkeys(skill for skill in (wanted, drawn) if skill))


def facts(person: Person) -> dict[str, str]:
    """Return the facts a roster can state, by field, in canonical words; empty means none."""
    seat = person.seat
    home = unit(seat.unit) if seat else None
    return {
        "name": person.name,
        "sex": "男" if person.sex == "M" else "女",
        "birth": person.birth.isoformat(),
        "identity": person.identity,
        "education": person.education,
        "politics": person.politics,
        "phone": person.phone,
        "village": division_name(person.village),
        "employer": person.employer,
        "skills": "、".join(person.skills),
        "veteran": "是" if person.veteran else "否",
        "enlisted": person.enlisted.isoformat() if person.enlisted else "",
        "discharged": person.discharged.isoformat() if person.discharged else "",
        "category": home.category if home else "",
        "unit": home.name if home else "",
        "duty": seat.duty if seat else "",
        "joined": seat.joined.isoformat() if seat else "",
    }


def as_registered(person: Person) -> Person:
    """Return the person as last year's register holds him: old facts, last year's seat."""
    return replace(
        person,
        phone=dict(person.before).get("phone", person.phone),
        employer=dict(person.before).get("employer", person.employer),
        politics=dict(person.before).get("politics", person.politics),
        seat=person.last_seat,
        away=None,
    )
