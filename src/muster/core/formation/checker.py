"""An independent checker of formation answers: plain loops over the two JSON objects.

It shares no code with the solver, so that one mistake cannot hide the other.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
_LEADING = ("leader", "instructor", "squad_leader")
_SHARES = (
    ("veteran_min_pct", "退役军人"),
    ("party_min_pct", "党员"),
    ("skill_min_pct", "专业对口"),
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checker found; ``broken`` lists every broken rule as a Chinese sentence."""

    broken: tuple[str, ...]
    objective: int
    bound: float
    arcs: int
    filled: int
    posts: int

    @property
    def sound(self) -> bool:
        """Return whether the answer breaks nothing and says the truth about itself."""
        return not self.broken

    def to_json(self) -> Json:
        """Return the report as the command line prints it."""
        return {"sound": self.sound, "broken": list(self.broken), "objective": self.objective,
                "bound": self.bound, "arcs": self.arcs, "filled": self.filled,
                "posts": self.posts}  # fmt: skip


class _Tables:
    """The instance by identifier."""

    def __init__(self, instance: Json) -> None:
        self.instance = instance
        self.weights: Json = instance["weights"]
        self.people: dict[Any, Json] = {row["id"]: row for row in instance["candidates"]}
        self.units: dict[Any, Json] = {row["id"]: row for row in instance["units"]}
        self.slots: dict[Any, Json] = {}
        self.unit_of: dict[Any, Json] = {}
        for unit in instance["units"]:
            for slot in unit["slots"]:
                self.slots[slot["id"]], self.unit_of[slot["id"]] = slot, unit
        self.caps = {row["id"]: row["cap"] for row in instance["villages"]}
        row_of = {row["id"]: at for at, row in enumerate(instance["villages"])}
        column_of = {row["id"]: at for at, row in enumerate(instance["assembly_points"])}
        matrix = instance["travel_min"]
        self.minutes = {
            (village, point): matrix[row][column]
            for village, row in row_of.items()
            for point, column in column_of.items()
        }

    def time(self, person: Json, unit: Json) -> int | None:
        minutes: int | None = self.minutes[person["village"], unit["assembly_point"]]
        return minutes

    def ready(self, person: Json, unit: Json) -> bool:
        """Return whether health, place, travel, vetting and least age allow the unit."""
        minutes = self.time(person, unit)
        if not person["health_ok"] or person["out_of_area"] or minutes is None:
            return False
        if unit.get("vetting_required") and person.get("vetting") != "pass":
            return False
        return bool(minutes <= unit["max_assembly_min"] and person["age"] >= unit["age_min"])

    def suits(self, person: Json, unit: Json, slot: Json) -> bool:
        """Return whether a ready person also meets the slot's own conditions."""
        has_skill = _has_skill(person, slot)
        older = person["veteran"] or has_skill
        if person["age"] > (unit["age_max_skilled"] if older else unit["age_max"]):
            return False
        if person["education"] < (slot.get("min_education") or 0):
            return False
        if slot.get("skill_required") and not has_skill:
            return False
        return not (
            (slot.get("party_required") and not person["party"])
            or (slot.get("veteran_required") and not person["veteran"])
        )

    def points(self, person: Json, unit: Json, slot: Json) -> int:
        """Return the points of the pair."""
        weights, most = self.weights, unit["max_assembly_min"]
        minutes = self.time(person, unit)
        assert minutes is not None  # noqa: S101 - only asked for ready people
        total: int = weights["fill"] + weights["time"] * (most - minutes) // most
        if _has_skill(person, slot):
            total += weights["skill"]
        now = person.get("member_of")
        if now is not None and self.unit_of[now]["id"] == unit["id"]:
            total += weights["same_unit"]
        if now == slot["id"]:
            total += weights["same_slot"]
        if slot["role"] in _LEADING:
            total += weights["lead_veteran"] if person["veteran"] else 0
            total += weights["lead_party"] if person["party"] else 0
            total += weights["lead_education"] * person["education"]
        return total


def _has_skill(person: Json, slot: Json) -> bool:
    return slot.get("skill") is not None and slot["skill"] in person["skills"]


def _keepers(tables: _Tables) -> dict[Any, set[Any]]:
    """Return, per unit, its members who are still eligible for at least one of its slots."""
    keepers: dict[Any, set[Any]] = defaultdict(set)
    for person in tables.people.values():
        if person.get("member_of") is None:
            continue
        unit = tables.unit_of[person["member_of"]]
        if tables.ready(person, unit) and any(
            tables.suits(person, unit, slot) for slot in unit["slots"]
        ):
            keepers[unit["id"]].add(person["id"])
    return keepers


def _need(unit: Json, keepers: dict[Any, set[Any]]) -> int:
    return int(-(-unit["keep_min_pct"] * len(keepers[unit["id"]]) // 100))


def _check_pairs(tables: _Tables, pairs: list[tuple[Any, Any]]) -> tuple[list[str], int]:
    """Return faults of single assignments (rule 1 and eligibility) and the points."""
    broken, total = [], 0
    for person_id, times in Counter(person for person, _ in pairs).items():
        if times > 1:
            broken.append(f"{person_id} 被编了 {times} 次")
    for slot_id, times in Counter(slot for _, slot in pairs).items():
        if slot_id in tables.slots and times > tables.slots[slot_id]["count"]:
            broken.append(f"岗位 {slot_id} 编了 {times} 人，超过名额")
    for person_id, slot_id in pairs:
        if person_id not in tables.people or slot_id not in tables.slots:
            broken.append(f"没有人员 {person_id} 或岗位 {slot_id}")
            continue
        person, slot, unit = (
            tables.people[person_id],
            tables.slots[slot_id],
            tables.unit_of[slot_id],
        )
        if not (tables.ready(person, unit) and tables.suits(person, unit, slot)):
            broken.append(f"{person_id} 不符合岗位 {slot_id} 的条件")
            continue
        total += tables.points(person, unit, slot)
    return broken, total


def _check_units(
    tables: _Tables, pairs: list[tuple[Any, Any]], keepers: dict[Any, set[Any]]
) -> list[str]:
    """Return broken rules 2, 3 and 5, unit by unit."""
    members: dict[Any, list[tuple[Json, Json]]] = defaultdict(list)
    for person_id, slot_id in pairs:
        pair = (tables.people[person_id], tables.slots[slot_id])
        members[tables.unit_of[slot_id]["id"]].append(pair)
    broken = []
    for unit in tables.units.values():
        inside = members[unit["id"]]
        skilled = [(person, slot) for person, slot in inside if slot.get("skill") is not None]
        counts = (
            (sum(1 for person, _ in inside if person["veteran"]), len(inside)),
            (sum(1 for person, _ in inside if person["party"]), len(inside)),
            (sum(1 for person, slot in skilled if _has_skill(person, slot)), len(skilled)),
        )
        for (rule, name), (having, of) in zip(_SHARES, counts, strict=True):
            if 100 * having < unit[rule] * of:
                broken.append(f"{unit['id']} 的{name} {having}/{of}，低于 {unit[rule]}%")
        employers = Counter(person.get("employer") for person, _ in inside)
        for employer, times in employers.items():
            if (
                employer is not None
                and unit["employer_max"] is not None
                and times > unit["employer_max"]
            ):
                broken.append(f"{unit['id']} 有 {times} 人来自同一工作单位 {employer}")
        stay = sum(1 for person, _ in inside if person["id"] in keepers[unit["id"]])
        if stay < _need(unit, keepers):
            broken.append(f"{unit['id']} 只留用 {stay} 名成员，应为 {_need(unit, keepers)} 名")
    return broken


def _check_villages(tables: _Tables, pairs: list[tuple[Any, Any]]) -> list[str]:
    used = Counter(tables.people[person]["village"] for person, _ in pairs)
    return [
        f"村 {village} 编了 {times} 人，超过上限 {tables.caps[village]}"
        for village, times in used.items()
        if tables.caps[village] is not None and times > tables.caps[village]
    ]


class _Bound:
    """Recomputes the bound: priced limits plus each person's best reduced worth."""

    def __init__(self, tables: _Tables, result: Json, keepers: dict[Any, set[Any]]) -> None:
        self.tables, self.keepers = tables, keepers
        self.price: dict[tuple[Any, ...], float] = {}
        self.base = 0.0
        self.arcs = 0
        self.negative: list[str] = []
        for row in result["prices"]:
            self._take(row)
        self.locks = {row["candidate"]: row["slot"] for row in result.get("locks", ())}
        self.banned = {(row["candidate"], row["slot"]) for row in result.get("banned", ())}

    def _take(self, row: Json) -> None:
        rule, price = row["rule"], row["price"]
        if price < 0:
            self.negative.append(f"规则 {rule} 的价格是负数")
        unit = self.tables.units.get(row.get("unit"))
        if rule == "count":
            key: tuple[Any, ...] = (rule, row["slot"])
            limit = self.tables.slots[row["slot"]]["count"]
        elif rule == "cap":
            key, limit = (rule, row["village"]), self.tables.caps[row["village"]]
        elif rule == "employer_max" and unit is not None:
            key, limit = (rule, unit["id"], row["employer"]), unit["employer_max"]
        elif rule == "keep_min_pct" and unit is not None:
            key, limit = (rule, unit["id"]), -_need(unit, self.keepers)
        else:
            key, limit = (rule, row["unit"]), 0
        self.price[key] = price
        self.base += price * limit

    def _worth(self, person: Json, unit: Json, slot: Json) -> float:
        """Return the pair's points less what it uses of the priced rules."""
        name, price = unit["id"], self.price
        worth = self.tables.points(person, unit, slot) - price.get(("count", slot["id"]), 0.0)
        worth -= price.get(("cap", person["village"]), 0.0)
        worth -= price.get(("employer_max", name, person.get("employer")), 0.0)
        if person["id"] in self.keepers[name]:
            worth += price.get(("keep_min_pct", name), 0.0)
        having = (person["veteran"], person["party"], _has_skill(person, slot))
        for (rule, _), flag in zip(_SHARES, having, strict=True):
            if rule != "skill_min_pct" or slot.get("skill") is not None:
                worth += price.get((rule, name), 0.0) * (100 * flag - unit[rule])
        return float(worth)

    def total(self) -> float:
        """Return the bound, pricing every eligible pair."""
        return self.base + sum(self._best(person) for person in self.tables.people.values())

    def _best(self, person: Json) -> float:
        lock = self.locks.get(person["id"])
        best = [] if lock is not None else [0.0]
        for unit in self.tables.units.values():
            if not self.tables.ready(person, unit):
                continue
            for slot in unit["slots"]:
                if lock is not None and slot["id"] != lock:
                    continue
                if (person["id"], slot["id"]) in self.banned:
                    continue
                if self.tables.suits(person, unit, slot):
                    self.arcs += 1
                    best.append(self._worth(person, unit, slot))
        return max(best)


def _check_hands(result: Json, pairs: list[tuple[Any, Any]]) -> list[str]:
    """Return locks that were not kept and bans that were broken."""
    chosen = set(pairs)
    broken = [
        f"锁定 {row['candidate']} → {row['slot']} 没有落实"
        for row in result.get("locks", ())
        if (row["candidate"], row["slot"]) not in chosen
    ]
    return broken + [
        f"排除的 {row['candidate']} → {row['slot']} 仍被编入"
        for row in result.get("banned", ())
        if (row["candidate"], row["slot"]) in chosen
    ]


def _check_claims(result: Json, *, objective: int, bound: float) -> list[str]:
    broken = []
    close = 1e-6 * max(abs(bound), 1.0)
    if result["objective"] != objective:
        broken.append(f"总分写为 {result['objective']}，实为 {objective}")
    if abs(result["bound"] - bound) > close:
        broken.append(f"上界写为 {result['bound']}，按价格重算为 {bound:.6f}")
    if objective > bound + close:
        broken.append(f"总分 {objective} 高于上界 {bound:.6f}")
    return broken


def check(instance_json: Json, result_json: Json) -> CheckReport:
    """Return whether the answer keeps every rule, and its objective and bound computed anew."""
    tables = _Tables(instance_json)
    pairs = [(row["candidate"], row["slot"]) for row in result_json["assignments"]]
    broken, objective = _check_pairs(tables, pairs)
    pairs = [(who, slot) for who, slot in pairs if who in tables.people and slot in tables.slots]
    keepers = _keepers(tables)
    broken += _check_units(tables, pairs, keepers)
    broken += _check_villages(tables, pairs) + _check_hands(result_json, pairs)
    if result_json["instance"] != instance_json["name"]:
        broken.append("结果不是这个编组问题的答案")
    pricing = _Bound(tables, result_json, keepers)
    bound = pricing.total()
    broken += pricing.negative + _check_claims(result_json, objective=objective, bound=bound)
    return CheckReport(
        broken=tuple(broken),
        objective=objective,
        bound=bound,
        arcs=pricing.arcs,
        filled=len(pairs),
        posts=sum(slot["count"] for slot in tables.slots.values()),
    )
