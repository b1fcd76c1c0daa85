"""What leaves the house: a file to read, or a mail that no typed word can bend."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from portal.foundation.settings import Settings
from portal.messaging.backends import FolderBackend, Outgoing, SmtpBackend, backends_for
from tests.clock import START
from tests.unit.messaging.conftest import SENDER, WORDS

MESSAGE = Outgoing("received:81f3", "email", WORDS["recipient"], WORDS["subject"], WORDS["text"], "nl", START)
ARABIC = replace(
    MESSAGE, subject="لديك رسالة جديدة من البلدية", text="مرحبا،\n\nقرأنا رسالتك.\n.\nوداعا " * 20, locale="ar"
)


def composed(message, site="zwolle"):
    """The mail as the other side reads it."""
    mail = SmtpBackend("smtp://127.0.0.1", SENDER, site).compose(message)
    raw = mail.as_bytes()
    assert raw.isascii()
    return message_from_bytes(raw, policy=default)


def text_of(mail):
    """The words, with the line ends of this side."""
    return mail.get_content().replace("\r\n", "\n")


def test_a_message_in_a_folder_is_a_file_to_read(tmp_path):
    FolderBackend(tmp_path / "post").deliver(MESSAGE)
    (file,) = (tmp_path / "post").iterdir()
    assert file.name.startswith("20261123-090000-")
    assert file.read_text("utf-8") == (
        "Channel: email\nTo: m.jansen@example.nl\nSubject: Er is een bericht voor u\n"
        "Date: 2026-11-23 10:00+01:00\nLanguage: nl\n\nDag mevrouw Jansen,\n\nWij hebben uw vraag gelezen.\n"
    )


def test_the_same_message_again_is_the_same_file(tmp_path):
    folder = FolderBackend(tmp_path)
    for message in (MESSAGE, MESSAGE, replace(MESSAGE, dedupe_key="other")):
        folder.deliver(message)
    assert len(list(tmp_path.iterdir())) == 2


def test_nobody_reads_half_a_file(tmp_path, monkeypatch):
    seen = []
    replace_file = Path.replace
    monkeypatch.setattr(Path, "replace", lambda half, whole: (seen.append(whole.exists()), replace_file(half, whole)))
    FolderBackend(tmp_path).deliver(MESSAGE)
    assert seen == [False]
    assert [path.suffix for path in tmp_path.iterdir()] == [".txt"]


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path):
    (tmp_path / "post").write_text("no folder")
    with pytest.raises(OSError, match="exists"):
        FolderBackend(tmp_path / "post").deliver(MESSAGE)


def test_a_mail_says_who_when_and_that_a_machine_sent_it():
    mail = composed(MESSAGE)
    assert mail["From"] == "Gemeente Zwolle <portal@example.nl>"
    assert mail["To"] == "m.jansen@example.nl"
    assert mail["Subject"] == "Er is een bericht voor u"
    assert mail["Date"].datetime == START
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "nl"
    assert mail.get_content_type() == "text/plain"
    assert text_of(mail) == MESSAGE.text


def test_every_script_arrives_as_it_was_written():
    mail = composed(ARABIC)
    assert (mail["Subject"], text_of(mail)) == (ARABIC.subject, ARABIC.text + "\n")
    assert mail.get_content_charset() == "utf-8"


def test_a_message_tried_again_is_the_same_to_the_byte():
    backend = SmtpBackend("smtp://127.0.0.1", SENDER, "zwolle")
    assert backend.compose(MESSAGE).as_bytes() == backend.compose(MESSAGE).as_bytes()


def test_the_message_id_is_made_of_the_occasion_and_tells_nothing():
    name = composed(MESSAGE)["Message-ID"]
    assert name == composed(replace(MESSAGE, text="other"))["Message-ID"]
    assert name != composed(replace(MESSAGE, dedupe_key="other"))["Message-ID"]
    assert name != composed(MESSAGE, site="leeuwarden")["Message-ID"]
    assert name.endswith("@example.nl>")
    assert MESSAGE.dedupe_key not in name


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\r\n\r\n"])
@pytest.mark.parametrize("field", ["subject", "recipient"])
def test_no_typed_word_becomes_a_header(field, sign):
    """Even when a row was written past the service."""
    bent = replace(MESSAGE, **{field: f"{getattr(MESSAGE, field)}{sign}Bcc: x@example.nl"})
    with pytest.raises(ValueError, match=r"\w"):
        composed(bent)


@pytest.mark.parametrize("recipient", ["a@example.nl, b@example.nl", "a@example.nl>", "Jan <a@example.nl>"])
def test_a_message_goes_to_one_person(recipient):
    with pytest.raises(Exception, match=r"\w"):
        composed(replace(MESSAGE, recipient=recipient))


def test_the_settings_choose_the_doors(zwolle, tmp_path):
    def doors(mail, sms="none"):
        settings = Settings((), tmp_path, "memory", True, 1, mail=mail, mail_sender="portal@example.nl", sms=sms)
        return backends_for(zwolle, settings)

    found = doors(f"folder:{tmp_path}")
    assert set(found) == {"email"}
    found["email"].deliver(MESSAGE)
    assert [path.name for path in tmp_path.iterdir()] == ["zwolle"]
    assert isinstance(doors("smtp://mail.example.nl")["email"], SmtpBackend)
    assert isinstance(doors("smtp://mail.example.nl", f"folder:{tmp_path}")["sms"], FolderBackend)


def test_a_municipality_signs_with_its_own_name(zwolle, tmp_path):
    settings = Settings((), tmp_path, "memory", True, 1, mail="smtps://mail.example.nl")
    mail = backends_for(zwolle, settings)["email"].compose(MESSAGE)
    assert mail["From"].addresses[0].display_name == zwolle.profile.organisation
