"""How a sentence is built: clauses inside clauses, and two times no. Pure."""

import re

#: One is how people talk (“Bel ons als u vragen hebt”); from two on a reader must keep things in mind.
MOST_SUB_CLAUSES = 1
#: Who may follow “dat” and “of” when they open a clause; “als dat kan” and “zeg dat eerst” point at something.
_SUBJECT = r"(?:u|je|ik|wij|we|er|het|hij|zij|ze|iemand|niemand|mensen|de|een|uw|mijn|zijn|haar|onze|ons|hun|deze|alle)"
_OPENS = re.compile(
    r"\b(?:omdat|doordat|zodat|opdat|indien|hoewel|terwijl|nadat|voordat|zodra|tenzij|mits|waardoor|waarbij|waarvoor"
    r"|waarin|waarmee|waarop|waarover|waarvan|aangezien|alvorens|teneinde|als|wanneer|toen"
    rf"|(?:dat|of)(?=\s{_SUBJECT}\b))\b"
    r"|,\s*(?:die|wat|wie|dat)\b",
    re.IGNORECASE,
)
#: Words before “dat” that open the clause themselves, or leave nothing to open.
_POINTS = re.compile(
    rf"\b(?:als|zodra|omdat|of|ook|en)\s+dat(?=\s{_SUBJECT}\b)|^dat\b(?=\s{_SUBJECT}\b)", re.IGNORECASE
)
_NO = re.compile(
    r"\b(?:niet|geen|nooit|niemand|niets|nergens|zonder|tenzij|noch|behalve)\b|\bon(?:mogelijk|juist|waar|terecht|voldoende|gebruikelijk)\w*",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[,;:]|\b(?:en|maar|of|want|dan|als|omdat)\b", re.IGNORECASE)


def sub_clauses(sentence: str) -> int:
    """How many clauses open inside this sentence, by the words that open them."""
    pointing = len(_POINTS.findall(sentence))
    return max(0, len(_OPENS.findall(sentence)) - pointing)


def double_negation(sentence: str) -> tuple[str, str] | None:
    """The two words that say no in one stretch (“niet zonder”), or None."""
    for piece in _PIECE.split(sentence):
        found = _NO.findall(piece)
        if len(found) > 1:
            return found[0], found[1]
    return None
