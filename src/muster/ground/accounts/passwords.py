"""What a password must not be: short, common, a pattern, or made of the login, name or place."""

import re
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from muster.core.identity.pinyin import pinyin_keys
from muster.ground.accounts.models import Account

SHORTEST = 12
LONGEST = 128
LIST = Path(__file__).with_name("common_passwords.txt")
ROWS = (
    "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp",
)  # fmt: skip
# Letters that people swap for look-alikes, back to what they stand for.
ALIKE = str.maketrans("@$!|30", "asiieo")
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@lru_cache(maxsize=1)
def common_parts() -> frozenset[str]:
    """Return words that many passwords are made of: from the list kept beside this file."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def faults(password: str, *, own_words: Iterable[str] = ()) -> list[str]:
    """Return in words why a password is refused; nothing where it is good enough.

    Length decides, not character classes; the list, patterns and own words catch what length
    alone lets through.
    """
    if len(password) < SHORTEST:
        return [
            _("密码至少 {n} 位。可以用几个互不相干的词连起来，容易记也够长。").format(n=SHORTEST)
        ]
    if len(password) > LONGEST:
        return [_("密码最多 {n} 位。").format(n=LONGEST)]
    found = []
    if _is_pattern(password.lower()) or _is_common(password.lower()):
        found.append(_("这个密码太常见，或者是键盘顺序、重复的字，别人很容易猜到。请换一个。"))
    if any(word in password.lower() for word in _telling(own_words)):
        found.append(_("密码里不要有登录名、姓名（含拼音）或地名。请换一个。"))
    return found


def _telling(own_words: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for word in filter(None, own_words):
        words.add(word.lower())
        if not word.isascii():
            words.update(pinyin_keys(word).full)
    return {word for word in words if len(word) >= (4 if word.isascii() else 2)}


def _is_pattern(text: str) -> bool:
    if len(set(text)) <= 4:
        return True
    if any(text == (text[:n] * len(text))[: len(text)] for n in range(1, len(text) // 2 + 1)):
        return True
    rest = text
    for row in ROWS:
        for run in (row, row[::-1]):
            rest = _without_runs(rest, run + run)
    return len(rest) < 4


def _without_runs(text: str, row: str) -> str:
    """Return the text without stretches of four or more characters that follow a row of keys."""
    kept, start = [], 0
    while start < len(text):
        size = 1
        while start + size < len(text) and text[start : start + size + 1] in row:
            size += 1
        if size < 4:
            kept.append(text[start])
            size = 1
        start += size
    return "".join(kept)


def _is_common(text: str) -> bool:
    """Return whether common words, figures and signs are nearly all of the password."""
    for form in {text, text.translate(ALIKE)}:
        rest = form
        for word in sorted(common_parts(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != form and len(re.sub(r"[\W\d_]", "", rest)) < 4:
            return True
    return not re.sub(r"\d", "", text)


def one_time() -> str:
    """Return a fresh password to hand over on paper: four groups, about 79 bits, easy to read."""
    groups = ("".join(secrets.choice(READABLE) for _n in range(4)) for _g in range(4))
    return "-".join(groups)


class OfficePasswordValidator:
    """The same rules for Django's own password forms and commands."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError with the reasons."""
        own = (user.login, user.name) if user else ()
        reasons = faults(password, own_words=own)
        if reasons:
            raise ValidationError(reasons)

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        return _("至少 {n} 位，不必混用大小写和符号；不要用常见密码、登录名或姓名。").format(
            n=SHORTEST
        )
