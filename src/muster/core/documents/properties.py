"""The seal a document carries: its id, its kind, the digest and order of its bound figures."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from muster.core.documents.markup import Element, parse, serialise
from muster.core.documents.package import Parts

_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# Word cuts longer texts in its own dialog.
_LONGEST = 240
DOCUMENT, KIND, DIGEST, ORDER = (
    "muster.document",
    "muster.kind",
    "muster.digest",
    "muster.order",
)


def digest(printed: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 over (key, printed) pairs, whatever their order: a check, not a secret."""
    lines = "\n".join(f"{key}\t{text}" for key, text in sorted(set(printed)))
    return hashlib.sha256(lines.encode()).hexdigest()


def seal_properties(
    document_id: str, kind: str, figures: Mapping[str, str], order: Sequence[str]
) -> dict[str, str]:
    """Return the custom properties of a document whose figures stand in this order."""
    found = {DOCUMENT: document_id, KIND: kind, DIGEST: digest(figures.items())}
    for number, line in enumerate(_lines(order), start=1):
        found[f"{ORDER}.{number:03d}"] = line
    return found


def _lines(order: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for key in order:
        if lines and len(lines[-1]) + len(key) < _LONGEST:
            lines[-1] += f" {key}"
        else:
            lines.append(key)
    return lines


def write_properties(parts: Parts, values: Mapping[str, str]) -> None:
    """Put the properties into the package, beside those the template already has."""
    kept = {k: v for k, v in read_properties(parts).items() if not k.startswith("muster.")}
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{_quoted(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate((kept | dict(values)).items(), start=2)
    )
    parts[_PART] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{items}</Properties>'
    ).encode()
    _declare(parts)


def _quoted(name: str) -> str:
    return escape(name, {'"': "&quot;"})


def _declare(parts: Parts) -> None:
    types = parse(parts["[Content_Types].xml"])
    if not any(item.get("PartName") == f"/{_PART}" for item in types):
        _add(types, f"{{{_TYPES}}}Override", PartName=f"/{_PART}", ContentType=_TYPE)
        parts["[Content_Types].xml"] = serialise(types)
    relations = parse(parts["_rels/.rels"])
    if not any(item.get("Type") == _RELATION for item in relations):
        taken = {item.get("Id") for item in relations}
        name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        _add(relations, f"{{{_RELATIONS}}}Relationship", Id=name, Type=_RELATION, Target=_PART)
        parts["_rels/.rels"] = serialise(relations)


def _add(parent: Element, tag: str, **attributes: str) -> None:
    parent.append(parent.makeelement(tag, attributes))


def read_properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the custom properties as text; none where a program dropped them."""
    data = parts.get(_PART)
    if data is None:
        return {}
    return {
        str(item.get("name")): "".join(item.itertext())
        for item in parse(data)
        if item.get("name") is not None
    }


def write_core(parts: Parts, *, title: str, author: str, day: date) -> None:
    """Write title, author and the day of the document into the core properties; no clock."""
    stamp = f"{day.isoformat()}T00:00:00Z"
    parts["docProps/core.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()
