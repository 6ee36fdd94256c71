"""Required items and their evidence: words or a sealed file, opened with a trace, taken back whole."""

from uuid import UUID, uuid4

import pytest

from muster.engines.checklists import actions, queries
from muster.engines.checklists.models import Evidence
from muster.engines.checklists.problems import EvidenceEmpty
from muster.ground.files import queries as files
from muster.ground.files.actions import open_body
from muster.ground.files.problems import FileGone
from muster.ground.journal.models import Entry
from muster.ground.rows.problems import MayNotWriteThere
from muster.ground.rows.scope import acting
from tests.factories import COUNTY, DAY, NOON, OTHER_TOWN, TOWN, actor

pytestmark = pytest.mark.usefixtures("county")
ITEMS = [("group", "领导小组已成立"), ("plan", "方案已拟制")]


def required(division: str = TOWN) -> UUID:
    about = uuid4()
    role = "county_armed_department" if division == COUNTY else "armed_officer"
    with acting(actor(role, division)):
        actions.require(about, ITEMS, division=division)
        actions.require(about, ITEMS, division=division)
    return about


def test_items_count_as_done_by_their_evidence() -> None:
    about = required()
    with acting(actor()):
        first, second = queries.items_of(about)
        assert queries.missing(about) == ["领导小组已成立", "方案已拟制"]
        row = actions.add_evidence(first, on=DAY, at=NOON, note="青发〔2024〕3号")
        assert queries.missing(about) == ["方案已拟制"]
        assert queries.done_and_required(about) == (1, 2)
        actions.take_back(row, at=NOON)
        assert queries.done_and_required(about) == (0, 2)
        with pytest.raises(EvidenceEmpty):
            actions.add_evidence(second, on=DAY, at=NOON, note="  ")
    told = set(Entry.objects.values_list("action", flat=True))
    assert {"evidence.added", "evidence.taken_back"} <= told


def test_a_file_is_kept_sealed_and_emptied_when_taken_back() -> None:
    about = required()
    with acting(actor()):
        item = queries.items_of(about)[0]
        row = actions.add_evidence(item, on=DAY, at=NOON, file=("名单.pdf", b"%PDF names"))
        stored = files.file(row.file_id or "", area="governance")
        assert (stored.media_type, stored.holds_area) == ("application/pdf", "governance")
        assert b"names" not in bytes(stored.body)
        assert open_body(stored) == b"%PDF names"

        actions.take_back(queries.evidence(row.pk), at=NOON)
        with pytest.raises(FileGone):
            open_body(files.file(stored.pk, area="governance"))


def test_a_post_without_people_may_prove_its_own_work() -> None:
    about = required()
    with acting(actor("township_mayor", TOWN)):
        item = queries.items_of(about)[0]
        row = actions.add_evidence(item, on=DAY, at=NOON, file=("照片.jpg", b"\xff\xd8\xff"))
        assert open_body(files.file(row.file_id or "", area="governance"))


def test_what_the_county_requires_is_read_below_and_proved_by_the_county_only() -> None:
    about = required(COUNTY)
    with acting(actor()):
        item = queries.items_of(about)[0]
        with pytest.raises(MayNotWriteThere):
            actions.add_evidence(item, on=DAY, at=NOON, note="越级")
        assert queries.missing(about) == [label for _, label in ITEMS]


def test_evidence_outside_the_scope_proves_nothing_here() -> None:
    about = required(COUNTY)
    with acting(actor(division=OTHER_TOWN)):
        item = queries.items_of(about)[0]
        Evidence.objects.create(division=OTHER_TOWN, item=item, on=DAY, note="别镇", added_at=NOON)
        assert queries.done_and_required(about) == (1, 2)
    with acting(actor()):
        assert queries.done_and_required(about) == (0, 2)
