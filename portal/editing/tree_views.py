"""The tree of all pages, and one page as a whole: made, kept true, hung elsewhere, taken away."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.editing.arranging import Arranging
from portal.editing.drafting import NotSo
from portal.editing.links import links_to
from portal.editing.resources import WRITERS, PageFile, PagesDesk, editor_of
from portal.editing.tree import Branch, read_tree
from portal.editing.tree_labels import DONE, REFUSED, STANDINGS
from portal.editing.tree_schemas import facts_schema, new_schema
from portal.foundation.clock import today
from portal.foundation.i18n import LOCALES
from portal.foundation.security import Permission
from portal.pages.models import Page
from portal.pages.workflow import Actor, Standing
from portal.social_map.services import read_themes
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: How long a new page is true without a look, unless its maker says otherwise.
USUAL = timedelta(days=180)
CREATE, KEEP = _("Make this page"), _("Save")
#: Not a standing: the day of the page itself is over.
AGAIN = "again"


def _tree(request: Request) -> list[Branch]:
    return read_tree(request.looking.connection(), request.site.profile.locales, today(request.clock))


def _arranges(request: Request) -> bool:
    return bool(editor_of(request).actors & {Actor.EDITOR, Actor.PUBLISHER})


def _arranging(request: Request) -> Arranging:
    return Arranging(request.db, request.clock.now(), editor_of(request))


def _to_page(request: Request, key: str, **query: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("editing.page", key=key, _query=query))


@view_config(
    route_name="editing.tree", renderer="editing/tree.jinja2", permission=Permission.PAGE_READ, request_method="GET"
)
def show_tree(context: PagesDesk, request: Request) -> dict[str, Any]:
    """Every page, and how it stands in each language; or only what asks for somebody's work."""
    everything, now = _tree(request), today(request.clock)
    live = [one for one in everything if one.live]
    stands = [stand for one in live for stand in one.standings.values()]
    chosen, owner = request.GET.get("stand", ""), request.GET.get("wie", "")
    found = _only(everything, live, chosen, now)
    return {
        "branches": [one for one in found if owner in {"", one.page.owner}],
        "owner": owner, "owners": sorted({one.page.owner for one in live}, key=str.casefold),
        "late": sum(one.overdue(now) for one in live), "again": AGAIN,
        "locales": [LOCALES[code] for code in request.site.profile.locales],
        "standings": STANDINGS, "chosen": chosen, "counts": {stand: stands.count(stand) for stand in Standing},
        "arranges": _arranges(request), "today": now,
    }  # fmt: skip


def _only(everything: list[Branch], live: list[Branch], chosen: str, now: date) -> list[Branch]:
    if chosen == AGAIN:
        return [one for one in live if one.overdue(now)]
    if chosen in set(Standing):
        return [one for one in live if Standing(chosen) in one.standings.values()]
    return everything


def _parents(request: Request, page: Page | None = None) -> list[tuple[str, str]]:
    """Where a page can hang; where it hangs now stays in the list, also when that page was taken away."""
    key, above = (page.key, page.parent_key) if page is not None else (None, None)
    there = (one for one in _tree(request) if (one.live or one.page.key == above) and one.page.key != key)
    return [(one.page.key, f"{'– ' * one.depth}{one.title}") for one in there]


def _new_form(request: Request) -> Form:
    form: Form = request.form(new_schema(today(request.clock), _parents(request)), CREATE)
    return form


@view_config(
    route_name="editing.new", renderer="editing/new.jinja2", permission=Permission.PAGE_ARRANGE, request_method="GET"
)
def show_new(context: PagesDesk, request: Request) -> dict[str, Any]:
    """What is asked of a new page."""
    return {"form": _new_form(request).fill({"review_by": today(request.clock) + USUAL})}


@view_config(
    route_name="editing.new", renderer="editing/new.jinja2", permission=Permission.PAGE_ARRANGE, request_method="POST"
)
def add(context: PagesDesk, request: Request) -> Any:
    """A new page, and on to its texts."""
    form = _new_form(request)
    try:
        values = form.submit()
        _arranging(request).add(
            values["key"], values["owner"], today(request.clock), values["review_by"], values["parent"] or None
        )
    except Wrong:
        pass
    except Trapped:  # never: who is signed in is no program
        return HTTPSeeOther(request.route_path("editing.tree"))
    except NotSo as fault:
        form.refuse("key", REFUSED[str(fault)])
    else:
        return _to_page(request, values["key"], gemaakt="1")
    request.response.status_int = 422
    return {"form": form}


def _facts_form(context: PageFile, request: Request) -> Form:
    themes = request.kept.get("social_map.themes", read_themes)
    named = [(code, theme.name(request.locale)) for code, theme in themes.items()]
    schema = facts_schema(today(request.clock), context.page.review_by, _parents(request, context.page), named)
    form: Form = request.form(schema, KEEP)
    return form


def _leading(request: Request, key: str, titles: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """What leads to a page: per page its key, its Dutch title, and the languages in which it does."""
    found: dict[str, list[str]] = {}
    for one in links_to(request.looking.connection(), key):
        found.setdefault(one.page_key, []).extend([LOCALES[one.locale].dutch_name] if one.locale else [])
    return [(name, titles.get(name, name), languages) for name, languages in found.items()]


def _page(context: PageFile, request: Request, form: Form | None) -> dict[str, Any]:
    branches = _tree(request)
    branch = next(one for one in branches if one.page.key == context.page.key)
    return {
        "page": context.page, "branch": branch, "form": form, "standings": STANDINGS,
        "locales": [LOCALES[code] for code in request.site.profile.locales],
        "below": [one for one in branches if one.page.parent_key == context.page.key],
        "leading": _leading(request, context.page.key, {one.page.key: one.title for one in branches}),
        "today": today(request.clock),
        "done": next((words for word, words in DONE.items() if word in request.GET), None), "refused": None,
    }  # fmt: skip


@view_config(
    route_name="editing.page", renderer="editing/page.jinja2", permission=Permission.PAGE_READ, request_method="GET"
)
def show_page(context: PageFile, request: Request) -> dict[str, Any]:
    """One page: its texts, its facts, what leads to it."""
    return _page(context, request, _filled(context, request) if _arranges(request) else None)


def _filled(context: PageFile, request: Request) -> Form:
    page = context.page
    return _facts_form(context, request).fill({
        "parent": page.parent_key or "", "place": page.place, "owner": page.owner, "review_by": page.review_by,
        "topics": set(page.topics), "audience": set(page.audience), "sources": "\n".join(page.sources),
        "legal": page.legal, "with_exit": page.with_exit,
    })  # fmt: skip


@view_config(
    route_name="editing.page", renderer="editing/page.jinja2", permission=Permission.PAGE_ARRANGE,
    request_method="POST",
)  # fmt: skip
def keep(context: PageFile, request: Request) -> Any:
    """Keep the facts of a page, and its place."""
    form = _facts_form(context, request)
    try:
        values = form.submit()
        _keep(context, request, values)
    except Wrong:
        pass
    except Trapped:  # never: who is signed in is no program
        return _to_page(request, context.page.key)
    except NotSo as fault:
        form.refuse("parent" if str(fault) == "circle" else "review_by", REFUSED[str(fault)])
    else:
        return _to_page(request, context.page.key, bewaard="1")
    request.response.status_int = 422
    return _page(context, request, form)


def _as_before(chosen: Collection[str], before: Sequence[str]) -> list[str]:
    """What was chosen, in the order it had: the first theme of a page is its own, and a file stays as it was."""
    return [one for one in before if one in chosen] + sorted(set(chosen) - set(before))


def _keep(context: PageFile, request: Request, values: dict[str, Any]) -> None:
    desk, page = _arranging(request), context.page
    with request.db.begin_nested():
        desk.move(page, values["parent"] or None, values["place"])
        if values["review_by"] != page.review_by:  # a new day is chosen by who looked
            desk.checked(page, today(request.clock), values["review_by"])
        desk.keep(page, {
            "owner": values["owner"], "topics": _as_before(values["topics"], page.topics),
            "audience": _as_before(values["audience"], page.audience),
            "sources": values["sources"].splitlines(), "legal": values["legal"], "with_exit": values["with_exit"],
        })  # fmt: skip


@view_config(
    route_name="editing.archive", renderer="editing/archive.jinja2", permission=Permission.PAGE_ARRANGE,
    request_method="GET",
)  # fmt: skip
def show_archive(context: PageFile, request: Request) -> dict[str, Any]:
    """What leads here, before it goes."""
    return _page(context, request, None)


@view_config(
    route_name="editing.archive", renderer="editing/archive.jinja2", permission=Permission.PAGE_ARRANGE,
    request_method="POST",
)  # fmt: skip
def archive(context: PageFile, request: Request) -> Any:
    """Away in every language, or back."""
    back = context.page.state == "archived"
    try:
        (_arranging(request).revive if back else _arranging(request).archive)(context.page)
    except NotSo as fault:
        request.response.status_int = 422
        return {**_page(context, request, None), "refused": REFUSED[str(fault)]}
    return _to_page(request, context.page.key, **({"terug": "1"} if back else {"weg": "1"}))


def includeme(config: Configurator) -> None:
    """The tree, a new page, and one page."""
    factory = "portal.editing.resources"
    key = "/paginas/{key:[a-z0-9-]{1,80}}"
    for name, tail, resource in (
        ("tree", "/paginas", "PagesTree"), ("new", "/paginas/nieuw", "NewPage"), ("page", key, "KeptPage"),
        ("archive", f"{key}/weg", "ArchivedPage"),
    ):  # fmt: skip
        config.add_localized_route(
            f"editing.{name}", WORD, tail, only=LOCALES_OF_STAFF, factory=f"{factory}.{resource}"
        )
    config.add_staff_room(_("Pages"), "editing.tree", 60, frozenset(WRITERS), home=True)
    config.scan("portal.editing.tree_views")
