"""The pages of Zwolle: there, in plain words, with links and facts that hold."""

import re
from urllib.parse import parse_qsl

import pytest

from portal.cli.check_texts import check
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.markdown import plain_text
from portal.pages.files import facts_of, read_page_file
from portal.social_map.filters import PARAMETERS
from portal.social_map.rules import THEMES
from portal.ui.prose import fact_names
from tests.composed import ROOT

CONTENT = ROOT / "content"
FILES = sorted((CONTENT / "pages").glob("*/*.md"))
PRIORITY = {
    "aanbieders-schoonmaak", "bezwaar", "bronnen", "clientondersteuning", "contact-talen-tolk", "eigen-bijdrage",
    "gesprek-maken", "huishoudelijke-hulp", "hulp-bij-dit-portaal", "hulp-nodig", "iets-doen-voor-een-ander",
    "kanalen", "keukentafelgesprek", "klacht", "klacht-bezwaar-of-second-opinion", "mantelzorg", "mijn-aanvragen",
    "na-het-gesprek", "privacy", "schoonmaakondersteuning", "second-opinion", "spoed-en-veiligheid",
    "toegankelijkheid", "voorbereiden", "wat-doet-het-team", "wat-staat-er-over-mij", "zorg-in-natura-of-pgb",
    "beschermd-wonen", "bijzondere-bijstand", "dagbesteding", "dakloos", "een-huishouden-een-plan", "eigen-initiatief",
    "geldzorgen", "huiselijk-geweld", "huisarts", "hulpmiddelen", "individuele-begeleiding", "jeugd-en-opvoeden",
    "mijn-hulpverlener-houden", "onderwerpen", "participatie-en-werk", "school-en-wijkteam", "voor-jou-12-plus",
    "werkgevers", "wijkverpleegkundige", "zorgen-om-een-ander",
    "adviesraad", "geschiedenis", "minder-regels", "open-data", "raad-en-beleid", "resultaten", "toezicht",
    "voor-aanbieders", "voor-verwijzers", "waar-gaat-het-geld-heen", "wie-werkt-samen",
}  # fmt: skip
#: What somebody needs who reads no Dutch: from the front door to a person.
JOURNEY = {
    "contact-talen-tolk", "gesprek-maken", "hulp-bij-dit-portaal", "hulp-nodig", "iets-doen-voor-een-ander",
    "keukentafelgesprek", "klacht", "klacht-bezwaar-of-second-opinion", "mijn-aanvragen", "schoonmaakondersteuning",
    "spoed-en-veiligheid",
}  # fmt: skip
KEYS = {"title", "summary", "actions", "keywords"}
KEYS_OF_DUTCH = KEYS | {
    "topics", "audience", "owner", "checked_on", "review_by", "sources", "related", "service", "exit",
    "parent", "place", "legal",
}  # fmt: skip
AUDIENCES = {"resident", "carer", "volunteer", "young", "professional"}
LONGEST_TITLE = 60
_TARGET = re.compile(r"\]\(([^)]+)\)")
_FACT = re.compile(r"\[\[([^\]]+)\]\]")


def name(path):
    return f"{path.parent.name}/{path.stem}"


every_file = pytest.mark.parametrize("path", FILES, ids=name)
every_page = pytest.mark.parametrize("folder", sorted((CONTENT / "pages").iterdir()), ids=lambda folder: folder.name)


def targets(file):
    """Where a page leads: its actions, and the links in its text."""
    return [action["to"] for action in file.head["actions"]] + _TARGET.findall(file.markdown)


@pytest.mark.parametrize("key", sorted(PRIORITY))
@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_a_page_that_people_need_is_there_in_plain_and_in_simple_dutch(key, locale):
    assert (CONTENT / "pages" / key / f"{locale}.md").exists()


@pytest.mark.parametrize("key", sorted(JOURNEY))
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_page_on_the_way_to_a_person_is_there_in_english_and_arabic(key, locale):
    assert (CONTENT / "pages" / key / f"{locale}.md").exists()


def test_no_text_is_harder_than_its_level_allows():
    assert check(CONTENT) == []


def test_the_check_finds_a_text_that_is_too_hard(tmp_path):
    page = tmp_path / "pages" / "moeilijk"
    page.mkdir(parents=True)
    head = "---\ntitle: Moeilijk\nsummary: Kort.\nactions:\n  - {to: 'phone:central', text: Bel ons}\n---\n"
    (page / "nl.md").write_text(head + "woord " * 21 + "einde.\n", "utf-8")
    assert len(check(tmp_path)) == 1


@every_file
def test_a_page_has_the_front_matter_that_its_language_needs_and_no_other(path):
    file = read_page_file(path)
    allowed = KEYS_OF_DUTCH if file.locale == "nl" else KEYS if file.locale == "nl_simple" else KEYS | {"slug", "draft"}
    assert set(file.head) <= allowed
    assert len(str(file.head["title"])) <= LONGEST_TITLE
    if file.locale == "nl":
        assert set(file.head) >= allowed - {"service", "exit", "parent", "place", "legal"}
    if file.locale not in {"nl", "nl_simple"}:
        assert file.head["draft"] is True, "a translation is a draft until a native speaker has read it"
        assert file.head["slug"]


@every_page
def test_what_is_true_of_the_page_as_a_whole_holds(folder):
    facts = facts_of(read_page_file(folder / "nl.md").head, folder)
    assert set(facts["topics"]) <= set(THEMES)
    assert set(facts["audience"]) <= AUDIENCES
    assert facts["audience"]
    assert facts["sources"]
    assert facts["review_by"] > facts["checked_on"]
    assert folder.name not in facts["related"]
    for key in facts["related"]:
        assert (CONTENT / "pages" / key / "nl.md").exists(), key


@every_file
def test_every_link_of_a_page_leads_somewhere(path, registry):
    file = read_page_file(path)
    for target in targets(file):
        scheme, _, rest = target.partition(":")
        thing, _, query = rest.partition("?")
        if scheme == "page":
            key, _, anchor = thing.partition("#")
            assert (CONTENT / "pages" / key / "nl.md").exists(), target
            assert not anchor or anchor in read_page_file(CONTENT / "pages" / key / "nl.md").rendered.html, target
        elif scheme == "service":
            assert thing in registry.service_routes, target
            for parameter, value in parse_qsl(query, strict_parsing=True):
                assert parameter in PARAMETERS, f"{target}: there is no filter “{parameter}”"
                assert value in (PARAMETERS[parameter][1] or (value,)), target
        else:
            assert target == "phone:central" or scheme in {"https", "tel", "mailto"} or target.startswith("#"), target


@every_file
def test_every_fact_of_a_page_is_known(path, zwolle):
    text = path.read_text("utf-8")
    assert set(_FACT.findall(text)) <= fact_names(zwolle.profile)


@every_file
def test_facts_of_the_municipality_are_never_typed_by_hand(path, zwolle):
    text = path.read_text("utf-8")
    contact = zwolle.profile.contact
    for fact in (contact["phone"], contact["email"], contact["address"]):
        assert fact not in text


@every_page
def test_every_language_offers_the_same_next_steps_in_the_same_order(folder):
    steps = {path.stem: [a["to"] for a in read_page_file(path).head["actions"]] for path in folder.glob("*.md")}
    assert {locale: to for locale, to in steps.items() if to != steps["nl"]} == {}


@every_file
def test_a_page_does_not_shout_and_has_no_markup_of_its_own(path):
    file = read_page_file(path)
    assert "!" not in plain_text(file.rendered.html) + str(file.head["title"]) + str(file.head["summary"])
    assert not re.search(r"<\w|!\[|^# ", file.markdown, re.MULTILINE)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_pages_have_one_address(locale):
    slugs = [read_page_file(path).slug for path in FILES if path.stem == locale]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "en", "ar"])
def test_the_page_about_safety_names_every_emergency_line(locale, zwolle):
    text = (CONTENT / "pages" / "spoed-en-veiligheid" / f"{locale}.md").read_text("utf-8")
    assert {line["code"] for line in zwolle.profile.emergency} <= set(_FACT.findall(text))
