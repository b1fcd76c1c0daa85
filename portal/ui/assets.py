"""Style sheet, script and pictures: made ready once, at build, under names that hold their content.

`portal assets` writes `built/` (files, their pressed twins and `manifest.json`); the portal only serves them, to be
kept by browsers for a year. Development builds at start when the folder is missing or old.
"""

import gzip
import hashlib
import json
import re
from functools import cache
from pathlib import Path

import brotli
from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response

from portal.foundation.security import Permission, PublicResource

HERE = Path(__file__).parent
STATIC = HERE / "static"
BUILT = HERE / "built"
#: One year, in seconds; the name changes when the content does.
FOREVER = 31_536_000


def _squeeze_css(css: str) -> str:
    """Without comments and spare white space; nothing clever."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return re.sub(r": ", ":", css).replace(";}", "}").strip()


def _sources() -> dict[str, bytes]:
    """Everything to serve: name → content, each style sheet joined from its parts in the order of their names."""
    single = {path.name: path.read_bytes() for path in [*STATIC.glob("*.svg"), *(STATIC / "js").glob("*.js")]}
    return {"portal.css": _joined(STATIC / "css"), "desk.css": _joined(STATIC / "css/desk"), **single}


def _joined(folder: Path) -> bytes:
    parts = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
    return _squeeze_css(parts).encode()


def build(target: Path = BUILT) -> dict[str, str]:
    """Write every asset with its pressed twins; returns name → name with its digest."""
    target.mkdir(exist_ok=True)
    manifest = {}
    for name, content in _sources().items():
        stem, dot, ending = name.rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{ending}"
        (target / hashed).write_bytes(content)
        (target / f"{hashed}.br").write_bytes(brotli.compress(content, quality=11))
        (target / f"{hashed}.gz").write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
        manifest[name] = hashed
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")
    return manifest


def _is_old() -> bool:
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        return True
    newest = max(path.stat().st_mtime for path in STATIC.rglob("*") if path.is_file())
    return newest > manifest.stat().st_mtime


@cache
def _icon_parts(name: str) -> str:
    svg = (STATIC / "icons" / f"{name}.svg").read_text("utf-8").strip()
    return re.sub(r"^<svg[^>]*>|</svg>$", "", svg)


def icon(name: str, kind: str = "") -> Markup:
    """A pictogram, drawn in the page and hidden from screen readers: words always stand beside it."""
    classes = f"icon {kind}".strip()
    return Markup(
        f'<svg class="{classes}" viewBox="0 0 48 48" aria-hidden="true" focusable="false">{_icon_parts(name)}</svg>'
    )


def static_path(request: Request, name: str) -> str:
    """The path of an asset, with its digest."""
    return f"/static/{request.registry.assets[name]}"


def theme_path(request: Request) -> str | None:
    """The path of the site's own style sheet; None when it uses the portal's look as it is."""
    theme = request.site.theme
    return f"/theme/{theme.digest}.css" if theme.css else None


def show_theme(context: PublicResource, request: Request) -> Response:
    """The site's token values."""
    theme = request.site.theme
    if not theme.css or request.matchdict["digest"] != theme.digest:
        raise HTTPNotFound()
    response = Response(_squeeze_css(theme.css), content_type="text/css", charset="utf-8")
    response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
    return response


def includeme(config: Configurator) -> None:
    """Serve what was built."""
    if config.registry.portal.development and _is_old():
        build()
    config.registry.assets = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    config.add_static_view(
        "static", str(BUILT), cache_max_age=FOREVER, content_encodings=["br", "gzip"], permission=Permission.READ,
        factory=PublicResource,
    )  # fmt: skip
    config.add_route("ui.theme", "/theme/{digest:[0-9a-f]+}.css", factory=PublicResource)
    config.add_view(show_theme, route_name="ui.theme", permission=Permission.READ, request_method="GET")
