"""Words of editors on a page: facts filled in, links by meaning turned into addresses, nothing let through."""

import html

import pytest
from bs4 import BeautifulSoup

from portal.foundation.lib.markdown import render
from portal.ui.prose import bare, fact_names, prose, sentence


@pytest.fixture
def shown(ask):
    """What an editor's Markdown becomes on a page, as soup."""
    return lambda markdown, path="/nl/": BeautifulSoup(prose(ask(path), render(markdown).html), "html.parser")


@pytest.mark.parametrize(
    ("fact", "markup"),
    [
        ("phone", '<a href="tel:+31380000200"><bdi dir="ltr">038 000 02 00</bdi></a>'),
        (
            "email",
            '<a href="mailto:wijkteams@voorbeeld.example" translate="no">'
            '<bdi dir="ltr">wijkteams@voorbeeld.example</bdi></a>',
        ),
        ("address", '<bdi dir="ltr" lang="nl" translate="no">Voorbeeldhof 1, 8011 FO Zwolle</bdi>'),
        ("phone_hours", "maandag – vrijdag 8:30–17:30"),
        ("municipality", "Zwolle"),
        ("organisation", "Gemeente Zwolle"),
        ("112", '<a href="tel:112"><bdi dir="ltr">112</bdi></a>'),
        ("veilig-thuis", '<a href="tel:08002000"><bdi dir="ltr">0800-2000</bdi></a>'),
        ("onbekend", ""),
    ],
)
def test_the_name_of_a_fact_becomes_the_fact(ask, fact, markup):
    assert prose(ask("/nl/"), f"<p>Zie [[{fact}]].</p>") == f"<p>Zie {markup}.</p>"
    assert sentence(ask("/nl/"), f"Zie [[{fact}]].") == f"Zie {markup}."


def test_another_municipality_has_other_facts(ask):
    request = ask("/nl/", host="leeuwarden.test")
    assert bare(request, "[[municipality]] [[phone]]") == "Leeuwarden 058 000 01 00"
    assert bare(request, "[[phone_hours]]") == "maandag – donderdag 9:00–17:00, vrijdag 9:00–13:00"


def test_hours_are_said_in_the_language_of_the_reader(ask):
    assert bare(ask("/en/"), "[[phone_hours]]") == "Monday – Friday 8:30–17:30"


def test_every_fact_has_a_name_that_the_house_knows(ask, zwolle):
    names = fact_names(zwolle.profile)
    assert {"phone", "email", "112", "113", "kindertelefoon", "huisartsenpost"} <= names
    for name in names:
        assert bare(ask("/nl/"), f"[[{name}]]")


@pytest.mark.parametrize(
    ("path", "target", "href"),
    [
        ("/nl/", "page:klacht", "/nl/klacht"),
        ("/en/", "page:klacht", "/en/complaint"),
        ("/en/", "service:find-team", "/en/find-your-team"),
        ("/nl/", "service:social-map?thema=geld", "/nl/sociale-kaart?thema=geld"),
        ("/nl/", "service:social-map?thema=geld&gratis=yes", "/nl/sociale-kaart?thema=geld&gratis=yes"),
        ("/nl/", "phone:central", "tel:+31380000200"),
        ("/nl/", "https://www.rijksoverheid.nl/a?b=1&c=2", "https://www.rijksoverheid.nl/a?b=1&c=2"),
        ("/nl/", "/nl/", "/nl/"),
    ],
)
def test_a_link_by_meaning_becomes_an_address(shown, path, target, href):
    assert shown(f"[woord]({target})", path).a["href"] == href


@pytest.mark.parametrize("target", ["page:niets", "service:niets", "phone:home"])
def test_a_link_that_leads_nowhere_becomes_plain_words(shown, target):
    page = shown(f"Lees [de brief]({target}) rustig.")
    assert page.get_text().strip() == "Lees de brief rustig."
    assert page.find("a", href=True) is None


def test_words_in_a_summary_are_only_words(ask):
    assert sentence(ask("/nl/"), "<b>a</b> & [[municipality]]") == "&lt;b&gt;a&lt;/b&gt; &amp; Zwolle"


def test_without_markup_there_is_none(ask):
    said = bare(ask("/nl/"), "Bel [[phone]] & zeg <b>alles</b>.")
    assert said == "Bel 038 000 02 00 & zeg <b>alles</b>."
    assert type(said) is str
    assert html.unescape(said) == said


def test_a_fact_inside_a_link_text_does_not_break_the_link(shown):
    page = shown("Woont u in [[municipality]]? [Bel ons](phone:central) op [[112]].")
    assert [a["href"] for a in page.find_all("a")] == ["tel:+31380000200", "tel:112"]
    assert "[[" not in page.get_text()
