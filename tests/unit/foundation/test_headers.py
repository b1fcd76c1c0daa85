"""Every answer carries exactly the headers of its kind, no more and no less."""

import pytest
from pyramid.request import Request
from pyramid.response import Response
from webtest import TestApp

from portal.app import configure
from portal.foundation.headers import HOLDS_FRAMES, IN_OUR_FRAME, headers_tween_factory

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HTML = {"Content-Type": "text/html; charset=UTF-8", "Vary": "Accept-Encoding"}
#: What differs from one answer to the next; their names are held, not their values.
OWN = ("Content-Length", "ETag", "Last-Modified", "Expires", "Set-Cookie", "Location", "Retry-After")


@pytest.fixture
def web(app):
    return TestApp(app, extra_environ={"HTTP_HOST": "leeuwarden.test"})


def headers(answer):
    return {name: value for name, value in answer.headers.items() if name not in OWN}, {
        name for name in OWN if name in answer.headers
    }


def static(registry, web):
    return f"/static/{registry.assets['portal.css']}"


def theme(registry, web):
    return f"/theme/{registry.sites.by_key('leeuwarden').theme.digest}.css"


@pytest.mark.parametrize(
    ("path", "status", "expected", "own"),
    [
        ("/nl/klacht", 200, HTML | {"Cache-Control": "no-cache"}, {"ETag"}),
        ("/nl/vind-uw-team?waar=8911", 200, HTML | {"Cache-Control": "no-store"}, set()),
        ("/nl/niets", 404, HTML | {"Cache-Control": "no-store"}, set()),
        ("/static/niets.css", 404, HTML | {"Cache-Control": "no-store"}, set()),
        ("/nl/reactie?pagina=klacht", 200, HTML | {"Cache-Control": "no-store"}, {"Set-Cookie"}),
        (
            "/api/v1/teams?where=8911&locale=nl", 200,
            {"Content-Type": "application/json", "Cache-Control": "no-store"}, set(),
        ),
        (
            "/api/niets", 404,
            {"Content-Type": "application/json", "Cache-Control": "no-store"}, set(),
        ),
        (
            static, 200,
            {"Content-Type": "text/css; charset=UTF-8", "Cache-Control": "max-age=31536000", "Vary": "Accept-Encoding"},
            {"Last-Modified", "Expires"},
        ),
        (
            theme, 200,
            {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=31536000, immutable"}, set(),
        ),
        ("/robots.txt", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "max-age=86400"}, set()),
    ],
    ids=[
        "page", "answer", "error", "static-error", "form", "api", "api-error", "static", "theme", "robots",
    ],
)  # fmt: skip
def test_an_answer_has_exactly_the_headers_of_its_kind(web, registry, path, status, expected, own):
    answer = web.get(path if isinstance(path, str) else path(registry, web), status=status)
    assert headers(answer) == (ALWAYS | expected, own | {"Content-Length"})


def test_a_redirect_carries_the_headers_too(web):
    answer = web.get("/en/vind-uw-team", status=301)
    assert headers(answer)[0].items() >= (ALWAYS | {"Cache-Control": "no-store"}).items()


def test_an_answer_on_http_makes_no_promise_of_https(web):
    assert "Strict-Transport-Security" not in web.get("/nl/").headers


def test_a_portal_on_https_promises_it_for_a_year(settings, zwolle):
    secure = {name: value.replace("http://", "https://") for name, value in settings.items()}
    own = configure(secure)
    request = Request.blank("/robots.txt", environ={"HTTP_HOST": "zwolle.test"})
    answer = request.get_response(own.make_wsgi_app())
    for site in own.registry.sites:
        site.engine.dispose()
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_page_says_what_serves_it(web):
    assert not {"Server", "X-Powered-By"} & set(web.get("/nl/").headers)


def test_no_page_lets_others_in(web):
    assert "Access-Control-Allow-Origin" not in web.get("/nl/", headers={"Origin": "https://elders.test"}).headers


@pytest.mark.parametrize(("rule", "frames"), [(HOLDS_FRAMES, "DENY"), (IN_OUR_FRAME, "SAMEORIGIN")])
def test_only_what_stands_in_a_frame_of_ours_may_stand_in_one_and_nothing_else_is_looser(registry, rule, frames):
    def page(request):
        request.environ["portal.content_security_policy"] = rule
        return Response("")

    answer = headers_tween_factory(page, registry)(Request.blank("/"))
    given = dict(answer.headers) | {"Content-Security-Policy": POLICY, "X-Frame-Options": "DENY"}
    assert given.items() >= ALWAYS.items()
    assert answer.headers["X-Frame-Options"] == frames
    different = set(rule.split("; ")) ^ set(POLICY.split("; "))
    assert different <= {"frame-src 'self'", "frame-ancestors 'self'", "frame-ancestors 'none'"}
