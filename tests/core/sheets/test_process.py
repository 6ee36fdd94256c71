import contextlib
import random
import time
from datetime import date, datetime, timedelta
from datetime import time as clock

import pytest

from muster.core.sheets import FileProblem, Sheet, Workbook, run_in_child
from muster.core.sheets.model import FileKind, Merge
from muster.core.sheets.wire import pack, unpack
from tests.core.sheets.made import sheet_xml, with_sheet, xlsx
from tests.core.sheets.old_xls import xls


def test_a_workbook_survives_the_wire() -> None:
    cells = ["张三", "", 1.5, 2, True, None, date(2001, 2, 3), datetime.combine(date(2001, 2, 3), clock(4, 5)), clock(6, 7),
             timedelta(hours=30), '["date', "\u2028"]  # fmt: skip
    sheets = (Sheet("名单", [cells, []] * 3000, 4, True, (Merge(1, 2, 3, 4),)), Sheet("空", []))
    book = Workbook(sheets, FileKind("xlsx", renamed=True), {"MusterX": "1"})

    assert unpack(iter(pack(book))) == book


def test_a_cut_answer_is_no_answer() -> None:
    lines = list(pack(Workbook((Sheet("名单", [["a"]]),), FileKind("csv"))))

    assert unpack(iter(lines[:-1])) is None
    assert unpack(iter([])) is None


def test_the_child_reads_what_the_reader_reads() -> None:
    book = run_in_child(xlsx([["姓名"], ["张三"], [date(2001, 2, 3)]]), "名单.xlsx")

    assert book.sheets[0].rows == [["姓名"], ["张三"], [date(2001, 2, 3)]]


def test_the_childs_refusal_arrives_with_its_words() -> None:
    with pytest.raises(FileProblem) as problem:
        run_in_child(xlsx([["秘密★1年"]]), "名单.xlsx")

    assert problem.value.code == "file.classified" and "秘密" in problem.value.message


def test_a_sheet_that_spans_everything_ends_the_child_not_us() -> None:
    far = with_sheet(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'
                               '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))  # fmt: skip

    with pytest.raises(FileProblem) as problem:
        run_in_child(far, "名单.xlsx")

    assert problem.value.code == "file.parser_died"
    assert "新建一个表格" in problem.value.message


def test_memory_and_time_limits_end_the_child() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}.5</v></c></row>' for n in range(1, 150_000))
    data = with_sheet(sheet_xml(cells))

    with pytest.raises(FileProblem, match=r"parser_died"):
        run_in_child(data, "名单.xlsx", memory_mb=60)
    start = time.monotonic()
    with pytest.raises(FileProblem, match=r"parser_died") as problem:
        run_in_child(data, "名单.xlsx", wall_s=0.02)
    assert time.monotonic() - start < 5
    assert "时间" in problem.value.message


def test_mutilated_files_never_crash_the_caller() -> None:
    chance = random.Random(7)
    rows: list[list[str | float]] = [["姓名", "电话"], *[["张三", 1.0]] * 30]
    for data, name in (
        (xlsx(rows), "a.xlsx"),
        (xls(rows), "a.xls"),
        ("姓名,电话\n张三,1\n".encode() * 9, "a.csv"),
    ):
        for _ in range(8):
            broken = bytearray(data)
            for _ in range(chance.randrange(1, 30)):
                broken[chance.randrange(8, len(broken))] = chance.randrange(256)
            with contextlib.suppress(FileProblem):
                run_in_child(bytes(broken), name, memory_mb=512, cpu_s=10, wall_s=20)
