"""A small invented office for militia tests: two townships, two villages, units, people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count

from muster.domains.militia.models import Post, Unit
from muster.ground.accounts.roles import all_roles
from muster.ground.register.actions import new_division, new_person
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from muster.overview.story.people import check_digit

COUNTY, TOWN, VILLAGE, VILLAGE_2 = "990101000000", "990101001000", "990101001001", "990101001002"
OTHER_TOWN, OTHER_VILLAGE = "990101002000", "990101002001"
NAMES = {COUNTY: "青禾县", TOWN: "青溪镇", VILLAGE: "柳树村", VILLAGE_2: "大桥村",
         OTHER_TOWN: "白石镇", OTHER_VILLAGE: "黑松村"}  # fmt: skip
NOON = datetime(2024, 6, 1, 4, tzinfo=UTC)
_serial = count(1)


def actor_of(role: str, division: str = TOWN) -> Actor:
    """Return somebody in a post of the catalogue's role, without an account behind it."""
    found = all_roles()[role]
    return Actor(
        account=None, name="测试", role=role, post_label=found.label, division=division,
        division_name=NAMES[division], reads=found.reads, writes=found.writes, acts=found.acts,
        reach=found.reach, read_only=found.read_only,
    )  # fmt: skip


@contextmanager
def as_role(role: str, division: str = TOWN) -> Iterator[Actor]:
    with acting(actor_of(role, division)) as actor:
        yield actor


def county_desk() -> Actor:
    return actor_of("county_armed_department", COUNTY)


def found_divisions() -> None:
    for code, name in NAMES.items():
        new_division(code, name)


def identity(born: date, *, serial: int | None = None) -> str:
    number = (serial if serial is not None else next(_serial)) % 500
    body = f"000000{born:%Y%m%d}{2 * number + 1:03d}"
    return body + check_digit(body)


def person(name: str = "", *, division: str = VILLAGE, born: date = date(1995, 3, 5),
           **more: object) -> Person:  # fmt: skip
    number = next(_serial)
    return new_person(division, name or f"测{_words(number)}", id_number=identity(born),
                      phone=f"1990000{number % 10000:04d}", **more)  # type: ignore[arg-type]  # fmt: skip


def _words(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(d)] for d in str(number))


def unit(name: str, *, division: str = TOWN, primary: bool = False, force: str = "ordinary",
         level: str = "company", **more: object) -> Unit:  # fmt: skip
    return Unit.objects.create(
        division=division, name=name, level=level, force=force, primary=primary,
        valid_from=more.pop("valid_from", date(2020, 1, 1)), **more,
    )  # type: ignore[no-any-return]  # fmt: skip


def post(of: Unit, name: str = "战士", *, places: int = 10, **more: object) -> Post:
    values = {"duty": name, "role": "member"} | more
    return Post.objects.create(division=of.division, unit=of, name=name, count=places, **values)  # type: ignore[no-any-return]
