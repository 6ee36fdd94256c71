"""From text as found to lines that can be read: furniture out, broken lines joined, run-on lines split."""

import re
from collections import Counter
from itertools import pairwise

from muster.core.plans.folding import fold
from muster.core.plans.mapped import Edit, Mapped
from muster.core.plans.numbering import CN, number_at
from muster.core.plans.numerals import number

_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad\ufffe\x00-\x08\x0e-\x1f]")
_ENDLESS = re.compile(r"([^\n])\1{60,}")
_PAGE_LINE = re.compile(
    r" *(?:-{1,2} *\d{1,3} *-{1,2}|第 *\d{1,3} *页(?: *[,/、]? *共 *\d{1,3} *页)?|\d{1,3} */ *\d{1,3}"
    r"|page *\d+(?: *of *\d+)?|· *\d{1,3} *·|共 *\d{1,3} *页(?: *[,/、]? *第 *\d{1,3} *页)?) *",
    re.IGNORECASE,
)
_PAGE_INLINE = re.compile(
    r"(?<=\S) *-{1,2} +\d{1,3} +-{1,2} *(?=\S)|第 *\d{1,3} *页 *[,/、]? *共 *\d{1,3} *页"
    r"|(?<![\d日号月年时]) *(?<!-)-\d{1,3}-(?!-) *(?![\d日号月年])"
)
_BARE_NUMBER = re.compile(r" *\d{1,3} *")
_URL = re.compile(r"[(\[]?[^\s,。;()\[\]]{0,8}(?:https?://|www\.)[\w./?=&%#-]+")
_SITE = re.compile(
    r" *(?:猜你喜欢|相关推荐|点击下载|下载本文|返回目录|收藏《.*》\)?|更多.{0,12}请(?:点击|关注).*|来源[::].{0,20}网) *"
)
_TERMINAL = frozenset('。!?;:…】"')
_OPEN_END = frozenset(",、(-~至到和及与的")
_OPEN_START = frozenset(",。、;)%至到~")
_FIELD = re.compile(r" *[^\s:;,。()、]{1,12} *:")
_TOP = re.compile(rf"{CN}、")
TITLE_WORDS = (
    "实施方案|工作方案|活动方案|演练方案|行动方案|方案|工作计划|行动计划|训练计划|计划|述职报告|工作报告|报告|工作总结|总结|工作要点|要点"
    "|工作安排|安排|应急预案|预案|实施意见|意见|通知|讲话|发言|实施细则|细则|办法|通告|公告|请示|函|纪要|安排表|计划表|一览表|进度表|配档表|汇报"
)
_SECTIONS = (
    "指导思想|总体要求|总体目标|总体思路|基本原则|工作原则|目标任务|工作目标|目标要求|主要任务|工作任务|重点任务|任务分工|主要工作任务|组织领导|组织机构"
    "|领导机构|组织保障|阶段步骤|方法步骤|实施步骤|工作步骤|时间步骤|步骤安排|时间安排|进度安排|阶段安排|步骤和时间安排|工作安排|工作要求|有关要求|几点要求"
    "|具体要求|相关要求|保障措施|工作措施|主要措施|活动主题|活动时间|活动内容|活动要求|演练目的|演练时间|演练地点|演练内容|演练要求|活动安排|活动步骤|活动方式|活动目标|活动目的|活动范围|任务安排|训练安排|训练内容|训练时间|日程安排|实施安排|组织实施|责任分工|职责分工|工作机构|指挥机构|工作流程"
    "|演练流程|演练程序|演练步骤|参演力量|参加人员|调查内容|调查范围|调查对象|调查步骤|调查时间|纪律要求|督导检查|经费保障|工作纪律|目的意义|征集对象|征集任务|工作内容|工作重点"
)
_KNOWN_SECTION = re.compile(
    rf" *({_SECTIONS})(?=\((?:{CN}|\d)\)|(?:{CN}|\d)[、.]|第.阶段|[^\s,、。;:()]{{4}})(?!的|是|和|及|与|等|为)"
)
_STAGE_INSIDE = re.compile(
    rf"(?<=[。;:,!])(?= *第 ?(?:{CN}|\d{{1,2}}) ?个?阶段 *(?:[:(,、]|为|是|从|\d))"
)
_RUN_TITLE = re.compile(
    rf"(?P<t>[^\s。;!?,]{{4,60}}?(?:{TITLE_WORDS}))(?= *(?:为|根据|按照|依据|今年|遵照|各[村社镇乡]|一、|(?:20|二).{{2,3}}年))"
)
_ITEM_START = re.compile(r"(?:^|(?<=[。;:\n!])) *")
_SECTION_INSIDE = re.compile(rf"(?<![第一二三四五六七八九十、和及与])(?={CN}、(?:{_SECTIONS}))")
_SIGNED = re.compile(
    r"(?<=[。!]) *(?=[^。,;:\s]{4,30} *(?:20..|二[〇零○].{2}) *年 *[\d一二三四五六七八九十]{1,3} *月"
    r" *[\d一二三四五六七八九十]{1,3} *日 *$)"
)
_INLINE = re.compile(
    rf"(?<=[。;:!?)\"…\s])(?=\(?(?:{CN}|\d{{1,2}})[)、.]|第(?:{CN}|\d)部分|[①②③④⑤⑥⑦⑧⑨]|第(?:{CN}|\d)(?:阶段|步))"
)


def clean(source: str) -> Mapped:
    """Return readable lines of ``source``, each character traceable to its place there."""
    source = (
        source.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\x0b", "\n")
    )
    mapped = Mapped.of(source)
    for step in (
        _without_invisible,
        _without_furniture,
        _without_repeats,
        _plain_tables,
        _split_run_on,
        _joined,
        _split_stages,
        _trimmed,
    ):
        mapped = step(mapped)
    return mapped


def _without_invisible(mapped: Mapped) -> Mapped:
    """Drop characters nobody sees, and the rest of a character repeated without end."""
    mapped = mapped.edit((m.start(), m.end(), "") for m in _INVISIBLE.finditer(mapped.text))
    return mapped.edit((m.start() + 60, m.end(), "") for m in _ENDLESS.finditer(mapped.text))


def _lines(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each line, line ends left out."""
    found, at = [], 0
    for part in re.split(r"[\n\f]", text):
        found.append((at, at + len(part)))
        at += len(part) + 1
    return found


def _without_furniture(mapped: Mapped) -> Mapped:
    view = fold(mapped.text)
    edits: list[Edit] = [(m.start(), m.end(), "") for m in _URL.finditer(view)]
    lines = _lines(view)
    for index, (start, end) in enumerate(lines):
        line = view[start:end]
        if _PAGE_LINE.fullmatch(line) or _SITE.fullmatch(line) or _stray_number(view, lines, index):
            edits.append((start, end, "\f"))
        else:
            edits += [(start + m.start(), start + m.end(), "") for m in _PAGE_INLINE.finditer(line)]
    return mapped.edit(edits)


def _stray_number(view: str, lines: list[tuple[int, int]], index: int) -> bool:
    """Return whether a line is a bare page number: it breaks a sentence or borders a page."""
    start, end = lines[index]
    if not _BARE_NUMBER.fullmatch(view, start, end):
        return False
    if "\f" in view[max(0, start - 1) : start] + view[end : end + 1]:
        return True
    before = next((view[a:b].rstrip() for a, b in reversed(lines[:index]) if view[a:b].strip()), "")
    return len(before) > 25 and before[-1] not in _TERMINAL


def _without_repeats(mapped: Mapped) -> Mapped:
    """Drop running heads, titles printed twice, and a first line that repeats the text and breaks off."""
    view = fold(mapped.text)
    lines = [(a, b) for a, b in _lines(view) if view[a:b].strip()]
    bare = [view[a:b].strip() for a, b in lines]
    edits: list[Edit] = []
    if len(bare) > 1 and bare[0].endswith(("...", "…")) and bare[0][:8] == bare[1][:8]:
        edits.append((lines[0][0], lines[0][1] + 1, ""))
    counts = Counter(line for line in bare if 6 <= len(line) <= 40)
    pages = "\f" in mapped.text
    seen: set[str] = set()
    for index, ((start, end), line) in enumerate(zip(lines, bare, strict=True)):
        again = counts[line] > 1 and line in seen
        adjacent = index > 0 and bare[index - 1] == line
        titled = (
            bool(re.search(rf"(?:{TITLE_WORDS})\)?$", line))
            and number_at(line, 0, len(line)) is None
        )
        if again and (adjacent or titled or (_furniture(line) and (pages or counts[line] > 2))):
            edits.append((start, min(end + 1, len(view)), ""))
        seen.add(line)
    return mapped.edit(edits)


def _furniture(line: str) -> bool:
    return (
        "\t" not in line
        and line[-1] not in _TERMINAL | {",", "、"}
        and not _FIELD.match(line)
        and not re.search(r"\d|阶段|[一二三四五六七八九十]月", line)
        and number_at(line, 0, len(line)) is None
    )


def _plain_tables(mapped: Mapped) -> Mapped:
    """Turn the bars of Markdown tables into tabs."""
    edits: list[Edit] = []
    for start, end in _lines(mapped.text):
        line = mapped.text[start:end]
        if not line.lstrip().startswith("|") or line.count("|") < 3:
            continue
        if re.fullmatch(r"[\s|:+-]+", line):
            edits.append((start, min(end + 1, len(mapped.text)), ""))
            continue
        bars = [start + m.start() for m in re.finditer(r"\|", line)]
        inner = bars[1:-1] if line.rstrip().endswith("|") else bars[1:]
        edits += [(bar, bar + 1, "\t" if bar in inner else "") for bar in bars]
    return mapped.edit(edits)


def _split_run_on(mapped: Mapped) -> Mapped:
    """Break a whole document written on one line at its numbering, in the order of the numbers."""
    view = fold(mapped.text)
    lines = [(a, b) for a, b in _lines(view) if view[a:b].strip()]
    edits: list[Edit] = []
    for index, (start, end) in enumerate(lines):
        if end - start < 100 or "\t" in view[start:end]:
            continue
        run_on = len(_TOP.findall(view[start:end])) >= 2 and "一、" in view[start:end]
        if not run_on and not (end - start > 300 and len(lines) <= 5):
            continue
        edits += [
            (m.start(), m.start(), "\n") for m in _SECTION_INSIDE.finditer(view, start + 1, end)
        ]
        edits += [
            (m.start(), m.start(), "\n")
            for m in _INLINE.finditer(view, start + 1, end)
            if number_at(view, m.start(), end)
        ]
        title = _RUN_TITLE.match(view, start, end) if index == 0 else None
        if title:
            edits.append((title.end(), title.end(), "\n"))
        if signed := _SIGNED.search(view, start, end):
            edits.append((signed.start(), signed.end(), "\n"))
    return _glued_headings(mapped.edit(set(edits))) if edits else mapped


def _split_stages(mapped: Mapped) -> Mapped:
    """Give every stage, and every item of a numbered list told inside a paragraph, its own line."""
    view = fold(mapped.text)
    breaks = {m.start() for m in _STAGE_INSIDE.finditer(view)}
    for start, end in _lines(view):
        if "\t" not in view[start:end]:
            breaks |= _listed(view, start, end)
    return mapped.edit((at, at, "\n") for at in breaks)


def _listed(view: str, start: int, end: int) -> set[int]:
    """Return where the items 1, 2, 3 … of lists inside a line begin; a lone number is no list."""
    runs: dict[str, list[int]] = {}
    found: set[int] = set()
    for match in _ITEM_START.finditer(view, start, end):
        numbered = number_at(view, match.end(), end)
        if numbered is None or numbered.style not in ("num", "num_paren", "cn_paren", "circle"):
            continue
        value = _item_value(view[numbered.start : numbered.end])
        run = runs.setdefault(numbered.style, [])
        if value == 1:
            run[:] = [numbered.start]
        elif run and value == len(run) + 1:
            run.append(numbered.start)
            found |= set(run)
        elif not run and match.start() == start == numbered.start:
            run += [start] * (value or 1)
    return found - {start}


def _item_value(words: str) -> int | None:
    inner = re.sub(r"[().、 ]", "", words)
    return "①②③④⑤⑥⑦⑧⑨⑩".index(inner) + 1 if inner in "①②③④⑤⑥⑦⑧⑨⑩" else number(inner)


def _glued_headings(mapped: Mapped) -> Mapped:
    view = fold(mapped.text)
    edits: list[Edit] = []
    for start, end in _lines(view):
        numbered = number_at(view, start, end)
        glued = _KNOWN_SECTION.match(view, numbered.end, end) if numbered else None
        if glued:
            edits.append((glued.end(), glued.end(), "\n"))
    return mapped.edit(edits)


def _joined(mapped: Mapped) -> Mapped:
    """Join the lines of one sentence that a page width or a page end broke."""
    view = fold(mapped.text)
    lines = [(a, b) for a, b in _lines(view) if view[a:b].strip()]
    width = _page_width([view[a:b].strip() for a, b in lines])
    edits: list[Edit] = []
    for (start, end), following in pairwise(lines):
        between = view[end : following[0]]
        if _broken(view[start:end], view[slice(*following)], width, between):
            indent = len(view[slice(*following)]) - len(view[slice(*following)].lstrip())
            edits.append((start + len(view[start:end].rstrip()), following[0] + indent, ""))
    return mapped.edit(edits)


def _page_width(lines: list[str]) -> int:
    """Return the width at which a page broke the lines; 0 where nothing shows such a width."""
    lengths = sorted(len(line) for line in lines if "\t" not in line)
    if not lengths:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    full = sum(width - 3 <= size <= width + 1 for size in lengths)
    return width if 18 <= width <= 60 and full >= 4 and full >= 0.3 * len(lengths) else 0


def _broken(line: str, following: str, width: int, between: str) -> bool:
    """Return whether the second line goes on with the sentence of the first."""
    line, following = line.strip(), following.lstrip()
    if "\t" in line + following or number_at(following, 0, len(following)):
        return False
    if line.count("(") > line.count(")") and between.count("\n") <= 2 and len(line) > 8:
        return True
    full = bool(width) and len(line) >= width - 1 and between.count("\n") == 1
    if full and line[-1] not in "。!?":
        return not _FIELD.match(following)
    if line[-1] in _TERMINAL:
        return False
    joint = following[0] in _OPEN_START or line[-1] in _OPEN_END - {"的"}
    return joint or _runs_on(line, following, width, between)


def _runs_on(line: str, following: str, width: int, between: str) -> bool:
    """Return whether length and page breaks say that an unfinished line was cut."""
    size = len(line)
    if "\f" in between and size > 25:
        return True
    if _FIELD.match(following):
        return False
    if "\f" in between:
        heading = number_at(line, 0, size) and size <= 25 and not re.search(r"[:,;(]", line)
        return size > 10 and not heading
    if between.count("\n") > 2 or following[0] in "(附":
        return False
    return size > 45 or bool(width and size >= width - 3 and between.count("\n") == 1)


def _trimmed(mapped: Mapped) -> Mapped:
    """Drop empty lines and the blanks around lines."""
    found = [
        (m.start(), m.end(), "\n")
        for m in re.finditer(r"[^\S\n\t]*[\n\f](?:[^\S\t]*|\s*\n)", mapped.text)
    ]
    mapped = mapped.edit(found)
    lead = len(mapped.text) - len(mapped.text.lstrip())
    tail = len(mapped.text.rstrip())
    return mapped.edit(
        [(0, lead, ""), (tail, len(mapped.text), "")] if tail else [(0, len(mapped.text), "")]
    )
