"""Giving each empty post its own first choice wherever that is possible."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Post = TypeVar("Post", bound=Hashable)


def first_choices(wishes: Mapping[Post, Sequence[str]]) -> dict[Post, str]:
    """Return one person per post, nobody twice, for as many posts as possible.

    Posts with few wishes choose first; a post that finds its wishes taken makes another post
    choose again (augmenting paths).
    """
    matching = _Matching(wishes)
    for post in sorted(wishes, key=lambda post: len(wishes[post])):
        matching.settle(post)
    return matching.held


class _Matching(Generic[Post]):
    """A growing matching of posts and people."""

    def __init__(self, wishes: Mapping[Post, Sequence[str]]) -> None:
        self.wishes = wishes
        self.held: dict[Post, str] = {}
        self._holder: dict[str, Post] = {}

    def settle(self, start: Post) -> None:
        """Find a chain of moves that ends at a free person, breadth first, and make it."""
        came_from: dict[str, Post] = {}
        queue = [start]
        for post in queue:
            for person in self.wishes[post]:
                if person in came_from:
                    continue
                came_from[person] = post
                if person not in self._holder:
                    self._shift(person, came_from)
                    return
                queue.append(self._holder[person])

    def _shift(self, person: str, came_from: Mapping[str, Post]) -> None:
        """Give the person to the post that asked, and what it held to the one that asked before."""
        wanted: str | None = person
        while wanted is not None:
            post = came_from[wanted]
            before = self.held.get(post)
            self.held[post], self._holder[wanted] = wanted, post
            wanted = before
