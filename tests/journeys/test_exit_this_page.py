"""Who reads about violence can leave at once, and is told beforehand what that does and what it does not do."""

import pytest
import yaml

from portal.foundation.i18n import LOCALES
from portal.foundation.settings import SettingsError
from portal.foundation.site import EXIT_TO, Profile
from tests.accessibility.pages import BY_NAME, Addresses
from tests.composed import ROOT
from tests.reading import text, words

WHAT = "“Exit this page” opens another page at once. Your phone or computer still remembers that you were here."


@pytest.fixture
def safety(visitor, registry, zwolle):
    """Opens the page about safety in a language."""
    addresses = Addresses(registry, zwolle)
    return lambda locale="nl": visitor.get(addresses.of(BY_NAME["page, safety"], LOCALES[locale]))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_about_violence_can_be_left_at_once_in_every_language(safety, locale):
    page = safety(locale)
    link = page.html.select_one(".exit a")
    assert link["href"] == "/weg"
    assert text(link) == words("Exit this page", locale)
    assert text(page.html.select_one(".exit-what")) == words(WHAT, locale)


def test_the_way_out_is_the_first_stop_after_the_skip_link(safety):
    first, second = safety().html.body.find_all("a")[:2]
    assert first["href"] == "#main"
    assert second["href"] == "/weg"


def test_no_copy_of_the_page_stays_and_nobody_is_told_of_it(safety):
    for _ in range(2):  # the second comes from memory
        page = safety()
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_way_out_leads_to_a_page_that_anybody_may_be_reading(visitor, zwolle):
    gone = visitor.get("/weg", status=303)
    assert gone.location == zwolle.profile.exit_to
    assert gone.location.startswith("https://")
    assert gone.headers["Referrer-Policy"] == "no-referrer"
    assert gone.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in gone.headers
    # Chromium would take seconds for it, see portal/ui/exit.py
    assert "Clear-Site-Data" not in gone.headers


def test_nobody_can_say_in_an_address_where_the_way_out_leads(visitor, zwolle):
    assert visitor.get("/weg?naar=https://evil.example/", status=303).location == zwolle.profile.exit_to


@pytest.mark.parametrize("path", ["/nl/", "/nl/klacht", "/nl/vind-uw-team", "/nl/dit-is-er-niet"])
def test_other_pages_have_no_way_out_and_the_usual_headers(visitor, path):
    page = visitor.get(path, status="*")
    assert page.html.select_one(".exit") is None
    assert page.html.select_one(".exit-what") is None
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_municipality_chooses_where_it_leads_or_gets_the_weather(tmp_path):
    said = yaml.safe_load((ROOT / "content" / "site.yaml").read_text("utf-8"))

    def profile(**more):
        kept = {name: value for name, value in said.items() if name != "exit_to"}
        (tmp_path / "site.yaml").write_text(yaml.safe_dump({**kept, **more}, allow_unicode=True), "utf-8")
        return Profile.read(tmp_path)

    assert profile().exit_to == EXIT_TO
    assert profile(exit_to="https://nieuws.example/").exit_to == "https://nieuws.example/"
    for wrong in ("http://nieuws.example/", "/nl/", "javascript:alert(1)", ""):
        with pytest.raises(SettingsError, match="exit_to"):
            profile(exit_to=wrong)
