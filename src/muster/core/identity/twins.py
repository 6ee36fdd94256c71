"""Are two records one person? Evidence in words; the identity number is a key and a veto."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from rapidfuzz.distance import DamerauLevenshtein

from muster.core.identity.pinyin import pinyin_keys
from muster.core.identity.text import fold

Verdict: TypeAlias = Literal["same", "likely", "possible", "unlikely", "different"]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person; ``identity`` is a valid number or empty, unknown is None or ""."""

    name: str
    identity: str = ""
    birth_date: date | None = None
    phone: str = ""
    sex: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: a code, a Chinese word for the screen, for or against."""

    code: str
    text: str
    speaks_for: bool = True


@dataclass(frozen=True, slots=True)
class Similarity:
    """The verdict, why, and a strength of 0 to 100 that only orders a list.

    Only ``same`` (equal valid numbers) may be joined without a person deciding;
    ``different`` (two valid numbers) may never be joined.
    """

    verdict: Verdict
    strength: int
    reasons: tuple[Reason, ...]

    @property
    def vetoed(self) -> bool:
        """Return whether the identity numbers forbid joining the two."""
        return self.verdict == "different"


def similar(a: PersonFacts, b: PersonFacts) -> Similarity:
    """Return how likely two records are one person, with every reason for and against."""
    if a.identity and b.identity:
        if a.identity == b.identity:
            return Similarity("same", 100, (Reason("identity", "身份证号相同"), *_evidence(a, b)))
        veto = Reason("identity", "身份证号不同，不是同一个人", speaks_for=False)
        return Similarity("different", 0, (veto,))
    reasons = _evidence(a, b)
    found = {reason.code for reason in reasons if reason.speaks_for}
    against = {reason.code for reason in reasons if not reason.speaks_for}
    verdict = _verdict(found, against)
    return Similarity(verdict, _strength(found, against), reasons)


def _evidence(a: PersonFacts, b: PersonFacts) -> tuple[Reason, ...]:
    reasons = [_name(a.name, b.name)]
    if a.birth_date and b.birth_date:
        reasons.append(_birth(a.birth_date, b.birth_date))
    if a.phone and b.phone:
        alike = a.phone == b.phone
        reasons.append(Reason("phone", "电话相同" if alike else "电话不同", speaks_for=alike))
    if a.village and a.village == b.village:
        reasons.append(Reason("village", "同村（社区）"))
    if a.sex and b.sex and a.sex != b.sex:
        reasons.append(Reason("sex", "性别不同", speaks_for=False))
    return tuple(reasons)


def _name(a: str, b: str) -> Reason:
    a, b = fold(a), fold(b)
    if a == b:
        return Reason("name", "姓名相同")
    if not set(pinyin_keys(a).full).isdisjoint(pinyin_keys(b).full):
        return Reason("homophone", "姓名同音")
    if min(len(a), len(b)) >= 2 and DamerauLevenshtein.distance(a, b) == 1:
        return Reason("near_name", "姓名只差一个字")
    return Reason("name", "姓名不同", speaks_for=False)


def _birth(a: date, b: date) -> Reason:
    if a == b:
        return Reason("birth", "出生日期相同")
    # One wrong digit, or day and month swapped: what a tired typist does.
    swapped = a.year == b.year and (a.month, a.day) == (b.day, b.month)
    if swapped or DamerauLevenshtein.distance(f"{a:%Y%m%d}", f"{b:%Y%m%d}") == 1:
        return Reason("near_birth", "出生日期只差一位")
    return Reason("birth", "出生日期不同", speaks_for=False)


def _verdict(found: set[str], against: set[str]) -> Verdict:
    if "sex" in against or "name" in against:
        return "possible" if {"birth", "phone"} <= found and "sex" not in against else "unlikely"
    firm = len({"birth", "phone"} & found)
    if "name" in found and firm == 2:
        return "likely"
    if firm and "birth" not in against:
        return "possible"
    return "possible" if {"name", "village"} <= found and "birth" not in against else "unlikely"


_WEIGHT = {"name": 40, "homophone": 25, "near_name": 20, "birth": 30, "near_birth": 15,
           "phone": 20, "village": 5}  # fmt: skip
_DOUBT = {"name": 20, "birth": 30, "phone": 5, "sex": 40}


def _strength(found: set[str], against: set[str]) -> int:
    # Never 100: that is kept for equal identity numbers.
    total = sum(_WEIGHT[code] for code in found) - sum(_DOUBT[code] for code in against)
    return max(0, min(95, total))
