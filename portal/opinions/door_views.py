"""The door of experts on screen: link, code, what they are asked, and going out again."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.limits import Limits
from portal.cases.notices import about_for_staff
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.schemas import CodeSchema
from portal.cases.tracking import VISIT_LASTS
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from portal.foundation.security import Permission
from portal.messaging.services import Messages
from portal.opinions.door_entry import LINK, VISIT, Inside, closed, door_of, enter
from portal.opinions.door_forms import declaration, sign_form, stop_form
from portal.opinions.follow_forms import documents
from portal.opinions.independence import in_lines
from portal.opinions.kind import JUDGE
from portal.opinions.labels import FOR_EXPERT
from portal.opinions.models import Invitation
from portal.opinions.releasing import DOCUMENT
from portal.opinions.sending import service
from portal.teams.placing import what_teams_are_called
from portal.ui.dates import day_and_year
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
CODES_A_LINK = 5
WRONG_CODE = _("This code is not right, or it is older than 10 minutes. Ask a new one.")


def go(request: Request, name: str, **query: str) -> HTTPSeeOther:
    """On to a page of the door."""
    return HTTPSeeOther(request.route_path(f"experts.{name}", _query=query or None))


def _linked(request: Request) -> Invitation | None:
    return door_of(request).by_link(cookies.read(request, LINK))


# The link and the code


@view_config(
    route_name="experts.link", renderer="opinions/door_link.jinja2", permission=Permission.READ, request_method="GET"
)
def show_link(context: FollowDesk, request: Request) -> Any:
    """The door behind the link: one button, so that what opens links by itself does not have a code sent."""
    found = door_of(request).by_link(request.matchdict["token"])
    return {} if found else closed(request)


@view_config(route_name="experts.link", permission=Permission.FOLLOW, request_method="POST")
def knock(context: FollowDesk, request: Request) -> Any:
    """Send the code, and leave the address with the secret behind."""
    token = request.matchdict["token"]
    found = door_of(request).by_link(token)
    if found is None:
        return closed(request)
    sent = _send(request, found)
    return cookies.keep(request, go(request, "code", **sent), LINK, token, VISIT_LASTS)


def _send(request: Request, invitation: Invitation) -> dict[str, str]:
    """Send a code to the phone that the pool knows, a few times a quarter of an hour."""
    now, side = request.clock.now(), f"{invitation.case_id}:{invitation.number}"
    if not Limits(request.db, now).allows("expert-code", side, CODES_A_LINK):
        return {"wacht": "1"}
    code = door_of(request).make_code(invitation)
    words = request.localizer.translate(_("Your code is ${code}. It works for 10 minutes.", mapping={"code": code}))
    Messages(request.db, now).send(
        dedupe_key=f"{side}:code:{now.isoformat()}", about=about_for_staff(invitation.case_id), channel="sms",
        recipient=service(request).expert(invitation).phone, subject=request.localizer.translate(_("Your code")),
        text=words, locale=request.locale.code,
    )  # fmt: skip
    return {"gestuurd": "1"}


def _code_page(request: Request, form: Form) -> dict[str, Any]:
    return {"form": form, "sent": "gestuurd" in request.GET, "waits": "wacht" in request.GET}


@view_config(
    route_name="experts.code", renderer="opinions/door_code.jinja2", permission=Permission.READ, request_method="GET"
)
def show_code(context: FollowDesk, request: Request) -> Any:
    """Where the code is typed."""
    if _linked(request) is None:
        return closed(request)
    return _code_page(request, request.form(CodeSchema(), _("Open")))


@view_config(
    route_name="experts.code", renderer="opinions/door_code.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def give_code(context: FollowDesk, request: Request) -> Any:
    """Let in who has the code. A wrong one counts, though its answer is an error."""
    form, link = request.form(CodeSchema(), _("Open")), cookies.read(request, LINK)
    with writing(request.site.engine) as session:
        door = door_of(request, session)
        if door.by_link(link) is None:
            return closed(request)
        try:
            token = door.give_code(link, form.submit()["code"])
        except (Wrong, Trapped):
            request.response.status_int = 422
            return _code_page(request, form)
    if token is None:
        form.refuse("code", WRONG_CODE)
        request.response.status_int = 422
        return _code_page(request, form)
    kept = cookies.keep(request, go(request, "home"), VISIT, token, VISIT_LASTS * 16)
    return cookies.drop(request, kept, LINK)


@view_config(route_name="experts.send_code", permission=Permission.FOLLOW, request_method="POST")
def send_code(context: FollowDesk, request: Request) -> Any:
    """One more code."""
    found = _linked(request)
    return go(request, "code", **_send(request, found)) if found else closed(request)


@view_config(route_name="experts.leave", permission=Permission.FOLLOW, request_method="POST")
def leave(context: FollowDesk, request: Request) -> Response:
    """End the visit: who comes next to this computer sees nothing."""
    door_of(request).leave(cookies.read(request, VISIT))
    gone = HTTPSeeOther(request.route_path("experts.public"))
    return cookies.drop(request, cookies.drop(request, gone, VISIT), LINK)


# What they are asked


def around(request: Request, who: Inside, form: Form | None = None, **more: Any) -> dict[str, Any]:
    """What every page of the door shows: which plan it is about, and nothing of who asked."""
    team = what_teams_are_called(request.looking.connection()).get(who.asked.team_slug or "")
    return {
        "form": form, "reference": spoken(who.case.reference), "expert": who.expert, "invitation": who.invitation,
        "asked": who.asked, "team": team.name if team else None, "providers": in_lines(who.asked.providers),
        "case": who.case, **more,
    }  # fmt: skip


def names(request: Request, who: Inside) -> list[tuple[str, str]]:
    """What the expert may see now, as (item, words)."""
    given, there = who.opinions.given(who.case), documents(request, who.case)
    plain = [(item, request.localizer.translate(words)) for item, words in FOR_EXPERT.items() if item in given]
    return plain + [(item, name) for item, name in there.items() if item in given]


@view_config(
    route_name="experts.home", renderer="opinions/door_home.jinja2", permission=Permission.READ, request_method="GET"
)
def show_home(context: FollowDesk, request: Request) -> Any:
    """What is asked now, and what may be seen."""
    who = enter(request)
    if isinstance(who, Response):
        return who
    opinions = who.opinions
    due = {term.key: term.due_on for term in opinions.desk.open_terms(who.case)}.get(JUDGE)
    invited = request.policies["second_opinion_invited"].due(who.invitation.invited_at)
    back = [one.taken_back_at for one in opinions.releases(who.case) if one.taken_back_at is not None]
    at_work = who.invitation.state == "accepted" and who.case.state == "under_review"
    return around(
        request, who, items=names(request, who) if at_work else [], due=due, answer_by=invited, at_work=at_work,
        taken_back=day_and_year(local_date(max(back)), request.locale) if back else None, document=DOCUMENT,
    )  # fmt: skip


def _sign(request: Request, who: Inside, form: Form) -> dict[str, Any]:
    return around(request, who, form, declaration=declaration(request))


@view_config(
    route_name="experts.sign", renderer="opinions/door_sign.jinja2", permission=Permission.READ, request_method="GET"
)
def show_sign(context: FollowDesk, request: Request) -> Any:
    """The words to sign, beside what is known of the plan."""
    who = enter(request)
    if isinstance(who, Response):
        return who
    if who.invitation.state != "invited":
        return go(request, "home")
    return _sign(request, who, sign_form(request))


@view_config(
    route_name="experts.sign", renderer="opinions/door_sign.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def sign(context: FollowDesk, request: Request) -> Any:
    """Signed, and so proposed to who asked."""
    who = enter(request)
    if isinstance(who, Response):
        return who
    form = sign_form(request)
    try:
        name = form.submit()["name"]
        day = day_and_year(local_date(request.clock.now()), request.locale)
        who.opinions.propose(who.case, f"{declaration(request)}\n{name}, {day}")
    except Wrong:
        request.response.status_int = 422
        return _sign(request, who, form)
    except (Trapped, StepRefused, NotSo):
        pass
    return go(request, "home")


@view_config(
    route_name="experts.stop", renderer="opinions/door_stop.jinja2", permission=Permission.READ, request_method="GET"
)
def show_stop(context: FollowDesk, request: Request) -> Any:
    """No, or not any more."""
    who = enter(request)
    return who if isinstance(who, Response) else around(request, who, stop_form(request))


@view_config(
    route_name="experts.stop", renderer="opinions/door_stop.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def stop(context: FollowDesk, request: Request) -> Any:
    """They do not do it; another is looked for, and this door closes."""
    who = enter(request)
    if isinstance(who, Response):
        return who
    form = stop_form(request)
    try:
        why = form.submit()["why"]
        if who.invitation.state == "invited":
            who.opinions.decline(who.case, why)
        else:
            who.opinions.end_expert(who.case, Author.EXPERT, why)
    except Wrong:
        request.response.status_int = 422
        return around(request, who, form)
    except (Trapped, StepRefused, NotSo):
        return go(request, "home")
    return go(request, "done")


@view_config(
    route_name="experts.done", renderer="opinions/door_done.jinja2", permission=Permission.READ, request_method="GET"
)
def show_done(context: FollowDesk, request: Request) -> Any:
    """Thank you; there is nothing more to see here."""
    return {"wrote": "geschreven" in request.GET}
