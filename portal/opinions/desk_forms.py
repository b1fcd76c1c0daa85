"""The forms with which a second opinion is guided: one for each thing that the coordinator does."""

from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.acts import Act
from portal.cases.models import Case
from portal.cases.people import schema_of
from portal.cases.schemas import Text, choice, short
from portal.cases.workflow import Author, NotSo
from portal.foundation.clock import today
from portal.opinions.follow_forms import item_names
from portal.opinions.judges import weigh
from portal.opinions.judging import Judging
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.services import Facts
from portal.teams.placing import what_teams_are_called

_ = TranslationStringFactory("portal")
LONGEST, LONGEST_WHY, LONGEST_NAME = 4000, 500, 120
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")
HEARD = [
    ("heard_accept_expert", _("Yes to the expert")),
    ("heard_refuse_expert", _("Would like another expert")),
    ("heard_agreed_original", _("Agrees with the plan as it was")),
    ("heard_agreed_changed", _("Agrees with the changed plan")),
    ("heard_agreed_alternative", _("Another way suits them")),
    ("heard_not_agree", _("Is not content")),
    ("heard_leave_it", _("Is not content, and leaves it at this")),
]
HEARD_RELEASE = ("heard_release", "heard_change_release")


def may(case: Case, step: str) -> bool:
    """Whether staff can take this step now."""
    return SECOND_OPINION.may(step, case.state, Author.STAFF, case.answers)


def _words(name: str, title: Any, missing_msg: Any = "", rows: int = 4, most: int = LONGEST, **kw: Any) -> Any:
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=rows), **kw,
    )  # fmt: skip


def _outside(_request: Request, _case: Case, _opinions: Judging) -> colander.Schema:
    def ticked(node: Any, value: bool) -> None:
        if not value:
            raise colander.Invalid(node, _("Tick this when it is so. Is it not so? Give it to a colleague."))

    return schema_of(
        colander.SchemaNode(
            colander.Boolean(), name="outside", oid="outside", title=_("Are you independent?"), validator=ticked,
            widget=deform.widget.CheckboxWidget(label=_("I work in no team, and had nothing to do with this plan.")),
        )
    )  # fmt: skip


def _acknowledge(opinions: Judging, case: Case, _values: dict[str, Any]) -> None:
    if case.owner_id is None:
        raise NotSo("owner")
    opinions.acknowledge(case)


def _plan(request: Request, case: Case, opinions: Judging) -> colander.Schema:
    asked, teams = opinions.of(case), what_teams_are_called(request.looking.connection())
    unknown = ("", request.localizer.translate(_("I do not know")))
    return schema_of(
        short("author_name", _("Who made the plan?"), "", missing="", most=LONGEST_NAME, default=asked.author_name),
        short("author_employer", _("Who employs them?"), _("Write the organisation that employs them."),
              most=LONGEST_NAME, default=asked.author_employer),
        _words("providers", _("Who is paid for the plan?"), missing="", default=asked.providers,
               description=_("One organisation on each line. Nobody? Leave it empty.")),
        colander.SchemaNode(
            colander.String(), name="team", oid="team", title=_("Of which team is it?"), missing="",
            default=asked.team_slug or "", validator=colander.OneOf(["", *teams]),
            widget=deform.widget.SelectWidget(values=[unknown, *((slug, one.name) for slug, one in teams.items())]),
        ),
    )  # fmt: skip


def _do_plan(opinions: Judging, case: Case, values: dict[str, Any]) -> None:
    facts = Facts(values["author_name"], values["author_employer"], values["providers"], values["team"] or None)
    opinions.check_plan(case, facts)


def _invite(request: Request, case: Case, opinions: Judging) -> colander.Schema:
    free = []
    for one in weigh(request.looking, opinions.of(case), today(request.clock)):
        if not one.against:
            hours = _("free hours a week: ${hours}", mapping={"hours": one.expert.free_hours})
            parts = (f"{one.expert.name} ({one.expert.employer})", one.expert.profession, one.expert.languages,
                     request.localizer.translate(hours))  # fmt: skip
            free.append((str(one.expert.id), "; ".join(parts)))
    return schema_of(choice("expert", _("Whom do you ask?"), free, _("Choose an expert.")))


def _do_invite(opinions: Judging, case: Case, values: dict[str, Any]) -> None:
    opinions.invite(case, opinions.in_pool(int(values["expert"])))


def _why(_request: Request, _case: Case, _opinions: Judging) -> colander.Schema:
    return schema_of(_words("why", _("Why?"), _("Write why."), 3, LONGEST_WHY))


def _heard(_request: Request, case: Case, opinions: Judging) -> colander.Schema:
    left = opinions.refusals_left(case)
    values = [(step, words) for step, words in HEARD
              if may(case, step) and (step != "heard_refuse_expert" or left > 0)]  # fmt: skip
    return schema_of(
        choice("what", _("What did they tell you?"), values, _("Choose what they told you.")),
        short("why", _("Why another expert?"), "", missing="", most=300,
              description=_("Only if they want to say it.")),
    )  # fmt: skip


def _do_heard(opinions: Judging, case: Case, values: dict[str, Any]) -> None:
    what = values["what"].removeprefix("heard_")
    if what == "accept_expert":
        opinions.accept(case, Author.STAFF)
    elif what == "refuse_expert":
        opinions.refuse(case, Author.STAFF, values["why"])
    else:
        opinions.answer(case, Author.STAFF, what)


def _release(request: Request, case: Case, opinions: Judging) -> colander.Schema:
    named = item_names(request, case)
    possible = opinions.possible(case, [item.partition(":")[2] for item in named if ":" in item])

    def known(node: Any, found: set[Any]) -> None:
        if not found <= set(possible):
            raise colander.Invalid(node, _("Choose from the list."))

    items = colander.SchemaNode(
        colander.Set(), name="items", oid="items", title=_("What may the expert see?"), missing=set(), validator=known,
        default=set(opinions.given(case)), description=_("Tick only what they told you. They get a message of it."),
        widget=deform.widget.CheckboxChoiceWidget(values=[(item, named[item]) for item in possible]),
    )  # fmt: skip
    return schema_of(items)


def _do_release(opinions: Judging, case: Case, values: dict[str, Any]) -> None:
    opinions.release(case, Author.STAFF, values["items"])


def _note(_request: Request, _case: Case, _opinions: Judging) -> colander.Schema:
    return schema_of(
        _words("note", _("What did you agree?"), _("Write what you agreed."), 6,
               description=_("The resident can read this. Write it as you would say it."))
    )  # fmt: skip


ACTS = {
    "acknowledge": Act(
        _("Tell them that you take care of it"), _("Tell them that you take care of it"), _("Tell them"), "outside",
        ("acknowledge",), _outside, _acknowledge,
        _("They hear your name, and when they hear who the expert is."),
    ),
    "plan": Act(
        _("Who made the plan"), _("Who made the plan"), _("I looked at it: keep this"), "author_employer",
        ("invite", "end_expert"), _plan, _do_plan,
        _("This decides who is independent. Who judges now is weighed again with it."),
    ),
    "invite": Act(
        _("Ask an expert"), _("Ask an expert"), _("Ask this expert"), "expert", ("invite",), _invite, _do_invite,
        _("They get a link by mail and a code by phone. They do not see who the resident is."), (),
        "opinions/to_invite.jinja2",
    ),
    "call_off": Act(
        _("Do not wait any more"), _("Do not wait any more"), _("Do not wait any more"), "why", ("call_off",), _why,
        lambda opinions, case, values: opinions.call_off(case, Author.STAFF, values["why"]),
        _("The link no longer works. Then you can ask another."),
    ),
    "heard": Act(
        _("They told me by phone"), _("They told me by phone"), _("Write it down"), "what",
        tuple(step for step, _words_of in HEARD), _heard, _do_heard,
        _("Write down only what they said. They get a message of what you wrote down."),
    ),
    "heard_release": Act(
        _("They told me what the expert may see"), _("They told me what the expert may see"), _("Write it down"),
        "items", HEARD_RELEASE, _release, _do_release,
        _("Ask it item by item. Without their yes nothing is shown."),
    ),
    "follow_up": Act(
        _("We talked about the opinion"), _("We talked about the opinion"), _("Keep this"), "note", ("follow_up",),
        _note, lambda opinions, case, values: opinions.follow_up(case, values["note"]),
    ),
    "talk_on": Act(
        _("We talked, as they are not content"), _("We talked, as they are not content"), _("Keep this"), "note",
        ("talk_on",), _note, lambda opinions, case, values: opinions.talk_on(case, values["note"]),
        _("They hear where else they can go: a complaint, objection, a client supporter, the ombudsman."),
    ),
    "end_expert": Act(
        _("The expert stops"), _("The expert stops"), _("Stop, and look for another"), "why", ("end_expert",), _why,
        lambda opinions, case, values: opinions.end_expert(case, Author.STAFF, values["why"]),
        _("From then on the expert sees nothing. The resident hears that we look for another."),
    ),
}  # fmt: skip
#: What needs somebody who is asked, and what needs nobody.
NEED_NOBODY, NEED_SOMEBODY = frozenset({"invite"}), frozenset({"call_off"})
