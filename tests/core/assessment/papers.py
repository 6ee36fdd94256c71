"""A score sheet as an office sends it, merged and dirty, made as a workbook."""

import io
from typing import Any

import xlsxwriter

HEADER = ["序号", "考评项目", "考评内容", "分值", "评分标准", "得分", "", "佐证材料"]
SECOND = ["", "", "", "", "", "自评分", "考评分", ""]
ROWS: list[list[Any]] = [
    ["青禾县基层武装部规范化建设考评表（１００分）"],
    ["填报单位：　　　　　　填报时间："],
    HEADER,
    SECOND,
    [1, "党管武装\n（10分）", "制定年度工作计划", "5 分", "未制定的扣1分；每少一项扣0.5分，扣完为止。", 5, "", "年度计划"],
    ["", "", "落实武装工作经费", 15.0, "按到位比例得分", 12.5, 11, "拨款凭证\n支出明细"],
    ["", "", "解决实际问题（10分）", "", "每解决1件得2分，最多10分", "", "", ""],
    [2, "国防教育（20分）", "骨干培训", 10, "每次加0.5分，最多2分", "３", "", ""],
    ["", "", "教育覆盖", "10分", "达到90%以上得10分；80%以上得7分；60%以上得3分；低于60%的不得分", "", "", ""],
    HEADER,
    SECOND,
    [3, "民兵整组（30分）", "编组任务", 6, "完成的得6分；未完成不得分", "", "", ""],
    ["", "", "", 4, "每缺编1人扣0.25分，最多扣4分", "", "", ""],
    ["", "", "点验", 0.3, "按到点率比例得分", "", "", ""],
    ["", "", "小计", 10, "", "", "", ""],
    [4, "兵役征集（30分）", "兵役登记", 10, "登记率每高1个百分点加5分", "优", "", ""],
    ["", "", "征集任务", 10, "酌情打分", 99, "", ""],
    ["", "", "兵员质量", "—", "发生责任退兵的，一票否决", "", "", ""],
    [5, "双拥共建（20分）", "走访慰问", 20, "每户得1分", "", "", "走访登记"],
    ["", "", "政策落实", "", "", "", "", "发放名册"],
    [],
    ["加分项（5分）"],
    ["", "", "受到表彰", "", "获得县级以上表彰，每项加1分，最多3分", "", "", ""],
    ["合　计", "", "", 100, "", 0, "", ""],
    ["有弄虚作假行为的，实行一票否决。"],
    ["说明：90分以上为“达优”，80-89分为“达标”，79分以下为“未达标”。"],
]  # fmt: skip
# (top, left, bottom, right), from 0; titles and notes run across, headings down.
MERGES = [
    (0, 0, 0, 7), (1, 0, 1, 7), (2, 5, 2, 6), (9, 5, 9, 6), (4, 0, 6, 0), (4, 1, 6, 1), (7, 0, 8, 0),
    (7, 1, 8, 1), (11, 1, 14, 1), (11, 2, 12, 2), (15, 1, 17, 1), (18, 1, 19, 1), (18, 3, 19, 3),
    (21, 0, 21, 7), (24, 0, 24, 7), (25, 0, 25, 7),
    *((top, column, top + 1, column) for top in (2, 9) for column in (0, 1, 2, 3, 4, 7)),
]  # fmt: skip


def workbook() -> bytes:
    """Return the sheet as .xlsx with its merged cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("考评表")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            if cell != "":
                page.write(row, column, cell)
    for top, left, bottom, right in MERGES:
        first = ROWS[top][left]
        page.merge_range(top, left, bottom, right, first)
    book.close()
    return buffer.getvalue()
