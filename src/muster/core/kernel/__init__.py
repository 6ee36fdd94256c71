"""Words every floor shares: Problem, Citation, Period, DivisionCode, Fen."""

from muster.core.kernel.problems import Problem
from muster.core.kernel.values import Citation, DivisionCode, Fen, Period

__all__ = ["Citation", "DivisionCode", "Fen", "Period", "Problem"]
