"""Tests of formation in the application."""
