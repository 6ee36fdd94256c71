"""Reading the journal: within the auditor's county, in words, with filters."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

import muster
from muster.ground.journal import queries, words
from muster.ground.journal.actions import came_from, look, record
from muster.ground.journal.models import Entry
from muster.ground.rows import catalogue
from muster.ground.rows.scope import acting
from tests.factories import COUNTY, OTHER_COUNTY, TOWN, actor

pytestmark = pytest.mark.django_db
AUDITOR = actor("security_auditor", COUNTY)


def test_an_auditor_sees_the_county_and_what_nobody_did_and_nobody_else_sees_anything() -> None:
    with acting(actor("armed_officer", TOWN)):
        record("person.changed")
    with acting(actor("armed_officer", OTHER_COUNTY)):
        record("person.created")
    with came_from("10.0.0.9"):
        record("account.sign_in_refused", result="refused")

    with acting(AUDITOR):
        seen = [e.action for e in queries.entries_visible()]
    assert seen == ["person.changed", "account.sign_in_refused"]
    for role in ("township_secretary", "system_administrator", "security_administrator"):
        with acting(actor(role, COUNTY)):
            assert not queries.entries_visible().exists()
    assert Entry.objects.get(action="account.sign_in_refused").address == "10.0.0.9"


def test_filters_narrow_by_day_subject_account_and_result() -> None:
    with acting(actor("armed_officer", TOWN)):
        record("person.changed")
        look("person.revealed", kind="register.person", ids=["a"])
        record("import.undone")
    day = timezone.localdate()

    with acting(AUDITOR):
        found = lambda **f: [e.action for e in queries.entries_found(**f)]  # noqa: E731
        assert found(subject="person") == ["person.changed", "person.revealed"]
        assert found(result="looked") == ["person.revealed"]
        assert len(found(since=day.isoformat(), until=day.isoformat())) == 3
        assert found(since=(day + timedelta(days=1)).isoformat()) == []
        assert len(found(since="no day")) == 3


def test_repeated_looks_at_one_person_come_first() -> None:
    with acting(actor("armed_officer", TOWN)):
        look("person.revealed", kind="register.person", ids=["seldom"], reason="走访")
        for reason in ("核对", "核对", "好奇"):
            look("person.revealed", kind="register.person", ids=["often"], reason=reason)
        look("people.listed", kind="register.person", ids=["x", "y"])

    with acting(AUDITOR):
        rows = queries.looks_by_person(since=timezone.now() - timedelta(days=1))

    assert [(r["object"], r["times"], r["reasons"]) for r in rows] == [
        ("often", 3, ["核对", "好奇"]),
        ("seldom", 1, ["走访"]),
    ]


WRITERS = {"record", "look", "note_look"}


def test_every_act_that_the_code_journals_has_words() -> None:
    known = set(catalogue.load(words.FILE)["actions"])
    source = Path(muster.__file__).parent
    journalled = {
        node.args[0].value
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in WRITERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert journalled - known == set(), "name these acts in catalogue/journal.yaml"


def test_every_act_belongs_to_a_subject_that_can_be_filtered() -> None:
    data = catalogue.load(words.FILE)

    assert {action.split(".")[0] for action in data["actions"]} <= set(data["subjects"])


def test_words_follow_the_reader() -> None:
    assert words.action_words("account.signed_in") == "登录"
    assert words.action_words("new.thing") == "new.thing"
    with translation.override("en"):
        assert words.action_words("account.signed_in") == "signed in"
        assert words.result_words("looked") == "looked"
        assert ("person", "people") in words.areas_of_actions()
