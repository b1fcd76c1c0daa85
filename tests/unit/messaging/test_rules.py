"""The outside of a message tells nothing; staff see enough of a recipient to recognise it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.messaging.rules import TOPICS, check_key, check_subject, mask, mobile, reachable, tidy, topic_in


@pytest.mark.parametrize(
    ("channel", "recipient", "shown"),
    [
        ("email", "mevrouw@example.nl", "m…@example.nl"),
        ("email", "m@example.nl", "m…@example.nl"),
        ("email", "J.de-Vries+zorg@mail.example.org", "J…@mail.example.org"),
        ("email", "no address", "…"),
        ("email", "", "…"),
        ("sms", "0612345621", "06…21"),
        ("sms", "06 123 456 21", "06…21"),
        ("sms", "+31612345621", "06…21"),
        ("sms", "+491512345667", "+49…67"),
        ("sms", "038 498 91 11", "…"),
        ("sms", "", "…"),
        ("letter", "Mevrouw Jansen\nVoorbeeldstraat 1\n8011 AB Zwolle", "…"),
    ],
)
def test_a_mask(channel, recipient, shown):
    assert mask(channel, recipient) == shown


@given(name=st.text("abcdefghij.", min_size=3, max_size=20), channel=st.sampled_from(["email", "sms", "letter"]))
def test_a_mask_never_shows_a_whole_name(name, channel):
    assert name not in mask(channel, f"{name}@example.nl").partition("@")[0]


@pytest.mark.parametrize(
    "subject",
    [
        "Er is een bericht voor u", "Uw afspraak van donderdag", "Wij hebben iets van u ontvangen", "Uw code",
        "There is a message for you", "لديك رسالة جديدة", "Masz nową wiadomość od gminy", "Według planu",
        "Yeni bir mesajınız var", "Для вас є повідомлення", "Bericht van de gemeente",
    ],
)  # fmt: skip
def test_a_neutral_subject_is_fine(subject):
    check_subject(subject)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_subject_with_a_topic_is_refused(topic):
    for subject in (topic, f"Over uw {topic.upper()}aanvraag", f"Bericht: {topic.title()}"):
        with pytest.raises(ValueError, match="a subject tells nothing"):
            check_subject(subject)


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        ("Uw klachtbrief", "klacht"),
        ("Thuiszorg vanaf maandag", "zorg"),
        ("Schuldhulp: uw afspraak", "schuld"),
        ("Your CLEANING request", "clean"),
        ("Complaint received", "complain"),
        ("Şikâyetiniz alındı", "şikayet"),
        ("Second\u00a0opinion", "second opinion"),
        ("Ｚｏｒｇ", "zorg"),
    ],
)
def test_a_topic_is_found_however_it_is_written(subject, topic):
    assert topic_in(subject) == topic


@pytest.mark.parametrize(
    "subject", ["Dag\r\nBcc: x@example.nl", "Dag\nu", "Dag\x0bu", "Dag\x85u", "Dag\u2028u", "Dag\x00", "Dag\ud800"]
)
def test_a_subject_is_one_line(subject):
    with pytest.raises(ValueError, match="one line"):
        check_subject(subject)


@pytest.mark.parametrize("subject", ["", "  ", "a" * 121])
def test_a_subject_has_words_and_an_end(subject):
    with pytest.raises(ValueError, match="1 to 120"):
        check_subject(subject)


@pytest.mark.parametrize(
    ("channel", "recipient", "usable"),
    [
        ("email", "m.jansen@example.nl", "m.jansen@example.nl"),
        ("email", " m.jansen@example.nl ", "m.jansen@example.nl"),
        ("email", "m@ex.nl, n@ex.nl", None),
        ("email", "m@ex.nl\nBcc: n@ex.nl", None),
        ("email", "m@ex.nl\r\nRCPT TO:<n@ex.nl>", None),
        ("email", "Mevrouw <m@ex.nl>", None),
        ("email", "m@example", None),
        ("email", "m@n@example.nl", None),
        ("email", "@example.nl", None),
        ("email", "a" * 200 + "@example.nl", None),
        ("sms", "06-12345621", "0612345621"),
        ("sms", "0031 6 1234 5621", "+31612345621"),
        ("sms", "061234562", None),
        ("sms", "06123456211", None),
        ("sms", "0384989111", None),
        ("sms", "+31384989111", None),
        ("sms", "0612345621\n", "0612345621"),
        ("sms", "٠٦١٢٣٤٥٦٢١", None),
        ("sms", "bel mij", None),
        (
            "letter",
            "Mevrouw Jansen\nVoorbeeldstraat 1\n8011 AB Zwolle",
            "Mevrouw Jansen\nVoorbeeldstraat 1\n8011 AB Zwolle",
        ),
        ("letter", "Mevrouw\x1b Jansen", None),
        ("letter", " ", None),
    ],
)
def test_where_a_message_can_go(channel, recipient, usable):
    assert reachable(channel, recipient) == usable


def test_a_number_of_another_country_is_fine():
    assert mobile("+49 1512 3456 67") == "+491512345667"


def test_a_text_keeps_its_lines_and_loses_what_no_screen_shows():
    assert tidy("Dag\r\nu\rdaar,\n\nhier\tis\x00 het\x1b.") == "Dag\nu\ndaar,\n\nhier is het."


@pytest.mark.parametrize("key", ["", "a" * 41, "a\nb"])
def test_a_key_is_short_and_one_line(key):
    with pytest.raises(ValueError, match="a key is one line of 1 to 40 signs"):
        check_key("a key", key, 40)
