"""Tests of the tools that set up, check and translate."""
