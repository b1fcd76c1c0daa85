"""A provider is asked when somebody signs in, and no more often than needed; a slow one holds up two threads."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey

from portal.accounts import openid_line, openid_provider
from portal.accounts.keys import Keys
from portal.accounts.openid_provider import Provider
from portal.accounts.openid_rules import Reason, Stopped
from portal.accounts.openid_try import begin, resume
from portal.foundation.settings import OpenIdSettings
from tests.composed import ROOT
from tests.oidc import CLIENT_ID, CLIENT_SECRET, ProviderProcess

BACK = "http://portal.test/back"
KEYS = Keys(("a key that is long enough for this test",), "zwolle")
DISCOVERY = ".well-known/openid-configuration"
GONE = {"status": "503 Service Unavailable"}
LOOK = """
import sys
from tests.composed import settings_of_two_sites
from pathlib import Path
from portal.app import configure
openid = {"issuer": "https://127.0.0.1:9", "client_id": "x", "client_secret": "x", "label": "x"}
settings = settings_of_two_sites(lambda name: f"sqlite:///{sys.argv[1]}/{name}", Path(sys.argv[1]))
configure(settings | {f"site.zwolle.openid.{name}": value for name, value in openid.items()}).make_wsgi_app()
print(*sorted({"authlib", "requests", "joserfc", "cryptography"} & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    """A provider that is really there."""
    process = ProviderProcess(tmp_path_factory.mktemp("provider") / "log")
    process.knows("a-1", email="noor@example.nl", email_verified=True)
    yield process
    process.stop()


@pytest.fixture
def provider(process):
    """What we know of it: nothing yet."""
    yield Provider(OpenIdSettings(process.issuer, CLIENT_ID, CLIENT_SECRET, "Gemeente-account"))
    process.say()


def come_in(provider, process, now, before_asking=lambda: None):
    attempt = resume(KEYS, begin(KEYS, now), now)
    location = process.sign_in(provider.way(attempt, BACK), "a-1")
    before_asking()
    return provider.person(parse_qs(urlsplit(location).query)["code"][0], attempt, BACK, now)


@pytest.fixture
def real_now(clock):
    """Tokens are dated by the provider's own clock."""
    clock.set(datetime.now(UTC))
    return clock.now()


def test_starting_the_portal_loads_no_library_and_asks_nobody(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOOK, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""


def test_what_the_provider_says_of_itself_and_its_keys_is_kept(provider, process, real_now):
    come_in(provider, process, real_now)
    process.say(**{DISCOVERY: GONE, "jwks": GONE})
    assert come_in(provider, process, real_now).sub == "a-1"


def test_what_is_kept_is_asked_again_after_its_time(provider, process, real_now, monkeypatch):
    come_in(provider, process, real_now)
    monkeypatch.setattr(openid_provider, "TRUE_FOR", 0.0)
    process.say(**{DISCOVERY: GONE})
    with pytest.raises(Stopped) as stopped:
        come_in(provider, process, real_now)
    assert stopped.value.reason is Reason.AWAY


def test_new_keys_of_the_provider_are_found_by_the_first_token_they_sign(provider, process, real_now, monkeypatch):
    old = RSAKey.generate_key(2048, {"use": "sig"}).as_dict(private=False)
    process.say(jwks={"body": json.dumps({"keys": [old]})})
    with pytest.raises(Stopped) as stopped:
        come_in(provider, process, real_now)
    assert (stopped.value.reason, stopped.value.why) == (Reason.NOT_TRUSTED, "signature")
    process.say()
    with pytest.raises(Stopped):  # within a minute nobody asks again
        come_in(provider, process, real_now)
    monkeypatch.setattr(openid_provider, "NEW_KEYS_EVERY", 0.0)
    assert come_in(provider, process, real_now).sub == "a-1"


@pytest.mark.parametrize("address", [DISCOVERY, "jwks"])
def test_a_redirect_is_followed_nowhere_even_where_all_would_be_well(provider, process, real_now, address):
    good = process.ask("GET", f"/{address}").body.decode()
    moved = {"status": "302 Found", "headers": [["Location", "/moved"]]}
    process.say(**{address: moved, "moved": {"body": good}})
    with pytest.raises(Stopped) as stopped:
        come_in(provider, process, real_now)
    assert stopped.value.reason is Reason.AWAY


def test_a_verifier_of_another_try_gets_no_token(provider, process, real_now):
    attempt, other = (resume(KEYS, begin(KEYS, real_now), real_now) for _ in range(2))
    location = process.sign_in(provider.way(attempt, BACK), "a-1")
    with pytest.raises(Stopped) as stopped:
        provider.person(parse_qs(urlsplit(location).query)["code"][0], other, BACK, real_now)
    assert (stopped.value.reason, stopped.value.why) == (Reason.OVER, "the code is over")


def test_a_token_with_the_nonce_of_another_try_is_not_trusted(provider, process, real_now):
    attempt, other = (resume(KEYS, begin(KEYS, real_now), real_now) for _ in range(2))
    mixed = type(attempt)(attempt.state, other.nonce, attempt.verifier)
    location = process.sign_in(provider.way(attempt, BACK), "a-1")
    with pytest.raises(Stopped) as stopped:
        provider.person(parse_qs(urlsplit(location).query)["code"][0], mixed, BACK, real_now)
    assert (stopped.value.reason, stopped.value.why) == (Reason.NOT_TRUSTED, "nonce")


def test_a_provider_that_hangs_holds_up_two_and_the_others_hear_soon(provider, process, real_now, monkeypatch):
    monkeypatch.setattr(openid_line, "TOGETHER", 1.5)
    monkeypatch.setattr(openid_provider, "TURN", 0.2)
    process.say(**{DISCOVERY: {"wait": 2}})

    def come(_number):
        began = monotonic()
        with pytest.raises(Stopped) as stopped:
            provider.way(resume(KEYS, begin(KEYS, real_now), real_now), BACK)
        assert stopped.value.reason is Reason.AWAY
        return stopped.value.why, monotonic() - began

    with ThreadPoolExecutor(6) as pool:
        ended = list(pool.map(come, range(6)))
    assert sorted(why == "others are waiting" for why, _took in ended) == [False] * 2 + [True] * 4
    assert all(took < 1 for why, took in ended if why == "others are waiting")
    assert all(took < 2.5 for _why, took in ended)
