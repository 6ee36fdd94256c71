"""The roster that the import bench reads: 25 columns, a share of dirty rows, known truth."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

HEADERS = (
    "序号", "姓名", "性别", "身份证号", "出生日期", "民族", "政治面貌", "文化程度", "毕业院校", "所学专业",
    "婚姻状况", "联系电话", "所属村（社区）", "家庭住址", "户籍类别", "工作单位", "从事职业", "专业特长",
    "退役军人", "入伍时间", "退役时间", "身高", "体重", "血型", "备注",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉兰志海建国春生文斌立新小梅"
VILLAGES = tuple(f"测试{a}{b}村" for a in "东南西北中" for b in "山河湖泉岭坪湾桥")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIRST = date(1979, 1, 1)
Row = list[str | int]


def write_roster(path: Path, *, rows: int, dirty: float, seed: int, titled: bool = True) -> int:
    """Write the workbook, a title above its header; return how many rows carry a fault."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    if titled:
        sheet.write_row(0, 0, ["民兵花名册"])
    sheet.write_row(int(titled), 0, HEADERS)
    faulty = 0
    lines = roster(rows=rows, dirty=dirty, seed=seed)
    for number, (cells, wrong) in enumerate(lines, start=1 + titled):
        faulty += wrong
        sheet.write_row(number, 0, cells)
    book.close()
    return faulty


def roster(*, rows: int, dirty: float, seed: int) -> Iterator[tuple[Row, bool]]:
    """Yield cells and whether the row carries a fault."""
    dice = Random(seed)
    for index in range(rows):
        cells = _cells(dice, index)
        wrong = dice.random() < dirty
        if wrong:
            _spoil(dice, cells)
        yield cells, wrong


def _cells(dice: Random, index: int) -> Row:
    born = _FIRST + timedelta(days=index % 9000)
    man = dice.random() < 0.9
    order = index // 9000 * 2 + (1 if man else 0)
    number = _number(f"000000{born:%Y%m%d}{order % 1000:03d}")
    name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
    served = man and dice.random() < 0.2
    return [
        index + 1, name, "男" if man else "女", number, born.isoformat(), "汉族",
        dice.choice(("群众", "群众", "群众", "中共党员", "共青团员")),
        dice.choice(("初中", "高中", "大专", "本科")), "县第一中学", "无",
        dice.choice(("已婚", "未婚")), f"199{dice.randrange(10**8):08d}", dice.choice(VILLAGES),
        f"{dice.randrange(1, 20)}组{dice.randrange(1, 200)}号", "农业", dice.choice(("青禾农机合作社", "务农", "青溪食品厂")),
        "农民", dice.choice(("", "", "驾驶", "医疗救护、驾驶", "焊工")), "是" if served else "否",
        "2006-12-01" if served else "", "2008-12-01" if served else "", dice.randrange(158, 190),
        dice.randrange(50, 90), dice.choice("ABO"), "",
    ]  # fmt: skip


def _number(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _spoil(dice: Random, cells: Row) -> None:
    way = dice.randrange(6)
    number = str(cells[3])
    if way == 0:
        cells[3] = number[:17] + ("1" if number[17] != "1" else "2")
    elif way == 1:
        cells[3] = number[:-1]
    elif way == 2:
        cells[1] = ""
    elif way == 3:
        cells[4] = "2001-13-45"
    elif way == 4:
        cells[11] = str(cells[11])[:9]
    else:
        cells[12] = "没有的地方"
