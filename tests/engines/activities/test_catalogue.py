"""A county adds a kind by writing YAML; nothing else changes."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from muster.engines.activities import kinds
from muster.engines.activities.models import Activity
from muster.ground.rows.catalogue import folder
from tests.engines.activities.office import organiser
from tests.factories import desk, everything, signed_in

pytestmark = pytest.mark.usefixtures("county")
OWN = """format: muster-activities/1
menu: training
lists:
  river_subjects: {dyke: {zh: 堤防巡查}, boat: {zh: 冲锋舟操作}}
kinds:
  river_patrol:
    name: {zh: 沿江巡护}
    status: practice
    source: 青禾县沿江工作方案
    fields: [subject, hours]
    labels: {subject: 巡护科目}
    subjects: river_subjects
    attendance: both
    needs: people
    audiences: [militia]
    militia: true
"""


@pytest.fixture
def own_kind(tmp_path: Path, settings: Any) -> None:
    """Put a file of the county's own beside the shipped ones."""
    shutil.copytree(folder(), tmp_path / "catalogue")
    (tmp_path / "catalogue" / "activities" / "own.yaml").write_text(OWN, encoding="utf-8")
    settings.MUSTER_CATALOGUE = str(tmp_path / "catalogue")
    settings.MUSTER_TODAY = "2026-05-20"


@pytest.mark.usefixtures("own_kind")
def test_a_kind_added_by_yaml_alone_is_planned_and_recorded_on_screen(client: Client) -> None:
    signed_in(client, desk())
    unit = organiser()

    assert "沿江巡护" in client.get("/activity/training").content.decode()
    form = client.get("/activity/new/river_patrol").content.decode()
    made = client.post("/activity/new/river_patrol", {
        "title": "三月巡护", "organiser": str(unit.pk), "on": "2026-05-20", "subject": "boat", "hours": "2"})  # fmt: skip
    done = client.post(f"{made.url}/record", {"count-militia": "12", "then": "done"})

    assert "巡护科目" in form and "堤防巡查" in form and 'name="cost"' not in form
    assert done.status_code == 302
    page = client.get(made.url).content.decode()
    assert "冲锋舟操作" in page and "24.0" in page and "青禾县沿江工作方案" in page
    with everything():
        assert Activity.objects.get().state == "done"


def test_the_shipped_catalogue_does_not_have_it() -> None:
    assert "river_patrol" not in kinds.catalogue().kinds
