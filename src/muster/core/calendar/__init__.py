"""Duties by frequency rules, festivals, working days, and calendars as text and as a grid."""

from muster.core.calendar.almanac import Almanac, NamedDay, Season
from muster.core.calendar.duties import (
    EACH,
    FLAGS,
    LEVELS,
    MARKS,
    RECORDS,
    Concern,
    Duty,
    Fulfilment,
    Part,
    from_entries,
    from_entry,
)
from muster.core.calendar.frequency import Frequency, read_frequency
from muster.core.calendar.grid import Month, month_grid
from muster.core.calendar.ics import Entry, entry_of, feed
from muster.core.calendar.instances import (
    Instance,
    Schedule,
    Skipped,
    instances,
    next_due,
    schedule,
)
from muster.core.calendar.lunar import LunarDate, lunar_of, solar_of
from muster.core.calendar.problems import BadEntry, NotConfigured, YearNotInTable
from muster.core.calendar.states import STATES, Excuse, Record, Standing, standings, state
from muster.core.calendar.windows import Event, Spell, Surroundings, months
from muster.core.calendar.wording import in_words
from muster.core.calendar.workdays import Deadline, Holidays, WorkDays

__all__ = [
    "EACH", "FLAGS", "LEVELS", "MARKS", "RECORDS", "STATES", "Almanac", "BadEntry", "Concern",
    "Deadline", "Duty", "Entry", "Event", "Excuse", "Frequency", "Fulfilment", "Holidays",
    "Instance", "LunarDate", "Month", "NamedDay", "NotConfigured", "Part", "Record", "Schedule",
    "Season", "Skipped", "Spell", "Standing", "Surroundings", "WorkDays", "YearNotInTable",
    "entry_of", "feed", "from_entries", "from_entry", "in_words", "instances", "lunar_of",
    "month_grid", "months", "next_due", "read_frequency", "schedule", "solar_of", "standings",
    "state",
]  # fmt: skip
