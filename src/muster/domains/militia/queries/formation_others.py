"""One post of a proposal: who else could take it, and why somebody is not in it."""

from dataclasses import dataclass, replace
from typing import Any

from muster.core.formation import Assignment, Instance, Reason, Result, why_not
from muster.core.formation.model import Directory
from muster.core.formation.praise import praise
from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries import formation as queries
from muster.domains.militia.queries.formation_problem import obstacles_to
from muster.domains.militia.queries.formation_words import Who, Words

MOST = 60


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who is not in the post: fit for it or not, what speaks for and against him."""

    who: Who
    fit: bool
    stands: str
    speaks: tuple[str, ...]
    against: tuple[str, ...]


def others(words: Words, run: FormationRun, slot: str, *, search: str = "") -> list[Other]:
    """Return people who are not in a slot; those whose name matches, or the fit ones without.

    Fit people who stand nowhere come first. At most 60.
    """
    instance = words.snapshot.instance
    directory = Directory(instance)
    unit, place = directory.slots[slot]
    plan = queries.plan_of(run)
    wanted = search.strip().lower()
    found = []
    for candidate in instance.candidates:
        if plan.get(candidate.id) == slot or not _called(words, candidate.id, wanted):
            continue
        blocked = obstacles_to(directory, candidate, slot)
        if wanted or not blocked:
            good = list(praise(directory, candidate=candidate, unit=unit, slot=place))
            found.append((candidate.id, blocked, good))
    found.sort(key=lambda row: (bool(row[1]), row[0] in plan, -len(row[2])))
    weighed = _Weighed(instance, run, slot)
    return [
        Other(
            who=words.who(who), fit=not blocked, stands=words.place(plan.get(who)),
            speaks=tuple(words.speaks([_plain(r) for r in good])),
            against=tuple(words.against(r) for r in blocked or weighed.against(who)),
        )
        for who, blocked, good in found[:MOST]
    ]  # fmt: skip


def _called(words: Words, person: str, wanted: str) -> bool:
    """Return whether somebody answers to a search; everybody does to an empty one."""
    if not wanted:
        return True
    row = words.people.get(person)
    return row is not None and wanted in f"{row.name} {row.search}".lower()


class _Weighed:
    """Why eligible people were not taken, where a whole plan was weighed."""

    def __init__(self, instance: Instance, run: FormationRun, slot: str) -> None:
        """Read the plan once."""
        self.instance, self.slot = instance, slot
        whole = run.way == FormationRun.Way.FULL
        pairs = tuple(Assignment(who, where) for who, where in queries.plan_of(run).items())
        self.result = (
            replace(Result.from_json(run.answer["result"]), assignments=pairs) if whole else None
        )

    def against(self, person: str) -> list[dict[str, Any]]:
        """Return the reasons for one person; none where only gaps were filled."""
        if self.result is None:
            return []
        return [_plain(r) for r in why_not(self.instance, self.result, person, self.slot)]


def _plain(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "text": reason.text, "facts": reason.facts}
