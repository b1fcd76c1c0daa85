"""Every kind of page in every language past the Nu HTML checker, in one run of Java."""

import json
import shutil
import subprocess
from collections import Counter

import pytest

from portal.foundation.i18n import LOCALES
from tests.accessibility.conftest import missing
from tests.accessibility.pages import Kind, in_locales
from tests.browser import Browser
from tests.composed import ROOT

VNU = ROOT / "var" / "tools" / "vnu.jar"
#: Deep trees need a deep stack.
STACK = "-Xss4m"


def markup(visitor: Browser, path: str, kind: Kind) -> bytes:
    """A page as it comes from the portal."""
    if not kind.sends:
        return visitor.get(path, status=kind.status).body
    return visitor.submit(visitor.get(path).forms["form"], status=kind.status).body


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """Runs the checker on files: name → bytes; gives its messages."""
    if shutil.which("java") is None:
        missing("java")
    if not VNU.exists():
        missing("vnu.jar")

    def run(files):
        folder = tmp_path_factory.mktemp("html")
        for name, body in files.items():
            (folder / f"{name}.html").write_bytes(body)
        command = ["java", STACK, "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
        done = subprocess.run(command, capture_output=True, check=True)
        return json.loads(done.stdout)["messages"]

    return run


def line(message):
    where = message.get("url", "?").rsplit("/", 1)[-1]
    return f"{where}: {message['message']} — {' '.join(message.get('extract', '').split())}"


def test_the_markup_is_valid(check, visitor, addresses, report):
    files = {
        f"{kind}-{locale.code}": markup(visitor, addresses.of(kind, locale), kind)
        for kind, locale in in_locales(*LOCALES)
    }
    messages = check(files)
    warnings = Counter(message["message"] for message in messages if message["type"] == "info")
    report("nu-warnings.txt", [f"{number} × {words}" for words, number in warnings.most_common()])
    errors = [line(message) for message in messages if message["type"] != "info"]
    assert not errors, "\n".join(errors)


def test_the_checker_sees_faults(check):
    page = b"<!doctype html><html lang=nl><title>a</title><p id=a>a<p id=a>b<ul><p>c</ul><a href='b c'>d</a></html>"
    found = " ".join(message["message"] for message in check({"faults": page}) if message["type"] == "error")
    assert "Duplicate ID" in found
    assert "not allowed as child" in found
    assert "Bad value" in found
