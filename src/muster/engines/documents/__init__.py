"""Issued official documents and their files."""
