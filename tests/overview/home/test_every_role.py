"""Every role on every page of the ground and of campaigns: a page, a refusal in words, or not found."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from muster.core.plans import Reading, read_text
from muster.engines.campaigns import actions as campaigns
from muster.engines.campaigns.drafting import CampaignDraft, PhaseDraft
from muster.engines.tasks.models import Task
from muster.ground.accounts.roles import all_roles
from muster.ground.register import actions as register
from muster.ground.rows.scope import acting
from tests import factories
from tests.factories import (
    COUNTY,
    DAY,
    NOON,
    TOWN,
    VILLAGE,
    OrganisationFactory,
    PersonFactory,
    actor,
    desk,
    everything,
    signed_in,
)

PLAN = read_text("石桥镇2026年征兵方案\n一、步骤\n（一）宣传（1月1日至1月10日）\n")
READ = Reading(PLAN.text, PLAN.to_json(), [[p, s.start, s.end] for p, s in PLAN.places()])
PLACES = {"county": COUNTY, "township": TOWN, "village": VILLAGE}
ROLES = [r.code for r in all_roles().roles.values() if r.grantable]


@dataclass(frozen=True, slots=True)
class Laid:
    """What there is to open."""

    pages: tuple[str, ...]
    organisation: UUID
    person: UUID


@pytest.fixture
def laid(db: None) -> Laid:
    """Lay out a county with one of everything these pages show."""
    factories.tree()
    office = OrganisationFactory.create(name="青溪镇党委", kind="party_committee")
    person = PersonFactory.create()
    with acting(actor()):
        body = register.form_from_template(office, "mutual_support_b", formed_on=DAY)
        register.appoint(
            office, post="党委书记", holder_name="甲", since=DAY, first_responsible=True
        )
        paper = campaigns._keep_plan("方案.txt", b"x", READ, division=TOWN, at=NOON)
        draft = CampaignDraft("整组", "militia_reorganisation", "", 2026,
                              (PhaseDraft("组织准备阶段", DAY, DAY, ("开会",)),))  # fmt: skip
        work = campaigns.confirm(draft, division=TOWN, at=NOON, owner=office)
        phase, task = work.phases.get(), Task.objects.get()
    return Laid((
        "/", "/search", "/search?q=赵", "/search?q=0001", "/jobs", "/help", "/help/start", "/people",
        "/people?q=0001", "/people?print=1", "/people?export=xlsx", "/people/new", "/people/twins",
        "/people/withdrawn", f"/people/{person.pk}", f"/people/{person.pk}/edit",
        f"/people/{person.pk}/withdraw", "/divisions/new", f"/divisions/{TOWN}", f"/divisions/{COUNTY}",
        "/divisions/nothing", "/organisations", "/organisations?export=xlsx", "/organisations/new",
        f"/organisations/{office.pk}", f"/organisations/{office.pk}/edit", "/bodies/new",
        f"/bodies/{body.pk}", f"/bodies/{body.pk}?on=2020-01-01", f"/bodies/{body.pk}?print=1",
        "/task/", "/task/?state=late", f"/task/{task.pk}", "/campaign/", "/campaign/plan/new",
        f"/campaign/plan/{paper.pk}", f"/campaign/plan/{paper.pk}/file", f"/campaign/{work.pk}",
        f"/campaign/{work.pk}/arrange", f"/campaign/phase/{phase.pk}",
    ), office.pk, person.pk)  # fmt: skip


@pytest.mark.parametrize("code", ROLES)
def test_every_page_answers_every_role_in_words(code: str, laid: Laid, client: Client) -> None:
    role = all_roles()[code]
    values: dict[str, Any] = {}
    if "organisation" in role.needs:
        values["organisation_id"] = laid.organisation
    post = desk(code, PLACES[role.levels[-1]], **values)
    if "person" in role.needs:
        with everything():
            post.account.person_id = laid.person
            post.account.save()
    signed_in(client, post)

    answers = {page: client.get(page) for page in laid.pages}

    assert {
        p: a.status_code for p, a in answers.items() if a.status_code not in (200, 302, 403, 404)
    } == {}
    assert answers["/"].status_code == 200
    for page, answer in answers.items():
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert "None" not in text.replace("none", ""), page


def test_an_officer_gets_every_page_of_the_own_township(laid: Laid, client: Client) -> None:
    signed_in(client, desk())

    odd = {p: client.get(p).status_code for p in laid.pages}
    odd = {page: status for page, status in odd.items() if status != 200}

    assert odd == {"/divisions/new": 403, "/divisions/nothing": 404}
