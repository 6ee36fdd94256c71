"""Calendar text (RFC 5545) that phones and mail programs read: all-day entries, no addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from muster.core.calendar.instances import Instance

_LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry. ``key`` is unique in its feed and stays when the entry changes."""

    key: str
    day: date
    title: str
    last: date | None = None
    note: str = ""
    group: str = ""
    remind_days: int = 0


def entry_of(instance: Instance, *, group: str = "", note: str = "", remind_days: int = 3) -> Entry:
    """Return the entry of an instance: it stands on the due date, its window in the note."""
    window = f"{instance.opens}至{instance.due}"
    said = "\n".join(part for part in (f"办理时间：{window}", instance.note, note) if part)
    return Entry(instance.key, instance.due, instance.title, note=said, group=group,
                 remind_days=remind_days)  # fmt: skip


def feed(entries: Iterable[Entry], *, name: str, place: str, stamp: datetime) -> str:
    """Return the text of a calendar; ``stamp`` must know its zone.

    The identity of an entry is its key and the place, so a later feed replaces entries instead of
    doubling them.
    """
    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar needs a time zone")
    at = f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Muster//Calendar 1//ZH",
             "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]  # fmt: skip
    for entry in entries:
        lines += _event(entry, place, at)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, place: str, at: str) -> list[str]:
    after = (entry.last or entry.day) + timedelta(1)
    lines = ["BEGIN:VEVENT", f"UID:{_text(entry.key)}@{_text(place)}.muster", f"DTSTAMP:{at}",
             f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}",
             f"SUMMARY:{_text(entry.title)}", "TRANSP:TRANSPARENT"]  # fmt: skip
    lines += [f"DESCRIPTION:{_text(entry.note)}"] if entry.note else []
    lines += [f"CATEGORIES:{_text(entry.group)}"] if entry.group else []
    if entry.remind_days:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}",
                  f"TRIGGER:-P{entry.remind_days}D", "END:VALARM"]  # fmt: skip
    return [*lines, "END:VEVENT"]


def _text(value: str) -> str:
    """Escape what would end a value; other control characters do not belong in text."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n")):
        value = value.replace(plain, written)
    value = value.replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in value if sign == "\t" or (ord(sign) >= 32 and ord(sign) != 127))


def _folded(line: str) -> str:
    """Break a line after at most 75 bytes, never inside a character; the rest begins with a space."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece])
