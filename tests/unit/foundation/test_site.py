"""A municipality is found from the host name, and says of itself what its folder says."""

import shutil

import pytest
import yaml
from webtest import TestApp

from portal.foundation.settings import Settings, SettingsError, SiteSettings
from portal.foundation.site import Profile, Site, Sites, Theme, open_sites
from tests.composed import ROOT

ZWOLLE = ROOT / "content"


def sites(**hosts: str) -> Sites:
    """Sites by key with these hosts; nothing is opened."""
    return open_sites(
        Settings(
            tuple(
                SiteSettings(key, tuple(names.split()), f"http://{key}.test", ZWOLLE, "sqlite://", ROOT)
                for key, names in hosts.items()
            ),
            ROOT, "memory", True, 1,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("zwolle.test", "zwolle"),
        ("zwolle.test:8080", "zwolle"),
        ("ZWOLLE.Test:443", "zwolle"),
        ("www.zwolle.test", "zwolle"),
        ("[::1]", "kampen"),
        ("[::1]:6543", "kampen"),
        ("127.0.0.1:6543", "kampen"),
        ("deventer.test", None),
        ("zwolle.test.evil.test", None),
        ("evil-zwolle.test", None),
        ("", None),
        (":80", None),
    ],
)
def test_the_host_says_which_municipality(host, key):
    found = sites(zwolle="zwolle.test www.zwolle.test", kampen="[::1] 127.0.0.1").for_host(host)
    assert (found and found.key) == key


def test_a_site_alone_may_answer_to_every_host():
    alone = sites(zwolle="*")
    assert alone.for_host("whatever.test:1").key == "zwolle"


def test_an_own_name_comes_before_every_host():
    assert sites(kampen="*", zwolle="zwolle.test").for_host("zwolle.test").key == "zwolle"


def test_an_unknown_key_is_answered_with_the_ones_there_are():
    with pytest.raises(KeyError, match="no site is called “urk”; there are: zwolle, kampen"):
        sites(zwolle="a", kampen="b").by_key("urk")


def test_a_host_of_nobody_gets_a_400_and_no_municipality(app):
    answer = TestApp(app).get("/nl/", extra_environ={"HTTP_HOST": "nobody.test"}, status=400)
    assert answer.text == "No municipality answers to this address.\n"


def test_two_hosts_get_two_municipalities(visitor, visitor_of_leeuwarden):
    assert "Sociaal Leeuwarden" not in visitor.get("/nl/").text
    assert "Sociaal Leeuwarden" in visitor_of_leeuwarden.get("/nl/").text


def test_the_public_address_is_never_what_a_browser_says(visitor):
    page = visitor.get("/nl/klacht", extra_environ={"HTTP_HOST": "zwolle.test:8080"})
    assert 'rel="canonical" href="http://zwolle.test/nl/klacht"' in page.text


def test_the_profile_of_zwolle_is_read():
    profile = Profile.read(ZWOLLE)
    assert profile.municipality == "Zwolle"
    assert profile.locales == ("nl", "nl_simple", "en", "ar", "tr", "pl", "uk")
    assert len(profile.pc4) == 25
    assert profile.example


@pytest.mark.parametrize(
    "missing",
    ["municipality", "organisation", "portal_name", "locales", "pc4", "contact", "emergency"],
)
def test_a_profile_without_a_key_names_file_and_key(tmp_path, missing):
    data = yaml.safe_load((ZWOLLE / "site.yaml").read_text("utf-8"))
    del data[missing]
    (tmp_path / "site.yaml").write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(SettingsError, match=rf"site\.yaml cannot be used: .*{missing}"):
        Profile.read(tmp_path)


@pytest.mark.parametrize(
    "raw",
    [b"", b"municipality: [", b"- a\n- b\n", b"just words", "municipality: Súdwest".encode("latin-1")],
    ids=["empty", "broken", "list", "words", "not-utf-8"],
)
def test_a_profile_that_cannot_be_read_names_its_file(tmp_path, raw):
    (tmp_path / "site.yaml").write_bytes(raw)
    with pytest.raises(SettingsError, match=r"site\.yaml cannot be used"):
        Profile.read(tmp_path)


def test_a_language_that_the_portal_does_not_have_is_refused_at_the_start(tmp_path):
    text = (ZWOLLE / "site.yaml").read_text("utf-8").replace("tr, pl, uk]", "tr, fries]")
    (tmp_path / "site.yaml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="fries"):
        Profile.read(tmp_path)


def test_a_folder_without_a_profile_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"site\.yaml cannot be used"):
        Profile.read(tmp_path)


@pytest.mark.parametrize("css", [None, "", "/* only words */"], ids=["no-file", "empty", "comment"])
def test_without_values_a_site_has_no_style_sheet_of_its_own(tmp_path, css):
    if css is not None:
        (tmp_path / "theme.css").write_text(css)
    assert Theme.read(tmp_path).css == ""


def test_another_theme_has_another_digest(tmp_path):
    (tmp_path / "theme.css").write_text(":root { --a: 1 }")
    one = Theme.read(tmp_path)
    (tmp_path / "theme.css").write_text(":root { --a: 2 }")
    assert Theme.read(tmp_path).digest != one.digest


def test_a_site_keeps_what_its_folder_and_settings_say(tmp_path):
    shutil.copy(ZWOLLE / "site.yaml", tmp_path)
    one = SiteSettings("klein", ("klein.test",), "http://klein.test", tmp_path, "sqlite://", tmp_path)
    site: Site = next(iter(open_sites(Settings((one,), ROOT, "memory", True, 1))))
    assert (site.base_url, site.content, site.profile.municipality) == ("http://klein.test", tmp_path, "Zwolle")
