"""The names of languages that people speak, in the reader's own language."""

from babel import Locale as Cldr

from portal.foundation.i18n import Locale

#: Dutch sign language has a code (ISO 639-3) but no name in CLDR.
_SIGN = {
    "nl": "Nederlandse gebarentaal", "en": "Dutch sign language", "ar": "لغة الإشارة الهولندية",
    "tr": "Hollanda işaret dili", "pl": "niderlandzki język migowy", "uk": "нідерландська жестова мова",
}  # fmt: skip


def language_name(code: str, locale: Locale) -> str:
    """The name of a language by its BCP 47 code; in English when CLDR has none, else the code."""
    if code == "dse":
        return _SIGN[locale.cldr[:2]]
    key = code.replace("-", "_")
    return locale.formats.languages.get(key) or Cldr.parse("en").languages.get(key, code)
