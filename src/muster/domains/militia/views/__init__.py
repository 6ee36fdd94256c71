"""Pages of the militia."""
