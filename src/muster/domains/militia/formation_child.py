"""The solving process: ``python -m muster.domains.militia.formation_child``.

It reads one order from standard input, limits itself, and answers in lines of JSON: progress
while it works, then one result or one refusal. It knows neither Django nor the database.
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson

from muster.core.formation import Instance, check, fill_gaps, reasons, relaxations, solve
from muster.core.kernel import Problem

Json = dict[str, Any]
PER_POST, SPARE = 3, 3


def limit(memory_mb: int, cpu_s: int) -> None:
    """Lower this process's own ceilings; systems without such limits keep the wall clock only."""
    try:
        import resource
    except ImportError:  # Windows
        return
    ceiling = memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Do the ordered work; a refusal is an answer, anything else ends the process."""
    order = orjson.loads(sys.stdin.buffer.readline())
    limit(order["memory_mb"], order["cpu_s"])
    try:
        answer: Json = {"answer": work(order)}
    except Problem as problem:
        answer = {"problem": problem.code, "facts": problem.facts}
    _say(answer)


def work(order: Json) -> Json:
    """Return the answer of an order: the gaps of the kept roster, or a whole new plan."""
    instance = Instance.from_json(order["instance"])
    banned = [(row["candidate"], row["slot"]) for row in order["banned"]]
    if order["way"] == "gaps":
        return gaps(instance, banned=banned)
    locks = [(row["candidate"], row["slot"]) for row in order["locks"]]
    return full(instance, locks=locks, banned=banned, time_limit=order["time_limit"])


def gaps(instance: Instance, *, banned: Sequence[tuple[str, str]]) -> Json:
    """Return who stays, who must leave, which posts are empty and three people for each."""
    plan = fill_gaps(instance, per_post=PER_POST + (SPARE if banned else 0))
    kept_out = set(banned)
    vacancies = []
    for vacancy in plan.vacancies:
        row = asdict(vacancy)
        allowed = [p for p in row["proposals"] if (p["candidate"], vacancy.slot) not in kept_out]
        row["proposals"] = allowed[: vacancy.missing - 1 + PER_POST]
        vacancies.append(row)
    return {"way": "gaps", "kept": [list(pair) for pair in plan.kept],
            "leavers": [asdict(row) for row in plan.leavers], "vacancies": vacancies,
            "warnings": [asdict(row) for row in plan.warnings]}  # fmt: skip


def full(
    instance: Instance, *, locks: Sequence[tuple[str, str]], banned: Sequence[tuple[str, str]],
    time_limit: float,
) -> Json:  # fmt: skip
    """Return a whole plan, what an independent checker says of it, and reasons for everybody."""
    result = solve(instance, locks=locks, banned=banned, time_limit=time_limit,
                   progress=lambda share, text: _say({"progress": share, "text": text}))  # fmt: skip
    _say({"progress": 0.93, "text": "正在独立核对方案"})
    plain, problem = result.to_json(), instance.to_json()
    report = check(orjson.loads(orjson.dumps(problem)), orjson.loads(orjson.dumps(plain)))
    members = [one.id for one in instance.candidates if one.member_of is not None]
    told = dict.fromkeys([row.candidate for row in result.assignments] + members)
    return {
        "way": "full", "result": plain, "report": report.to_json(),
        "reasons": {one: [asdict(r) for r in reasons(instance, result, one)] for one in told},
        "relaxations": [asdict(row) for row in relaxations(instance, result)],
    }  # fmt: skip


def _say(line: Json) -> None:
    sys.stdout.buffer.write(orjson.dumps(line, option=orjson.OPT_NON_STR_KEYS) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
