"""Muster runs a year of grassroots armed-forces work."""
