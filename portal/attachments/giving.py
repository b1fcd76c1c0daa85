"""Giving a document back: as something to keep, never as something that a browser shows as a page of ours."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.attachments.kinds import KINDS
from portal.attachments.names import disposition
from portal.attachments.services import content_of, find_document
from portal.attachments.views import vault_of, visit_of
from portal.cases.noting import note_look
from portal.cases.resources import CaseFile, FollowDesk, OutOfSight
from portal.foundation.headers import SANDBOX
from portal.foundation.security import Permission


@view_config(route_name="attachments.file", permission=Permission.READ, request_method="GET")
def give_to_resident(context: FollowDesk, request: Request) -> Any:
    """A document of one's own request, for who gave the code."""
    visit = visit_of(request)
    if not visit.full:
        return HTTPSeeOther(request.route_path("cases.code"))
    row = find_document(request.reader, visit.case.id, request.matchdict["id"])
    if row is None:
        raise HTTPNotFound()
    return given(request, row)


@view_config(route_name="attachments.desk_file", permission=Permission.CASE_READ, request_method="GET")
def give_to_staff(context: CaseFile, request: Request) -> Response:
    """A document of a request that one may see. It is written down who opened it, as for the request itself."""
    row = find_document(request.reader, context.case.id, request.matchdict["id"])
    if row is None:
        raise OutOfSight()
    note_look(request, context.case.id)
    return given(request, row)


def given(request: Request, row: Any) -> Response:
    """The document with everything that keeps a browser from doing more than keeping it."""
    pieces: Iterator[bytes] = content_of(request.site.engine, vault_of(request), row.id, row.sha256)
    request.environ["portal.content_security_policy"] = SANDBOX
    return Response(
        app_iter=chain((next(pieces),), pieces), content_length=row.size, content_type=KINDS[row.kind].media_type,
        charset=None, content_disposition=disposition(row.name), cache_control="no-store",
    )  # fmt: skip
