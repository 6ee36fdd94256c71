"""Benches: `python -m bench NAME`."""
