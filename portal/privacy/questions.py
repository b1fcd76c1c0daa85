"""The questions to who asks about their data. Not asked: a citizen service number, a copy of a paper, or a reason."""

from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question
from portal.cases.people import (
    WAYS,
    WHO,
    ask_helper,
    ask_name,
    ask_reach,
    ask_who,
    for_somebody_else,
    say,
    schema_of,
    title_of,
)
from portal.cases.schemas import Text, choice, postcode, short
from portal.privacy.labels import SIGNED, WANTS

_ = TranslationStringFactory("portal")
LONGEST_STORY = 2000
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")


def _wants(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        choice("wants", _("What do you want?"), WANTS, _("Choose what you want."), as_heading=True)
    )  # fmt: skip


def _which(_request: Request, _answers: Answers) -> colander.Schema:
    what = colander.SchemaNode(
        Text(), name="what", oid="what", title=_("Which data is it about?"),
        missing_msg=_("Write in a few words what it is about. “Everything” is fine too."),
        description=_("Such as: everything, or my request of last month. You need not say why."),
        validator=colander.Length(max=LONGEST_STORY, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=5),
    )  # fmt: skip
    numbers = short("numbers", _("Numbers of your requests"), "", missing="", most=100,
                    description=_("If you have them. Leave it empty when you do not know them."))  # fmt: skip
    return schema_of(what, numbers)


def _helper(request: Request, answers: Answers) -> colander.Schema:
    schema = ask_helper(request, answers)
    schema.add(
        choice("signed", _("Did this person sign that you may ask for them?"), SIGNED, _("Choose yes or no."),
               description=_("Take the paper along when you talk with us. Do not send it: we keep no copy."))
    )  # fmt: skip
    return schema


def _home(request: Request, _answers: Answers) -> colander.Schema:
    def written(node: Any, value: str) -> None:
        if postcode(value) is None:
            example = request.site.profile.example_postcode
            message = _("Write the postcode like this: ${example}.", mapping={"example": example})
            raise colander.Invalid(node, message)

    node = short("postcode", _("Postcode"), _("Write the postcode."), most=10)
    node.validator = written
    return schema_of(node, short("house", _("House number"), _("Write the house number."), most=20))


def _shown_helper(request: Request, values: Mapping[str, Any]) -> list[str]:
    return [
        values["helper_name"],
        values["phone"] or values["email"],
        *say(request, title_of(SIGNED, values["signed"])),
    ]


QUESTIONS = (
    Question("wants", _("What do you want?"), _("Then we know what you may expect of us."), _wants,
             lambda r, v: say(r, title_of(WANTS, v["wants"]))),
    Question("which", _("Which data is it about?"), _("Then we look in the right place."), _which,
             lambda _r, v: [v["what"], v["numbers"]]),
    Question("who", _("Who is it for?"), _("What we know of somebody is for that person alone."), ask_who,
             lambda r, v: say(r, title_of(WHO, v["who"]))),
    Question("helper", _("Who are you?"), _("Then we can ask you something, and the person knows who asked."), _helper,
             _shown_helper, for_somebody_else),
    Question("name", _("What is the name?"), _("Then we know whose data we look for."), ask_name,
             lambda _r, v: [v["name"]]),
    Question("home", _("Where do you live?"), _("Then we do not take you for somebody with the same name."), _home,
             lambda _r, v: [f"{v['postcode']}, {v['house']}"]),
    Question("reach", _("How may we reach you?"),
             _("We send a code there, so that nobody else can ask for your data."), ask_reach,
             lambda r, v: [*say(r, title_of(WAYS, v["way"])), v["phone"], v["email"]]),
)  # fmt: skip
