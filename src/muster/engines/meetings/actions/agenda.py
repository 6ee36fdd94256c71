"""The agenda: its items, what was said, and the opinions of both sides before a decision (SHR-05)."""

from django.db import transaction
from django.db.models import Max

from muster.engines.meetings import policies
from muster.engines.meetings.actions.holding import fresh
from muster.engines.meetings.models import AgendaItem, Meeting, Opinion
from muster.ground.journal.actions import record


@transaction.atomic
def add_item(meeting: Meeting, *, title: str, presenter: str = "", problem: str = "") -> AgendaItem:
    """Return one more item at the end of the agenda, with the problem it answers."""
    meeting = fresh(meeting, "增加议题", opened=True)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"]
    row = AgendaItem.objects.create(
        division=meeting.division, meeting=meeting, order=0 if last is None else last + 1,
        title=title.strip()[:200], presenter=presenter.strip()[:60], problem=problem.strip()[:300],
    )  # fmt: skip
    record("meeting.item_added", row)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def note_item(row: AgendaItem, *, note: str, presenter: str = "", problem: str = "") -> AgendaItem:
    """Return the item with what was said of it."""
    fresh(row.meeting_id, "修改议题", opened=True)
    row.note, row.presenter = note.strip(), presenter.strip()[:60]
    row.problem = problem.strip()[:300]
    row.save()
    record("meeting.item_noted", row)
    return row


@transaction.atomic
def remove_item(row: AgendaItem) -> None:
    """Take an item off the agenda; opinions on it go with it."""
    fresh(row.meeting_id, "删除议题", opened=True)
    record("meeting.item_removed", row)
    row.delete()


@transaction.atomic
def add_opinion(item: AgendaItem, *, side: str, given_by: str, words: str) -> Opinion:
    """Return what one side said of an item."""
    fresh(item.meeting_id, "登记意见", opened=True)
    row = Opinion.objects.create(
        division=item.division, item=item, side=side, given_by=given_by.strip()[:120],
        words=words.strip()[:500],
    )  # fmt: skip
    record("meeting.opinion_added", row, facts={"side": side})
    return row  # type: ignore[no-any-return]


@transaction.atomic
def treat_opinion(row: Opinion, *, treatment: str, note: str = "") -> Opinion:
    """Return the opinion with how it was treated; open to the end, also after the minutes."""
    policies.check_may_keep(row.division, "登记意见的处理")
    row.treatment, row.treated_note = treatment, note.strip()[:300]
    row.save()
    record("meeting.opinion_treated", row, facts={"treatment": treatment})
    return row
