"""Templates hold no style, no script, nothing of others, and no logic that hides from escaping."""

import re

import pytest
from pyramid_jinja2 import IJinja2Environment

from tests.composed import ROOT

TEMPLATES = sorted((ROOT / "portal").rglob("*.jinja2"))
#: Templates that may hand on markup as it is, each with what it trusts. Better: a filter that returns Markup.
MAY_SAY_SAFE: dict[str, str] = {}
#: The page with all parts is for makers only; the other holds attributes.
HOLD_NO_WORDS = {"styleguide.jinja2", "field.jinja2"}
#: The only templates with frames, each with what stands in them: pages of ours, and no script runs there.
MAY_HOLD_FRAMES = {"editing/templates/editing/preview.jinja2": "a version of a page as readers will see it"}
#: Addresses that people see are shown without their scheme.
_SHOWN = re.compile(r'replace\("https?://", ""\)')


def name(path):
    return str(path.relative_to(ROOT / "portal"))


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name)


@pytest.fixture(scope="session")
def environment(registry):
    """The Jinja2 environment of the portal."""
    return registry.getUtility(IJinja2Environment, name=".jinja2")


@every_template
def test_a_template_can_be_read(environment, path):
    environment.get_template(str(path).partition("/templates/")[2])


def test_no_two_templates_have_one_name():
    names = [str(path).partition("/templates/")[2] for path in TEMPLATES]
    assert len(names) == len(set(names))


@every_template
def test_a_template_has_no_style_and_no_script_of_its_own(path):
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert "javascript:" not in source


@every_template
def test_a_template_fetches_nothing_from_elsewhere(path):
    source = _SHOWN.sub("", path.read_text("utf-8"))
    assert "http://" not in source
    assert not re.search(r"""(?:src|href|action|srcset)=["'](?:https?:)?//""", source)
    assert not re.search(r"<(?:object|embed|base)\b", source)
    framed = re.findall(r"<iframe\b[^>]*>", source)
    assert bool(framed) == (name(path) in MAY_HOLD_FRAMES)
    assert all('src="{{ frame }}"' in tag and 'sandbox="allow-same-origin"' in tag for tag in framed)


@every_template
def test_a_template_trusts_only_what_is_on_the_list(path):
    trusts = re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8")) is not None
    assert trusts == (name(path) in MAY_SAY_SAFE)


@every_template
def test_words_for_people_can_be_translated(path):
    """Text between tags, outside expressions, is a message."""
    if path.name in HOLD_NO_WORDS:
        return
    source = re.sub(
        r"\{#.*?#\}|\{% set \w+ %\}.*?\{% endset %\}|\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>",
        " ",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    loose = re.sub(r"<[^>]*>", "\n", source)
    assert re.findall(r"[^\W\d_]{3,}", loose) == (["Makkelijk"] if path.name == "languages.jinja2" else [])


def test_the_script_writes_no_markup_and_fetches_nothing():
    for path in (ROOT / "portal" / "ui" / "static" / "js").glob("*.js"):
        source = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|document\.write|https?://", source)
