"""Reading kept files within the scope."""

from uuid import UUID

from muster.ground.files.models import StoredFile


def file(pk: UUID | str) -> StoredFile:
    """Return one file of the scope; refuse with NotInScope otherwise."""
    return StoredFile.objects.fetch(pk)  # type: ignore[no-any-return]
