"""Leading groups and task forces with their seats."""

import re
from dataclasses import dataclass, replace

from muster.core.plans.outline import lines_of
from muster.core.plans.paper import Paper
from muster.core.plans.tables import Table
from muster.core.plans.values import Body, Seat, Span

_TITLES = (
    *("总指挥长", "总指挥", "副总指挥长", "副总指挥", "指挥长", "副指挥长", "总导演", "副总导演"),
    *(
        "第一组长",
        "组长",
        "常务副组长",
        "第一副组长",
        "副组长",
        "主任委员",
        "副主任委员",
        "主任",
        "常务副主任",
    ),
    *(
        "副主任",
        "政委",
        "成员单位",
        "成员",
        "委员",
        "联络员",
        "办公室主任",
        "召集人",
        "副召集人",
        "总协调",
    ),
    *("顾问", "秘书长"),
)
# Papers spread short titles over the width of a column: 组  长, 成  员.
_ROLE = "|".join(" *".join(title) for title in sorted(_TITLES, key=len, reverse=True))
_SEAT = re.compile(rf"(?:(?<=[\n,。;:、\s()])|(?<=^))(?P<role>{_ROLE}) *:[ \t]*")
_GROUP = (
    r"(?:领导小组|协调小组|工作小组|工作专班|专班|指挥部|指挥所|工作组|督导组|考评组|导演部|导调组|委员会"
    r"|演练组|保障组|领导机构|小组|分队)"
)
_NAME = re.compile(
    rf"(?:成立|设立|组建|建立|调整|组成|充实)(?:了|以[^,。;]{{2,30}}(?:组长|指挥长?)的)?(?P<name>[^,。;:\n]{{0,36}}?{_GROUP})(?!成员|会议|下设|办公)"
)
_PLAIN = re.compile(rf"(?P<name>[^,。;:\s、()]{{0,30}}{_GROUP})(?:成员)?(?:名单|如下|组成人员)?")
_SUBGROUP = re.compile(r"(?:(?<=[\n、.)])|(?<=^)) *(?P<name>[\u4e00-\u9fff]{2,8}组)(?=[。:\n(]|$)")
# 组长由镇长担任, and 由…任组长…的领导小组 where the name comes last.
_HELD = re.compile(
    rf"(?P<role>{_ROLE})由(?P<who>[^,。;:\n]{{2,40}}?)(?:(?<!负责)同志)?(?:担任|兼任|组成)(?=[,。;\n]|$)"
)
_NAME_LAST = re.compile(rf"为(?:{_ROLE})的(?P<name>[^,。;:\n]{{2,30}}?{_GROUP})")
_SERVES = re.compile(
    rf"(?:由)?(?P<who>[^,。;:\n]{{2,40}}?)(?:(?<!负责)同志)?(?:担任|兼任|任|兼|为)(?P<role>{_ROLE})(?=[,。;、\n]|的|$)"
)
# One word for several offices (派出所、学校负责人): the list is one holder, not several.
_SHARED = re.compile(
    r"^(?!.*(?:负责人|负责同志|领导).*[、及和]).*[、及和].*(?:负责人|负责同志|领导)(?:同志)?$"
)
_NO_NAME = re.compile(r"有关|各|本|该|相应|机构$|坚持|向|对|把|在|经|按|与|为|并|任务|由|以")
_OFFICE = re.compile(
    r"(?P<who>[^,。;:\n由]{2,24}?)(?:(?<!负责)同志)?(?:兼任|担任|任|兼)(?P<role>办公室(?:常务)?(?:副)?主任)"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Seats that follow each other, and where they begin and end."""

    seats: tuple[Seat, ...]
    start: int
    end: int


def read_bodies(paper: Paper, grids: list[Table]) -> list[Body]:
    """Return each body once, with the seats that the text or a table gives it."""
    found = [
        _named(paper, run)
        for run in [*_colon_runs(paper), *_prose_runs(paper), *_table_runs(paper, grids)]
    ]
    kept: list[Body] = []
    for body in sorted((one for one in found if one), key=lambda one: one.span):
        same = next((n for n, old in enumerate(kept) if old.name == body.name), None)
        if same is None:
            kept.append(body)
            continue
        old = kept[same]
        told = {(seat.role, seat.holder) for seat in old.seats}
        more = tuple(seat for seat in body.seats if (seat.role, seat.holder) not in told)
        if more and not {seat.role for seat in more} & {seat.role for seat in old.seats}:
            kept[same] = replace(old, seats=old.seats + more)
        elif more:
            kept.append(body)
    return kept


def _colon_runs(paper: Paper) -> list[_Run]:
    matches = list(_SEAT.finditer(paper.view))
    runs: list[_Run] = []
    group: list[tuple[re.Match[str], int]] = []
    for index, match in enumerate(matches):
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(paper.view)
        end = _holders_end(paper.view, match.end(), stop)
        if group and (match.start() - group[-1][1] > 3 or (_opens(match) and _opened(group))):
            runs += _run(paper, group)
            group = []
        group.append((match, end))
    return runs + (_run(paper, group) if group else [])


def _opens(match: re.Match[str]) -> bool:
    return re.sub(r" ", "", match["role"]) in (
        "组长",
        "总指挥",
        "指挥长",
        "主任",
        "总指挥长",
        "第一组长",
    )


def _opened(group: list[tuple[re.Match[str], int]]) -> bool:
    return any(_opens(match) for match, _ in group)


def _holders_end(view: str, at: int, stop: int) -> int:
    """Return where the holders of a seat end: at 。or ; or where a line is no list of names any more."""
    end = at
    for start, line_end in lines_of(view, at, stop):
        line = view[start:line_end].strip()
        if start > at and not _more_names(line):
            break
        closing = re.search(r"[。;]", view[start:line_end])
        if closing:
            return start + closing.start()
        end = line_end
    return end


def _more_names(line: str) -> bool:
    """Return whether a line goes on with names: 王五 镇武装部部长, or 赵六、钱七."""
    return (
        bool(line)
        and len(line) <= 40
        and not re.search(
            r"[:,。]|^\(?[一二三四五六七八九十\d]+[)、.]|^(?:领导小组|办公室|各|主要)", line
        )
        and bool(
            re.search(r"^[\u4e00-\u9fffXx*]{1,4}(?:[ 、(]|$)", line)
            or re.match(r"[\u4e00-\u9fffX]{1} [\u4e00-\u9fffX]", line)
        )
    )


def _run(paper: Paper, group: list[tuple[re.Match[str], int]]) -> list[_Run]:
    seats = [
        seat for match, end in group for seat in _seats(paper, match["role"], match.end(), end)
    ]
    return [_Run(tuple(seats), group[0][0].start(), group[-1][1])] if seats else []


def _seats(paper: Paper, role: str, start: int, end: int) -> list[Seat]:
    role = re.sub(r"\s", "", role)
    found: list[Seat] = []
    depth, at = 0, start
    for index in range(start, end + 1):
        char = paper.view[index] if index < end else "\n"
        depth += (char == "(") - (char == ")")
        parted = char in "、,\n\t" or _wide_gap(paper.view, index, end)
        closed = index > at and paper.view[index - 1] == ")" and char not in ")等同"
        if index < end and (depth > 0 or not (parted or closed)):
            continue
        words = paper.text[at:index].strip(" \u3000\t\n、，,。；;：:")
        if words and len(words) <= 40 and not re.search(r"下设|负责日常|领导小组|如下|^等", words):
            place = at + paper.text[at:index].index(words)
            found.append(Seat(role, _name_only(words), Span(place, place + len(words))))
        at, depth = (index if closed and not parted else index + 1), depth if char == "(" else 0
    return found


def _wide_gap(view: str, index: int, end: int) -> bool:
    """Return whether two full names are parted by blanks: 赵 六 is one name, 赵六  钱七 are two."""
    if view[index] != " ":
        return False
    left = re.search(r"[^\s、,;:]+ *$", view[max(0, index - 12) : index])
    right = re.match(r" *([^\s、,;:()]+)", view[index:end])
    if left is None or right is None:
        return False
    return (
        2 <= len(left[0].strip()) <= 3
        and 2 <= len(right[1]) <= 3
        and not re.search(r"[镇乡县村党部]", left[0] + right[1])
    )


def _name_only(words: str) -> str:
    words = re.sub(r"[ \u3000]+", " ", words)
    words = re.sub(r"^([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?= |[(（]|$)", r"\1\2", words)
    return re.sub(r"(?:等|(?<!负责)同志)$", "", words)


def _prose_runs(paper: Paper) -> list[_Run]:
    """Return seats told in a sentence: 由镇党委书记张三任组长."""
    runs: list[_Run] = []
    for start, end in lines_of(paper.view):
        for sentence in re.finditer(r"[^。\n\t]+", paper.view[start:end]):
            begin, stop = start + sentence.start(), start + sentence.end()
            matches = [
                *(_HELD.finditer(paper.view, begin, stop)),
                *(_SERVES.finditer(paper.view, begin, stop)),
            ]
            words = paper.view[begin:stop]
            if not matches or not (re.search(_GROUP, words) or re.search(r"组长|指挥长?", words)):
                continue
            seats = [seat for m in matches for seat in _served(paper, m)]
            if seats:
                runs.append(_Run(tuple(seats), begin, matches[-1].end()))
    return runs


def _served(paper: Paper, match: re.Match[str]) -> list[Seat]:
    start, end = match.span("who")
    lead = re.match(r"(?:.*(?:成立|设立|组建|由|以)|并|[^由]*?小组由|和|、)", paper.view[start:end])
    if lead:
        start += lead.end()
    if end - start < 2 or re.search(r"各级|主要领导$|什么", paper.view[start:end]):
        return []
    if _SHARED.search(paper.view[start:end]):
        role = re.sub(r"\s", "", match["role"])
        return [Seat(role, paper.text[start:end].strip(), Span(start, end))]
    return _seats(paper, match["role"], start, end)


def _named(paper: Paper, run: _Run) -> Body | None:
    """Return the body whose name stands nearest before its seats."""
    low = max(0, run.start - 400)
    names = [m for p in (_NAME, _PLAIN, _SUBGROUP) for m in p.finditer(paper.view, low, run.start)]
    inside = list(_NAME.finditer(paper.view, run.start, run.end))
    if last := _NAME_LAST.search(paper.view, run.start, run.end + 40):
        names, inside = [], [last]
    best = _nearest(names + inside) or (None if inside else _headed_by(paper, run))
    chairs = {seat.role for seat in run.seats} <= {"主任", "副主任", "常务副主任"}
    if best is None or (chairs and not re.search(r"办公室|委员会|指挥部", best[0])):
        return None
    return Body(best[0], run.seats, Span(min(best[1], run.start), run.end))


def _headed_by(paper: Paper, run: _Run) -> tuple[str, int] | None:
    """Return the heading above seats that no body is named for, if seats are what it announces."""
    inside = [n for top in paper.nodes for n in top.walk() if n.start <= run.start < n.end]
    for node in reversed(inside):
        title = paper.view[node.title.start : node.title.end]
        if re.search(r"组织(?:领导|机构)|领导机构|指挥机构|人员组成|组成人员", title):
            return paper.text[node.title.start : node.title.end].strip(), node.title.start
    return None


def _nearest(names: list[re.Match[str]]) -> tuple[str, int] | None:
    """Return the cleaned name that ends last; a 相应的领导小组 of others is no body of this paper."""
    ordered = sorted(names, key=lambda m: (m.end("name"), -len(m["name"])))
    for match in reversed(ordered):
        if "相应" in match["name"] or "各村" in match["name"]:
            return None
        name = re.sub(
            r"^(?:.*?(?:成立|设立|组建|建立|调整|设立|下设|设)(?:了)?|[(]?[一二三四五六七八九十\d]+[)、.]+|相应的?|以|健全|完善|加强|明确)",
            "",
            match["name"],
        ).strip(' "、')
        name = re.sub(r"\s", "", name)
        if len(name) >= 3 and not _NO_NAME.match(name):
            return name, match.start("name")
    return None


def _table_runs(paper: Paper, grids: list[Table]) -> list[_Run]:
    """Return seats of tables: 职务/姓名 columns, or rows that open with a role."""
    role = re.compile(rf"(?:{_ROLE})")
    runs: list[_Run] = []
    for grid in grids:
        seats: list[Seat] = []
        column = next(
            (
                n
                for n, word in enumerate(grid.rows[0].words)
                if re.fullmatch(r"(?:组内|小组|领导小组|编组|指挥部)?(?:职务|职责|角色|组成)", word)
            ),
            0,
        )
        last = ""
        for row in grid.rows:
            word = row.words[column] if column < len(row) else ""
            if word and not role.fullmatch(word):
                last = ""
                continue
            last = word or last
            cells = [
                n
                for n in range(len(row))
                if n != column and row.words[n] and not re.fullmatch(r"\d+", row.words[n])
            ]
            if not last or not cells:
                continue
            who = row.cells[cells[0]]
            seats += _table_seat(paper, last, who, [row.cells[n] for n in cells[1:2]])
        if len(seats) >= 2:
            runs.append(_Run(tuple(seats), grid.start, grid.end))
    return runs


def _table_seat(paper: Paper, role: str, who: Span, post: list[Span]) -> list[Seat]:
    found = _seats(paper, role, who.start, who.end)
    if len(found) != 1 or not post:
        return found
    words = re.sub(r"\s", "", paper.text[post[0].start : post[0].end])
    return [Seat(role, f"{found[0].holder}（{words}）", Span(who.start, post[0].end))]
