"""The form kit: colander schemas on screen, with our own accessible widgets and one way to submit.

`form = request.form(Schema())`; on POST `form.submit()` gives the values or raises `Wrong`, after which the same form
shows every message at its field, and above it, with nothing lost. The view then answers 422.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import colander
import deform
from jinja2 import Environment
from jinja2.environment import TemplateModule
from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy, get_csrf_token
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid_jinja2 import get_jinja2_environment

from portal.ui.rendering import words_of
from portal.ui.stencils import TOKEN, hole, making_stencil

_ = TranslationStringFactory("portal")

#: A field no person sees. Programs that fill in everything fill it in too.
TRAP = "fax_number"


class Wrong(Exception):
    """The answers need another look; the form holds them and the messages."""


class Trapped(Exception):
    """A program filled in the field that no person sees."""


class Form:
    """One form on one page for one reader."""

    def __init__(
        self, request: Request, schema: colander.Schema, send: Any, action: str | None = None, name: str = "form"
    ) -> None:
        self._request = request
        self._send = send
        self._form = deform.Form(
            schema, renderer=self._render_widget, focus="off", formid=name,
            action=action or request.path,
        )  # fmt: skip
        self._values: dict[str, Any] = {}

    def fill(self, values: dict[str, Any]) -> "Form":
        """Show these values to begin with."""
        self._form.set_appstruct(values)
        self._values = values
        return self

    def submit(self) -> dict[str, Any]:
        """The answers as typed values. Raises `Wrong` with the messages in place, `Trapped` for programs.

        Who signed in is no program: their password manager filled the field, and their words are not thrown away.
        """
        if self._request.POST.get(TRAP) and self._request.identity is None:
            raise Trapped()
        try:
            values: dict[str, Any] = self._form.validate(list(self._request.POST.items()))
        except deform.ValidationFailure as fault:
            self._form = fault.field
            raise Wrong() from fault
        self._values = values
        return values

    def refuse(self, name: str, message: Any) -> None:
        """Put a message at a field for a fault that the schema cannot see; what was typed stays, secrets apart."""
        self._form.set_appstruct(self._values)
        field = self._form[name]
        field.error = colander.Invalid(field.schema, message)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What needs another look, as (id of the field, message), in the order of the page."""
        return [
            (field.oid, self._request.localizer.translate(field.error.msg))
            for field in self._form.children
            if field.error is not None
        ]

    def part(self, *names: str) -> Markup:
        """Some questions as markup, in this order, for a screen that lays out its form itself."""
        item: Callable[[Any], Markup] = vars(self._widgets)["item"]
        return Markup("").join(item(self._form[name]) for name in names)

    def __html__(self) -> str:
        """The form as markup, ready for a template."""
        return str(self._form.render())

    @cached_property
    def _widgets(self) -> TemplateModule:
        request = self._request
        environment: Environment = get_jinja2_environment(request)
        return environment.get_template("deform/widgets.jinja2").make_module(
            {
                "_": words_of(request.localizer), "say": request.localizer.translate,
                "send": self._send, "trap": TRAP, "csrf_token": get_csrf_token(request),
            }
        )  # fmt: skip

    def _render_widget(self, template: str, *, field: Any, cstruct: Any, **_values: Any) -> Markup:
        macro: Callable[[Any, Any], Markup] = getattr(self._widgets, template)
        return macro(field, cstruct)


def form(
    request: Request, schema: colander.Schema, send: Any, action: str | None = None, name: str = "form"
) -> Form:  # fmt: skip
    """A form for a schema; `send` are the words on its one button, `name` is its id when a page has several."""
    return Form(request, schema, send, action, name)


class Tokens(CookieCSRFStoragePolicy):
    """The token stands in a cookie and in the form. In what is made for everybody stands a hole."""

    def get_csrf_token(self, request: Request) -> str:
        """The token of who asks; they get one when they have none."""
        return hole(TOKEN) if making_stencil(request) else str(super().get_csrf_token(request))


def includeme(config: Configurator) -> None:
    """Forms, and the check that a form was sent from our own page."""
    secure = config.registry.portal.secure
    config.set_csrf_storage_policy(
        Tokens(cookie_name="__Host-csrf" if secure else "csrf", secure=secure, httponly=True, samesite="Lax")
    )
    config.set_default_csrf_options(require_csrf=True)
    config.add_request_method(form, "form")
