"""Bytes that are no text are refused with a friendly page before anything else looks at them."""

import pytest
from pyramid.request import Request
from sqlalchemy import func, select

from portal.foundation.db import reading
from portal.foundation.sanity import LONGEST_URL
from portal.pages.models import PageReaction


@pytest.fixture
def get(app):
    """Sends raw bytes, as a browser never would, and gives the answer."""

    def send(path_info="/nl/", query="", body=None, **environ):
        request = Request.blank("/", environ={"HTTP_HOST": "zwolle.test", "REMOTE_ADDR": "192.0.2.1", **environ})
        request.environ |= {"PATH_INFO": path_info, "QUERY_STRING": query}
        if body is not None:
            request.method, request.body = "POST", body
            request.content_type = environ.get("CONTENT_TYPE", "application/x-www-form-urlencoded")
        return request.get_response(app)

    return send


@pytest.mark.parametrize(
    "sent",
    [
        {"path_info": "/nl/\xff"},
        {"path_info": "/nl/\xc3\x28"},
        {"path_info": "/nl/\xed\xa0\x80"},
        {"path_info": "/nl/vind-uw-team", "query": "waar=%FF"},
        {"path_info": "/nl/zoeken", "query": "%C3%28=x"},
        {"path_info": "/nl/reactie", "body": b"remark=%FF"},
        {"path_info": "/nl/reactie", "body": b"remark=\xff"},
        {"path_info": "/nl/reactie", "body": b"%FF=remark"},
    ],
    ids=["path", "path-half-a-letter", "path-surrogate", "query", "name-in-query", "form", "form-raw", "name-in-form"],
)
def test_bytes_that_are_no_text_get_a_400_page(get, sent):
    answer = get(**sent)
    assert answer.status_int == 400
    assert "038 000 02 00" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/nl/klacht", "/nl/vind-uw-team"])
def test_a_cookie_that_is_no_text_locks_nobody_out_for_another_site_may_have_left_it(get, path):
    assert get(path, "waar=8031", HTTP_COOKIE="other=\xff\xfe; csrf=\xff").status_int == 200


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\t", "\n", "\r", "\x1b", "\x7f"], ids=repr)
def test_a_path_with_a_control_character_gets_a_400_page(get, sign):
    assert get(f"/nl/kla{sign}cht").status_int == 400


@pytest.mark.parametrize("body", [b"remark=a%00b&page=klacht&useful=yes", b"page=kla%00cht&useful=yes"])
def test_a_form_with_a_zero_byte_is_no_text_and_nothing_is_kept(get, body, zwolle):
    assert get("/nl/reactie", body=body).status_int == 400
    with reading(zwolle.engine) as connection:
        assert connection.execute(select(func.count()).select_from(PageReaction)).scalar() == 0


@pytest.mark.parametrize("query", ["waar=8011%00AB", "waar=%0A%09", "waar=%1B[31m", "waar=%7F"])
def test_a_control_character_in_a_question_is_only_a_question(get, query):
    assert get("/nl/vind-uw-team", query).status_int in {200, 422}


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/nl/" + "a" * (LONGEST_URL - 4), "", 404),
        ("/nl/" + "a" * (LONGEST_URL - 3), "", 414),
        ("/nl/zoeken", "q=" + "a" * (LONGEST_URL - 12), 200),
        ("/nl/zoeken", "q=" + "a" * (LONGEST_URL - 11), 414),
        ("/nl/zoeken", "q=" + "a" * 100_000, 414),
    ],
    ids=["longest-path", "path-too-long", "longest-question", "question-too-long", "much-too-long"],
)
def test_a_link_of_over_2000_characters_is_too_long(get, path, query, status):
    assert get(path, query).status_int == status


def test_a_refusal_is_a_page_with_the_number_to_call(get):
    answer = get("/nl/zoeken", "q=" + "a" * 5_000)
    assert (answer.status_int, answer.content_type) == (414, "text/html")
    assert "038 000 02 00" in answer.text


@pytest.mark.parametrize(("query", "status"), [("q=%FF", 400), ("q=" + "a" * 5_000, 414)], ids=["no-text", "too-long"])
def test_a_program_is_refused_in_json(get, query, status):
    answer = get("/api/v1/search", query)
    assert (answer.status_int, answer.content_type) == (status, "application/json")


@pytest.mark.parametrize("path", ["/nl/klacht", "/ar/", "/nl/sociale-kaart"])
def test_what_is_text_passes_untouched(get, path):
    assert get(path).status_int == 200


def test_letters_of_every_script_are_text(get):
    assert get("/nl/vind-uw-team", "waar=%D9%A8%D9%A0%D9%A3%D9%A1").status_int == 200
    assert get("/nl/\xd8\xa7\xd9\x84").status_int == 404
