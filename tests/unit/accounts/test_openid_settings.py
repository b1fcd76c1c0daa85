"""Where staff sign in elsewhere is a setting of a site: all of it or nothing, and over https."""

import pytest

from portal.foundation.settings import SettingsError, read_settings
from tests.composed import ROOT

GOOD = {
    "issuer": "https://login.noord.test/tenant/v2.0",
    "client_id": "portal",
    "client_secret": "between us servers",
    "label": "Gemeente-account",
}


def read(tmp_path, openid, environ=None, **more):
    settings = {
        "portal.sites": "noord", "portal.locales_dir": str(ROOT / "locales"), "portal.mail": "folder:post",
        "portal.secret": "gOqXo2v9TtR7kq1cJm5yLw3eZ8uB4nDs", "site.noord.hosts": "noord.test",
        "site.noord.base_url": "https://noord.test", "site.noord.content": str(tmp_path),
        "site.noord.database": "sqlite:///noord.sqlite", "site.noord.index": str(tmp_path / "index"),
        "site.noord.attachment_keys": "gOqXo2v9TtR7kq1cJm5yLw3eZ8uB4nDs",
        **{f"site.noord.openid.{name}": value for name, value in openid.items()}, **more,
    }  # fmt: skip
    return read_settings(settings, environ or {}).sites[0].openid


def faults(tmp_path, openid, **more):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, openid, **more)
    return str(refused.value).split("\n- ")[1:]


def test_without_a_line_there_is_none(tmp_path):
    assert read(tmp_path, {}) is None
    assert read(tmp_path, dict.fromkeys(GOOD, " ")) is None


def test_all_lines_make_one(tmp_path):
    found = read(tmp_path, GOOD)
    assert (found.issuer, found.client_id, found.label, found.acr) == (
        GOOD["issuer"], "portal", "Gemeente-account", None,
    )  # fmt: skip
    assert read(tmp_path, GOOD | {"acr": "mfa"}).acr == "mfa"


def test_the_secret_may_come_from_the_environment_and_is_never_printed(tmp_path):
    rest = {name: value for name, value in GOOD.items() if name != "client_secret"}
    found = read(tmp_path, rest, {"PORTAL_SITE_NOORD_OPENID_CLIENT_SECRET": "between us servers"})
    assert found.client_secret == "between us servers"
    assert "between us" not in repr(found)


@pytest.mark.parametrize("name", GOOD)
def test_half_of_it_does_not_start(tmp_path, name):
    rest = {key: value for key, value in GOOD.items() if key != name}
    (fault,) = faults(tmp_path, rest)
    assert fault.startswith(f"site.noord.openid.{name}: is missing.")


def test_a_level_without_a_provider_does_not_start(tmp_path):
    assert len(faults(tmp_path, {"acr": "mfa"})) == 4


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.noord.test", "login.noord.test", "https://", "https://[::1", "ftp://login.noord.test",
        "https://user:pass@login.noord.test", "https://login.noord.test?x=1", "https://login.noord.test#x",
        "http://localhost:9400", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_an_issuer_that_is_no_safe_address_does_not_start(tmp_path, issuer):
    (fault,) = faults(tmp_path, GOOD | {"issuer": issuer})
    assert fault.startswith("site.noord.openid.issuer: is no address of a provider.")
    assert "pass" not in fault


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_while_developing_a_provider_on_this_machine_needs_no_https(tmp_path, host):
    found = read(tmp_path, GOOD | {"issuer": f"http://{host}:9400"}, **{"portal.development": "true"})
    assert found.issuer == f"http://{host}:9400"


def test_while_developing_another_machine_does(tmp_path):
    assert faults(tmp_path, GOOD | {"issuer": "http://login.noord.test"}, **{"portal.development": "true"})
