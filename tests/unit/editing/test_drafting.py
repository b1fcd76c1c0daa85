"""Writing: one open version per text, nothing overwritten unseen, and everybody does what is theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.roles import Role
from portal.editing.drafting import BUSY_FOR, EditedMeanwhile, NotSo, Words
from portal.pages.models import PageText
from portal.pages.versions import PageVersion
from tests.unit.editing.conftest import WORDS


def test_a_draft_begins_with_the_words_that_readers_see(writing_as, eva, on_show):
    shown = on_show("klacht", "nl")
    draft = writing_as(eva).begin("klacht", "nl")
    assert (draft.title, draft.markdown, draft.actions) == (shown.title, shown.markdown, shown.actions)
    assert (draft.state, draft.number, draft.hands) == ("draft", shown.number + 1, [eva.staff_id])


def test_a_text_that_is_not_there_yet_begins_with_the_dutch_words(writing_as, tariq, on_show):
    draft = writing_as(tariq).begin("werkgevers", "ar")
    assert draft.markdown == on_show("werkgevers", "nl").markdown
    assert (draft.source_number, draft.unread, draft.number) == (1, True, 1)


def test_who_begins_gets_the_version_that_is_open_already(writing_as, eva, pam):
    assert writing_as(pam).begin("klacht", "nl") is writing_as(eva).begin("klacht", "nl")


def test_the_database_holds_one_open_version_of_a_text(session, writing_as, eva, clock):
    writing_as(eva).begin("klacht", "nl")
    session.add(
        PageVersion(
            page_key="klacht", locale="nl", number=99, state="review", slug="klacht", title="", summary="", markdown="",
            actions=[], keywords=[], hands=[], made_at=clock.now(), touched_at=clock.now(),
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(("key", "locale"), [("geen-pagina", "nl"), ("klacht", "fr")])
def test_a_page_or_language_that_is_not_there_cannot_be_begun(writing_as, eva, key, locale):
    with pytest.raises(LookupError):
        writing_as(eva).begin(key, locale)


def test_a_translator_does_not_begin_in_plain_dutch(writing_as, tariq):
    with pytest.raises(NotSo, match="not_yours"):
        writing_as(tariq).begin("klacht", "nl")


def test_who_has_no_role_at_this_desk_writes_nothing(writing_as, somebody):
    with pytest.raises(NotSo, match="not_yours"):
        writing_as(somebody("Wim", Role.COUNCIL_VIEWER)).begin("klacht", "nl")


def test_what_was_saved_is_there_and_readers_see_nothing_of_it(session, written):
    before = session.get(PageText, ("klacht", "nl")).title
    version = written(title="Klagen mag")
    assert (version.title, version.revision, version.actions) == ("Klagen mag", 2, [dict(WORDS.actions[0])])
    assert session.get(PageText, ("klacht", "nl")).title == before != "Klagen mag"


def test_of_two_who_save_the_second_is_told_and_nothing_is_lost(written, writing_as, pam):
    version = written(title="Van Eva")
    with pytest.raises(EditedMeanwhile) as fault:
        writing_as(pam).save(version, version.revision - 1, Words(**{**WORDS.__dict__, "title": "Van Pam"}))
    assert fault.value.version is version
    assert (version.title, pam.staff_id in version.hands) == ("Van Eva", False)


def test_it_is_said_who_is_at_work_in_a_text_and_for_how_long(written, writing_as, eva, pam, clock):
    version = written()
    assert writing_as(pam).busy(version) == eva.staff_id
    assert writing_as(eva).busy(version) is None
    clock.set(clock.now() + BUSY_FOR)
    assert writing_as(pam).busy(version) is None


def test_what_waits_for_a_publisher_is_not_written_in_until_it_is_taken_back(written, writing_as, eva):
    version = written()
    desk = writing_as(eva)
    desk.ask_review(version)
    with pytest.raises(NotSo, match="not_yours"):
        desk.save(version, version.revision, WORDS)
    desk.take_back(version)
    desk.save(version, version.revision, WORDS)
    assert version.state == "draft"


def test_what_was_dropped_stays_in_the_history_and_makes_room(written, writing_as, eva):
    version = written()
    writing_as(eva).drop(version)
    again = writing_as(eva).begin("klacht", "nl")
    assert (version.state, again.number) == ("dropped", version.number + 1)


def test_an_old_version_comes_back_as_a_draft(written, writing_as, publishing_as, eva, pam, on_show):
    first = on_show("klacht", "nl")
    publishing_as(pam).publish(written(title="Een tweede titel"))
    draft = writing_as(eva).restore("klacht", "nl", first.number)
    assert (draft.title, draft.markdown, draft.number) == (first.title, first.markdown, 3)
    with pytest.raises(NotSo, match="open"):
        writing_as(eva).restore("klacht", "nl", first.number)


def test_only_a_translator_says_that_a_translation_is_good(written, writing_as, eva, tariq):
    version = written("en", tariq)
    assert version.unread
    with pytest.raises(NotSo, match="not_yours"):
        writing_as(eva).read(version)
    writing_as(tariq).read(version)
    assert (version.unread, version.read_by) == (False, tariq.staff_id)


def test_words_that_change_after_they_were_read_are_unread_again(written, writing_as, tariq):
    version = written("en", tariq)
    writing_as(tariq).read(version)
    writing_as(tariq).save(version, version.revision, WORDS)
    assert (version.unread, version.read_by) == (True, None)


def test_a_translation_of_older_dutch_is_not_said_to_be_good(written, writing_as, publishing_as, tariq, pam):
    version = written("en", tariq)
    publishing_as(pam).publish(written(markdown="Er is iets veranderd.\n"))
    with pytest.raises(NotSo, match="behind"):
        writing_as(tariq).read(version)
    writing_as(tariq).follow(version)
    writing_as(tariq).read(version)
    assert version.source_number == 2


def test_time_in_a_text_is_written_down(written, writing_as, eva, clock, session):
    version = written()
    clock.set(clock.now() + timedelta(hours=2))
    writing_as(eva).save(version, version.revision, WORDS)
    assert session.scalar(select(PageVersion.touched_at).where(PageVersion.id == version.id)) == clock.now()


@pytest.mark.parametrize("words", [{"title": " "}, {"markdown": "\n"}])
def test_a_text_without_words_is_handed_to_nobody(written, writing_as, eva, words):
    version = written(**words)
    with pytest.raises(NotSo, match="blank"):
        writing_as(eva).ask_review(version)
    assert version.state == "draft"
