"""What must never stand in this repository."""

import re
from pathlib import Path

from tests.house_rules.support import ROOT, ours, relative

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "an unfinished place": r"\b(?:TO" + r"DO|FIX" + r"ME)\b",
    "a path of somebody's workplace": r"/wo" + r"rk/|\.\./sha" + r"red\b|/ro" + r"ot/\.",
    "a registry's address": "|".join(
        (
            r"pypi\." + "org",
            "pythonhosted" + r"\.org",
            r"registry\.(?:npmjs|yarn)",
            r"mirrors?\.(?:aliyun|tuna|ustc|tencent|huawei)",
            r"deb\." + r"debian\.org",
        )
    ),
}
BINARY = frozenset(
    {".docx", ".xlsx", ".xls", ".pdf", ".png", ".jpg", ".ico", ".woff2", ".mo", ".gz", ".zip"}
)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def test_no_forbidden_words() -> None:
    texts = {relative(path): _text(path) for path in ours() if path.suffix not in BINARY}

    found = [
        f"{place}: {what}: {match[0]}"
        for place, text in texts.items()
        for what, pattern in FORBIDDEN.items()
        for match in re.finditer(pattern, text)
    ]

    assert found == []


def test_locks_pin_by_hash_and_name_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.lock"):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^([A-Za-z0-9_.-]+(?:\[[^\]]+\])?)==", text, re.MULTILINE)

        assert "://" not in text and "--index" not in text and "--find-links" not in text, path
        assert len(pinned) > 10
        assert all(
            "--hash=sha256:" in block
            for block in re.split(r"\n(?=[A-Za-z0-9])", text)
            if "==" in block
        ), path


def test_the_front_end_lock_names_no_address() -> None:
    lock = ROOT / "package-lock.json"
    if lock.exists():
        text = lock.read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert '"integrity"' in text
