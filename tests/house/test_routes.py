"""An address once given is kept: people have it in letters, on posters, in bookmarks."""

from pathlib import Path

import yaml

from tests.composed import ROOT

SNAPSHOT = Path(__file__).parent / "routes.txt"
SPECIFICATION = ROOT / "portal" / "sitesearch" / "openapi.yaml"


def test_no_address_is_gone_or_new_without_a_thought(registry):
    routes = (item["introspectable"] for item in registry.introspector.get_category("routes"))
    now = sorted(f"{route['name']} {route['pattern']}" for route in routes)
    before = SNAPSHOT.read_text("utf-8").splitlines()
    gone, new = sorted(set(before) - set(now)), sorted(set(now) - set(before))
    assert not gone, f"These addresses are gone: have you considered a redirect? Then mend {SNAPSHOT.name}: {gone}"
    assert not new, f"New addresses: add them to {SNAPSHOT.name}: {new}"


def test_the_route_that_takes_whatever_is_left_comes_last(registry):
    names = [item["introspectable"]["name"] for item in registry.introspector.get_category("routes")]
    localized = [name for name in names if name in registry.localized_words]
    assert names.index("pages.page") > max(names.index(name) for name in localized)


def test_words_in_addresses_are_small_letters_and_hyphens(registry):
    for words in registry.localized_words.values():
        assert set(words) == {"nl", "en"}
        for word in words.values():
            assert word.replace("-", "").isascii()
            assert word.replace("-", "").isalpha()
            assert word == word.lower()


def test_no_page_of_the_editors_is_hidden_behind_a_service_word(registry, zwolle):
    taken = {word for words in registry.localized_words.values() for word in words.values()}
    services = {"vind-uw-team", "sociale-kaart"}  # the texts of these screens, without an address of their own
    folders = {path.name for path in (zwolle.content / "pages").iterdir() if path.is_dir()}
    assert folders & taken == services


def test_every_path_of_the_specification_has_a_route_and_every_question_a_promise(registry):
    promised = set(yaml.safe_load(SPECIFICATION.read_text("utf-8"))["paths"])
    routes = [item["introspectable"]["pattern"] for item in registry.introspector.get_category("routes")]
    asked = {pattern for pattern in routes if pattern.startswith("/api/v1/") and not pattern.endswith(".yaml")}
    assert promised == asked
