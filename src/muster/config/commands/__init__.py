"""Commands of the console script, one module a subject."""
