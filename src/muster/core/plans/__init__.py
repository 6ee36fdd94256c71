"""Reads plan documents as found in the wild; null rather than a guess."""

from muster.core.plans.files import read_bytes, read_file
from muster.core.plans.process import Reading, read_in_child
from muster.core.plans.reader import read_text
from muster.core.plans.values import (
    Body,
    Heading,
    Milestone,
    Phase,
    PlanDocument,
    PlanPeriod,
    Quota,
    Remark,
    Seat,
    Span,
)

__all__ = [
    "Body",
    "Heading",
    "Milestone",
    "Phase",
    "PlanDocument",
    "PlanPeriod",
    "Quota",
    "Reading",
    "Remark",
    "Seat",
    "Span",
    "read_bytes",
    "read_file",
    "read_in_child",
    "read_text",
]
