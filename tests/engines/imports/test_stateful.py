"""Imports, edits, transfers and undos in any order leave what a plain model says they leave."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from muster.core.sheets import FileKind, Sheet, Workbook
from muster.domains.militia.actions import move
from muster.domains.militia.models import Membership
from muster.engines.imports import actions
from muster.engines.imports.models import Import, ImportRow
from muster.ground.register.actions import change_person
from muster.ground.register.models import Person
from muster.ground.rows.scope import acting
from tests import factories
from tests.domains.militia import building
from tests.engines.imports.bringing import known, person
from tests.factories import DAY, NOON, TOWN

HEAD = ["姓名", "身份证号", "联系电话", "所属村（社区）", "工作单位", "所属分队"]
PEOPLE = st.integers(1, 6)
EMPLOYERS = st.sampled_from(["", "甲厂", "乙厂", "清空"])
UNITS = st.sampled_from(["", "", "一连", "没有的连"])
LINES = st.lists(st.tuples(PEOPLE, EMPLOYERS, UNITS, st.booleans()), min_size=1, max_size=5)


class Imports(RuleBasedStateMachine):
    """``model`` is number → employer, unit and revision; ``done`` are the writes of each import."""

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[int, dict[str, Any]] = {}
        self.done: list[tuple[Any, list[dict[str, Any]]]] = []
        self.entering = acting(factories.actor())
        self.entering.__enter__()
        with factories.everything():
            Person.objects.exclude(state="withdrawn").update(state="withdrawn")
        self.units = [self._unit(name) for name in ("一连", "二连")]

    def _unit(self, name: str) -> Any:
        from muster.domains.militia.models import Unit

        known_one = Unit.objects.filter(name=name).first()
        if known_one:
            return known_one
        made = building.unit(name, division=TOWN)
        building.post(made, places=99)
        return made

    def teardown(self) -> None:
        self.entering.__exit__(None, None, None)

    def judged(self, n: int, employer: str, unit: str, *, faulty: bool, first: bool) -> str:
        now = self.model.get(n)
        if faulty or unit == "没有的连" or not first:
            return "rejected"
        if unit and now and now["unit"] not in ("", unit):
            return "rejected"
        if now is None:
            return "new"
        wanted = {"": now["employer"], "清空": ""}.get(employer, employer)
        changes = wanted != now["employer"] or (bool(unit) and now["unit"] != unit)
        return "changed" if changes else "unchanged"

    @rule(lines=LINES, whole=st.booleans())
    def bring(self, lines: list[tuple[int, str, str, bool]], *, whole: bool) -> None:
        rows = [
            [*person(n, employer=employer, **({"phone": "12"} if faulty else {})), unit]
            for n, employer, unit, faulty in lines
        ]
        expected, seen = [], set()
        for n, employer, unit, faulty in lines:
            expected.append(self.judged(n, employer, unit, faulty=faulty, first=n not in seen))
            seen.add(n)
        job = self._checked(rows, whole=whole)
        outcomes = list(ImportRow.objects.filter(of=job).values_list("outcome", flat=True))
        assert outcomes == expected
        if whole and "rejected" in expected:
            return
        actions.write(job, at=NOON)
        self._write(job, lines, expected)

    def _checked(self, rows: list[list[Any]], *, whole: bool) -> Import:
        mode = Import.Mode.ALL_OR_NONE if whole else Import.Mode.GOOD_NOW
        job = actions.take_file("a.xlsx", b"x", kind="people", division=TOWN, at=NOON, mode=mode)
        book = Workbook((Sheet("花名册", [HEAD, *rows]),), FileKind("xlsx"))
        return actions.check(job, at=NOON, workbook=book)

    def _write(self, job: Import, lines: list[Any], expected: list[str]) -> None:
        writes = []
        for (n, employer, unit, _), outcome in zip(lines, expected, strict=True):
            if outcome not in ("new", "changed"):
                continue
            before = deepcopy(self.model.get(n))
            now = self.model.setdefault(n, {"employer": "", "unit": "", "rev": 0, "moves": 0})
            wanted = {"": now["employer"], "清空": ""}.get(employer, employer)
            edited = outcome == "new" or wanted != now["employer"]
            now["rev"] += edited
            now["moves"] += bool(unit) and unit != now["unit"]
            now["employer"], now["unit"] = wanted, unit or now["unit"]
            writes.append({"n": n, "before": before, "rev": now["rev"], "moves": now["moves"],
                           "edited": edited, "joined": before is None or before["unit"] != now["unit"]})  # fmt: skip
        self.done.append((job.pk, writes))

    @precondition(lambda self: self.model)
    @rule(data=st.data(), employer=st.sampled_from(["丙厂", "丁厂"]))
    def edit(self, data: Any, employer: str) -> None:
        n = data.draw(st.sampled_from(sorted(self.model)))
        found = known(n)
        assert found is not None
        change_person(found, revision=found.revision, employer=employer)
        self.model[n]["employer"] = employer
        self.model[n]["rev"] += 1

    @precondition(lambda self: any(p["unit"] == "一连" for p in self.model.values()))
    @rule(data=st.data())
    def transfer(self, data: Any) -> None:
        n = data.draw(
            st.sampled_from(sorted(k for k, p in self.model.items() if p["unit"] == "一连"))
        )
        unit = self.units[1]
        move(known(n), unit, unit.posts.first(), on=DAY, at=NOON)
        self.model[n]["unit"] = "二连"
        self.model[n]["moves"] += 1

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        index = data.draw(st.integers(0, len(self.done) - 1))
        pk, writes = self.done.pop(index)
        kept = [w for w in writes if not self._reverse(w)]
        job = Import.objects.get(pk=pk)
        preview = actions.undo_preview(job, at=NOON)
        result = actions.undo(job, at=NOON)
        assert preview == result
        assert result["failed"] == []
        assert (result["reversed"], len(result["kept"])) == (len(writes) - len(kept), len(kept))

    def _reverse(self, write: dict[str, Any]) -> bool:
        now, before = self.model.get(write["n"]), write["before"]
        if now is None or now["rev"] != write["rev"]:
            return False
        if write["joined"] and now["unit"] and now["moves"] != write["moves"]:
            return False
        if before is None:
            if now["unit"] and not write["joined"]:
                return False
            if now["moves"] != write["moves"]:
                return False
            del self.model[write["n"]]
            return True
        if write["edited"]:
            now["employer"] = before["employer"]
            now["rev"] += 1
        if write["joined"]:
            now["unit"] = before["unit"]
        return True

    @invariant()
    def the_register_is_the_model(self) -> None:
        found = {n: known(n) for n in range(1, 7)}
        assert {n for n, p in found.items() if p} == set(self.model)
        for n, values in self.model.items():
            one = found[n]
            assert one is not None
            unit = Membership.objects.filter(person=one, valid_to=None).first()
            assert (one.employer, unit.unit.name if unit else "") == (
                values["employer"],
                values["unit"],
            )

    @invariant()
    def counts_add_up(self) -> None:
        five = ("new", "changed", "unchanged", "rejected", "held")
        for job in Import.objects.all():
            assert sum(job.counts[k] for k in five) == job.counts["rows"]
        assert Person.objects.exclude(state="withdrawn").count() == len(self.model)


@pytest.mark.requirement("SYS-07")
@pytest.mark.django_db
@pytest.mark.parametrize(("examples", "steps"), [
    (12, 10), pytest.param(150, 40, marks=pytest.mark.release),
])  # fmt: skip
def test_any_order_of_imports_edits_and_undos_gives_the_state_of_the_model(
    settings: Any, examples: int, steps: int
) -> None:
    settings.MUSTER_TODAY = DAY.isoformat()
    factories.tree()
    run_state_machine_as_test(Imports, settings=_patient(examples, steps))  # type: ignore[no-untyped-call]


def _patient(examples: int, steps: int) -> settings:
    return settings(max_examples=examples, stateful_step_count=steps)
