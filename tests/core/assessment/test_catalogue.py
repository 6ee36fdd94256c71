"""The score sheets that ship: whole, cited, editable, and never a reward for paper."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from muster.core.assessment import ScoreSheet, as_entry, contradictions, from_entry

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"
SHIPPED = sorted((CATALOGUE / "assessments").glob("*.yaml"))
# What the rules against burden forbid to count: meetings held, papers kept, pictures taken.
PAPER = re.compile(
    r"次数|会次|月数|例会|开会|召开|会议记录|照片|图片|影像|截图|打卡|简报|信息报送|台账|材料份数|横幅|标语|海报"
)
COUNTED = frozenset({"次", "期", "篇", "张", "份", "条", "个月", "场"})


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _indicators() -> dict[str, dict[str, Any]]:
    files = [_load(path) for path in (CATALOGUE / "indicators").glob("*.yaml")]
    return {one["code"]: one for file in files for one in file.get("indicators", [])}


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> ScoreSheet:
    return from_entry(_load(request.param))


def test_a_sheet_for_townships_ships() -> None:
    assert "township" in {path.stem for path in SHIPPED}


def test_a_shipped_sheet_is_without_contradiction_and_reads_back(shipped: ScoreSheet) -> None:
    assert [one.text for one in contradictions(shipped)] == []
    assert from_entry(as_entry(shipped)) == shipped


def test_no_shipped_item_counts_meetings_photos_or_paper(shipped: ScoreSheet) -> None:
    indicators = _indicators()
    for item in shipped.items:
        texts = [item.title, item.words, *item.evidence, *(m.name for m in item.measures)]
        assert [text for text in texts if PAPER.search(text)] == [], item.code
        for measure in item.measures:
            assert measure.unit not in COUNTED, (item.code, measure.unit)
            if measure.source == "indicator":
                assert not PAPER.search(indicators[measure.code]["name"]), item.code


def test_the_guard_itself_would_catch_the_indicators_that_count_meetings() -> None:
    indicators = _indicators()

    for code in ("I-01", "I-12", "I-13", "I-15", "I-64", "I-78", "I-81", "I-82"):
        one = indicators[code]
        assert PAPER.search(one["name"]) or one["unit"] in COUNTED, code


def test_every_indicator_of_a_shipped_sheet_is_one_of_the_catalogue(shipped: ScoreSheet) -> None:
    indicators = _indicators()
    read = [measure for measure in shipped.measures if measure.source == "indicator"]

    assert {m.code: (m.name, m.unit) for m in read} == {
        m.code: (indicators[m.code]["name"], indicators[m.code]["unit"]) for m in read
    }


def test_every_shipped_item_names_its_basis_and_status(shipped: ScoreSheet) -> None:
    assert [item.code for item in shipped.items if not (item.basis and item.status)] == []
    assert str(shipped.citation)
    assert shipped.status


def test_a_shipped_sheet_ranks_nobody_and_invents_no_cut(shipped: ScoreSheet) -> None:
    assert shipped.ranking is False
    # No paper states the cuts; only the bottom of the ladder is known.
    assert {band.at_least for band in shipped.bands} <= {None, 0}
