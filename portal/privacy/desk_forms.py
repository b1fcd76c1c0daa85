"""The forms with which a question about data is answered: one for each thing that can be done, with what it does."""

from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.acts import Act
from portal.cases.models import Case
from portal.cases.people import schema_of
from portal.cases.references import spoken
from portal.cases.schemas import Text, choice, short
from portal.privacy.items import Decided
from portal.privacy.labels import DECISIONS, PROOFS
from portal.privacy.services import PrivacyRequests

_ = TranslationStringFactory("portal")
LONGEST, LONGEST_WHY = 8000, 1000
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")
_WHY = _("Write why, in words for who asked.")


def _words(name: str, title: Any, missing_msg: Any = "", rows: int = 4, most: int = LONGEST_WHY, **kw: Any) -> Any:
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=rows), **kw,
    )  # fmt: skip


def _identity(_request: Request, case: Case, questions: PrivacyRequests) -> colander.Schema:
    proofs = PROOFS if questions.of(case).proved_at else [one for one in PROOFS if one[0] != "code"]
    return schema_of(choice("how", _("How do you know who it is?"), proofs, _("Choose how you know it.")))


def _do_identity(questions: PrivacyRequests, case: Case, values: dict[str, Any]) -> None:
    questions.check_identity(case, values["how"])


def _collect(_request: Request, _case: Case, _questions: PrivacyRequests) -> colander.Schema:
    return schema_of(
        short("numbers", _("Numbers of other requests of theirs"), "", missing="", most=200,
              description=_("With a comma between them. You may leave this empty."))
    )  # fmt: skip


def _do_collect(questions: PrivacyRequests, case: Case, values: dict[str, Any]) -> None:
    questions.items.collect(case, values["numbers"])


def _decide(request: Request, case: Case, questions: PrivacyRequests) -> colander.Schema:
    nodes = []
    kinds, say = request.registry.case_kinds, request.localizer.translate
    for item in questions.items.of(case):
        if item.done_at is not None:
            continue
        kind = kinds.get(item.kind)
        title = f"{spoken(item.reference)} {say(kind.title) if kind else ''}"
        nodes += [
            choice(f"do_{item.reference}", title, DECISIONS, _("Choose what happens with it."),
                   default=item.decision or colander.null),
            _words(f"why_{item.reference}", _("Why?"), rows=2, missing="", default=item.why),
        ]  # fmt: skip
    nodes.append(
        _words("why", _("Why does it stay? Who asked reads this."), rows=2, missing="",
               description=_("For all that you keep and for which you wrote no reason of its own."))
    )  # fmt: skip
    return schema_of(*nodes)


def _do_decide(questions: PrivacyRequests, case: Case, values: dict[str, Any]) -> None:
    start = "do_"
    chosen = {key.removeprefix(start): one for key, one in values.items() if key.startswith(start)}
    decided = {
        number: Decided(one, values[f"why_{number}"] or (values["why"] if one == "kept" else ""))
        for number, one in chosen.items()
    }
    questions.items.decide(case, questions.of(case), decided)


def _carry_out(_request: Request, _case: Case, _questions: PrivacyRequests) -> colander.Schema:
    sure = [("yes", _("Yes, throw this away"))]
    return schema_of(choice("sure", _("Are you sure?"), sure, _("Tick this when you are sure.")))


def _do_carry_out(questions: PrivacyRequests, case: Case, _values: dict[str, Any]) -> None:
    questions.items.carry_out(case)


def _answer(_request: Request, _case: Case, _questions: PrivacyRequests) -> colander.Schema:
    return schema_of(
        _words("text", _("Your answer"), _("Write your answer."), 8, LONGEST,
               description=_("What stays and what became of it stands below your words by itself."))
    )  # fmt: skip


def _do_answer(questions: PrivacyRequests, case: Case, values: dict[str, Any]) -> None:
    questions.answer(case, values["text"])


def _why(_request: Request, _case: Case, _questions: PrivacyRequests) -> colander.Schema:
    return schema_of(_words("why", _("Why? Who asked reads this."), _WHY))


def _do_extend(questions: PrivacyRequests, case: Case, values: dict[str, Any]) -> None:
    questions.extend(case, values["why"])


def _do_refuse(questions: PrivacyRequests, case: Case, values: dict[str, Any]) -> None:
    questions.refuse(case, values["why"])


ACTS = {
    "identity": Act(
        _("Write down how you know who it is"), _("Who is it?"), _("Keep this"), "how", ("check_identity",), _identity,
        _do_identity,
        _("Look at a paper if you must, and give it back. Copy nothing and write no number of it down."),
    ),
    "collect": Act(
        _("Look up what we have"), _("Look up what we have"), _("Look it up"), "numbers", ("collect",), _collect,
        _do_collect,
        _("We look for the same phone, the same e-mail, and the same name at the same address. Nothing changes yet."),
    ),
    "decide": Act(
        _("Choose what happens with it"), _("What happens with each?"), _("Keep this list"), "why", ("decide",),
        _decide, _do_decide, _("Nothing goes yet: you see once more what you are about to throw away."),
        above="privacy/found.jinja2",
    ),
    "carry_out": Act(
        _("Look at what goes, and throw it away"), _("Throw this away?"), _("Throw it away"), "sure", ("carry_out",),
        _carry_out, _do_carry_out, _("This cannot be taken back. What stays behind is the day, and that it was asked."),
        above="privacy/goes.jinja2",
    ),
    "answer": Act(
        _("Write the answer"), _("Write the answer"), _("Send this answer"), "text", ("answer",), _answer, _do_answer,
        _("They hear that it is there, and read it with a code. They can object to it until six weeks later."),
        above="privacy/found.jinja2",
    ),
    "extend": Act(
        _("Two months more"), _("Two months more"), _("Take two months more"), "why", ("extend",), _why, _do_extend,
        _("Once, and only within the first month. They hear it at once, with your reason."),
    ),
    "refuse": Act(
        _("Say no"), _("Say no"), _("Send this answer"), "why", ("refuse",), _why, _do_refuse,
        _("They hear that our answer is there, why it is no, and how to object."),
    ),
}  # fmt: skip
