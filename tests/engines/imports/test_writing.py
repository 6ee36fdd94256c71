"""Writing: whole rows, once; good ones now or all of them or none; nothing overwritten unseen."""

import pytest
from django.db import IntegrityError

from muster.engines.imports import actions, queries
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.problems import ImportHasFaults, ImportNotReady
from muster.engines.imports.repairing import repair_file
from muster.ground.register.actions import change_person
from muster.ground.register.models import Person, Skill, Twin
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests import factories
from tests.engines.imports.bringing import (
    HEADERS,
    book,
    brought,
    checked,
    corrected,
    counts,
    known,
    people,
    person,
    register,
    row,
)
from tests.factories import FAR_VILLAGE, NOON, PersonFactory, id_number

pytestmark = pytest.mark.django_db
ALL = {"mode": Import.Mode.ALL_OR_NONE}


@pytest.mark.requirement("SYS-07")
def test_good_rows_are_written_at_once_and_whole(town: Actor) -> None:
    head = (*HEADERS, "专业特长", "政治面貌", "退役军人")
    cells = [*person(1), "驾驶、医疗救护", "中共党员", "是"]

    job = brought(book([cells, [*person(2, id="1"), "", "", ""]], head))

    assert counts(job) == {"new": 1, "rejected": 1}
    found = known(1)
    assert found is not None
    assert (found.politics, found.veteran, found.sex) == ("party", True, "M")
    assert list(Skill.objects.filter(person=found).values_list("skill", "main")) == [
        ("驾驶", True), ("医疗救护", False),
    ]  # fmt: skip


@pytest.mark.requirement("SYS-07")
def test_all_or_none_writes_nothing_while_one_row_is_wrong(town: Actor) -> None:
    job = checked(book([person(1), person(2, id="1")]), **ALL)

    with pytest.raises(ImportHasFaults):
        actions.write(job, at=NOON)

    assert register() == {}
    assert Import.objects.get().state == Import.State.CHECKED


def test_all_or_none_is_written_whole_once_the_row_is_mended_on_the_screen(town: Actor) -> None:
    job = checked(book([person(1), person(2, id="1")]), **ALL)

    actions.repair_row(job, row(job, 3), {"id_number": id_number(2)}, at=NOON)
    actions.write(job, at=NOON)

    assert counts(job) == {"new": 2}
    assert len(register()) == 2


def test_all_or_none_is_written_whole_together_with_its_repair_workbook(town: Actor) -> None:
    job = checked(book([person(1), person(2, id="1")]), **ALL)
    name, data = repair_file(job)

    again = checked(corrected(data, {3: {"身份证号": id_number(2)}}), name)
    assert register() == {}
    actions.write(again, at=NOON)

    assert set(Import.objects.values_list("state", flat=True)) == {Import.State.WRITTEN}
    assert len(register()) == 2


def test_all_or_none_writes_nothing_where_a_record_changed_after_the_check(town: Actor) -> None:
    brought(book([person(1)]))
    job = checked(book([person(1, employer="新单位"), person(2)]), **ALL)
    change_person(known(1), revision=1, address="西街 3 号")  # type: ignore[arg-type]

    with pytest.raises(ImportHasFaults):
        actions.write(job, at=NOON)

    assert known(2) is None
    assert known(1).employer == "青禾农机"  # type: ignore[union-attr]
    assert counts(Import.objects.get(pk=job.pk)) == {"new": 1, "rejected": 1}
    assert row(job, 2).faults[0]["code"] == "record.changed_since"


def test_a_record_newer_than_the_check_is_not_overwritten(town: Actor) -> None:
    brought(book(people(2)))
    job = checked(book([person(1, employer="甲"), person(2, employer="乙")]))
    change_person(known(1), revision=1, employer="丙")  # type: ignore[arg-type]

    actions.write(job, at=NOON)

    assert [known(n).employer for n in (1, 2)] == ["丙", "乙"]  # type: ignore[union-attr]
    assert counts(job) == {"changed": 1, "rejected": 1}
    assert job.counts["rows"] == 2


def test_a_number_that_appeared_elsewhere_after_the_check_is_held(town: Actor) -> None:
    job = checked(book(people(2)))
    PersonFactory.create(id_number=id_number(1), division=FAR_VILLAGE)

    actions.write(job, at=NOON)

    assert counts(job) == {"new": 1, "held": 1}
    assert queries.errors(job) == []


def test_two_imports_of_one_file_write_it_once(town: Actor) -> None:
    one, other = checked(book(people(3))), checked(book(people(3)))

    actions.write(one, at=NOON)
    actions.write(other, at=NOON)

    assert Person.objects.count() == 3
    assert counts(other) == {"rejected": 3}


def test_writing_twice_does_nothing_the_second_time(town: Actor) -> None:
    job = brought(book(people(3)))

    with pytest.raises(ImportNotReady):
        actions.write(Import.objects.get(pk=job.pk), at=NOON)
    assert Person.objects.count() == 3


def test_one_row_the_register_will_not_take_does_not_stop_the_others(
    town: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from muster.engines.imports import peoplewrite

    real = peoplewrite._twins

    def refuse(fresh: list[object]) -> object:
        if any(d.number == 3 for d in fresh):  # type: ignore[attr-defined]
            raise IntegrityError
        return real(fresh)  # type: ignore[arg-type]

    monkeypatch.setattr(peoplewrite, "_twins", refuse)

    job = brought(book(people(4)))

    assert counts(job) == {"new": 3, "rejected": 1}
    assert Person.objects.count() == 3
    assert row(job, 3).faults[0]["message"]


def test_a_write_cut_off_between_batches_goes_on_where_it_stopped(town: Actor) -> None:
    job = checked(book(people(2300)))

    class PowerCut(Exception):
        pass

    def cut(_share: float, _doing: str) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        actions.write(job, at=NOON, tell=cut)
    stopped = Import.objects.get(pk=job.pk)
    assert (stopped.state, stopped.position) == (Import.State.WRITING, 1000)
    assert Person.objects.count() == 1000

    actions.write(stopped, at=NOON)

    assert Person.objects.count() == 2300
    assert ImportRow.objects.filter(of=job).values("target").distinct().count() == 2300


@pytest.mark.requirement("ORG-02")
def test_two_people_of_one_name_and_birthday_are_shown_and_kept_apart(town: Actor) -> None:
    brought(book([person(1, name="孙同名"), person(3, name="孙同名")]))

    assert Person.objects.filter(name="孙同名").count() == 2
    assert Twin.objects.count() == 1


def test_a_person_who_moved_village_is_moved(town: Actor) -> None:
    brought(book([person(1)]))

    job = brought(book([person(1, village="杏坡村")]))

    assert counts(job) == {"changed": 1}
    assert known(1).division == factories.NEXT_VILLAGE  # type: ignore[union-attr]


def test_a_post_without_the_area_cannot_write(town: Actor) -> None:
    from muster.ground.rows.problems import MayNotWriteThere

    job = checked(book(people(1)))

    with (
        acting(factories.actor(writes=frozenset({"imports"}))),
        pytest.raises(MayNotWriteThere),
    ):
        actions.write(Import.objects.get(pk=job.pk), at=NOON)
    assert register() == {}
