"""Giving each empty post its own first choice wherever that is possible."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Post = TypeVar("Post", bound=Hashable)


def first_choices(wishes: Mapping[Post, Sequence[str]]) -> dict[Post, str]:
    """Return one person per post, nobody twice, for as many posts as possible.

    Posts with few wishes choose first; a post that finds its wishes taken makes another post
    choose again (Kuhn's augmenting paths).
    """
    holder: dict[str, Post] = {}
    for post in sorted(wishes, key=lambda post: (len(wishes[post]), str(post))):
        _settle(post, wishes, holder)
    return {post: person for person, post in holder.items()}


def _settle(start: Post, wishes: Mapping[Post, Sequence[str]], holder: dict[str, Post]) -> None:
    """Find a chain of moves that ends at a free person, breadth first, and make it."""
    came_from: dict[str, Post] = {}
    queue = [start]
    for post in queue:
        for person in wishes[post]:
            if person in came_from:
                continue
            came_from[person] = post
            if person not in holder:
                _shift(person, start, came_from, holder)
                return
            queue.append(holder[person])


def _shift(
    person: str, start: Post, came_from: Mapping[str, Post], holder: dict[str, Post]
) -> None:
    held = {post: who for who, post in holder.items()}
    while True:
        post = came_from[person]
        before = held.get(post)
        holder[person] = post
        if post == start or before is None:
            return
        person = before
