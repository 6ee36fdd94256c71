"""Definitions, evaluation and drill-down of figures."""
