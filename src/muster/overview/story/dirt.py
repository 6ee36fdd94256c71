"""Ways to spoil a line, each with the repair a clerk would make; and traps that spoil nothing."""

from datetime import date

from muster.overview.story.cells import Formula, Scientific
from muster.overview.story.drafts import Line
from muster.overview.story.people import check_digit
from muster.overview.story.truth import Family

IMPOSSIBLE_DAYS = ("2001-13-45", "1998-02-30", "1990-00-00", "1987年4月31日")
PLACEHOLDER = "×××"
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def _spoil(line: Line, field: str, family: Family, what: str) -> None:
    line.faults.append((field, family, what))
    line.mending = "set"
    line.fixes[field] = line.facts[field]


def wrong_check_digit(line: Line) -> None:
    """Turn the last character of the identity number into a wrong one."""
    number = line.facts["identity"]
    line.cells["identity"] = number[:17] + ("1" if number[17] != "1" else "2")
    _spoil(line, "identity", "id", "校验码不对")


def short_number(line: Line) -> None:
    """Lose one digit of the identity number."""
    number = line.facts["identity"]
    line.cells["identity"] = number[:14] + number[15:]
    _spoil(line, "identity", "id", "少一位")


def lost_digits(line: Line) -> None:
    """Keep the identity number as a spreadsheet number: zeros in front and last digits gone."""
    number = line.facts["identity"]
    kept = number[:15] + "000"
    if check_digit(kept[:17]) == "0":
        # By luck the spoiled number would pass; lose a digit more.
        kept = number[:14] + "0000"
    line.cells["identity"] = Scientific(float(int(kept)))
    _spoil(line, "identity", "id", "按数字保存，丢失位数")


def scientific_text(line: Line) -> None:
    """Leave only the scientific notation of the identity number, as text."""
    line.cells["identity"] = f"{float(int(line.facts['identity'][:17]) * 10):.5E}"
    _spoil(line, "identity", "id", "科学记数法文字")


def hidden_number(line: Line) -> None:
    """Put ××× in place of the identity number."""
    line.cells["identity"] = PLACEHOLDER
    _spoil(line, "identity", "id", "占位符")


def impossible_birth(line: Line, *, which: int = 0) -> None:
    """Write a birthday that no calendar has."""
    line.cells["birth"] = IMPOSSIBLE_DAYS[which % len(IMPOSSIBLE_DAYS)]
    _spoil(line, "birth", "date", "日期不存在")


def other_birth(line: Line) -> None:
    """Write a birthday that contradicts the identity number by a year."""
    day = date.fromisoformat(line.facts["birth"])
    line.cells["birth"] = day.replace(year=day.year - 1, day=min(day.day, 28)).isoformat()
    _spoil(line, "birth", "birth", "与身份证号不一致")


def no_name(line: Line) -> None:
    """Leave the name empty."""
    line.cells["name"] = None
    _spoil(line, "name", "name", "姓名为空")


def hidden_name(line: Line) -> None:
    """Put ××× in place of the name."""
    line.cells["name"] = PLACEHOLDER
    _spoil(line, "name", "name", "占位符")


def short_phone(line: Line) -> None:
    """Lose the last digit of the phone number."""
    line.cells["phone"] = line.facts["phone"][:10]
    _spoil(line, "phone", "phone", "少一位")


def unknown_unit(line: Line) -> None:
    """Name a unit that does not exist."""
    line.cells["unit"] = "青溪镇水上救护排"
    _spoil(line, "unit", "unit", "没有这个分队")


def other_name(line: Line, *, name: str) -> None:
    """Write a name that sounds alike: the number belongs to somebody of another name."""
    line.cells["name"] = name
    _spoil(line, "name", "other_name", "号码登记的是另一个姓名")


def dropped(line: Line, *, field: str, family: Family, what: str) -> None:
    """Mark a line that a clerk must delete."""
    line.faults.append((field, family, what))
    line.mending = "drop"


def same_number(first: Line, second: Line) -> None:
    """Give the second line the first one's number under another name: neither can be trusted."""
    second.cells["identity"] = first.facts["identity"]
    _spoil(second, "identity", "duplicate", "与另一行号码相同、姓名不同")
    first.faults.append(("identity", "duplicate", "与另一行号码相同、姓名不同"))
    first.mending = "keep"


def full_width(line: Line) -> None:
    """Write identity number and phone in full-width digits; the values are right."""
    line.cells["identity"] = line.facts["identity"].translate(_FULL_WIDTH)
    line.cells["phone"] = line.facts["phone"].translate(_FULL_WIDTH)
    line.traps.append("全角数字")


def loose_spaces(line: Line) -> None:
    """Put spaces behind the name and in front of the number; the values are right."""
    line.cells["name"] = line.facts["name"] + "  "
    line.cells["identity"] = "\u3000" + line.facts["identity"]
    line.traps.append("首尾空格")


def spread_name(line: Line) -> None:
    """Pull a name of two characters apart, as printed lists do; the value is right."""
    if len(line.facts["name"]) == 2:
        line.cells["name"] = line.facts["name"][0] + "\u3000" + line.facts["name"][1]
        line.traps.append("姓名中间有空格")


def formula_looking(line: Line, *, text: str = "=1+1") -> None:
    """Put text that looks like a formula into the remark; it must stay text."""
    line.cells["remark"] = text
    line.facts["remark"] = text
    line.traps.append("像公式的文字")


def real_formula(line: Line) -> None:
    """Put a real formula into the remark; its stored value is all that counts."""
    line.cells["remark"] = Formula('=CONCATENATE("见","附件")', "见附件")
    line.facts["remark"] = "见附件"
    line.traps.append("公式单元格")
