"""Any layout an office may send: every planted fault is found at its sheet, row and column."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.identity import (
    IdentityNumber,
    ValueFault,
    parse_date,
    parse_person_name,
    parse_phone,
)
from muster.core.sheets import Merge, column_letter, find_tables, is_blank, read
from tests.core.identity.numbers import number_for
from tests.core.sheets.made import COLUMNS, xlsx
from tests.core.sheets.old_xls import xls

TODAY = date(2026, 3, 15)
READERS: dict[str, Callable[[Any], object]] = {
    "name": parse_person_name,
    "identity": lambda cell: IdentityNumber.parse(cell, today=TODAY),
    "phone": parse_phone,
    "born": lambda cell: parse_date(cell, today=TODAY),
}
HEADERS = {
    "name": ["姓名", "姓 名", "人员姓名", "*姓名", "姓名："],
    "identity": ["身份证号", "身份证号码\n（18位）", "公民身份号码", "身 份 证 号"],
    "phone": ["手机号码", "联系电话", "手机", "电话（必填）"],
    "born": ["出生日期", "出生年月"],
    "village": ["所在村", "村（社区）"],
}
BAD: dict[str, list[tuple[Any, str]]] = {
    "name": [("×××", "name.placeholder"), ("张三、李四", "name.several"), ("王五1", "name.characters")],
    "identity": [(1.1010119900101e17, "id.scientific"), ("1.1E+17", "id.scientific"),
                 ("00000019950304123", "id.length"), ("000000199513041234", "id.date"),
                 ("张三", "id.characters")],
    "phone": [("12800000000", "phone.prefix"), ("1380000", "phone.length"), ("待查", "phone.characters"),
              ("13800000000、13900000000", "phone.several")],
    "born": [("2001-13-45", "date.impossible"), ("95.3.4", "date.two_digit_year"), ("不详", "date.format")],
}  # fmt: skip
NOISE: list[list[Any]] = [
    [],
    ["合计", "12人"],
    ["备注：以上属实"],
    ["填表人：钱七", "", "审核人："],
    ["", " "],
]
Planted = set[tuple[str, int, str, str]]


class Layout:
    """Builds one sheet at random and remembers where the faults were put."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.rows: list[list[Any]] = []
        self.planted: Planted = set()
        self.people = 0
        self.merges: list[Merge] = []

    def build(self) -> "Layout":
        for _ in range(self.chance.randrange(3)):
            self.rows.append(
                self.chance.choice(
                    [["青溪镇民兵花名册"], [], ["填报单位：武装部", "", "2026年3月"]]
                )
            )
        keys = [*READERS, "village"]
        self.chance.shuffle(keys)
        self.keys = [None] * self.chance.randrange(2) + keys
        self._head()
        for _ in range(self.chance.randrange(1, 9)):
            if self.chance.random() < 0.3:
                self.rows.append(list(self.chance.choice(NOISE)))
            else:
                self._person()
        return self

    def _head(self) -> None:
        texts = ["序号" if key is None else self.chance.choice(HEADERS[key]) for key in self.keys]
        if self.chance.random() < 0.4 and len(texts) > 3:
            top = len(self.rows)
            at = self.chance.randrange(len(texts) - 1)
            upper = ["", *texts][1:]
            upper[at], upper[at + 1] = "基本情况", ""
            lower = ["" if index not in (at, at + 1) else text for index, text in enumerate(texts)]
            self.merges.append(Merge(top, at, top, at + 1))
            self.merges += [
                Merge(top, other, top + 1, other)
                for other in range(len(texts))
                if other not in (at, at + 1)
            ]
            self.rows += [upper, lower]
        else:
            self.rows.append(texts)

    def _person(self) -> None:
        self.people += 1
        index = self.chance.randrange(10_000)
        born = date(1960, 1, 1) + timedelta(days=index)
        good: dict[str | None, list[Any]] = {
            None: [float(self.people), ""],
            "name": ["张三", "李 四", "阿卜杜•热合曼", "合小明", "总其昌"],
            "identity": [number_for(index), f"'{number_for(index)}", number_for(index).lower()],
            "phone": ["13800000000", 13800000000.0, "+86 138-0000-0000", "0999-2345678", ""],
            "born": [
                born.isoformat(),
                f"{born:%Y%m}",
                f"{born.year}年{born.month}月",
                float(f"{born:%Y%m%d}"),
            ],
            "village": ["青溪村", "", "  "],
        }
        row = [self.chance.choice(good[key]) for key in self.keys]
        for column, key in enumerate(self.keys):
            if key in BAD and self.chance.random() < 0.15:
                row[column], code = self.chance.choice(BAD[key])
                self.planted.add(("名单", len(self.rows) + 1, column_letter(column), code))
        self.rows.append(row)

    def file(self, form: str) -> tuple[bytes, str]:
        if form == "xlsx":
            return xlsx(self.rows, self._merge), "名单.xlsx"
        if form == "xls":
            return xls(self.rows), "名单.xls"
        if form == "renamed":
            return xlsx(self.rows, self._merge), "名单.xls"
        lines = [",".join(_quoted(cell) for cell in row) for row in self.rows]
        return "\r\n".join(lines).encode(form), "名单.csv"

    def _merge(self, _: Any, page: Any) -> None:
        for merge in self.merges:
            page.merge_range(
                merge.top, merge.left, merge.bottom, merge.right, self.rows[merge.top][merge.left]
            )


def _quoted(cell: Any) -> str:
    text = repr(cell) if isinstance(cell, float) and cell >= 1e15 else str(cell).removesuffix(".0")
    return f'"{text}"' if set(text) & set(',\n"') else text


def faults_found(data: bytes, filename: str) -> tuple[Planted, int, int]:
    """Return the faults, the data rows and all rows below the header."""
    found: Planted = set()
    table = find_tables(read(data, filename), COLUMNS).found[0]
    letters = {key: column_letter(index) for index, key in table.header.mapping.items()}
    for number, values in table.values():
        for key, reader in READERS.items():
            cell = values[key]
            if is_blank(cell):
                continue
            try:
                reader(cell)
            except ValueFault as fault:
                found.add((table.sheet.name, number, letters[key], fault.code))
    accounted = len(table.rows) + len(table.skipped) + table.blank
    below = table.sheet.first_row + len(table.sheet.rows) - 1 - table.header.last_row
    assert accounted == below
    return found, len(table.rows), below


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from(["xlsx", "xls", "renamed", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_every_planted_fault_is_found_where_it_was_put(seed: int, form: str) -> None:
    layout = Layout(seed).build()

    found, people, _ = faults_found(*layout.file(form))

    assert found == layout.planted
    assert people == layout.people
