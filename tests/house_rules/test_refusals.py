"""Every refusal has a code of its own and a sentence that a clerk can read."""

import re
from string import Formatter

from muster.core.kernel import Problem
from tests.house_rules.support import all_modules, descendants

CODE = re.compile(r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _refusals() -> list[type[Problem]]:
    all_modules()
    found = [cls for cls in set(descendants(Problem)) if cls.__module__.startswith("muster.")]
    return sorted((cls for cls in found if not cls.__subclasses__()), key=lambda cls: cls.__name__)


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes: dict[str, str] = {}
    for cls in _refusals():
        assert "code" in vars(cls), f"{cls.__qualname__} has no code"
        assert CODE.match(cls.code), f"{cls.__qualname__}: {cls.code}"
        assert cls.code not in codes, f"{cls.__qualname__} and {codes.get(cls.code)}: {cls.code}"
        codes[cls.code] = cls.__qualname__


def test_every_refusal_has_a_chinese_sentence_that_can_be_filled() -> None:
    for cls in _refusals():
        assert "template" in vars(cls), f"{cls.__qualname__} has no template"
        parts = list(Formatter().parse(cls.template))
        fixed = "".join(text for text, _, _, _ in parts)
        # A sentence may be handed in whole ("{why}"), but never an English one.
        assert CHINESE.search(fixed) or not LATIN_WORD.search(fixed), f"{cls.__qualname__}"
        assert cls.template.endswith(("。", "！", "？", "）", "}")), f"{cls.__qualname__}"
        assert "" not in {name for _, name, _, _ in parts}, f"{cls.__qualname__}"


def test_every_refusal_answers_with_a_refusing_status() -> None:
    odd = {cls.__qualname__: cls.status for cls in _refusals() if not 400 <= cls.status < 600}

    assert odd == {}
