"""Append-only, chained record of acts and looks."""
