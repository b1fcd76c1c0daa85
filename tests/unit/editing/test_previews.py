"""Secret links to what is not on show yet: they show one version, end by themselves, and are kept by nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.editing.previews import LASTS, Previews
from portal.pages.versions import PagePreview


@pytest.fixture
def previews(session, clock):
    """The links of a site, now."""
    return Previews(session, clock.now())


def test_a_link_shows_its_version_and_no_other(previews, written, eva, tariq):
    klacht, arabic = written(), written("ar", tariq)
    assert previews.behind(previews.make(klacht, eva.staff_id)) is klacht
    assert previews.behind(previews.make(arabic, eva.staff_id)) is arabic
    assert previews.behind("x" * 43) is None


def test_only_the_hash_of_a_secret_is_kept(previews, session, written, eva):
    token = previews.make(written(), eva.staff_id)
    (row,) = session.scalars(select(PagePreview))
    assert token not in row.id
    assert len(row.id) == 64


def test_a_link_ends_after_two_weeks_and_is_cleared_away(session, clock, written, eva):
    version = written()
    token = Previews(session, clock.now()).make(version, eva.staff_id)
    nearly, over = (Previews(session, clock.now() + LASTS - left) for left in (timedelta(seconds=1), timedelta(0)))
    assert nearly.behind(token) is version
    assert (over.behind(token), over.of(version)) == (None, [])
    over.make(version, eva.staff_id)
    assert len(session.scalars(select(PagePreview)).all()) == 1


def test_there_may_be_several_and_each_can_be_ended_twice(previews, written, eva, tariq):
    version, other = written(), written("ar", tariq)
    first, second = previews.make(version, eva.staff_id), previews.make(version, eva.staff_id)
    hashes = {link.id for link in previews.of(version)}
    assert len(hashes) == 2
    (kept,) = hashes - {next(link for link in hashes if link == _hash(first))}
    for _time in (1, 2):
        previews.end(version, _hash(first))
    assert previews.behind(first) is None
    assert previews.behind(second) is version
    previews.end(other, kept)
    assert previews.behind(second) is version


def test_a_version_that_is_open_no_more_is_shown_to_nobody(previews, written, writing_as, publishing_as, eva, pam):
    dropped = written()
    token = previews.make(dropped, eva.staff_id)
    writing_as(eva).drop(dropped)
    assert previews.behind(token) is None
    shown = written()
    token = previews.make(shown, eva.staff_id)
    publishing_as(pam).publish(shown)
    assert previews.behind(token) is None


def _hash(token):
    from portal.cases.references import hashed

    return hashed(token)
