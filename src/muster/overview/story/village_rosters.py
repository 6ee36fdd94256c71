"""The rosters of the ordinary militia: one workbook, eight villages, eight habits."""

from collections.abc import Callable
from dataclasses import replace

from muster.overview.story import dirt
from muster.overview.story.cells import Cell, workbook_bytes
from muster.overview.story.county import JOIN_DAY, VILLAGES
from muster.overview.story.drafts import Draft, Line, header_cells, lay_out, line_of, total_row
from muster.overview.story.expectation import Format, Ledger, file_truth
from muster.overview.story.looks import village_look
from muster.overview.story.people import Person, Seat
from muster.overview.story.roster_parts import (
    Picker,
    Roster,
    absent_from,
    as_the_village_lists,
    left_alone,
    repeated,
)
from muster.overview.story.town import Town
from muster.overview.story.units import COMPANIES, PRIMARY

ORDINARY_FILE = "青溪镇普通民兵花名册（各村）.xlsx"
INSTRUCTIONS = "填表说明"


def village_rosters(everyone: Town, seed: int, ledger: Ledger) -> Roster:
    """Return the file of the eight companies; the ledger then holds what it brought."""
    drafts = [_village_draft(everyone, index) for index in range(len(COMPANIES))]
    _spoil_ordinary(drafts, everyone, seed)
    for draft in drafts:
        _close(draft)
    guide = Draft(INSTRUCTIONS, village_look(0))
    grids = [lay_out(draft)[0] for draft in drafts]
    grids.insert(0, lay_out(guide)[0])
    grids[0].merged.clear()
    grids[0].rows = [["填表说明"], ["1.每村一表，一人一行。"], ["2.身份证号请按文本填写。"]]
    keys = {one.key for one in COMPANIES}
    truth = file_truth(Format(ORDINARY_FILE), drafts, ledger, absent=absent_from(everyone, keys))
    return Roster(ORDINARY_FILE, workbook_bytes(grids), truth)


def _village_draft(everyone: Town, index: int) -> Draft:
    look, name = village_look(index), VILLAGES[index].name
    draft = Draft(name, look)
    titles: list[list[Cell]] = [[f"{name}普通民兵花名册"], [], ["2024年度    填报人："]]
    draft.above = titles[: index % 4]
    draft.lines = [
        line_of(as_the_village_lists(person), look)
        for person in everyone.people
        if person.seat and person.seat.unit == COMPANIES[index].key
    ]
    return draft


def _close(draft: Draft) -> None:
    """Add what offices add: a repeated header, blank rows, a total, a signature."""
    if draft.title == VILLAGES[4].name:
        draft.between[40] = [header_cells(draft.look)]
    if draft.title == VILLAGES[6].name:
        draft.between[25] = [[], []]
    if draft.title == VILLAGES[1].name:
        draft.below = [[], ["说明：本表由村民兵连填报，一式两份。"]]
        return
    between = sum(len(rows) for rows in draft.between.values())
    first = len(draft.above) + 2
    draft.below = [total_row(draft.look, first=first, last=first + len(draft.lines) + between - 1)]


def _spoil_ordinary(drafts: list[Draft], everyone: Town, seed: int) -> None:
    keep = left_alone(everyone)
    _lose_block(drafts[2], keep)
    for draft in drafts:
        for line in draft.lines:
            if _has_fate(line, everyone, fate="unfit"):
                dirt.dropped(line, field="birth", family="age", what="超过民兵年龄上限，不能入队")
    pickers = [Picker(seed, purpose=draft.title, lines=draft.lines, keep=keep) for draft in drafts]
    for picker, deeds in zip(pickers, _DEEDS, strict=True):
        picker.spoil(*deeds)
    dirt.same_number(pickers[1].take(), pickers[1].take())
    _add_strays(drafts, pickers, everyone)


def _has_fate(line: Line, everyone: Town, *, fate: str) -> bool:
    return any(one.key == line.person and one.fate == fate for one in everyone.people)


def _lose_block(draft: Draft, keep: set[str]) -> None:
    """Spoil one block of a column: numbers ending in X stay text, as spreadsheets have it."""
    for line in draft.lines[20:38]:
        if line.facts["identity"].endswith("X"):
            continue
        if line.person not in keep:
            dirt.lost_digits(line)


def _add_strays(drafts: list[Draft], pickers: list[Picker], everyone: Town) -> None:
    twice = pickers[0].take()
    other = repeated(twice, what="同一人在两个村的表里")
    look = drafts[5].look
    other.cells = line_of(everyone.by_key()[twice.person], look).cells
    other.facts = {name: twice.facts.get(name, "") for name in look.headers}
    drafts[5].lines.append(other)
    for draft, company, person in zip(
        (drafts[0], drafts[3]), (COMPANIES[0], COMPANIES[3]), _double_listed(everyone), strict=True
    ):
        seat = Seat(company.key, "member", "战士", JOIN_DAY)
        line = line_of(replace(person, seat=seat), draft.look)
        dirt.dropped(line, field="unit", family="membership", what="已编入基干分队")
        draft.lines.append(line)
    seat = Seat(COMPANIES[6].key, "member", "战士", JOIN_DAY)
    stranger = replace(everyone.elsewhere[-1], seat=seat)
    drafts[6].lines.append(line_of(stranger, drafts[6].look))
    drafts[7].lines.append(_two_in_a_cell(drafts[7]))


def _double_listed(everyone: Town) -> list[Person]:
    camouflage = PRIMARY[1].key
    stays = [one for one in everyone.people if one.fate == "stays" and one.seat]
    return [one for one in stays if one.seat and one.seat.unit == camouflage][8:10]


def _two_in_a_cell(draft: Draft) -> Line:
    """Return a row that holds two people in one cell and no number that could be right."""
    facts = dict.fromkeys(draft.look.headers, "")
    cells: dict[str, Cell] = dict.fromkeys(draft.look.headers)
    cells.update(name="曹文林、曹永平", sex="男", identity=dirt.PLACEHOLDER)
    line = Line("", facts, cells)
    dirt.dropped(line, field="name", family="name", what="一格填了两个人")
    dirt.dropped(line, field="identity", family="id", what="占位符")
    return line


_DEEDS: tuple[tuple[Callable[[Line], None], ...], ...] = (
    (dirt.wrong_check_digit, dirt.other_birth, dirt.loose_spaces, dirt.spread_name),
    (dirt.no_name, dirt.short_phone, dirt.full_width, dirt.full_width),
    (dirt.wrong_check_digit, dirt.formula_looking, dirt.real_formula),
    (dirt.scientific_text, dirt.scientific_text, dirt.impossible_birth, dirt.hidden_name),
    (
        dirt.short_number,
        lambda line: dirt.impossible_birth(line, which=1),
        lambda line: dirt.formula_looking(line, text='=HYPERLINK("http://x.invalid","点此")'),
        dirt.loose_spaces,
    ),
    (
        dirt.wrong_check_digit,
        dirt.short_phone,
        lambda line: dirt.formula_looking(line, text="@SUM"),
    ),
    (dirt.short_number, lambda line: dirt.impossible_birth(line, which=2), dirt.full_width),
    (dirt.wrong_check_digit, dirt.no_name, dirt.other_birth, dirt.spread_name),
)
