import pytest

from tests.plugins.requirements import known_requirements

CONFIGURATION = """
[pytest]
markers =
    requirement(*ids): proved
    release: long
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini(CONFIGURATION)
    return pytester


def _run(suite: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # A process of its own would need the path; in this one Django's plugin would set up again.
    return suite.runpytest_inprocess(
        "-p", "tests.plugins.requirements", "-p", "no:django", *arguments
    )


def test_the_catalogue_has_all_requirements() -> None:
    assert len(known_requirements()) == 205


def test_an_unknown_requirement_stops_the_run(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        @pytest.mark.requirement("MIL-99")
        def test_one(): pass
        """
    )

    result = _run(suite)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_one names MIL-99*"])


def test_long_tests_run_only_when_asked_for(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        def test_short(): pass
        @pytest.mark.release
        def test_long(): pass
        """
    )

    _run(suite).assert_outcomes(passed=1, deselected=1)
    _run(suite, "--release").assert_outcomes(passed=2)
