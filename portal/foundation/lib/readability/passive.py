"""Sentences that hide who acts: a form of `worden` with a past participle. Rules and short lists, no model. Pure.

Not counted: `zijn` with a participle (“de deur is gesloten”), which says a state as often as a deed.
"""

import re
from functools import cache
from importlib.resources import files

_AUXILIARY = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_APART = (
    r"aan|achter|achteruit|af|bij|bijeen|binnen|boven|buiten|dicht|door|goed|in|kwijt|klaar|langs|los|mede|mee|na|neer"
    r"|om|onder|op|open|over|plaats|rond|samen|schoon|stop|stil|tegen|terug|thuis|toe|tot|uit|vast|verder|vol|voor"
    r"|vooruit|vrij|waar|weg|weer|zwart"
)
_PREFIX = r"be|ver|ont|her|er|mis|onder|over|door|voor|om|weer|aan(?=be)|aan(?=ver)|voor(?=be)|uit(?=be)|in(?=be)"
#: With ge- in front or inside: gelezen, gemeld, afgesproken, ingediend.
_WITH_GE = re.compile(rf"(?:{_APART})?ge\w{{2,}}(?:d|t|en|aan|ien)")
#: Without ge-: after an unvoiced sound a t (bereikt), else a d (betaald). So “betaalt” is none: it says who acts.
_WITHOUT_GE = re.compile(
    rf"(?:{_APART})?(?:{_PREFIX})\w{{2,}}(?:(?<=[kfspx])t|(?<=ch)t|(?<![kfspx])d)|\w{{2,}}(?:iseerd|ceerd|teerd|neerd|reerd|leerd|deerd|seerd|meerd|peerd|veerd|geerd|ueerd|ieerd)"
)
_PIECE = re.compile(r"[,;:()–]|\s-\s|\b(?:maar|want|dat)\b", re.IGNORECASE)


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one short list: `participles` the rules miss, or `no-participles` that only look like one."""
    return frozenset((files("portal.foundation") / f"data/language/{name}.txt").read_text("utf-8").split())


def is_participle(word: str) -> bool:
    """Whether a word has the shape of a past participle: “gelezen”, “ingediend”, “betaald”."""
    low = word.lower()
    if low in listed("no-participles"):
        return False
    return low in listed("participles") or bool(_WITH_GE.fullmatch(low) or _WITHOUT_GE.fullmatch(low))


def is_passive(sentence: str) -> bool:
    """Whether the sentence hides who acts: a form of `worden` with a participle, in one part between commas."""
    if not _AUXILIARY.search(sentence):
        return False
    return any(_in_piece(piece) for piece in _PIECE.split(sentence)) or _over_commas(sentence)


def _in_piece(piece: str) -> bool:
    return bool(_AUXILIARY.search(piece)) and any(map(is_participle, _WORDS.findall(piece)))


def _over_commas(sentence: str) -> bool:
    """“wordt, als u dat wilt, gelezen”: after the part with `worden` another one opens with the participle."""
    pieces = [_WORDS.findall(piece) for piece in _PIECE.split(sentence)]
    return any(piece and is_participle(piece[0]) for piece in pieces[1:])
