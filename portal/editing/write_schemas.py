"""The form of a text: everything that is written of it. It takes nearly anything, so that nobody loses what they wrote.

No question says that it may stay empty (`asked`): each is asked before a text goes out, none before it is saved.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.cases.people import schema_of
from portal.cases.schemas import short
from portal.editing.checks import LONGEST_TEXT, SLUG
from portal.editing.drafting import Words
from portal.foundation.i18n import SOURCE, Locale
from portal.pages.versions import LONGEST_NOTE, PageVersion

_ = TranslationStringFactory("portal")

MOST_STEPS = 6
STEPS = range(1, MOST_STEPS + 1)
#: What the database holds; a good title is shorter.
HOLDS_TITLE, HOLDS_SLUG, HOLDS_SUMMARY, HOLDS_KEYWORDS = 120, 80, 1_000, 2_000
#: A form of the longest text, in bytes: a sign of Arabic takes six of them on its way here.
LARGEST_FORM = 2 * 1024 * 1024
OTHER = "other"


class AsWritten(colander.String):
    """Words with every sign that was typed but control characters; lines end in one way."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """The words; null when nothing was typed."""
        if isinstance(cstruct, str):
            cstruct = cstruct.replace("\r\n", "\n").replace("\r", "\n")
            cstruct = "".join(sign for sign in cstruct if sign in "\n\t" or unicodedata.category(sign) != "Cc")
        return super().deserialize(node, cstruct)


def _text(name: str, title: Any, most: int, of: Locale, rows: int, description: Any = "") -> Any:
    return colander.SchemaNode(
        AsWritten(), name=name, oid=name, title=title, description=description, missing="", asked=True,
        validator=colander.Length(
            max=most, max_err=_("This is longer than ${max} characters. Make it a little shorter.")
        ),
        widget=deform.widget.TextAreaWidget(rows=rows, strip=False, of=of),
    )  # fmt: skip


def _line(name: str, title: Any, most: int, description: Any = "", of: Locale | None = None) -> Any:
    widget = deform.widget.TextInputWidget(**({"of": of} if of else {}))
    return short(name, title, "", most=most, description=description, missing="", widget=widget, asked=True)


def _yes(name: str, title: Any, label: Any, description: Any) -> Any:
    return colander.SchemaNode(
        colander.Boolean(), name=name, oid=name, title=title, missing=False, default=False, description=description,
        asked=True,
        widget=deform.widget.CheckboxWidget(label=label),
    )  # fmt: skip


def _hidden(name: str) -> Any:
    return colander.SchemaNode(
        colander.Integer(), name=name, oid=name, missing=0, widget=deform.widget.HiddenWidget(),
        validator=colander.Range(0, 2**31 - 1),
    )  # fmt: skip


def _slug() -> Any:
    node = _line("slug", _("Address"), HOLDS_SLUG, description=_(
        "The last part of the address, in the language of the text: small letters, numbers and hyphens. When it "
        "changes, the old address leads on to the new one."
    ))  # fmt: skip
    said = _("The address may hold small letters, numbers and hyphens only, such as: making-a-complaint.")
    node.validator = colander.All(node.validator, colander.Regex(rf"\A{SLUG.pattern}\Z", said))
    return node


def _step(number: int, targets: Sequence[tuple[str, Any]], of: Locale) -> list[Any]:
    where = colander.SchemaNode(
        colander.String(), name=f"where_{number}", oid=f"where_{number}", title=_("Where does it lead?"), missing="",
        asked=True,
        validator=colander.OneOf([value for value, _title in targets]),
        widget=deform.widget.SelectWidget(values=targets),
    )  # fmt: skip
    words = _line(f"words_{number}", _("What does it say?"), 200, of=of)
    return [words, where, _line(f"other_{number}", _("Another address"), 300)]


def write_schema(targets: Sequence[tuple[str, Any]], of: Locale) -> colander.Schema:
    """The whole form. `targets` are where a step may lead, as (value, words); `of` is the language of the text."""
    nodes = [
        _line("title", _("Title"), HOLDS_TITLE, _("What the page does for the reader, in at most 80 characters."), of),
        _text("summary", _("Summary"), HOLDS_SUMMARY, of, 3, _("One or two sentences that answer the question.")),
        _slug(),
        _text("markdown", _("Text"), LONGEST_TEXT, of, 28),
    ]
    nodes += [node for number in STEPS for node in _step(number, targets, of)]
    nodes += [
        _text("keywords", _("Words that people search with"), HOLDS_KEYWORDS, of, 4, _("One on a line.")),
        _line("note", _("What did you change?"), LONGEST_NOTE, _("For your colleagues; readers do not see it.")),
    ]
    if of is SOURCE:
        nodes.append(_yes(
            "small", _("Small correction"), _("The text says the same as before"),
            _("Such as a typing mistake. Translations then stay as good as they were."),
        ))  # fmt: skip
    else:
        nodes.append(_yes(
            "follows", _("The Dutch text changed"), _("This text says now what the Dutch text says"),
            _("Readers then no longer see that this text is behind."),
        ))  # fmt: skip
    return schema_of(*nodes, _hidden("dutch"), _hidden("number"), _hidden("revision"))


def answers_of(version: PageVersion, targets: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """What the form shows of a version."""
    known = {value for value, _title in targets}
    answers = {name: getattr(version, name) for name in
               ("title", "summary", "slug", "markdown", "note", "small", "number", "revision")}  # fmt: skip
    answers["keywords"] = "\n".join(version.keywords)
    for number, action in zip(STEPS, version.actions, strict=False):
        listed = action["to"] in known
        answers[f"where_{number}"] = action["to"] if listed else OTHER
        answers[f"other_{number}"] = "" if listed else action["to"]
        answers[f"words_{number}"] = action["text"]
    return answers


def words_of(answers: Mapping[str, Any], slug: str) -> Words:
    """What somebody wrote, from the answers of the form; `slug` is the address of who typed none.

    A step without address and words is none.
    """
    steps = []
    for number in STEPS:
        where, text = answers[f"where_{number}"], answers[f"words_{number}"]
        to = answers[f"other_{number}"].strip() if where in {"", OTHER} else where
        if to or text:
            steps.append({"to": to, "text": text})
    markdown = answers["markdown"]
    lines = (line.strip() for line in answers["keywords"].split("\n"))
    return Words(
        title=answers["title"], summary=answers["summary"].strip(), slug=answers["slug"] or slug,
        markdown=markdown if not markdown or markdown.endswith("\n") else f"{markdown}\n",
        actions=tuple(steps), keywords=tuple(line for line in lines if line),
    )  # fmt: skip
