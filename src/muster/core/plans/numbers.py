"""Automatic numbers of Word lists, which stand in no text run."""

from typing import Any

from docx.oxml.ns import qn

_CHINESE = "零一二三四五六七八九"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"


class AutoNumbers:
    """Counts list paragraphs as Word does and words their numbers."""

    def __init__(self, document: Any) -> None:
        """Read the numbering part and the styles of a python-docx document."""
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = {
            style.element.get(qn("w:styleId")): style.element for style in document.styles
        }
        part = next(
            (
                r.target_part
                for r in document.part.rels.values()
                if r.reltype.endswith("/numbering") and not r.is_external
            ),
            None,
        )
        if part is not None:
            self._read(part.element)

    def _read(self, root: Any) -> None:
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {}
            for level in abstract.findall(qn("w:lvl")):
                values = [_value(level, tag) for tag in ("w:numFmt", "w:lvlText", "w:start")]
                start = int(values[2]) if values[2] and values[2].isdigit() else 1
                levels[int(level.get(qn("w:ilvl"), 0))] = (
                    values[0] or "decimal",
                    values[1] or "",
                    start,
                )
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for item in root.findall(qn("w:num")):
            self._lists[item.get(qn("w:numId"))] = _value(item, "w:abstractNumId") or ""

    def label(self, paragraph: Any) -> str:
        """Return the number that Word would show before a paragraph; empty for plain text and bullets."""
        found = self._place(paragraph)
        if found is None:
            return ""
        number, level = found
        abstract = self._lists.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return ""
        for index in range(9):
            shown = levels.get(index, ("decimal", "", 1))
            text = text.replace(f"%{index + 1}", _worded(counts.get(index, shown[2]), shown[0]))
        return text

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = properties.find(qn("w:numPr"))
        style = _value(properties, "w:pStyle")
        for _ in range(8):
            if own is not None or style not in self._styles:
                break
            element = self._styles[style]
            inner = element.find(qn("w:pPr"))
            own = inner.find(qn("w:numPr")) if inner is not None else None
            style = _value(element, "w:basedOn")
        number = _value(own, "w:numId") if own is not None else None
        return (number, int(_value(own, "w:ilvl") or 0)) if number and number != "0" else None


def _value(element: Any, tag: str) -> str | None:
    child = element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))


def _worded(count: int, form: str) -> str:
    if form.startswith(("chinese", "japaneseCounting", "ideographDigital", "taiwanese")):
        return _chinese(count)
    if form.startswith("decimalEnclosedCircle"):
        return _CIRCLES[count - 1] if 1 <= count <= 10 else str(count)
    return str(count)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    lead = "" if tens == 0 else ("十" if tens == 1 else _CHINESE[tens % 10] + "十")
    return lead + (_CHINESE[ones] if ones or not tens else "")
