"""Pages of activities: forms of a kind's fields, lists, print, workbook, photos, refusals."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from muster.engines.activities import actions
from muster.engines.activities.models import Activity, Participation, Photo
from muster.engines.activities.written import Amount, Count
from muster.ground.files.actions import open_body
from muster.ground.files.models import StoredFile
from muster.ground.journal.models import Entry
from muster.ground.rows.scope import acting
from tests.core.photos.test_photos import SECRET, located_jpeg
from tests.engines.activities.office import (
    ADULT,
    CHILD,
    OFFICER,
    fresh,
    held,
    organiser,
    plan,
    unit,
)
from tests.factories import DAY, NOON, OTHER_TOWN, PersonFactory, desk, everything, signed_in

pytestmark = pytest.mark.usefixtures("county", "may")


@pytest.fixture
def may(settings: Any) -> None:
    """Stand in May 2026."""
    settings.MUSTER_TODAY = "2026-05-20"


@pytest.fixture
def officer(client: Client) -> Client:
    """Return a client signed in as the first township's officer."""
    signed_in(client, desk())
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_drill_is_planned_and_recorded_with_the_fields_of_its_kind(officer: Client) -> None:
    form = text(officer.get("/activity/new/drill"))
    made = officer.post("/activity/new/drill", {
        "title": "春季森林防火演练", "organiser": str(organiser().pk), "on": "2026-05-18", "subject": "forest_fire",
        "place": "北山林场", "lead": "陈部长", "result": "30 分钟内控制火点", "hours": "3", "cost": "1234.56"})  # fmt: skip
    done = officer.post(f"{made.url}/record", {"count-militia": "40", "then": "done"}, follow=True)

    assert "演练课目" in form and "指挥员" in form
    assert 'name="form"' not in form and 'name="approver"' not in form
    page = text(done)
    for words in ("森林防火扑火", "北山林场", "30 分钟内控制火点", "120.0", "1,234.56", "已举办"):
        assert words in page
    listed = text(officer.get("/activity/training"))
    assert "春季森林防火演练" in listed and "已举办" in listed


def test_wrong_input_stays_on_the_form_with_its_reason(officer: Client) -> None:
    data = {
        "title": "演练",
        "organiser": str(organiser().pk),
        "on": "2026-05-18",
        "ends_on": "2026-05-01",
    }

    answer = officer.post("/activity/new/drill", data)

    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in text(answer) and 'value="2026-05-01"' in text(answer)


def test_a_record_that_is_refused_writes_nothing_at_all(officer: Client) -> None:
    one = plan("drill", on=DAY.replace(month=6))

    answer = officer.post(f"/activity/{one.pk}/record", {"count-militia": "40", "then": "done"})

    assert answer.status_code == 422 and "还没有到" in text(answer)
    assert fresh(one).state == "planned"
    with everything():
        assert not one.counts.exists()


def test_numbers_are_saved_without_being_done_and_shown_again(officer: Client) -> None:
    one = plan("support_publicity")
    with acting(OFFICER):
        actions.amounts_of(one, [Amount("banner", 3, "school"), Amount("banner", 2, "village")])

    form = text(officer.get(f"/activity/{one.pk}/record"))
    sent = dict(re.findall(r'name="(amount-[^"]+)" value="(\d+)"', form))
    places = {"place-banner-0": "school", "place-banner-1": "village"}
    officer.post(f"/activity/{one.pk}/record", {**sent, **places, "then": "save"})

    assert sent == {"amount-banner-0": "3", "amount-banner-1": "2"}
    assert fresh(one).state == "planned"
    with everything():
        rows = one.measures.order_by("quantity").values_list("quantity", "place_kind")
        assert list(rows) == [(2, "village"), (3, "school")]


def test_attendance_is_ticked_on_the_roster_of_the_unit(officer: Client) -> None:
    team, people = unit(members=3)
    one = plan("militia_education", subject="situation", title="形势任务教育")
    address = f"/activity/{one.pk}/attendance"

    opened = text(officer.get(address, {"unit": str(team.pk)}))
    officer.post(address, {"unit": str(team.pk), "came": [str(p.pk) for p in people[:2]]})
    officer.post(f"/activity/{one.pk}/record", {"then": "done"})

    assert opened.count(" checked") == 3  # who did not come is unticked
    page = text(officer.get(f"/activity/{one.pk}"))
    assert "形势任务教育" in page and "67%" in page and "未到" in page
    assert "activity.people_listed" in set(Entry.objects.values_list("action", flat=True))


def test_somebody_outside_the_rosters_is_found_added_and_taken_out(officer: Client) -> None:
    person = PersonFactory.create(birth_date=ADULT, name="欧阳立新", search="欧阳立新")
    one = plan()
    address = f"/activity/{one.pk}/attendance"

    assert "欧阳立新" in text(officer.get(address, {"q": "欧阳"}))
    officer.post(f"{address}/add", {"person": str(person.pk), "audience": "militia"})
    assert fresh(one).named == {"militia": [1, 1]}
    officer.post(f"{address}/remove", {"person": str(person.pk)})
    assert fresh(one).named == {}


def test_a_ticked_minor_is_refused_above_the_ticks(officer: Client) -> None:
    from tests.engines.activities.test_attendance import _put_in

    team, _ = unit(members=1)
    child = PersonFactory.create(birth_date=CHILD)
    _put_in(team, child)
    one = plan()

    data = {"unit": str(team.pk), "came": [str(child.pk)]}
    answer = officer.post(f"/activity/{one.pk}/attendance", data)

    assert answer.status_code == 422 and "未成年人只登记人数" in text(answer)
    with everything():
        assert not Participation.objects.exists()


def test_a_photo_loses_its_place_before_it_is_kept(officer: Client) -> None:
    one = plan()
    file = SimpleUploadedFile("现场.jpg", located_jpeg(), content_type="image/jpeg")

    sent = officer.post(f"/activity/{one.pk}/photo", {"photo": file, "caption": "集合"})

    assert sent.status_code == 302
    with everything():
        photo, kept = Photo.objects.get(), StoredFile.objects.get()
        body = open_body(kept)
    assert SECRET not in body and kept.holds_area == "education"
    shown = officer.get(f"/activity/photo/{photo.pk}")
    assert shown.content == body and shown["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(body)) as picture:
        assert not picture.getexif()
    assert f"/activity/photo/{photo.pk}" in text(officer.get(f"/activity/{one.pk}"))
    officer.post(f"/activity/photo/{photo.pk}/drop")
    with everything():
        assert not Photo.objects.exists() and StoredFile.objects.get().deleted_at


def test_what_is_no_photo_is_refused_beside_the_field(officer: Client) -> None:
    one = plan()
    file = SimpleUploadedFile("现场.jpg", b"<script>alert(1)</script>")

    answer = officer.post(f"/activity/{one.pk}/photo", {"photo": file})

    assert answer.status_code == 422 and "不是能打开的照片" in text(answer)


def test_the_list_goes_out_as_a_workbook_and_on_paper(officer: Client) -> None:
    held("drill", title="防火演练", counts={"militia": Count(40)})

    book = load_workbook(io.BytesIO(officer.get("/activity/training", {"export": "xlsx"}).content))
    rows = [[c.value for c in line] for line in book.worksheets[0].iter_rows()]
    paper = text(officer.get("/activity/training", {"print": "1"}))

    assert any("防火演练" in line and 40 in line for line in rows)
    assert "防火演练" in paper and "制表人" in paper


@pytest.mark.parametrize(
    "address",
    ["training", "education", "publicity", "cobuilding", "events", "year/months", "year/coverage",
     "year/channels", "year/channels?by=month", "year/channels?by=line", "year/use",
     "year/programme/training", "year/parts/education", "year/parts/training", "year/instructors", "year/size", "year/plan/education"],
)  # fmt: skip
def test_every_page_of_a_year_opens_empty_and_filled(officer: Client, address: str) -> None:
    assert officer.get(f"/activity/{address}").status_code == 200
    team, people = unit(members=2)
    one = plan("militia_education")
    with acting(OFFICER):
        actions.attend(one, team.pk, [people[0].pk])
        actions.record_done(one, today=DAY, at=NOON)
    held("support_publicity", amounts=[Amount("banner", 3, "school")], on=DAY.replace(month=2))

    assert officer.get(f"/activity/{address}").status_code == 200


def test_class_sizes_and_planned_sessions_are_typed_on_screen(officer: Client) -> None:
    officer.post("/activity/year/size", {"base-students": "900", "source": "学籍统计"})
    officer.post("/activity/year/plan/training", {"base-drill": "4"})

    assert "900" in text(officer.get("/activity/year/coverage"))
    assert ">4<" in re.sub(r"\s+", "", text(officer.get("/activity/year/programme/training")))


def test_a_done_activity_is_printed_cancelled_never_and_taken_back(officer: Client) -> None:
    one = held("drill", title="防火演练", counts={"militia": Count(40)})

    assert "审核人" in text(officer.get(f"/activity/{one.pk}", {"print": "1"}))
    assert officer.post(f"/activity/{one.pk}/cancel").status_code == 409
    assert officer.post(f"/activity/{one.pk}/undo").status_code == 302
    assert officer.post(f"/activity/{one.pk}/cancel").status_code == 302
    assert fresh(one).state == "cancelled"


def test_the_person_s_page_lists_trainings(officer: Client) -> None:
    team, people = unit(members=1)
    one = plan(title="汛前演练")
    with acting(OFFICER):
        actions.attend(one, team.pk, [people[0].pk])
        actions.record_done(one, today=DAY, at=NOON)

    assert "汛前演练" in text(officer.get(reverse("register:person", args=[people[0].pk])))


def test_another_township_opens_nothing_and_a_reader_writes_nothing(client: Client) -> None:
    one = plan()
    signed_in(client, desk(division=OTHER_TOWN))
    assert client.get(f"/activity/{one.pk}").status_code == 404
    signed_in(client, desk("township_secretary"))
    assert client.get(f"/activity/{one.pk}").status_code == 200
    assert client.get("/activity/new/drill").status_code == 403
    assert client.post(f"/activity/{one.pk}/cancel").status_code == 403
    assert client.get(f"/activity/{one.pk}/attendance").status_code == 403


def test_a_county_s_organiser_leaves_the_township_s_activity_in_the_township(
    officer: Client,
) -> None:
    above = organiser("990101000000")
    officer.post(
        "/activity/new/research", {"title": "调研", "organiser": str(above.pk), "on": "2026-05-18"}
    )

    with everything():
        assert Activity.objects.get().division == "990101001000"
