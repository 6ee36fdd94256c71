"""Sealed originals and evidence."""
