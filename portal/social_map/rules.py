"""Which words, codes and combinations an entry may hold. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

THEMES = (
    "geld", "formulieren", "mantelzorg", "contact", "gezondheid", "zorg-thuis", "hulpmiddelen", "vervoer", "werk",
    "taal", "gezin", "veiligheid", "crisis", "wonen", "dagbesteding", "digitaal", "vrijwilligerswerk",
)  # fmt: skip
AUDIENCES = (
    "everyone", "young", "parents", "older", "carers", "newcomers", "volunteers", "disability", "women", "men",
)  # fmt: skip
KINDS = ("group", "initiative", "volunteer", "care", "helpline")
WAYS_TO_COME = ("walk_in", "call", "register", "referral", "online")
PER = (None, "visit", "hour", "month", "year", "meal")
MOST_THEMES = 4
REQUIRED = (
    "kind", "formal", "example", "themes", "audience", "areas", "national", "hours", "cost", "come",
    "referral_needed", "languages", "keywords", "checked_on", "text",
)  # fmt: skip
SHAPES = (("themes", list), ("audience", list), ("cost", Mapping), ("languages", list), ("text", Mapping))
REQUIRED_TEXT = ("name", "summary", "body", "first_step")


def faults(entry: Mapping[str, Any], area_names: set[str]) -> Iterator[str]:
    """What is wrong with an entry as it stands in its file, each as “field: what to mend”."""
    missing = [key for key in REQUIRED if key not in entry]
    if missing:
        yield f"missing: {', '.join(missing)}"
        return
    shapeless = [key for key, shape in SHAPES if not isinstance(entry[key], shape)]
    if shapeless:
        yield f"{', '.join(shapeless)}: not written as in content/README.md"
        return
    for key, allowed in (("kind", KINDS), ("come", WAYS_TO_COME)):
        if entry[key] not in allowed:
            yield f"{key}: is “{entry[key]}”; write one of {', '.join(allowed)}"
    for key, known in (("themes", set(THEMES)), ("audience", set(AUDIENCES)), ("areas", area_names)):
        unknown = [str(value) for value in entry[key] or () if value not in known]
        if unknown:
            yield f"{key}: unknown {', '.join(unknown)}"
    if not 1 <= len(entry["themes"]) <= MOST_THEMES:
        yield f"themes: 1 to {MOST_THEMES}, the most important first"
    if entry["cost"].get("per") not in PER:
        yield f"cost: per “{entry['cost'].get('per')}” is not known"
    if not any(entry.get(way) for way in ("phone", "email", "website", "place")):
        yield "phone, email, website or place: one of them is needed, or nobody can come"
    yield from _text_faults(entry["text"])


def _text_faults(texts: Mapping[str, Any]) -> Iterator[str]:
    if "nl" not in texts:
        yield "text: nl is missing; plain Dutch is the source"
    for locale, text in texts.items():
        missing = [key for key in REQUIRED_TEXT if not (isinstance(text, Mapping) and text.get(key))]
        if missing:
            yield f"text, {locale}: missing {', '.join(missing)}"
