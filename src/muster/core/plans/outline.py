"""The tree of numbered headings, whatever mixture of numberings a paper uses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from muster.core.plans.numbering import number_at
from muster.core.plans.values import Heading, Span

_STAGE_LINE = re.compile(r"(?=[^\s,。;:()\t]{2,18}阶段 *(?:[(:]|$))")
_SCHEDULED = re.compile(r"[一二三四五六七八九十\d]{1,2}月份? *(?::|$)")
_HASHES = re.compile(r"(#{1,6}) +")
_STOP = re.compile(r"[。:;!?\t]|$")


@dataclass(slots=True)
class Node:
    """A heading in the making; offsets point into the cleaned text."""

    start: int
    rank: float
    style: str
    number: Span
    title: Span
    line_end: int
    end: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Return where the node's own words end and its children begin."""
        return self.children[0].start if self.children else self.end

    def walk(self) -> Iterator["Node"]:
        """Yield the node and all below it, as they stand in the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def lines_of(text: str, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every line of a stretch."""
    end = len(text) if end is None else end
    at = begin
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1


def tree(view: str) -> list[Node]:
    """Return the top nodes of folded, cleaned text."""
    top: list[Node] = []
    stack: list[Node] = []
    for start, end in lines_of(view):
        node = _node(view, start, end)
        if node is None:
            continue
        while stack and stack[-1].rank >= node.rank:
            stack.pop().end = node.start
        node.parent = stack[-1] if stack else None
        (stack[-1].children if stack else top).append(node)
        stack.append(node)
    for node in stack:
        node.end = len(view)
    return top


def _node(view: str, start: int, end: int) -> Node | None:
    if "\t" in view[start:end]:
        return None
    at, rank, style = start, -1.0, ""
    if hashes := _HASHES.match(view, start, end):
        at, rank, style = hashes.end(), len(hashes[1]) - 7.0, "hash"
    found = number_at(view, at, end)
    if found:
        rank, style = found.rank, found.style
    elif _STAGE_LINE.match(view, at, end) or _SCHEDULED.match(view, at, end):
        rank, style = 1.6, "named"
    elif not hashes:
        return None
    title_start = found.end if found else at
    while title_start < end and view[title_start] in " ::、.,":
        title_start += 1
    stop = _STOP.search(view, title_start, end)
    title_end = stop.start() if stop else end
    if title_end <= title_start and style not in ("stage", "named"):
        return None
    number = Span(found.start, found.end) if found else Span(at, at)
    return Node(start, rank, style, number, Span(title_start, title_end), end)


def headings(text: str, nodes: list[Node], level: int = 1) -> tuple[Heading, ...]:
    """Return the outline for people: depth, number and title as written."""
    return tuple(
        Heading(
            level,
            text[node.number.start : node.number.end].strip(" 、.．,，:："),
            text[node.title.start : node.title.end].strip(),
            Span(node.start, node.title.end),
            headings(text, node.children, level + 1),
        )
        for node in nodes
        if node.style != "named"
    )
