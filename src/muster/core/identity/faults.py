"""A fault of one value in one cell: what is wrong, and what would be right."""


class ValueFault(Exception):
    """One cell cannot be read. Not a Problem: an import collects hundreds of these in one pass.

    ``message`` is a Chinese sentence without the value itself, so that it may be logged;
    ``allowed`` says what may stand there; ``suggestion`` is a reading to offer as a button.
    """

    __slots__ = ("allowed", "code", "message", "suggestion")

    def __init__(self, code: str, message: str, allowed: str = "", *, suggestion: str = "") -> None:
        """Remember the code and the sentences."""
        super().__init__(code)
        self.code = code
        self.message = message
        self.allowed = allowed
        self.suggestion = suggestion

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
