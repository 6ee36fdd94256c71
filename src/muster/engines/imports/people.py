"""People: the columns of a roster, read into the register's values."""

from collections.abc import Callable
from datetime import date
from typing import Any

from muster.core.identity import (
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
from muster.core.sheets import Column
from muster.engines.imports.kinds import Context, Draft, is_clear
from muster.ground.register.models import Person

PEOPLE = (
    Column("name", "姓名", ("姓名", "名字", "姓 名", "人员姓名"), kind="name", required=True,
           help="身份证上的姓名"),
    Column("id_number", "身份证号", ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "公民身份证号码"),
           kind="id", required=True, sensitive=True, help="18 位，整列设为文本格式"),
    Column("sex", "性别", ("性别",), kind="choice", allowed=("男", "女"), help="男或女"),
    Column("birth_date", "出生日期", ("出生日期", "出生年月", "出生年月日", "生日"), kind="date",
           help="如 2001-03-05；可以只到年月"),
    Column("phone", "联系电话", ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"), kind="phone",
           sensitive=True, help="手机号，或带区号的座机"),
    Column("village", "所属村（社区）", ("所属村（社区）", "所属村", "村（社区）", "村社区", "所在村", "户籍地", "村/社区",
            "村组", "所属村社区", "村别", "村名"),
           kind="text", help="本镇的村或社区名称"),
    Column("education", "文化程度", ("文化程度", "学历"), kind="choice",
           allowed=("小学", "初中", "高中", "中专", "大专", "本科", "研究生")),
    Column("politics", "政治面貌", ("政治面貌",), kind="choice",
           allowed=("中共党员", "中共预备党员", "共青团员", "群众")),
    Column("employer", "工作单位", ("工作单位", "从业单位", "单位", "工作单位及职务"), kind="text"),
    Column("address", "住址", ("住址", "家庭住址", "现住址", "家庭地址", "现住地"), kind="text"),
    Column("skills", "专业特长", ("专业特长", "特长", "专业", "技能", "专长"), kind="text",
           help="多个用顿号分开，第一个是主要专长"),
    Column("veteran", "退役军人", ("退役军人", "是否退役军人", "是否退伍军人", "退伍军人", "转业退伍军人",
            "是否退役", "是否退伍"), kind="choice",
           allowed=("是", "否")),
)  # fmt: skip
BY_KEY = {c.key: c for c in PEOPLE}
PLAIN_LIMIT = {"employer": 120, "address": 160, "skills": 120}


def _name(raw: Any, _: Context) -> str:
    return parse_person_name(raw)


def _number(raw: Any, context: Context) -> str:
    return IdentityNumber.parse(raw, today=context.today).text


def _text(limit: int) -> Callable[[Any, Context], str]:
    def read(raw: Any, _: Context) -> str:
        text = fold(str(raw))
        if len(text) > limit:
            raise ValueFault(
                "text.too_long", f"内容超过 {limit} 个字，请缩短。", f"不超过 {limit} 个字"
            )
        return text

    return read


POLITICS = {str(label): str(code) for code, label in Person.Politics.choices}
READERS: dict[str, Callable[[Any, Context], Any]] = {
    "name": _name,
    "id_number": _number,
    "sex": lambda raw, _: parse_sex(raw),
    "birth_date": lambda raw, context: parse_date(raw, today=context.today),
    "phone": lambda raw, _: parse_phone(raw),
    "education": lambda raw, _: parse_education(raw),
    "politics": lambda raw, _: POLITICS.get(parse_politics(raw), "other"),
    "veteran": lambda raw, _: parse_yes_no(raw),
    "village": _text(60),
    "employer": _text(120),
    "address": _text(160),
    "skills": _text(120),
}
CLEARED: dict[str, Any] = {"phone": "", "employer": "", "address": "", "skills": "",
                           "education": None, "politics": "", "veteran": None}  # fmt: skip


def read_row(draft: Draft, context: Context) -> None:
    """Read the cells of a row into values, noting every fault of every cell."""
    for key, column in BY_KEY.items():
        raw = draft.raw.get(key)
        if raw is not None and not (isinstance(raw, str) and not raw.strip()):
            _read_cell(draft, column, raw, context)
        elif column.required:
            draft.fault(column, missing(column))
    if draft.good:
        _agree(draft)


def missing(column: Column) -> ValueFault:
    """Return the fault of an empty cell that must be filled."""
    return ValueFault("value.missing", f"缺{column.label}，请补填。", column.help or "必填")


def _read_cell(draft: Draft, column: Column, raw: Any, context: Context) -> None:
    key = column.key
    if is_clear(raw) and key in CLEARED:
        draft.values[key] = CLEARED[key]
        return
    try:
        draft.values[key] = READERS[key](raw, context)
    except ValueFault as fault:
        draft.fault(column, fault, masked=masked(column, raw))


def _agree(draft: Draft) -> None:
    """Note where birth date or sex contradict the identity number; the number decides values."""
    number = draft.values.get("id_number")
    if not number:
        return
    identity = IdentityNumber(number, _birth_of(number))
    told: PartialDate | None = draft.values.pop("birth_date", None)
    if told is not None and not _fits(told, identity.birth_date):
        column = BY_KEY["birth_date"]
        text = "出生日期与身份证号不一致，请核对哪一个填错了。"
        draft.fault(
            column, ValueFault("birth.differs", text, "与身份证号第 7–14 位相同"), masked=str(told)
        )
    sex = draft.values.get("sex")
    if sex and sex != identity.sex:
        text = "性别与身份证号不一致，请核对哪一个填错了。"
        draft.fault(BY_KEY["sex"], ValueFault("sex.differs", text, "与身份证号第 17 位相符"),
                    masked="男" if sex == "M" else "女")  # fmt: skip
    draft.values["sex"] = identity.sex
    draft.values["birth_date"] = identity.birth_date.isoformat()


def _birth_of(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _fits(told: PartialDate, born: date) -> bool:
    return (
        told.year == born.year
        and (told.month is None or told.month == born.month)
        and (told.day is None or told.day == born.day)
    )


def masked(column: Column, raw: Any) -> str:
    """Return a value as it may be shown in an error list: identity numbers and phones masked."""
    text = str(raw).strip()
    if column.kind == "id":
        return f"{text[:3]}{'*' * max(0, len(text) - 7)}{text[-4:]}" if len(text) > 7 else "****"
    if column.kind == "phone":
        return mask_phone(text)
    if column.kind == "name":
        return f"{text[:1]}{'*' * max(1, len(text) - 1)}"
    return text[:40]


def skills_of(text: str) -> list[str]:
    """Return the skills of a cell, the main one first."""
    for mark in "、,，;；/ ":
        text = text.replace(mark, "|")
    return list(dict.fromkeys(s for s in text.split("|") if s))
