"""Reading kept files within the scope."""

from uuid import UUID

from muster.ground.files.models import StoredFile, of_area
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import current_scope


def file(pk: UUID | str, *, area: str = "register") -> StoredFile:
    """Return one file of the scope whose content is of an area this post sees."""
    found: StoredFile = of_area(area).objects.fetch(pk)
    scope = current_scope()
    if not scope.everything and found.holds_area not in scope.reads:
        raise NotInScope
    return found
