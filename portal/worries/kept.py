"""What is kept of a worry for who told it: their own words, which every case has, and nothing of whom it is about."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.models import Case

_ = TranslationStringFactory("portal")


def keeps(_session: Session, _case: Case, request: Request) -> Sequence[tuple[Any, Sequence[str]]]:
    """What `add_kept` asks. Always the same line: whether a person is named, knows or is erased cannot be read here."""
    alone = request.localizer.translate(_("What we know of somebody is for that person alone."))
    return [(_("Whom it is about"), [alone])]
