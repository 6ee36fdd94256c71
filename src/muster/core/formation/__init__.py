"""Filling posts from candidates under rules, with a proved bound."""

from muster.core.formation.checker import CheckReport, check
from muster.core.formation.eligibility import Reason
from muster.core.formation.explain import reasons, why_not
from muster.core.formation.gaps import Breach, GapPlan, Leaver, Proposal, Vacancy, fill_gaps
from muster.core.formation.model import (
    AssemblyPoint,
    Candidate,
    Instance,
    Slot,
    Unit,
    Village,
    Weights,
)
from muster.core.formation.reading import load
from muster.core.formation.relaxing import Relaxation, relaxations
from muster.core.formation.result import Assignment, Price, Result, Unfilled
from muster.core.formation.solving import solve

__all__ = [
    "AssemblyPoint",
    "Assignment",
    "Breach",
    "Candidate",
    "CheckReport",
    "GapPlan",
    "Instance",
    "Leaver",
    "Price",
    "Proposal",
    "Reason",
    "Relaxation",
    "Result",
    "Slot",
    "Unfilled",
    "Unit",
    "Vacancy",
    "Village",
    "Weights",
    "check",
    "fill_gaps",
    "load",
    "reasons",
    "relaxations",
    "solve",
    "why_not",
]
