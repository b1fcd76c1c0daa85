"""The two cookies of requests: what the browser is told of them."""

from types import SimpleNamespace

import pytest
from pyramid.response import Response

from portal.cases import cookies


@pytest.mark.parametrize(("secure", "name"), [(True, "__Host-visit"), (False, "visit")])
def test_a_cookie_is_taken_away_in_words_that_a_browser_obeys(secure, name):
    """A browser ignores a header about a `__Host-` cookie that does not say Secure."""
    request = SimpleNamespace(registry=SimpleNamespace(portal=SimpleNamespace(secure=secure)))
    said = cookies.drop(request, Response(), cookies.VISIT).headers["Set-Cookie"]
    assert said.startswith(f"{name}=;")
    assert "Max-Age=0" in said
    assert ("secure" in said.lower()) == secure
