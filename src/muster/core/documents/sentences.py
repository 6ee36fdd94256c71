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
        _replace(paragraph, doomed, "")
        _close(paragraph)
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


def _close(paragraph: Element) -> None:
    """End the paragraph with a full stop if the sentence after a semicolon was taken away."""
    for text in reversed(texts(paragraph)):
        value = (text.text or "").rstrip()
        if value:
            if value.endswith("；"):
                set_text(text, value[:-1] + "。")
            return


def _holds_section(paragraph: Element) -> bool:
    """Return whether deleting it would delete a section break, and with it the page layout."""
    return child(paragraph, "pPr", "sectPr") is not None
