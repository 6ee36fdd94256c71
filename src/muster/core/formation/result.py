"""The answer: who serves where, the proved bound and the prices that prove it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from muster.core.formation.arcs import Arcs
from muster.core.formation.model import Instance
from muster.core.formation.pricing import Prices

RESULT_FORMAT = "formation-result/1"
_DIGITS = 6
_SHARE_RULES = ("veteran_min_pct", "party_min_pct", "skill_min_pct")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One candidate in one slot row."""

    candidate: str
    slot: str


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit of a rule's right-hand side is worth, in points; 0 prices are left out.

    ``rule`` is the field that states it: count, cap, employer_max, keep_min_pct, veteran_min_pct,
    party_min_pct, skill_min_pct. A share rule reads Σ (100·flag − percentage) ≥ 0.
    """

    rule: str
    price: float
    unit: str | None = None
    slot: str | None = None
    village: str | None = None
    employer: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the keys that the rule has."""
        keys = ("rule", "unit", "slot", "village", "employer", "price")
        return {key: getattr(self, key) for key in keys if getattr(self, key) is not None}


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Posts left empty in one slot row, and why, in a Chinese sentence."""

    slot: str
    missing: int
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """A formation answer; ``optimal`` means that no better plan exists."""

    instance: str
    assignments: tuple[Assignment, ...]
    objective: int
    bound: float
    quality_bound: float
    prices: tuple[Price, ...]
    unfilled: tuple[Unfilled, ...]
    seconds: float
    optimal: bool
    locks: tuple[tuple[str, str], ...] = ()
    banned: tuple[tuple[str, str], ...] = ()

    @property
    def gap_pct(self) -> float:
        """Return how far the whole objective may be from the best, in per cent of the bound."""
        return _share(self.bound - self.objective, self.bound)

    @property
    def quality_gap_pct(self) -> float:
        """Return the same distance in per cent of the part of the bound that is not ``fill``."""
        return _share(self.bound - self.objective, self.quality_bound)

    def to_json(self) -> dict[str, Any]:
        """Return the formation-result/1 object."""
        answer = {
            "format": RESULT_FORMAT,
            "instance": self.instance,
            "assignments": [
                {"candidate": row.candidate, "slot": row.slot} for row in self.assignments
            ],
            "objective": self.objective,
            "bound": self.bound,
            "gap_pct": self.gap_pct,
            "quality_gap_pct": self.quality_gap_pct,
            "prices": [price.to_json() for price in self.prices],
            "unfilled": [
                {"slot": row.slot, "missing": row.missing, "why": row.why} for row in self.unfilled
            ],
            "seconds": self.seconds,
            "optimal": self.optimal,
            "quality_bound": self.quality_bound,
        }
        for name, pairs in (("locks", self.locks), ("banned", self.banned)):
            if pairs:
                answer[name] = [{"candidate": who, "slot": slot} for who, slot in pairs]
        return answer

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Result":
        """Return the result of an object that ``to_json`` made."""
        return cls(
            instance=data["instance"],
            assignments=tuple(Assignment(**row) for row in data["assignments"]),
            objective=data["objective"],
            bound=data["bound"],
            quality_bound=data["quality_bound"],
            prices=tuple(Price(**row) for row in data["prices"]),
            unfilled=tuple(Unfilled(**row) for row in data["unfilled"]),
            seconds=data["seconds"],
            optimal=data["optimal"],
            locks=_pairs(data.get("locks", ())),
            banned=_pairs(data.get("banned", ())),
        )


def _pairs(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((row["candidate"], row["slot"]) for row in rows)


def _share(distance: float, whole: float) -> float:
    if whole == 0:
        return 0.0
    return round(100 * max(distance, 0.0) / abs(whole), 4)


def upward(bound: float) -> float:
    """Return the bound rounded up, so that it stays a bound."""
    return math.ceil(round(bound * 1e6, 2)) / 1e6


def list_prices(instance: Instance, *, arcs: Arcs, prices: Prices) -> tuple[Price, ...]:
    """Return the prices of the plain rules by name, rounded, without zeros."""
    listed = [
        Price("count", float(price), unit=arcs.units[arcs.slot_unit[at]].id, slot=arcs.slots[at].id)
        for at, price in enumerate(prices.slot)
    ]
    listed += [
        Price("cap", float(price), village=village.id)
        for village, price in zip(instance.villages, prices.village, strict=True)
    ]
    for kind, rule in enumerate(_SHARE_RULES):
        listed += [
            Price(rule, float(gain) / 100, unit=unit.id)
            for unit, gain in zip(arcs.units, prices.gain[kind], strict=True)
        ]
    listed += [
        Price("keep_min_pct", float(price), unit=unit.id)
        for unit, price in zip(arcs.units, prices.keep, strict=True)
    ]
    names = _employers(instance)
    listed += [
        Price("employer_max", price, unit=arcs.units[unit].id, employer=names[employer])
        for (unit, employer), price in sorted(prices.employer.items())
    ]
    return tuple(_rounded(price) for price in listed if round(price.price, _DIGITS) > 0)


def _rounded(price: Price) -> Price:
    return Price(price.rule, round(price.price, _DIGITS), unit=price.unit, slot=price.slot,
                 village=price.village, employer=price.employer)  # fmt: skip


def _employers(instance: Instance) -> list[str]:
    """Return employers in the order in which the arrays number them."""
    return list(
        dict.fromkeys(row.employer for row in instance.candidates if row.employer is not None)
    )


def unlist_prices(instance: Instance, *, arcs: Arcs, listed: Sequence[Price]) -> Prices:
    """Return listed prices as arrays (the reverse of ``list_prices``)."""
    slot_at = {slot.id: at for at, slot in enumerate(arcs.slots)}
    unit_at = {unit.id: at for at, unit in enumerate(arcs.units)}
    village_at = {village.id: at for at, village in enumerate(instance.villages)}
    employer_at = {name: at for at, name in enumerate(_employers(instance))}
    slot, village = np.zeros(len(arcs.slots)), np.zeros(len(instance.villages))
    keep, share = np.zeros(len(arcs.units)), np.zeros((3, len(arcs.units)))
    employer: dict[tuple[int, int], float] = {}
    limit = 0.0
    for row in listed:
        unit = unit_at.get(row.unit) if row.unit is not None else None
        if row.rule == "count" and row.slot is not None:
            slot[slot_at[row.slot]] = row.price
            limit += row.price * int(arcs.room[slot_at[row.slot]])
        elif row.rule == "cap" and row.village is not None:
            village[village_at[row.village]] = row.price
            limit += row.price * float(arcs.caps[village_at[row.village]])
        elif unit is None:
            raise ValueError(f"price of {row.rule} names no unit")
        elif row.rule == "keep_min_pct":
            keep[unit] = row.price
            limit -= row.price * int(arcs.keep_need[unit])
        elif row.rule == "employer_max" and row.employer is not None:
            employer[unit, employer_at[row.employer]] = row.price
            limit += row.price * (arcs.units[unit].employer_max or 0)
        else:
            share[_SHARE_RULES.index(row.rule), unit] = row.price
    percent = np.array(
        [[getattr(unit, rule) for unit in arcs.units] for rule in _SHARE_RULES], float
    )
    return Prices(
        slot, village, 100 * share, share * percent.reshape(share.shape), keep, employer, limit
    )
