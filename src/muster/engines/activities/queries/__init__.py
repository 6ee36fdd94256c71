"""Reading activities within the scope."""
