"""The words of the county's reorganisation plan for 2024, and what they say.

Two things are wrong on purpose: the county total does not add up, and some days are vague.
"""

from dataclasses import dataclass
from datetime import date

from muster.overview.story.county import COUNTY_BODY
from muster.overview.story.units import CAMOUFLAGE, CITY_COMPANY, EMERGENCY

TITLE = "青禾县2024年度民兵整组工作方案"
NUMBER = "青武〔2024〕6号"
ISSUER = "青禾县人民武装部"
STATED_TOTAL = 1925


@dataclass(frozen=True, slots=True)
class PhaseText:
    """A phase as the plan writes it: name, written days, true days, tasks."""

    name: str
    written: str
    start: date
    end: date
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MilestoneText:
    """A deadline as the plan writes it; ``by`` is None where the text gives no day."""

    name: str
    written: str
    by: date | None


PHASES = (
    PhaseText(
        "组织准备阶段",
        "（4月5日至4月8日）",
        date(2024, 4, 5),
        date(2024, 4, 8),
        (
            "各镇成立民兵整组工作领导小组和工作专班",
            "学习有关文件，拟制本镇工作方案",
            "召开部署会议，把任务分到村（社区）",
        ),
    ),
    PhaseText(
        "宣传教育阶段",
        "（4月9日—4月25日）",
        date(2024, 4, 9),
        date(2024, 4, 25),
        (
            "拟制宣传计划，用标语、黑板报、墙报讲清民兵的性质和任务",
            "向适龄青年说明参加民兵组织的条件和办法",
        ),
    ),
    PhaseText(
        "调查摸底阶段",
        "（2024年4月26日至5月20日）",
        date(2024, 4, 26),
        date(2024, 5, 20),
        (
            "逐村逐户登记，核清民兵的分布、流向、年龄",
            "核准退役军人实际人数，提出预征、预训对象",
            "登记外出人员的去向、联系电话和返回时限",
        ),
    ),
    PhaseText(
        "编组配干阶段",
        "（5月21日至6月9日）",
        date(2024, 5, 21),
        date(2024, 6, 9),
        (
            "办理出入转队，沿用上年编组，只补缺额",
            "选配排、班干部，健全各项制度",
            "组织基干民兵和应急分队集合点验",
        ),
    ),
    PhaseText(
        "迎检总结上报阶段",
        "（6月10日至15日）",
        date(2024, 6, 10),
        date(2024, 6, 15),
        (
            "整理档案，核对统计数字",
            "迎接上级检查验收，对查出的问题限期整改",
            "撰写总结，上报年度整组报告",
        ),
    ),
)
MILESTONES = (
    MilestoneText("各镇上报领导小组名单", "4月8日前，各镇上报领导小组名单。", date(2024, 4, 8)),
    MilestoneText("上报宣传教育小结", "4月底前，各镇上报宣传教育小结。", date(2024, 4, 30)),
    MilestoneText("上报年度整组报告", "6月15日前，上报年度整组报告。", date(2024, 6, 15)),
    MilestoneText("报送花名册电子表", "编组结束后尽快报送花名册电子表。", None),
)
# Thirds of a month name a stretch of days, not a deadline.
STRETCHES = (
    ("5月中旬，完成入户调查复核。", date(2024, 5, 11), date(2024, 5, 20)),
    ("6月上旬，完成集合点验。", date(2024, 6, 1), date(2024, 6, 10)),
)
QUOTAS = (
    (EMERGENCY.quota, "应急排"),
    (CAMOUFLAGE.quota, "伪装遮障连"),
    (CITY_COMPANY.quota, "市应急连"),
    (705, "普通民兵营（连）"),
)
# 镇, 应急排, 伪装遮障连, 市应急连, 普通民兵, 合计
TOWN_TABLE = (
    ("青溪镇", 30, 20, 5, 705, 760),
    ("白石镇", 30, 0, 0, 420, 450),
    ("柳河镇", 30, 0, 0, 385, 415),
    ("云岭镇", 30, 0, 0, 260, 290),
)
TABLE_TOTAL = ("合计", 120, 20, 5, 1770, STATED_TOTAL)
TABLE_HEAD = ("乡镇", "应急排", "伪装遮障连", "市应急连", "普通民兵", "合计")
INTRODUCTION = (
    "为做好2024年度民兵组织整顿工作，建强全县后备力量，按照上级部署，结合我县实际，制定本方案。"
)
AIM = (
    "以应急救灾、支援保障任务为牵引，坚持便于领导、便于集结、便于执行任务，把人员编实、"
    "把干部配强、把底数摸清，做到一人只编一处、名册与本人相符。"
)
QUOTA_SENTENCE = (
    "青溪镇编应急排30人、伪装遮障连20人、市应急连5人、普通民兵营（连）705人，共760人；"
    "其他各镇任务见附表。"
)
TOTAL_SENTENCE = f"全县共编民兵{STATED_TOTAL}人。"
PERIOD_SENTENCE = "整组工作从2024年4月5日开始，到6月15日结束，分五个阶段进行。"
OFFICE_SENTENCE = "领导小组办公室设在县人武部，负责日常协调。"
# The page number of the printed copy stands in the middle of this sentence.
BROKEN_SENTENCE = ("各镇要逐村核对名册，对超龄、外出、入伍和户籍迁出人员", "及时办理出队手续。")
DEMANDS = (
    "加强领导。各镇党委书记是第一责任人，武装部部长具体抓落实。",
    "保证质量。新编人员须年满十八周岁、不超过四十五周岁，身体健康、政治合格。",
    "严守纪律。人员信息只用于整组工作，不得外传，不得通过互联网传送。",
)
BODY = COUNTY_BODY
