"""Files are kept sealed with a checksum, opened within the scope, and let go when their days are over."""

from datetime import timedelta

import pytest

from muster.ground.files.actions import PLACE, empty, keep, let_go, open_body
from muster.ground.files.models import StoredFile
from muster.ground.files.problems import FileChanged, FileGone
from muster.ground.files.queries import file
from muster.ground.journal.models import Entry
from muster.ground.rows.problems import MayNotWriteThere, NotInScope, SealBroken
from muster.ground.rows.scope import acting
from muster.ground.rows.sealing import seal
from tests.factories import DAY, NOON, OTHER_TOWN, TOWN, VILLAGE, actor, everything

pytestmark = pytest.mark.usefixtures("county")
BODY = "名单：甲、乙".encode()


def kept(*, area: str = "register", days: int | None = None) -> StoredFile:
    return keep(
        "名单.txt", BODY, purpose="evidence", division=TOWN, at=NOON, holds_area=area, days=days
    )


def test_a_file_is_sealed_checked_and_given_back_whole() -> None:
    with acting(actor()):
        one = kept()
        assert open_body(file(one.pk)) == BODY

    assert BODY not in bytes(one.body)
    assert (one.size, len(one.sha256)) == (len(BODY), 64)
    entry = Entry.objects.get(action="file.kept")
    assert entry.facts["sha256"] == one.sha256


def test_a_body_moved_from_another_row_or_changed_is_refused() -> None:
    with acting(actor()):
        one, other = kept(), kept()
        one.body = other.body
        with pytest.raises(SealBroken):
            open_body(one)
        one.body = seal("MUST", place=PLACE, row=one.pk)
        with pytest.raises(FileChanged):
            open_body(one)


def test_a_file_is_emptied_when_its_days_are_over_and_the_facts_stay() -> None:
    with everything():
        short, long = kept(days=10), kept()
        assert let_go(today=DAY + timedelta(days=10), at=NOON) == 0
        assert let_go(today=DAY + timedelta(days=11), at=NOON) == 1
        assert let_go(today=DAY + timedelta(days=12), at=NOON) == 0
        short, long = file(short.pk), file(long.pk)

        with pytest.raises(FileGone):
            open_body(short)
        assert open_body(long) == BODY
    assert short.name == "名单.txt"
    assert short.deleted_at == NOON
    assert Entry.objects.filter(action="file.let_go", object=str(short.pk)).count() == 1


def test_a_file_kept_by_mistake_is_emptied_at_once() -> None:
    with acting(actor()):
        one = kept()
        empty(one, at=NOON)
        with pytest.raises(FileGone):
            open_body(file(one.pk))


@pytest.mark.parametrize("place", [OTHER_TOWN, VILLAGE])
def test_a_file_of_another_place_does_not_exist(place: str) -> None:
    with acting(actor()):
        one = kept()

    with acting(actor(division=place)), pytest.raises(NotInScope):
        file(one.pk)


def test_files_of_the_governing_work_need_that_area_and_no_people() -> None:
    office = actor("county_mobilisation_office", "990101000000")
    assert not office.may_see("register")

    with acting(office):
        one = kept(area="governance")
        assert open_body(file(one.pk, area="governance")) == BODY
        with pytest.raises(NotInScope):
            file(one.pk)
        with pytest.raises(MayNotWriteThere):
            kept(area="register")


def test_a_post_that_only_reads_keeps_nothing() -> None:
    with acting(actor("inspector", "990101000000")), pytest.raises(MayNotWriteThere):
        kept(area="governance")
