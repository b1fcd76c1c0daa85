"""Readers say whether a page was of use."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.foundation.security import Permission
from portal.pages.resources import ReactionDesk
from portal.pages.schemas import ReactionSchema
from portal.pages.services import ReactionService
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
ANSWERS = {"ja": "yes", "nee": "no"}


def _form(request: Request) -> Form:
    return request.form(ReactionSchema(), _("Send my reaction"))


@view_config(route_name="pages.react", renderer="pages/react.jinja2", permission=Permission.READ, request_method="GET")
def show_reaction(context: ReactionDesk, request: Request) -> dict[str, Any]:
    """The form, for the page one came from."""
    page = request.GET.get("pagina", "")
    if not request.link(f"page:{page}"):
        raise HTTPNotFound()
    answer = ANSWERS.get(request.GET.get("nuttig", ""), "")
    return {"form": _form(request).fill({"page": page, "useful": answer, "remark": ""})}


@view_config(
    route_name="pages.react", renderer="pages/react.jinja2", permission=Permission.REACT, request_method="POST"
)
def react(context: ReactionDesk, request: Request) -> dict[str, Any] | Response:
    """Keep the reaction and say thank you."""
    form = _form(request)
    try:
        values = form.submit()
        ReactionService(request.db, request.clock.now()).react(
            values["page"], request.locale.code, values["useful"] == "yes", values["remark"]
        )
    except Wrong:
        request.response.status_int = 422
        return {"form": form}
    except Trapped:
        pass
    except LookupError as fault:
        raise HTTPNotFound() from fault
    return HTTPSeeOther(request.route_path("pages.thanks"))


@view_config(
    route_name="pages.thanks", renderer="pages/thanks.jinja2", permission=Permission.READ, request_method="GET",
    kept=True,
)  # fmt: skip
def show_thanks(context: ReactionDesk, request: Request) -> dict[str, Any]:
    """Thank you, and the way back."""
    return {}
