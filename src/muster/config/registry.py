"""The one composition root: what the apps offer is handed down to the engines here."""


def fill() -> None:
    """Fill the engines' tables. Called once, when Django is ready."""
