"""Refusals and findings: a code and facts, worded elsewhere."""

from typing import Any, ClassVar


class Problem(Exception):
    """A refusal a person can act on. Subclasses name what is wrong in one statement.

    ``code`` is stable and dotted ("import.too_large"); ``status`` is the HTTP status of the page;
    ``template`` is the Chinese sentence, filled from ``facts``: what happened, why, what to do.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 409
    template: ClassVar[str] = "这一步没有完成。"

    def __init__(self, **facts: Any) -> None:
        """Remember the facts; they must be printable and hold no personal value in clear."""
        self.facts = facts
        super().__init__(self.code)

    @property
    def message(self) -> str:
        """Return the Chinese sentence with the facts filled in."""
        return self.template.format(**self.facts)

    def as_json(self) -> dict[str, Any]:
        """Return the refusal as the command line prints it."""
        return {"problem": self.code, "message": self.message, "facts": self.facts}

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
