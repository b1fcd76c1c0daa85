"""The forms with which a complaint is handled: one for each thing that can be done, with what it does."""

from datetime import datetime
from typing import Any

import colander
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.accounts.reading import colleagues_of_all
from portal.accounts.roles import Role
from portal.cases.acts import Act
from portal.cases.models import Case
from portal.cases.people import schema_of, wrong
from portal.cases.schemas import choice, short
from portal.cases.workflow import NotSo
from portal.complaints.desk import may
from portal.complaints.desk_fields import Clock, day_of, select_of, words_of
from portal.complaints.labels import GROUNDS, JUDGEMENTS, PARTIES
from portal.complaints.models import ComplaintPart
from portal.complaints.outcomes import Judged, Offered, Outcomes
from portal.foundation.clock import LOCAL, today
from portal.teams.placing import what_teams_are_called

_ = TranslationStringFactory("portal")
LONGEST_WHY = 1000
STARTS = [
    ("named", _("Tell them who handles it")),
    ("talk", _("First try to solve it together")),
    ("examine", _("Look into it")),
    ("told_solved", _("They told us that it is solved")),
    ("not_solved", _("It is not solved: look into it")),
]
MORE = [
    ("extend", _("Four weeks more, once (the law, article 9:11)")),
    ("until", _("Ask the complainant for time until a certain day")),
    ("pause", _("Ask the complainant not to count some days")),
    ("committee", _("A committee gives advice: ten weeks")),
]
ENDS = [("not_handle", _("We do not handle it")), ("forward", _("Somebody else has to handle it"))]
SIGN = [("sign", _("It is right: sign it and send it")), ("give_back", _("Let the writer look once more"))]
HEARD = [("hear", _("There was a hearing")), ("skip_hearing", _("There was no hearing"))]


def _open(case: Case, values: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The choices that the state of the complaint allows."""
    return [(step, words) for step, words in values if may(case, step)]


def _start(_request: Request, case: Case, _complaints: Outcomes) -> colander.Schema:
    return schema_of(choice("how", _("How do you go on?"), _open(case, STARTS), _("Choose how you go on.")))


def _do_start(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    if case.owner_id is None:
        raise NotSo("owner")
    complaints.step(case, values["how"])


def _offer(_request: Request, _case: Case, _complaints: Outcomes) -> colander.Schema:
    return schema_of(
        choice("party", _("With whom?"), PARTIES, _("Choose with whom.")),
        day_of("day", _("Day"), missing_msg=_("Choose the day.")),
        colander.SchemaNode(Clock(), name="time", oid="time", title=_("Time"), missing_msg=_("Write the time.")),
        short("place", _("Where?"), _("Write where it is, such as: at home, or the town hall."), most=200),
        short("interpreter", _("Interpreter for which language?"), "", missing="", most=60),
    )


def _do_offer(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    starts_at = datetime.combine(values["day"], values["time"], LOCAL)
    complaints.offer_hearing(case, Offered(values["party"], starts_at, values["place"], values["interpreter"]))


def _hear(_request: Request, case: Case, complaints: Outcomes) -> colander.Schema:
    def said(node: Any, values: dict[str, Any]) -> None:
        if values["how"] == "skip_hearing" and not values["why"]:
            wrong(node, "why", _("Write why there was no hearing: they did not want it, or did not answer in time."))

    words = dict(PARTIES)
    reports = [words_of(f"report_{one.number}", words[one.party], rows=6, missing="",
                      description=_("What was said, in short. Both sides may read it."))
               for one in complaints.hearings(case)]  # fmt: skip
    return schema_of(
        choice("how", _("Was there a hearing?"), _open(case, HEARD), _("Choose whether there was a hearing.")),
        *reports,
        short("why", _("No hearing: why?"), "", missing="", most=300),
        validator=said,
    )


def _do_hear(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    if values["how"] == "skip_hearing":
        complaints.skip_hearing(case, values["why"])
        return
    start = "report_"
    complaints.hear(case, {int(key.removeprefix(start)): text for key, text in values.items() if key.startswith(start)})


def _conclude(_request: Request, case: Case, complaints: Outcomes) -> colander.Schema:
    before = complaints.of(case)  # given back, one goes on with what stood there
    nodes = [words_of("findings", _("What did you hear and see?"), _("Write what you found."), 8,
                    default=before.findings or "",
                    description=_("Facts first. Write it as you would tell it to both sides."))]  # fmt: skip
    for part in complaints.parts(case):
        nodes += _judging(part)
    nodes.append(
        words_of(
            "conclusions",
            _("What will change?"),
            _("Write what will change. “Nothing” needs a reason."),
            4,
            default=before.conclusions or "",
        )
    )
    return schema_of(*nodes)


def _judging(part: ComplaintPart) -> list[Any]:
    """The questions about one point; what was said of it stands above the form."""
    of = {"number": part.number}
    return [
        choice(f"judgement_{part.number}", _("What do you find of point ${number}?", mapping=of), JUDGEMENTS,
               _("Choose what you find of point ${number}.", mapping=of), default=part.judgement or ""),
        words_of(f"why_{part.number}", _("Why do you find this of point ${number}?", mapping=of),
               _("Write why you find this of point ${number}.", mapping=of), 3, default=part.why),
    ]  # fmt: skip


def _do_conclude(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    judged = {part.number: Judged(values[f"judgement_{part.number}"], values[f"why_{part.number}"])
              for part in complaints.parts(case)}  # fmt: skip
    complaints.conclude(case, values["findings"], values["conclusions"], judged)


def _sign(_request: Request, _case: Case, _complaints: Outcomes) -> colander.Schema:
    return schema_of(choice("how", _("Is it right?"), SIGN, _("Choose what you do.")))


def _do_sign(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    complaints.sign(case) if values["how"] == "sign" else complaints.give_back(case)


def _time(_request: Request, _case: Case, _complaints: Outcomes) -> colander.Schema:
    def dated(node: Any, values: dict[str, Any]) -> None:
        if values["how"] in {"until", "pause"} and values["until"] is None:
            wrong(node, "until", _("Choose until when."))
        if values["how"] == "pause" and values["first"] is None:
            wrong(node, "first", _("Choose the first day that does not count."))

    return schema_of(
        choice("how", _("What do you need?"), MORE, _("Choose what you need.")),
        words_of("why", _("Why? The complainant reads this."), _("Write why, in words for the complainant."), 3,
               LONGEST_WHY),
        day_of("first", _("First day that does not count"), missing=None),
        day_of("until", _("Until and including"), missing=None),
        validator=dated,
    )  # fmt: skip


def _do_time(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    if values["how"] == "extend":
        complaints.extend(case, values["why"])
    elif values["how"] == "committee":
        complaints.with_committee(case)
    else:
        complaints.ask_more(case, values["until"], values["why"], values["first"] if values["how"] == "pause" else None)


def _walls(request: Request, _case: Case, _complaints: Outcomes) -> colander.Schema:
    def somebody(node: Any, values: dict[str, Any]) -> None:
        if bool(values["staff"]) == bool(values["team"]):
            wrong(node, "staff", _("Choose one: somebody, or a whole team."))

    everybody = colleagues_of_all(request.reader, map(str, Role), today(request.clock))
    nobody = ("", request.localizer.translate(_("Nobody")))
    teams = what_teams_are_called(request.looking.connection())
    return schema_of(
        select_of("staff", _("From whom?"), [nobody, *((str(key), name) for key, name in everybody)]),
        select_of("team", _("From which team?"), [nobody, *((slug, team.name) for slug, team in teams.items())]),
        validator=somebody,
    )


def _do_walls(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    staff_id = int(values["staff"]) if values["staff"] else None
    complaints.keep_from(case, staff_id=staff_id, team=values["team"] or None)


def _concerned(request: Request, case: Case, _complaints: Outcomes) -> colander.Schema:
    schema = _walls(request, case, _complaints)
    schema["staff"].title, schema["team"].title = _("Whom do you tell?"), _("Or who leads this team")
    schema["team"].default = case.answers["team"]
    return schema


def _do_concerned(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    staff_id = int(values["staff"]) if values["staff"] else None
    complaints.tell_concerned(case, staff_id=staff_id, team=values["team"] or None)


def _leave(_request: Request, case: Case, _complaints: Outcomes) -> colander.Schema:
    def told(node: Any, values: dict[str, Any]) -> None:
        if values["how"] == "not_handle" and not values["ground"]:
            wrong(node, "ground", _("Choose the reason in the law."))
        if values["how"] == "forward" and not values["to"]:
            wrong(node, "to", _("Write to whom it goes, with a phone number."))

    return schema_of(
        choice("how", _("What do you do?"), _open(case, ENDS), _("Choose what you do.")),
        select_of("ground", _("The reason in the law (article 9:8)"), [("", "–"), *GROUNDS]),
        short("to", _("To whom does it go? Name and phone"), "", missing="", most=200),
        words_of("why", _("Why? The complainant reads this."), _("Write why, in words for the complainant."), 3,
               LONGEST_WHY),
        validator=told,
    )  # fmt: skip


def _do_leave(complaints: Outcomes, case: Case, values: dict[str, Any]) -> None:
    if values["how"] == "not_handle":
        complaints.leave(case, values["ground"], values["why"])
    else:
        complaints.forward(case, values["to"], values["why"])


ACTS = {
    "start": Act(
        _("Say how you go on"), _("How do you go on?"), _("Go on"), "how",
        ("named", "talk", "examine", "told_solved", "not_solved"), _start, _do_start,
        _("The complainant hears your name and what happens next."),
    ),
    "tell_concerned": Act(
        _("Tell whom it is about"), _("Tell whom it is about"), _("Tell them"), "staff", ("tell_concerned",),
        _concerned, _do_concerned,
        _("They get a mail with your name and the number, not what was said. A copy on paper waits with the letters: "
          "print it and give it to them yourself. From now on they find nothing of this."),
    ),
    "offer_hearing": Act(
        _("Offer a hearing"), _("Offer a hearing"), _("Offer this hearing"), "day", ("offer_hearing",), _offer,
        _do_offer, _("Both sides get the chance to tell their story. Offer each of them one."),
    ),
    "hear": Act(
        _("Write down what was said"), _("Write down what was said"), _("Keep this report"), "how",
        ("hear", "skip_hearing"), _hear, _do_hear,
    ),
    "conclude": Act(
        _("Write the conclusion"), _("Write the conclusion"), _("Keep it to be signed"), "findings", ("conclude",),
        _conclude, _do_conclude, _("Nothing goes out yet: somebody else reads it and signs."), (),
        "complaints/to_conclude.jinja2",
    ),
    "sign": Act(
        _("Read and sign"), _("Read and sign"), _("Do this"), "how", ("sign", "give_back"), _sign, _do_sign,
        _("Once signed, it goes to the complainant, with the name of the ombudsman."),
        (Role.COMPLAINT_COORDINATOR,), "complaints/to_sign.jinja2",
    ),
    "time": Act(
        _("More time"), _("More time"), _("Do this"), "how", ("extend", "ask_more"), _time, _do_time,
        _("You can take four weeks once. About all other time the complainant decides."),
    ),
    "walls": Act(
        _("Keep it from somebody"), _("Keep it from somebody"), _("Keep it from them"), "staff", ("keep_from",), _walls,
        _do_walls, _("They no longer find it, anywhere. This cannot be taken back."),
    ),
    "leave": Act(
        _("Do not handle it, or pass it on"), _("Do not handle it, or pass it on"), _("Do this"), "how",
        ("not_handle", "forward"), _leave, _do_leave,
        _("The law lets you leave it. You may also handle it all the same."),
    ),
}  # fmt: skip
