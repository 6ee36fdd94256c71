"""Dirty rosters in any layout, held apart from the story, for property tests of the importer."""

from collections.abc import Callable
from datetime import date
from random import Random

from muster.overview.story import dirt
from muster.overview.story.cells import Cell, csv_bytes, workbook_bytes
from muster.overview.story.county import VILLAGES
from muster.overview.story.drafts import (
    Draft,
    Line,
    Look,
    header_cells,
    lay_out,
    line_of,
    total_row,
)
from muster.overview.story.expectation import Format, Ledger, file_truth
from muster.overview.story.people import Mint, Wish
from muster.overview.story.town import dice_for
from muster.overview.story.truth import FileTruth

_HEADERS: dict[str, tuple[str, ...]] = {
    "serial": ("序号", "编号", "NO.", "序 号"),
    "name": ("姓名", "人员姓名", "民兵姓名", "名字", "姓 名"),
    "sex": ("性别", "男/女", "性 别"),
    "birth": ("出生日期", "出生年月", "出生年月日", "生日", "出生时间"),
    "identity": (
        "身份证号",
        "身份证",
        "公民身份号码",
        "身份证件号码",
        "居民身份证号",
        "身份证号码",
    ),
    "education": ("文化程度", "学历", "最高学历"),
    "politics": ("政治面貌", "政治面目", "面貌"),
    "phone": ("联系电话", "手机号码", "电话", "联系方式", "手机号"),
    "employer": ("工作单位", "单位", "从业单位"),
    "skills": ("专业特长", "特长", "技能", "专业技能"),
    "veteran": ("退役军人", "是否退役军人", "是否退伍"),
    "remark": ("备注", "说明"),
}
_DAYS = ("cell", "iso", "slash", "dot", "chinese", "compact", "month-chinese", "month-dash")
_STYLES: dict[str, tuple[str, ...]] = {
    "birth": _DAYS,
    "sex": ("", "coded-sex"),
    "phone": ("", "spaced-phone", "dashed-phone", "number"),
    "politics": ("", "short-party"),
    "skills": ("", "slashed", "comma"),
}
_GROUPS = {"name": "基本情况", "identity": "基本情况", "phone": "联系", "employer": "联系"}
_DEEDS: tuple[tuple[str, Callable[[Line], None]], ...] = (
    ("identity", dirt.wrong_check_digit),
    ("identity", dirt.short_number),
    ("identity", dirt.lost_digits),
    ("identity", dirt.scientific_text),
    ("identity", dirt.hidden_number),
    ("name", dirt.no_name),
    ("name", dirt.hidden_name),
    ("birth", dirt.impossible_birth),
    ("birth", dirt.other_birth),
    ("phone", dirt.short_phone),
)
_TRAPS: tuple[tuple[str, Callable[[Line], None]], ...] = (
    ("phone", dirt.full_width),
    ("name", dirt.loose_spaces),
    ("name", dirt.spread_name),
    ("remark", dirt.formula_looking),
    ("remark", dirt.real_formula),
)


def random_dirty_roster(seed: int, *, rows: int) -> tuple[bytes, FileTruth]:
    """Return a dirty roster of about ``rows`` people in a layout of its own, and its truth.

    The truth's file name tells .xlsx from .csv. The register is taken to be empty, and no row
    names a unit or a village, so every row without a fault is new.
    """
    dice = dice_for(seed, purpose="random roster")
    form = _form(dice)
    draft = _draft(dice, form, rows)
    _spoil(dice, draft)
    _interrupt(dice, draft)
    grid, sheet, _ = lay_out(draft)
    if dice.random() < 0.6:
        first = sheet.header_row + 1
        draft.below = [total_row(draft.look, first=first, last=max(first, len(grid.rows)))]
    truth = file_truth(form, [draft], Ledger((), ()))
    grid = lay_out(draft)[0]
    if form.encoding:
        return csv_bytes(grid, encoding=form.encoding, delimiter=form.delimiter), truth
    return workbook_bytes([grid]), truth


def _form(dice: Random) -> Format:
    if dice.random() < 0.7:
        return Format("花名册.xlsx")
    encoding = dice.choice(("gbk", "gb18030", "utf-8", "utf-8-sig"))
    return Format("花名册.csv", encoding, dice.choice((",", ";", "\t")))


def _look(dice: Random, *, grouped: bool) -> Look:
    optional = [name for name in _HEADERS if name not in {"name", "identity"}]
    chosen = ["name", "identity", *(name for name in optional if dice.random() < 0.75)]
    dice.shuffle(chosen)
    headers = {name: dice.choice(_HEADERS[name]) for name in chosen}
    styles = {name: dice.choice(options) for name, options in _STYLES.items()}
    groups = {name: words for name, words in _GROUPS.items() if name in headers} if grouped else {}
    return Look(headers, styles, _adjacent(headers, groups))


def _adjacent(headers: dict[str, str], groups: dict[str, str]) -> dict[str, str]:
    """Keep only groups whose columns stand side by side: a merged cell cannot span others."""
    order = list(headers)
    whole = {}
    for words in set(groups.values()):
        places = [order.index(name) for name, group in groups.items() if group == words]
        if max(places) - min(places) == len(places) - 1:
            whole.update({order[place]: words for place in places})
    return whole


def _draft(dice: Random, form: Format, rows: int) -> Draft:
    look = _look(dice, grouped=not form.encoding and dice.random() < 0.3)
    draft = Draft("" if form.encoding else dice.choice(("Sheet1", "花名册", "名单 (2)")), look)
    above: list[list[Cell]] = [["人员花名册"], [], ["填报时间：2024年5月"], ["（内部使用）"], []]
    draft.above = above[: dice.randint(0, len(above))]
    mint = Mint(dice, prefix="rd", block=2)
    for _ in range(rows):
        wish = Wish(dice.choice(VILLAGES).code, (date(1979, 1, 1), date(2005, 12, 31)))
        draft.lines.append(line_of(mint.person(wish), look))
    return draft


def _spoil(dice: Random, draft: Draft) -> None:
    rate = dice.choice((0.0, 0.05, 0.15, 0.4))
    deeds = [deed for name, deed in _DEEDS if name in draft.look.headers]
    traps = [
        trap
        for name, trap in _TRAPS
        if name in draft.look.headers
        and (trap is not dirt.full_width or "phone" in draft.look.headers)
    ]
    for line in list(draft.lines):
        draw = dice.random()
        if draw < rate:
            dice.choice(deeds)(line)
        elif draw < rate + 0.1 and traps:
            dice.choice(traps)(line)
    _repeat(dice, draft, rate)


def _repeat(dice: Random, draft: Draft, rate: float) -> None:
    """Let a sound row stand twice, and give one row the number of another."""
    sound = [line for line in draft.lines if not line.faults and not line.traps]
    dice.shuffle(sound)
    if rate and len(sound) > 3:
        first = sound.pop()
        again = Line(first.person, dict(first.facts), dict(first.cells))
        dirt.dropped(again, field="identity", family="duplicate", what="同一人在本表出现两次")
        draft.lines.append(again)
        dirt.same_number(sound.pop(), sound.pop())


def _interrupt(dice: Random, draft: Draft) -> None:
    for index in range(1, len(draft.lines)):
        draw = dice.random()
        if draw < 0.02:
            draft.between[index] = [[]]
        elif draw < 0.03 and not draft.look.groups:
            draft.between[index] = [header_cells(draft.look)]
