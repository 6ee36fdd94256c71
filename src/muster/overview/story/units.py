"""The militia units of 青溪镇: assigned strength 30 / 20 / 5 / 705, and their posts."""

from dataclasses import dataclass
from typing import Literal

from muster.overview.story.county import TOWN, VILLAGES

Category = Literal["基干", "普通"]
Role = Literal["leader", "deputy", "instructor", "squad_leader", "member"]


@dataclass(frozen=True, slots=True)
class PostSeed:
    """One kind of post of a unit; ``count`` equal posts. Education: 0 小学 to 4 本科."""

    key: str
    title: str
    duty: str
    role: Role
    count: int
    skill: str = ""
    skill_required: bool = False
    min_education: int = 1


@dataclass(frozen=True, slots=True)
class UnitSeed:
    """A unit with its assigned strength; ``contributed_to`` names the higher unit it fills."""

    key: str
    name: str
    level: Literal["班", "排", "连", "营"]
    category: Category
    division: str
    quota: int
    posts: tuple[PostSeed, ...]
    parent: str = ""
    contributed_to: str = ""
    assembly_point: str = "square"
    max_assembly_min: int = 120
    veteran_min_pct: int = 0
    party_min_pct: int = 0
    skill_min_pct: int = 0
    keep_min_pct: int = 80
    supporting_unit: str = ""


AGE_MIN, AGE_MAX, AGE_MAX_SKILLED = 18, 45, 50
COMPANY_QUOTAS = (112, 98, 94, 90, 86, 81, 75, 69)
# Per village: members who leave, who join with the roster, posts still empty after it.
COMPANY_LEAVERS = (8, 7, 7, 6, 6, 6, 5, 5)
COMPANY_JOINERS = (9, 8, 7, 7, 6, 6, 6, 5)
COMPANY_VACANT = (2, 2, 2, 1, 1, 1, 1, 1)


def _emergency_posts() -> tuple[PostSeed, ...]:
    return (
        PostSeed("leader", "排长", "排长", "leader", 1, min_education=2),
        PostSeed("deputy", "副排长", "副排长", "deputy", 1, min_education=2),
        PostSeed("squad", "班长", "班长", "squad_leader", 3, min_education=2),
        PostSeed("driver", "驾驶员", "战士", "member", 4, "驾驶", skill_required=True),
        PostSeed("medic", "卫生员", "战士", "member", 2, "医护", skill_required=True),
        PostSeed("uav", "无人机操作员", "战士", "member", 2, "无人机操作"),
        PostSeed("signal", "通信员", "战士", "member", 2, "通信"),
        PostSeed("digger", "挖掘机操作员", "战士", "member", 2, "挖掘机操作"),
        PostSeed("utility", "水电维修员", "战士", "member", 2, "水电维修"),
        PostSeed("member", "战士", "战士", "member", 11),
    )


def _camouflage_posts() -> tuple[PostSeed, ...]:
    return (
        PostSeed("leader", "连长", "连长", "leader", 1, min_education=2),
        PostSeed("instructor", "指导员", "指导员", "instructor", 1, min_education=2),
        PostSeed("squad", "班长", "班长", "squad_leader", 2, min_education=2),
        PostSeed("driver", "驾驶员", "战士", "member", 2, "驾驶", skill_required=True),
        PostSeed("signal", "通信员", "战士", "member", 2, "通信"),
        PostSeed("member", "战士", "战士", "member", 12),
    )


def _city_posts() -> tuple[PostSeed, ...]:
    return (
        PostSeed("squad", "班长", "班长", "squad_leader", 1, min_education=2),
        PostSeed("driver", "驾驶员", "战士", "member", 1, "驾驶", skill_required=True),
        PostSeed("medic", "卫生员", "战士", "member", 1, "医护", skill_required=True),
        PostSeed("member", "战士", "战士", "member", 2),
    )


def _company_posts(quota: int) -> tuple[PostSeed, ...]:
    return (
        PostSeed("leader", "连长", "连长", "leader", 1),
        PostSeed("instructor", "指导员", "指导员", "instructor", 1),
        PostSeed("platoon", "排长", "排长", "squad_leader", 3),
        PostSeed("member", "战士", "战士", "member", quota - 5),
    )


EMERGENCY = UnitSeed(
    "emergency",
    "青溪镇应急排",
    "排",
    "基干",
    TOWN,
    30,
    _emergency_posts(),
    max_assembly_min=60,
    veteran_min_pct=30,
    party_min_pct=20,
    skill_min_pct=60,
)
CAMOUFLAGE = UnitSeed(
    "camouflage",
    "青溪镇伪装遮障连",
    "连",
    "基干",
    TOWN,
    20,
    _camouflage_posts(),
    assembly_point="school",
    max_assembly_min=90,
    veteran_min_pct=20,
    party_min_pct=10,
    supporting_unit="qx-building",
)
# The company belongs to the city; the town only fills five of its posts.
CITY_COMPANY = UnitSeed(
    "city",
    "市应急连",
    "连",
    "基干",
    TOWN,
    5,
    _city_posts(),
    contributed_to="市级应急连（市军事机关编成）",
    max_assembly_min=120,
    veteran_min_pct=20,
)
BATTALION = UnitSeed("battalion", "青溪镇普通民兵营", "营", "普通", TOWN, 705, ())


def _companies() -> tuple[UnitSeed, ...]:
    return tuple(
        UnitSeed(
            f"company-{number}",
            f"{village.name}民兵连",
            "连",
            "普通",
            village.code,
            quota,
            _company_posts(quota),
            parent="battalion",
            assembly_point="school",
        )
        for number, (village, quota) in enumerate(
            zip(VILLAGES, COMPANY_QUOTAS, strict=True), start=1
        )
    )


COMPANIES = _companies()
PRIMARY = (EMERGENCY, CAMOUFLAGE, CITY_COMPANY)
# The one unit of another town, for the person who already stands elsewhere.
ELSEWHERE = UnitSeed(
    "baishi-emergency",
    "白石镇应急排",
    "排",
    "基干",
    "990101002000",
    30,
    (PostSeed("member", "战士", "战士", "member", 30),),
)
UNITS = (*PRIMARY, BATTALION, *COMPANIES, ELSEWHERE)


def unit(key: str) -> UnitSeed:
    """Return the unit of that key; an unknown key is a bug."""
    for one in UNITS:
        if one.key == key:
            return one
    raise ValueError(f"no such unit: {key}")


def seats_of(one: UnitSeed) -> tuple[PostSeed, ...]:
    """Return the posts of a unit one by one, leaders first: as many as its quota."""
    return tuple(post for post in one.posts for _ in range(post.count))
