"""Who is away, and who is put forward: text in GBK with semicolons."""

from dataclasses import replace

from muster.overview.story import dirt
from muster.overview.story.cells import csv_bytes
from muster.overview.story.drafts import Draft, Line, lay_out, line_of
from muster.overview.story.expectation import Format, Ledger, file_truth
from muster.overview.story.looks import SUPPLEMENT_LOOK
from muster.overview.story.people import Away, Person
from muster.overview.story.roster_parts import Picker, Roster, left_alone, repeated
from muster.overview.story.town import Town

SUPPLEMENT_FILE = "外出及补充人员.csv"


def supplement_roster(everyone: Town, seed: int, ledger: Ledger) -> Roster:
    """Return the file of absences and candidates; the ledger then holds what it brought."""
    look = SUPPLEMENT_LOOK
    draft = Draft("", look)
    draft.above = [["青溪镇外出及补充人员名单（2024年5月）"]]
    draft.lines = [_away_line(one, one.away) for one in everyone.people if one.away]
    fresh = [one for one in everyone.people if not one.last_seat and not one.seat]
    extra = {"kind": "补充", "presence": "在位"}
    draft.lines += [line_of(one, look, extra=extra) for one in fresh]
    # Two who are members already and were put forward again: nothing changes.
    again = [one for one in everyone.people if one.fate == "stays" and not one.before][400:402]
    draft.lines += [line_of(replace(one, seat=None), look, extra=extra) for one in again]
    draft.lines += [line_of(one, look, extra=extra) for one in everyone.elsewhere[4:6]]
    _spoil_supplement(draft, everyone, seed)
    form = Format(SUPPLEMENT_FILE, "gbk", ";")
    truth = file_truth(form, [draft], ledger)
    content = csv_bytes(lay_out(draft)[0], encoding=form.encoding, delimiter=form.delimiter)
    return Roster(SUPPLEMENT_FILE, content, truth)


def _away_line(person: Person, away: Away) -> Line:
    extra = {
        "kind": "外出",
        "presence": "外出",
        "away_place": away.place,
        "away_since": away.since.isoformat(),
        "back_in_a_day": "能" if away.back_in_a_day else "否",
    }
    return line_of(person, SUPPLEMENT_LOOK, extra=extra)


def _spoil_supplement(draft: Draft, everyone: Town, seed: int) -> None:
    candidates = {one.key for one in everyone.people if one.fate == "candidate"}
    lines = [line for line in draft.lines if line.person in candidates]
    picker = Picker(seed, purpose="supplement", lines=lines, keep=left_alone(everyone))
    picker.spoil(
        dirt.wrong_check_digit,
        dirt.wrong_check_digit,
        dirt.no_name,
        dirt.short_phone,
        lambda line: dirt.impossible_birth(line, which=3),
        dirt.full_width,
        dirt.loose_spaces,
    )
    draft.lines.append(repeated(picker.take(), what="同一人在本表出现两次"))
    known = next(one for one in everyone.people if one.name == "张伟")
    line = line_of(
        replace(known, seat=None), draft.look, extra={"kind": "补充", "presence": "在位"}
    )
    dirt.other_name(line, name="章威")
    draft.lines.append(line)
