"""Words a person once put right for all rows alike: read so from now on, until forgotten."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from muster.core.sheets import cell_text
from muster.engines.imports.kinds import Draft
from muster.engines.imports.models import Import, Layout
from muster.ground.journal.actions import record

WORDS = "words"  # the fingerprint of the one layout that holds words, not columns
Words = dict[str, dict[str, str]]


def remembered_words(kind: str, division: str) -> Words:
    """Return key → word as written → word to read for a division."""
    found = Layout.objects.filter(kind=kind, division=division, fingerprint=WORDS).first()
    return dict(found.columns) if found else {}


@transaction.atomic
def remember_word(job: Import, key: str, told: str, meant: str, *, at: datetime) -> None:
    """Read ``told`` as ``meant`` in a column of this division's files from now on."""
    if not told or not meant or told == meant:
        return
    layout, _ = Layout.objects.get_or_create(
        division=job.division, kind=job.kind, fingerprint=WORDS, defaults={"used_at": at}
    )
    own = {**layout.columns.get(key, {}), told[:60]: meant[:120]}
    layout.columns, layout.used_at = {**layout.columns, key: own}, at
    layout.save()
    record("import.word_remembered", job, facts={"column": key})


@transaction.atomic
def forget_word(job: Import, key: str, told: str) -> None:
    """Read a word again as it stands."""
    layout = Layout.objects.filter(
        kind=job.kind, division=job.division, fingerprint=WORDS
    ).first()  # fmt: skip
    if layout is None or told not in layout.columns.get(key, {}):
        return
    own = {word: meant for word, meant in layout.columns[key].items() if word != told}
    layout.columns = {**layout.columns, key: own}
    layout.save()
    record("import.word_forgotten", job, facts={"column": key})


class Reader:
    """Puts remembered words into the cells of drafts and counts how often."""

    def __init__(self, words: Words) -> None:
        """Begin a file."""
        self.words = {key: own for key, own in words.items() if own}
        self.used: dict[tuple[str, str], int] = {}

    def read(self, drafts: Sequence[Draft]) -> None:
        """Replace the words; what the sheet says stays in the original."""
        for draft in drafts if self.words else ():
            for key, own in self.words.items():
                told = cell_text(draft.raw.get(key)).strip()
                if told in own:
                    draft.raw[key] = own[told]
                    self.used[key, told] = self.used.get((key, told), 0) + 1

    def told(self) -> list[dict[str, str | int]]:
        """Return what was read how, in how many rows."""
        return [
            {"key": key, "told": told, "meant": self.words[key][told], "rows": n}
            for (key, told), n in self.used.items()
        ]
