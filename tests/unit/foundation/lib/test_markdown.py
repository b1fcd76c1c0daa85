"""What an editor writes becomes safe HTML: no tags of their own, no link that runs, boxes and tables that scroll."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.lib.markdown import ATTRIBUTES, SCHEMES, TAGS, Heading, plain_text, render


def html(markdown: str) -> str:
    return render(markdown).html


def links(markdown: str) -> list[str]:
    return [a["href"] for a in BeautifulSoup(html(markdown), "html.parser").find_all("a") if a.get("href")]


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "Dag <b onclick=alert(1)>u</b>",
        "<img src=x onerror=alert(1)>",
        "<iframe src=https://elders.test></iframe>",
        "<style>* { display: none }</style>",
        "<!-- weg --><form action=/x>",
        "::: note\n<script>alert(1)</script>\n:::",
        "| a |\n| --- |\n| <svg onload=alert(1)> |",
        "## <b id=x>Kop</b>",
    ],
)
def test_no_html_of_an_editor_comes_through(markdown):
    page = BeautifulSoup(html(markdown), "html.parser")
    assert not {tag.name for tag in page.find_all()} - TAGS
    assert not page.find_all(["script", "style", "iframe", "img", "svg", "form", "b"])
    assert not [key for tag in page.find_all() for key in tag.attrs if key.startswith("on")]


@pytest.mark.parametrize("markup", ["<strong>x</strong>", '<a href="https://elders.test">x</a>', "<hr>"])
def test_even_harmless_html_is_shown_as_it_was_typed(markup):
    assert BeautifulSoup(html(f"Dag {markup} u"), "html.parser").get_text().strip() == f"Dag {markup} u"


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](http://elders.test)",
        "[x](//elders.test/pad)",
        "[x](unknown:thing)",
        "<javascript:alert(1)>",
        "![x](https://elders.test/volg.gif)",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_a_link_that_runs_or_leaves_unsafely_is_no_link(markdown):
    assert links(markdown) == []
    assert "elders.test/volg.gif" not in html(markdown)


@pytest.mark.parametrize(
    "target",
    [
        "page:klacht", "page:klacht#wie", "service:find-team", "service:social-map?thema=geld", "phone:central",
        "https://www.rijksoverheid.nl/", "mailto:a@voorbeeld.example", "tel:+31380000200", "/nl/", "#deel",
    ],
)  # fmt: skip
def test_a_link_keeps_its_meaning(target):
    assert links(f"[woord]({target})") == [target]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("113.nl", "https://www.113.nl"), ("www.rijksoverheid.nl/wmo", "https://www.rijksoverheid.nl/wmo"),
        ("0800 0188", "tel:08000188"), ("+31 38 000 00 00", "tel:+31380000000"), ("a@b.example", "mailto:a@b.example"),
    ],
)  # fmt: skip
def test_an_address_or_a_number_in_a_link_does_not_turn_round_between_arabic_words(text, target):
    expected = f'<a href="{target}"><bdi dir="ltr">{text}</bdi></a>'
    assert html(f"على [{text}]({target}).") == f"<p>على {expected}.</p>\n"
    assert expected in html(f"| أ |\n| --- |\n| [{text}]({target}) |")
    assert plain_text(html(f"على [{text}]({target}).")) == f"على {text}."


@pytest.mark.parametrize("text", ["klacht", "Bel 113.nl", "فريقك", "Zin. Nog een", "e.d.", "112 (gratis)"])
def test_words_in_a_link_follow_the_direction_of_the_page(text):
    assert "<bdi" not in html(f"[{text}](page:klacht)")


def test_a_link_says_nothing_more_than_where_it_leads():
    assert html("[x](https://a.test)") == '<p><a href="https://a.test">x</a></p>\n'


def test_headings_get_a_name_and_stand_in_the_list():
    found = render("## Wie helpt u?\n\nTekst\n\n### Op **maandag**\n\n## Wie helpt u?")
    assert found.headings == (Heading("wie-helpt-u", "Wie helpt u?"), Heading("wie-helpt-u-2", "Wie helpt u?"))
    assert '<h3 id="op-maandag">' in found.html
    assert '<h2 id="wie-helpt-u-2">' in found.html


def test_headings_in_arabic_have_a_name_too():
    found = render("## ماذا يحدث بعد ذلك؟\n\n## ماذا يحدث بعد ذلك؟")
    assert [heading.anchor for heading in found.headings] == ["ماذا-يحدث-بعد-ذلك", "ماذا-يحدث-بعد-ذلك-2"]
    assert 'id="ماذا-يحدث-بعد-ذلك"' in found.html


def test_a_heading_of_signs_only_still_has_a_name():
    assert render("## ?!\n\n## …").headings == (Heading("deel", "?!"), Heading("deel-2", "…"))


def test_names_of_headings_stay_unique_across_boxes():
    found = render("## Kop\n\n::: note\n## Kop\n:::\n\n## Kop")
    assert [heading.anchor for heading in found.headings] == ["kop", "kop-2", "kop-3"]


def test_the_heading_of_the_first_level_is_left_to_the_page():
    assert "<h1" not in html("# Titel")


@pytest.mark.parametrize(
    ("kind", "classes"),
    [("note", "notice"), ("urgent", "notice notice--urgent"), ("unknown", "notice")],
)
def test_a_block_becomes_a_box(kind, classes):
    found = html(f"Voor.\n\n::: {kind}\nLet **op**.\n\n- Eén\n:::\n\nNa.")
    assert f'<div class="{classes}"><div><p>Let <strong>op</strong>.</p>' in found
    assert "<li>Eén</li>" in found
    assert found.index("Voor") < found.index("Let") < found.index("Na")
    assert ":::" not in found


def test_two_boxes_stay_two():
    found = html("::: note\nEen.\n:::\n\nTussen.\n\n::: urgent\nTwee.\n:::")
    assert found.count('class="notice') == 2
    assert "<p>Tussen.</p>" in found


def test_a_table_scrolls_by_itself_and_its_heads_are_heads():
    found = html("| Dag | Tijd |\n| :-- | --: |\n| maandag | 9.00 |")
    assert found.startswith('<div class="scroll" tabindex="0"><table>')
    assert found.rstrip().endswith("</table></div>")
    assert '<th scope="col">Dag</th>' in found
    assert "style" not in found


def test_a_line_end_stays_a_line_end_and_a_list_keeps_its_number():
    assert "<br>" in html("Voorbeeldhof 3\n8011 FO Zwolle")
    assert '<ol start="3">' in html("3. Drie\n4. Vier")


def test_a_fact_passes_to_be_filled_in_later():
    assert html("Bel [[phone]] of [[veilig-thuis]].") == "<p>Bel [[phone]] of [[veilig-thuis]].</p>\n"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Een</p><p>Twee</p>", "Een Twee"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>Jansen &amp; Zoon &lt;3&gt;</p>", "Jansen & Zoon <3>"),
        ("<p>Bel [[phone]] nu</p>", "Bel nu"),
        ("<p>wo<strong>or</strong>d</p>", "woord"),
        ("<p>a&nbsp;b</p>", "a b"),
        ("", ""),
    ],
)
def test_the_search_index_gets_words_only(markup, words):
    assert plain_text(markup) == words


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_whatever_is_typed_comes_out_safe(text):
    page = BeautifulSoup(html(text), "html.parser")
    for tag in page.find_all():
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES.get(tag.name, set())
        href = tag.get("href", "#")
        assert href.startswith(("/", "#")) or href.partition(":")[0].lower() in SCHEMES
