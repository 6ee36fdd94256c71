"""Divisions, organisations, bodies, people."""
