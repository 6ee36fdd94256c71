"""The English pages: no Chinese sentence of the program stands on a page set to English.

Names, titles and remarks are data and stay Chinese; so do quoted papers, which are marked ``lang``.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import translations
from django.apps import apps
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import trans_real

from muster.domains.militia.models import RollCall
from muster.engines.activities import actions as activities
from muster.engines.activities.written import Amount, Count, Facts
from muster.engines.meetings import actions as meetings
from muster.engines.meetings.models import AgendaItem
from muster.ground.register.models import Person
from tests.engines.meetings.laying import came, held
from tests.engines.meetings.laying import office as organiser
from tests.factories import (
    COUNTY,
    TOWN,
    OrganisationFactory,
    PersonFactory,
    desk,
    everything,
    signed_in,
)
from tests.overview.indicators.town import DAY, NOON, Town, freeze, joins, leaves, roll_call

DESKS = [
    ("armed_officer", TOWN), ("county_armed_department", COUNTY),
    ("system_administrator", COUNTY), ("security_administrator", COUNTY), ("security_auditor", COUNTY),
]  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff\u3001-\u303f\uff01-\uff5e]")  # letters and full-width marks
READ_ALOUD = frozenset({"placeholder", "aria-label", "title", "alt", "data-confirm", "label"})
VOID = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "use", "path", "wbr", "col", "source"}
)
#: Fields that hold names and titles people typed.
DATA = frozenset({
    ("register.Division", "name"), ("register.Organisation", "name"), ("register.Person", "name"),
    ("register.Body", "name"), ("accounts.Account", "name"), ("militia.Unit", "name"),
    ("militia.Unit", "contributes_to_name"), ("militia.RollCall", "title"), ("militia.FrozenRoster", "title"),
    ("meetings.Meeting", "title"), ("meetings.Meeting", "minutes"), ("meetings.Meeting", "place"), ("meetings.Meeting", "chair"),
    ("meetings.Meeting", "chair_post"), ("meetings.Meeting", "recorder"), ("meetings.Attendance", "name"),
    ("meetings.Attendance", "post"), ("meetings.AgendaItem", "title"), ("meetings.Opinion", "given_by"),
    ("meetings.Opinion", "words"), ("meetings.Opinion", "treated_note"), ("meetings.Resolution", "words"),
    ("activities.Activity", "title"), ("activities.Activity", "place"), ("activities.Activity", "lead"),
})  # fmt: skip
OWN_TITLES = ("简体中文",)


class Words(HTMLParser):
    """Collects what a reader of a page sees or hears, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def aside(self) -> bool:
        """Return whether this is code, or marked as Chinese."""
        return any(hidden for _tag, hidden in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        marked = tag != "html" and (known.get("lang") or "").startswith("zh")
        if tag not in VOID:
            self.open.append((tag, marked or tag in {"script", "style"}))
        if not self.aside and not marked:
            self.texts += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag == "a" and known.get("href"):
            self.links.append(str(known["href"]))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.aside:
            self.texts.append(data)


def names() -> list[str]:
    """Return the words of this world that are data and stay as they were typed, longest first."""
    with everything():
        found = {
            str(value)
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if (model._meta.label, field.name) in DATA
            for value in model._base_manager.values_list(field.name, flat=True)
        }
    return sorted(found - {""}, key=len, reverse=True)


def left_in_chinese(text: str, data: list[str]) -> str:
    """Return the text without the names in it where it still holds Chinese, else nothing."""
    rest = text
    for name in data:
        rest = rest.replace(name, "·")
    return rest if CHINESE.search(rest) else ""


def plain_routes() -> Iterator[str]:
    """Yield the address of every route without parameters."""

    def walk(resolver: URLResolver, space: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(
                    pattern, f"{space}{pattern.app_name}:" if pattern.app_name else space
                )
            elif (
                isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.converters
            ):
                yield reverse(f"{space}{pattern.name}")

    return walk(get_resolver(), "")


def crawl(client: Client) -> Iterator[tuple[str, list[str]]]:
    """Open every route once, those with parameters where a page links to them."""
    waiting, opened = list(plain_routes()), set[str]()
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if name in opened:
            continue
        opened.add(name)
        answer = client.get(address)
        assert answer.status_code < 500, (address, answer.status_code)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            words = Words()
            words.feed(b"".join(answer).decode())
            yield address, words.texts
            waiting += [link for link in words.links if link.startswith("/")]


@pytest.fixture
def office(db: None) -> Town:
    """A town with units and members, one away, one gone, a roll call and a frozen roster."""
    made = Town()
    platoon = joins(made.emergency, 4)
    company = joins(made.first, 4)
    leaves(company[0], on=DAY)
    roll_call({"present": [(platoon[0], made.emergency)], "absent": [(platoon[1], made.emergency)]})
    roll_call({"unmarked": [(p, made.emergency) for p in platoon]}, closed=False)
    freeze([(p, made.emergency) for p in platoon])
    with everything():
        RollCall.objects.update(title="五月的点验")  # its usual title is the name of its kind
    PersonFactory.create(name="赵志强")
    OrganisationFactory.create()
    with everything():
        meeting()
        activity(PersonFactory.create(birth_date=date(1995, 3, 5)))
    return made


def meeting() -> None:
    """Hold a meeting of both sides: an opinion, minutes not confirmed, one of two resolutions a task."""
    row = held("civil_military_joint", organiser("mobilisation_office"))
    meetings.add_attendee(row, name="尹知微", post="驻军联络员", side="military")
    came(row)
    item = AgendaItem.objects.filter(meeting=row).first()
    opinion = meetings.add_opinion(item, side="military", given_by="驻军单位", words="增设车位")
    meetings.treat_opinion(opinion, treatment="partly", note="先设十个")
    owner = row.organisation
    meetings.add_resolution(row, words="修缮仓库", owner=owner, due=DAY, item=item)
    meetings.hand_out(row)
    meetings.add_resolution(row, words="划定车位")
    meetings.write_minutes(row, text="已经议定", recorder="查思远", at=NOON)


def activity(person: Person) -> None:
    """Hold an education session by name and by number, and publicity with quantities."""
    facts = Facts("民兵教育", DAY, place="礼堂", lead="覃望舒", hours=Decimal(2), subject="defence")
    by = organiser("armed_forces_department")
    one = activities.plan("militia_education", facts, organiser=by, division=TOWN)
    activities.add_person(one, person, audience="militia")
    activities.record_done(one, today=DAY, at=NOON)
    other = activities.plan("other_event", Facts("集市", DAY), organiser=by, division=TOWN)
    activities.count(other, {"students": Count(30, 5)})
    activities.amounts_of(other, [Amount("banner", 3, "school")])


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    translations.compile_all()
    trans_real._translations.pop("en", None)


@pytest.mark.parametrize(("role", "place"), DESKS)
def test_an_english_page_has_no_sentence_of_the_program_in_chinese(
    office: Town, client: Client, role: str, place: str
) -> None:
    post = desk(role, place)
    with everything():
        post.account.language = "en"
        post.account.save(update_fields=["language"])
    signed_in(client, post)
    data = [*names(), *OWN_TITLES]

    faults = {
        f"{address}: {left}"
        for address, texts in crawl(client)
        for text in (" ".join(raw.split()) for raw in texts)
        if (left := left_in_chinese(text, data))
    }

    assert not faults, "\n".join(sorted(faults))
