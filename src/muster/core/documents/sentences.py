"""What is not known is not written: sentences, cells and headings without their figures go."""

import re

from muster.core.documents.markers import MISSING
from muster.core.documents.markup import Element, child, is_w, plain, set_text, texts, within

_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?[”）]?")
UNKNOWN_CELL = "—"


def leave_out_unknown(root: Element) -> None:
    """Delete each sentence that names a missing figure; a table cell shows a dash instead."""
    for paragraph in list(within(root, "p")):
        whole = plain(paragraph)
        if MISSING not in whole:
            continue
        if any(is_w(above, "tc") for above in paragraph.iterancestors()):
            _replace(paragraph, _spans_of(whole, MISSING), UNKNOWN_CELL)
            continue
        doomed = [s for s in _sentences(whole) if MISSING in whole[s[0] : s[1]]]
        _close_before(paragraph, whole, doomed)
        _replace(paragraph, doomed, "")
        if not plain(paragraph).strip() and not _holds_section(paragraph):
            paragraph.getparent().remove(paragraph)


def _sentences(whole: str) -> list[tuple[int, int]]:
    return [match.span() for match in _SENTENCE.finditer(whole) if match.group()]


def _spans_of(whole: str, part: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(part), whole)]


def _replace(paragraph: Element, spans: list[tuple[int, int]], by: str) -> None:
    """Cut the spans out of the text as it runs through the w:t, from the last to the first."""
    for start, end in reversed(spans):
        offset, filler = 0, by
        for text in texts(paragraph):
            value = text.text or ""
            low, high = max(start - offset, 0), min(end - offset, len(value))
            if low < high:
                set_text(text, value[:low] + filler + value[high:])
                filler = ""
            offset += len(value)


def _close_before(paragraph: Element, whole: str, doomed: list[tuple[int, int]]) -> None:
    """Turn the semicolon that now ends a sentence into the full stop that went with the rest."""
    last = 0
    for start, end in _sentences(whole):
        if (start, end) not in doomed:
            last = end
            continue
        ended = whole[end - 1] in "。！？”）" or end == len(whole)
        if ended and last and whole[last - 1] == "；":
            _replace(paragraph, [(last - 1, last)], "。")


def _holds_section(paragraph: Element) -> bool:
    """Return whether deleting it would delete a section break, and with it the page layout."""
    return child(paragraph, "pPr", "sectPr") is not None
