"""Makers look at what the portal wrote to people; on a portal that is open to people there is no such page."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete
from webtest import TestApp

from portal.app import configure
from portal.foundation.db import writing
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from portal.messaging.services import Messages
from tests.clock import START

WORDS = {"about": "c-1", "channel": "email", "recipient": "m.jansen@example.nl", "subject": "Er is een bericht voor u"}

SECRET = "a8Kq2LzP0vXw7NcR5tYb3MdS9fGhJ1eU"


@pytest.fixture
def post(zwolle):
    """Writes messages in Zwolle; after the test they are gone."""

    def send(key, **other):
        with writing(zwolle.engine) as session:
            text = f"Dag mevrouw,\n\nDit is bericht {key}.\n"
            Messages(session, START).send(dedupe_key=key, **WORDS | {"text": text, "locale": "nl"} | other)

    yield send
    with writing(zwolle.engine) as session:
        session.execute(delete(Message))
        session.execute(delete(OutboxRow).where(OutboxRow.kind == "message"))


def test_an_empty_postbox_says_that_it_is_empty(visitor):
    assert "Er zijn nog geen berichten." in visitor.get("/dev/postvak").text


def test_the_newest_message_stands_first_with_its_words(visitor, post):
    post("een")
    post("twee", subject="<b>Dag</b>")
    page = BeautifulSoup(visitor.get("/dev/postvak").text, "html.parser")
    subjects = [heading.get_text() for heading in page.select("ol.hits h2")]
    assert subjects == ["<b>Dag</b>", "Er is een bericht voor u"]
    first = page.select_one("ol.hits li").get_text(" ", strip=True)
    assert "Dit is bericht twee." in first
    assert "m.jansen@example.nl" in first
    assert "Wacht op verzending" in first
    assert "23 november 2026" in first
    assert "10:00" in first


def test_a_text_stands_in_its_own_language_and_direction(visitor, post):
    post("ar", locale="ar", subject="لديك رسالة جديدة", text="مرحبا")
    page = BeautifulSoup(visitor.get("/dev/postvak").text, "html.parser")
    card = page.select_one("ol.hits .card")
    assert (card["lang"], card["dir"]) == ("ar", "rtl")


def test_a_letter_and_a_message_that_nothing_can_be_sent_to_are_told_apart(visitor, post):
    post("brief", channel="letter", recipient="Mevrouw Jansen\nVoorbeeldstraat 1")
    post("weg", channel="sms", recipient="bel mij")
    text = visitor.get("/dev/postvak").text
    assert "Brief" in text
    assert "Kon niet worden verzonden" in text
    assert "Unreachable" in text


def test_a_municipality_sees_its_own_messages_only(visitor_of_leeuwarden, post):
    post("een")
    assert "Er zijn nog geen berichten." in visitor_of_leeuwarden.get("/dev/postvak").text


def test_nobody_keeps_the_page(visitor):
    assert visitor.get("/dev/postvak").headers["Cache-Control"] == "no-store"


def test_there_is_no_postbox_in_production(settings, config, tmp_path):
    own = {
        "portal.development": "false",
        "portal.secret": SECRET,
        "site.zwolle.index": str(tmp_path / "zwolle"),
        "site.zwolle.attachment_keys": SECRET,
        "site.leeuwarden.attachment_keys": SECRET,
    }
    another = configure({**settings, **own})
    TestApp(another.make_wsgi_app(), extra_environ={"HTTP_HOST": "zwolle.test"}).get("/dev/postvak", status=404)
    for site in another.registry.sites:
        site.engine.dispose()
