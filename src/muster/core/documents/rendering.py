"""A template and its content become a Word document whose figures stay bound."""

import io
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate

from muster.core.documents.content import BoundFigure, Cell, Content, Section, variable_name
from muster.core.documents.controls import bind, control_ids
from muster.core.documents.layout import settle, style_names
from muster.core.documents.markers import Marks, Missing, clean, name_figures
from muster.core.documents.markup import Element, parse, serialise
from muster.core.documents.package import Parts, body_name, open_package, pack, story_names
from muster.core.documents.properties import seal_properties, write_core, write_properties
from muster.core.documents.sentences import UNKNOWN_CELL, leave_out_unknown
from muster.core.documents.template import check_parts, check_template, sandbox, without_base
from muster.core.documents.wording import chinese_date

_DECLARED_SECTION: Mapping[str, Any] = {
    "key": None,
    "title": None,
    "paragraphs": None,
    "rows": None,
}


def render(template: bytes, content: Content) -> bytes:
    """Return the finished .docx: the same bytes for the same template and content.

    Refuses templates that are active, unsafe, broken, or name unknown variables. Sentences and
    headings whose figures or records are missing are left out; the rest is numbered anew.
    """
    parts = without_base(open_package(template))
    check_parts(parts)
    environment = sandbox()
    check_template(parts, declared(content), environment=environment)
    marks = Marks(content.every_figure())
    document = DocxTemplate(io.BytesIO(pack(parts)))
    document.render(_context(content, marks), environment, autoescape=True)
    filled = io.BytesIO()
    document.save(filled)
    finished = open_package(filled.getvalue())
    order = _finish(finished, marks)
    figures = {figure.key: figure.printed for figure in content.every_figure()}
    used = {key: figures[key] for key in order}
    seal = seal_properties(content.document_id, content.kind, used, order)
    write_properties(finished, seal)
    write_core(finished, title=clean(content.title), author=clean(content.issuer), day=content.date)
    return pack(finished)


def check(template: bytes, content: Content) -> None:
    """Refuse a template as ``render`` would before it is filled: for the upload page."""
    parts = without_base(open_package(template))
    check_parts(parts)
    check_template(parts, declared(content), environment=sandbox())


def declared(content: Content) -> dict[str, Any]:
    """Return every variable a template of this kind may name, whether known this year or not."""
    codes = [*content.figures_by_variable(), *map(variable_name, content.absent_figures)]
    keys = [*(section.key for section in content.sections), *content.absent_sections]
    names: dict[str, Any] = dict.fromkeys((*_head(content), *content.words, "sections"))
    names["fig"] = dict.fromkeys(codes)
    names["section"] = {key: dict(_DECLARED_SECTION) for key in keys}
    return names


def _head(content: Content) -> dict[str, str]:
    return {
        "title": content.title,
        "issuer": content.issuer,
        "number": content.number,
        "addressee": content.addressee,
        "signer": content.signer,
        "date": chinese_date(content.date),
        "mark": content.mark,
        "approver": content.approver,
        "copies_to": content.copies_to,
    }


def _context(content: Content, marks: Marks) -> dict[str, Any]:
    named = {name: marks.of(figure) for name, figure in content.figures_by_variable().items()}
    for code in content.absent_figures:
        named.setdefault(variable_name(code), Missing())
    sections = [_section(section, marks, named) for section in content.sections]
    found: dict[str, Any] = dict.fromkeys(content.absent_sections)
    found |= {section["key"]: section for section in sections}
    words = {key: Missing() if text is None else clean(text) for key, text in content.words.items()}
    head = {key: clean(text) for key, text in _head(content).items()}
    if set(words) & (set(head) | {"fig", "section", "sections"}):
        raise ValueError("a word of the document hides one of its fixed names")
    return {**words, **head, "fig": named, "section": found, "sections": sections}


def _section(section: Section, marks: Marks, named: dict[str, str]) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": clean(section.title),
        "paragraphs": [name_figures(line, named) for line in section.paragraphs],
        "rows": [{name: _cell(cell, marks) for name, cell in row.items()} for row in section.rows],
    }


def _cell(cell: Cell, marks: Marks) -> str:
    if cell is None:
        return UNKNOWN_CELL
    return marks.of(cell) if isinstance(cell, BoundFigure) else clean(str(cell))


def _finish(parts: Parts, marks: Marks) -> list[str]:
    """Settle text and layout in every story; return the bound keys in reading order."""
    styles = parse(parts[f"{body_name(parts).rpartition('/')[0]}/styles.xml"])
    names = style_names(styles)
    stories: dict[str, Element] = {name: parse(parts[name]) for name in story_names(parts)}
    used: set[int] = set().union(*(control_ids(root) for root in stories.values()))
    order: list[str] = []
    for name, root in stories.items():
        leave_out_unknown(root)
        if name == body_name(parts):
            settle(root, names)
        order += bind(root, marks, used)
        parts[name] = serialise(root)
    return order
