"""Units, posts, transfers, formation, roll call, absence."""
