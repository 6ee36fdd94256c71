"""The invented county 青禾县: its days, divisions, organisations and leading bodies.

Codes begin with 99, which no real division has; coordinates lie near zero, on open sea.
"""

from dataclasses import dataclass
from datetime import date

LAST_YEAR = date(2023, 6, 15)
PLAN_DAY = date(2024, 3, 28)
IMPORT_DAY = date(2024, 5, 22)
JOIN_DAY = date(2024, 5, 21)
FORMATION_DAY = date(2024, 6, 5)
ROLL_CALL_DAY = date(2024, 6, 8)
REPORT_DAY = date(2024, 6, 15)
DEMO_DATE = date(2024, 6, 20)

COUNTY = "990101000000"
TOWN = "990101001000"
TOWN_PREFIX = "990101001"


@dataclass(frozen=True, slots=True)
class DivisionSeed:
    """One node of the division tree; the code's prefix is the subtree."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationSeed:
    """One organisation at a division."""

    key: str
    name: str
    kind: str
    division: str


@dataclass(frozen=True, slots=True)
class SeatSeed:
    """One seat of a body; an empty holder is a vacant seat."""

    role: str
    post: str
    holder: str


@dataclass(frozen=True, slots=True)
class BodySeed:
    """A leading group and its seats from a day on."""

    key: str
    name: str
    organisation: str
    since: date
    seats: tuple[SeatSeed, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a village or an assembly point lies (degrees) and the minutes to each point."""

    key: str
    name: str
    lat: float
    lon: float
    minutes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CountySeed:
    """Everything of the county that is not a person or a unit."""

    divisions: tuple[DivisionSeed, ...]
    organisations: tuple[OrganisationSeed, ...]
    bodies: tuple[BodySeed, ...]
    assembly_points: tuple[Place, ...]
    villages: tuple[Place, ...]


_TOWNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "青溪镇",
        (
            "青溪社区",
            "柳树村",
            "大桥村",
            "杨家湾村",
            "松林村",
            "河口村",
            "石门村",
            "南岭村",
        ),
    ),
    ("白石镇", ("白石社区", "黑松村", "麦田村", "双井村")),
    ("柳河镇", ("柳河社区", "上湾村", "下湾村", "沙坪村", "竹园村")),
    ("云岭镇", ("云岭社区", "高坪村", "望月村")),
)

# Minutes from each village of 青溪镇 to (镇政府广场, 镇中学操场); 南岭村 is the far one.
_MINUTES = ((5, 8), (18, 15), (22, 26), (30, 34), (35, 31), (27, 24), (41, 45), (70, 74))
_SPOTS = ((0, 0), (3, 4), (6, -2), (-4, 8), (9, 5), (-7, -3), (-10, 7), (15, -14))


def _divisions() -> tuple[DivisionSeed, ...]:
    found = [DivisionSeed(COUNTY, "青禾县")]
    for town, (name, villages) in enumerate(_TOWNS, start=1):
        found.append(DivisionSeed(f"990101{town:03d}000", name))
        found += [
            DivisionSeed(f"990101{town:03d}{number:03d}", village)
            for number, village in enumerate(villages, start=1)
        ]
    return tuple(found)


DIVISIONS = _divisions()
VILLAGES = tuple(
    one for one in DIVISIONS if one.code.startswith(TOWN_PREFIX) and not one.code.endswith("000")
)

_COUNTY_OFFICES = (
    ("county-paf", "青禾县人民武装部", "armed_forces_department"),
    ("county-mobilisation", "青禾县国防动员办公室", "mobilisation_office"),
    ("county-support", "青禾县双拥工作领导小组办公室", "mutual_support_office"),
    ("county-finance", "青禾县财政局", "department"),
    ("county-audit", "青禾县审计局", "department"),
    ("county-organisation", "中共青禾县委组织部", "party_department"),
    ("county-hospital", "青禾县人民医院", "hospital"),
)
_TOWN_OFFICES = (
    ("party", "中共{}委员会", "party_committee"),
    ("government", "{}人民政府", "government"),
    ("paf", "{}人民武装部", "armed_forces_department"),
    ("civil-affairs", "{}民政办公室", "department"),
)
_TOWN_UNITS = (
    ("qx-school", "青溪镇中学", "school"),
    ("qx-machinery", "青溪农机服务有限公司", "enterprise"),
    ("qx-building", "青溪建材厂", "enterprise"),
)
EMPLOYERS = ("青溪农机服务有限公司", "青溪建材厂", "青溪镇中学", "青禾县人民医院")


def _organisations() -> tuple[OrganisationSeed, ...]:
    found = [OrganisationSeed(key, name, kind, COUNTY) for key, name, kind in _COUNTY_OFFICES]
    found += [OrganisationSeed(key, name, kind, TOWN) for key, name, kind in _TOWN_UNITS]
    for division in DIVISIONS[1:]:
        code, short = division.code, division.code[6:]
        if code.endswith("000"):
            found += [
                OrganisationSeed(f"{short}-{key}", name.format(division.name), kind, code)
                for key, name, kind in _TOWN_OFFICES
            ]
            continue
        suffix = "居民委员会" if division.name.endswith("社区") else "村民委员会"
        stem = division.name.removesuffix("村") if suffix == "村民委员会" else division.name
        found += [
            OrganisationSeed(f"{short}-committee", stem + suffix, "village_committee", code),
            OrganisationSeed(f"{short}-militia", f"{division.name}民兵连", "militia_company", code),
        ]
    return tuple(found)


COUNTY_BODY = BodySeed(
    "county-reorganisation",
    "青禾县民兵整组工作领导小组",
    "county-paf",
    date(2024, 3, 28),
    (
        SeatSeed("组长", "县委书记", "岳启舟"),
        SeatSeed("副组长", "县长", "乔若川"),
        SeatSeed("副组长", "县人武部部长", "单朝晖"),
        SeatSeed("成员", "县国动办主任", "查思远"),
        SeatSeed("成员", "县财政局局长", "区敏行"),
        SeatSeed("成员", "县审计局局长", "解若安"),
    ),
)
TOWN_BODY = BodySeed(
    "town-reorganisation",
    "青溪镇民兵整组工作领导小组",
    "001000-paf",
    date(2024, 4, 5),
    (
        SeatSeed("组长", "镇党委书记", "盖云帆"),
        SeatSeed("副组长", "镇长", "朴正言"),
        SeatSeed("副组长", "镇武装部部长", "仇砚秋"),
        SeatSeed("成员", "镇民政办主任", "翟静姝"),
        SeatSeed("成员", "镇武装干事", "曾翀"),
        SeatSeed("成员", "镇派出所所长", ""),
    ),
)


def _villages() -> tuple[Place, ...]:
    return tuple(
        Place(
            village.code,
            village.name,
            round(0.5 + north / 100, 3),
            round(0.7 + east / 100, 3),
            minutes,
        )
        for village, minutes, (north, east) in zip(VILLAGES, _MINUTES, _SPOTS, strict=True)
    )


def county() -> CountySeed:
    """Return the invented county; the same on every call."""
    points = (Place("square", "镇政府广场", 0.5, 0.7), Place("school", "镇中学操场", 0.505, 0.704))
    return CountySeed(DIVISIONS, _organisations(), (COUNTY_BODY, TOWN_BODY), points, _villages())


def division_name(code: str) -> str:
    """Return the name of a division of the county; an unknown code is a bug."""
    for division in DIVISIONS:
        if division.code == code:
            return division.name
    raise ValueError(f"no such division: {code}")
