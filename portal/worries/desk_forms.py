"""The forms with which a worry is handled: one for each thing that can be done, with what it does."""

from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.acts import Act
from portal.cases.models import Case
from portal.cases.people import schema_of
from portal.cases.schemas import Day, choice, short
from portal.cases.workflow import Author
from portal.foundation.clock import today
from portal.foundation.i18n import LOCALES
from portal.worries.informing import Informed, Informing, Share
from portal.worries.labels import GROUNDS, HOW
from portal.worries.questions import LONGEST_STORY, LONGEST_WHY, named_of, person_schema, words

_ = TranslationStringFactory("portal")
ENDS = [
    ("offer", _("The person is offered a conversation")),
    ("no_action", _("Nothing needs to be done")),
    ("refuse", _("The person does not want help. That is their right")),
]
SECOND = [("safety", _("I agree: it is not safe to tell it yet")), ("give_back", _("I do not agree: tell the person"))]


def _day(name: str, title: Any, missing_msg: Any, **kw: Any) -> Any:
    widget = deform.widget.TextInputWidget(template="date")
    return colander.SchemaNode(Day(), name=name, oid=name, title=title, missing_msg=missing_msg, widget=widget, **kw)


def _advise(_request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    return schema_of(
        words("words", _("Your advice"), 8, LONGEST_STORY, _("Write your advice."),
              description=_("What can they say or do themselves, and whom can they call? Write no names."))
    )  # fmt: skip


def _name(request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    return person_schema(request)


def _inform(request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    languages = [(code, LOCALES[code].own_name) for code in request.site.profile.locales]
    return schema_of(
        _day("on", _("When did you tell it?"), _("Write the day."), default=today(request.clock)),
        choice("how", _("How?"), HOW, _("Choose how you told it.")),
        choice("locale", _("In which language is the letter?"), languages, _("Choose the language of the letter."),
               default="nl"),
    )  # fmt: skip


def _do_inform(worries: Informing, case: Case, values: dict[str, Any]) -> None:
    worries.inform(case, Informed(values["on"], values["how"], values["locale"]))


def _finish(_request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    return schema_of(choice("how", _("How does it end?"), ENDS, _("Choose how it ends."),
                            description=_("Who told us of it only reads that we are done.")))  # fmt: skip


def _propose(_request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    return schema_of(
        words("why", _("Why is it not safe yet?"), 4, LONGEST_WHY, _("Write why it is not safe yet."),
              description=_("The person can read this later.")),
        _day("review_on", _("When do you look at it again?"), _("Choose the day.")),
    )  # fmt: skip


def _agree(_request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    return schema_of(choice("how", _("Do you agree?"), SECOND, _("Choose whether you agree.")))


def _do_agree(worries: Informing, case: Case, values: dict[str, Any]) -> None:
    worries.agree_to_safety(case) if values["how"] == "safety" else worries.give_back_safety(case)


def _share(request: Request, _case: Case, _worries: Informing) -> colander.Schema:
    return schema_of(
        short("party", _("Who was told? One person or organisation"), _("Write who was told."), most=120),
        words("what", _("What did you tell?"), 3, LONGEST_WHY, _("Write what you told."),
              description=_("The person reads this.")),
        choice("ground", _("Why may they know it?"), GROUNDS, _("Choose why they may know it.")),
        _day("on", _("When?"), _("Write the day."), default=today(request.clock)),
    )  # fmt: skip


def _do_share(worries: Informing, case: Case, values: dict[str, Any]) -> None:
    worries.share(case, Share(values["party"], values["what"], values["ground"], values["on"]))


ACTS = {
    "advise": Act(
        _("Give advice"), _("Give advice"), _("Give this advice"), "words", ("advise",), _advise,
        lambda worries, case, values: worries.advise(case, values["words"]),
        _("Without names. Who asked reads it on their page, behind a code, or you read it out by phone."),
    ),
    "name": Act(
        _("Write down who it is"), _("Who is it?"), _("Write this down"), "name", ("name",), _name,
        lambda worries, case, values: worries.name(case, named_of(values), Author.STAFF),
        _("Say it first: within a month we tell this person, and what you said. No name, no file."),
    ),
    "inform": Act(
        _("The person was told"), _("Write down that the person was told"), _("Write this down"), "on", ("inform",),
        _inform, _do_inform,
        _("A letter for the person is ready then, to print and give: what was said, and their rights."),
    ),
    "finish": Act(
        _("Finish it"), _("How does it end?"), _("Finish it"), "how", ("offer", "no_action", "refuse"), _finish,
        lambda worries, case, values: worries.finish(case, values["how"]),
        _("Saying no is a right. Write nothing that blames the person."),
    ),
    "share": Act(
        _("Somebody else was told"), _("Who else was told?"), _("Write this down"), "party", ("share",), _share,
        _do_share, _("One at a time, and no more than they need. The person gets it on paper."),
    ),
    "agree_safety": Act(
        _("Agree, or not: not telling it yet"), _("Not telling it yet: do you agree?"), _("Do this"), "how",
        ("safety",), _agree, _do_agree, _("Two people decide this together. Who proposed it cannot agree."), (),
        "worries/proposed.jinja2",
    ),
    "propose_safety": Act(
        _("Not safe to tell yet"), _("Not safe to tell yet"), _("Ask a colleague to agree"), "review_on",
        ("propose_safety",), _propose,
        lambda worries, case, values: worries.propose_safety(case, values["why"], values["review_on"]),
        _("Only when telling it would put somebody in danger. Until a colleague agrees the month goes on."), (),
        "worries/longest.jinja2",
    ),
}  # fmt: skip
