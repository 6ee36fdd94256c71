"""Filling posts from candidates under rules, with a proved bound."""
