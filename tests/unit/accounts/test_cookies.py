"""The cookie of the staff over https: for this host alone, and really taken back."""

import pytest
from webtest import TestApp

from portal.app import configure


@pytest.fixture
def secure(config, settings, tmp_path):
    """The portal as it is served to the world: https, for one visitor."""
    values = {
        **settings, "site.zwolle.index": str(tmp_path / "zwolle"), "site.zwolle.base_url": "https://zwolle.test",
        "site.leeuwarden.base_url": "https://leeuwarden.test",
    }  # fmt: skip
    configured = configure(values)
    yield TestApp(configured.make_wsgi_app(), extra_environ={"HTTP_HOST": "zwolle.test", "wsgi.url_scheme": "https"})
    for site in configured.registry.sites:
        site.engine.dispose()


def test_going_out_takes_the_cookie_back_in_the_way_that_browsers_accept(secure):
    form = secure.get("/nl/werk/aanmelden").forms["form"]
    answer = secure.post(
        "/nl/werk/afmelden", {"csrf_token": form["csrf_token"].value}, headers={"Origin": "https://zwolle.test"}
    )
    (header,) = [value for value in answer.headers.getall("Set-Cookie") if value.startswith("__Host-staff=")]
    sent = {part.strip().lower() for part in header.split(";")}
    assert {"path=/", "secure", "httponly", "samesite=lax", "max-age=0"} <= sent
    assert not any(part.startswith("domain") for part in sent)


def test_a_form_of_another_site_is_not_taken(secure):
    form = secure.get("/nl/werk/aanmelden").forms["form"]
    values = {"csrf_token": form["csrf_token"].value, "email": "x@example.nl", "password": "x"}
    answer = secure.post("/nl/werk/aanmelden", values, headers={"Origin": "https://evil.test"}, status="*")
    assert answer.status_int in {400, 403, 422}
    assert "staff" not in answer.headers.get("Set-Cookie", "")


def test_a_cookie_under_the_plain_name_is_not_read_over_https(secure):
    secure.set_cookie("staff", "a" * 43)
    assert secure.get("/nl/werk/account", status=303).location.endswith("/nl/werk/aanmelden")
