"""Fitting head and foot to the line: the red name, a long title, the signature over its date."""

import re
from collections.abc import Sequence

from muster.core.documents.markup import (
    Element,
    child,
    is_w,
    make,
    plain,
    set_text,
    texts,
    w,
    within,
)

# 156 mm of text; a character of the body with its spacing takes 15.75 pt.
TEXT_TWIPS, CHARACTER_TWIPS = 8845, 315
_LARGEST_MARK, _FITTING = 72, 12
# Twenty characters of 22 pt fill the line of 442 pt; widths are counted in body characters.
TITLE_LINE = 20 * CHARACTER_TWIPS


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


def indent(paragraph: Element, **twips: int) -> None:
    """Indent by twips alone: indents counted in characters would win, so they are set to none."""
    properties = _properties(paragraph)
    old = child(properties, "ind")
    if old is not None:
        properties.remove(old)
    zero = {"firstLineChars": "0", "firstLine": "0", "leftChars": "0", "rightChars": "0"}
    given = {name: str(value) for name, value in twips.items()}
    indent = make("ind", **(zero | given))
    later = next((item for item in properties if is_w(item, *_AFTER_INDENT)), None)
    if later is None:
        properties.append(indent)
    else:
        later.addprevious(indent)


def close_up(paragraph: Element) -> None:
    """Set the line directly under the one before, without the space its style asks for."""
    properties = _properties(paragraph)
    spacing = make("spacing", before="0")
    later = next(item for item in properties if is_w(item, "ind"))
    later.addprevious(spacing)


def fit_mark(paragraph: Element) -> None:
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


def break_title(paragraph: Element) -> None:
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


def place_signature(day: Element, signers: Sequence[Element]) -> None:
    """Set the date four characters in and the name centred over it (GB/T 9704-2012, 7.3.5.1)."""
    widest = max((_width(plain(block).strip()) for block in signers), default=0)
    date_width = _width(plain(day).strip())
    # A name so long that centring would push it over the margin carries the date along.
    right = max(CHARACTER_TWIPS * 4, (widest - date_width) // 2 + CHARACTER_TWIPS)
    _flush_right(day, right)
    for block in signers:
        _flush_right(block, right + (date_width - _width(plain(block).strip())) // 2)


def _flush_right(paragraph: Element, right: int) -> None:
    indent(paragraph, right=max(right, 0))
    properties = _properties(paragraph)
    alignment = child(properties, "jc")
    if alignment is None:
        alignment = make("jc")
        later = next((i for i in properties if is_w(i, *_AFTER_ALIGNMENT)), None)
        properties.append(alignment) if later is None else later.addprevious(alignment)
    alignment.set(w("val"), "right")
