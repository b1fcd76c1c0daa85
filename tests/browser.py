"""A visitor without JavaScript. Every page they get is looked at, so that no test has to remember to.

Looked at: one h1, a title, unique ids, a label at every field, language and direction, links of the error summary,
no cookie while reading, no word that was left untranslated in a template.
"""

import re
from typing import Any

from bs4 import BeautifulSoup
from webtest import TestApp, TestResponse

from portal.foundation.i18n import BY_SEGMENT


class Browser:
    """A visitor of one municipality."""

    def __init__(self, app: Any, host: str) -> None:
        self._app = TestApp(app, extra_environ={"HTTP_HOST": host, "REMOTE_ADDR": "192.0.2.1"})

    def get(self, path: str, status: int | str = 200, **kw: Any) -> TestResponse:
        """Get a page and look at it."""
        response = self._app.get(path, status=status, **kw)
        if response.content_type == "text/html" and response.status_int != 304:
            look_at(response)
        return response

    def submit(self, form: Any, status: int | str = "*", **kw: Any) -> TestResponse:
        """Send a form and look at the page that comes back."""
        response = form.submit(status=status, **kw)
        if response.content_type == "text/html" and response.status_int not in {302, 303}:
            look_at(response)
        return response

    def post(self, path: str, values: Any = "", status: int | str = "*", **kw: Any) -> TestResponse:
        """Send something that no form of ours sent."""
        return self._app.post(path, values, status=status, **kw)

    @property
    def cookies(self) -> dict[str, str]:
        """What the portal left behind."""
        return dict(self._app.cookies)

    def forget(self) -> None:
        """Throw away all cookies."""
        self._app.reset()


def look_at(response: TestResponse) -> None:
    """Assert what is true of every page."""
    page = BeautifulSoup(response.text, "html.parser")
    where = response.request.path_qs
    assert len(page.find_all("h1")) == 1, f"{where}: a page has one h1"
    assert page.title is not None, f"{where}: a page has a title"
    assert page.title.text.strip(), f"{where}: a title has words"
    _ids_are_unique(page, where)
    _fields_have_labels(page, where)
    _language_is_right(page, where)
    _summary_leads_to_fields(page, where)
    for written in page.find_all(["textarea", "code", "del", "ins"]) + page.select(".as-written"):
        written.decompose()  # what an editor typed stands there as it was typed
    assert not re.search(r"\{\{|\}\}|\{%|\[\[|%\(\w+\)s|\$\{\w+\}", page.get_text()), f"{where}: unfilled words"
    if not page.find("form", method="post"):
        assert "Set-Cookie" not in response.headers, f"{where}: reading sets no cookie"


def _ids_are_unique(page: BeautifulSoup, where: str) -> None:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"{where}: ids used twice: {twice}"


def _fields_have_labels(page: BeautifulSoup, where: str) -> None:
    labelled = {label.get("for") for label in page.find_all("label")}
    for field in page.find_all(["input", "textarea", "select"]):
        if field.get("type") not in {"hidden", "submit"}:
            assert field.get("id") in labelled, f"{where}: no label at {field}"
        for described in (field.get("aria-describedby") or "").split():
            assert page.find(id=described), f"{where}: {described} describes nothing"


def _language_is_right(page: BeautifulSoup, where: str) -> None:
    html = page.html
    segment = where.split("?", maxsplit=1)[0].split("/")[1]
    if segment in BY_SEGMENT and html is not None:
        locale = BY_SEGMENT[segment]
        assert (html["lang"], html["dir"]) == (locale.tag, locale.direction), f"{where}: wrong language or direction"


def _summary_leads_to_fields(page: BeautifulSoup, where: str) -> None:
    for link in page.select(".errors a"):
        assert page.find(id=link["href"].lstrip("#")), f"{where}: {link['href']} leads nowhere"
