"""Invented plan documents with known truth, in the styles and states of damage found in offices."""

import random
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

_CN = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
TOWNS = [
    "青禾县柳溪镇",
    "柳溪镇",
    "白石乡",
    "云塘街道",
    "石桥镇",
    "枫林乡",
    "松岗镇",
    "南湾街道",
    "青禾县",
]
ORGS = ["人民武装部", "人民政府", "党委武装部", "征兵工作领导小组办公室", "双拥工作领导小组"]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ["建国", "明", "卫东", "晓燕", "强", "立新", "海涛", "敏"]

KINDS: dict[str, dict[str, Any]] = {
    "militia_reorganisation": {
        "titles": [
            "{p}{y}民兵整组工作方案",
            "{p}{y}民兵组织整顿工作实施方案",
            "{p}关于做好{y}民兵整组工作的实施意见",
        ],
        "phases": ["组织准备", "宣传发动", "调查摸底", "编组配干", "集结点验", "总结验收"],
    },
    "enlistment": {
        "titles": ["{p}{y}征兵工作方案", "{p}{y}兵役登记工作实施方案", "{p}{y}上半年征兵工作计划"],
        "phases": [
            "兵役登记",
            "宣传动员",
            "报名初检",
            "体检政考",
            "役前教育",
            "审批定兵",
            "新兵起运",
        ],
    },
    "mutual_support": {
        "titles": [
            "{p}{y}双拥工作计划",
            "{p}{y}春节期间拥军优属活动方案",
            "{p}创建双拥模范镇工作方案（{y}）",
        ],
        "phases": ["动员部署", "自查整改", "集中走访", "迎检提升", "巩固深化"],
    },
    "defence_education": {
        "titles": ["{p}{y}全民国防教育月活动方案", "{p}{y}国防教育工作计划"],
        "phases": ["筹备启动", "集中宣讲", "主题活动", "总结评比"],
    },
    "drill": {
        "titles": ["{p}{y}民兵应急分队防汛演练方案", "{p}{y}森林防灭火应急演练实施方案"],
        "phases": ["演练筹备", "预演磨合", "正式演练", "复盘总结"],
    },
    "mobilisation": {
        "titles": ["{p}{y}国防动员潜力调查工作方案", "{p}{y}国民经济动员潜力统计调查实施方案"],
        "phases": ["部署培训", "入户采集", "审核汇总", "抽样复核", "成果上报"],
    },
    "other": {
        "titles": ["{p}{y}基层武装部规范化建设实施方案", "{p}{y}专武干部集训工作安排"],
        "phases": ["学习动员", "对标建设", "集中攻坚", "考核验收"],
    },
}
TASKS = [
    "召开部署会议，明确责任分工",
    "制定实施方案和计划",
    "利用广播、标语开展宣传",
    "逐户走访，核对人员底数",
    "建立台账，做到一人一档",
    "组织业务培训",
    "汇总情况并整理归档",
    "对照标准逐项检查",
    "公示结果，接受监督",
    "搞好经验总结",
]
FILLER = [
    "以上级文件精神为指导，突出重点，统筹推进。",
    "坚持问题导向，注重工作实效，不搞形式主义。",
    "各村各单位要提高思想认识，加强协作配合。",
    "按照《中华人民共和国兵役法》第12条规定，依法开展工作。",
    "自2021年10月1日起施行的有关法律，是本次工作的重要依据。",
    "年满18至22周岁的男性公民，应当依法履行义务。",
    "公民兵役登记是法定义务，要讲清楚、讲透彻。",
    "严格落实“三个不准”，强化过程监督。",
]
LEADS = [
    "为扎实做好今年工作，根据上级部署，结合实际，制定本方案。",
    "根据县里统一安排，现将有关事项明确如下。",
]
SCHEDULES = [
    "实施步骤",
    "方法步骤",
    "时间安排",
    "阶段步骤",
    "步骤和时间安排",
    "工作步骤",
    "进度安排",
]
MILESTONES = [
    ("上报工作总结", "各村要在{d}前上报工作总结。"),
    ("完成人员核查", "{d}前完成人员核查。"),
    ("将花名册报镇武装部", "请于{d}前将花名册报镇武装部。"),
    ("完成器材清点", "确保{d}前完成器材清点，不留死角。"),
    ("召开总结大会", "务必在{d}前召开总结大会。"),
    ("报送活动方案", "各单位须于{d}以前报送活动方案。"),
]
QUOTAS = [
    ("{n}", "人", "应急排", "编组应急排{n}人"),
    ("{n}", "条", "宣传横幅", "悬挂宣传横幅{n}条"),
    ("{n}", "次", "专题教育", "开展专题教育{n}次"),
    ("{n}", "名", "应急队员", "选配{n}名应急队员"),
    ("{n}", "支", "服务队伍", "组建{n}支服务队伍"),
    ("{n}", "%", "登记率", "登记率达到{n}%"),
    ("{n}", "份", "宣传资料", "发放宣传资料{n}余份"),
    ("{n}", "户", "优抚家庭", "走访{n}户优抚家庭"),
    ("{n}", "次", "集中学习", "集中学习不少于{n}次"),
]


@dataclass(slots=True)
class Made:
    """A document as lines or table rows, with what a perfect reader would say."""

    seed: int
    text: str
    truth: dict[str, Any]
    year_given: int | None = None
    blocks: list[str | list[list[str]]] = field(default_factory=list)


def _cn(n: int) -> str:
    if n <= 10:
        return _CN[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _CN[tens]) + "十" + (_CN[ones] if ones else "")


class Maker:
    """Builds one document from a seed."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.seed = seed
        self.year = self.r.choice([2023, 2024, 2025, 2026])
        self.chinese = self.r.random() < 0.08
        self.year_state = self.r.choices(
            ["title", "signed", "masked", "none", "given"], [60, 12, 8, 8, 12]
        )[0]
        self.known = self.year_state in ("title", "signed", "given")

    def n(self, value: int) -> str:
        return _cn(value) if self.chinese else str(value)

    def day(self, d: date, *, year: bool = False) -> str:
        head = f"{d.year}年" if year and self.known else ""
        return f"{head}{self.n(d.month)}月{self.n(d.day)}日"

    def known_day(self, d: date, *, written: bool) -> str | None:
        return d.isoformat() if (self.known or written) else None

    def phases(self, names: list[str]) -> list[dict[str, Any]]:
        count = self.r.randint(3, min(6, len(names)))
        chosen = sorted(self.r.sample(range(len(names)), count))
        at = date(self.year, self.r.randint(1, 6), self.r.randint(1, 20))
        suffix = self.r.choice(["阶段", "阶段", ""])
        style = self.r.choice(["range", "range", "range", "xun", "month", "mixed"])
        found = []
        for index in chosen:
            kind = (
                self.r.choice(["range", "xun", "end", "before", "after", "none"])
                if style == "mixed"
                else style
            )
            words, start, end, at = self.stretch(kind, at)
            found.append(
                {"name": names[index] + suffix, "words": words, "start": start, "end": end}
            )
        return found

    def stretch(  # noqa: PLR0911 -- a return a style
        self, kind: str, at: date
    ) -> tuple[str, str | None, str | None, date]:
        y, m = at.year, at.month
        if kind == "xun":
            part = self.r.choice(["上旬", "中旬", "下旬"])
            low, high = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, monthrange(y, m)[1])}[part]
            following = date(y, m, 28) + timedelta(6)
            return (
                f"{self.n(m)}月{part}",
                self.known_day(date(y, m, low), written=False),
                self.known_day(date(y, m, high), written=False),
                following.replace(day=1),
            )
        if kind == "month":
            last = date(y, m, monthrange(y, m)[1])
            return (
                f"{self.n(m)}月" + self.r.choice(["", "份"]),
                self.known_day(date(y, m, 1), written=False),
                self.known_day(last, written=False),
                last + timedelta(1),
            )
        if kind == "end":
            last = date(y, m, monthrange(y, m)[1])
            low = at if at < last else last
            return (
                f"{self.day(low)}至{self.r.choice([self.n(m) + '月底', '月底'])}",
                self.known_day(low, written=False),
                self.known_day(last, written=False),
                last + timedelta(1),
            )
        end = at + timedelta(self.r.randint(3, 30))
        after = end + timedelta(1)
        if kind == "before":
            return self.day(end) + "前", None, self.known_day(end, written=False), after
        if kind == "after":
            return self.day(at) + "起", self.known_day(at, written=False), None, after
        if kind == "none":
            return "", None, None, after
        return (
            self.range(at, end),
            self.known_day(at, written=False),
            self.known_day(end, written=False),
            after,
        )

    def range(self, a: date, b: date) -> str:
        sep = self.r.choice(["至", "—", "-", "~", "到", "——", "～", "－"])
        style = self.r.randint(0, 4)
        if style == 0 and self.known and self.year_state != "given":
            return f"{self.day(a, year=True)}{sep}{self.day(b, year=True)}"
        if style == 1 and a.month == b.month:
            return f"{self.n(a.month)}月{self.n(a.day)}日{sep}{self.n(b.day)}日"
        if style == 2 and a.month == b.month:
            return f"{self.n(a.month)}月{self.n(a.day)}{sep}{self.n(b.day)}日"
        if style == 3:
            return f"从{self.day(a)}开始到{self.day(b)}结束"
        return f"{self.day(a)}{sep}{self.day(b)}"

    def person(self) -> str:
        return self.r.choice(SURNAMES) + self.r.choice(GIVEN)

    def make(self) -> Made:
        kind = self.r.choice(list(KINDS))
        spec = KINDS[kind]
        place = self.r.choice(TOWNS)
        title_year = {
            "title": f"{self.year}年" + self.r.choice(["", "度"]),
            "masked": "20XX年度",
        }.get(self.year_state, "年度")
        if self.year_state == "title" and self.r.random() < 0.1:
            title_year = (
                "二〇" + "".join("〇一二三四五六七八九"[int(c)] for c in str(self.year)[2:]) + "年"
            )
        title = self.r.choice(spec["titles"]).format(p=place, y=title_year)
        phases = self.phases(spec["phases"])
        issuer = (
            place + self.r.choice(ORGS)
            if self.r.random() < 0.6 or self.year_state == "signed"
            else None
        )
        signed = date(self.year, 1, self.r.randint(1, 28))
        system = self.r.choice(
            [
                ["一、", "（一）", "1."],
                ["一、", "1、", "（1）"],
                ["一、", "（1）", "①"],
                ["1.", "（1）", "①"],
                ["第一部分 ", "一、", "（一）"],
                ["一、", "(一)", "1、"],
            ]
        )
        blocks: list[str | list[list[str]]] = [title, self.r.choice(LEADS)]
        quotas: list[dict[str, Any]] = []
        milestones: list[dict[str, Any]] = []
        bodies: list[dict[str, Any]] = []
        sections = [
            ("指导思想", self.filler),
            ("主要任务", lambda n: self.tasks(n, system, quotas)),
            (self.r.choice(SCHEDULES), lambda n: self.schedule(n, system, phases)),
            ("组织领导", lambda n: self.body(bodies, place)),
            ("工作要求", lambda n: self.demands(n, system, milestones)),
        ]
        for index, (name, build) in enumerate(sections):
            blocks.append(self.number(system[0], index + 1) + name)
            blocks += build(index)
        if issuer:
            blocks.append(issuer)
            signed_words = f"{signed.year}年{signed.month}月{signed.day}日"
            blocks.append(
                signed_words
                if self.known and self.year_state != "given"
                else f"20XX年{signed.month}月{signed.day}日"
            )
        truth = {
            "title": title,
            "kind": kind,
            "issuer": issuer,
            "year": self.year if self.known else None,
            "phases": [{"name": p["name"], "start": p["start"], "end": p["end"]} for p in phases],
            "milestones": milestones,
            "quotas": quotas,
            "bodies": bodies,
        }
        made = Made(self.seed, "", truth, self.year if self.year_state == "given" else None, blocks)
        made.text = self.damage(
            render(blocks), title, has_table=any(isinstance(b, list) for b in blocks)
        )
        return made

    def number(self, form: str, n: int) -> str:
        return re.sub(
            "一|1|①",
            lambda m: {"一": _cn(n), "1": str(n), "①": "①②③④⑤⑥⑦⑧⑨⑩"[n - 1]}[m[0]],
            form,
            count=1,
        )

    def filler(self, _: int) -> list[str]:
        return ["".join(self.r.sample(FILLER, 2))]

    def tasks(self, _: int, system: list[str], quotas: list[dict[str, Any]]) -> list[str]:
        lines = []
        for index, (_, unit, of, words) in enumerate(self.r.sample(QUOTAS, self.r.randint(2, 4))):
            n = self.r.choice([2, 3, 5, 8, 12, 20, 30, 60, 95, 100])
            quotas.append({"value": n, "unit": unit, "of": of})
            body = words.format(n=n) + "。" + self.r.choice(FILLER)
            lines.append(
                self.number(system[1], index + 1)
                + self.r.choice(["抓实重点环节。", "夯实工作基础。", ""])
                + body
            )
        return lines

    def schedule(
        self, _: int, system: list[str], phases: list[dict[str, Any]]
    ) -> list[str | list[list[str]]]:
        style = self.r.choice(
            [
                "paren",
                "paren",
                "newline",
                "staged",
                "staged_date",
                "inline",
                "table",
                "date_first",
                "time_label",
                "colon",
            ]
        )
        if any(not p["words"] for p in phases) and style in ("date_first", "colon", "time_label"):
            style = "paren"
        if style == "table":
            head = self.r.choice(
                [["阶段", "时间", "主要任务"], ["序号", "工作阶段", "起止时间", "工作内容"]]
            )
            rows = [
                [
                    *([str(i + 1)] if len(head) == 4 else []),
                    p["name"],
                    p["words"],
                    self.r.choice(TASKS),
                ]
                for i, p in enumerate(phases)
            ]
            return [[head, *rows]]
        bracket = self.r.choice(["（{}）", "({})"])
        lines: list[str | list[list[str]]] = []
        for index, p in enumerate(phases):
            number, body = (
                self.number(system[1], index + 1),
                "。".join(self.r.sample(TASKS, 2)) + "。",
            )
            date_words = bracket.format(p["words"]) if p["words"] else ""
            stage = f"第{_cn(index + 1)}阶段"
            lines.append(
                {
                    "paren": f"{number}{p['name']}{date_words}。{body}",
                    "newline": f"{number}{p['name']}{date_words}\n{body}",
                    "staged": f"{stage}：{p['name']}{date_words}。{body}",
                    "staged_date": f"{stage}{date_words}：{p['name']}。{body}",
                    "inline": f"{stage}：{p['name']}{date_words}，{body}",
                    "date_first": f"{number}{p['words']}，{p['name']}。{body}",
                    "time_label": f"{number}{p['name']}。时间：{p['words']}。{body}",
                    "colon": f"{number}{p['name']}：{p['words']}。{body}",
                }[style]
            )
        return ["".join(str(line) for line in lines)] if style == "inline" else lines

    def body(self, bodies: list[dict[str, Any]], place: str) -> list[str | list[list[str]]]:
        style = self.r.choice(["colon", "lines", "prose", "none", "table"])
        if style == "none":
            return ["要加强统一领导，压实工作责任。"]
        name, people = "工作领导小组", [self.person() for _ in range(4)]
        posts = ["镇党委书记", "镇长", "武装部部长", "民政办主任"]
        full = {"民兵": "民兵整组", "征兵": "征兵", "双拥": "双拥"}[
            self.r.choice(["民兵", "征兵", "双拥"])
        ] + name
        holders = [f"{a}（{b}）" for a, b in zip(people, posts, strict=True)]
        roles = ["组长", "副组长", "成员", "成员"]
        if style == "prose":
            holders = [f"{b}{a}" for a, b in zip(people, posts, strict=True)][:2]
            roles = roles[:2]
        bodies.append(
            {
                "name": full,
                "seats": [{"role": r, "holder": h} for r, h in zip(roles, holders, strict=True)],
            }
        )
        if style == "colon":
            return [
                f"成立{full}，组长：{holders[0]}；副组长：{holders[1]}；成员：{holders[2]}、{holders[3]}。"
            ]
        if style == "lines":
            return [
                f"成立{full}，名单如下：",
                f"组  长：{holders[0]}",
                f"副组长：{holders[1]}",
                f"成  员：{holders[2]}",
                f"        {holders[3]}",
                "领导小组下设办公室，负责日常工作。",
            ]
        if style == "prose":
            return [f"成立{full}，由{holders[0]}任组长，{holders[1]}任副组长，有关部门参加。"]
        return [
            f"成立{full}，组成人员如下：",
            [
                ["职务", "姓名", "单位及职务"],
                *[[r, a, b] for r, a, b in zip(roles, people, posts, strict=True)],
            ],
        ]

    def demands(self, _: int, system: list[str], milestones: list[dict[str, Any]]) -> list[str]:
        lines = []
        for index, (name, words) in enumerate(self.r.sample(MILESTONES, self.r.randint(1, 3))):
            due = date(self.year, self.r.randint(7, 12), self.r.randint(1, 28))
            if self.r.random() < 0.3:
                due = due.replace(day=monthrange(due.year, due.month)[1])
                day = f"{self.n(due.month)}月底"
            else:
                day = self.day(due)
            milestones.append({"name": name, "by": due.isoformat() if self.known else None})
            lines.append(
                self.number(system[1], index + 1)
                + self.r.choice(["严格落实责任。", "按时反馈情况。", ""])
                + words.format(d=day)
            )
        return lines

    def damage(self, text: str, title: str, *, has_table: bool) -> str:  # noqa: C901, PLR0911, PLR0912 -- a branch a damage
        which = self.r.choices(
            ["none", "one_line", "furniture", "half", "wrap", "twice", "cut", "full", "spaces"],
            [30, 12, 12, 10, 10, 8, 8, 5, 5],
        )[0]
        if has_table and which in ("one_line", "wrap"):
            which = "furniture"
        if which == "one_line":
            return text.replace("\n", "")
        if which == "furniture":
            lines = text.split("\n")
            for page in range(self.r.randint(1, 3)):
                long = [i for i, line in enumerate(lines) if len(line) > 45 and "\t" not in line]
                if long:
                    i = self.r.choice(long)
                    cut = self.r.randint(20, len(lines[i]) - 10)
                    mark = self.r.choice(["— {} —", "第{}页 共8页", "- {} -", "— {} —"]).format(
                        page + 1
                    )
                    lines[i : i + 1] = [lines[i][:cut], mark, lines[i][cut:]]
            return "\n".join(lines)
        if which == "half":
            return text.translate(str.maketrans("，：（）；", ",:();"))
        if which == "full":
            return re.sub(r"\d", lambda m: chr(ord(m[0]) + 0xFEE0), text)
        if which == "spaces":
            return re.sub(r"(\d+)([年月日])", r" \1 \2", text)
        if which == "wrap":
            return "\n".join(
                line[i : i + 34] for line in text.split("\n") for i in range(0, len(line), 34)
            )
        if which == "twice":
            return f"{title}\n\n{title}\n\n" + text
        if which == "cut":
            return text.replace("\n", "")[:90] + "...\n" + text
        return text


def render(blocks: list[str | list[list[str]]]) -> str:
    """Return the document as plain text; tables have tabs between cells."""
    return "\n".join(
        b if isinstance(b, str) else "\n".join("\t".join(row) for row in b) for b in blocks
    )


def make(seed: int) -> Made:
    """Return the document of a seed."""
    return Maker(seed).make()
