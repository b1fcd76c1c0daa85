"""What happened to a case of any kind, in words: residents and staff read the same."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
NAMES: Mapping[str, Any] = {
    "message": _("You told us something"),
    "assign": _("Somebody of the team took your request in hand"),
    "release": _("Your request waits for somebody of the team"),
    "hand_over": _("Your request went to another team"),
    "write": _("We wrote you a message"),
    "note": _("We wrote something down. With a code you can read it."),
    "answered": _("We talked with you"),
    "code": _("We read a code to you by phone"),
    "document": _("You sent us a document"),
    "document_gone": _("You took a document away"),
}
CHANNELS: Mapping[str, Any] = {
    "web": _("On this website"),
    "phone": _("By phone"),
    "desk": _("At the desk or at home"),
    "post": _("By letter"),
}
WAYS: Mapping[str, Any] = {
    "phone": _("By phone"),
    "sms": _("By text message (SMS)"),
    "email": _("By e-mail"),
    "letter": _("By letter"),
    "helper": _("Through the person who helps"),
}
