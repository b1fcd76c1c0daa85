"""No file tells on which machine it was made, or from where packages are fetched."""

import re
import subprocess

import pytest

from tests.composed import ROOT

#: Written in pieces, so that this file holds none of them.
_MACHINE = re.compile(r"(?<![\w.:}])/" + r"(?:work|home|Users)/|(?<![\w.:}])/" + r"root\b")
_INDEX = re.compile("pypi" + r"\.org|" + "pythonhosted" + r"\.org|" + "registry" + r"\.npmjs|--" + "index-url")
_KEY = re.compile("-----BEGIN " + r"[A-Z ]*PRIVATE KEY-----|AKIA" + "[0-9A-Z]{16}")
MOST_BYTES = 4_000_000
ENDINGS_OF_OTHERS = {".gz", ".png", ".jpg", ".woff2", ".jar"}


@pytest.fixture(scope="module")
def files():
    """Every file that is or will be tracked, with its text."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    paths = [ROOT / name for name in sorted(set(listed)) if (ROOT / name).is_file()]
    assert len(paths) > 300
    return {path: "" if path.suffix in ENDINGS_OF_OTHERS else path.read_text("utf-8") for path in paths}


@pytest.mark.parametrize(
    "pattern", [_MACHINE, _INDEX, _KEY], ids=["path of a machine", "address of packages", "secret key"]
)
def test_no_file_holds_it(files, pattern):
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_no_file_is_too_heavy_for_a_quick_clone(files):
    assert [path.name for path in files if path.stat().st_size > MOST_BYTES] == []


def test_text_ends_with_one_line_end_and_has_no_other_signs(files):
    ours = {path: text for path, text in files.items() if path.suffix in {".py", ".jinja2", ".css", ".cfg", ".toml"}}
    assert [path.name for path, text in ours.items() if "\r" in text or "\t" in text] == []
    assert [path.name for path, text in ours.items() if text and not text.endswith("\n")] == []


def test_what_is_made_by_the_build_is_not_kept(files):
    made = [path for path in files if path.suffix == ".mo" or "built" in path.parts or path.parts[-2:-1] == ("var",)]
    assert made == []
