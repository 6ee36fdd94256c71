"""WordprocessingML in both of its editions: guarded parsing and small questions about elements."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from muster.core.documents.problems import FileNotADocument

# lxml ships no types; this is its element.
Element: TypeAlias = Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Word writes this one for "Strict Open XML".
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parse(data: bytes) -> Element:
    """Return the root of an XML part; refuses document type declarations and broken XML."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise FileNotADocument(why="含有 DTD 声明")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise FileNotADocument(why="内容损坏") from broken
    if root.getroottree().docinfo.doctype:
        raise FileNotADocument(why="含有 DTD 声明")
    return root


def serialise(root: Element) -> bytes:
    """Return the part as it is stored: UTF-8, standalone."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def w(name: str) -> str:
    """Return the qualified name that we write."""
    return f"{{{W}}}{name}"


def is_w(element: Element, *names: str) -> bool:
    """Return whether the element is one of these, whatever prefix or edition was used."""
    if not isinstance(element.tag, str):
        return False
    qualified = etree.QName(element)
    return qualified.namespace in {W, _STRICT} and qualified.localname in names


def within(root: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names in document order."""
    for element in root.iter():
        if is_w(element, *names):
            yield element


def child(element: Element, *path: str) -> Element | None:
    """Return the first descendant down this path of child names."""
    found: Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((item for item in found if is_w(item, name)), None)
    return found


def attribute(element: Element | None, name: str) -> str | None:
    """Return a w: attribute in either edition."""
    if element is None:
        return None
    for edition in (W, _STRICT):
        value = element.get(f"{{{edition}}}{name}")
        if value is not None:
            return str(value)
    return None


def set_text(text: Element, value: str) -> None:
    """Write a w:t so that blanks at its ends survive."""
    text.text = value
    text.set(_SPACE, "preserve")


def texts(paragraph: Element) -> list[Element]:
    """Return the w:t of a paragraph that belong to it and not to a nested text box."""
    return [
        text
        for text in within(paragraph, "t")
        if next(text.iterancestors(w("p"), f"{{{_STRICT}}}p")) is paragraph
    ]


def plain(paragraph: Element) -> str:
    """Return the text of a paragraph."""
    return "".join(text.text or "" for text in texts(paragraph))


def make(name: str, **attributes: str) -> Element:
    """Return a new w: element with w: attributes."""
    return etree.Element(w(name), {w(key): value for key, value in attributes.items()})
