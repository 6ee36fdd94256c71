"""Filling posts from candidates under rules, with a proved bound."""

from muster.core.formation.eligibility import Reason
from muster.core.formation.model import Instance
from muster.core.formation.reading import load
from muster.core.formation.result import Assignment, Price, Result, Unfilled
from muster.core.formation.solving import solve

__all__ = ["Assignment", "Instance", "Price", "Reason", "Result", "Unfilled", "load", "solve"]
