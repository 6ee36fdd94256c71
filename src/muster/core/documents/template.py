"""What a template may contain: a template is code written by others, so it is read before it runs.

Two locks: only printing, choosing and repeating pass the reading; what passes runs in a sandbox.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from muster.core.documents.markup import is_w, parse, serialise
from muster.core.documents.package import Parts
from muster.core.documents.problems import (
    TemplateActive,
    TemplateBroken,
    TemplateUnsafe,
    TemplateVariableUnknown,
)

FILTERS = frozenset({"length", "first", "last", "join", "trim"})
_TESTS = frozenset({"defined", "undefined", "none"})
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
)
_ACTIVE = re.compile(r"vbaProject|vbaData|/embeddings/|/activeX/|/afchunk", re.IGNORECASE)
_TEXT_PART = re.compile(r"^(?:word/[^/]+|docProps/core)\.xml$")
# A loop in a loop in a loop is the most a table of tables needs; each level multiplies the work.
_DEEPEST = 3
_MARKED = re.compile(r"\{[{%#]")


class _Unknown(StrictUndefined):
    """A name that the context lacks: refused by name, whatever is done with it."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TemplateVariableUnknown(names=str(self._undefined_name))

    __iter__ = __str__ = __len__ = __bool__ = __hash__ = _fail_with_undefined_error
    __eq__ = __ne__ = __contains__ = __html__ = _fail_with_undefined_error


def sandbox() -> ImmutableSandboxedEnvironment:
    """Return the environment templates run in: escaped output, no functions, few filters."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=_Unknown)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in sorted(FILTERS)}
    environment.tests = {name: environment.tests[name] for name in sorted(_TESTS)}
    return environment


def without_base(parts: Parts) -> Parts:
    """Return the parts without the path of the template that Word remembers a file was made from.

    Office programs write it by themselves and keep it on saving, so refusing it would help nobody.
    """
    kept = dict(parts)
    for name in ("word/_rels/settings.xml.rels", "word/settings.xml"):
        if name in kept:
            root = parse(kept[name])
            for item in list(root):
                base = str(item.get("Type", "")).endswith("/attachedTemplate")
                if base or is_w(item, "attachedTemplate"):
                    root.remove(item)
            kept[name] = serialise(root)
    return kept


def check_parts(parts: Parts) -> None:
    """Refuse macros, embedded objects, links to the outside and unreadable parts."""
    for name, data in parts.items():
        if _ACTIVE.search(name):
            raise TemplateActive(part=name.rpartition("/")[2])
        if not name.endswith((".xml", ".rels")):
            continue
        root = parse(data)
        if name.endswith(".rels"):
            for relation in root:
                outside = relation.get("TargetMode") == "External"
                if outside and not str(relation.get("Type", "")).endswith("/hyperlink"):
                    raise TemplateActive(part=str(relation.get("Type", "")).rpartition("/")[2])


def check_template(
    parts: Parts, names: Mapping[str, Any], *, environment: ImmutableSandboxedEnvironment
) -> None:
    """Refuse a template that does more than print, or that names what ``names`` does not hold.

    ``names`` maps each top-level variable to None, or to the mapping of what stands below it.
    All unknown variables are named at once.
    """
    unknown: dict[str, None] = {}
    for tree in _trees(parts, environment):
        _check_nodes(tree)
        unknown.update(dict.fromkeys(_unknown(tree, names)))
    if unknown:
        raise TemplateVariableUnknown(names="、".join(unknown))


def _trees(parts: Parts, environment: ImmutableSandboxedEnvironment) -> Iterator[nodes.Template]:
    patcher = DocxTemplate(None)
    for name in sorted(parts):
        if not _TEXT_PART.match(name):
            continue
        text = parts[name].decode("utf-8", "replace")
        # Tags may be cut by markup between their two brackets; patching joins them.
        patched = patcher.patch_xml(text)
        if not _MARKED.search(patched):
            continue
        try:
            yield environment.parse(patched)
        except TemplateSyntaxError as error:
            raise TemplateBroken(why=str(error.message)) from error


def _check_nodes(tree: nodes.Template) -> None:
    if _depth(tree) > _DEEPEST:
        raise TemplateUnsafe(what=f"逐行套逐行超过 {_DEEPEST} 层")
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter):
            if node.name not in FILTERS:
                raise TemplateUnsafe(what=f"|{node.name}")
        elif isinstance(node, nodes.Test):
            if node.name not in _TESTS:
                raise TemplateUnsafe(what=f"is {node.name}")
        elif not isinstance(node, _ALLOWED):
            raise TemplateUnsafe(what=type(node).__name__)
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise TemplateUnsafe(what=node.attr)


def _depth(node: nodes.Node) -> int:
    below = max((_depth(item) for item in node.iter_child_nodes()), default=0)
    return below + isinstance(node, nodes.For)


def _unknown(tree: nodes.Template, names: Mapping[str, Any]) -> Iterator[str]:
    local = {"loop"}
    for loop in tree.find_all(nodes.For):
        local |= {target.name for target in _targets(loop.target)}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in local and name.name not in names:
            yield name.name
    for access in tree.find_all(nodes.Getattr):
        path = _path(access)
        if path and path[0] in names and path[0] not in local and not _known(path, names):
            yield ".".join(path)


def _targets(target: nodes.Node) -> Sequence[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def _path(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Getattr):
        above = _path(node.node)
        return (*above, node.attr) if above else ()
    return (node.name,) if isinstance(node, nodes.Name) else ()


def _known(path: tuple[str, ...], names: Mapping[str, Any]) -> bool:
    below: Any = names
    for step in path:
        if not isinstance(below, Mapping) or step not in below:
            return False
        below = below[step]
    return True
