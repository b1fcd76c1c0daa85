"""Kinds of documents, sizes, and why a document is not taken, in words."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from pyramid.i18n import TranslationStringFactory

from portal.attachments.rules import MEGABYTE, Limits
from portal.foundation.i18n import Locale

_ = TranslationStringFactory("portal")
KINDS: Mapping[str, Any] = {
    "pdf": _("PDF"),
    "jpg": _("Photo"),
    "png": _("Picture"),
    "docx": _("Text document (docx)"),
    "odt": _("Text document (odt)"),
}
NOTHING_CHOSEN = _("Choose a document first.")
_INSIDE = _("There is something in this document that we cannot take, such as a macro or another file. "
            "Save it as a PDF, and send that.")  # fmt: skip
#: Per reason of `Refused` what we say; it tells what to do now.
REASONS: Mapping[str, Any] = {
    "empty": _("There is nothing in this file. Choose another one."),
    "large": _("This document is larger than ${each} MB. Make it smaller, or send it by post."),
    "many": _("You sent us ${most} documents already. Take one away first, or send this one by post."),
    "together": _("All your documents together are larger than ${together} MB. Take one away first, or send this one "
                  "by post."),
    "kind": _("We cannot read this kind of file. Send a PDF, a photo (jpg or png) or a text document (docx or odt)."),
    "acting": _INSIDE,
    "inside": _INSIDE,
    "acting_pdf": _("There is something in this PDF that can act by itself, or another file. Print it to a new PDF, "
                    "and send that."),
    "locked": _("This document has a password. Save it without the password, and send that."),
    "long": _("This document is too long for us. Send the pages that matter, or send it by post."),
    "unpacks": _("This document becomes too large when we open it. Save it as a PDF, and send that."),
    "dots": _("This picture is too large to open. Make it smaller, or take a new photo."),
    "broken": _("We cannot open this document. Maybe it is damaged. Save it once more, or take a photo of it."),
    "virus": _("Our scanner found a virus in this document, so we did not keep it. Let somebody look at your device."),
    "away": _("We cannot check documents for viruses at this moment. Try again in an hour, or send it by post. "
              "Everything else is kept."),
    "busy": _("Many people are sending documents at this moment. Try again in a few minutes."),
    "often": _("You tried many times. Wait a quarter of an hour, or send it by post."),
}  # fmt: skip


def why_not(reason: str, way: str | None, limits: Limits) -> Any:
    """What we say of a document that we do not take; `way` is how it would have been washed."""
    message = REASONS["acting_pdf" if (reason, way) == ("acting", "pdf") else reason]
    mapping = {"each": limits.each // MEGABYTE, "together": limits.together // MEGABYTE, "most": limits.most}
    return _(message, mapping=mapping)


def size_in_words(size: int, locale: Locale) -> str:
    """A size as people say it: “12 kB”, “3,4 MB”; digits are always 0-9."""
    kilobytes = max(1, round(size / 1000))
    number, unit = (kilobytes, "kB") if kilobytes < 1000 else (size / MEGABYTE, "MB")
    return f"{format_decimal(number, '0.#', locale=locale.formats, numbering_system='latn')} {unit}"
