"""One post of a proposal: who else could take it, and why somebody is not in it."""

from dataclasses import dataclass

from muster.core.formation import Instance, Reason, Result, why_not
from muster.core.formation.eligibility import obstacles
from muster.core.formation.model import Directory
from muster.core.formation.praise import praise
from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries import formation as queries
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
        if plan.get(candidate.id) == slot:
            continue
        person = words.people.get(candidate.id)
        if wanted and (person is None or wanted not in f"{person.name} {person.search}".lower()):
            continue
        blocked = obstacles(directory, candidate=candidate, unit=unit, slot=place)
        if blocked and not wanted:
            continue
        good = praise(directory, candidate=candidate, unit=unit, slot=place)
        against = blocked or _weighed(instance, run, candidate.id, slot)
        found.append(Other(
            who=words.who(candidate.id), fit=not blocked,
            stands=words.place(plan.get(candidate.id)),
            speaks=tuple(words.speaks([_plain(r) for r in good])),
            against=tuple(words.against(_plain(r)) for r in against),
        ))  # fmt: skip
    return sorted(found, key=lambda o: (not o.fit, o.stands != "", -len(o.speaks)))[:MOST]


def holders(words: Words, run: FormationRun, slot: str) -> list[Who]:
    """Return who is planned in a slot."""
    return [words.who(who) for who, where in queries.plan_of(run).items() if where == slot]


def _weighed(instance: Instance, run: FormationRun, person: str, slot: str) -> list[Reason]:
    """Return why an eligible person was not taken, where a whole plan was weighed."""
    if run.way != FormationRun.Way.FULL:
        return []
    result = Result.from_json(run.answer["result"])
    return why_not(instance, result, person, slot)


def _plain(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "text": reason.text, "facts": reason.facts}
