"""The pool of experts: for who coordinates second opinions, and as a public list without phone and e-mail."""

from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.people import NO_EMAIL, NO_PHONE, schema_of, wrong
from portal.cases.resources import FormDesk
from portal.cases.schemas import Text, email, phone, short
from portal.cases.workflow import NotSo
from portal.foundation.clock import local_now, next_midnight, today
from portal.foundation.security import Permission
from portal.messaging.rules import mobile
from portal.opinions.judges import pool
from portal.opinions.pool import FIELDS, Pool
from portal.opinions.resources import ExpertFile, PoolDesk
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
DONE = {"nieuw": _("Added. From now on you can ask this expert."), "bewaard": _("Kept."),
        "gestopt": _("This expert is not asked any more."), "weer": _("This expert can be asked again.")}  # fmt: skip
KNOWN = _("Somebody in the list has this e-mail address already.")
LONGEST, LONGEST_ABOUT, MOST_HOURS = 120, 600, 40


def _reachable(node: Any, values: dict[str, Any]) -> None:
    if not mobile(phone(values["phone"]) or ""):
        wrong(node, "phone", NO_PHONE)
    if not email(values["email"]):
        wrong(node, "email", NO_EMAIL)


def _form(request: Request, button: Any) -> Form:
    return request.form(
        schema_of(
            short("name", _("Name"), _("Write the name."), most=LONGEST),
            short("employer", _("Employer"), _("Write who employs them."), most=LONGEST,
                  description=_("As it is called in full: it decides of which plans they are independent.")),
            short("profession", _("Profession"), _("Write the profession."), most=LONGEST),
            short("languages", _("Languages"), _("Write the languages."), most=200,
                  description=_("With commas, such as: Nederlands, Turks.")),
            colander.SchemaNode(
                Text(), name="about", oid="about", title=_("About this expert"), missing="",
                description=_("Everybody can read this. Two sentences are enough."),
                validator=colander.Length(max=LONGEST_ABOUT, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")),  # noqa: E501
                widget=deform.widget.TextAreaWidget(rows=3),
            ),
            colander.SchemaNode(
                colander.Integer(), name="free_hours", oid="free_hours", title=_("Free hours a week"),
                missing_msg=_("Write how many hours."),
                validator=colander.Range(0, MOST_HOURS, min_err=_("Write a number from 0 to 40."),
                                         max_err=_("Write a number from 0 to 40.")),
            ),
            short("phone", _("Mobile phone"), NO_PHONE, most=20, description=_("For the code. Nobody else sees it.")),
            short("email", _("E-mail address"), NO_EMAIL, most=254,
                  description=_("For the link. Nobody else sees it.")),
            validator=_reachable,
        ),
        button,
    )  # fmt: skip


def _tidy(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "phone": phone(values["phone"]), "email": (email(values["email"]) or "").casefold()}


def _back(request: Request, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("experts.list", _query={done: "1"}))


def _page(request: Request, form: Form) -> dict[str, Any]:
    day = today(request.clock)
    people = Pool(request.looking, request.clock.now()).everybody()
    return {
        "form": form, "people": [(one, one.left_on is not None and one.left_on <= day) for one in people],
        "done": next((words for word, words in DONE.items() if word in request.GET), None),
    }  # fmt: skip


@view_config(
    route_name="experts.list", renderer="opinions/pool.jinja2", permission=Permission.POOL_READ, request_method="GET"
)
def show_pool(context: PoolDesk, request: Request) -> dict[str, Any]:
    """Everybody, and a form for one more."""
    return _page(request, _form(request, _("Add")))


@view_config(
    route_name="experts.list", renderer="opinions/pool.jinja2", permission=Permission.POOL_KEEP, request_method="POST"
)
def add_expert(context: PoolDesk, request: Request) -> Any:
    """One more."""
    form = _form(request, _("Add"))
    try:
        Pool(request.db, request.clock.now()).add(_tidy(form.submit()))
        return _back(request, "nieuw")
    except NotSo:
        form.refuse("email", KNOWN)
    except Wrong:
        pass
    except Trapped:
        return _back(request, "bewaard")
    request.response.status_int = 422
    return _page(request, form)


def _one(context: ExpertFile, request: Request, form: Form) -> dict[str, Any]:
    return {"form": form, "expert": context.expert, "stopped": context.expert.left_on is not None}


@view_config(
    route_name="experts.one", renderer="opinions/pool_one.jinja2", permission=Permission.POOL_READ,
    request_method="GET",
)  # fmt: skip
def show_expert(context: ExpertFile, request: Request) -> dict[str, Any]:
    """What is known of one, to be changed."""
    form = _form(request, _("Keep"))
    return _one(context, request, form.fill({name: getattr(context.expert, name) for name in FIELDS}))


@view_config(
    route_name="experts.one", renderer="opinions/pool_one.jinja2", permission=Permission.POOL_KEEP,
    request_method="POST",
)  # fmt: skip
def change_expert(context: ExpertFile, request: Request) -> Any:
    """Other details; or, as the button says, not asked any more, or again."""
    people = Pool(request.db, request.clock.now())
    if "stop" in request.POST or "start" in request.POST:
        people.end(context.expert) if "stop" in request.POST else people.again(context.expert)
        return _back(request, "gestopt" if "stop" in request.POST else "weer")
    form = _form(request, _("Keep"))
    try:
        people.change(context.expert, _tidy(form.submit()))
        return _back(request, "bewaard")
    except NotSo:
        form.refuse("email", KNOWN)
    except Wrong:
        pass
    except Trapped:
        return _back(request, "bewaard")
    request.response.status_int = 422
    return _one(context, request, form)


@view_config(
    route_name="experts.public", renderer="opinions/experts.jinja2", permission=Permission.READ, request_method="GET",
    kept=True,
)  # fmt: skip
def show_experts(context: FormDesk, request: Request) -> dict[str, Any]:
    """Who judges plans: everybody may know, but not how to reach them."""
    request.page_true_until(next_midnight(local_now(request.clock)))
    people = sorted(pool(request.looking, today(request.clock)), key=lambda one: one.name)
    return {"people": [{name: getattr(one, name) for name in ("name", "employer", "profession", "languages", "about")}
                       for one in people]}  # fmt: skip
