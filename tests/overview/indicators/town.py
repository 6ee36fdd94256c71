"""A town with an emergency platoon, a camouflage company, a contributed team and two companies."""

from datetime import UTC, date, datetime

from muster.core.kernel import Period
from muster.domains.militia.actions import enter, leave, move
from muster.domains.militia.models import FrozenMember, FrozenRoster, RollCall, RollCallLine, Unit
from muster.ground.register.models import Person
from tests.factories import COUNTY, NEXT_VILLAGE, TOWN, VILLAGE, PersonFactory, everything, tree

YEAR, DAY = Period.year(2026), date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def unit(name: str, *, division: str = TOWN, **more: object) -> Unit:
    values = {"level": "company", "force": "ordinary", "valid_from": LONG_AGO} | more
    with everything():
        return Unit.objects.create(division=division, name=name, **values)  # type: ignore[no-any-return]


class Town:
    """Units of every kind, and people who can be put into them."""

    def __init__(self) -> None:
        tree()
        self.emergency = unit("青溪镇应急排", level="platoon", force="emergency", primary=True)
        self.camouflage = unit("青溪镇伪装遮障连", force="professional", primary=True)
        self.city = unit(
            "市应急连", force="emergency", primary=True, contributes_to_name="市级应急连"
        )
        self.first = unit("柳湾村民兵连", division=VILLAGE)
        self.second = unit("杏坡村民兵连", division=NEXT_VILLAGE)

    @property
    def units(self) -> list[Unit]:
        return [self.emergency, self.camouflage, self.city, self.first, self.second]


def joins(to: Unit, number: int = 1, *, on: date = LONG_AGO, **person: object) -> list[Person]:
    people = PersonFactory.create_batch(number, **({"division": VILLAGE} | person))
    with everything():
        for one in people:
            enter(one, to, None, on=on, reason="opening", at=NOON)
    return people


def leaves(person: Person, *, on: date) -> None:
    with everything():
        leave(person, on=on, reason="over_age", at=NOON)


def moves(person: Person, to: Unit, *, on: date) -> None:
    with everything():
        move(person, to, None, on=on, at=NOON, note="调整")


def roll_call(lines: dict[str, list[tuple[Person, Unit]]], *, on: date = date(2026, 5, 10),
              closed: bool = True) -> RollCall:  # fmt: skip
    with everything():
        call = RollCall.objects.create(
            division=TOWN, title="集结点验", kind="assembly", on=on,
            state="closed" if closed else "open", closed_at=NOON if closed else None,
        )  # fmt: skip
        number = 0
        for presence, who in lines.items():
            for person, of in who:
                number += 1
                RollCallLine.objects.create(
                    division=of.division, call=call, person=person, unit=of, order=number,
                    code=f"{number:04d}", presence=presence,
                )  # fmt: skip
    return call  # type: ignore[no-any-return]


def freeze(members: list[tuple[Person, Unit]], *, on: date = date(2026, 5, 12),
           division: str = TOWN) -> FrozenRoster:  # fmt: skip
    with everything():
        roster = FrozenRoster.objects.create(
            division=division, title="2026 年花名册", year=on.year, as_of=on, frozen_at=NOON,
            members=len(members), sha256="0" * 64,
        )  # fmt: skip
        for person, of in members:
            FrozenMember.objects.create(
                division=of.division, roster=roster, person=person, unit=of, primary=of.primary,
                person_name=person.name, unit_name=of.name, force=of.force,
                contributed=of.contributed,
            )  # fmt: skip
    return roster  # type: ignore[no-any-return]


__all__ = ["COUNTY", "DAY", "NOON", "TOWN", "VILLAGE", "YEAR", "Town", "freeze", "joins", "leaves",
           "moves", "roll_call", "unit"]  # fmt: skip
