"""Reading the militia, always within the scope."""
