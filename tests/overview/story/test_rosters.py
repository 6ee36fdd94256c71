import random
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from muster.core.identity import (
    IdentityNumber,
    ValueFault,
    parse_date,
    parse_education,
    parse_person_name,
    parse_phone,
    parse_politics,
    parse_sex,
    parse_yes_no,
)
from muster.core.sheets import Column, find_tables
from muster.core.sheets.reader import read
from muster.overview.story.clerk import repair
from muster.overview.story.random_rosters import random_dirty_roster
from muster.overview.story.rosters import (
    ORDINARY_FILE,
    PRIMARY_FILE,
    SUPPLEMENT_FILE,
    Roster,
    rosters,
    write_rosters,
)
from muster.overview.story.town import town
from muster.overview.story.truth import FileTruth, RowTruth, from_json, to_json
from tests.overview.story.reading import data_rows, sheets_of, write_repair_workbook

CELL_FAMILIES = {"id": "identity", "date": "birth", "name": "name", "phone": "phone"}


@pytest.fixture(scope="module")
def files() -> dict[str, Roster]:
    return {one.name: one for one in rosters(town(7), seed=7)}


def refused_cells(values: dict[str, object]) -> set[str]:
    """Which cells the office's own readers refuse."""
    readers = {
        "identity": IdentityNumber.parse,
        "birth": parse_date,
        "name": parse_person_name,
        "phone": parse_phone,
        "sex": parse_sex,
        "education": parse_education,
        "politics": parse_politics,
        "veteran": parse_yes_no,
    }
    found = set()
    for field, reader in readers.items():
        if field in values and (values[field] not in (None, "") or field == "name"):
            try:
                reader(values[field])
            except ValueFault:
                found.add(field)
    return found


def planted_cells(families: set[str]) -> set[str]:
    return {CELL_FAMILIES[family] for family in families & set(CELL_FAMILIES)}


@pytest.mark.parametrize("name", [PRIMARY_FILE, ORDINARY_FILE, SUPPLEMENT_FILE])
def test_exactly_the_planted_cells_are_unreadable(files: dict[str, Roster], name: str) -> None:
    roster = files[name]
    for row, values in data_rows(roster.content, roster.truth):
        planted = planted_cells({fault.family for fault in row.faults})
        assert refused_cells(values) - planted == set(), (row.sheet, row.row)
        assert planted <= refused_cells(values), (row.sheet, row.row)


@pytest.mark.parametrize("seed", range(40))
def test_exactly_the_planted_cells_of_a_random_file_are_unreadable(seed: int) -> None:
    content, truth = random_dirty_roster(seed, rows=25)
    for row, values in data_rows(content, truth):
        planted = planted_cells({fault.family for fault in row.faults})
        assert refused_cells(values) == planted, (row.row, values)


def test_no_identity_number_appears_twice_unless_planted(files: dict[str, Roster]) -> None:
    for roster in files.values():
        read: Counter[str] = Counter()
        planted: set[str] = set()
        for row, values in data_rows(roster.content, roster.truth):
            try:
                number = IdentityNumber.parse(values["identity"]).text
            except ValueFault:
                continue
            read[number] += 1
            if any(fault.family == "duplicate" for fault in row.faults):
                planted.add(number)
        assert {number for number, times in read.items() if times > 1} == planted


def test_the_five_results_add_up_and_repair_leaves_no_fault(files: dict[str, Roster]) -> None:
    for roster in files.values():
        truth = roster.truth
        for sums in (truth.first, truth.second):
            parts = sums.new + sums.changed + sums.unchanged + sums.rejected + sums.held
            assert sums.rows == parts
        dropped = sum(row.mending == "drop" for row in truth.faulty)
        assert truth.second.rows + dropped == truth.first.rejected == len(truth.faulty)
        assert truth.second.rejected == truth.second.held == 0


def test_every_kind_of_dirt_is_planted(files: dict[str, Roster]) -> None:
    rows = [row for roster in files.values() for row in roster.truth.rows]
    families = {fault.family for row in rows for fault in row.faults}
    whats = {fault.what for row in rows for fault in row.faults}
    traps = {trap for row in rows for trap in row.traps}

    expected = "id date birth name phone unit duplicate membership other_name age"
    assert families == set(expected.split())
    assert {"校验码不对", "按数字保存，丢失位数", "科学记数法文字", "日期不存在", "占位符"} <= whats
    assert {"全角数字", "首尾空格", "像公式的文字", "公式单元格", "姓名中间有空格"} == traps
    assert sum(row.outcome == "held" for row in rows) == 4


def test_after_the_three_files_everybody_of_the_town_is_registered(
    files: dict[str, Roster],
) -> None:
    everyone = town(7)
    brought = {
        row.person
        for roster in files.values()
        for row in roster.truth.rows
        if row.after or row.outcome not in {"rejected", "held"}
    }
    members = {one.key for one in everyone.people if one.fate in {"stays", "joins", "candidate"}}

    assert members <= brought
    absent = {key for roster in files.values() for key in roster.truth.absent}
    assert {one.key for one in everyone.people} - brought == absent | {
        one.key for one in everyone.people if one.fate == "unfit" and one.reason == "超龄"
    }


def test_rows_between_and_below_are_no_data(files: dict[str, Roster]) -> None:
    for roster in files.values():
        sheets = sheets_of(roster.content, roster.truth)
        for sheet in roster.truth.sheets:
            numbers = {row.row for row in roster.truth.rows if row.sheet == sheet.title}
            spoken_for = numbers | set(sheet.not_data)
            below = range(sheet.header_row + 1, len(sheets[sheet.title]) + 1)
            assert not numbers & set(sheet.not_data)
            assert {n for n in below if any(sheets[sheet.title][n - 1])} <= spoken_for
            headers = sheets[sheet.title][sheet.header_row - 1]
            upper = sheets[sheet.title][sheet.header_row - 2]
            for column in sheet.columns:
                at = column.index - 1
                assert column.header in (headers[at], *upper[at : column.index])


def rows_found(content: bytes, truth: FileTruth) -> set[tuple[str, int]]:
    """The data rows that the office's own reader finds, told every header word of the file."""
    words: dict[str, list[str]] = {}
    for sheet in truth.sheets:
        for one in sheet.columns:
            words.setdefault(one.field, []).append(one.header)
    columns = [
        Column(field, texts[0], tuple(texts[1:]), required=field in {"name", "identity"})
        for field, texts in words.items()
    ]
    tables = find_tables(read(content, truth.file), columns)
    return {
        ("" if truth.encoding else table.sheet.name, row.number)
        for table in tables.found
        for row in table.rows
    }


def test_the_offices_reader_finds_exactly_the_data_rows(files: dict[str, Roster]) -> None:
    made = [(one.content, one.truth) for one in files.values()]
    made += [random_dirty_roster(seed, rows=15) for seed in range(30)]

    for content, truth in made:
        assert rows_found(content, truth) == {(row.sheet, row.row) for row in truth.rows}


def test_the_workbooks_open_in_openpyxl_with_merged_headers_and_numbers(
    files: dict[str, Roster], tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(files[PRIMARY_FILE].content)
    (tmp_path / "b.xlsx").write_bytes(files[ORDINARY_FILE].content)
    primary = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    ordinary = openpyxl.load_workbook(tmp_path / "b.xlsx")

    assert primary is not None and len(primary.merged_cells.ranges) > 10
    assert len(ordinary.sheetnames) == 9
    block = ordinary["大桥村"]
    lost = [c for row in block.iter_rows() for c in row if c.number_format == "0.00E+00"]
    assert 10 <= len(lost) <= 18
    forms = {type(row[1].value) for row in ordinary["柳树村"].iter_rows() if row[1].value}
    assert forms == {str}


def test_the_text_file_is_gbk_with_semicolons(files: dict[str, Roster]) -> None:
    content = files[SUPPLEMENT_FILE].content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert content.decode("gbk").splitlines()[1].count(";") == 19


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    files: dict[str, Roster], tmp_path: Path
) -> None:
    random.seed(1)
    again = write_rosters(town(7), tmp_path, seed=7)
    other = rosters(town(8), seed=8)

    assert [one.content for one in again] == [one.content for one in files.values()]
    assert all(a.content != b.content for a, b in zip(again, other, strict=True))
    assert random_dirty_roster(3, rows=9) == random_dirty_roster(3, rows=9)
    assert len(list(tmp_path.iterdir())) == 6


def test_the_truth_survives_json(files: dict[str, Roster]) -> None:
    for roster in files.values():
        assert from_json(to_json(roster.truth)) == roster.truth


@pytest.mark.parametrize("name", [PRIMARY_FILE, ORDINARY_FILE, SUPPLEMENT_FILE])
def test_the_clerk_repairs_every_row_that_can_be_repaired(
    files: dict[str, Roster], tmp_path: Path, name: str
) -> None:
    roster = files[name]
    given = tmp_path / "修正.xlsx"
    write_repair_workbook(roster.content, roster.truth, given)

    corrected = openpyxl.load_workbook(repair(given, roster.truth))

    left = 0
    for sheet in corrected.worksheets:
        truth = roster.truth.sheet("" if sheet.title == "Sheet1" else sheet.title)
        for values in list(sheet.iter_rows(values_only=True))[truth.header_row :]:
            left += 1
            row = row_numbered(roster.truth, truth.title, values[-1])
            cells = {one.field: values[one.index - 1] for one in truth.columns}
            assert refused_cells(cells) == set()
            assert IdentityNumber.parse(cells["identity"]).text == dict(row.meant)["identity"]
    assert left == roster.truth.second.rows


def row_numbered(truth: FileTruth, sheet: str, number: object) -> RowTruth:
    return next(row for row in truth.faulty if (row.sheet, row.row) == (sheet, number))


def test_the_clerk_refuses_a_row_that_has_no_fault(
    files: dict[str, Roster], tmp_path: Path
) -> None:
    truth = files[PRIMARY_FILE].truth
    sound = next(row for row in truth.rows if row.outcome == "unchanged")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sound.sheet
    book.active.append(["姓名", "原行号"])
    book.active.append(["王文林", sound.row])
    book.save(tmp_path / "x.xlsx")

    with pytest.raises(ValueError, match="not faulty"):
        repair(tmp_path / "x.xlsx", truth)
