"""Sealed values open only whole, in their own place and row; known answers hold the suite still."""

import base64
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from muster.ground.register import people
from muster.ground.register.models import Person
from muster.ground.rows import keys
from muster.ground.rows.ids import uuid7
from muster.ground.rows.problems import KeysMissing, SealBroken
from muster.ground.rows.scope import acting
from muster.ground.rows.sealing import blind_index, keyed_hash, seal, unseal
from muster.ground.rows.suites import SUITES
from tests.factories import VILLAGE, PersonFactory, actor

PLACE = "register_person.id"
NUMBER = "000000200001010015"


@given(st.text(max_size=60))
def test_what_is_sealed_opens_again(text: str) -> None:
    row = uuid7()

    assert unseal(seal(text, place=PLACE, row=row), place=PLACE, row=row) == text


def test_nothing_is_sealed_as_nothing() -> None:
    assert seal("", place=PLACE, row=uuid7()) == b""
    assert unseal(b"", place=PLACE, row=uuid7()) == ""
    assert blind_index("", purpose="x") == ""


def test_sealing_twice_gives_two_texts() -> None:
    row = uuid7()

    assert seal(NUMBER, place=PLACE, row=row) != seal(NUMBER, place=PLACE, row=row)


def test_every_changed_byte_is_refused() -> None:
    row = uuid7()
    sealed = seal(NUMBER, place=PLACE, row=row)

    for position in range(4, len(sealed)):
        for flip in (0x01, 0x80):
            broken = bytearray(sealed)
            broken[position] ^= flip
            with pytest.raises(SealBroken):
                unseal(bytes(broken), place=PLACE, row=row)


def test_a_changed_key_number_or_version_is_refused() -> None:
    row = uuid7()
    sealed = seal(NUMBER, place=PLACE, row=row)

    for position in range(4):
        broken = bytearray(sealed)
        broken[position] ^= 0x01
        with pytest.raises(SealBroken):
            unseal(bytes(broken), place=PLACE, row=row)


@pytest.mark.parametrize("length", [1, 3, 4, 15, 20, -1])
def test_a_cut_value_is_refused(length: int) -> None:
    row = uuid7()
    sealed = seal(NUMBER, place=PLACE, row=row)

    with pytest.raises(SealBroken):
        unseal(sealed[:length], place=PLACE, row=row)


def test_a_value_moved_to_another_row_or_column_is_refused() -> None:
    row = uuid7()
    sealed = seal(NUMBER, place=PLACE, row=row)

    with pytest.raises(SealBroken):
        unseal(sealed, place=PLACE, row=uuid7())
    with pytest.raises(SealBroken):
        unseal(sealed, place="register_person.phone", row=row)


def test_known_answers_of_the_international_suite() -> None:
    # AES-256-GCM: test case 15 of the GCM specification, without its own additional data.
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
    )
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
        "b094dac5d93471bdec1a502270e3cc6c"
    )
    suite = SUITES[1]
    assert suite.open(key, nonce + sealed, b"") == plain
    # HMAC-SHA-256: RFC 4231 case 2; Ed25519: RFC 8032 test 1.
    assert suite.mac(b"Jefe", b"what do ya want for nothing?").hex().startswith("5bdcc146bf60754e")
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert suite.public(secret).hex() == public
    assert suite.sign(secret, b"").hex().startswith("e5564300c360ac729086e2cc806e828a")
    assert suite.verify(bytes.fromhex(public), suite.sign(secret, b""), b"")
    assert not suite.verify(bytes.fromhex(public), suite.sign(secret, b"x"), b"")
    assert not suite.verify(b"short", b"", b"")


def test_equal_values_are_found_by_index_and_purposes_do_not_mix() -> None:
    assert blind_index(NUMBER, purpose="a") == blind_index(NUMBER, purpose="a")
    assert blind_index(NUMBER, purpose="a") != blind_index(NUMBER, purpose="b")
    assert keyed_hash(NUMBER) not in {NUMBER, blind_index(NUMBER, purpose="value")}


@pytest.mark.usefixtures("county")
def test_a_sealed_number_moved_between_people_in_the_database_does_not_open() -> None:
    first, second = PersonFactory.create(), PersonFactory.create()

    with acting(actor("village_company_leader", VILLAGE)):
        Person.objects.filter(pk=second.pk).update(id_sealed=first.id_sealed)
        moved = Person.objects.get(pk=second.pk)
        with pytest.raises(SealBroken):
            people.number_of(moved)
        assert people.number_of(Person.objects.get(pk=first.pk))[:6] == "000000"


def test_the_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "office.json"
    keys.create_key_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    with pytest.raises(FileExistsError):
        keys.create_key_file(path)
    purposes = [k["purpose"] for k in json.loads(path.read_text())["keys"]]
    assert sorted(purposes) == sorted(keys.PURPOSES)


def test_two_offices_never_share_a_key(tmp_path: Path) -> None:
    for name in ("a", "b"):
        keys.create_key_file(tmp_path / name)

    material = [k.material for name in ("a", "b") for k in keys.Ring(tmp_path / name).keys]

    assert len(set(material)) == len(material)
    assert all(len(m) == 32 for m in material)


@pytest.mark.parametrize("content", [None, "", "{}", '{"keys": []}', "not json"])
def test_a_missing_or_broken_key_file_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "office.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(KeysMissing):
        keys.Ring(path)


def test_a_value_opens_with_the_key_that_sealed_it_after_another_key_took_over(
    tmp_path: Path, settings: LazySettings
) -> None:
    path = tmp_path / "office.json"
    keys.create_key_file(path)
    settings.MUSTER_KEYS_FILE = path
    row = uuid7()
    sealed = seal(NUMBER, place=PLACE, row=row)

    rotated = _with_second_field_key(json.loads(path.read_text()))
    settings.MUSTER_KEYS_FILE = tmp_path / "rotated.json"
    settings.MUSTER_KEYS_FILE.write_text(json.dumps(rotated))

    assert unseal(sealed, place=PLACE, row=row) == NUMBER
    assert seal(NUMBER, place=PLACE, row=row)[2:4] == (9).to_bytes(2, "big")


def _with_second_field_key(ring: dict[str, Any]) -> dict[str, Any]:
    first = next(k for k in ring["keys"] if k["purpose"] == "field")
    first["state"] = "decrypt-only"
    material = base64.b64encode(bytes(range(32))).decode()
    ring["keys"].append({**first, "number": 9, "state": "active", "material": material})
    return {**ring, "office": "another"}
