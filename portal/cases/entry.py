"""How a request came in: by the resident's own hand, or written down by staff who were called or visited.

Paper and phone are as good as the screen: every form is there at the desk too (`doors.DESK`), with one question more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import colander
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.accounts.resources import StaffRoom
from portal.cases.asking import Answers, Question
from portal.cases.schemas import choice
from portal.cases.words import CHANNELS
from portal.foundation.i18n import LOCALES

_ = TranslationStringFactory("portal")
AT_THE_DESK = [(code, CHANNELS[code]) for code in ("phone", "desk", "post")]
KNOWS = [("yes", _("Yes")), ("no", _("No"))]


@dataclass(frozen=True)
class Entry:
    """The way a request came in, and the language in which we write about it."""

    locale: str
    channel: str = "web"


def staff_at_work(request: Request) -> int | None:
    """Who of the staff is behind the screen; None on the pages of residents, where nobody is looked up."""
    if isinstance(getattr(request, "context", None), StaffRoom) and request.identity is not None:
        return int(request.identity.staff_id)
    return None


def entry_of(request: Request, answers: Answers) -> Entry:
    """How this request came in. What the desk answered counts only at the desk."""
    said: Mapping[str, Any] = answers.get("desk", {})
    if not said or staff_at_work(request) is None:
        return Entry(request.locale.code)
    return Entry(said["language"], said["channel"])


def _languages(request: Request) -> list[tuple[str, str]]:
    return [(code, LOCALES[code].own_name) for code in request.site.profile.locales]


def _schema(request: Request, _answers: Answers) -> colander.Schema:
    def agreed(node: Any, values: dict[str, Any]) -> None:
        if values["knows"] != "yes":
            fault = colander.Invalid(node)
            fault["knows"] = _("Ask the person first. Without their knowing we write nothing down.")
            raise fault

    schema = colander.SchemaNode(colander.Mapping(), validator=agreed)
    schema.add(
        choice("channel", _("How did the question come in?"), AT_THE_DESK, _("Choose how the question came in."))
    )
    schema.add(choice("language", _("In which language do we write to this person?"), _languages(request),
                      _("Choose the language of our messages.")))  # fmt: skip
    schema.add(
        choice(
            "knows", _("Does the person know that you write this down?"), KNOWS, _("Choose yes or no."),
            description=_("Say it aloud: “I write this down, and you can follow it yourself.”"),
        )
    )  # fmt: skip
    return schema


def _shown(request: Request, values: Mapping[str, Any]) -> list[str]:
    return [request.localizer.translate(CHANNELS[values["channel"]]), LOCALES[values["language"]].own_name]


#: The first question of every form at the desk.
DESK_QUESTION = Question(
    "desk", _("Who asks, and how?"), _("So that our messages come in the right language."), _schema, _shown
)
