"""The scanner hears every byte, and what is no verdict is no leave."""

import io
import shutil
import subprocess
import time

import pytest

from portal.attachments import scanner as module
from portal.attachments.rules import Refused
from portal.attachments.scanner import Scanner
from tests.security.hostile_files import EICAR
from tests.unit.attachments.scanning import a_scanner


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "s")


def verdict(path, data):
    """The reason of a refusal, or None."""
    try:
        Scanner(f"unix:{path}").look(io.BytesIO(data))
    except Refused as refused:
        return refused.reason
    return None


def test_a_clean_document_passes_and_every_byte_was_looked_at(path):
    data = bytes(range(256)) * 1000
    with a_scanner(path) as scanner:
        assert verdict(path, data) is None
        assert scanner.seen == data


def test_a_virus_at_its_very_end_is_found(path):
    with a_scanner(path):
        assert verdict(path, bytes(200_000) + b"VIRUS") == "virus"


@pytest.mark.parametrize("mood", ["full", "nonsense", "half", "hangs up"])
def test_what_is_no_verdict_is_no_leave(path, mood):
    with a_scanner(path) as scanner:
        scanner.mood = mood
        assert verdict(path, b"plan") == "away"


def test_a_scanner_that_says_nothing_is_not_waited_for_long(path, monkeypatch):
    monkeypatch.setattr(module, "STEP", 0.3)
    with a_scanner(path) as scanner:
        scanner.mood = "silent"
        began = time.monotonic()
        assert verdict(path, b"plan") == "away"
        assert time.monotonic() - began < 2


def test_no_scanner_where_one_should_be_is_away(path):
    assert verdict(path, b"plan") == "away"
    with pytest.raises(Refused, match="away"):
        Scanner("tcp:127.0.0.1:1").look(io.BytesIO(b"plan"))


def test_what_it_says_in_the_log_names_nothing(path, caplog):
    with a_scanner(path):
        verdict(path, b"VIRUS of Jansen")
    assert "stopped" in caplog.text
    assert "Jansen" not in caplog.text


def test_only_an_address_is_a_scanner():
    assert not Scanner("none").is_there
    assert Scanner("unix:/run/clamd").is_there


def test_clamd_itself_understands_us(tmp_path, never_skip):
    clamd = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if clamd is None:
        pytest.skip("clamd is not on this machine")
    socket, rules = tmp_path / "clamd.ctl", tmp_path / "rules"
    rules.mkdir()
    (rules / "eicar.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
    conf = tmp_path / "clamd.conf"
    conf.write_text(f"LocalSocket {socket}\nDatabaseDirectory {rules}\nForeground yes\nLogFile {tmp_path}/log\n")
    process = subprocess.Popen(
        [clamd, "--config-file", str(conf)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 30
        while not socket.exists() and time.monotonic() < until:
            time.sleep(0.1)
        assert verdict(str(socket), b"a good plan") is None
        assert verdict(str(socket), b"before " + EICAR) == "virus"
    finally:
        process.terminate()
        process.wait(10)
