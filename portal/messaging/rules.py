"""What may stand on the outside of a message, and what staff see of the person it went to. Pure."""

import re
import unicodedata

from portal.foundation.lib.post import is_email

CHANNELS = ("email", "sms", "letter")
STATES = ("waiting", "sent", "failed", "printed")
#: The message has left the house: it is not sent again.
GONE = frozenset({"sent", "printed"})

LONGEST_KEY, LONGEST_ABOUT, LONGEST_RECIPIENT, LONGEST_SUBJECT = 120, 40, 200, 120
#: What a mask shows of a recipient that it does not understand.
HIDDEN = "…"

#: A subject stands on a locked phone, on a shared screen, in a partner's inbox: it names no topic. Parts of words, as
#: Dutch glues them together (schuldhulp, thuiszorg); a harmless word that holds one asks for another harmless word.
TOPICS = (
    # Dutch
    "zorg", "klacht", "bezwaar", "schuld", "hulp", "schoonma", "huishoud", "keukentafel", "second opinion", "wmo",
    "pgb", "uitkering", "bijstand", "geweld", "verslav", "dementie", "ggz", "jeugd", "beschermd wonen", "ziekte",
    "geldzaken", "beperking", "armoede",
    # English
    "care", "complain", "objection", "debt", "help", "clean", "benefit", "violence", "addict", "dementia", "abuse",
    "disabilit", "poverty", "illness",
    # Arabic
    "رعاية", "شكوى", "ديون", "مساعدة", "تنظيف", "عنف",
    # Polish
    "opiek", "skarg", "zadłuż", "pomoc", "sprząta", "zasił", "przemoc",
    # Turkish
    "bakım", "şikayet", "borç", "yardım", "temizlik", "şiddet",
    # Ukrainian
    "догляд", "скарг", "борг", "допомог", "прибиран", "насил",
)  # fmt: skip

_DUTCH_MOBILE = re.compile(r"(?:06|\+316)[0-9]{8}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,13}")
_SPARE = re.compile(r"[\s\-()]+")


def _bare(text: str) -> str:
    """Small letters without their signs: “Şikâyet” and “sikayet” are one word, whoever types it."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())


_BARE_TOPICS = tuple((topic, _bare(topic)) for topic in TOPICS)


def topic_in(subject: str) -> str | None:
    """The first topic that a subject gives away; None when it is neutral."""
    bare = _bare(subject)
    return next((topic for topic, sign in _BARE_TOPICS if sign in bare), None)


def check_subject(subject: str) -> None:
    """Raises ValueError, for programmers, when a subject may not stand on the outside."""
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise ValueError(f"a subject has 1 to {LONGEST_SUBJECT} signs")
    if not _on_one_line(subject):
        raise ValueError("a subject is one line")
    topic = topic_in(subject)
    if topic is not None:
        raise ValueError(f"a subject tells nothing: leave out “{topic}”")


def _on_one_line(text: str) -> bool:
    return not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in text)


def mobile(text: str) -> str | None:
    """The number a text message can go to, without spaces; None when it cannot be one."""
    number = _SPARE.sub("", text)
    number = "+" + number[2:] if number.startswith("00") else number
    kind = _DUTCH_MOBILE if number.startswith(("0", "+31")) else _FOREIGN
    return number if kind.fullmatch(number) else None


def reachable(channel: str, recipient: str) -> str | None:
    """A recipient as the channel needs it; None when nothing can go there. A letter's may have several lines."""
    if not recipient.strip() or len(recipient) > LONGEST_RECIPIENT:
        return None
    if channel == "email":
        return recipient.strip() if is_email(recipient.strip()) else None
    if channel == "sms":
        return mobile(recipient)
    return recipient if all(_on_one_line(line) for line in recipient.split("\n")) else None


def check_key(what: str, key: str, longest: int) -> None:
    """Raises ValueError, which does not quote it, when an internal key is empty, too long or more than one line."""
    if not key or len(key) > longest or not _on_one_line(key):
        raise ValueError(f"{what} is one line of 1 to {longest} signs")


def tidy(text: str) -> str:
    """A text with line ends of one kind and without the signs that no screen shows; people paste those."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(sign for sign in line if _on_one_line(sign)) for line in lines)


def mask(channel: str, recipient: str) -> str:
    """Enough of a recipient to recognise it when somebody calls, too little to write to it.

    >>> mask("email", "mevrouw@example.nl"), mask("sms", "0612345621"), mask("sms", "+31612345621")
    ('m…@example.nl', '06…21', '06…21')
    """
    if channel == "email" and is_email(recipient):
        name, _, domain = recipient.rpartition("@")
        return f"{name[0]}{HIDDEN}@{domain}"
    if channel == "sms" and (number := mobile(recipient)):
        number = "0" + number[3:] if number.startswith("+31") else number
        return f"{number[:3] if number.startswith('+') else number[:2]}{HIDDEN}{number[-2:]}"
    return HIDDEN
