"""Indicator definitions in the exact portable subset."""
