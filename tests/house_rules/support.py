"""What the house rules look at: files, syntax trees, modules."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "muster"
CODE_FOLDERS = ("src", "tests", "tools", "bench")
NOT_OURS = frozenset(
    {
        ".git", ".venv", "node_modules", "var", "out", "dist", "build", "vendor", "staticfiles", "__pycache__",
        ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache",
    }
)  # fmt: skip


def ours(*suffixes: str, under: Path = ROOT) -> Iterator[Path]:
    """Yield the repository's own files with one of the suffixes (all text files without)."""
    for path in sorted(under.iterdir()):
        if path.name in NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from ours(*suffixes, under=path)
        elif not suffixes or path.suffix in suffixes:
            yield path


def python_files(*folders: str) -> Iterator[Path]:
    """Yield our Python files, migrations left out."""
    for folder in folders or CODE_FOLDERS:
        if (ROOT / folder).exists():
            for path in ours(".py", under=ROOT / folder):
                if "migrations" not in path.parts:
                    yield path


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield every function of a file with its dotted name."""
    yield from _functions(tree(path), "")


def _functions(
    node: ast.AST, prefix: str
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + child.name, child
        name = (
            getattr(child, "name", "")
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            else ""
        )
        yield from _functions(child, f"{prefix}{name}." if name else prefix)


@cache
def calls(path: Path) -> tuple[tuple[str, str, ast.Call], ...]:
    """Return every call of a file: innermost function around it, name called, node."""
    found: list[tuple[str, str, ast.Call]] = []
    waiting: list[tuple[ast.AST, str, str]] = [(tree(path), "", "module")]
    while waiting:
        node, prefix, owner = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            owner, prefix = f"{prefix}{node.name}", f"{prefix}{node.name}."
        elif isinstance(node, ast.ClassDef):
            prefix = f"{prefix}{node.name}."
        elif isinstance(node, ast.Call):
            called = node.func
            named = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            found.append((owner, named, node))
        children = [(child, prefix, owner) for child in ast.iter_child_nodes(node)]
        waiting += reversed(children)
    return tuple(found)


def approved(name: str) -> dict[str, str]:
    """Return the lines of an approved file: ``place  reason``."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#"))
    return {line[0]: line[1] for line in pairs}


def relative(path: Path) -> str:
    """Return a path as the repository names it."""
    return path.relative_to(ROOT).as_posix()


def all_modules() -> list[str]:
    """Import every module of Muster and return their names."""
    import muster

    names = [module.name for module in pkgutil.walk_packages(muster.__path__, "muster.")]
    wanted = [n for n in names if ".migrations" not in n and not n.endswith(("wsgi", "__main__"))]
    for name in wanted:
        importlib.import_module(name)
    return wanted


def descendants(cls: type) -> Iterator[type]:
    """Yield every subclass, at any depth."""
    for child in cls.__subclasses__():
        yield child
        yield from descendants(child)
