"""Roles as data: who sees, writes and does what. Read from the catalogue and checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from django.utils.translation import get_language

from muster.ground.rows import catalogue
from muster.ground.rows.actor import AREAS

FILE = "roles.yaml"
LEVELS = ("county", "township", "village")
REACHES = ("division", "organisation", "self")
NEEDS = ("organisation", "person", "end")
NOBODY = {"zh": "系统", "en": "system"}


def in_words(label: Mapping[str, str]) -> str:
    """Return a catalogue label in the reader's language."""
    return label["en"] if (get_language() or "").startswith("en") else label["zh"]


@dataclass(frozen=True, slots=True)
class Role:
    """One role of the catalogue."""

    code: str
    labels: Mapping[str, str]
    levels: tuple[str, ...]
    reach: str
    reads: frozenset[str]
    writes: frozenset[str]
    acts: frozenset[str]
    limit: str
    read_only: bool = False
    needs: tuple[str, ...] = ()
    most_days: int = 0
    administrator: bool = False
    grantable: bool = True

    @property
    def label(self) -> str:
        """Return the name of the role in the reader's language."""
        return in_words(self.labels)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two roles that one account, or one person over all accounts, may not hold at once."""

    first: str
    second: str
    per: str
    why: str

    def forbids(self, one: str, other: str) -> bool:
        """Return whether the pair is this one, in either order."""
        return {one, other} == {self.first, self.second}


@dataclass(frozen=True, slots=True)
class Roles:
    """The whole catalogue of roles."""

    roles: Mapping[str, Role]
    acts: Mapping[str, Mapping[str, str]]
    areas: Mapping[str, Mapping[str, str]]
    exclusions: tuple[Exclusion, ...]

    def __getitem__(self, code: str) -> Role:
        return self.roles[code]

    @property
    def administrators(self) -> tuple[Role, ...]:
        """Return the three administrators."""
        return tuple(role for role in self.roles.values() if role.administrator)

    def clash(self, one: str, other: str, *, same_account: bool) -> str:
        """Return why two roles may not be held at once, or ""."""
        for rule in self.exclusions:
            if rule.forbids(one, other) and (same_account or rule.per == "person"):
                return rule.why
        mixed = self[one].administrator != self[other].administrator
        if same_account and mixed:
            return "管理员账号不办业务；请为业务岗位另建账号。"
        return ""


def role_words(code: str) -> str:
    """Return the name of a role, or its code where the catalogue dropped it."""
    role = all_roles().roles.get(code)
    return role.label if role else in_words(NOBODY) if code == "system" else code


def all_roles() -> Roles:
    """Return the roles of the catalogue, read and checked once."""
    return _checked(str(catalogue.path_of(FILE)))


@lru_cache(maxsize=4)
def _checked(_path: str) -> Roles:
    return read(catalogue.load(FILE))


def read(data: Mapping[str, Any]) -> Roles:
    """Return the roles of a catalogue file; ValueError names everything that is wrong with it."""
    faults: list[str] = []
    if set(data["areas"]) != set(AREAS):
        faults.append(f"areas differ from the code: {sorted(set(data['areas']) ^ set(AREAS))}")
    roles = {code: _role(code, entry) for code, entry in data["roles"].items()}
    for role in roles.values():
        faults += _faults_of(role, known_acts=set(data["acts"]))
    exclusions = tuple(_exclusion(e) for e in data["exclusive"])
    for rule in exclusions:
        if {rule.first, rule.second} - set(roles) or rule.per not in {"person", "account"}:
            faults.append(f"exclusive {rule.first}, {rule.second}: unknown role or per")
    faults += _faults_of_administrators([r for r in roles.values() if r.administrator])
    if faults:
        raise ValueError("roles.yaml: " + "; ".join(faults))
    return Roles(roles, data["acts"], data["areas"], exclusions)


def _exclusion(entry: Mapping[str, Any]) -> Exclusion:
    first, second = entry["roles"]
    return Exclusion(first, second, entry["per"], entry["why"])


def _role(code: str, entry: Mapping[str, Any]) -> Role:
    return Role(
        code=code, labels=entry["label"], levels=tuple(entry["level"]), reach=entry["reach"],
        reads=frozenset(entry["reads"]), writes=frozenset(entry["writes"]),
        acts=frozenset(entry["acts"]), limit=entry["limit"],
        read_only=entry.get("read_only", False), needs=tuple(entry.get("needs", ())),
        most_days=entry.get("most_days", 0), administrator=entry.get("administrator", False),
        grantable=entry.get("granted", "screen") == "screen",
    )  # fmt: skip


def _faults_of(role: Role, *, known_acts: set[str]) -> list[str]:
    checks = {
        "unknown area": role.reads - set(AREAS),
        "writes what it does not read": role.writes - role.reads,
        "unknown act": role.acts - known_acts,
        "unknown level": set(role.levels) - set(LEVELS),
        "unknown reach": {role.reach} - set(REACHES),
        "unknown need": set(role.needs) - set(NEEDS),
        "read-only and yet writes or acts": role.writes | role.acts if role.read_only else set(),
        "needs its organisation": {role.reach}
        if role.reach == "organisation" and "organisation" not in role.needs
        else set(),
        "needs its person": {role.reach}
        if role.reach == "self" and "person" not in role.needs
        else set(),
    }
    return [f"{role.code} {what}: {sorted(found)}" for what, found in checks.items() if found]


def _faults_of_administrators(three: list[Role]) -> list[str]:
    faults = [] if len(three) == 3 else [f"there are {len(three)} administrators, not 3"]
    for one, other in combinations(three, 2):
        if one.acts & other.acts:
            faults.append(f"{one.code} and {other.code} share {sorted(one.acts & other.acts)}")
    broad = [r.code for r in three if r.writes or r.reads - {"settings", "audit"}]
    return faults + [f"{code} reaches business data" for code in broad]
