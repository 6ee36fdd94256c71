"""Papers of a meeting and what it offers to others: Word files, evidence for duties, a person's panel."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document as WordDocument

from muster.core.kernel import Period
from muster.engines.documents import queries as papers
from muster.engines.meetings import actions, handlers, queries, writing
from muster.engines.meetings.problems import (
    FileTooLarge,
    MeetingState,
)
from muster.ground.files.models import GovernanceFile
from muster.ground.rows.scope import acting
from tests.engines.meetings.laying import (
    AT,
    ON,
    group,
    held,
    office,
    planned,
    with_minutes,
)
from tests.factories import COUNTY, OTHER_TOWN, TOWN, actor

pytestmark = pytest.mark.usefixtures("county")
CLERK = actor()
YEAR = Period.year(2026)


def test_a_file_is_a_record_too_and_a_new_one_empties_the_old() -> None:
    with acting(CLERK):
        meeting = held()
        with pytest.raises(FileTooLarge):
            actions.write_minutes(
                meeting, text="", recorder="", at=AT, file=("a.pdf", b"0" * (21 << 20))
            )
        one = actions.write_minutes(meeting, text="", recorder="", at=AT, file=("记录.jpg", b"one"))
        two = actions.write_minutes(meeting, text="", recorder="", at=AT, file=("纪要.pdf", b"two"))
        kept = {f.pk: bytes(f.body) for f in GovernanceFile.objects.all()}
        assert kept[one.minutes_file_id] == b""
        assert kept[two.minutes_file_id]
        assert actions.confirm_minutes(meeting, on=ON).minutes_on == ON


def words_of(body: bytes) -> str:
    paper = WordDocument(BytesIO(body))
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


@pytest.mark.requirement("GOV-01")
def test_the_minutes_as_a_word_file_say_who_came_what_was_said_and_decided() -> None:
    with acting(CLERK):
        meeting = held(items=("听取武装工作情况汇报",))
        away = actions.add_attendee(meeting, name="甘露", post="民政办主任")
        actions.mark(meeting, {away.pk: actions.Mark("leave")})
        actions.add_resolution(
            meeting, words="解决训练场地", owner=meeting.organisation, due=date(2026, 6, 30)
        )
        actions.write_minutes(
            meeting, text="听取汇报{{ fig.I_01 }}。\n研究经费。", recorder="查思远", at=AT
        )
        text = words_of(
            writing.word_file(writing.minutes_content(queries.meeting(meeting.pk), day=ON), TOWN)
        )

    for said in ("党委议军会纪要", "二楼会议室", "主持：盖云帆（镇长）", "覃望舒（武装部部长）",
                 "请假和缺席：甘露（民政办主任）", "1．听取武装工作情况汇报", "研究经费。", "解决训练场地",
                 "2026年6月30日", "记录：查思远", "2026年5月18日（星期一）"):  # fmt: skip
        assert said in text
    assert "军队方面" not in text


def test_the_notice_names_agenda_and_who_is_called_and_leaves_out_what_is_unknown() -> None:
    with acting(CLERK):
        meeting = planned(items=("部署下一步工作",), place="")
        actions.add_attendee(meeting, name="覃望舒", post="武装部部长")
        text = words_of(writing.word_file(writing.notice_content(meeting, day=ON), TOWN))

    assert "关于召开党委议军会的通知" in text
    assert "1．部署下一步工作" in text
    assert "出席：覃望舒（武装部部长）" in text
    assert "会议地点" not in text
    assert "列席" not in text


def test_issued_minutes_are_an_official_paper_with_a_checksum() -> None:
    with acting(CLERK):
        meeting = held()
        with pytest.raises(MeetingState):
            actions.issue_minutes(meeting, day=ON, at=AT)
        paper = actions.issue_minutes(with_minutes(meeting), day=ON, at=AT)
        file = papers.issued_file(paper)

        assert (paper.kind, paper.state, paper.title) == (
            "meeting_minutes",
            "issued",
            "党委议军会纪要",
        )
        assert "研究经费。" in words_of(papers.body_of(file))
        assert queries.meeting(meeting.pk).paper_id == paper.pk


def test_evidence_is_by_place_kind_body_and_organiser_and_only_of_what_was_held() -> None:
    chief = actor("county_armed_department", COUNTY)
    with acting(chief):
        giver, other = office("government"), office("party_committee")
        body = group(giver)
        grouped = held("mutual_support_group", giver, body=body)
        with_minutes(held("party_armed_forces", other))
        planned("party_armed_forces", other, title="还没有开")
        held("party_armed_forces", office(division=OTHER_TOWN), on=ON)

        every = handlers.meeting_records(TOWN, YEAR)
        assert [(r.kind, r.of, r.day) for r in every] == [
            ("meeting", "mutual_support_group", ON), ("meeting", "party_armed_forces", ON),
        ]  # fmt: skip
        for narrowed in (
            {"body": body.pk},
            {"organisation": giver.pk},
            {"kind_code": "mutual_support_group"},
        ):
            assert [r.key for r in handlers.meeting_records(TOWN, YEAR, **narrowed)] == [
                f"meeting:{grouped.pk}"
            ]  # type: ignore[arg-type]
        assert handlers.meeting_records(TOWN, Period.year(2025)) == []
        below = handlers.meeting_records_below(COUNTY, YEAR)
        assert {place: len(rows) for place, rows in below.items()} == {TOWN: 2, OTHER_TOWN: 1}


def test_a_person_on_a_list_is_held_in_the_register_and_shown_on_his_page() -> None:
    with acting(CLERK):
        giver = office("government")
        body = group(giver)
        meeting = planned("mutual_support_group", giver, body=body)
        person: Any = queries.attendance_of(meeting)[0].person_id

        assert handlers.holds(person)
        panel = handlers.PERSON_PANELS[0].context(type("P", (), {"pk": person}))
        assert [(line.meeting, name) for line, name in panel["lines"]] == [
            (meeting, "双拥工作领导小组专题会议")
        ]
        actions.cancel(meeting, why="")
        assert handlers.holds(person) == ""
