"""A real talk with a mail server: each way it can go wrong ends in exactly one message, once it goes well."""

import logging
import ssl
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.foundation.db import writing
from portal.foundation.lib.post import Tls
from portal.foundation.outbox import PAUSES
from portal.messaging.backends import SmtpBackend
from portal.messaging.services import Messages
from tests.clock import START
from tests.served import free_port
from tests.unit.messaging.conftest import ADDRESS, NAME, SENDER, WORDS
from tests.unit.messaging.mail_server import SmallMailServer

#: What goes wrong → the type that staff see.
FAULTS = {
    "busy": "SMTPRecipientsRefused",
    "busy after text": "SMTPDataError",
    "unwilling": "SMTPRecipientsRefused",
    "silent": "SMTPServerDisconnected",
    "silent after text": "SMTPServerDisconnected",
    "cuts": "SMTPServerDisconnected",
    "keeps and cuts": "SMTPServerDisconnected",
}


def test_a_message_arrives(write, work, rows, jobs, server, door, clock):
    write(text="Dag,\n\n.\n..\nDit is een regel die begint met een punt.\n")
    clock.forward(seconds=2)
    assert work(email=door) == 1
    (mail,) = server.mailbox.values()
    assert mail["To"] == ADDRESS
    assert mail.get_content().replace("\r\n", "\n") == "Dag,\n\n.\n..\nDit is een regel die begint met een punt.\n"
    (row,), (job,) = rows(), jobs()
    assert (row.state, row.attempts, row.fault, row.sent_at) == ("sent", 1, None, START + timedelta(seconds=2))
    assert job.done_at == clock.now()
    assert server.said[-1].upper() == "QUIT"


def test_the_work_is_done_once(write, work, server, door):
    write()
    assert [work(email=door) for _ in range(3)] == [1, 0, 0]
    assert len(server.kept) == 1


@pytest.mark.parametrize("mood", FAULTS)
def test_a_fault_is_tried_again_later_and_ends_in_one_message(write, work, rows, jobs, server, door, clock, mood):
    write()
    server.mood = mood
    for number, pause in enumerate(PAUSES[:3], start=1):
        assert work(email=door) == 0
        (row,), (job,) = rows(), jobs()
        assert (row.state, row.attempts, row.fault, row.sent_at) == ("waiting", number, FAULTS[mood], None)
        assert (job.attempts, job.due_at, job.fault) == (number, clock.now() + pause, FAULTS[mood])
        assert work(email=door) == 0, "not before its time"
        clock.forward(seconds=pause.total_seconds())
    server.mood = "well"
    assert work(email=door) == 1
    assert len(server.mailbox) == 1
    assert len(set(server.kept)) == 1, "whatever came twice is the same to the byte"
    assert len(server.kept) == (4 if mood == "keeps and cuts" else 1)
    (row,) = rows()
    assert (row.state, row.attempts, row.fault, row.sent_at) == ("sent", 4, None, clock.now())


def test_a_server_that_is_not_there_is_a_fault(write, work, rows):
    write()
    assert work(email=SmtpBackend(f"smtp://127.0.0.1:{free_port()}", SENDER, "small")) == 0
    assert [(row.state, row.fault) for row in rows()] == [("waiting", "ConnectionRefusedError")]


def test_a_request_stands_whatever_the_server_does(house, server, rows, jobs):
    server.mood = "silent"
    with writing(house.engine) as session:
        assert Messages(session, START).send(dedupe_key="a", **WORDS)
    assert (len(rows()), len(jobs()), server.said) == (1, 1, [])


def test_one_that_is_refused_holds_up_no_other(write, work, rows, server, door, clock):
    for key, who in (("a", "a@example.nl"), ("b", "weg@example.nl"), ("c", "c@example.nl")):
        write(key, recipient=who)
    server.unwilling_to = {"weg@example.nl"}
    for _ in range(2):
        work(email=door)
    assert [row.state for row in rows()] == ["sent", "waiting", "sent"]
    clock.forward(seconds=PAUSES[0].total_seconds())
    server.unwilling_to = set()
    work(email=door)
    assert [row.state for row in rows()] == ["sent", "sent", "sent"]
    assert [mail["To"] for mail in server.mailbox.values()] == ["a@example.nl", "c@example.nl", "weg@example.nl"]
    assert len(server.kept) == 3


def test_what_never_goes_well_is_given_up_and_says_so(write, work, rows, jobs, server, door, clock):
    write()
    server.mood = "unwilling"
    for pause in (*PAUSES, timedelta()):
        assert rows()[0].state == "waiting"
        work(email=door)
        clock.forward(seconds=pause.total_seconds())
    (row,), (job,) = rows(), jobs()
    assert (row.state, row.attempts, job.given_up) == ("failed", len(PAUSES) + 1, True)
    assert server.kept == []


def test_no_log_holds_a_name_an_address_or_what_the_server_said(write, work, server, door, caplog, clock):
    write()
    with caplog.at_level(logging.DEBUG):
        for mood in (*FAULTS, "well"):
            server.mood = mood
            work(email=door)
            clock.forward(days=1)
    said = "".join(f"{record.getMessage()} {record.exc_text or ''} {record.args}" for record in caplog.records)
    assert "outbox: a row of kind message put off: SMTPRecipientsRefused" in said
    for word in (NAME, ADDRESS, "example.nl", WORDS["text"], WORDS["subject"]):
        assert word not in said


def test_a_silent_goodbye_changes_nothing(write, work, rows, server, door, monkeypatch):
    monkeypatch.setattr("portal.messaging.backends.GOODBYE", 0.1)
    write()
    server.mood = "silent after goodbye"
    assert work(email=door) == 1
    assert [row.state for row in rows()] == ["sent"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of 127.0.0.1 with its key, made now."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", file,
            "-out", file.with_suffix(".crt"),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return file


@pytest.fixture
def tls(certificate):
    """What a server needs to close the line."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_suffix(".crt"), certificate)
    return context


def closed(backend: SmtpBackend) -> SmtpBackend:
    """On this machine nothing has to be closed; here it is, as towards any other."""
    backend._server = replace(backend._server, tls=Tls.STARTTLS)
    return backend


def test_a_line_closed_at_once_carries_a_login(tls, certificate, write, work, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with SmallMailServer(tls, at_once=True) as server:
        write()
        url = f"smtps://portal%40example.nl:p%3Aw%20d@127.0.0.1:{server.port}"
        assert work(email=SmtpBackend(url, SENDER, "small", timeout=2)) == 1
        assert server.logins == [("portal@example.nl", "p:w d")]
        assert len(server.kept) == 1


def test_starttls_closes_the_line_before_anything_is_said(tls, certificate, write, work, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with SmallMailServer(tls, starttls=True) as server:
        write()
        url = f"smtp://portal:secret@127.0.0.1:{server.port}"
        assert work(email=closed(SmtpBackend(url, SENDER, "small", timeout=2))) == 1
        assert [line.split(" ")[0].upper() for line in server.said[:4]] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]
        assert (server.logins, len(server.kept)) == ([("portal", "secret")], 1)


def test_a_server_without_starttls_gets_no_word_of_ours(server, write, work, rows):
    write()
    assert work(email=closed(SmtpBackend(f"smtp://a:b@127.0.0.1:{server.port}", SENDER, "small", timeout=2))) == 0
    assert [row.fault for row in rows()] == ["NoStartTls"]
    assert [line.split(" ")[0].upper() for line in server.said] == ["EHLO"]


def test_a_server_with_a_certificate_of_nobody_gets_no_word_of_ours(tls, write, work, rows):
    with SmallMailServer(tls, starttls=True) as server:
        write()
        assert work(email=closed(SmtpBackend(f"smtp://a:b@127.0.0.1:{server.port}", SENDER, "small", timeout=2))) == 0
        assert server.logins == []
    assert [row.fault for row in rows()] == ["SSLCertVerificationError"]
