"""Who acts, in which post, over which part of the tree and which areas."""

from dataclasses import dataclass, field
from uuid import UUID

from muster.core.kernel import DivisionCode

AREAS = (
    "register", "militia", "enlistment", "potential", "response", "support", "funds",
    "education", "governance", "documents", "imports", "settings", "audit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one post. Policies take this, never the login model."""

    account: UUID | None
    name: str
    role: str
    post_label: str
    division: str
    division_name: str = ""
    person: UUID | None = None
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    reach: str = "division"
    organisations: tuple[UUID, ...] = ()
    read_only: bool = False
    language: str = "zh-hans"
    session: str = ""
    address: str = ""

    @property
    def code(self) -> DivisionCode:
        """Return the division as a code that knows its subtree."""
        return DivisionCode(self.division)

    def may_see(self, area: str) -> bool:
        """Return whether this post reads that area at all."""
        return area in self.reads

    def may_write(self, area: str) -> bool:
        """Return whether this post writes that area (within its subtree)."""
        return not self.read_only and area in self.writes

    def may(self, act: str) -> bool:
        """Return whether this post may do a named act such as ``formation.confirm``."""
        return not self.read_only and act in self.acts


@dataclass(frozen=True, slots=True)
class Scope:
    """What the current actor can reach. ``everything`` is for reasons given to system_scope."""

    low: str = ""
    high: str = ""
    ancestors: tuple[str, ...] = ()
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    organisations: tuple[UUID, ...] = ()
    person: UUID | None = None
    post_label: str = ""
    read_only: bool = False
    everything: bool = False
    reason: str = field(default="", compare=False)

    @classmethod
    def of(cls, actor: Actor) -> "Scope":
        """Return the reach of an actor: subtree, own organisations or self; ancestors; areas."""
        code = actor.code
        whole = actor.reach == "division"
        return cls(
            low=code.low if whole else "",
            high=code.high if whole else "",
            ancestors=(*(() if whole else (actor.division,)), *(str(a) for a in code.ancestors)),
            reads=actor.reads,
            writes=frozenset() if actor.read_only else actor.writes,
            organisations=actor.organisations,
            person=actor.person,
            post_label=actor.post_label,
            read_only=actor.read_only,
        )

    def holds(self, division: str) -> bool:
        """Return whether a division lies in the subtree."""
        return self.everything or (bool(self.low) and self.low <= division <= self.high)
