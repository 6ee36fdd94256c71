"""Meetings with agenda, attendance by side, minutes, and resolutions that become tasks."""
