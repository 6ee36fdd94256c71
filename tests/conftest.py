"""What every test may use; the parts live in tests/plugins."""

pytest_plugins = [
    "tests.plugins.requirements",
    "tests.plugins.office",
    "tests.plugins.browser",
]
