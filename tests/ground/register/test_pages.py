"""Pages of the register: forms come back with what was typed, refusals in words, exports journalled."""

import io
import re

import openpyxl
import pytest
from django.test import Client

from muster.ground.journal.models import Entry
from muster.ground.register.models import Appointment, Body, Organisation, Person, SeatHolding
from tests.factories import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    OrganisationFactory,
    PersonFactory,
    desk,
    everything,
    id_number,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def officer(client: Client) -> Client:
    """Return a client signed in as the first township's officer."""
    signed_in(client, desk())
    return client


def test_a_person_is_registered_corrected_withdrawn_and_restored(officer: Client) -> None:
    form = {
        "name": "赵志强",
        "id_number": id_number(7),
        "division": VILLAGE,
        "skills": "驾驶，电工",
    }
    made = officer.post("/people/new", form)
    assert made.status_code == 302
    again = officer.post("/people/new", form | {"name": "另一人"})
    assert again.status_code == 422
    assert "已登记为" in again.content.decode()
    assert 'value="另一人"' in again.content.decode()

    page = officer.get(f"{made.url}/edit").content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    assert id_number(7) not in page
    change = {"name": "赵志强", "division": VILLAGE, "employer": "农机站", "revision": revision[1]}
    assert officer.post(f"{made.url}/edit", change).status_code == 302
    stale = officer.post(f"{made.url}/edit", change | {"employer": "别处"})
    assert stale.status_code == 422
    assert "已修改过" in stale.content.decode()
    assert "农机站" in officer.get(made.url).content.decode()

    assert officer.post(f"{made.url}/withdraw", {"why": ""}).status_code == 422
    assert officer.post(f"{made.url}/withdraw", {"why": "误登"}).status_code == 302
    assert "赵志强" in officer.get("/people/withdrawn").content.decode()
    assert officer.post(f"{made.url}/restore").status_code == 302
    with everything():
        assert Person.objects.get().state == "active"
        assert Person.objects.get().id_index


def test_whole_numbers_need_a_reason_and_the_act(officer: Client, client: Client) -> None:
    one = PersonFactory.create(id_number=id_number(9003))
    assert id_number(9003) not in officer.get(f"/people/{one.pk}").content.decode()
    assert officer.post(f"/people/{one.pk}/reveal", {"reason": " "}).status_code == 422
    shown = officer.post(f"/people/{one.pk}/reveal", {"reason": "核对证件"})
    assert id_number(9003) in shown.content.decode()
    assert Entry.objects.get(action="person.revealed").reason == "核对证件"

    signed_in(client, desk("township_secretary"))
    assert client.post(f"/people/{one.pk}/reveal", {"reason": "看看"}).status_code == 403


def test_the_list_is_exported_as_shown_masked_and_journalled(officer: Client) -> None:
    one = PersonFactory.create(name="赵志强", id_number=id_number(9003), phone="13912340003")
    PersonFactory.create(name="外镇人", division=OTHER_TOWN)
    PersonFactory.create(name="孙春生", sex="F")

    answer = officer.get("/people?export=xlsx&q=志强")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [str(c) for row in sheet.iter_rows(values_only=True) for c in row if c]
    assert one.name in cells
    assert "139****0003" in cells
    assert not {"外镇人", "孙春生", id_number(9003), "13912340003"} & set(cells)
    entry = Entry.objects.get(action="people.exported")
    assert entry.facts["count"] == 1
    assert "志强" not in str(entry.facts) + entry.reason


def test_an_organisation_gets_its_first_responsible_person(officer: Client) -> None:
    made = officer.post(
        "/organisations/new", {"name": "青溪镇党委", "kind": "party_committee", "division": TOWN}
    )
    assert made.status_code == 302
    twice = officer.post(
        "/organisations/new", {"name": "青溪镇党委", "kind": "other", "division": TOWN}
    )
    assert (twice.status_code, "已经登记过" in twice.content.decode()) == (422, True)
    form = {
        "post": "党委书记",
        "holder_name": "单朝晖",
        "since": "2024-01-01",
        "first_responsible": "on",
    }
    assert officer.post(f"{made.url}/appoint", form).status_code == 302
    assert "单朝晖" in officer.get(f"/divisions/{TOWN}").content.decode()
    assert officer.post(f"{made.url}/appoint", form | {"post": "副书记"}).status_code == 422
    assert officer.post(f"{made.url}/close").status_code == 409
    with everything():
        held = Appointment.objects.get()
    assert officer.post(f"/appointments/{held.pk}/end", {"on": "2023-01-01"}).status_code == 422
    assert officer.post(f"/appointments/{held.pk}/end", {"on": "2024-02-01"}).status_code == 302
    edit = {"name": "青溪镇党委会", "short_name": "镇党委", "kind": "party_committee", "parent": ""}
    assert officer.post(f"{made.url}/edit", edit).status_code == 302
    assert officer.post(f"{made.url}/close").status_code == 302
    assert "已于" in officer.get(made.url).content.decode()
    assert officer.post(f"{made.url}/reopen").status_code == 302
    with everything():
        assert Organisation.objects.get().valid_to is None


def test_a_body_is_formed_filled_vacated_and_printed(officer: Client) -> None:
    office = OrganisationFactory.create()
    form = {
        "template": "mutual_support_b",
        "organisation": str(office.pk),
        "formed_on": "2024-03-01",
    }
    made = officer.post("/bodies/new", form)
    assert made.status_code == 302
    assert officer.post("/bodies/new", form).status_code == 422
    with everything():
        seat = Body.objects.get().seats.order_by("order").first()
    assert seat
    fill = f"{made.url}/seat/{seat.pk}/fill"
    assert officer.post(fill, {"holder_name": "", "since": "2024-03-02"}).status_code == 422
    assert officer.post(fill, {"holder_name": "单朝晖", "since": "2024-03-02"}).status_code == 302
    assert officer.post(fill, {"holder_name": "解若安", "since": "2024-03-05"}).status_code == 422
    assert "单朝晖" in officer.get(f"{made.url}?on=2024-03-02&print=1").content.decode()
    assert "单朝晖" not in officer.get(f"{made.url}?on=2024-03-01&print=1").content.decode()
    with everything():
        holding = SeatHolding.objects.get()
    leave = f"{made.url}/holding/{holding.pk}/vacate"
    assert officer.post(leave, {"on": "2024-03-01"}).status_code == 422
    assert officer.post(leave, {"on": "2024-03-09"}).status_code == 302
    assert officer.post(f"{made.url}/seat", {"role": "成员", "source": "学校"}).status_code == 302
    assert "已空缺" in officer.get("/organisations").content.decode()
    assert officer.post(f"{made.url}/close").status_code == 302
    assert officer.post(f"{made.url}/close").status_code == 409


def test_only_the_county_changes_the_tree(officer: Client, client: Client) -> None:
    assert (
        officer.post("/divisions/new", {"code": "990101001009", "name": "新村"}).status_code == 403
    )
    assert (
        officer.post(
            f"/divisions/{VILLAGE}/rename", {"name": "改", "since": "2026-01-01"}
        ).status_code
        == 403
    )
    signed_in(client, desk("county_armed_department", COUNTY))
    assert (
        client.post("/divisions/new", {"code": "990101001009", "name": "新村"}).status_code == 302
    )
    assert (
        client.post("/divisions/new", {"code": "990101001009", "name": "新村"}).status_code == 422
    )
    assert (
        client.post(
            "/divisions/990101001009/rename", {"name": "新社区", "since": "2026-01-01"}
        ).status_code
        == 302
    )
    assert (
        client.post("/divisions/990101001009/population", {"population": "812"}).status_code == 302
    )
    text = client.get("/divisions/990101001009").content.decode()
    assert "新社区" in text
    assert "曾用名" in text
    assert "812" in text
