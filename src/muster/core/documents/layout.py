"""What the statutory layout decides from the finished text: numbers, lists, widths.

Paragraphs are known by the *name* of their style: office suites rewrite style ids, never names.
"""

import copy
import re
from collections.abc import Iterator

from muster.core.documents.markup import (
    Element,
    attribute,
    child,
    is_w,
    make,
    plain,
    set_text,
    texts,
    w,
    within,
)
from muster.core.documents.wording import chinese_numeral

HEADINGS = {"heading 1": 1, "heading 2": 2, "heading 3": 3, "heading 4": 4}
ADDRESSEE, SIGNER, DAY = "主送机关", "发文机关署名", "成文日期"
MARK, TITLE, IMPRINT, CLOSING = "发文机关标志", "公文标题", "版记", "结束语"
NOTE, ATTACHMENT, ATTACHMENT_TITLE = "附件说明", "附件标识", "附件标题"
_FOOT = {CLOSING, SIGNER, DAY, NOTE, ATTACHMENT, ATTACHMENT_TITLE, IMPRINT}
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|[（(]\d+[)）])?\s*"
)
# 156 mm of text; a character of the body with its spacing takes 15.75 pt.
TEXT_TWIPS, CHARACTER_TWIPS = 8845, 315
_LARGEST_MARK, _FITTING = 72, 12
# Twenty characters of 22 pt fill the line of 442 pt; widths are counted in body characters.
TITLE_LINE = 20 * CHARACTER_TWIPS


def style_names(styles: Element) -> dict[str, str]:
    """Return style id → style name; a paragraph without a style has the default one."""
    names: dict[str, str] = {}
    for style in within(styles, "style"):
        name = attribute(child(style, "name"), "val") or ""
        names[attribute(style, "styleId") or ""] = name
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}:
            names[""] = name
    return names


def settle(root: Element, names: dict[str, str]) -> None:
    """Drop headings that nothing follows, number the rest, list attachments, fit head and foot."""
    body = next(within(root, "body"))
    _drop_orphans(body, names)
    _drop_empty_attachments(body, names)
    _number_headings(body, names)
    _list_attachments(body, names)
    for paragraph in list(_styled(body, names, MARK)):
        _fit_mark(paragraph)
    for paragraph in list(_styled(body, names, TITLE)):
        _break_title(paragraph)
    _place_signature(body, names)


def _name(block: Element, names: dict[str, str]) -> str:
    if not is_w(block, "p"):
        return ""
    return names.get(attribute(child(block, "pPr", "pStyle"), "val") or "", "")


def _styled(body: Element, names: dict[str, str], style: str) -> Iterator[Element]:
    for block in body:
        if _name(block, names) == style:
            yield block


def _is_imprint(block: Element, names: dict[str, str]) -> bool:
    """Return whether here begins the foot of the last page."""
    if is_w(block, "sectPr"):
        return True
    return any(_name(paragraph, names) == IMPRINT for paragraph in within(block, "p"))


def _says_something(block: Element) -> bool:
    return not is_w(block, "p") or bool(plain(block).strip())


def _drop_orphans(body: Element, names: dict[str, str]) -> None:
    """Walk upwards, so that a heading whose subheadings all went goes as well."""
    full_at = 0  # 0: nothing below yet; 9: text; 1 to 4: a heading of that level
    for block in reversed(list(body)):
        name = _name(block, names)
        if name in HEADINGS:
            if full_at > HEADINGS[name]:
                full_at = HEADINGS[name]
            else:
                body.remove(block)
        elif name in _FOOT or is_w(block, "sectPr") or _is_imprint(block, names):
            full_at = 0
        elif _says_something(block):
            full_at = 9


def _drop_empty_attachments(body: Element, names: dict[str, str]) -> None:
    """Take away the mark, the title and the page of an attachment without text or rows."""
    for first in list(_styled(body, names, ATTACHMENT)):
        blocks = [first]
        for block in first.itersiblings():
            if _name(block, names) == ATTACHMENT or _is_imprint(block, names):
                break
            blocks.append(block)
        content = [block for block in blocks if _name(block, names) not in _FOOT]
        if not any(_says_something(block) for block in content):
            for block in blocks:
                body.remove(block)


def _number_headings(body: Element, names: dict[str, str]) -> None:
    count = [0, 0, 0, 0, 0]
    for block in body:
        level = HEADINGS.get(_name(block, names), 0)
        if not level:
            continue
        count[level] += 1
        count[level + 1 :] = [0] * (4 - level)
        _write_over(block, heading_number(level, count[level]) + _NUMBERED.sub("", plain(block)))


def heading_number(level: int, number: int) -> str:
    """Return 一、 (一) 1. (1) for the four levels (GB/T 9704-2012, 7.3.3)."""
    if level == 1:
        return f"{chinese_numeral(number)}、"
    if level == 2:
        return f"（{chinese_numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def _write_over(paragraph: Element, value: str) -> None:
    """Write the number into the first run, leaving the rest of the heading in its runs."""
    surplus = len(plain(paragraph)) - len(_NUMBERED.sub("", plain(paragraph)))
    head = value[: len(value) - (len(plain(paragraph)) - surplus)]
    for text in texts(paragraph):
        cut = min(surplus, len(text.text or ""))
        surplus -= cut
        set_text(text, head + (text.text or "")[cut:])
        head = ""


def _list_attachments(body: Element, names: dict[str, str]) -> None:
    """Give each attachment its number and write the list under the text (GB/T 9704-2012, 7.3.4)."""
    marks = list(_styled(body, names, ATTACHMENT))
    titles = []
    for number, mark in enumerate(marks, start=1):
        _rewrite(mark, f"附件{number}" if len(marks) > 1 else "附件")
        title = next((b for b in mark.itersiblings() if _name(b, names) == ATTACHMENT_TITLE), None)
        titles.append("" if title is None else plain(title).strip())
    for note in list(_styled(body, names, NOTE)):
        _write_note(note, [title for title in titles if title])


def _write_note(note: Element, titles: list[str]) -> None:
    if not titles:
        note.getparent().remove(note)
        return
    lines = titles if len(titles) == 1 else [f"{n}.{t}" for n, t in enumerate(titles, start=1)]
    last = note
    for index, line in enumerate(lines):
        if index:
            following = copy.deepcopy(note)
            last.addnext(following)
            last = following
            # Under the first title: two characters in, and past the three of 附件：.
            _indent(following, left=CHARACTER_TWIPS * 5, hanging=0)
            _close_up(following)
        _rewrite(last, line if index else f"附件：{line}")


def _rewrite(paragraph: Element, value: str) -> None:
    """Write the text into the first w:t and empty the others; make one if there is none."""
    found = texts(paragraph)
    if not found:
        run, text = make("r"), make("t")
        run.append(text)
        paragraph.append(run)
        found = [text]
    set_text(found[0], value)
    for text in found[1:]:
        set_text(text, "")


def _properties(paragraph: Element) -> Element:
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    return properties


# In CT_PPr these come after w:ind; our element must stand before them.
_AFTER_ALIGNMENT = (
    *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
    *("rPr", "sectPr", "pPrChange"),
)
_AFTER_INDENT = ("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", *_AFTER_ALIGNMENT)


def _indent(paragraph: Element, **twips: int) -> None:
    properties = _properties(paragraph)
    old = child(properties, "ind")
    if old is not None:
        properties.remove(old)
    # Indents counted in characters win over twips, so they are set to none.
    zero = {"firstLineChars": "0", "firstLine": "0", "leftChars": "0", "rightChars": "0"}
    given = {name: str(value) for name, value in twips.items()}
    indent = make("ind", **(zero | given))
    later = next((item for item in properties if is_w(item, *_AFTER_INDENT)), None)
    if later is None:
        properties.append(indent)
    else:
        later.addprevious(indent)


def _close_up(paragraph: Element) -> None:
    """Set the line directly under the one before, without the space its style asks for."""
    properties = _properties(paragraph)
    spacing = make("spacing", before="0")
    later = next(item for item in properties if is_w(item, "ind"))
    later.addprevious(spacing)


def _fit_mark(paragraph: Element) -> None:
    """Set the red name of the office to one line: 36 pt up to twelve characters, then smaller."""
    length = len(plain(paragraph).strip())
    if length <= _FITTING:
        return
    size = min(_LARGEST_MARK, TEXT_TWIPS // 10 // length)
    for run in list(within(paragraph, "r")):
        properties = child(run, "rPr")
        if properties is None:
            properties = make("rPr")
            run.insert(0, properties)
        for name in ("sz", "szCs"):
            old = child(properties, name)
            if old is not None:
                properties.remove(old)
            properties.append(make(name, val=str(size)))


def _break_title(paragraph: Element) -> None:
    """Break a title of two lines where a word ends, not where the line is full (7.3.1)."""
    whole = plain(paragraph)
    found = texts(paragraph)
    at = title_break(whole)
    if not at or len([text for text in found if text.text]) != 1:
        return
    first = next(text for text in found if text.text)
    rest, line_break = make("t"), make("br")
    set_text(rest, whole[at:])
    set_text(first, whole[:at])
    first.addnext(line_break)
    line_break.addnext(rest)


def title_break(title: str) -> int:
    """Return where a title falls into two lines; 0 if it fits one, or would need three."""
    if _width(title) <= TITLE_LINE:
        return 0
    ends = {match.end() for match in re.finditer("年度|工作|情况|县|乡|镇|街道", title)}
    ends |= {match.start() for match in re.finditer("关于|党管", title)}
    fitting = [
        at
        for at in sorted(ends)
        if 0 < at < len(title)
        and title[at] not in "的、，"
        and max(_width(title[:at]), _width(title[at:])) <= TITLE_LINE
    ]
    about = title.find("关于")
    if about in fitting:
        return about
    return min(fitting, key=lambda at: abs(_width(title[:at]) - _width(title[at:])), default=0)


def _width(text: str) -> int:
    return sum(CHARACTER_TWIPS // (1 if ord(letter) > 0x2E7F else 2) for letter in text)


def _place_signature(body: Element, names: dict[str, str]) -> None:
    """Set the date four characters in and the name centred over it (GB/T 9704-2012, 7.3.5.1)."""
    for day in list(_styled(body, names, DAY)):
        signers = []
        for block in day.itersiblings(preceding=True):
            if _name(block, names) != SIGNER:
                break
            signers.append(block)
        widest = max((_width(plain(block).strip()) for block in signers), default=0)
        date_width = _width(plain(day).strip())
        # A name so long that centring would push it over the margin carries the date along.
        right = max(CHARACTER_TWIPS * 4, (widest - date_width) // 2 + CHARACTER_TWIPS)
        _flush_right(day, right)
        for block in signers:
            width = _width(plain(block).strip())
            _flush_right(block, right + (date_width - width) // 2)


def _flush_right(paragraph: Element, right: int) -> None:
    _indent(paragraph, right=max(right, 0))
    properties = _properties(paragraph)
    alignment = child(properties, "jc")
    if alignment is None:
        alignment = make("jc")
        later = next((i for i in properties if is_w(i, *_AFTER_ALIGNMENT)), None)
        properties.append(alignment) if later is None else later.addprevious(alignment)
    alignment.set(w("val"), "right")
