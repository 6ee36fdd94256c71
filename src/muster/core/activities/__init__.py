"""Activities: kinds as data, who was reached, hours, months without any."""

from muster.core.activities.counting import Reach, Seen, Verdict, person_hours, reach, verdict
from muster.core.activities.kinds import MENUS, Audience, Catalogue, Choice, Kind, from_files
from muster.core.activities.months import Month, marks
from muster.core.activities.problems import BadEntry
from muster.core.activities.totals import Line, Totals, totals

__all__ = [
    "MENUS", "Audience", "BadEntry", "Catalogue", "Choice", "Kind", "Line", "Month", "Reach", "Seen",
    "Totals", "Verdict", "from_files", "marks", "person_hours", "reach", "totals", "verdict",
]  # fmt: skip
