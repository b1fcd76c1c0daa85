"""The forms in which a Dutch word is written: plural, diminutive, the -e of adjectives, the forms of verbs. Pure.

By rule of spelling, and generous: wrong forms do no harm where forms are only looked for.
"""

_VOWELS = "aeiou"
_PARTICLES = (
    "terug",
    "samen",
    "voor",
    "door",
    "over",
    "mee",
    "aan",
    "toe",
    "uit",
    "vast",
    "weg",
    "in",
    "op",
    "af",
    "na",
)
#: Verbs on -en among nouns that end so too (vermogen, wonen as a noun).
_NO_VERB = frozenset({"vermogen", "wonen", "beschermd wonen"})
#: Words between the words of an expression; they have one form.
_SMALL = frozenset({"van", "en", "in", "b", "w", "op", "de", "het", "met", "aan", "voor"})
#: How a Latin or a learned noun goes, and what spelling rules do not give.
_IRREGULAR = {
    "mentor": ("mentoren",), "curator": ("curatoren",), "college": ("colleges",), "lid": ("leden",),
    "ombudsman": ("ombudsmannen", "ombudslieden", "ombudsmans"), "functionaris": ("functionarissen",),
    "opinion": ("opinions",), "netwerk": ("netwerken",), "budget": ("budgetten", "budgetje", "budgetjes"),
}  # fmt: skip


def is_verb(word: str) -> bool:
    """Whether a word of the glossary is a verb: it ends on -en (or -eren) and is no noun of the list."""
    return word.endswith("en") and word not in _NO_VERB and len(word) > 5


def forms_of(word: str) -> tuple[str, ...]:
    """Every form of one word, itself first."""
    if word in _SMALL:
        return (word,)
    found = {word, *_IRREGULAR.get(word, ())}
    found |= _of_noun(word)
    if word.endswith("e"):
        found |= {word[:-1], *_single(word[:-1])}
    if is_verb(word):
        found |= _of_verb(word)
    return (word, *sorted(found - {word}))


def separated(verb: str) -> list[tuple[str, str]]:
    """(form, particle) for “dien … in”, “kende … toe”; empty when the verb does not come apart."""
    particle, rest = _apart(verb)
    return [(form, particle) for form in sorted(_finite(rest))] if particle else []


def with_te(verb: str) -> list[str]:
    """“in te dienen”; empty when the verb does not come apart."""
    particle, rest = _apart(verb)
    return [f"{particle} te {rest}"] if particle else []


def _of_noun(word: str) -> set[str]:
    found = {word + "s", word + "'s", word + "en", word + "e", word + "n", word + "es"}
    found |= {_short_vowel(word) + ending for ending in ("en", "e", "er", "ers")}
    found |= {_doubled(word) + ending for ending in ("en", "e", "etje", "etjes", "er")}
    if word.endswith(("f", "s")):
        voiced = word[:-1] + {"f": "v", "s": "z"}[word[-1]]
        found |= {voiced + "en", voiced + "e", _short_vowel(voiced) + "en"}
    if word.endswith("heid"):
        found.add(word[:-3] + "den")
    if word.endswith(("ie", "ee")):
        found |= {word + "ën", word[:-1] + "ën"}
    found |= {word + ending for ending in ("je", "jes", "tje", "tjes", "'tje", "'tjes", "pje", "pjes", "etje", "etjes")}
    if word.endswith("er"):
        found |= {word[:-2] + "ster", word[:-2] + "sters"}
    if word.endswith("ing"):
        found |= {word[:-1] + "kje", word[:-1] + "kjes"}
    found |= {word + ending for ending in ("er", "ere", "st", "ste", "sters", "ster")}
    return found


def _of_verb(verb: str) -> set[str]:
    particle, rest = _apart(verb)
    found = {particle + form for form in _finite(rest)}
    stem = _stem(rest)
    past = "d" if _voiced(rest) else "t"
    closing = stem if stem.endswith(past) else stem + past
    inside = "" if not particle and rest.startswith(("be", "ver", "ont", "her", "er")) else "ge"
    participle = particle + inside + closing
    found |= {
        participle,
        _short_vowel(participle) + "e",
        participle + "e",
        verb + "d",
        verb + "de",
        f"{particle}te{rest}",
    }
    return found


def _finite(rest: str) -> set[str]:
    stem = _stem(rest)
    past = "d" if _voiced(rest) else "t"
    present = stem if stem.endswith("t") else stem + "t"
    return {stem, present, rest, stem + past + "e", stem + past + "en"}


def _voiced(rest: str) -> bool:
    """’t kofschip, on the infinitive without -en."""
    return not rest[:-2].endswith(("t", "k", "f", "s", "ch", "p", "x"))


def _stem(rest: str) -> str:
    """From signaleren to signaleer, kennen → ken, dienen → dien, lezen → lees."""
    bare = rest[:-2]
    if len(bare) > 2 and bare[-1] == bare[-2]:
        bare = bare[:-1]
    elif (
        len(bare) > 1
        and bare[-1] not in _VOWELS
        and bare[-2] in _VOWELS
        and not bare[-3:-2].strip("bcdfghjklmnpqrstvwxz")
    ):
        bare = bare[:-1] + bare[-2] + bare[-1]
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1], bare[-1])


def _apart(verb: str) -> tuple[str, str]:
    for particle in _PARTICLES:
        if verb.startswith(particle) and len(verb) - len(particle) >= 5:
            return particle, verb[len(particle) :]
    return "", verb


def _single(word: str) -> set[str]:
    """From individuele to individueel: without its -e a long vowel is written twice."""
    if len(word) > 2 and word[-1] not in _VOWELS and word[-2] in _VOWELS:
        return {word[:-1] + word[-2] + word[-1]}
    return set()


def _short_vowel(word: str) -> str:
    """From plaat to plat(en): before an ending a long vowel is written once."""
    if len(word) > 3 and word[-1] not in _VOWELS and word[-2] == word[-3] and word[-2] in "aeou":
        return word[:-2] + word[-1]
    return word


def _doubled(word: str) -> str:
    """From net to nett(en)."""
    return word + word[-1] if word and word[-1] not in _VOWELS else word
