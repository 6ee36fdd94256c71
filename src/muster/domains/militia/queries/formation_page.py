"""A proposal laid out for the page: who leaves, what is empty, who is proposed, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries import formation as queries
from muster.domains.militia.queries.formation import Change
from muster.domains.militia.queries.formation_aftermath import Aftermath, aftermath
from muster.domains.militia.queries.formation_stale import Drift, Staleness
from muster.domains.militia.queries.formation_words import Who, Words, label_of_reason

CHOICES, LONG = 3, 40


@dataclass(frozen=True, slots=True)
class Line:
    """A person in a proposal with reasons; ``changed`` and ``unfit`` speak of facts since then.

    ``cadre``: a sitting leader who loses the post, in words; ``moved``: touched by the last choice
    by hand; ``shared``: offered for other empty posts too, or already chosen for one.
    """

    who: Who
    place: str
    slot: str
    why: tuple[str, ...]
    kind: str = ""
    reason: str = ""
    locked: bool = False
    chosen: bool = False
    changed: str = ""
    unfit: tuple[str, ...] = ()
    seen: bool = False
    asks_note: bool = False
    origin: str = ""
    cadre: str = ""
    moved: bool = False
    shared: str = ""


@dataclass(frozen=True, slots=True)
class EmptyPost:
    """One empty post with the people to choose from."""

    slot: str
    turn: int
    name: str
    options: tuple[Line, ...]
    chosen: str
    locked: bool
    why_none: str

    @property
    def bare(self) -> bool:
        """Return whether there is nobody to choose from."""
        return not self.options and not self.chosen


@dataclass(frozen=True, slots=True)
class BarePosts:
    """Equal empty posts of a unit for which there is nobody; ``turn`` is the first of them."""

    slot: str
    turn: int
    name: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class UnitBlock:
    """A unit of the page: its numbers and its empty posts or planned people."""

    key: str
    name: str
    authorised: int
    now: int
    leaving: int
    entering: int
    empty: tuple[EmptyPost, ...]
    lines: tuple[Line, ...]
    unfilled: tuple[str, ...]

    @property
    def offered(self) -> tuple[EmptyPost, ...]:
        """Return the empty posts with somebody to choose."""
        return tuple(post for post in self.empty if not post.bare)

    @property
    def bare(self) -> list[BarePosts]:
        """Return the empty posts with nobody to choose, equal ones as one."""
        found: dict[str, list[EmptyPost]] = {}
        for post in self.empty:
            if post.bare:
                found.setdefault(post.slot, []).append(post)
        return [
            BarePosts(slot, posts[0].turn, posts[0].name, len(posts), posts[0].why_none)
            for slot, posts in found.items()
        ]

    @property
    def bare_total(self) -> int:
        """Return how many empty posts have nobody to choose."""
        return sum(post.bare for post in self.empty)

    @property
    def long(self) -> bool:
        """Return whether the people of the unit are shown only when asked for."""
        return len(self.lines) > LONG

    @property
    def after(self) -> int:
        """Return the strength once the plan is confirmed."""
        return self.now - self.leaving + self.entering


@dataclass(frozen=True)
class Layout:
    """Everything a proposal's page shows."""

    run: FormationRun
    words: Words
    stale: Staleness

    def changes(self) -> list[Line]:
        """Return what confirming writes, as lines."""
        found = queries.changes_of(self.run, self.words.snapshot)
        return [self._change(c) for c in found]

    def _change(self, c: Change) -> Line:
        leaving = c.kind == "out"
        origin = self.words.place(c.from_slot)
        why = self._against(c.why) if leaving else tuple(self.words.speaks(list(c.why)))
        line = self._line(c.person, c.from_slot if leaving else c.to_slot, why)
        return _with(
            line, kind=c.kind, reason=label_of_reason(c.reason), asks_note=c.asks_note,
            origin=origin, cadre=self.words.loses(c.person, c.to_slot),
        )  # fmt: skip

    def leaving(self) -> list[Line]:
        """Return members who must leave or lose their post, with the reasons."""
        return [line for line in self.changes() if line.kind == "out"]

    def demoted(self) -> list[Line]:
        """Return sitting leaders who stay members and would lose their post."""
        return [line for line in self.changes() if line.cadre and line.kind != "out"]

    @cached_property
    def after_hand(self) -> Aftermath | None:
        """Return what the last choice by hand changed, or None."""
        return aftermath(self.run.decisions, self.words)

    def kept_by_hand(self) -> list[Line]:
        """Return members who keep their place by decision, with the written reason."""
        said = self.run.decisions.get("staying", {})
        return [
            self._line(row["candidate"], row["slot"], (said.get(row["candidate"], ""),))
            for row in self.run.problem["fixed"]
        ]

    def unseen(self) -> list[Line]:
        """Return members whom this year's rosters leave out."""
        plan = queries.plan_of(self.run)
        return [self._line(key, plan[key], ()) for key in self.words.snapshot.unseen if key in plan]

    def locks(self) -> list[Line]:
        """Return who is locked where."""
        rows = self.run.decisions.get("locks", [])
        return [self._line(row["candidate"], row["slot"], ()) for row in rows]

    def changed(self) -> list[Line]:
        """Return planned people whose facts changed, those nobody took note of first."""
        plan, rows = queries.plan_of(self.run), self.stale.people.values()
        lines = [self._line(d.person, plan.get(d.person), ()) for d in rows]
        return sorted(lines, key=lambda line: line.seen)

    def warnings(self) -> list[str]:
        """Return the rules that the kept roster breaks."""
        return [self.words.text(row["text"]) for row in self.run.answer.get("warnings", [])]

    def helps(self) -> list[str]:
        """Return what would fill more posts."""
        return [self.words.text(row["text"]) for row in self.run.answer.get("relaxations", [])[:12]]

    def blocks(self) -> list[UnitBlock]:
        """Return the units of the run, each with what concerns it."""
        snapshot, plan = self.words.snapshot, queries.plan_of(self.run)
        now = Counter(seat["unit"] for seat in snapshot.seats.values())
        leaving: Counter[str | None] = Counter()
        entering: Counter[str | None] = Counter()
        for c in queries.changes_of(self.run, snapshot):
            if c.from_unit != c.to_unit:
                leaving[c.from_unit] += 1
                entering[c.to_unit] += 1
        fixed = Counter(row["slot"] for row in snapshot.fixed)
        empty, lines = self._empty_posts(), self._planned(plan)
        missing = self._missing()
        return [
            UnitBlock(
                key=unit.id, name=self.words.units.get(unit.id, ""),
                authorised=sum(s.count + fixed[s.id] for s in unit.slots), now=now[unit.id],
                leaving=leaving[unit.id], entering=entering[unit.id],
                empty=tuple(e for e in empty if self.words.unit_of[e.slot] == unit.id),
                lines=tuple(ln for ln in lines if self.words.unit_of[ln.slot] == unit.id),
                unfilled=tuple(text for slot, text in missing
                               if self.words.unit_of[slot] == unit.id),
            )
            for unit in snapshot.instance.units
        ]  # fmt: skip

    def _empty_posts(self) -> list[EmptyPost]:
        if self.run.way != FormationRun.Way.GAPS:
            return []
        locked = {row["candidate"] for row in self.run.decisions.get("locks", [])}
        found = []
        for vacancy in self.run.answer["vacancies"]:
            chosen = self.run.decisions["choices"].get(vacancy["slot"], [])
            for turn in range(vacancy["missing"]):
                here = chosen[turn] if turn < len(chosen) else ""
                found.append(self._empty_post(vacancy, turn, here, locked=here in locked))
        return self._shared(found)

    def _shared(self, posts: list[EmptyPost]) -> list[EmptyPost]:
        """Say of people offered for several posts that they can fill only one."""
        times = Counter(option.who.key for post in posts for option in post.options)
        chosen = {post.chosen: self.words.place(post.slot) for post in posts if post.chosen}

        def told(post: EmptyPost, option: Line) -> str:
            key = option.who.key
            if key == post.chosen or (times[key] < 2 and key not in chosen):
                return ""
            if key in chosen:
                words = gettext("已勾选任 {place}，选到这里就从那里调走")
                return words.format(place=chosen[key])
            words = gettext("同一人，也列在另外 {n} 个空缺，只能任一处")
            return words.format(n=times[key] - 1)

        return [
            replace(post, options=tuple(_with(o, shared=told(post, o)) for o in post.options))
            for post in posts
        ]

    def _empty_post(
        self, vacancy: Mapping[str, Any], turn: int, chosen: str, *, locked: bool
    ) -> EmptyPost:
        slot, proposals = vacancy["slot"], vacancy["proposals"]
        rest = proposals[vacancy["missing"] :]
        first = proposals[turn : turn + 1] if turn < vacancy["missing"] else []
        listed = [*first, *rest][:CHOICES]
        if chosen and chosen not in {p["candidate"] for p in listed}:
            row = {"candidate": chosen, "reasons": queries.reasons_for(self.run, chosen, slot)}
            listed = [row, *listed]
        options = tuple(
            _with(
                self._line(p["candidate"], slot, tuple(self.words.speaks(list(p["reasons"])))),
                chosen=p["candidate"] == chosen,
            )
            for p in listed
        )
        return EmptyPost(slot, turn, self.words.slots.get(slot, ""), options, chosen, locked,
                         vacancy["why"])  # fmt: skip

    def _planned(self, plan: Mapping[str, str]) -> list[Line]:
        """Return the people of a whole proposal, post by post."""
        if self.run.way != FormationRun.Way.FULL:
            return []
        seats = self.words.snapshot.seats
        order = {slot: at for at, slot in enumerate(self.words.unit_of)}
        lines = []
        for person, slot in sorted(plan.items(), key=lambda pair: order.get(pair[1], 0)):
            seat = seats.get(person)
            why = tuple(self.words.speaks(queries.reasons_for(self.run, person, slot)))
            kind = "in" if seat is None else "stay" if seat["slot"] == slot else "move"
            cadre = self.words.loses(person, slot)
            lines.append(_with(self._line(person, slot, why), kind=kind, cadre=cadre))
        return lines

    def _missing(self) -> list[tuple[str, str]]:
        if self.run.way != FormationRun.Way.FULL:
            return []
        return [
            (row["slot"], f"{self.words.slots.get(row['slot'], '')}：缺 {row['missing']} 人。"
                          f"{self.words.text(row['why'])}")
            for row in self.run.answer["result"]["unfilled"]
        ]  # fmt: skip

    def _line(self, person: str, slot: str | None, why: tuple[str, ...]) -> Line:
        drift = self.stale.people.get(person)
        locked = {row["candidate"] for row in self.run.decisions.get("locks", [])}
        return Line(
            who=self.words.who(person), place=self.words.place(slot), slot=slot or "", why=why,
            locked=person in locked, changed=self._changed(drift),
            unfit=self._against(drift.unfit) if drift else (), seen=bool(drift and drift.seen),
            moved=bool(self.after_hand and person in self.after_hand.people),
        )  # fmt: skip

    def _changed(self, drift: Drift | None) -> str:
        return self.words.facts(drift.facts) if drift else ""

    def _against(self, reasons: Any) -> tuple[str, ...]:
        return tuple(self.words.against(row) for row in reasons)


def _with(line: Line, **values: Any) -> Line:
    whole = {name: getattr(line, name) for name in Line.__slots__}
    return Line(**{**whole, **values})
