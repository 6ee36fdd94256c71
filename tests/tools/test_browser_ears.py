import pytest
from playwright.sync_api import BrowserContext

from tests.plugins.browser import is_outside, listen

pytestmark = pytest.mark.browser


def test_a_script_error_is_heard(context: BrowserContext) -> None:
    faults: list[str] = []
    listen(context, faults)

    context.new_page().set_content("<script>undefinedFunction()</script>")

    assert len(faults) == 1 and "undefinedFunction is not defined" in faults[0]


def test_a_request_that_leaves_the_machine_is_heard(context: BrowserContext) -> None:
    faults: list[str] = []
    listen(context, faults)
    context.route("**/*", lambda route: route.abort())

    context.new_page().set_content('<img src="http://outside.example/x.png">')

    assert faults[0] == "outside: http://outside.example/x.png"


def test_a_violated_content_policy_is_heard(context: BrowserContext) -> None:
    faults: list[str] = []
    listen(context, faults)
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'

    context.new_page().set_content(f"<head>{policy}</head><body><script>let a = 1</script></body>")

    assert len(faults) == 1 and "Content Security Policy" in faults[0]


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("http://127.0.0.1:8000/a", False),
        ("http://localhost:41000/", False),
        ("data:image/png;base64,AA", False),
        ("https://cdn.example/a.js", True),
        ("wss://elsewhere.example/", True),
    ],
)
def test_addresses_are_told_apart(url: str, outside: bool) -> None:
    assert is_outside(url) is outside
