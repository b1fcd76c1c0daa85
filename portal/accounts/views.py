"""One's own account: what one may, when one signed in, new recovery codes."""

from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.accounts.identity import reader, sign_in
from portal.accounts.labels import NO_CODE, ROLES
from portal.accounts.resources import OwnAccount, StaffRoom
from portal.accounts.schemas import CodeSchema
from portal.accounts.sign_in import Refused
from portal.foundation.clock import LOCAL
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")


@view_config(
    route_name="accounts.account", renderer="accounts/account.jinja2", permission=Permission.STAFF_ENTER,
    request_method="GET",
)  # fmt: skip
def show_account(context: StaffRoom, request: Request) -> dict[str, Any]:
    """Who one is here."""
    who, read = request.identity, reader(request)
    return {
        "who": who, "email": read.email(who.staff_id), "roles": read.roles(who.staff_id), "role_words": ROLES,
        "sign_ins": [(at.astimezone(LOCAL), place) for at, place in read.sign_ins(who.staff_id)],
        "codes_left": read.codes_left(who.staff_id),
    }  # fmt: skip


@view_config(
    route_name="accounts.codes", renderer="accounts/codes.jinja2", permission=Permission.STAFF_ENTER,
    request_method="GET",
)  # fmt: skip
def show_codes(context: OwnAccount, request: Request) -> dict[str, Any]:
    """New recovery codes are made for who shows a code; a screen left open is not enough."""
    return {"form": request.form(CodeSchema(), _("Make new codes"))}


@view_config(
    route_name="accounts.codes", renderer="accounts/codes.jinja2", permission=Permission.STAFF_OWN,
    request_method="POST",
)  # fmt: skip
def make_codes(context: OwnAccount, request: Request) -> dict[str, Any] | Response:
    """Show them, this once."""
    form: Form = request.form(CodeSchema(), _("Make new codes"))
    try:
        codes = sign_in(request).new_recovery_codes(request.identity.staff_id, form.submit()["code"])
    except (Refused, Trapped):
        form.refuse("code", NO_CODE)
    except Wrong:
        pass
    else:
        return render_to_response("accounts/codes_shown.jinja2", {"codes": codes}, request=request)
    request.response.status_int = 422
    return {"form": form}
