"""Keys that stand in a path reach no log: the portal names routes only, and the sample of a proxy masks them."""

import re

import pytest

from portal.cases.references import new_token
from tests.composed import ROOT
from tests.security.ways import address

MANUAL = ROOT / "docs" / "operating.md"
#: Every route with a key in its path.
KEYED = (
    "cases.link", "cleaning.offer", "cleaning.accept", "cleaning.decline", "diary.ics", "editing.secret",
    "experts.link",
)  # fmt: skip


@pytest.fixture(scope="module")
def masked():
    """What the sample for a proxy writes of a path, by the rule that stands in it."""
    (rule, instead) = re.search(r'"~(\^.*\$)" "(.*)";', MANUAL.read_text("utf-8")).groups()
    rule, instead = rule.replace("(?<", "(?P<"), re.sub(r"\$\{(\w+)\}", r"\\g<\1>", instead)
    return lambda path: re.sub(rule, instead, path)


def test_every_route_with_a_key_is_named_here(registry):
    routes = (item["introspectable"] for item in registry.introspector.get_category("routes"))
    assert {route["name"] for route in routes if "{token" in route["pattern"]} == set(KEYED)


@pytest.mark.parametrize("name", KEYED)
def test_the_sample_for_a_proxy_logs_no_key(registry, masked, name):
    for _ in range(50):
        token = new_token()
        path = address(registry, name, token=token)
        assert token in path
        assert masked(path) == path.replace(token, "(secret)")


@pytest.mark.parametrize(
    "path", ["/nl/", "/nl/werk/aanvraag/7KD4MW3F", "/nl/werk/agenda", "/nl/klacht-bezwaar-of-second-opinion"]
)
def test_other_paths_are_logged_as_they_are(masked, path):
    assert masked(path) == path


def test_the_log_is_written_with_the_mask():
    sample = MANUAL.read_text("utf-8")
    (line,) = [line for line in sample.splitlines() if line.startswith("log_format")]
    assert "$uri_without_secrets" in line
    assert not re.search(r"\$(?:uri|request|request_uri|args|http_referer)\b", line)
