"""The headers that every answer carries: what a browser may do with it, said exactly.

Nothing from elsewhere, no inline script or style, no frame, no referrer to others, nothing of the device.
"""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: For what somebody else made and we only hand over: it may do nothing, wherever it is opened.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
#: For a page of ours that holds frames, and for what stands in them; of us alone, both of them.
HOLDS_FRAMES = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
IN_OUR_FRAME = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
#: One year, in seconds.
HSTS_MAX_AGE = 31_536_000

ALWAYS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", PERMISSIONS_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
#: An answer that names no other rule is kept by nobody: it may hold what somebody typed.
KEPT_BY_NOBODY = "no-store"


def headers_tween_factory(handler: Callable[[Request], Response], registry: Any) -> Callable[[Request], Response]:
    """Put the headers on every answer of the portal, error pages included."""
    always = list(ALWAYS)
    if registry.portal.secure:
        always.append(("Strict-Transport-Security", f"max-age={HSTS_MAX_AGE}; includeSubDomains"))

    def headers_tween(request: Request) -> Response:
        response = handler(request)
        stricter = response.headers.get("Referrer-Policy")
        response.headers.update(always)
        if stricter:
            response.headers["Referrer-Policy"] = stricter
        if narrower := request.environ.get("portal.content_security_policy"):
            response.headers["Content-Security-Policy"] = narrower
            if narrower == IN_OUR_FRAME:
                response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = KEPT_BY_NOBODY
        return response

    return headers_tween


def includeme(config: Configurator) -> None:
    """Outside the error pages."""
    config.add_tween("portal.foundation.headers.headers_tween_factory", over=EXCVIEW)
