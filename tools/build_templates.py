"""Builds the Word templates of ``catalogue/documents``: run it after changing a text here.

    python tools/build_templates.py [FOLDER]

The same program gives the same bytes, so a template that the office has edited is never mistaken
for ours. Offices edit their own copy in Word: see docs/reference/documents.md.
"""

import sys
from pathlib import Path

from muster.core.documents.blocks import (
    Column,
    blank,
    each,
    heading,
    imprint,
    last_line,
    paragraph,
    table,
    when,
)
from muster.core.documents.statutory import package

FOLDER = Path(__file__).resolve().parents[1] / "catalogue" / "documents"

STRENGTH = [
    Column("单位", "unit", 52),
    Column("编制", "planned", 25),
    Column("现有", "actual", 25),
    Column("缺编", "vacant", 25),
    Column("提供上级", "contributed", 29),
]
TRANSFERS = [
    Column("单位", "unit", 52),
    Column("期初", "opening", 26),
    Column("入队和转入", "joined", 26),
    Column("出队和转出", "left", 26),
    Column("期末", "closing", 26),
]
MUSTER = [
    Column("单位", "unit", 40),
    Column("点验日期", "day", 40),
    Column("应到", "expected", 18),
    Column("实到", "present", 18),
    Column("未到", "absent", 18),
    Column("到点率", "rate", 22),
]
MEASURES = [
    Column("存在的问题", "problem", 78, "left"),
    Column("整改措施", "measure", 78, "left"),
]


def _head() -> str:
    """Return the red head where the office has one, then title and addressee."""
    return (
        when(
            "mark",
            paragraph("{{ mark }}", "MusterMark"),
            when(
                "approver",
                paragraph("\u3000{{ number }}\t签发人：{{ approver }}", "MusterNumberUp"),
            ),
            when("not approver", paragraph("{{ number }}", "MusterNumber")),
        )
        + paragraph("{{ title }}", "MusterTitle")
        + when("addressee", paragraph("{{ addressee }}：", "MusterAddressee"))
    )


def _lines(section: str) -> str:
    return each("line", f"section.{section}.paragraphs", paragraph("{{ line }}"))


def _section(key: str, *content: str) -> str:
    return when(f"section.{key}", heading(1, f"{{{{ section.{key}.title }}}}"), *content)


def _attachment(key: str, title: str, columns: list[Column]) -> str:
    return when(
        f"section.{key} and section.{key}.rows",
        paragraph("附件", "MusterAttachment"),
        paragraph(title, "MusterAttachmentTitle"),
        table(columns, f"section.{key}.rows"),
    )


def _foot(signer: str) -> str:
    return (
        paragraph("附件：", "MusterNote")
        + blank(2)
        + paragraph(signer, "MusterSigner")
        + paragraph("{{ date }}", "MusterDate")
    )


def _see(key: str, what: str) -> str:
    return f"{{% if section.{key}.rows %}}{what}见附件。{{% endif %}}"


def reorganisation_report() -> str:
    """民兵整组工作情况报告."""
    return (
        _head()
        + paragraph(
            "按照年度民兵整组工作部署，{{ place }}于{{ period }}组织开展了{{ year }}年度民兵整组工作。"
            "现将有关情况报告如下："
        )
        + _section(
            "organisation",
            paragraph("整组工作按计划分阶段推进，规定事项完成率为{{ fig.I_45 }}。"),
            _lines("organisation"),
        )
        + _section(
            "strength",
            paragraph(
                "截至{{ as_of }}，共编组民兵{{ fig.I_07 }}人。"
                + _see("strength", "各单位编制和现有人数")
            ),
            heading(2, "（一）基干民兵"),
            paragraph(
                "应急排编组{{ fig.I_03 }}人；伪装遮障连编组{{ fig.I_04 }}人；"
                "向上级应急连输送{{ fig.I_05 }}人。"
            ),
            heading(2, "（二）普通民兵"),
            paragraph("普通民兵营（连）编组{{ fig.I_06 }}人。"),
        )
        + _section(
            "transfers",
            paragraph(
                "期初在册{{ fig.I_50_opening }}人，入队{{ fig.I_50_in }}人，"
                "出队{{ fig.I_50_out }}人，期末在册{{ fig.I_50_closing }}人；"
                "分队之间转队{{ fig.I_50_moved }}人次。" + _see("transfers", "各单位出入转队情况")
            ),
        )
        + _section(
            "muster",
            paragraph(
                "集合点验应到{{ fig.I_51_expected }}人，实到{{ fig.I_51_present }}人。"
                "到点率为{{ fig.I_51 }}。" + _see("muster", "各单位点验情况")
            ),
        )
        + _section("problems", _lines("problems"))
        + _section("plan", _lines("plan"))
        + paragraph("特此报告。", "MusterClosing")
        + _foot("{{ issuer }}")
        + _attachment("strength", "民兵编组实力情况表", STRENGTH)
        + _attachment("transfers", "民兵出入转队情况表", TRANSFERS)
        + _attachment("muster", "民兵集合点验情况表", MUSTER)
        + when("copies_to", imprint("{{ copies_to }}。", "{{ issuer }}", "{{ date }}"))
        + last_line()
    )


def _teams() -> str:
    return (
        heading(2, "（一）组织整顿")
        + paragraph(
            "全年共编组民兵{{ fig.I_07 }}人；应急排{{ fig.I_03 }}人；伪装遮障连{{ fig.I_04 }}人；"
            "向上级应急连输送{{ fig.I_05 }}人；普通民兵{{ fig.I_06 }}人。"
        )
        + paragraph(
            "年度整组规定事项完成率为{{ fig.I_45 }}。办理入队{{ fig.I_50_in }}人、"
            "出队{{ fig.I_50_out }}人，期末在册{{ fig.I_50_closing }}人。"
            "集合点验到点率为{{ fig.I_51 }}。"
        )
        + heading(2, "（二）训练演练")
        + paragraph(
            "组织民兵参加上级轮训{{ fig.I_08 }}次；参加学生军训教官培训{{ fig.I_09 }}次；"
            "参加上级拉动点验{{ fig.I_10 }}次；本级组织各类演练{{ fig.I_11 }}次。"
        )
    )


def _conscription() -> str:
    return (
        paragraph(
            "召开专题会议研究征兵工作{{ fig.I_13 }}次；征兵期间听取工作汇报{{ fig.I_12 }}次。"
        )
        + paragraph(
            "悬挂横幅{{ fig.I_15 }}条；张贴标语{{ fig.I_16 }}条；张贴海报{{ fig.I_17 }}张；"
            "发送征兵信息{{ fig.I_18 }}条；开展定点宣传{{ fig.I_19 }}次；入户宣传{{ fig.I_20 }}次。"
        )
        + paragraph(
            "报名应征{{ fig.I_21 }}人；体检、政治考核双合格{{ fig.I_22 }}人；"
            "大学生入伍{{ fig.I_23 }}人。其中毕业生{{ fig.I_24 }}人、在校生{{ fig.I_25 }}人。"
            "征兵任务完成率为{{ fig.I_26 }}。"
        )
    )


def duty_report() -> str:
    """党管武装工作述职报告."""
    return (
        _head()
        + paragraph("本人任{{ post }}。现将{{ year }}年度履行党管武装工作职责的情况述职如下：")
        + _section(
            "leadership",
            paragraph(
                "全年召开党委议军会{{ fig.I_01 }}次；组织基干民兵开展专题教育{{ fig.I_02 }}次。"
            ),
            _lines("leadership"),
        )
        + _section("teams", _teams())
        + _section("conscription", _conscription(), _lines("conscription"))
        + _section(
            "facilities",
            paragraph("全年用于基层武装建设的经费{{ fig.I_40 }}万元。"),
            _lines("facilities"),
        )
        + _section(
            "problems",
            each(
                "row",
                "section.problems.rows",
                paragraph("{{ loop.index }}.{{ row.problem }}"),
            ),
        )
        + _section(
            "plan",
            _lines("plan"),
            each("row", "section.plan.rows", paragraph("{{ loop.index }}.{{ row.measure }}")),
        )
        + paragraph("以上述职，请予评议。", "MusterClosing")
        + _foot("述职人：{{ signer }}")
        + _attachment("problems", "问题与整改措施对照表", MEASURES)
        + when("copies_to", imprint("{{ copies_to }}。", "{{ issuer }}", "{{ date }}"))
        + last_line()
    )


DECIDED = [
    Column("序号", "number", 12),
    Column("议定事项", "words", 62, "left"),
    Column("责任单位", "owner", 42),
    Column("时限", "due", 40),
]


def meeting_notice() -> str:
    """会议通知."""
    return (
        paragraph("{{ title }}", "MusterTitle")
        + paragraph("经研究，定于{{ when }}召开{{ name }}。现将有关事项通知如下：")
        + heading(1, "时间地点")
        + paragraph("会议时间：{{ when }}。")
        + paragraph("会议地点：{{ where }}。")
        + paragraph("主持人：{{ chair }}。")
        + _section("agenda", _lines("agenda"))
        + heading(1, "参会人员")
        + paragraph("出席：{{ called }}。")
        + paragraph("列席：{{ observers }}。")
        + heading(1, "有关要求")
        + paragraph("请准时参加；因故不能参加的，请提前请假并安排人员代会。")
        + blank(2)
        + paragraph("{{ issuer }}", "MusterSigner")
        + paragraph("{{ date }}", "MusterDate")
        + last_line()
    )


def meeting_minutes() -> str:
    """会议纪要."""
    return (
        paragraph("{{ title }}", "MusterTitle")
        + paragraph("时间：{{ when }}。")
        + paragraph("地点：{{ where }}。")
        + paragraph("主持：{{ chair }}。")
        + paragraph("出席：{{ present }}。")
        + paragraph("军队方面：{{ military }}。")
        + paragraph("地方方面：{{ local }}。")
        + paragraph("列席：{{ observers }}。")
        + paragraph("请假和缺席：{{ absent }}。")
        + paragraph("记录：{{ recorder }}。")
        + _section("agenda", _lines("agenda"))
        + _section("content", _lines("content"))
        + _section("resolutions", table(DECIDED, "section.resolutions.rows"))
        + blank(2)
        + paragraph("{{ issuer }}", "MusterSigner")
        + paragraph("{{ date }}", "MusterDate")
        + last_line()
    )


def build(folder: Path) -> None:
    """Write the templates."""
    folder.mkdir(parents=True, exist_ok=True)
    for make in (reorganisation_report, duty_report, meeting_notice, meeting_minutes):
        (folder / f"{make.__name__}.docx").write_bytes(package(make()))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
