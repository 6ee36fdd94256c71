"""How commands speak: words for people, one JSON object for programs, exit 0, 1 or 2."""

import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import orjson
import typer

from muster.core.kernel import Problem


def django_ready() -> None:
    """Load the office: settings, apps, tables of the engines."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
    import django

    django.setup()


def say(text: str) -> None:
    """Print a line for people on standard output."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print progress on standard error, where it never mixes with a result."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def emit(result: dict[str, Any]) -> None:
    """Print one JSON object."""
    sys.stdout.write(orjson.dumps(result, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def refuse(problem: Problem, *, as_json: bool, status: int = 1) -> NoReturn:
    """Print a refusal and leave with its status."""
    if as_json:
        emit(problem.as_json())
    else:
        note(f"未完成：{problem.message}")
    raise typer.Exit(status)


def answer(
    work: Callable[[], dict[str, Any]],
    *,
    as_json: bool,
    words: Callable[[dict[str, Any]], str],
    faulty: Callable[[dict[str, Any]], bool] = lambda _: False,
) -> None:
    """Do the work and print its result; leave with 1 where it was refused or found faults."""
    try:
        result = work()
    except Problem as problem:
        unreadable = problem.code.startswith("file.") or problem.status == 400
        refuse(problem, as_json=as_json, status=2 if unreadable else 1)
    if as_json:
        emit(result)
    else:
        say(words(result))
    if faulty(result):
        raise typer.Exit(1)
