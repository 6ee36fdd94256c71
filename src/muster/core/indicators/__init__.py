"""Indicators: definitions, the portable subset, and their SQL."""

from muster.core.indicators.compiling import sql_of
from muster.core.indicators.definitions import AREAS, Definition, Source, load
from muster.core.indicators.facts import SCHEMA, Asked, fact
from muster.core.indicators.linter import NotPortable, check, faults_of

__all__ = [
    "AREAS",
    "SCHEMA",
    "Asked",
    "Definition",
    "NotPortable",
    "Source",
    "check",
    "fact",
    "faults_of",
    "load",
    "sql_of",
]
