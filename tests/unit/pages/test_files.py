"""A file of a page becomes values, or is refused with its name and what to mend."""

from datetime import date

import pytest

from portal.foundation.seeding import ContentError
from portal.pages.files import LONGEST_TITLE, facts_of, read_page_file

HEAD = "title: Een klacht\nsummary: Zeg het ons.\nactions:\n  - {to: phone:central, text: Bel ons}\n"
FACTS = "owner: Redactie\nchecked_on: 2026-11-01\nreview_by: '2027-05-01'\n"


@pytest.fixture
def write(tmp_path):
    """Writes a file of the page `klacht`."""

    def run(text=f"---\n{HEAD}---\nTekst.\n", name="nl.md", folder="klacht"):
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return run


def test_a_file_becomes_values(write):
    page = read_page_file(write(f"---\n{HEAD}---\n## Wie?\n\nBel [[phone]].\n"))
    assert (page.locale, page.slug, page.head["title"]) == ("nl", "klacht", "Een klacht")
    assert page.markdown == "## Wie?\n\nBel [[phone]].\n"
    assert page.rendered.html == '<h2 id="wie">Wie?</h2>\n<p>Bel [[phone]].</p>\n'


def test_a_file_from_windows_reads_the_same(write):
    text = f"---\n{HEAD}---\n::: note\nLet op.\n:::\n"
    plain, windows = read_page_file(write(text)), read_page_file(write(text.replace("\n", "\r\n")))
    assert windows.rendered == plain.rendered


def test_another_text_has_another_digest(write):
    one = read_page_file(write())
    other = read_page_file(write(f"---\n{HEAD}---\nAndere tekst.\n"))
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("name", "head", "slug"),
    [
        ("nl.md", HEAD, "klacht"),
        ("nl.md", HEAD + "slug: anders\n", "anders"),
        ("nl_simple.md", HEAD + "slug: anders\n", "anders"),
        ("en.md", HEAD + "slug: complaint\n", "complaint"),
        ("ar.md", HEAD, "klacht"),
    ],
    ids=["dutch", "dutch-that-was-renamed", "simple-dutch", "english", "arabic-without"],
)
def test_other_languages_have_an_address_of_their_own(write, name, head, slug):
    assert read_page_file(write(f"---\n{head}---\nTekst.\n", name)).slug == slug


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Alleen tekst.", "line 1: the file begins with front matter"),
        ("---\ntitle: x\nTekst.", "line 1: the file begins with front matter"),
        ("", "line 1: the file begins with front matter"),
        ("---\n- een\n- twee\n---\nTekst.", "front matter: write one “key: value” on each line"),
        ("---\ntitle: een\nsummary: a: b\n---\nTekst.", "line 3"),
        ("---\ntitle: [een\n---\nTekst.", "line 2"),
        (f"---\n{HEAD}---\n".replace("title: Een klacht\n", ""), "title is missing"),
        (f"---\n{HEAD}---\n".replace("summary: Zeg het ons.", "summary:"), "summary is missing"),
        ("---\ntitle: x\nsummary: y\n---\n", "actions is missing"),
        ("---\ntitle: x\nsummary: y\nactions: [{to: page:x}]\n---\n", "actions: each has “to” and “text”"),
        ("---\ntitle: x\nsummary: y\nactions: [bel]\n---\n", "actions: each has “to” and “text”"),
        (f"---\n{HEAD.replace('Een', 'x' * 80)}---\n", f"title has over {LONGEST_TITLE} characters"),
        (b"---\ntitle: caf\xe9\n---\n", "is not UTF-8 text"),
    ],
    ids=[
        "no-head", "head-not-closed", "empty", "list", "two-colons", "bracket", "no-title", "no-summary", "no-actions",
        "action-without-text", "action-of-words", "long-title", "latin-1",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_what_to_mend(write, text, said):
    path = write(text)
    with pytest.raises(ContentError) as refused:
        read_page_file(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert said in str(refused.value)


@pytest.mark.parametrize("slug", ["Complaint", "com plaint", "../x", "complaint-", "شكوى"])
def test_an_address_is_small_latin_letters(write, slug):
    with pytest.raises(ContentError, match="use small Latin letters, digits and hyphens"):
        read_page_file(write(f"---\n{HEAD}slug: '{slug}'\n---\n", "en.md"))


def test_a_file_in_an_unknown_language_is_refused(write):
    with pytest.raises(ContentError, match="“fy” is no locale; there are: nl, nl_simple"):
        read_page_file(write(name="fy.md"))


def test_the_dutch_file_holds_the_facts_of_the_page(write):
    path = write(f"---\n{HEAD}{FACTS}topics: [geld]\nsources: [2024]\n---\n")
    facts = facts_of(read_page_file(path).head, path)
    assert (facts["owner"], facts["topics"], facts["sources"]) == ("Redactie", ["geld"], ["2024"])
    assert (facts["checked_on"], facts["review_by"]) == (date(2026, 11, 1), date(2027, 5, 1))
    assert (facts["service"], facts["audience"], facts["related"]) == (None, [], [])


@pytest.mark.parametrize(
    "facts",
    [
        FACTS.replace("owner: Redactie\n", ""),
        FACTS.replace("2026-11-01", "binnenkort"),
        FACTS.replace("review_by", "x"),
        FACTS + "topics: 5\n",
    ],
    ids=["no-owner", "no-date", "no-review", "topics-of-a-number"],
)
def test_facts_that_cannot_be_used_are_named(write, facts):
    path = write(f"---\n{HEAD}{facts}---\n")
    with pytest.raises(ContentError, match=r"nl\.md: front matter: "):
        facts_of(read_page_file(path).head, path)
