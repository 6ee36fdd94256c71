"""Logins, roles, grants, sign-in."""
