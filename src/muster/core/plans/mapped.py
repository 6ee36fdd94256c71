"""Text that remembers where each of its characters stood in the original."""

from collections.abc import Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """Cleaned ``text``; ``origin[i]`` is the place of ``text[i]`` in ``source``."""

    source: str
    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> "Mapped":
        """Return the untouched text."""
        return cls(source, source, tuple(range(len(source))))

    def edit(self, edits: Iterable[Edit]) -> "Mapped":
        """Return the text with each (start, end) replaced; overlapping later edits are dropped."""
        pieces: list[str] = []
        origin: list[int] = []
        at = 0
        for start, end, words in sorted(edits):
            if start < at:
                continue
            pieces += [self.text[at:start], words]
            origin += self.origin[at:start]
            near = self.origin[min(start, len(self.origin) - 1)] if self.origin else 0
            origin += [near] * len(words)
            at = end
        pieces.append(self.text[at:])
        origin += self.origin[at:]
        return Mapped(self.source, "".join(pieces), tuple(origin))

    def raw(self, start: int, end: int) -> str:
        """Return the original characters behind a stretch of the cleaned text."""
        if end <= start:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1]
