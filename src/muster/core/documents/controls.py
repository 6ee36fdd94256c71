"""Figures as content controls: plain text to the reader, bound to the stored figure underneath."""

import copy
import hashlib
import re

from muster.core.documents.content import BoundFigure
from muster.core.documents.markers import MARK, STRAY, Marks
from muster.core.documents.markup import (
    Element,
    attribute,
    child,
    is_w,
    make,
    plain,
    set_text,
    w,
    within,
)
from muster.core.documents.problems import FigureTouchesDigit, TemplateBroken

TAG = "muster:"
DIGIT_BEFORE = re.compile(r"[0-9０-９][.,．，]?$")
DIGIT_AFTER = re.compile(r"^[.．,，]?[0-9０-９]")


def bind(root: Element, marks: Marks, used: set[int]) -> list[str]:
    """Replace each mark by a content control; return the keys in the order they are read.

    ``used`` holds the control ids of the document so far: Word wants each once.
    """
    keys: list[str] = []
    for paragraph in list(within(root, "p")):
        _check_apart(plain(paragraph), marks)
    for text in list(within(root, "t")):
        if MARK.search(text.text or ""):
            keys += _bind_run(text, marks, used)
    if STRAY.search("".join(text.text or "" for text in within(root, "t"))):
        raise TemplateBroken(why="指标被截断，请不要对指标使用过滤器")
    return keys


def _check_apart(whole: str, marks: Marks) -> None:
    for match in MARK.finditer(whole):
        before = MARK.sub("0", whole[: match.start()])
        after = MARK.sub("0", whole[match.end() :])
        if DIGIT_BEFORE.search(before) or DIGIT_AFTER.search(after):
            figure = marks.figure(match[1])
            raise FigureTouchesDigit(name=figure.name or figure.code)


def _bind_run(text: Element, marks: Marks, used: set[int]) -> list[str]:
    """Split the run of this w:t into runs and controls that look the same."""
    run = text.getparent()
    if not is_w(run, "r"):
        raise TemplateBroken(why="指标不在普通文字里")
    keys: list[str] = []
    _isolate(run, text)
    pieces = MARK.split(text.text or "")
    for index, piece in enumerate(pieces):
        if index % 2:
            figure = marks.figure(piece)
            keys.append(figure.key)
            run.addprevious(_control(figure, _run(run, figure.printed), used))
        elif piece:
            run.addprevious(_run(run, piece))
    run.getparent().remove(run)
    return keys


def _isolate(run: Element, text: Element) -> None:
    """Give what stands before and after this w:t in its run (tabs, breaks) runs of their own."""
    before, after = _like(run), _like(run)
    target = before
    for item in list(run):
        if item is text:
            target = after
        elif not is_w(item, "rPr"):
            target.append(item)
    if any(not is_w(item, "rPr") for item in before):
        run.addprevious(before)
    if any(not is_w(item, "rPr") for item in after):
        run.addnext(after)


def _like(run: Element) -> Element:
    twin = make("r")
    twin.extend(copy.deepcopy(item) for item in run if is_w(item, "rPr"))
    return twin


def _run(model: Element, value: str) -> Element:
    run = _like(model)
    text = make("t")
    set_text(text, value)
    run.append(text)
    return run


def _control(figure: BoundFigure, run: Element, used: set[int]) -> Element:
    control, properties, content = make("sdt"), make("sdtPr"), make("sdtContent")
    properties.append(make("alias", val=(figure.name or figure.code)[:64]))
    properties.append(make("tag", val=TAG + figure.key))
    properties.append(make("id", val=str(_identity(figure.key, used))))
    # Locked against slips of the keyboard; the control itself can still be deleted.
    properties.append(make("lock", val="contentLocked"))
    properties.append(make("text"))
    content.append(run)
    control.extend([properties, content])
    return control


def _identity(key: str, used: set[int]) -> int:
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") & 0x7FFFFFFF
    while number in used or number == 0:
        number = (number + 1) & 0x7FFFFFFF
    used.add(number)
    return number


def control_ids(root: Element) -> set[int]:
    """Return the ids of controls that the office put into its template."""
    found = (element.get(w("val"), "") for element in root.iter(w("id")))
    return {int(value) for value in found if value.lstrip("-").isdigit()}


def unbind(root: Element) -> None:
    """Put the text of each of our controls in the place of the control."""
    for control in list(within(root, "sdt")):
        tag = attribute(child(control, "sdtPr", "tag"), "val") or ""
        content = child(control, "sdtContent")
        if tag.startswith(TAG) and content is not None:
            for item in list(content):
                control.addprevious(item)
            control.getparent().remove(control)
