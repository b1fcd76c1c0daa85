"""What the forms at the door accept. They check form; whether it leads in is for the services."""

from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.accounts.rules import LONGEST

_ = TranslationStringFactory("portal")
#: Longer than anything that could be right; not looked at further.
_MOST = 500


def _secret(name: str, title: Any, missing_msg: Any, autocomplete: str, **kw: Any) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(), name=name, oid=name, title=title, missing_msg=missing_msg,
        widget=deform.widget.PasswordWidget(strip=False, autocomplete=autocomplete), **kw,
    )  # fmt: skip


class SignInSchema(colander.Schema):
    """The first step."""

    email = colander.SchemaNode(
        colander.String(), oid="email", title=_("E-mail address"), missing_msg=_("Fill in your e-mail address."),
        widget=deform.widget.TextInputWidget(autocomplete="username", inputmode="email"),
        validator=colander.Length(
            max=_MOST, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
    )  # fmt: skip
    password = _secret("password", _("Password"), _("Fill in your password."), "current-password")


class CodeSchema(colander.Schema):
    """The code of now."""

    code = colander.SchemaNode(
        colander.String(), oid="code", title=_("Code of six digits"),
        description=_("It is in the app on your phone and changes every 30 seconds."),
        missing_msg=_("Fill in the six digits that you see in the app."),
        widget=deform.widget.TextInputWidget(autocomplete="one-time-code", inputmode="numeric"),
    )  # fmt: skip


class RecoverySchema(colander.Schema):
    """One of ten."""

    code = colander.SchemaNode(
        colander.String(), oid="code", title=_("Recovery code"),
        description=_("One of the ten codes that you kept. Each works once."),
        missing_msg=_("Fill in one of your recovery codes."),
        widget=deform.widget.TextInputWidget(autocomplete="off"),
    )  # fmt: skip


class PasswordSchema(colander.Schema):
    """A new password, twice, as nobody sees what they type. `key` is what the link held."""

    key = colander.SchemaNode(
        colander.String(), widget=deform.widget.HiddenWidget(), validator=colander.Length(max=100)
    )
    password = _secret(
        "password", _("New password"), _("Think of a password and fill it in."), "new-password",
        description=_("At least 12 characters. Four words that do not belong together are easy to remember."),
        validator=colander.Length(
            max=LONGEST, max_err=_("Your password is longer than ${max} characters. Make it a little shorter.")
        ),
    )  # fmt: skip
    again = _secret(
        "again", _("The same password once more"), _("Fill in the same password once more."), "new-password"
    )

    def validator(self, node: colander.SchemaNode, values: dict[str, str]) -> None:
        """Both are the same."""
        if values["password"] != values["again"]:
            fault = colander.Invalid(node)
            fault["again"] = _("This is not the same password. Fill in both once more.")
            raise fault
