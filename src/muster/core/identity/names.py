"""Personal names: one spelling, and no placeholders."""

import re

from muster.core.identity.faults import ValueFault
from muster.core.identity.text import Raw, as_text

_PLACEHOLDERS = frozenset(
    [
        "无",
        "暂无",
        "没有",
        "待定",
        "空缺",
        "空",
        "未知",
        "不详",
        "同上",
        "测试",
        "姓名",
        "样例",
        "示例",
        "缺",
        "暂缺",
        "待补",
        "待核实",
        "test",
        "demo",
        "none",
        "null",
        "na",
        "n/a",
        "xxx",
        "xx",
        "nan",
    ]
)
_CROSSES = re.compile(r"[×xX✕╳✗/\\\-—_.·?？#○〇]+").fullmatch
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}](?:[{_HAN}·]*[{_HAN}])").fullmatch
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .'\-]*[A-Za-zÀ-ɏ.]").fullmatch
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]").search
_DOT = re.compile(rf"(?<=[{_HAN}])[.·•・](?=[{_HAN}])")
_ASIDE = re.compile(r"[(\[（【〔].*?[)\]）】〕]")
_ALLOWED = "证件上的姓名，如 张三、阿卜杜·热合曼"


def parse_person_name(raw: Raw) -> str:
    """Return one person's name without inner blanks; dots of long names become ``·``.

    Raises ``ValueFault`` (``name.*``) for placeholders, masks, several names, digits.
    """
    text = as_text(raw)
    if not text:
        raise ValueFault("name.blank", "没有填写姓名。", _ALLOWED)
    name = _DOT.sub("·", text)
    if name.lower() in _PLACEHOLDERS or _CROSSES(name) or "某" in name[1:] or name[:2] == "某某":
        raise ValueFault("name.placeholder", "姓名是占位的字样，请填真实姓名。", _ALLOWED)
    if len(name) <= 40 and (_CHINESE(name) or _LATIN(name)):
        return name
    raise _fault(name)


def _fault(name: str) -> ValueFault:
    if "*" in name or "＊" in name or "×" in name:
        return ValueFault("name.masked", "姓名被遮盖了，请填完整姓名。", _ALLOWED)
    if _PRIVATE(name):
        message = "姓名里有输入法自造的字，别的电脑上会变成空白，请改用国标汉字或拼音。"
        return ValueFault("name.private_character", message, _ALLOWED)
    parts = [part for part in re.split(r"[、,，;；/]", name) if part]
    if len(parts) > 1:
        message = "一格里填了几个人，请一人一行。"
        return ValueFault("name.several", message, _ALLOWED)
    bare = _ASIDE.sub("", name).strip()
    if bare != name and _CHINESE(bare):
        message = "姓名后面带了说明，请把说明移到备注。"
        return ValueFault("name.aside", message, _ALLOWED, suggestion=bare)
    if not 2 <= len(name) <= 40:
        return ValueFault("name.length", "姓名应为 2 到 40 个字，请看是否填错了列。", _ALLOWED)
    return ValueFault("name.characters", "姓名里有不该有的字符。", _ALLOWED)
