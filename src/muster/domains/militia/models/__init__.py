"""Units, posts, transfers, absence, roll calls, formation runs, frozen rosters."""

from muster.domains.militia.models.absences import Absence
from muster.domains.militia.models.formation import AssemblyPlace, FormationRun, UnitCondition
from muster.domains.militia.models.membership import Membership, Transfer, Vetting
from muster.domains.militia.models.musters import FrozenMember, FrozenRoster, RollCall, RollCallLine
from muster.domains.militia.models.units import Post, Quota, Unit

__all__ = [
    "Absence",
    "AssemblyPlace",
    "FormationRun",
    "FrozenMember",
    "FrozenRoster",
    "Membership",
    "Post",
    "Quota",
    "RollCall",
    "RollCallLine",
    "Transfer",
    "Unit",
    "UnitCondition",
    "Vetting",
]
