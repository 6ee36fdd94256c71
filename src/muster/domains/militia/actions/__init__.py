"""Acts of the militia; each is one transaction with its journal entry."""

from muster.domains.militia.actions.many import Entry, enter_many
from muster.domains.militia.actions.transfers import enter, leave, move, reverse

__all__ = ["Entry", "enter", "enter_many", "leave", "move", "reverse"]
