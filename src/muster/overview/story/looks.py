"""The columns of the story's rosters, as the town and eight villages have each typed them."""

from muster.overview.story.drafts import Look

PRIMARY_LOOK = Look(
    headers={
        "serial": "序号",
        "name": "姓名",
        "sex": "性别",
        "birth": "出生日期",
        "identity": "身份证号",
        "education": "文化程度",
        "politics": "政治面貌",
        "phone": "联系电话",
        "village": "户籍地",
        "employer": "工作单位",
        "skills": "专业特长",
        "veteran": "是否退役军人",
        "enlisted": "入伍时间",
        "discharged": "退伍时间",
        "category": "民兵类别",
        "unit": "所属分队",
        "duty": "民兵职务",
        "joined": "入队时间",
        "presence": "在位情况",
        "remark": "备注",
    },
    styles={
        "birth": "cell",
        "village": "with-town",
        "enlisted": "dot",
        "discharged": "dot",
        "joined": "iso",
        "politics": "short-party",
    },
    groups={
        **dict.fromkeys(("name", "sex", "birth", "identity", "education", "politics"), "基本情况"),
        **dict.fromkeys(("veteran", "enlisted", "discharged"), "服役情况"),
        **dict.fromkeys(("category", "unit", "duty", "joined"), "编组情况"),
    },
)

SUPPLEMENT_LOOK = Look(
    headers={
        "serial": "序号",
        "kind": "人员类别",
        "name": "姓名",
        "sex": "性别",
        "birth": "出生日期",
        "identity": "公民身份号码",
        "education": "文化程度",
        "politics": "政治面貌",
        "phone": "手机号",
        "village": "所属村",
        "employer": "工作单位",
        "skills": "专业特长",
        "veteran": "退役军人",
        "enlisted": "入伍时间",
        "discharged": "退伍时间",
        "presence": "在位情况",
        "away_place": "外出地点",
        "away_since": "外出时间",
        "back_in_a_day": "能否24小时内返回",
        "remark": "备注",
    },
    styles={"birth": "compact", "enlisted": "slash", "discharged": "slash", "skills": "slashed"},
)

_WORDS = (
    # name, identity, birth, phone, village, unit, veteran
    ("姓名", "身份证号码", "出生年月", "联系电话", "所属村", "所属分队", "退役军人"),
    ("姓 名", "公民身份号码", "出生日期", "手机号码", "村（社区）", "所在连队", "是否退役"),
    ("姓名", "身份证", "出生年月", "电话", "户籍地", "所属分队", "退役军人"),
    ("姓  名", "身份证号", "出生年月日", "联系方式", "所属村", "编入分队", "退役军人"),
    ("姓名", "公民身份证号码", "出生日期", "联系电话", "所属村", "所属分队", "是否退役军人"),
    ("姓名", "身份证号码", "出生年月", "手机", "村别", "所属分队", "退役军人"),
    ("姓\n名", "身份证\n号码", "出生\n日期", "联系\n电话", "所属村", "所属\n分队", "退役\n军人"),
    ("*姓名", "*身份证号", "生日", "联系电话", "所在村", "所属分队", "退役军人"),
)
_BIRTHS = ("chinese", "cell", "month-number", "slash", "iso", "month-chinese", "dot", "compact")
_DAYS = ("iso", "chinese", "slash", "dot", "cell", "iso", "compact", "slash")


def village_look(index: int) -> Look:
    """Return the columns of one village's sheet, 0 to 7; every village differs."""
    name, identity, birth, phone, village, unit, veteran = _WORDS[index]
    headers = {
        "serial": "序号" if index % 2 else "编号",
        "name": name,
        "sex": "性别",
        "identity": identity,
        "birth": birth,
        "education": "学历" if index in {3, 6} else "文化程度",
        "politics": "政治面貌",
        "phone": phone,
        "village": village,
        "employer": "工作单位",
        "skills": "特长" if index == 5 else "专业特长",
        "veteran": veteran,
        "enlisted": "入伍时间",
        "discharged": "退伍时间" if index % 2 else "退役时间",
        "category": "民兵类别",
        "unit": unit,
        "duty": "民兵职务" if index % 3 else "职务",
        "joined": "入队时间" if index % 4 else "编入时间",
        "remark": "备注",
    }
    if index in {2, 7}:
        # These two put the number at the end, before the remark.
        headers["identity"] = headers.pop("identity")
        headers["remark"] = headers.pop("remark")
    days = _DAYS[index]
    return Look(
        headers,
        {
            "birth": _BIRTHS[index],
            "sex": "coded-sex" if index in {1, 4} else "",
            "phone": ("spaced-phone", "number", "", "dashed-phone")[index % 4],
            "enlisted": days,
            "discharged": days,
            "joined": days,
            "category": "long-category" if index in {3, 5} else "",
            "politics": "short-party" if index in {0, 6} else "",
            "skills": "comma" if index in {1, 6} else "",
        },
    )
