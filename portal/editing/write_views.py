"""Writing a text: begun, saved as often as one likes, and nothing lost when two save at once."""

from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.cases.looking import names_of_staff
from portal.editing.differences import differences, near_changes
from portal.editing.drafting import EditedMeanwhile, NotSo, Words
from portal.editing.places import HERE, TEXT_ROOM, path_to, refused, way_to
from portal.editing.resources import TextFile, editor_of
from portal.editing.write_labels import DONE, REFUSED, say
from portal.editing.write_page import (
    drafting,
    hard_to_read,
    is_at_work,
    source_of,
    to_look_at,
    who_is_there,
)
from portal.editing.write_schemas import LARGEST_FORM, OTHER, STEPS, answers_of, words_of, write_schema
from portal.foundation.security import Permission
from portal.pages.services import read_addresses
from portal.pages.showing import source_to_follow
from portal.pages.versions import PageVersion
from portal.pages.workflow import State, may
from portal.ui.forms import Form, Trapped, Wrong
from portal.ui.prose import fact_names

_ = TranslationStringFactory("portal")


@view_config(
    route_name="editing.begin", renderer="editing/refused.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def begin(context: TextFile, request: Request) -> Any:
    """A new draft, or the one that is there."""
    try:
        drafting(context, request).begin(context.page.key, context.locale.code)
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, "write", begonnen="1")


def _targets(request: Request) -> list[tuple[str, Any]]:
    """Where a step may lead: screens by their address, then pages by their Dutch title, then any other address."""
    screens = sorted((f"service:{name}", request.route_path(route))
                     for name, route in request.registry.service_routes.items())  # fmt: skip
    pages = request.kept.get("pages.addresses", read_addresses)
    named = sorted(((f"page:{key}", texts["nl"][1]) for key, texts in pages.items() if "nl" in texts),
                   key=lambda page: page[1].casefold())  # fmt: skip
    return [("", _("Nowhere: this step is empty")), ("phone:central", _("Call us")), *screens, *named,
            (OTHER, _("Another address, below"))]  # fmt: skip


def _form(context: TextFile, request: Request) -> Form:
    schema = write_schema(_targets(request), context.locale)
    return request.form(schema, _("Save"), path_to(context, request, "write"))


def _page(context: TextFile, request: Request, form: Form | None, text: PageVersion | Words | None) -> dict[str, Any]:
    """Everything on the screen; `text` is what is looked at: as it was saved, or as it was typed."""
    version = context.open
    found = to_look_at(context, request, text) if text is not None else []
    rest = [number for number in STEPS if number > max(2, 1 + len(text.actions))] if text is not None else []
    return {
        "form": form, "page": context.page, "back": path_to(context, request, TEXT_ROOM),
        "text_locale": context.locale, "version": version, "steps": STEPS,
        "more_steps": rest, "at_work": who_is_there(context, request),
        "say": lambda one: request.localizer.translate(say(one)),
        "findings": [one for one in found if not one.remark], "remarks": [one for one in found if one.remark],
        "hard": hard_to_read(context, text) if text is not None else [],
        "source": source_of(context, request, version) if version is not None else None,
        "facts": sorted(fact_names(request.site.profile)), "theirs": None, "gone": False,
        "done": next((words for word, words in DONE.items() if word in request.GET), None),
    }  # fmt: skip


@view_config(
    route_name="editing.write", renderer="editing/write.jinja2", permission=Permission.PAGE_READ, request_method="GET"
)
def show_write(context: TextFile, request: Request) -> dict[str, Any]:
    """The text in a form; or why it cannot be written in now, and what can be done."""
    version = context.open
    mine = may("save", State.DRAFT, editor_of(request).actors, context.locale.code)
    if version is None or not is_at_work(version) or not mine:
        return {**_page(context, request, None, None), "mine": mine}
    form = _form(context, request)
    shown = _page(context, request, form, version)
    dutch = shown["source"].number if shown["source"] else 0
    form.fill({**answers_of(version, _targets(request)), "dutch": dutch})
    return {**shown, "mine": mine}


@view_config(
    route_name="editing.write", renderer="editing/write.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def save(context: TextFile, request: Request) -> Any:
    """Keep what was written, and on to where the button said. Whatever stands in its way, the words stay."""
    form = _form(context, request)
    try:
        answers = form.submit()
    except Trapped:  # never: who is signed in is no program
        return way_to(context, request, "write")
    except Wrong:
        return _again(context, request, form, None)
    words = words_of(answers, context.open.slug if context.open else context.page.key)
    if _refuse_programs(context, request, form, answers, words):
        return _again(context, request, form, words)
    try:
        version = _keep(context, request, answers, words)
    except EditedMeanwhile as meanwhile:
        return _both(context, request, form, answers, words, meanwhile.version)
    except NotSo as fault:
        return _gone(context, request, form, answers, words, str(fault))
    return _onwards(context, request, version)


def _again(context: TextFile, request: Request, form: Form, words: Words | None) -> dict[str, Any]:
    request.response.status_int = 422
    return {**_page(context, request, form, words), "mine": True}


def _refuse_programs(
    context: TextFile, request: Request, form: Form, answers: dict[str, Any], words: Words
) -> bool:  # fmt: skip
    """Put a message at the text or the step that holds a link that could run a program; whether there was one."""
    found = [one for one in to_look_at(context, request, words) if one.dangerous]
    for one in found:
        form.refuse("markdown" if one.line else _step_of(answers, one.what), say(one))
    return bool(found)


def _step_of(answers: dict[str, Any], target: str) -> str:
    return next(f"other_{number}" for number in STEPS if answers[f"other_{number}"].strip() == target)


def _keep(context: TextFile, request: Request, answers: dict[str, Any], words: Words) -> PageVersion:
    """Save in the version that the form was made of. Raises `EditedMeanwhile`, and `NotSo("gone")` without one."""
    desk, version, revision = drafting(context, request), context.open, answers["revision"]
    if version is None:
        if answers["number"]:
            raise NotSo("gone")
        version = desk.begin(context.page.key, context.locale.code)
        revision = version.revision
    elif version.number != answers["number"]:
        raise EditedMeanwhile(version)
    desk.save(version, revision, words, answers["note"], small=answers.get("small", False))
    if answers.get("follows") and answers["dutch"] == source_to_follow(request.db, version.page_key):
        desk.follow(version)
    return version


def _both(
    context: TextFile, request: Request, form: Form, answers: dict[str, Any], words: Words, theirs: PageVersion
) -> dict[str, Any]:
    """Somebody else saved: both texts beside each other, mine still in the form, which now knows theirs."""
    request.response.status_int = 409
    form.fill({**answers, "number": theirs.number, "revision": theirs.revision})
    who = names_of_staff(request.db.connection(), {theirs.touched_by} if theirs.touched_by else set())
    around = [(label, getattr(theirs, name), getattr(words, name))
              for label, name in ((_("Title"), "title"), (_("Summary"), "summary"), (_("Address"), "slug"))
              if getattr(theirs, name) != getattr(words, name)]  # fmt: skip
    return {
        **_page(context, request, form, words), "mine": True, "theirs": theirs, "around": around,
        "their_name": who.get(theirs.touched_by or 0, "–"),
        "rows": near_changes(differences(theirs.markdown, words.markdown)) if theirs.markdown != words.markdown else [],
    }  # fmt: skip


def _gone(
    context: TextFile, request: Request, form: Form, answers: dict[str, Any], words: Words, code: str
) -> dict[str, Any]:
    """There is nothing to save in any more: the words stay, and may begin a new draft where that can be."""
    request.response.status_int = 409
    form.fill({**answers, "number": 0, "revision": 0})
    return {**_page(context, request, form, words), "mine": True, "gone": REFUSED[code]}


def _onwards(context: TextFile, request: Request, version: PageVersion) -> Any:
    do = request.POST.get("do")
    if do == "look":
        return way_to(context, request, "preview")
    if do == "ask":
        try:
            drafting(context, request).ask_review(version)
        except NotSo:  # saved it is; the list on the screen says what is missing
            return way_to(context, request, "write", leeg="1")
        return way_to(context, request, TEXT_ROOM)
    return way_to(context, request, "write", bewaard="1")


def includeme(config: Configurator) -> None:
    """The screens of writing."""
    for name, tail in (("begin", "/beginnen"), ("write", "/schrijven")):
        factory = "portal.editing.resources.WrittenText"
        config.add_localized_route(f"editing.{name}", WORD, HERE + tail, only=LOCALES_OF_STAFF, factory=factory)
    config.add_body_limit("editing.write", LARGEST_FORM)
    config.scan("portal.editing.write_views")
    for room in ("hand_views", "preview_views"):
        config.include(f"portal.editing.{room}")
