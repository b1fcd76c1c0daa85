"""The pictures of the README: `python -m tests.tools.screenshots`, into `docs/pictures/`.

They show a temporary portal on the morning of the tests, so that they only change when the portal does.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from tests.accessibility.conftest import arguments
from tests.clock import FixedClock
from tests.composed import ROOT, SITES, composed, on_a_port, settings_of_two_sites

TARGET = ROOT / "docs" / "pictures"
PHONE, DESK = (360, 740), (1280, 800)
#: Good enough for letters, and small.
QUALITY = 80
#: Bytes; a README should open on a phone.
MOST = 150_000


@dataclass(frozen=True)
class Picture:
    """One picture: its name, what it shows, in which window."""

    name: str
    path: str
    size: tuple[int, int] = DESK
    site: str = "zwolle"
    look: Mapping[str, Any] = field(default_factory=dict)


#: Asked as people ask, each on the site in plain Dutch, in simple Dutch and in Arabic.
QUESTIONS = {
    "misspelt": "sgulden", "sentence": "ik kan mijn huur niet betalen", "everyday": "mijn man vergeet alles",
    "turkish": "Hollandaca öğrenmek", "arabic": "ما معي مصاري للأكل",
}  # fmt: skip
SEARCHES = tuple(
    Picture(
        f"search-{name}-{segment}", f"/{segment}/zoeken?q={quote(words)}".replace("/ar/zoeken", "/ar/search"), PHONE
    )
    for name, words in QUESTIONS.items()
    for segment in ("nl", "nl-simple", "ar")
)

PICTURES = (
    *SEARCHES,
    Picture("start-phone", "/nl/", PHONE),
    Picture("start", "/nl/"),
    Picture("team", "/nl/team/holtenbroek"),
    Picture("map", "/nl/sociale-kaart?thema=taal"),
    Picture("page-simple-phone", "/nl-simple/keukentafelgesprek", PHONE),
    Picture("start-arabic-phone", "/ar/", PHONE),
    Picture("dark", "/nl/", look={"color_scheme": "dark"}),
    Picture("leeuwarden", "/nl/", site="leeuwarden"),
)


def take(browser: Browser, picture: Picture, port: int) -> int:
    """Take a picture; gives its size in bytes."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **picture.look)
    page = context.new_page()
    answer = page.goto(f"http://{SITES[picture.site]['host']}:{port}{picture.path}")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{picture.path} cannot be shown")
    path = TARGET / f"{picture.name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=QUALITY)
    context.close()
    return path.stat().st_size


def main() -> int:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("chromium is not here: bash tests/tools/install.sh")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    too_large = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = settings_of_two_sites(lambda key: f"sqlite:///{folder}/{key}.sqlite", folder / "index")
        with (
            composed(settings, FixedClock()) as config,
            on_a_port(config.make_wsgi_app()) as port,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments(port))
            for picture in PICTURES:
                size = take(browser, picture, port)
                too_large = too_large or size > MOST
                print(f"{picture.name}.jpg: {size / 1000:.0f} kB{' (too large)' if size > MOST else ''}")
            browser.close()
    return int(too_large)


if __name__ == "__main__":
    sys.exit(main())
