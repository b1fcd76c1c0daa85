"""Documents that people send along with a request: looked at, washed, locked away, and given back to who may have them.

A kind of request says that it takes them (`CaseKind.documents`); this package puts them on the page where somebody
follows a request, and on the page where staff handle it.
"""

from typing import Any


def includeme(config: Any) -> None:
    """Routes, the places on the two pages, and the one form of the portal that may be large."""
    # Imported here: the process in which documents are washed begins with this file, and needs none of it.
    from portal.accounts.identity import LOCALES_OF_STAFF, WORD
    from portal.attachments.kept import keeps
    from portal.attachments.places import fill
    from portal.attachments.rules import LARGEST_BODY

    words, factory = {"nl": "mijn-aanvraag", "en": "my-request"}, "portal.cases.resources.FollowDesk"
    number = "{id:[A-Za-z0-9_-]{22}}"
    for name, tail in (("documents", "/documenten"), ("file", f"/documenten/{number}"),
                       ("remove", f"/documenten/{number}/weg")):  # fmt: skip
        config.add_localized_route(f"attachments.{name}", words, tail, factory=factory)
    config.add_localized_route(
        "attachments.desk_file", WORD, "/aanvraag/{reference:[A-Za-z0-9]{8}}/document/" + number,
        only=LOCALES_OF_STAFF, factory="portal.cases.resources.CaseFile",
    )  # fmt: skip
    config.add_body_limit("attachments.documents", LARGEST_BODY)
    config.add_slot_filler(fill)
    config.add_kept(None, keeps)
    config.add_jinja2_search_path("portal.attachments:templates")
    config.scan("portal.attachments.views")
    config.scan("portal.attachments.giving")
