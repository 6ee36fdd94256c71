"""From records to an issued file whose figures open and are verified later."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from muster.core.documents import read_figures
from muster.domains.militia.models import Membership
from muster.engines.documents.models import Document
from muster.engines.documents.queries import body_of, figures_of
from muster.ground.rows.scope import acting
from muster.overview.reports import actions
from muster.overview.reports.gathering import Texts
from muster.overview.reports.problems import NoRecords, NotIssuedHere
from tests.factories import OTHER_TOWN, TOWN, actor, everything
from tests.overview.indicators.town import Town, joins, leaves

DAY, NOON = date(2026, 5, 20), datetime(2026, 5, 20, 4, tzinfo=UTC)
LATER = date(2026, 7, 1)
HEAD = actor("township_armed_head")


def issued(kind: str = "reorganisation_report", **texts: object) -> tuple[Document, bytes]:
    with acting(HEAD):
        paper = actions.draft(kind, division=TOWN, year=2026, texts=Texts(**texts), on=DAY, at=NOON)  # type: ignore[arg-type]
        return paper, body_of(actions.issue(paper, on=DAY, at=NOON))


def verified(body: bytes, *, on: date = DAY) -> dict[str, object]:
    with acting(HEAD):
        return actions.verify(body, on=on)[1].as_json()


def printed(paper: Document) -> dict[str, str]:
    with acting(HEAD):
        return {f.figure.code: f.printed for f in figures_of(paper) if not f.figure.part_of}


def altered(body: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            target.writestr(item, data)
    return out.getvalue()


@pytest.mark.requirement("SYS-06")
def test_each_figure_of_an_issued_report_keeps_the_records_behind_it(town: Town) -> None:
    paper, body = issued()

    figures = printed(paper)
    assert figures["I-07"] == "20"
    assert (figures["I-03"], figures["I-04"], figures["I-05"], figures["I-06"]) == (
        "6", "4", "2", "8",
    )  # fmt: skip
    assert (figures["I-51.expected"], figures["I-51"]) == ("6", "83.3%")
    with acting(HEAD):
        for use in figures_of(paper):
            assert use.figure.intact
            assert len(use.figure.keys) == use.figure.records
    assert {f.key for f in read_figures(body).figures} == {
        f.figure.pk.hex for f in figures_of_everyone(paper)
    }


def figures_of_everyone(paper: Document) -> list[object]:
    with everything():
        return list(figures_of(paper))


@pytest.mark.requirement("SYS-06")
def test_after_ten_later_edits_the_stored_keys_still_list_the_old_records(town: Town) -> None:
    paper, _body = issued()
    with acting(HEAD):
        figure = next(f.figure for f in figures_of(paper) if f.figure.code == "I-07")
        members = [m.person for m in Membership.objects.all().select_related("person")]
    for n, person in enumerate(members[:10]):
        leaves(person, on=date(2026, 6, n + 1))

    with acting(HEAD):
        again = figure.refreshed()
        behind = Membership.objects.filter(pk__in=again.keys)
        assert {m.person_id for m in behind} == {p.pk for p in members}
        assert (again.value, again.intact) == ("20", True)


def test_verifying_names_what_is_unchanged(town: Town) -> None:
    _paper, body = issued()

    result = verified(body)

    assert result["figures"] == result["unchanged"]
    assert (result["changed"], result["tampered"]) == ([], [])


def test_verifying_names_what_changed_in_the_records(town: Town) -> None:
    _paper, body = issued()
    joins(town.emergency, 1, on=date(2026, 6, 1))

    changed = {c["code"]: (c["stored"], c["now"]) for c in verified(body, on=LATER)["changed"]}  # type: ignore[attr-defined]

    assert changed["I-03"] == ("6", "7")
    assert changed["I-50.in"] == ("0", "1")
    assert "I-04" not in changed


def test_verifying_names_a_figure_that_was_tampered_with(town: Town) -> None:
    _paper, body = issued()

    tampered = verified(altered(body, ">20<", ">21<"))["tampered"]

    assert [(t["code"], t["printed"], t["stored"], t["why"]) for t in tampered] == [  # type: ignore[attr-defined]
        ("I-07", "21", "20", "edited")
    ]


def test_the_duty_report_leaves_out_what_has_no_records(town: Town) -> None:
    paper, _body = issued("duty_report", paragraphs={"problems": ["活动不够经常｜按月安排活动"]})

    assert paper.absent == ["leadership", "conscription", "facilities"]
    assert "I-21" not in printed(paper)


def test_a_place_without_records_gets_no_report(town: Town) -> None:
    with (
        acting(actor("armed_officer", OTHER_TOWN)),
        pytest.raises(NoRecords),
    ):
        actions.draft("reorganisation_report", division=OTHER_TOWN, year=2026, texts=Texts(),
                      on=DAY, at=NOON)  # fmt: skip


def test_a_report_of_another_town_cannot_be_verified_here(town: Town) -> None:
    _paper, body = issued()

    with acting(actor("armed_officer", OTHER_TOWN)), pytest.raises(NotIssuedHere):
        actions.verify(body, on=DAY)
