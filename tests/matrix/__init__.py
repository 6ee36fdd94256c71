"""The matrix that proves nothing leaks: every route, role and relation, read and written."""
