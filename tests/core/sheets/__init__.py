"""Tests of tables as offices write them."""
