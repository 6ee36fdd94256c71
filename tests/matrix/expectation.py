"""Who may see a row, computed from the roles' file, the codes and the recipes alone."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from tests.matrix.places import holds
from tests.matrix.recipes import recipe_of
from tests.matrix.world import Planted

ROLES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "catalogue" / "roles.yaml").read_text(encoding="utf-8")
)["roles"]


@dataclass(frozen=True)
class Eyes:
    """What one desk's role, place, organisation and person let it see."""

    role: str
    place: str
    account: UUID | None = None
    organisation: UUID | None = None
    person: UUID | None = None
    second_layer_only: bool = False
    entry: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look the role up."""
        object.__setattr__(self, "entry", ROLES.get(self.role, {}))

    @property
    def reads(self) -> set[str]:
        """Return the areas seen. Row-level security does not know areas: see docs."""
        return set(self.entry.get("reads", ()))

    def inside(self, place: str) -> bool:
        """Return whether a place lies in the subtree of a post that reaches a subtree."""
        return self.entry.get("reach") == "division" and holds(self.place, place)

    def above(self, place: str) -> bool:
        """Return whether a place is an ancestor; for other reaches the own place counts as one."""
        if place == self.place:
            return self.entry.get("reach") not in (None, "division")
        return bool(self.entry) and holds(place, self.place)

    def sees(self, planted: Planted) -> bool:
        """Return whether the design lets this desk see a row."""
        if planted.label.startswith("accounts."):
            return self.sees_account(planted)
        recipe = recipe_of(planted.label)
        if not self.second_layer_only and not self.reads & {recipe.area, *recipe.also}:
            return self.own_place(planted)
        arm = (
            getattr(planted.row, recipe.organisation_arm, None) if recipe.organisation_arm else None
        )
        own = getattr(planted.row, recipe.self_arm, None) if recipe.self_arm else None
        return (
            self.inside(planted.place)
            or (recipe.above and self.above(planted.place))
            or (arm is not None and arm == self.organisation)
            or (own is not None and own == self.person)
        )

    def own_place(self, planted: Planted) -> bool:
        """Return whether a row is the name of the place the post stands at, which every page bears."""
        return planted.label == "register.Division" and planted.place == self.place

    def sees_account(self, planted: Planted) -> bool:
        """Return whether an account's name may be read: who made a row may be named beside it."""
        if planted.row.pk == self.account:
            return True
        if self.keeps_accounts:
            return planted.row.county == self.place[:6]
        return bool(self.entry) and (
            self.inside(planted.place) or self.above(planted.place) or planted.place == self.place
        )

    @property
    def keeps_accounts(self) -> bool:
        """Return whether the post keeps accounts or reads the journal of its county."""
        return bool(
            {"account.create", "account.enable", "journal.read"} & set(self.entry.get("acts", ()))
        )

    @property
    def grants(self) -> bool:
        """Return whether the post grants posts, and so chooses among places and organisations."""
        return "post.grant" in self.entry.get("acts", ())

    def writes(self, label: str, place: str, row: dict[str, Any]) -> bool:
        """Return whether the design lets this desk write a row of a kind at a place."""
        recipe = recipe_of(label)
        if self.entry.get("read_only") or not self.entry:
            return False
        if not self.second_layer_only and recipe.area not in self.entry["writes"]:
            return False
        arms = ((recipe.organisation_arm, self.organisation), (recipe.self_arm, self.person))
        mine = any(arm and key and _plain(row.get(arm)) == _plain(key) for arm, key in arms)
        return self.inside(place) or mine


def _plain(key: Any) -> str:
    return str(key).replace("-", "")
