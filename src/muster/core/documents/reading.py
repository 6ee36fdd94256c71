"""Reading the bound figures back from a document that people have had in their hands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from muster.core.documents.controls import DIGIT_AFTER, DIGIT_BEFORE, TAG
from muster.core.documents.markup import Element, attribute, child, is_w, parse, within
from muster.core.documents.package import open_package, story_names
from muster.core.documents.properties import (
    DIGEST,
    DOCUMENT,
    KIND,
    ORDER,
    digest,
    read_properties,
)


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """One content control as it stands in the file.

    ``printed`` is the text a reader sees in it; ``touches_digit`` says that the text right beside
    it makes another number of it.
    """

    key: str
    printed: str
    touches_digit: bool = False


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a file says about itself; id, kind and digest are None where they were dropped.

    ``order`` holds the keys in the order of issue (empty where it was dropped), ``missing_tags``
    those of them that no control carries any more.
    """

    document_id: str | None
    kind: str | None
    digest: str | None
    figures: tuple[ReadFigure, ...]
    order: tuple[str, ...] = ()
    missing_tags: tuple[str, ...] = ()

    @property
    def seal_holds(self) -> bool | None:
        """Return whether the figures still give the digest of issue; None without a digest."""
        if self.digest is None:
            return None
        return self.digest == digest((f.key, f.printed) for f in self.figures)


def read_figures(docx: bytes) -> DocumentReading:
    """Return the figures in reading order, however Word or WPS has rewritten the file.

    Refuses packages that are too large or carry document type declarations.
    """
    parts = open_package(docx)
    seal = read_properties(parts)
    lines = sorted((name, value) for name, value in seal.items() if name.startswith(f"{ORDER}."))
    order = tuple(key for _, value in lines for key in value.split())
    roots = [parse(parts[name]) for name in story_names(parts)]
    found = [figure for root in roots for figure in _figures(root)]
    if not found:
        found = _figures_without_tags(roots, order)
    present = {figure.key for figure in found}
    return DocumentReading(
        document_id=seal.get(DOCUMENT) or None,
        kind=seal.get(KIND) or None,
        digest=seal.get(DIGEST) or None,
        figures=tuple(found),
        order=order,
        missing_tags=tuple(key for key in dict.fromkeys(order) if key not in present),
    )


def _figures(root: Element) -> Iterator[ReadFigure]:
    for control in _controls(root):
        tag = attribute(child(control, "sdtPr", "tag"), "val") or ""
        if tag.startswith(TAG):
            yield _read(control, tag.removeprefix(TAG))


def _figures_without_tags(roots: Sequence[Element], order: Sequence[str]) -> list[ReadFigure]:
    """Return the figures by their place: LibreOffice 7.4 loses every tag, and nothing else.

    Only where each control is still there; a number that was changed shows at its place.
    """
    controls = [
        control
        for root in roots
        for control in _controls(root)
        if child(control, "sdtPr", "tag") is None and child(control, "sdtPr", "alias") is not None
    ]
    if len(controls) != len(order):
        return []
    return [_read(control, key) for control, key in zip(controls, order, strict=True)]


def _controls(root: Element) -> Iterator[Element]:
    for control in within(root, "sdt"):
        if not _is_repeated_for_old_readers(control):
            yield control


def _read(control: Element, key: str) -> ReadFigure:
    return ReadFigure(key, _visible(control).strip(), _touches_digit(control))


def _is_repeated_for_old_readers(element: Element) -> bool:
    """Return whether this is the second writing of a text box, kept for old programs."""
    return any(str(above.tag).endswith("}Fallback") for above in element.iterancestors())


def _visible(element: Element) -> str:
    """Return the text a reader sees: without deleted, moved-away and hidden runs."""
    return "".join(
        (item.text or "") if is_w(item, "t") else " "
        for item in within(element, "t", "tab", "br", "cr")
        if not _is_hidden(item)
    )


def _is_hidden(item: Element) -> bool:
    for above in item.iterancestors():
        if is_w(above, "del", "moveFrom", "pPr"):
            return True
        if is_w(above, "r"):
            for name in ("vanish", "webHidden", "specVanish"):
                switch = child(above, "rPr", name)
                if switch is not None and attribute(switch, "val") not in {"0", "false", "off"}:
                    return True
    return False


def _touches_digit(control: Element) -> bool:
    """Return whether a digit stands directly before or after the control in its paragraph."""
    paragraph = next((a for a in control.iterancestors() if is_w(a, "p")), None)
    if paragraph is None:
        return False
    before, after, seen = "", "", False
    inside = set(within(control, "t"))
    for text in within(paragraph, "t"):
        if text in inside:
            seen = True
        elif not _is_hidden(text):
            before, after = (
                (before, after + (text.text or "")) if seen else (before + (text.text or ""), after)
            )
    return bool(DIGIT_BEFORE.search(before) or DIGIT_AFTER.search(after))
