"""The steps of forming: leavers, empty posts, confirmation; then roll call and frozen roster."""

import re
from html import unescape
from typing import Any

from muster.overview.story import county, last_year
from muster.overview.story.browsing import Clerk, Page
from muster.overview.story.telling import Stage, expect, must, wait_until
from muster.overview.story.town import Town

REASONS = {"入伍": "enlisted", "死亡": "deceased", "户籍迁移": "moved", "外出务工": "away",
           "超龄": "over_age"}  # fmt: skip
ABSENT = (("leave", "家中有事"), ("leave", "生病"), ("absent", "联系不上"))
UNSEEN = re.compile(
    r"<tr><td>([^<]+)</td><td>[^<]*</td><td><select[^>]*name=\"(leave-[0-9a-f-]+)\""
)
LINE = re.compile(r'action="(/militia/roll-call/[0-9a-f-]+/line/[0-9a-f-]+)"')


def form_units(stage: Stage, everyone: Town) -> None:
    """Keep last year's members, say who left, take the first candidate of each empty post, confirm."""
    chief = stage.clerk("wuzhuang")
    begun = must(chief.submit(must(chief.open("/militia/formation/new"), "开始编组"), way="gaps",
                              on=county.FORMATION_DAY.isoformat()), "沿用上年、只补缺")  # fmt: skip
    page = _computed(chief, begun.url)
    gone = {p.name: p.reason for p in everyone.people if p.fate == "leaves"}
    named: dict[str, Any] = {key: REASONS[gone[unescape(name)]] for name, key in UNSEEN.findall(page.text)
             if unescape(name) in gone}  # fmt: skip
    must(chief.submit(page, "/people", **named), "说明没列上的人的去向")
    page = _computed(chief, begun.url)
    sheet = must(chief.submit(page, "/choose", then="confirm"), "选定人选")
    must(chief.submit(sheet, approver="青溪镇党委", note="从各村民兵连择优选配"), "确认编组")
    strengths = {u: _strength(stage, u) for u in ("I-03", "I-04", "I-05", "I-06", "I-07")}
    expect("各分队人数", list(strengths.values()), [30, 20, 5, 705, 760])
    accounts = last_year.accounts(everyone)
    stage.tell(
        "formation",
        f"3. 编组：上年 {sum(a.opening for a in accounts)} 人，出队 {sum(a.leaving for a in accounts)} 人，"
        f"名册编入 {sum(a.joining for a in accounts)} 人，补缺 {sum(a.to_fill for a in accounts)} 人，"
        f"现有 {strengths['I-07']} 人 = 应急排 {strengths['I-03']} + 伪装遮障连 {strengths['I-04']}"
        f" + 市应急连 {strengths['I-05']} + 普通民兵 {strengths['I-06']}。",
        named_by_officer=len(named), **strengths,
    )  # fmt: skip


def _computed(chief: Clerk, url: str) -> Page:
    return wait_until(lambda: chief.open(url), lambda p: "formation-progress" not in p.text
                      and "/progress" not in p.text, "计算编组方案")  # fmt: skip


def _strength(stage: Stage, code: str) -> int:
    shown = stage.muster("indicators", "show", code, "--division", county.TOWN, "--period",
                         str(county.DEMO_DATE.year), "--as", "wuzhuang")  # fmt: skip
    return int(shown["value"])


def call_roll(stage: Stage, _: Town) -> None:
    """Call the two primary units together, mark everybody, archive, freeze the roster."""
    chief = stage.clerk("wuzhuang")
    blank = must(chief.open("/militia/roll-call/new"), "新建点验")
    units = [_value_of(blank.text, name) for name in ("青溪镇应急排", "青溪镇伪装遮障连")]
    call = must(chief.submit(blank, title="2024年度整组集合点验", kind="assembly", units=units,
                             on=county.ROLL_CALL_DAY.isoformat(), place="镇政府广场"), "生成应到名单")  # fmt: skip
    lines = list(dict.fromkeys(LINE.findall(call.text)))
    for number, line in enumerate(lines):
        presence, reason = ABSENT[number] if number < len(ABSENT) else ("present", "")
        must(chief.submit(call, line, presence=presence, reason=reason), "登记到场")
    must(chief.post(call.url + "/close", call.form(lines[0]).fields), "点验归档")
    freeze = must(
        chief.open(f"/militia/frozen/new?call={call.url.rsplit('/', 1)[1]}"), "封存花名册"
    )
    must(chief.submit(freeze), "封存花名册")
    came = len(lines) - len(ABSENT)
    stage.tell(
        "roll_call",
        f"4. 点验：应到 {len(lines)} 人，实到 {came} 人，请假 2 人，缺席 1 人，到点率 {100 * came / len(lines):.0f}%；花名册已封存。",
        expected=len(lines), present=came,
    )  # fmt: skip


def _value_of(text: str, label: str) -> str:
    """Return the value of the tick box that a label names."""
    head = text[: text.index(label)]
    return str(re.findall(r'value="([0-9a-f-]{36})"', head)[-1])
