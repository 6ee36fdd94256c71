"""Words of a closed list: sex, yes and no, schooling, politics; and whole numbers."""

import re
from collections.abc import Mapping
from typing import Literal

from muster.core.identity.faults import ValueFault
from muster.core.identity.text import Raw, as_text

EDUCATION: Mapping[int, tuple[str, ...]] = {
    0: ("小学及以下", "小学", "文盲", "半文盲", "不识字", "未上学", "无学历", "小学毕业",
        "80", "90"),
    1: ("初中", "初中毕业", "初级中学", "初中肄业", "70"),
    2: ("高中", "中专", "职高", "技校", "高中毕业", "中专毕业", "普通高中", "职业高中", "中等专科",
        "中等职业教育", "中职", "技工学校", "中技", "高中/中专", "高中(中专)", "高级中学",
        "高中、中专", "40", "60"),
    3: ("大专", "专科", "大学专科", "大专毕业", "高职", "高专", "大学专科教育", "专科毕业",
        "大专在读", "30"),
    4: ("本科及以上", "本科", "大学本科", "大学", "研究生", "硕士", "博士", "硕士研究生",
        "博士研究生", "本科毕业", "全日制本科", "大学毕业", "在职本科", "10", "20"),
}  # fmt: skip
"""Schooling levels and their spellings; the first word is the label, digits are GB/T 4658."""
EDUCATION_WORDS = ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")
"""The words to offer, in lists and in refusals; what people write besides is read as well."""

POLITICS: Mapping[str, tuple[str, ...]] = {
    "中共党员": ("党员", "中国共产党党员", "共产党员", "正式党员", "01", "1"),
    "中共预备党员": ("预备党员", "中国共产党预备党员", "02", "2"),
    "共青团员": ("团员", "中国共产主义青年团团员", "03", "3"),
    "民革党员": ("民革", "中国国民党革命委员会会员", "04", "4"),
    "民盟盟员": ("民盟", "中国民主同盟盟员", "05", "5"),
    "民建会员": ("民建", "中国民主建国会会员", "06", "6"),
    "民进会员": ("民进", "中国民主促进会会员", "07", "7"),
    "农工党党员": ("农工党", "中国农工民主党党员", "08", "8"),
    "致公党党员": ("致公党", "中国致公党党员", "09", "9"),
    "九三学社社员": ("九三学社", "九三学社成员", "10"),
    "台盟盟员": ("台盟", "台湾民主自治同盟盟员", "11"),
    "无党派人士": ("无党派民主人士", "无党派", "12"),
    "群众": ("普通公民", "一般群众", "13"),
}
"""Political affiliation: label and other spellings; digits are GB/T 4762."""

_MEN = frozenset(["男", "M", "1", "男性", "MALE", "男士", "1-男", "1男"])
_WOMEN = frozenset(["女", "F", "2", "女性", "FEMALE", "女士", "2-女", "2女"])
_YES = frozenset(
    ["是", "√", "✓", "✔", "对", "有", "1", "Y", "YES", "TRUE", "T", "已", "☑", "V", "真"]
)
_NO = frozenset(
    [
        "否",
        "×",
        "✗",
        "✘",
        "╳",
        "X",
        "错",
        "无",
        "0",
        "N",
        "NO",
        "FALSE",
        "F",
        "未",
        "没有",
        "不是",
        "☐",
        "-",
        "—",
        "——",
        "/",
        "假",
    ]
)
_EDUCATION = {word: level for level, words in EDUCATION.items() for word in words}
_POLITICS = {word: label for label, words in POLITICS.items() for word in (label, *words)}
_INT = re.compile(r"[-+]?[0-9]{1,15}(?:\.0+)?").fullmatch
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?").fullmatch
_WITH_UNIT = re.compile(r"([-+]?[0-9][0-9,]*)(?:\.0+)?\s*([^0-9\s.,]{1,4})").fullmatch


def parse_sex(raw: Raw) -> Literal["M", "F"]:
    """Return M or F from 男/女, M/F, 1/2 (GB/T 2261.1); raise ``ValueFault`` otherwise."""
    text = as_text(raw).upper()
    if text in _MEN:
        return "M"
    if text in _WOMEN:
        return "F"
    raise ValueFault("sex.unknown", "性别写法不认识。", "男、女")


def parse_yes_no(raw: Raw, *, blank: bool | None = None) -> bool | None:
    """Return True or False from 是/否, √/×, 有/无, 1/0, Y/N; ``blank`` for an empty cell."""
    if isinstance(raw, bool):
        return raw
    text = as_text(raw).upper()
    if not text:
        return blank
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueFault("yes_no.unknown", "这里只能填是或否。", "是、否（或 √、×、有、无）")


def parse_education(raw: Raw) -> int:
    """Return the schooling level 0 (primary or less) to 4 (bachelor or more)."""
    text = as_text(raw).replace("学历", "").replace(" ", "")
    level = _EDUCATION.get(text)
    if level is None:
        raise ValueFault("education.unknown", "文化程度写法不认识。", "、".join(EDUCATION_WORDS))
    return level


def parse_politics(raw: Raw) -> str:
    """Return the affiliation under its full label, such as 中共党员."""
    label = _POLITICS.get(as_text(raw).replace(" ", ""))
    if label is None:
        raise ValueFault("politics.unknown", "政治面貌写法不认识。", "、".join(POLITICS))
    return label


def parse_int(raw: Raw, *, low: int | None = None, high: int | None = None) -> int:
    """Return a whole number between ``low`` and ``high``, both included.

    A number with its unit (15套) is refused with the bare number as suggestion: the column's
    unit may be another one.
    """
    text = as_text(raw)
    if isinstance(raw, bool) or not (_INT(text) or _GROUPED(text)):
        raise _int_fault(text, raw)
    value = int(float(text.replace(",", ""))) if "." in text else int(text.replace(",", ""))
    if (low is not None and value < low) or (high is not None and value > high):
        span = f"{'' if low is None else low} 到 {'' if high is None else high}".strip()
        raise ValueFault("int.range", "数字超出了范围。", span)
    return value


def _int_fault(text: str, raw: Raw) -> ValueFault:
    if not text:
        return ValueFault("int.blank", "没有填写数字。", "整数")
    if match := _WITH_UNIT(text):
        message = f"只填数字，不带单位“{match[2]}”。"
        return ValueFault("int.unit", message, "整数", suggestion=match[1].replace(",", ""))
    if isinstance(raw, float) or re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", text):
        return ValueFault("int.fraction", "这里要填整数，不能带小数。", "整数")
    return ValueFault("int.characters", "这里只能填数字。", "整数")
