"""A file of `content/pages/` read into values. Every fault names the file and what to mend."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from portal.foundation.i18n import LOCALES, SOURCE
from portal.foundation.lib.markdown import Rendered, render
from portal.foundation.seeding import ContentError

_FILE = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_TITLE = 80
#: An action needs both: where to, and words that say what happens.
ACTION_KEYS = {"to", "text"}


@dataclass(frozen=True)
class PageFile:
    """One page in one locale as it stands in its file."""

    locale: str
    slug: str
    head: Mapping[str, Any]
    markdown: str
    rendered: Rendered
    digest: str
    review_by: date | None


def _head(text: str, path: Path) -> tuple[dict[str, Any], str]:
    parts = _FILE.match(text.replace("\r\n", "\n"))
    if parts is None:
        raise ContentError(f"{path}: line 1: the file begins with front matter between two lines of ---")
    try:
        head = yaml.safe_load("\n" + parts[1])  # so that its line numbers are those of the file
    except yaml.YAMLError as fault:
        raise ContentError(f"{path}: front matter: {fault}") from fault
    if not isinstance(head, dict):
        raise ContentError(f"{path}: front matter: write one “key: value” on each line")
    return head, parts[2]


def _faults(head: Mapping[str, Any], slug: str) -> list[str]:
    said = [f"{key} is missing" for key in ("title", "summary", "actions") if not head.get(key)]
    if len(str(head.get("title", ""))) > LONGEST_TITLE:
        said.append(f"title has over {LONGEST_TITLE} characters")
    if not _SLUG.fullmatch(slug):
        said.append(f"slug “{slug}”: use small Latin letters, digits and hyphens")
    if not all(isinstance(action, dict) and set(action) == ACTION_KEYS for action in head.get("actions") or ()):
        said.append("actions: each has “to” and “text”, nothing else")
    return said


def read_page_file(path: Path) -> PageFile:
    """Read and check one file. Raises `ContentError`."""
    locale = path.stem
    if locale not in LOCALES:
        raise ContentError(f"{path}: “{locale}” is no locale; there are: {', '.join(LOCALES)}")
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise ContentError(f"{path}: is not UTF-8 text: {fault}") from fault
    head, markdown = _head(text, path)
    slug = str(head.get("slug") or path.parent.name)
    faults = _faults(head, slug)
    if faults:
        raise ContentError(f"{path}: " + "; ".join(faults))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return PageFile(locale, slug, head, markdown, render(markdown), digest, _own_day(head, path))


def _own_day(head: Mapping[str, Any], path: Path) -> date | None:
    """The day on which this text is looked at, when it is another than that of the page. Plain Dutch has the page's."""
    if path.stem == SOURCE.code or "review_by" not in head:
        return None
    try:
        return date.fromisoformat(str(head["review_by"]))
    except ValueError as fault:
        raise ContentError(f"{path}: front matter: review_by: {fault}") from fault


def facts_of(head: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """What the Dutch file says of the page as a whole. Raises `ContentError`."""
    try:
        return {
            "service": head.get("service"),
            "with_exit": bool(head.get("exit", False)),
            "legal": bool(head.get("legal", False)),
            "place": int(head.get("place") or 0),
            "topics": list(head.get("topics") or ()),
            "audience": list(head.get("audience") or ()),
            "related": list(head.get("related") or ()),
            "sources": [str(source) for source in head.get("sources") or ()],
            "owner": str(head["owner"]),
            "checked_on": date.fromisoformat(str(head["checked_on"])),
            "review_by": date.fromisoformat(str(head["review_by"])),
        }
    except (KeyError, ValueError, TypeError) as fault:
        raise ContentError(f"{path}: front matter: {fault!r}") from fault
