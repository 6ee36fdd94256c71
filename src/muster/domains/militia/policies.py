"""Who may record roll calls and absences; plain checks of dates and units."""

from datetime import date

from muster.domains.militia.models import Post, Unit
from muster.domains.militia.problems import DateImplausible, UnitClosed
from muster.ground.accounts.policies import check_may
from muster.ground.accounts.queries import SYSTEM
from muster.ground.register.models import Person
from muster.ground.rows.scope import current_actor

ORGANISE = "militia.organise"
YOUNGEST = 14
FURTHEST_AHEAD = 366


def check_act(act: str) -> None:
    """Refuse an act that the present post does not include; the system itself may."""
    actor = current_actor()
    if actor is not None and actor.role != SYSTEM:
        check_may(actor, act)


def check_unit_open(unit: Unit, on: date) -> None:
    """Refuse a unit that does not exist on a day."""
    if on < unit.valid_from or (unit.valid_to and on >= unit.valid_to):
        to_words = f"，{unit.valid_to}撤销" if unit.valid_to else ""
        raise UnitClosed(unit=unit.name, day=on, from_day=unit.valid_from, to_words=to_words)


def check_post(unit: Unit, post: Post | None) -> None:
    """Raise ValueError for a post of another unit: a bug of the caller."""
    if post is not None and post.unit_id != unit.pk:
        raise ValueError("the post belongs to another unit")


def check_day(person: Person, on: date, *, made_on: date) -> None:
    """Refuse a date before the person is 14, or more than a year after it is recorded."""
    born = person.birth_date
    if born and on.year - born.year < YOUNGEST:
        raise DateImplausible(day=on, why=f"当时不满{YOUNGEST}周岁")
    if (on - made_on).days > FURTHEST_AHEAD:
        raise DateImplausible(day=on, why="比登记日期晚一年以上")
