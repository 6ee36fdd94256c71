"""Score sheets: data, contradictions, scores with reasons, what would raise them, and reading."""

from muster.core.assessment.binding import bound, with_cuts
from muster.core.assessment.contradictions import Contradiction, contradictions, highest
from muster.core.assessment.entries import FORMAT, from_entry
from muster.core.assessment.facts import Facts, Mark, Reading, item_of, mark_points
from muster.core.assessment.levels import Level, level_of, star_of
from muster.core.assessment.model import (
    Add,
    Band,
    Deduct,
    Heading,
    Item,
    Measure,
    Ratio,
    Rule,
    ScoreSheet,
    Step,
    Threshold,
    Veto,
)
from muster.core.assessment.points import Points, in_words, points_of
from muster.core.assessment.problems import EntryRefused
from muster.core.assessment.raising import Change, Raise, raise_next
from muster.core.assessment.reading import ReadSheet, Unclear, read_sheet
from muster.core.assessment.scoring import HeadingScore, ItemScore, Score, VetoState, score
from muster.core.assessment.sentences import TEMPLATES, Sentence
from muster.core.assessment.writing import as_entry

__all__ = [
    "FORMAT",
    "TEMPLATES",
    "Add",
    "Band",
    "Change",
    "Contradiction",
    "Deduct",
    "EntryRefused",
    "Facts",
    "Heading",
    "HeadingScore",
    "Item",
    "ItemScore",
    "Level",
    "Mark",
    "Measure",
    "Points",
    "Raise",
    "Ratio",
    "ReadSheet",
    "Reading",
    "Rule",
    "Score",
    "ScoreSheet",
    "Sentence",
    "Step",
    "Threshold",
    "Unclear",
    "Veto",
    "VetoState",
    "as_entry",
    "bound",
    "contradictions",
    "from_entry",
    "highest",
    "in_words",
    "item_of",
    "level_of",
    "mark_points",
    "points_of",
    "raise_next",
    "read_sheet",
    "score",
    "star_of",
    "with_cuts",
]
