"""What the database must never hold, and that every noun is in the glossary."""

import re

import yaml
from django.apps import apps
from django.db.models import Choices, Model

from tests.house_rules.support import ROOT, all_modules, descendants

NEVER = frozenset(
    {
        "loyalty", "religion", "religious", "faith", "belief", "petition", "petitioner", "weapon", "weapons",
        "ammunition", "gun", "guns", "rifle", "gps", "trajectory", "conduct",
        "behaviour", "behavior", "attitude", "ideology", "classified", "secrecy_level",
    }
)  # fmt: skip
NEVER_OF_A_PERSON = frozenset(
    {"score", "points", "rating", "latitude", "longitude", "lat", "lon", "biometric", "fingerprint"}
)
NEVER_IN_CHINESE = re.compile("忠诚|宗教|信仰|信访|上访|枪|弹药|轨迹|现实表现|思想评价|秘密等级")


def _models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("muster.") and not model.__name__.startswith("Historical")
    ]


def _fields(model: type[Model]) -> list[tuple[str, str]]:
    return [
        (field.name, str(getattr(field, "verbose_name", ""))) for field in model._meta.get_fields()
    ]


def _of_a_person(model: type[Model]) -> bool:
    linked = [field.related_model for field in model._meta.get_fields() if field.many_to_one]
    names = {getattr(other, "__name__", "") for other in linked} | {model.__name__}
    return "Person" in names


def _glossary() -> dict[str, object]:
    return dict(yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text(encoding="utf-8")))


def test_no_field_for_what_is_never_collected() -> None:
    found = [
        f"{model.__name__}.{name}"
        for model in _models()
        for name, label in _fields(model)
        if NEVER & {name, *name.split("_")} or NEVER_IN_CHINESE.search(label)
    ]

    assert found == []


def test_no_person_is_scored_or_located() -> None:
    found = [
        f"{model.__name__}.{name}"
        for model in _models()
        if _of_a_person(model)
        for name, _ in _fields(model)
        if NEVER_OF_A_PERSON & {name, *name.split("_")}
    ]

    assert found == []


def test_every_model_is_in_the_glossary() -> None:
    terms = {entry["zh"] for entry in _glossary()["terms"]}  # type: ignore[attr-defined]

    missing = {model.__name__: str(model._meta.verbose_name) for model in _models()}

    assert {name: zh for name, zh in missing.items() if zh not in terms} == {}


def test_every_status_word_is_in_the_glossary() -> None:
    all_modules()
    glossary = _glossary()
    words = {entry["zh"] for entry in glossary["terms"]} | set(glossary["words"])  # type: ignore[attr-defined,call-overload]

    missing = [
        f"{cls.__qualname__}: {label}"
        for cls in descendants(Choices)
        if cls.__module__.startswith("muster.")
        for label in cls.labels
        if str(label) not in words
    ]

    assert missing == []


def test_the_glossary_has_one_word_per_idea() -> None:
    terms = _glossary()["terms"]
    for language in ("en", "zh"):
        used = [entry[language] for entry in terms]  # type: ignore[attr-defined]
        assert sorted(used) == sorted(set(used))
    for entry in terms:  # type: ignore[attr-defined]
        assert set(entry) == {"en", "zh", "definition", "source"}, entry
