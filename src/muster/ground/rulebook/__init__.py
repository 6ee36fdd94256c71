"""Dated, cited rules."""
