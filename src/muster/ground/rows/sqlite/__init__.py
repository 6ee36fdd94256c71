"""SQLite for an office with several desks: writers wait in a first-come queue."""
