"""Which tests prove which requirement: collects the markers, runs nothing.

Exit status 1 when a marker names a requirement that docs/requirements.yaml does not list.
"""

import argparse
import json
import os
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "docs" / "requirements.yaml"


class Collector:
    """A pytest plugin that notes which requirement each collected test names."""

    def __init__(self) -> None:
        """Start with nothing noted."""
        self.tests: dict[str, list[str]] = defaultdict(list)

    @pytest.hookimpl(trylast=True)
    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Note one test under each of its requirements, once for all its parameters."""
        name = item.nodeid.split("[")[0]
        for mark in item.iter_markers("requirement"):
            for requirement in mark.args:
                if name not in self.tests[requirement]:
                    self.tests[requirement].append(name)


def collect() -> tuple[int, dict[str, list[str]], str]:
    """Return pytest's status, the tests of each requirement and what pytest printed."""
    os.environ.setdefault("MUSTER_HOME", str(ROOT / "var" / "test"))
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    collector = Collector()
    output = StringIO()
    with redirect_stdout(output):
        arguments = ["--collect-only", "-qq", "--release", "-p", "no:cacheprovider"]
        status = pytest.main(arguments, plugins=[collector])
    return int(status), collector.tests, output.getvalue()


def report(tests: dict[str, list[str]], entries: list[dict[str, str]]) -> str:
    """Return the table in words: each requirement, its tests or what it waits for."""
    lines = []
    for entry in entries:
        proofs = tests.get(entry["id"], [])
        waiting = "" if proofs else f"   waits for {entry.get('waits_for', 'a test')}"
        lines.append(f"{entry['id']}  {entry['title']}{waiting}")
        lines += [f"          {proof}" for proof in proofs]
    proved = sum(1 for entry in entries if tests.get(entry["id"]))
    lines.append(f"\n{proved} of {len(entries)} requirements are proved by tests")
    return "\n".join(lines)


def main() -> int:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["requirements"]
    status, tests, output = collect()
    if options.json:
        table = {entry["id"]: tests.get(entry["id"], []) for entry in entries}
        print(json.dumps(table, ensure_ascii=False, indent=1))
    else:
        print(report(tests, entries))
    unknown = sorted(tests.keys() - {entry["id"] for entry in entries})
    for name in unknown:
        print(f"unknown requirement {name}: {', '.join(tests[name])}", file=sys.stderr)
    if status not in {0, 5}:
        print(output, file=sys.stderr)
    return 1 if unknown or status not in {0, 5} else 0


if __name__ == "__main__":
    sys.exit(main())
