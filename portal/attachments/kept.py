"""The documents of a request, in the list of what is kept about somebody: their names, not what is in them."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.attachments.labels import size_in_words
from portal.attachments.services import Holder, documents_of
from portal.cases.models import Case
from portal.ui.dates import day_and_year

_ = TranslationStringFactory("portal")


def keeps(session: Session, case: Case, request: Request) -> Sequence[tuple[Any, Sequence[str]]]:
    """What `add_kept` asks."""
    rows = documents_of(session.connection(), Holder.of(case))
    lines = [f"{row.name}, {size_in_words(row.size, request.locale)}, {day_and_year(row.at, request.locale)}"
             for row in rows]  # fmt: skip
    return [(_("Documents"), lines)]
