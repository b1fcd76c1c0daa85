"""A provider that is down, slow or talks nonsense gives a page in words; a real one, told what to say."""

from datetime import UTC, datetime

import pytest

from portal.accounts import openid_line
from portal.accounts.openid_provider import Providers
from tests.browser import Browser
from tests.oidc import ProviderProcess
from tests.reading import text, words
from tests.staff import EMAIL
from tests.staff_openid import AWAY, LABEL, NOT_TRUSTED, OVER, SUB, back_from, button, sign_in, stopped


def test_a_provider_that_is_down_gives_a_page_and_the_password_still_works(staffed, provider, tmp_path):
    gone = ProviderProcess(tmp_path / "log")
    app = staffed(**{"site.zwolle.openid.issuer": gone.issuer}).make_wsgi_app()
    person = Browser(app, "zwolle.test")
    gone.knows(SUB, email=EMAIL, email_verified=True)
    path = back_from(gone, person)
    gone.stop()
    stopped(person, path, 503, AWAY)


def test_a_provider_that_was_never_up_stops_one_before_one_goes(staffed):
    app = staffed(**{"site.zwolle.openid.issuer": "http://127.0.0.1:9"}).make_wsgi_app()
    person = Browser(app, "zwolle.test")
    page = person.submit(button(person), status=503)
    assert text(page.html.h1) == words(AWAY, label=LABEL)
    assert text(page.html.select_one(".langs a[hreflang=en]")) == "English"
    person.get(page.html.select_one(".langs a[hreflang=en]")["href"])


DISCOVERY = ".well-known/openid-configuration"
NONSENSE = {
    "no text": {"status": "500 Internal Server Error", "body": "canary"},
    "a page": {"body": "<html>canary"},
    "nothing": {"body": ""},
    "a list": {"body": "[]"},
    "a number": {"body": "7"},
    "an empty document": {"body": "{}"},
    "too deep": {"body": "[" * 100_000},
    "too long": {"body": '{"x": "' + "x" * 1_100_000 + '"}'},
    "a way elsewhere": {"status": "302 Found", "headers": [["Location", "/"]]},
    "no bytes of text": {"body": '{"x": "\\ud800"}'},
}


@pytest.mark.parametrize("address", [DISCOVERY, "oauth2/token", "jwks"])
@pytest.mark.parametrize("said", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_of_the_provider_is_a_page_in_words(provider, person, openid_portal, address, said):
    path = back_from(provider, person)
    openid_portal[1].openid_providers = Providers()
    provider.say(**{address: said})
    stopped(person, path, 503, AWAY)
    provider.say()
    sign_in(provider, person)


@pytest.mark.parametrize(
    ("said", "status", "title"),
    [
        ('{"error": "invalid_grant"}', 400, OVER),
        ('{"error": "invalid_client"}', 503, AWAY),
        ('{"error": "canary"}', 503, AWAY),
        ('{"error": ["canary"]}', 503, AWAY),
        ('{"access_token": "canary"}', 503, AWAY),
        ('{"id_token": 7}', 503, AWAY),
        ('{"id_token": "x", "expires_in": "canary"}', 503, AWAY),
        ('{"id_token": "x", "expires_in": 1e999}', 503, AWAY),
        ('{"id_token": "canary"}', 403, NOT_TRUSTED),
        ('{"id_token": "eyJhbGciOiJSUzI1NiJ9.e30.eA"}', 403, NOT_TRUSTED),
    ],
)
def test_tokens_that_are_none_let_nobody_in(provider, person, said, status, title, caplog):
    path = back_from(provider, person)
    provider.say(**{"oauth2/token": {"body": said}})
    stopped(person, path, status, title)
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    "document",
    [
        '{"issuer": "https://evil.test"}',
        '{"issuer": "ISSUER"}',
        '{"issuer": "ISSUER", "authorization_endpoint": "javascript:alert(1)", "token_endpoint": "file:///etc/hosts"}',
        '{"issuer": "ISSUER", "authorization_endpoint": 7, "token_endpoint": []}',
        '{"issuer": "ISSUER", "authorization_endpoint": "//evil.test", "token_endpoint": "//evil.test"}',
    ],
)
def test_a_provider_that_describes_itself_wrongly_leads_nowhere(provider, person, document):
    provider.say(**{DISCOVERY: {"body": document.replace("ISSUER", provider.issuer)}})
    assert text(person.submit(button(person), status=503).html.h1) == words(AWAY, label=LABEL)
    provider.say()
    sign_in(provider, person)


@pytest.mark.parametrize(
    "slow", [{"wait": 3}, {"drops": ['{"x": "'] + ["x"] * 60, "between": 0.05}], ids=["silent", "drop by drop"]
)
@pytest.mark.parametrize("address", [DISCOVERY, "oauth2/token", "jwks"])
def test_a_slow_provider_is_not_waited_for_longer(provider, person, openid_portal, monkeypatch, address, slow):
    path = back_from(provider, person)
    openid_portal[1].openid_providers = Providers()
    monkeypatch.setattr(openid_line, "TOGETHER", 1.0)
    provider.say(**{address: slow})
    began = datetime.now(UTC)
    stopped(person, path, 503, AWAY)
    assert (datetime.now(UTC) - began).total_seconds() < 2
