"""Asking for a conversation and choosing its moment is open to everybody: axe, large letters, small screens."""

import pytest

from tests.accessibility.test_cleaning import answer, press, question
from tests.accessibility.test_staff import Walk
from tests.security.good_files import pdf
from tests.unit.cleaning.asking import FOLLOW
from tests.unit.conversations.talking import FOR_MOTHER, FORM, ME, a_diary

diary = pytest.fixture(a_diary)
LOCALES = ("nl", "ar")


def ask(walk, locale, answers):
    """Look at each question, answer it, and send."""
    page = walk.page
    walk.open(FORM[locale])
    walk.look(f"{locale}, start")
    press(page, "main a.button")
    while "/vraag/" in page.url:
        name = question(page)
        walk.look(f"{locale}, {name}")
        values = {key: value for key, value in answers[name].items() if value}
        if name == "moment":
            press(page, "#form button[type=submit]")
            walk.look(f"{locale}, {name}, errors")
            values = {"moment": page.locator("input[name=moment]").first.get_attribute("value")}
        answer(page, values)
    walk.look(f"{locale}, check")
    press(page, "main form:has([name=__send_key__]) button")


@pytest.mark.parametrize("locale", LOCALES)
def test_everybody_can_ask_choose_a_moment_and_another(new_visitor, diary, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    page, follow = walk.page, FOLLOW[locale]
    ask(walk, locale, FOR_MOTHER if locale == "nl" else ME)
    walk.look(f"{locale}, sent")
    for name, path in (("status", "/stand"), ("another moment", "/moment"), ("sure", "/stap/give_back")):
        walk.open(follow + path)
        walk.look(f"{locale}, {name}")
    walk.open(f"{follow}/documenten")
    walk.look(f"{locale}, documents")
    press(page, "main form[enctype] button[type=submit]")
    walk.look(f"{locale}, documents, errors")
    page.locator("#document").set_input_files({"name": "plan.pdf", "mimeType": "", "buffer": pdf()})
    press(page, "main form[enctype] button[type=submit]")
    walk.look(f"{locale}, status with a document")
    walk.open(f"{follow}/moment?deel=middag")
    press(page, "#form button[type=submit]")
    walk.look(f"{locale}, another moment, errors")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.seen) > 15
