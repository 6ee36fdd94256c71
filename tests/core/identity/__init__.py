"""Tests of values as people write them."""
