"""The roster of the primary militia: a title, a header of two lines, a total."""

from dataclasses import replace

from muster.overview.story import dirt
from muster.overview.story.cells import workbook_bytes
from muster.overview.story.county import JOIN_DAY
from muster.overview.story.drafts import Draft, lay_out, line_of, total_row
from muster.overview.story.expectation import Format, Ledger, file_truth
from muster.overview.story.looks import PRIMARY_LOOK
from muster.overview.story.people import Seat
from muster.overview.story.roster_parts import (
    Picker,
    Roster,
    absent_from,
    as_the_village_lists,
    left_alone,
    repeated,
)
from muster.overview.story.town import Town
from muster.overview.story.units import PRIMARY

PRIMARY_FILE = "青溪镇基干民兵花名册.xlsx"


def primary_roster(everyone: Town, seed: int, ledger: Ledger) -> Roster:
    """Return the file of the three primary units; the ledger then holds what it brought."""
    look, keys = PRIMARY_LOOK, {one.key for one in PRIMARY}
    extra = {"presence": "在位"}
    draft = Draft("基干民兵", look)
    draft.above = [
        ["青溪镇基干民兵花名册"],
        ["填报单位：青溪镇武装部    填报时间：2024年5月20日    单位：人"],
    ]
    for one in PRIMARY:
        if draft.lines:
            draft.between[len(draft.lines)] = [[]]
        listed = [p for p in everyone.people if p.seat and p.seat.unit == one.key]
        draft.lines += [
            line_of(as_the_village_lists(person), look, extra=extra) for person in listed
        ]
    _spoil_primary(draft, everyone, seed)
    first = len(draft.above) + 3
    last = first + len(draft.lines) + len(draft.between) - 1
    draft.below = [
        total_row(look, first=first, last=last),
        [],
        ["审核人：仇砚秋", None, None, None, "制表人：曾翀"],
    ]
    truth = file_truth(Format(PRIMARY_FILE), [draft], ledger, absent=absent_from(everyone, keys))
    return Roster(PRIMARY_FILE, workbook_bytes([lay_out(draft)[0]]), truth)


def _spoil_primary(draft: Draft, everyone: Town, seed: int) -> None:
    picker = Picker(seed, purpose="primary", lines=draft.lines, keep=left_alone(everyone))
    picker.spoil(
        dirt.wrong_check_digit,
        dirt.wrong_check_digit,
        dirt.impossible_birth,
        dirt.no_name,
        dirt.hidden_number,
        dirt.short_phone,
        dirt.unknown_unit,
        dirt.full_width,
        dirt.full_width,
        dirt.loose_spaces,
        dirt.loose_spaces,
        dirt.spread_name,
        dirt.spread_name,
        dirt.formula_looking,
        dirt.real_formula,
    )
    twice = picker.take()
    draft.lines.append(repeated(twice, what="同一人在本表出现两次"))
    stranger = next(one for one in everyone.elsewhere if one.last_seat)
    seat = Seat(PRIMARY[0].key, "member", "战士", JOIN_DAY)
    draft.lines.append(
        line_of(replace(stranger, seat=seat), draft.look, extra={"presence": "在位"})
    )
