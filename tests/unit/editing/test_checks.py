"""What a writer is told of a text: everything that readers would not see as it was written, with its line."""

from pathlib import Path

import pytest
import yaml

from portal.editing.checks import Finding, Known, Written, against_source, findings, is_dangerous, link_fault
from tests.composed import ROOT

KNOWN = Known(frozenset({"phone", "112"}), frozenset({"klacht", "bezwaar"}), frozenset({"find-team", "social-map"}))


def written(markdown="U mag altijd klagen.\n", **more):
    return Written(**{"title": "Een klacht", "summary": "Zeg het ons.", "slug": "klacht", **more, "markdown": markdown})


def of(text):
    return [(found.code, found.line) for found in findings(text, KNOWN)]


def test_a_good_text_has_nothing_to_look_at():
    good = (
        "## Wie\n\nBel [[phone]] of lees [dit](page:klacht#wie).\n\n::: note\nGoed om te weten.\n:::\n\n- een\n- twee\n"
    )
    assert of(written(good, actions=({"to": "service:social-map?thema=geld", "text": "Zoek"},))) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Dit is <b>vet</b>.", "html"),
        ("<!-- later -->", "html"),
        ("![een foto](https://foto.example/1.png)", "picture"),
        ("# Nog een titel", "top_heading"),
        ("##", "empty_heading"),
        ("### ##", "empty_heading"),
        ("##### Klein", "deep_heading"),
        ("Bel [[telefoon]].", "no_fact"),
        ("Lees [dit](page:weg).", "no_page"),
        ("Vul [dit](service:niets) in.", "no_service"),
        ("[Bel](phone:elders)", "no_phone"),
        ("[Oud](http://oud.example/)", "http"),
        ("[Los](oud.html)", "scheme"),
        ("[Elders](//elders.example)", "scheme"),
        ("[naam]: page:weg", "no_page"),
        ("ge\u00admeen\u00adte", "soft_hyphen"),
        ("10\u00a0dagen", "fixed_space"),
        ("een\u200btwee", "invisible"),
        ("·\tEen punt uit Word", "pasted_list"),
        ("• Een punt", "pasted_list"),
        ("o\tEen punt", "pasted_list"),
        (":::", "stray_block"),
    ],
)
def test_what_readers_would_not_see_as_written_is_named_with_its_line(line, code):
    faults = of(written(f"Eerst dit.\n\n{line}\n"))
    assert (code, 3) in faults
    assert {found for found, _line in faults} == {code}


def test_each_tag_of_html_is_named():
    assert [found.what for found in findings(written("Dit is <b>vet</b>.\n"), KNOWN)] == ["<b>", "</b>"]


def test_less_than_is_no_html():
    assert of(written("Als 3 < 4 en 5 > 2, of `<b>` als voorbeeld.\n")) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("::: waarschuwing\nPas op.\n:::\n", [("unknown_block", 1)]),
        ("Eerst\n\n::: note\nGoed.\n", [("open_block", 3)]),
        ("::: note\nEen.\n::: urgent\nTwee.\n:::\n", [("open_block", 1)]),
    ],
)
def test_blocks_have_a_known_name_and_an_end(text, faults):
    assert of(written(text)) == faults


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "javascript&colon;alert(1)", "vbscript:x", "data:text/html,<script>", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_a_link_that_could_run_a_program_is_dangerous(target):
    assert is_dangerous(target)
    assert link_fault(target, KNOWN) == "dangerous"


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "[x](<javascript:alert>)", "[a]: javascript:alert(1)", "<javascript:alert(1)>",
     "[x]( JAVASCRIPT:alert)"],
)  # fmt: skip
def test_it_is_found_wherever_markdown_can_hold_one(text):
    assert any(found.dangerous for found in findings(written(text), KNOWN))


def test_it_is_found_among_the_steps_too():
    (found,) = findings(written(actions=({"to": "javascript:x", "text": "Doe"},)), KNOWN)
    assert found == Finding("dangerous", None, "javascript:x", dangerous=True)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "no_title"),
        ({"title": "x" * 81}, "long_title"),
        ({"summary": ""}, "no_summary"),
        ({"summary": "Bel [[niemand]]."}, "no_fact"),
        ({"slug": "Een Klacht"}, "slug"),
        ({"slug": "-klacht"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"markdown": " \n"}, "no_text"),
        ({"markdown": "x" * 200_001}, "long_text"),
        ({"actions": ({"to": "page:klacht", "text": " "},)}, "no_words"),
        ({"actions": ({"to": "page:weg", "text": "Ga"},)}, "no_page"),
    ],
)
def test_what_stands_around_the_text_is_looked_at_too(more, code):
    assert of(written(**more)) == [(code, None)]


def test_a_translation_holds_the_same_things_as_its_source():
    source = written("## Een\n\nBel [[phone]]. Lees [dit](page:klacht).\n\n## Twee\n")
    same = written("## Bir\n\n[[phone]] ara. [Bunu](page:klacht#x) oku.\n\n## Iki\n")
    assert against_source(same, source) == []


def test_where_it_does_not_is_a_remark_that_stops_nobody():
    source = written("## Een\n\nBel [[phone]]. Lees [dit](page:klacht).\n\n## Twee\n")
    other = written("## Bir\n\n[[112]] ara. [Bunu](page:bezwaar) oku.\n")
    found = against_source(other, source)
    assert [(one.code, one.what) for one in found] == [
        ("other_headings", "1 / 2"), ("lacks_facts", "phone"), ("extra_facts", "112"),
        ("lacks_links", "page:klacht"), ("extra_links", "page:bezwaar"),
    ]  # fmt: skip
    assert all(one.remark and not one.dangerous for one in found)


PAGES = sorted((ROOT / "content/pages").glob("*/*.md"))


def test_our_own_pages_hold_nothing_that_readers_do_not_see(zwolle, registry):
    from portal.ui.prose import fact_names

    folders = frozenset(path.parent.name for path in PAGES)
    known = Known(fact_names(zwolle.profile), folders, frozenset(registry.service_routes))
    wrong = {}
    for path in PAGES:
        _empty, head, body = path.read_text("utf-8").split("---\n", 2)
        facts = yaml.safe_load(head)
        text = Written(facts["title"], facts["summary"], facts.get("slug") or path.parent.name, body,
                       tuple(facts.get("actions") or ()))  # fmt: skip
        found = findings(text, known)
        if found:
            wrong[str(Path(*path.parts[-2:]))] = found
    assert not wrong
