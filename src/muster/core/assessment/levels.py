"""Which band or star a total reaches, on cuts that people set."""

from collections.abc import Sequence
from dataclasses import dataclass

from muster.core.assessment.model import Band
from muster.core.assessment.points import Points, in_words
from muster.core.assessment.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Level:
    """The band reached, or None, and why."""

    band: Band | None
    sentence: Sentence


def level_of(ladder: Sequence[Band], points: Points, *, vetoed: bool = False) -> Level:
    """Return the highest band whose cut is reached.

    One cut that is not set makes the whole ladder unanswerable: half a ladder would mislead.
    A veto of the whole sheet leaves the lowest band only.
    """
    if not ladder:
        return Level(None, say("level_empty"))
    unset = next((band for band in ladder if band.at_least is None), None)
    if unset is not None:
        return Level(None, say("level_unset", level=unset.name))
    if vetoed:
        lowest = in_order(ladder)[0]
        return Level(lowest, say("level_vetoed", level=lowest.name))
    return _reached(in_order(ladder), points)


def star_of(ladder: Sequence[Band], points: Points, *, vetoed: bool = False) -> Level:
    """Return the star level; a veto of the whole sheet gives none."""
    if vetoed and ladder:
        return Level(None, say("level_vetoed_none"))
    return level_of(ladder, points)


def in_order(ladder: Sequence[Band]) -> list[Band]:
    """Return the bands whose cuts are set, lowest first."""
    cut = [(band.at_least, place, band) for place, band in enumerate(ladder)
           if band.at_least is not None]  # fmt: skip
    return [band for _, _, band in sorted(cut, key=lambda row: row[:2])]


def _reached(ladder: Sequence[Band], points: Points) -> Level:
    started = [band for band in ladder if band.at_least is not None and band.at_least <= points]
    fits = [band for band in started if band.up_to is None or points <= band.up_to]
    if fits:
        best = fits[-1]
        cut = in_words(best.at_least or 0)
        return Level(best, say("level", points=in_words(points), level=best.name, cut=cut))
    return Level(None, say("level_gap" if started else "level_none", points=in_words(points)))
