"""How templates are found and what each of them may use without asking."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.i18n import Localizer, TranslationString
from pyramid.renderers import JSON
from pyramid_jinja2 import IJinja2Environment, Jinja2TemplateRenderer

from portal.foundation.i18n import pick
from portal.ui import assets, dates
from portal.ui.spoken import language_name


def ltr(value: str) -> Markup:
    """Latin bits (phone, postcode, address) that must not turn around inside a right-to-left sentence."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(value)


def apart(value: str) -> Markup:
    """What somebody typed, in whichever direction, that must not turn around the sentence that quotes it."""
    return Markup("<bdi>{}</bdi>").format(value)


def paragraphs(text: str) -> Markup:
    """Plain text with an empty line between paragraphs."""
    parts = (part.strip() for part in str(text).split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


def marked(pieces: list[tuple[str, bool]]) -> Markup:
    """A snippet: pieces of text, the found words marked."""
    return Markup("").join(Markup("<mark>{}</mark>").format(t) if m else escape(t) for t, m in pieces)


#: More messages than our templates hold: when there are more, somebody gives `_()` other things than messages.
_MOST_WORDS = 5_000


Words = Callable[..., Markup]


def words_of(localizer: Localizer) -> Words:
    """`_("…")` of a template: the message in the reader's language, its variables escaped and put in.

    A page says forty of them and the way through Jinja and Pyramid is long, so each is looked up once a language.
    """
    found: Words | None = localizer.__dict__.get("portal_words")
    if found is None:
        found = localizer.__dict__["portal_words"] = _words_of(localizer)
    return found


def _words_of(localizer: Localizer) -> Words:
    known: dict[str, Markup] = {}

    def words(message: str, **variables: Any) -> Markup:
        plain = not (isinstance(message, TranslationString) and (message.mapping or message.context))
        said = known.get(message) if plain else None
        if said is None:
            said = Markup(localizer.translate(message, domain="portal"))
            if plain and len(known) < _MOST_WORDS:
                known[str(message)] = said
        return said % variables

    return words


def template(info: Any) -> Jinja2TemplateRenderer:
    """Renderer factory: a template by its one name; pyramid_jinja2 tries another name first, each time in vain."""
    environment = info.registry.getUtility(IJinja2Environment, name=".jinja2")
    return Jinja2TemplateRenderer(lambda: environment.get_template(info.name))


def _in_locale(function: Callable[..., str], event: BeforeRender) -> Callable[[Any], str]:
    return lambda value: function(value, event["request"].locale)


def offer_to_templates(event: BeforeRender) -> None:
    """What every template has: the site, the reader's locale, paths and dates."""
    request = event.get("request")
    if request is None:
        return
    event["site"], event["locale"] = request.site, request.locale
    event["_"] = words_of(request.localizer)
    event["path"], event["link"] = request.route_path, request.link
    event["static"] = lambda name: assets.static_path(request, name)
    event["theme_path"] = assets.theme_path(request)
    event["pick"] = lambda texts: pick(texts, request.locale)
    event["money"] = lambda cents: dates.money(cents, request.locale)
    event["language_name"] = lambda code: language_name(code, request.locale)
    for name in ("day", "day_and_year", "full_day", "clock_time", "weekday"):
        event[name] = _in_locale(getattr(dates, name), event)


def includeme(config: Configurator) -> None:
    """Jinja2, strict: a name that is not there is a fault, not a blank."""
    config.add_settings(
        {
            "jinja2.undefined": "strict",
            "jinja2.trim_blocks": "true",
            "jinja2.lstrip_blocks": "true",
            "jinja2.newstyle": "true",
            "jinja2.i18n.domain": "portal",
            "jinja2.filters": {"ltr": ltr, "apart": apart, "paragraphs": paragraphs, "marked": marked},
            "jinja2.globals": {"icon": assets.icon},
        }
    )
    config.add_jinja2_search_path("portal.ui:templates")
    config.add_renderer("json", JSON(ensure_ascii=False))
    config.add_subscriber(offer_to_templates, BeforeRender)
