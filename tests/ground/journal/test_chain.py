"""The journal under attack: what was changed, dropped, added, cut off or rolled back is found."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from muster.ground.journal import chain
from muster.ground.journal.actions import anchor, look, record
from muster.ground.journal.chain import CHAINED, GENESIS, links
from muster.ground.journal.models import Anchor, Entry
from muster.ground.journal.queries import anchors_as_json, verify
from muster.ground.rows import keys
from muster.ground.rows.scope import acting
from tests.factories import COUNTY, NOON, TOWN, actor
from tests.ground.conftest import let_the_journal_be_emptied

pytestmark = pytest.mark.django_db


def written(count: int = 10) -> None:
    """Journal some acts of an officer."""
    with acting(actor("armed_officer", TOWN, name="经办")):
        for n in range(count):
            record("person.changed", facts={"fields": ["phone"], "n": n}, reason="核对")


def sql(statement: str, *values: Any) -> None:
    """Do what an intruder with the database does: past the application and past the triggers."""
    let_the_journal_be_emptied()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def without_key(sequence: int, **changes: Any) -> None:
    """Rewrite an entry so that the open chain fits again, as one can who lacks the key."""
    entry = Entry.objects.get(sequence=sequence)
    row = {name: getattr(entry, name) for name in CHAINED} | changes
    forged = chain.SUITES[1].digest(bytes.fromhex(entry.previous_digest) + chain.canonical(row))
    Entry.objects.filter(sequence=sequence).update(**changes, digest=forged.hex())


def test_an_untouched_chain_is_sound() -> None:
    written()

    report = verify()

    assert (report.entries, report.broken_at, report.sound) == (10, None, True)
    assert (report.truncated, report.rolled_back, report.last_anchor) == (False, False, None)


def test_an_empty_journal_is_sound_and_has_nothing_to_anchor() -> None:
    assert verify().sound
    assert anchor(at=NOON) is None


def swap() -> None:
    sql("UPDATE journal_entry SET sequence = 999 WHERE sequence = 4")
    sql("UPDATE journal_entry SET sequence = 4 WHERE sequence = 5")
    sql("UPDATE journal_entry SET sequence = 5 WHERE sequence = 999")


def forge_at_the_end() -> None:
    last = Entry.objects.get(sequence=10)
    row = {name: getattr(last, name) for name in CHAINED} | {"sequence": 11}
    digest = chain.SUITES[1].digest(bytes.fromhex(last.digest) + chain.canonical(row)).hex()
    let_the_journal_be_emptied()
    Entry.objects.create(
        **row, previous_mac=last.mac, mac="ab" * 32, previous_digest=last.digest, digest=digest
    )


def delete_and_renumber() -> None:
    sql("DELETE FROM journal_entry WHERE sequence = 4")
    for n in range(5, 11):
        sql("UPDATE journal_entry SET sequence = %s WHERE sequence = %s", n - 1, n)


def change_and_rehash() -> None:
    let_the_journal_be_emptied()
    without_key(4, reason="别的理由")


ATTACKS: dict[str, tuple[Callable[[], None], int]] = {
    "edit a field": (lambda: sql("UPDATE journal_entry SET reason = 'x' WHERE sequence = 4"), 4),
    "change who did it": (lambda: sql("UPDATE journal_entry SET role = 'x' WHERE sequence = 4"), 4),
    "change the facts": (
        lambda: sql("UPDATE journal_entry SET facts = '{}' WHERE sequence = 4"),
        4,
    ),
    "delete in the middle": (lambda: sql("DELETE FROM journal_entry WHERE sequence = 4"), 4),
    "delete the first": (lambda: sql("DELETE FROM journal_entry WHERE sequence = 1"), 1),
    "swap two": (swap, 4),
    "append a forged one": (forge_at_the_end, 11),
    "delete and renumber": (delete_and_renumber, 4),
    "edit and rehash the open chain": (change_and_rehash, 4),
}


@pytest.mark.requirement("SYS-03")
@pytest.mark.parametrize("name", ATTACKS)
def test_the_chain_alone_finds(name: str) -> None:
    attack, place = ATTACKS[name]
    written()
    attack()

    assert verify().broken_at == place


@pytest.mark.parametrize("kept", [9, 5, 0])
def test_a_cut_tail_is_found_by_the_anchor_carried_away(tmp_path: Path, kept: int) -> None:
    written()
    anchor(at=NOON)
    file = carried_away(tmp_path)
    sql("DELETE FROM journal_entry WHERE sequence > %s", kept)
    sql("DELETE FROM journal_anchor")

    assert verify().sound, "the chain alone cannot see this"
    report = verify(file)
    assert (report.truncated, report.sound) == (True, False)


def test_a_rollback_is_found_even_after_new_entries(tmp_path: Path) -> None:
    written(5)
    before = list(Entry.objects.values())
    written(5)
    anchor(at=NOON)
    file = carried_away(tmp_path)
    sql("DELETE FROM journal_entry")
    sql("DELETE FROM journal_anchor")
    Entry.objects.bulk_create([Entry(**row) for row in before])
    written(8)

    assert verify().sound
    report = verify(file)
    assert (report.rolled_back, report.broken_at) == (True, 10)


def test_a_rewrite_with_the_key_is_found_by_the_anchor(tmp_path: Path) -> None:
    written()
    anchor(at=NOON)
    file = carried_away(tmp_path)
    let_the_journal_be_emptied()
    rewrite_with_the_key(since=4)

    assert verify(None).rolled_back, "own anchors were not rewritten"
    sql("DELETE FROM journal_anchor")
    assert verify().sound, "with the key and without an anchor nothing can be seen"
    assert verify(file).rolled_back


def rewrite_with_the_key(*, since: int) -> None:
    mac = digest = GENESIS
    for entry in Entry.objects.order_by("sequence"):
        if entry.sequence >= since:
            entry.reason = "改写"
            entry.previous_mac, entry.previous_digest = mac, digest
            row = {name: getattr(entry, name) for name in CHAINED}
            entry.mac, entry.digest = links(row, previous_mac=mac, previous_digest=digest)
            entry.save()
        mac, digest = entry.mac, entry.digest


def test_an_anchor_of_another_key_is_an_alarm(tmp_path: Path) -> None:
    written()
    anchor(at=NOON)
    data = anchors_as_json()
    keys.create_key_file(tmp_path / "stranger.json")
    stranger = keys.Ring(tmp_path / "stranger.json").active("anchor")
    item = data["anchors"][0]
    statement = chain.statement_of(item["sequence"], item["digest"], item["epoch"], NOON)
    item["public_key"] = chain.SUITES[1].public(stranger.material).hex()
    item["signature"] = chain.SUITES[1].sign(stranger.material, statement).hex()
    file = tmp_path / "anchors.json"
    file.write_text(json.dumps(data))

    assert verify(file).rolled_back


@pytest.mark.parametrize("field", ["digest", "sequence", "epoch", "at", "signature"])
def test_a_changed_anchor_is_an_alarm(tmp_path: Path, field: str) -> None:
    written()
    anchor(at=NOON)
    data = anchors_as_json()
    item = data["anchors"][0]
    changed = {"digest": "00" * 32, "sequence": 9, "epoch": 2, "signature": "00" * 64}
    item[field] = changed.get(field, (NOON + timedelta(days=1)).isoformat())
    file = tmp_path / "anchors.json"
    file.write_text(json.dumps(data))

    assert not verify(file).sound


def carried_away(folder: Path) -> Path:
    path = folder / "anchors.json"
    path.write_text(json.dumps(anchors_as_json()), encoding="utf-8")
    return path


def test_anchors_are_made_once_per_head_and_name_the_last() -> None:
    written(3)

    assert anchor(at=NOON) is not None
    assert anchor(at=NOON) is None
    written(1)
    made = anchor(at=NOON)

    assert made is not None and made.sequence == 4
    assert Anchor.objects.count() == 2
    assert verify().last_anchor == 4 and verify().sound


@pytest.mark.requirement("SYS-03")
@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET reason = 'x'", "DELETE FROM journal_entry"]
)
def test_the_database_itself_refuses_to_change_or_delete(statement: str) -> None:
    written(2)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify().entries == 2


@pytest.mark.requirement("SYS-03")
def test_an_act_and_its_record_stand_or_fall_together() -> None:
    def fails_at_the_end() -> None:
        record("person.changed")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(actor()):
        fails_at_the_end()

    assert not Entry.objects.exists()


def test_an_entry_says_who_where_from_which_session_and_holds_no_value_in_clear() -> None:
    who = actor("armed_officer", TOWN, session="abc123", address="10.0.0.7")

    with acting(who):
        record("person.changed", hashed={"phone": "13900000001"}, facts={"fields": ["phone"]},
               reason="长" * 300)  # fmt: skip

    entry = Entry.objects.get()
    assert (entry.role, entry.division, entry.county) == ("armed_officer", TOWN, COUNTY[:6])
    assert (entry.session, entry.address, len(entry.reason)) == ("abc123", "10.0.0.7", 200)
    assert set(entry.facts) == {"fields", "hashes"}
    assert "13900000001" not in json.dumps(entry.facts)
    assert verify().sound


def test_a_look_outside_a_request_is_written_at_once() -> None:
    with acting(actor()):
        look("person.revealed", kind="register.person", ids=["a"], reason="核对")

    entry = Entry.objects.get()
    assert (entry.result, entry.object, entry.facts["count"]) == ("looked", "a", 1)


def test_the_chain_is_the_same_on_every_database() -> None:
    row = dict.fromkeys(CHAINED, "") | {
        "sequence": 1, "at": NOON, "account": None, "person": None,
        "facts": {"b": 1, "a": ["二", None, True]},
    }  # fmt: skip

    assert (
        chain.canonical(row)
        == (
            '{"account":null,"action":"","address":"","at":"2026-05-20T04:00:00.000000+00:00",'
            '"county":"","division":"","facts":{"a":["二",null,true],"b":1},"kind":"","object":"",'
            '"person":null,"reason":"","result":"","role":"","sequence":1,"session":""}'
        ).encode()
    )
