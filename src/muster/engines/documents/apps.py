"""App of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Drafts and issued documents, their figures and templates."""

    name = "muster.engines.documents"
    label = "documents"
