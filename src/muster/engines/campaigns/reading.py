"""The plan's text beside the reading: pieces of text, each with the reading that came from it."""

from dataclasses import dataclass

from muster.engines.campaigns.models import PlanPaper


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``path`` names the reading it supports, "" for plain text."""

    text: str
    path: str = ""

    @property
    def anchor(self) -> str:
        """Return the id of the piece in the page."""
        return self.path.replace(".", "-")


def pieces_of(paper: PlanPaper) -> list[Piece]:
    """Return the text cut at the places of the reading, the innermost of nested places left out."""
    found: list[Piece] = []
    at = 0
    places = sorted(paper.places, key=lambda p: (p[1], -p[2]))
    for path, start, end in places:
        if start < at or end <= start:
            continue
        found += [Piece(paper.text[at:start]), Piece(paper.text[start:end], path)]
        at = end
    return [*found, Piece(paper.text[at:])]
