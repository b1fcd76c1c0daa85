"""Roles and refusals in words."""

from typing import Any

from pyramid.i18n import TranslationStringFactory

from portal.accounts.roles import Role
from portal.accounts.rules import Weak

_ = TranslationStringFactory("portal")

ROLES: dict[Role, Any] = {
    Role.TEAM_WORKER: _("Worker of a team"),
    Role.TEAM_COORDINATOR: _("Coordinator of a team"),
    Role.COMPLAINT_HANDLER: _("Complaint handler"),
    Role.COMPLAINT_COORDINATOR: _("Complaint coordinator"),
    Role.SECOND_OPINION_COORDINATOR: _("Second opinion coordinator"),
    Role.INDEPENDENT_PROFESSIONAL: _("Independent professional"),
    Role.MAP_EDITOR: _("Editor of the social map"),
    Role.CONTENT_EDITOR: _("Editor of pages"),
    Role.TRANSLATOR: _("Translator"),
    Role.PUBLISHER: _("Publisher"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.COUNCIL_VIEWER: _("Viewer for the council"),
    Role.ADMINISTRATOR: _("Administrator"),
}
WEAK: dict[Weak, Any] = {
    Weak.SHORT: _("This password is too short. Use at least 12 characters."),
    Weak.LONG: _("This password is too long. Use at most 128 characters."),
    Weak.PERSONAL: _("Your name, e-mail address or municipality is in this password. Leave it out."),
    Weak.COMMON: _("Many people choose a password like this, so it is easy to guess. Think of another one."),
}
#: The same words whether or not there is such an account, and whether or not one has to wait.
NO_WAY_IN = _(
    "We cannot let you in with this e-mail address and password. "
    "After five wrong tries you wait: a minute at first, fifteen at most."
)
NO_CODE = _(
    "This code does not fit, or it was used before. Wait for the next one. After five wrong codes you wait longer."
)
NO_RECOVERY = _(
    "This code does not fit, or it was used before. Take another one. After five wrong codes you wait longer."
)
OPEN_TOO_LONG = _("The page was open for a long time. Fill this in once more.")
