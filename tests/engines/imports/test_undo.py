"""Undo in three buckets: reversed, kept because changed or used since, failed; once."""

from datetime import timedelta

import pytest

from muster.core.kernel import Problem
from muster.engines.imports import actions, kinds
from muster.engines.imports.models import Import
from muster.engines.imports.problems import ImportNotReady, UndoWindowOver
from muster.ground.register.actions import change_person, move_person
from muster.ground.register.models import Person, Service, Twin
from muster.ground.rows.actor import Actor
from tests import factories
from tests.engines.imports.bringing import (
    HEADERS,
    book,
    brought,
    checked,
    counts,
    known,
    people,
    person,
    register,
    row,
)
from tests.factories import NOON

pytestmark = pytest.mark.django_db
NOTHING = {"reversed": 0, "kept": [], "failed": []}


@pytest.mark.requirement("SYS-07")
def test_undo_restores_every_old_value(town: Actor) -> None:
    head = (*HEADERS, "专业特长", "政治面貌", "住址")
    brought(book([[*person(n), "驾驶", "群众", "东街"] for n in range(1, 4)], head))
    before = register()
    new = [
        [*person(1, phone="清空", village="杏坡村", employer="甲"), "焊工、驾驶", "中共党员", "西街"],
        [*person(2, phone="13911112222"), "清空", "清空", "清空"],
        [*person(3), "驾驶", "群众", "东街"],
        [*person(4), "", "", ""],
    ]  # fmt: skip

    job = brought(book(new, head))
    assert counts(job) == {"changed": 2, "unchanged": 1, "new": 1}
    assert actions.undo(job, at=NOON) == {"reversed": 3, "kept": [], "failed": []}

    assert register() == before
    assert known(1).skills.count() == 1  # type: ignore[union-attr]
    assert job.undo_counts == {"reversed": 3, "kept": 0, "failed": 0}


@pytest.mark.requirement("SYS-07")
def test_the_preview_is_what_the_undo_does_and_changes_nothing(town: Actor) -> None:
    job = brought(book(people(4)))
    change_person(known(2), revision=1, employer="后来改的")  # type: ignore[arg-type]
    before = register()

    preview = actions.undo_preview(job, at=NOON)

    assert register() == before
    assert Import.objects.get(pk=job.pk).state == Import.State.WRITTEN
    assert preview == actions.undo(job, at=NOON)
    assert preview["reversed"] == 3
    assert [(k["row"], "修改过" in k["why"]) for k in preview["kept"]] == [(3, True)]
    assert known(2) is not None


def test_a_person_moved_since_is_kept(town: Actor) -> None:
    job = brought(book(people(1)))
    move_person(known(1), to=factories.NEXT_VILLAGE)  # type: ignore[arg-type]

    assert "杏坡村" in actions.undo(job, at=NOON)["kept"][0]["why"]


def test_a_person_used_since_is_kept_and_nothing_of_the_row_is_half_undone(
    town: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = (*HEADERS, "入伍时间", "退役时间")
    job = brought(book([[*person(1), "2010-12-01", "2012-12-01"]], head))
    asked = []

    def used(kind: str, target: object, since: object) -> str:
        asked.append((kind, target, since))
        return "已列入某日的点验名单"

    monkeypatch.setattr(kinds, "USED_SINCE", [used])

    result = actions.undo(job, at=NOON)

    assert result["kept"] == [{"row": 2, "sheet": "花名册", "why": "已列入某日的点验名单"}]
    assert asked == [("people", known(1).pk, job.written_at)]  # type: ignore[union-attr]
    assert Service.objects.count() == 1


def test_a_row_that_fails_is_reported_and_the_others_are_reversed(
    town: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stuck(Problem):
        code = "test.stuck"
        template = "卡住了。"

    job = brought(book(people(3)))
    target = known(2).pk  # type: ignore[union-attr]

    def stick(_kind: str, person: object, _since: object) -> str:
        if person == target:
            raise Stuck
        return ""

    monkeypatch.setattr(kinds, "USED_SINCE", [stick])

    result = actions.undo(job, at=NOON)

    assert result == {
        "reversed": 2, "kept": [], "failed": [{"row": 3, "sheet": "花名册", "why": "卡住了。"}],
    }  # fmt: skip
    assert set(register()) == {known(2).id_index}  # type: ignore[union-attr]


def test_a_second_undo_is_refused(town: Actor) -> None:
    job = brought(book(people(2)))
    actions.undo(job, at=NOON)

    with pytest.raises(ImportNotReady):
        actions.undo(Import.objects.get(pk=job.pk), at=NOON)


def test_what_was_not_written_cannot_be_undone(town: Actor) -> None:
    with pytest.raises(ImportNotReady):
        actions.undo(checked(book(people(2))), at=NOON)


def test_undo_ends_when_the_original_is_deleted(town: Actor) -> None:
    job = brought(book(people(2)))

    with pytest.raises(UndoWindowOver):
        actions.undo(job, at=NOON + timedelta(days=91))
    with pytest.raises(UndoWindowOver):
        actions.undo_preview(job, at=NOON + timedelta(days=91))


def test_an_undone_file_can_be_brought_in_again(town: Actor) -> None:
    first = brought(book(people(3)))
    before = register()
    actions.undo(first, at=NOON)

    again = brought(book(people(3)))

    assert counts(again) == {"new": 3}
    assert set(register()) == set(before)
    assert Person.objects.filter(state="withdrawn").count() == 3
    assert actions.undo(again, at=NOON)["reversed"] == 3


def test_an_undo_cut_off_goes_on_and_reports_the_whole(town: Actor) -> None:
    job = brought(book(people(250)))
    change_person(known(240), revision=1, employer="后来改的")  # type: ignore[arg-type]

    class PowerCut(Exception):
        pass

    def cut(_share: float, _doing: str) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        actions.undo(job, at=NOON, tell=cut)
    assert 0 < len(register()) < 250

    result = actions.undo(Import.objects.get(pk=job.pk), at=NOON)

    assert (result["reversed"], len(result["kept"])) == (249, 1)


def test_an_interrupted_write_can_be_undone(town: Actor) -> None:
    job = checked(book(people(1200)))

    class PowerCut(Exception):
        pass

    def cut(_share: float, _doing: str) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        actions.write(job, at=NOON, tell=cut)

    assert actions.undo(Import.objects.get(pk=job.pk), at=NOON)["reversed"] == 1000
    assert register() == {}


def test_later_imports_are_undone_before_earlier_ones(town: Actor) -> None:
    first = brought(book([person(1)]))
    second = brought(book([person(1, employer="甲")]))
    empty = actions.undo_preview(first, at=NOON)

    assert empty["reversed"] == 0
    assert len(empty["kept"]) == 1
    actions.undo(second, at=NOON)
    # The old value is back, but the record was written twice since: it is somebody's work now.
    assert actions.undo(first, at=NOON)["kept"][0]["why"].startswith("后来")


def test_suspected_twins_leave_with_the_person(town: Actor) -> None:
    brought(book([person(1, name="孙同名")]))
    job = brought(book([person(3, name="孙同名")]))
    assert Twin.objects.count() == 1

    actions.undo(job, at=NOON)

    assert Twin.objects.count() == 0


def test_why_a_row_was_kept_stands_at_the_row(town: Actor) -> None:
    job = brought(book(people(1)))
    change_person(known(1), revision=1, employer="后来改的")  # type: ignore[arg-type]

    actions.undo(job, at=NOON)

    kept = row(job, 2)
    assert kept.state == "kept"
    assert "修改过" in kept.why_kept
