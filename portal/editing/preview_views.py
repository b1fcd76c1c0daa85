"""A text as readers will see it, before they do: in frames for who works here, by a secret link for anybody else."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.cases.looking import names_of_staff
from portal.editing.places import HERE, path_to, way_to
from portal.editing.previews import Previews
from portal.editing.resources import FramedText, TextFile, editor_of
from portal.editing.write_page import is_at_work
from portal.foundation.headers import HOLDS_FRAMES, IN_OUR_FRAME
from portal.foundation.i18n import LOCALES, Locale
from portal.foundation.security import Permission, PublicResource
from portal.pages.models import Page
from portal.pages.services import PageView
from portal.pages.showing import as_shown
from portal.pages.versions import PageVersion
from portal.pages.views import as_read
from portal.pages.workflow import State

#: Where somebody without an account looks.
SHOWN_AT = {"nl": "voorbeeld", "en": "preview"}


def _page(context: TextFile, request: Request, made: str | None = None) -> dict[str, Any]:
    version = context.open or context.shown
    if version is None:
        raise HTTPNotFound()
    request.environ["portal.content_security_policy"] = HOLDS_FRAMES
    session = request.db if request.method == "POST" else request.looking
    links = Previews(session, request.clock.now()).of(version) if context.open else ()
    names = {"key": context.page.key, "code": context.locale.segment}
    frame = request.route_path("editing.frame", number=version.number, **names)
    others = [(LOCALES[code], request.route_path("editing.preview", key=context.page.key, code=LOCALES[code].segment))
              for code in context.codes if code != context.locale.code]  # fmt: skip
    return {
        "page": context.page, "text_locale": context.locale, "version": version, "is_open": context.open is not None,
        "writes": is_at_work(context.open), "frame": frame, "others": others, "links": links, "made": made,
        "names": names_of_staff(session.connection(), {link.made_by for link in links if link.made_by}),
        "ended": "weg" in request.GET,
    }  # fmt: skip


@view_config(
    route_name="editing.preview", renderer="editing/preview.jinja2", permission=Permission.PAGE_READ,
    request_method="GET",
)  # fmt: skip
def show_preview(context: TextFile, request: Request) -> dict[str, Any]:
    """On a phone and on a wide screen, and in the other languages."""
    return _page(context, request)


@view_config(
    route_name="editing.preview", renderer="editing/preview.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def keep_links(context: TextFile, request: Request) -> Any:
    """A new secret link, shown in this answer and never again; or the end of one."""
    version, previews = context.open, Previews(request.db, request.clock.now())
    if version is None:
        return way_to(context, request, "preview")
    if "end" in request.POST:
        previews.end(version, str(request.POST["end"]))
        return HTTPSeeOther(path_to(context, request, "preview", weg="1") + "#links")
    token = previews.make(version, editor_of(request).staff_id)
    path = request.route_path("editing.secret", locale=context.locale.segment, token=token)
    return _page(context, request, request.site.base_url + path)


def _as_readers_see_it(page: Page, version: PageVersion, request: Request) -> dict[str, Any]:
    text = as_shown(version)
    request.set_twin(lambda locale: f"/{locale.segment}/")  # this address is for nobody else
    shown = as_read(PageView(page, text), request)
    return {**shown, "in_dutch_only": False, "on_show": version.state == State.PUBLISHED}


@view_config(
    route_name="editing.frame", renderer="editing/shown.jinja2", permission=Permission.PAGE_READ, request_method="GET"
)
def show_frame(context: FramedText, request: Request) -> dict[str, Any]:
    """One version, for a frame in our own screen; the only page that may stand in one."""
    version = context.numbered(int(request.matchdict["number"]))
    _speak(request, context.locale)
    request.environ["portal.content_security_policy"] = IN_OUR_FRAME
    return _as_readers_see_it(context.page, version, request)


def _speak(request: Request, locale: Locale) -> None:
    """Make the page in the language of the text, though who looks at it works in another."""
    request.locale = locale
    for made_before in ("locale_name", "localizer"):
        request.__dict__.pop(made_before, None)


@view_config(
    route_name="editing.secret", renderer="editing/shown.jinja2", permission=Permission.READ, request_method="GET"
)
def show_secret(context: PublicResource, request: Request) -> Any:
    """One version, for who has its link. A link that is nobody's answers as one that never was."""
    token = request.matchdict["token"]
    version = Previews(request.looking, request.clock.now()).behind(token)
    if version is None:
        raise HTTPNotFound()
    if version.locale != request.locale.code:
        return HTTPSeeOther(request.route_path(
            "editing.secret", locale=LOCALES[version.locale].segment, token=token
        ))  # fmt: skip
    request.response.headers["Referrer-Policy"] = "no-referrer"
    return _as_readers_see_it(request.looking.get_one(Page, version.page_key), version, request)


def includeme(config: Configurator) -> None:
    """For who works here, for our frames, and for who has a link."""
    factory = "portal.editing.resources"
    config.add_localized_route(
        "editing.preview", WORD, f"{HERE}/voorbeeld", only=LOCALES_OF_STAFF, factory=f"{factory}.WrittenText"
    )
    tail = f"{HERE}/beeld/{{number:[0-9]{{1,9}}}}"
    config.add_localized_route("editing.frame", WORD, tail, only=LOCALES_OF_STAFF, factory=f"{factory}.FramedText")
    public = "portal.foundation.security.PublicResource"
    config.add_localized_route("editing.secret", SHOWN_AT, "/{token:[A-Za-z0-9_-]{43}}", factory=public)
    config.scan("portal.editing.preview_views")
