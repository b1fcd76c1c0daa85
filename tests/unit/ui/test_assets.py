"""Style sheet, script and pictures: one name per content, pressed twins, kept for a year."""

import gzip
import json

import brotli
import pytest
from pyramid.request import Request
from webtest import TestApp

from portal.ui.assets import HERE, STATIC, _squeeze_css, build, icon


@pytest.fixture
def built(tmp_path):
    """A folder of built assets of the test's own, with its manifest."""
    return tmp_path / "built", build(tmp_path / "built")


def test_every_source_is_built_under_a_name_that_holds_its_content(built):
    folder, manifest = built
    assert json.loads((folder / "manifest.json").read_text("utf-8")) == manifest
    assert {"portal.css", "favicon.svg"} <= set(manifest)
    assert all((folder / hashed).exists() for hashed in manifest.values())


def test_every_asset_has_pressed_twins_that_say_the_same(built):
    folder, manifest = built
    for hashed in manifest.values():
        content = (folder / hashed).read_bytes()
        assert brotli.decompress((folder / f"{hashed}.br").read_bytes()) == content
        assert gzip.decompress((folder / f"{hashed}.gz").read_bytes()) == content


def test_building_twice_gives_the_same_bytes(built, tmp_path):
    folder, manifest = built
    assert build(tmp_path / "again") == manifest
    for path in folder.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_the_style_sheet_is_joined_in_the_order_of_its_parts(built):
    folder, manifest = built
    css = (folder / manifest["portal.css"]).read_text("utf-8")
    starts = [_squeeze_css(path.read_text("utf-8"))[:60] for path in sorted((STATIC / "css").glob("*.css"))]
    assert [css.find(start) for start in starts] == sorted(css.find(start) for start in starts)
    assert "/*" not in css
    assert "\n" not in css


@pytest.mark.parametrize(
    ("css", "squeezed"),
    [
        ("a { color: red; }", "a{color:red}"),
        ("a,\n  b > c {\n  margin: 0 1px ;\n}\n", "a,b > c{margin:0 1px}"),
        ("/* weg\n */a{b:c}/**/", "a{b:c}"),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ("p :hover { a: b }", "p :hover{a:b}"),
        ("@media (min-width: 40em) and (hover) { a { b: c } }", "@media (min-width:40em) and (hover){a{b:c}}"),
        ("a { background: url('data:image/svg+xml,%3Cx/%3E') }", "a{background:url('data:image/svg+xml,%3Cx/%3E')}"),
    ],
)  # fmt: skip
def test_a_style_sheet_loses_only_comments_and_spare_space(css, squeezed):
    assert _squeeze_css(css) == squeezed


@pytest.mark.parametrize("path", sorted((STATIC / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_a_pictogram_is_drawn_in_the_page_and_hidden_from_screen_readers(path):
    drawn = str(icon(path.stem, "icon--large"))
    assert drawn.startswith('<svg class="icon icon--large" viewBox="0 0 48 48" aria-hidden="true" focusable="false">')
    assert drawn.count("<svg") == drawn.count("</svg>") == 1
    assert "<script" not in drawn
    assert "style=" not in drawn


def test_a_pictogram_that_is_not_there_is_a_fault_not_a_blank():
    with pytest.raises(FileNotFoundError):
        icon("no-such-thing")


@pytest.mark.parametrize(("accepts", "encoding"), [("br, gzip", "br"), ("gzip", "gzip")])
def test_a_browser_gets_the_pressed_twin(registry, app, accepts, encoding):
    path = f"/static/{registry.assets['portal.css']}"
    request = Request.blank(path, environ={"HTTP_HOST": "zwolle.test"}, headers={"Accept-Encoding": accepts})
    answer = request.get_response(app)
    assert answer.headers["Content-Encoding"] == encoding
    unpress = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    assert unpress(answer.body) == (HERE / "built" / registry.assets["portal.css"]).read_bytes()


@pytest.mark.parametrize("path", ["/static/portal.css", "/static/../assets.py", "/static/%2e%2e/assets.py", "/static/"])
def test_nothing_else_is_served_from_the_folder(app, path):
    TestApp(app, extra_environ={"HTTP_HOST": "zwolle.test"}).get(path, status=404)


def test_a_page_names_the_style_sheet_and_the_theme_of_its_own_site(registry, visitor, visitor_of_leeuwarden):
    theme = registry.sites.by_key("leeuwarden").theme
    page = visitor_of_leeuwarden.get("/nl/").text
    assert f"/static/{registry.assets['portal.css']}" in page
    assert f"/theme/{theme.digest}.css" in page
    assert theme.digest not in visitor.get("/nl/").text


def test_the_theme_is_that_of_the_site_and_of_this_digest(registry, visitor, visitor_of_leeuwarden):
    theme = registry.sites.by_key("leeuwarden").theme
    assert visitor_of_leeuwarden.get(f"/theme/{theme.digest}.css").text == _squeeze_css(theme.css)
    visitor.get(f"/theme/{theme.digest}.css", status=404)
    visitor_of_leeuwarden.get("/theme/0123456789ab.css", status=404)
