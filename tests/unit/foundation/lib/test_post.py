"""Where post goes: addresses read once, and no password said."""

from pathlib import Path

import pytest

from portal.foundation.lib.post import MailServer, Tls, folder_of, is_email, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.nl", MailServer("mail.example.nl", 25, Tls.STARTTLS)),
        ("smtp://mail.example.nl:587/", MailServer("mail.example.nl", 587, Tls.STARTTLS)),
        ("smtps://mail.example.nl", MailServer("mail.example.nl", 465, Tls.AT_ONCE)),
        ("smtp://u%40x.nl:p%2Fw@mail.example.nl", MailServer("mail.example.nl", 25, Tls.STARTTLS, "u@x.nl", "p/w")),
        ("smtp://relay.example.nl?starttls=no", MailServer("relay.example.nl", 25, Tls.NONE)),
        ("smtp://localhost:1025", MailServer("localhost", 1025, Tls.NONE)),
        ("smtp://u:p@127.0.0.1", MailServer("127.0.0.1", 25, Tls.NONE, "u", "p")),
        ("smtps://localhost", MailServer("localhost", 465, Tls.AT_ONCE)),
    ],
)
def test_the_address_of_a_mail_server(url, server):
    assert mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "", "mail.example.nl", "http://mail.example.nl", "smtp://", "smtp://:25", "smtp://mail:port", "smtp://mail:99999",
        "smtp://mail/folder", "smtp://mail?tls=no", "smtps://mail?starttls=no", "smtp://u:p@mail?starttls=no", "smtp://[",
        "smtp://mail#part",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_mail_server(url):
    with pytest.raises(ValueError, match=r"\w"):
        mail_server(url)


def test_a_password_is_not_shown():
    assert "geheim" not in repr(mail_server("smtp://u:geheim@mail.example.nl"))


@pytest.mark.parametrize(
    ("value", "path"),
    [("folder:var/post", Path("var/post")), ("folder:/srv/a b", Path("/srv/a b")), ("folder:", None), ("folder", None),
     ("smtp://x", None), ("none", None)],
)  # fmt: skip
def test_a_folder(value, path):
    assert folder_of(value) == path


@pytest.mark.parametrize("text", ["a@b.nl", "m.jansen+x@mail.example.nl", "o'neil@example.org", "jan@zwölle.nl"])
def test_an_email_address(text):
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "@b.nl", "a@b.nl ", "a b@c.nl", "a@b.nl,c@d.nl", "a@b..nl", "a@-b.nl", "a@b.nl\n", "<a@b.nl>",
     "a@[127.0.0.1]", "a" * 250 + "@b.nl", '"a"@b.nl', "a@b.1nl"],
)  # fmt: skip
def test_no_email_address(text):
    assert not is_email(text)
