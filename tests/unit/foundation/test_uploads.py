"""A form that brings a file is read with a limit on everything; what is more than a form is told so."""

import io
import time

import pytest
from pyramid.request import Request

from portal.foundation.uploads import IN_MEMORY, LARGEST_FORM, MOST_PARTS, MOST_TYPED

REACTION, DOCUMENTS = "/nl/reactie", "/nl/mijn-aanvraag/documenten"
MARK = "x" * 20


def part(name, data=b"", filename=None, more=b""):
    called = f'; filename="{filename}"' if filename is not None else ""
    return (
        f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"{called}\r\n'.encode()
        + more
        + b"\r\n"
        + data
        + b"\r\n"
    )


@pytest.fixture
def send(app):
    """Sends a body and gives the answer, and the seconds it took."""

    def post(body, path=REACTION, kind=f"multipart/form-data; boundary={MARK}"):
        request = Request.blank(path, environ={"HTTP_HOST": "zwolle.test", "REMOTE_ADDR": "192.0.2.1"})
        request.method, request.body_file, request.content_length = "POST", io.BytesIO(body), len(body)
        request.content_type = kind
        began = time.process_time()
        answer = request.get_response(app)
        return answer.status_int, time.process_time() - began

    return post


def closed(*parts):
    return b"".join(parts) + f"--{MARK}--\r\n".encode()


def test_a_form_with_a_file_is_read_as_any_other(send):
    # without a token the answers come back: it was read
    assert send(closed(part("page", b"klacht"), part("document", b"x", "x.pdf")))[0] == 422
    assert send(closed(part("document", bytes(IN_MEMORY * 2), "x.pdf")), DOCUMENTS)[0] == 422


@pytest.mark.parametrize("path", [REACTION, "/nl/mijn-aanvraag/stand", DOCUMENTS + "/weg", "/nl/"])
def test_only_the_route_that_says_so_takes_more_than_a_form_holds(send, path):
    assert send(closed(part("document", bytes(LARGEST_FORM), "x.pdf")), path)[0] == 413
    assert send(b"a=" + bytes(LARGEST_FORM), path, "application/x-www-form-urlencoded")[0] == 413


def test_it_takes_no_more_than_it_says_in_every_language(send):
    large = closed(part("document", bytes(32 * 1024 * 1024), "x.pdf"))
    for path in (DOCUMENTS, "/en/my-request/documenten", "/ar/my-request/documenten"):
        assert send(large, path)[0] == 413
        assert send(large[: 1024 * 1024], path)[0] == 400  # it breaks off


@pytest.mark.parametrize(
    "body",
    [
        closed(*(part("a") for _ in range(MOST_PARTS + 1))),
        closed(part("a", b"x" * (MOST_TYPED + 1))),
        closed(part("a", more=b"X: y\r\n" * 20)),
        closed(part("a", more=b"X: " + b"y" * 10_000 + b"\r\n")),
        closed(part("a", b"\xff")),
        closed(part("a", b"x")).replace(b'"a"', b'"\xff"'),
        part("a", b"it never ends"),
        b"no parts at all",
        b"",
    ],
    ids=["parts", "typed", "headers", "header", "no-text", "name", "endless", "none", "empty"],
)
def test_what_is_no_such_form_is_a_400(send, body):
    assert send(body, DOCUMENTS)[0] == 400


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a"]
)
def test_without_the_mark_between_its_parts_it_is_a_400(send, kind):
    assert send(closed(part("a", b"x")), DOCUMENTS, kind)[0] == 400


@pytest.mark.parametrize(
    "body",
    [b"".join(part("a") for _ in range(200_000)), part("a", more=b"a: b\r\n" * 3_000_000), b"\r\n" * 8_000_000],
    ids=["many-parts", "many-headers", "many-lines"],
)
def test_a_body_that_is_made_to_be_slow_is_refused_quickly(send, body):
    status, seconds = send(body[: 20 * 1024 * 1024], DOCUMENTS)
    assert status == 400
    assert seconds < 3
