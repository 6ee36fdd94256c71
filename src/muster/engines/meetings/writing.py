"""Notice and minutes of a meeting as Word files, from the template that serves the office."""

from collections.abc import Iterable
from datetime import date

from muster.core.documents import Content, Row, chinese_date, render
from muster.engines.documents import queries as papers
from muster.engines.meetings import queries
from muster.engines.meetings.kinds import kind
from muster.engines.meetings.models import Attendance, Meeting

NOTICE, MINUTES = "meeting_notice", "meeting_minutes"
WEEKDAYS = "一二三四五六日"


def plain(text: str) -> str:
    """Return typed words that a template cannot take for a variable of its own."""
    return text.replace("{", "｛").replace("}", "｝").strip()


def when(meeting: Meeting) -> str:
    """Return day, weekday and hour as a notice says them."""
    day = f"{chinese_date(meeting.on)}（星期{WEEKDAYS[meeting.on.weekday()]}）"
    return f"{day}{meeting.starts:%H:%M}" if meeting.starts else day


def names(lines: Iterable[Attendance]) -> str | None:
    """Return names with posts, parted by 、; None where there is nobody."""
    return "、".join(filter(None, map(_named, lines))) or None


def _named(line: Attendance) -> str:
    who = line.stand_in if line.stand_in and line.presence != "present" else line.name
    extra = f"{line.post}，代{line.name}" if who != line.name and line.name else line.post
    return plain(f"{who}（{extra}）" if who and extra else who or extra)


def _words(meeting: Meeting) -> dict[str, str | None]:
    chair = f"{meeting.chair}（{meeting.chair_post}）" if meeting.chair_post else meeting.chair
    return {
        "name": plain(meeting.title), "when": when(meeting), "where": plain(meeting.place) or None,
        "chair": plain(chair) or None, "recorder": plain(meeting.recorder) or None,
    }  # fmt: skip


def notice_content(meeting: Meeting, *, day: date, document_id: str = "notice") -> Content:
    """Return what the notice says: when, where, the agenda, who is to come."""
    of = papers.kind(NOTICE)
    lines = queries.attendance_of(meeting)
    called = [line for line in lines if line.part != Attendance.Part.OBSERVE]
    words = _words(meeting) | {
        "called": names(called), "observers": names(a for a in lines if a.part == "observe"),
    }  # fmt: skip
    items = [_numbered(n, i.title, i.presenter) for n, i in enumerate(queries.items_of(meeting), 1)]
    return of.content(document_id, day=day, issuer=meeting.organisation.name, figures=[], rows={},
                      paragraphs={"agenda": items}, words=words, head={})  # fmt: skip


def minutes_content(meeting: Meeting, *, day: date, document_id: str = "minutes") -> Content:
    """Return what the minutes say: who came by side, each item, what was decided."""
    of = papers.kind(MINUTES)
    lines = queries.attendance_of(meeting)
    came = [line for line in lines if line.came]
    both = bool(kind(meeting.kind).sides)
    words = _words(meeting) | {
        "present": None if both else names(a for a in came if a.part != "observe"),
        "local": names(_of_side(came, "local")) if both else None,
        "military": names(_of_side(came, "military")) if both else None,
        "observers": None if both else names(a for a in came if a.part == "observe"),
        "absent": names(a for a in lines if a.presence in ("leave", "absent") and not a.stand_in),
    }  # fmt: skip
    paragraphs = {"agenda": _agenda(meeting), "content": _content(meeting)}
    rows: dict[str, list[Row]] = {"resolutions": _resolutions(meeting)}
    return of.content(document_id, day=day, issuer=meeting.organisation.name, figures=[], rows=rows,
                      paragraphs=paragraphs, words=words, head={})  # fmt: skip


def _of_side(lines: Iterable[Attendance], side: str) -> list[Attendance]:
    return [line for line in lines if line.side == side]


def _agenda(meeting: Meeting) -> list[str]:
    found = []
    for number, item in enumerate(queries.items_of(meeting), 1):
        found.append(_numbered(number, item.title, item.presenter))
        found += _paragraphs(item.note)
        found += [
            plain(f"{o.get_side_display()}意见（{o.given_by}）：{o.words}"
                  f"（{o.get_treatment_display()}{'：' + o.treated_note if o.treated_note else ''}）")
            for o in item.opinions.all()
        ]  # fmt: skip
    return found


def _numbered(number: int, title: str, presenter: str) -> str:
    tail = f"（汇报人：{presenter}）" if presenter else ""
    return plain(f"{number}．{title}{tail}")


def _content(meeting: Meeting) -> list[str]:
    own = [
        plain(f"{f.name}：{meeting.details[f.key]}{f.unit}")
        for f in kind(meeting.kind).fields
        if meeting.details.get(f.key)
    ]  # fmt: skip
    return _paragraphs(meeting.minutes) + own


def _paragraphs(text: str) -> list[str]:
    return [plain(line) for line in text.splitlines() if line.strip()]


def _resolutions(meeting: Meeting) -> list[Row]:
    return [
        {"number": n, "words": plain(d.row.words), "owner": d.row.owner.name if d.row.owner else None,
         "due": chinese_date(d.row.due) if d.row.due else None}
        for n, d in enumerate(queries.decisions_of(meeting), 1)
    ]  # fmt: skip


def word_file(content: Content, division: str) -> bytes:
    """Return the Word file, by the office's own template where it has one."""
    return render(papers.template_of(papers.kind(content.kind), division), content)
