"""What Word and WPS do to the XML of a file when it is opened and saved: meaning stays, form goes."""

import random
import re

from muster.core.documents.markup import (
    Element,
    child,
    is_w,
    make,
    parse,
    serialise,
    set_text,
    within,
)
from muster.core.documents.package import open_package, pack


def resave(docx: bytes, seed: int) -> bytes:
    """Return the same document as another program would write it; the seed chooses how."""
    chance = random.Random(seed)
    parts = open_package(docx)
    root = parse(parts["word/document.xml"])
    for run in list(within(root, "r")):
        if chance.random() < 0.7:
            _split(run, chance)
    for control in list(within(root, "sdt")):
        _shuffle(control, chance)
        if chance.random() < 0.3:
            _wrap(control, chance.choice(["ins", "smartTag", "hyperlink", "sdt"]))
    text = serialise(root).decode()
    if chance.random() < 0.5:
        text = re.sub(r"(</?|\s)w:", r"\1ns7:", text).replace("xmlns:w=", "xmlns:ns7=")
    parts["word/document.xml"] = text.encode()
    custom = parts["docProps/custom.xml"].decode()
    parts["docProps/custom.xml"] = (
        custom.replace("vt:", "v:").replace("xmlns:vt", "xmlns:v").encode()
    )
    names = list(parts)
    chance.shuffle(names)
    return pack({name: parts[name] for name in names})


def _split(run: Element, chance: random.Random) -> None:
    """Cut the run's text into several runs with the debris of spelling checks between."""
    text = child(run, "t")
    if text is None or len(text.text or "") < 2 or len(run) > 2:
        return
    at = chance.randrange(1, len(text.text))
    twin = make("r", rsidR="00A1B2C3")
    properties = child(run, "rPr")
    if properties is not None:
        twin.append(parse(serialise(properties)))
    rest = make("t")
    set_text(rest, text.text[at:])
    twin.append(rest)
    set_text(text, text.text[:at])
    run.addnext(twin)
    run.addnext(make("proofErr", type="spellStart"))
    run.addnext(make("bookmarkEnd", id="7"))


def _shuffle(control: Element, chance: random.Random) -> None:
    """Write the control's properties in another order, with what WPS adds."""
    properties = child(control, "sdtPr")
    items = [*properties, make("placeholder"), make("rPr")]
    chance.shuffle(items)
    for item in items:
        properties.append(item)
    control.append(make("sdtEndPr")) if chance.random() < 0.5 else None


def _wrap(control: Element, name: str) -> None:
    """Put the control into a tracked insertion, a smart tag, a link or a control of the user."""
    outer = make(name)
    control.addprevious(outer)
    if name == "sdt":
        content = make("sdtContent")
        outer.extend([make("sdtPr"), content])
        outer = content
    outer.append(control)
    assert is_w(control, "sdt")
