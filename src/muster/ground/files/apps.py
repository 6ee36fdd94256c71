"""App of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Sealed originals, evidence, checksums."""

    name = "muster.ground.files"
    label = "files"
