"""People: the columns of a roster, read into the register's values."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from muster.core.identity import (
    EDUCATION_WORDS,
    IdentityNumber,
    PartialDate,
    ValueFault,
    fold,
    mask_phone,
    parse_date,
    parse_education,
    parse_person_name,
    parse_phone,
    parse_politics,
    parse_sex,
    parse_yes_no,
)
from muster.core.identity import POLITICS as POLITICS_WORDS
from muster.core.sheets import Column, cell_text, is_blank, is_error
from muster.engines.imports.kinds import CLEAR, Context, Draft
from muster.ground.register.models import Person

PEOPLE = (
    Column("name", "姓名", ("姓名", "名字", "姓 名", "人员姓名", "民兵姓名", "队员姓名", "本人姓名"), kind="name", required=True,
           help="身份证上的姓名", example="李大山"),
    Column("id_number", "身份证号", ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "公民身份证号码",
            "身份证件号码", "居民身份证号", "居民身份证号码", "居民身份证"),
           kind="id", required=True, sensitive=True, help="18 位，整列设为文本格式", example="000000200103051236"),
    Column("sex", "性别", ("性别", "男/女"), kind="choice", allowed=("男", "女"), help="男或女", example="男"),
    Column("birth_date", "出生日期", ("出生日期", "出生年月", "出生年月日", "生日", "出生时间"), kind="date",
           help="如 2001-03-05；可以只到年月", example="2001-03-05"),
    Column("phone", "联系电话", ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"), kind="phone",
           sensitive=True, help="手机号，或带区号的座机", example="13800000000"),
    Column("village", "所属村（社区）", ("所属村（社区）", "所属村", "村（社区）", "村社区", "所在村", "户籍地", "村/社区",
            "村组", "所属村社区", "村别", "村名"),
           kind="text", help="本镇的村或社区名称", example="东风村"),
    Column("education", "文化程度", ("文化程度", "学历", "最高学历", "文化水平"), kind="choice",
           allowed=EDUCATION_WORDS, example="高中"),
    Column("politics", "政治面貌", ("政治面貌", "政治面目", "面貌"), kind="choice",
           allowed=tuple(POLITICS_WORDS), example="群众"),
    Column("employer", "工作单位", ("工作单位", "从业单位", "单位", "工作单位及职务"), kind="text"),
    Column("address", "住址", ("住址", "家庭住址", "现住址", "家庭地址", "现住地"), kind="text"),
    Column("skills", "专业特长", ("专业特长", "特长", "专业", "技能", "专长", "专业技能", "专业特长技能"), kind="text",
           help="多个用顿号分开，第一个是主要专长", example="驾驶、水电"),
    Column("veteran", "退役军人", ("退役军人", "是否退役军人", "是否退伍军人", "退伍军人", "转业退伍军人",
            "是否退役", "是否退伍"), kind="choice",
           allowed=("是", "否")),
)  # fmt: skip
BY_KEY = {c.key: c for c in PEOPLE}
REQUIRED = tuple(c for c in PEOPLE if c.required)
LONGEST_SKILL = 40
# Cells of few different values are read once a file: key and text → value or fault.
REPEATED = frozenset({"sex", "birth_date", "education", "politics", "veteran", "village",
                      "employer", "skills"})  # fmt: skip
POLITICS = {str(label): str(code) for code, label in Person.Politics.choices}
CLEARED: dict[str, Any] = {"phone": "", "employer": "", "address": "", "skills": "",
                           "education": None, "politics": "", "veteran": None}  # fmt: skip
Reader = Callable[[Any, Context], Any]
# What a cell must begin with to be blank, an error of the spreadsheet program, or a clearing word.
SUSPECT = frozenset("#清（( \t\r\n\u3000\u200b\ufeff\xa0")
BLANK = ValueFault("value.blank", "")


def _text(limit: int) -> Reader:
    def read(raw: Any, _: Context) -> str:
        return plain_text(raw, limit=limit)

    return read


def plain_text(raw: Any, *, limit: int) -> str:
    """Return a cell as one line of folded text; refuse what is longer than the register keeps."""
    text = fold(str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw))
    if len(text) > limit:
        raise ValueFault(
            "text.too_long", f"内容超过 {limit} 个字，请缩短。", f"不超过 {limit} 个字"
        )
    return text


def _skills(raw: Any, _: Context) -> str:
    text = plain_text(raw, limit=120)
    if any(len(skill) > LONGEST_SKILL for skill in skills_of(text)):
        words = f"一项专长超过 {LONGEST_SKILL} 个字，请写成短词，用顿号分开。"
        raise ValueFault("skill.too_long", words, f"每项不超过 {LONGEST_SKILL} 个字")
    return text


READERS: dict[str, Reader] = {
    "name": lambda raw, _: parse_person_name(raw),
    "id_number": lambda raw, context: IdentityNumber.parse(raw, today=context.today).text,
    "sex": lambda raw, _: parse_sex(raw),
    "birth_date": lambda raw, context: parse_date(raw, today=context.today),
    "phone": lambda raw, _: parse_phone(raw),
    "education": lambda raw, _: parse_education(raw),
    "politics": lambda raw, _: POLITICS.get(parse_politics(raw), "other"),
    "veteran": lambda raw, _: parse_yes_no(raw),
    "village": _text(60),
    "employer": _text(120),
    "address": _text(160),
    "skills": _skills,
}


class RowReader:
    """Reads rows of one file; a value that stands in many rows is parsed once."""

    def __init__(self, context: Context) -> None:
        """Begin with nothing remembered."""
        self.context = context
        self._plan: list[tuple[str, Reader, dict[str, Any] | None]] = [
            (key, read, {} if key in REPEATED else None) for key, read in READERS.items()
        ]

    def read(self, draft: Draft) -> None:
        """Read the cells of a row into values, noting every fault of every cell."""
        raw, values = draft.raw, draft.values
        for key, read, known in self._plan:
            cell = raw.get(key)
            if cell is None or cell == "":
                continue
            if known is None or not isinstance(cell, str):
                found = self._value(key, cell, read)
            else:
                found = known.get(cell)
                if found is None:
                    found = known[cell] = self._value(key, cell, read)
            if found.__class__ is not ValueFault:
                values[key] = found[0]
            elif found is not BLANK:
                draft.fault(BY_KEY[key], found, masked=masked(BY_KEY[key], cell))
        for column in REQUIRED:
            if column.key not in values and is_blank(raw.get(column.key)):
                draft.fault(column, missing(column))
        if not draft.faults:
            _agree(draft)

    def _value(self, key: str, cell: Any, read: Reader) -> Any:
        """Return the value of a cell in a tuple, or its fault."""
        try:
            if isinstance(cell, str) and cell[0] in SUSPECT:
                if is_blank(cell):
                    return BLANK
                if is_error(cell):
                    return broken_cell()
                if cell.strip() in CLEAR:
                    return (cleared(key),)
            return (read(cell, self.context),)
        except ValueFault as fault:
            return fault


def cleared(key: str) -> Any:
    """Return the empty value of a column, or refuse where it cannot be empty."""
    if key not in CLEARED:
        raise ValueFault("value.not_clearable", "这一列不能清空。不想改动就把格子留空。", "留空")
    return CLEARED[key]


def broken_cell() -> ValueFault:
    """Return the fault of a cell that shows an error of the spreadsheet program."""
    text = "这一格是公式错误或没有算出结果，请改填实际内容（复制后“选择性粘贴→数值”）。"
    return ValueFault("cell.error", text, "实际内容，不要公式")


def missing(column: Column) -> ValueFault:
    """Return the fault of an empty cell that must be filled."""
    return ValueFault("value.missing", f"缺{column.label}，请补填。", column.help or "必填")


def _agree(draft: Draft) -> None:
    """Note where birth date or sex contradict the identity number; the number decides values."""
    number = draft.values["id_number"]
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    told: PartialDate | None = draft.values.pop("birth_date", None)
    if told is not None and not _fits(told, born):
        column = BY_KEY["birth_date"]
        text = "出生日期与身份证号不一致，请核对哪一个填错了。"
        draft.fault(
            column, ValueFault("birth.differs", text, "与身份证号第 7–14 位相同"), masked=str(told)
        )
    real = "M" if int(number[16]) % 2 else "F"
    sex = draft.values.get("sex")
    if sex and sex != real:
        text = "性别与身份证号不一致，请核对哪一个填错了。"
        draft.fault(BY_KEY["sex"], ValueFault("sex.differs", text, "与身份证号第 17 位相符"),
                    masked="男" if sex == "M" else "女")  # fmt: skip
    draft.values["sex"] = real
    draft.values["birth_date"] = born.isoformat()


def _fits(told: PartialDate, born: date) -> bool:
    return (
        told.year == born.year
        and (told.month is None or told.month == born.month)
        and (told.day is None or told.day == born.day)
    )


def plain_number(raw: Any) -> str:
    """Return the identity number of a cell, or "" where it is not one."""
    if raw is None or raw == "":
        return ""
    try:
        return IdentityNumber.parse(raw).text
    except ValueFault:
        return ""


def names_by_number(pairs: Iterable[tuple[Any, Any]]) -> dict[str, set[str]]:
    """Return number → names for the numbers that stand beside more than one name."""
    first: dict[str, Any] = {}
    found: dict[str, set[str]] = {}
    for raw, name in pairs:
        # Whole numbers are taken as they stand: wrong ones are refused for themselves.
        number = raw.upper() if isinstance(raw, str) and len(raw) == 18 else plain_number(raw)
        if not number or is_blank(name):
            continue
        if first.setdefault(number, name) != name:
            found.setdefault(number, {_name(first[number])}).add(_name(name))
    return {number: names for number, names in found.items() if len(names) > 1}


def _name(raw: Any) -> str:
    return fold(str(raw if raw is not None else ""))


def refuse_double(
    draft: Draft, first: dict[str, tuple[str, int]], names: dict[str, set[str]]
) -> None:
    """Refuse the second row of one person, and every row of a number under several names."""
    if not draft.index:
        return
    number = draft.values["id_number"]
    if number in names:
        text = "同一个身份证号在表里写了不同的姓名，请核对号码是谁的，改正写错的一行。"
        _doubt(draft, number, ValueFault("id.two_names", text, "一号一人"))
        return
    here = (draft.sheet, draft.number)
    sheet, row = first.setdefault(draft.index, here)
    if (sheet, row) == here:
        return
    where = f"第 {row} 行" + (f"（{sheet}）" if sheet != draft.sheet else "")
    text = f"与{where}是同一个身份证号。请核对，只保留一行。"
    _doubt(draft, number, ValueFault("id.twice", text, "同一人只写一行"))


def _doubt(draft: Draft, number: str, fault: ValueFault) -> None:
    column = BY_KEY["id_number"]
    draft.fault(column, fault, masked=masked(column, number))


def masked(column: Column, raw: Any) -> str:
    """Return a value as it may be shown in an error list: identity numbers and phones masked."""
    text = cell_text(raw).strip()
    if column.kind == "id":
        return f"{text[:3]}{'*' * max(0, len(text) - 7)}{text[-4:]}" if len(text) > 7 else "****"
    if column.kind == "phone":
        return mask_phone(text)
    if column.kind == "name":
        return f"{text[:1]}{'*' * max(1, len(text) - 1)}"
    return text[:40]


def skills_of(text: str) -> list[str]:
    """Return the skills of a cell, the main one first."""
    if not text:
        return []
    for mark in "、,，;；/ ":
        text = text.replace(mark, "|")
    return list(dict.fromkeys(s for s in text.split("|") if s))
