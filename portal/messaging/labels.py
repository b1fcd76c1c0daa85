"""The words for how a message goes and what became of it."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")

CHANNELS = {"email": _("E-mail"), "sms": _("Text message"), "letter": _("Letter")}
STATES = {
    "waiting": _("Waits to be sent"), "sent": _("Sent"), "failed": _("Could not be sent"), "printed": _("Printed"),
}  # fmt: skip
