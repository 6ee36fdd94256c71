"""What every test may use; the parts live in tests/plugins."""

pytest_plugins = [
    "pytester",
    "tests.plugins.requirements",
    "tests.plugins.chance",
    "tests.plugins.office",
    "tests.plugins.browser",
    "tests.plugins.matrix",
]
