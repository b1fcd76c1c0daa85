"""What is installed is written down to the byte."""

import configparser
import re

import pytest

from tests.composed import ROOT

LOCKS = {
    "requirements.txt": ("options", "install_requires"),
    "requirements-test.txt": ("options.extras_require", "test"),
}
_PIN = re.compile(
    r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s\\;]+)[^\\\n]*((?:\\\n +--hash=sha256:[0-9a-f]{64} ?)*)$", re.MULTILINE
)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file):
    """Name → (version, number of hashes)."""
    text = (ROOT / file).read_text("utf-8")
    return {normal(name): (version, hashes.count("--hash")) for name, version, hashes in _PIN.findall(text)}


def wanted(file):
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    lines = setup.get(*LOCKS[file]).splitlines()
    return {normal(re.split(r"[\[=~<>! ;]", line)[0]) for line in lines if line.strip() and not line.startswith("#")}


@pytest.mark.parametrize("file", LOCKS)
def test_every_line_is_a_pin_with_its_hashes(file):
    found = pins(file)
    lines = [line for line in (ROOT / file).read_text("utf-8").splitlines() if re.match(r"[A-Za-z]", line)]
    assert len(found) == len(lines) > 40
    assert [name for name, (_version, hashes) in found.items() if not hashes] == []


@pytest.mark.parametrize("file", LOCKS)
def test_everything_that_setup_cfg_asks_is_locked(file):
    assert wanted(file)
    assert wanted(file) <= set(pins(file))


def test_tests_run_on_what_is_served():
    served, tested = pins("requirements.txt"), pins("requirements-test.txt")
    assert {name: version for name, (version, _) in served.items()}.items() <= {
        name: version for name, (version, _) in tested.items()
    }.items()


def test_what_tests_need_is_not_served():
    assert not {"pytest", "webtest", "hypothesis", "playwright", "ruff", "mypy"} & set(pins("requirements.txt"))
