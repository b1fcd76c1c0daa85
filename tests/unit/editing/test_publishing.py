"""Publishing: what readers see, what it leaves behind, who may, and what stands in the way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.roles import Role
from portal.editing.drafting import NotSo
from portal.foundation.content_cache import ContentVersion
from portal.foundation.outbox import OutboxRow
from portal.pages.models import Page, PageText
from portal.pages.versions import PageRedirect

HARD = (
    "Indien een betrokkene van oordeel is dat hij door een medewerker van de gemeente onheus is bejegend kan door hem "
    "een klacht worden ingediend bij het college.\n"
)


@pytest.fixture
def shown(session):
    """What readers see: `shown("klacht", "nl")`."""
    return lambda key, locale: session.get(PageText, (key, locale))


@pytest.fixture
def behind(session):
    """The locales in which a page is behind."""

    def run(key="klacht"):
        session.expire_all()
        rows = select(PageText.locale).where(PageText.page_key == key, PageText.behind_since.is_not(None))
        return set(session.scalars(rows))

    return run


def test_readers_see_at_once_what_was_published(session, written, publishing_as, pam, shown, on_show):
    old, before = on_show("klacht", "nl"), session.get(ContentVersion, 1).number
    text = publishing_as(pam).publish(written(title="Klagen mag", markdown="## Wie?\n\n**Iedereen** mag.\n"))
    assert (text.title, text.headings, text.number) == ("Klagen mag", [["wie", "Wie?"]], old.number + 1)
    assert "<strong>Iedereen</strong>" in text.html
    assert (old.state, old.shown_until is not None) == ("replaced", True)
    assert session.get(ContentVersion, 1).number == before + 1
    assert {"source": "page", "key": "klacht"} in [row.payload for row in session.scalars(select(OutboxRow))]


def test_what_was_published_on_screen_is_no_longer_of_its_file(written, publishing_as, pam, shown):
    assert shown("klacht", "nl").seeded
    publishing_as(pam).publish(written())
    assert shown("klacht", "nl").seeded == ""


def test_a_real_change_of_the_source_leaves_every_other_language_behind(session, written, publishing_as, pam, behind):
    others = set(session.scalars(select(PageText.locale).where(PageText.page_key == "klacht"))) - {"nl"}
    assert len(others) == 6
    publishing_as(pam).publish(written())
    assert behind() == others


def test_a_small_correction_leaves_none_behind(written, publishing_as, pam, behind):
    publishing_as(pam).publish(written(small=True))
    assert behind() == set()


def test_a_translation_that_says_the_newest_is_behind_no_more(written, writing_as, publishing_as, tariq, pam, behind):
    publishing_as(pam).publish(written())
    draft = written("en", tariq)
    writing_as(tariq).follow(draft)
    publishing_as(pam).publish(draft)
    assert "en" not in behind()
    assert "ar" in behind()


def test_a_correction_in_a_translation_that_is_behind_leaves_it_behind(written, publishing_as, tariq, pam, behind):
    publishing_as(pam).publish(written())
    publishing_as(pam).publish(written("en", tariq))
    assert "en" in behind()


def test_a_small_correction_after_a_real_change_hides_nothing(written, writing_as, publishing_as, tariq, pam, behind):
    publishing_as(pam).publish(written())
    publishing_as(pam).publish(written(small=True))
    draft = written("en", tariq)
    writing_as(tariq).follow(draft)
    publishing_as(pam).publish(draft)
    assert (draft.source_number, "en" in behind()) == (2, False)


def test_readers_are_told_that_nobody_read_a_translation_yet(written, writing_as, publishing_as, tariq, pam):
    assert publishing_as(pam).publish(written("en", tariq)).draft
    draft = written("en", tariq)
    writing_as(tariq).read(draft)
    assert not publishing_as(pam).publish(draft).draft


def test_an_old_address_leads_on_and_may_come_back(session, written, publishing_as, pam):
    publishing_as(pam).publish(written(slug="klagen"))
    assert session.get(PageRedirect, ("nl", "klacht")).page_key == "klacht"
    publishing_as(pam).publish(written(slug="klacht"))
    assert session.get(PageRedirect, ("nl", "klacht")) is None
    assert session.get(PageRedirect, ("nl", "klagen")).page_key == "klacht"


def test_an_address_of_another_page_is_refused(written, publishing_as, pam):
    with pytest.raises(NotSo, match="address"):
        publishing_as(pam).publish(written(slug="bezwaar"))


def test_an_editor_does_not_publish(written, publishing_as, eva, tariq):
    for editor in (eva, tariq):
        with pytest.raises(NotSo, match="not_yours"):
            publishing_as(editor).publish(written("en", tariq))


def test_a_legal_page_needs_a_second_person(session, written, publishing_as, pam, eva):
    session.get(Page, "klacht").legal = True
    with pytest.raises(NotSo, match="eyes"):
        publishing_as(pam).publish(written(editor=pam))
    # …also when somebody else wrote in it before
    with pytest.raises(NotSo, match="eyes"):
        publishing_as(pam).publish(written(editor=eva))


def test_on_a_legal_page_another_publisher_may(session, written, publishing_as, somebody, pam):
    session.get(Page, "klacht").legal = True
    other = somebody("Piet", Role.PUBLISHER)
    assert publishing_as(other).publish(written(editor=pam)).number == 2


def test_simple_dutch_that_is_not_simple_goes_out_only_with_a_reason(written, publishing_as, pam):
    version = written("nl_simple", markdown=HARD)
    with pytest.raises(NotSo, match="hard"):
        publishing_as(pam).publish(version)
    publishing_as(pam).publish(version, reason="De jurist wil deze zin zo.")
    assert (version.state, version.reason) == ("published", "De jurist wil deze zin zo.")


def test_hard_plain_dutch_is_for_the_writer_to_judge(written, publishing_as, pam):
    assert publishing_as(pam).publish(written(markdown=HARD))


def test_a_translation_does_not_go_before_its_source(session, written, publishing_as, tariq, pam):
    session.delete(session.get(PageText, ("klacht", "nl")))
    session.flush()
    with pytest.raises(NotSo, match="source_first"):
        publishing_as(pam).publish(written("en", tariq))


def test_what_was_sent_back_tells_its_writer_why(written, writing_as, publishing_as, eva, pam):
    version = written()
    writing_as(eva).ask_review(version)
    publishing_as(pam).send_back(version, "Noem ook de telefoon.")
    assert (version.state, version.remark) == ("draft", "Noem ook de telefoon.")
    writing_as(eva).ask_review(version)
    assert version.remark == ""


def test_a_text_goes_on_and_off_at_the_moments_that_were_set(session, written, publishing_as, tariq, pam, clock, shown):
    version, start = written("en", tariq, title="For a while"), clock.now()
    publishing_as(pam).schedule(version, start + timedelta(hours=1), start + timedelta(hours=3))
    assert publishing_as(None).keep_dates() == []
    clock.set(start + timedelta(hours=1))
    assert publishing_as(None).keep_dates() == [version]
    assert shown("klacht", "en").title == "For a while"
    clock.set(start + timedelta(hours=3))
    assert publishing_as(None).keep_dates() == [version]
    assert (version.state, shown("klacht", "en")) == ("withdrawn", None)
    assert publishing_as(None).keep_dates() == []


def test_plain_dutch_that_goes_off_takes_its_page_with_it(session, written, publishing_as, pam, clock):
    version, start = written(), clock.now()
    publishing_as(pam).schedule(version, start + timedelta(hours=1), start + timedelta(hours=3))
    clock.set(start + timedelta(hours=4))
    publishing_as(None).keep_dates()
    assert session.get(Page, "klacht").state == "archived"


@pytest.mark.parametrize(("on", "off", "said"), [(0, None, "past"), (-1, 5, "past"), (2, 2, "order"), (2, 1, "order")])
def test_moments_that_make_no_sense_are_refused(written, publishing_as, pam, clock, on, off, said):
    hours = {name: name is not None and clock.now() + timedelta(hours=name) for name in (on, off) if name is not None}
    with pytest.raises(NotSo, match=said):
        publishing_as(pam).schedule(written(), hours[on], hours.get(off))


def test_plain_dutch_alone_is_not_taken_away(publishing_as, pam, on_show):
    with pytest.raises(NotSo, match="source"):
        publishing_as(pam).withdraw(on_show("klacht", "nl"))


def test_a_translation_that_is_taken_away_leaves_the_dutch_text(publishing_as, pam, on_show, shown):
    publishing_as(pam).withdraw(on_show("klacht", "en"))
    assert shown("klacht", "en") is None
    assert shown("klacht", "nl") is not None


@pytest.mark.parametrize("words", [{"title": ""}, {"markdown": " \n"}])
def test_a_text_without_words_does_not_go_on_show(written, publishing_as, pam, words):
    version = written(**words)
    with pytest.raises(NotSo, match="blank"):
        publishing_as(pam).publish(version)
