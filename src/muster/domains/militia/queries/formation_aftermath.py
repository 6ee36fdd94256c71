"""What a choice by hand changed besides what was chosen: who lost a post, who moved up, what is empty."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from muster.domains.militia.queries.formation_words import Words
from muster.web.said import beside

OUT, DROPPED, MOVED, RAISED, EMPTY = "out", "dropped", "moved", "raised", "empty"


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The last choice by hand: what was asked, what came of it, who is touched by it."""

    asked: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    people: frozenset[str]

    @property
    def hard(self) -> bool:
        """Return whether a member would leave the militia by it."""
        return any(kind == OUT for kind, _words in self.others)


def moves(before: Mapping[str, str], after: Mapping[str, str]) -> list[list[str]]:
    """Return [person, slot before or "", slot after or ""] of everybody whose place differs."""
    keys = dict.fromkeys((*before, *after))
    pairs = ((who, before.get(who, ""), after.get(who, "")) for who in keys)
    return [[who, old, new] for who, old, new in pairs if old != new]


def aftermath(decisions: Mapping[str, Any], words: Words) -> Aftermath | None:
    """Return what the last choice by hand changed, in words; None where there was none."""
    last = decisions.get("last")
    if not last:
        return None
    asked, others = [], []
    for who, old, new in last["moves"]:
        name, there = _named(words, who), words.place(new)
        if who in last["asked"] and new:
            asked.append(_("{name} 任 {place}").format(name=name, place=there))
        elif not new:
            others.append(_gone(words, who, old))
        elif not old:
            told = _("{name} 补上 {place}").format(name=name, place=there)
            others.append((RAISED, told))
        else:
            told = _("{name} 由 {old} 改到 {place}").format(
                name=name, old=words.place(old), place=there
            )
            others.append((MOVED, told))
    room = Counter(new for _who, _old, new in last["moves"] if new)
    room.subtract(Counter(old for _who, old, _new in last["moves"] if old))
    for slot, count in room.items():
        if count < 0:
            told = _("{place} 空出 {count} 个，没有人选").format(
                place=words.place(slot), count=-count
            )
            others.append((EMPTY, told))
    order = (OUT, EMPTY, DROPPED, MOVED, RAISED)
    others.sort(key=lambda row: order.index(row[0]))
    touched = frozenset(who for who, _old, _new in last["moves"])
    return Aftermath(tuple(asked), tuple(others), touched)


def _named(words: Words, who: str) -> str:
    one = words.who(who)
    return beside(one.name, one.village) if one.village else one.name


def _gone(words: Words, who: str, old: str) -> tuple[str, str]:
    name, place = _named(words, who), words.place(old)
    seat = words.snapshot.seats.get(who)
    if seat is None:
        return DROPPED, _("{name} 不再编入（原拟任 {place}）").format(name=name, place=place)
    told = _("{name} 现在没有岗位，将出队（现任 {seat}，原拟任 {place}）")
    return OUT, told.format(name=name, seat=words.place(seat["slot"]), place=place)
