"""One number says which words are on show; what was kept under an older number is gone."""

import pytest

from portal.foundation.content_cache import ContentVersion, Kept, kept, raise_version
from portal.foundation.db import writing

NEVER_AGAIN = 3_600.0


class Builder:
    """Builds a thing and remembers how often."""

    def __init__(self):
        self.times = 0

    def __call__(self, connection):
        self.times += 1
        return f"thing {self.times}"


def publish(site):
    with writing(site.engine) as session:
        raise_version(session)


def test_the_first_number_is_one_and_then_it_rises(new_site):
    looking = Kept(new_site, look_every=0)
    assert looking.version() == 0
    publish(new_site)
    assert looking.version() == 1
    publish(new_site)
    assert looking.version() == 2


def test_there_is_one_row_however_often_it_rises(new_site):
    for _ in range(3):
        publish(new_site)
    with writing(new_site.engine) as session:
        assert session.query(ContentVersion).count() == 1


def test_the_number_rises_only_when_the_change_is_kept(new_site):
    publish(new_site)
    with pytest.raises(ZeroDivisionError), writing(new_site.engine) as session:
        raise_version(session)
        session.flush()
        raise ZeroDivisionError
    assert Kept(new_site).version() == 1


def test_a_thing_is_built_once_for_many_readers(small_site):
    keeping, build = Kept(small_site), Builder()
    assert [keeping.get("menu", build) for _ in range(3)] == ["thing 1"] * 3
    assert build.times == 1


def test_two_names_are_two_things(small_site):
    keeping, build = Kept(small_site), Builder()
    assert (keeping.get("menu", build), keeping.get("towns", build)) == ("thing 1", "thing 2")


def test_a_thing_is_built_again_after_a_change(small_site):
    keeping, build = Kept(small_site, look_every=0), Builder()
    keeping.get("menu", build)
    publish(small_site)
    assert keeping.get("menu", build) == "thing 2"


def test_between_two_looks_the_database_is_left_alone(small_site):
    keeping, build = Kept(small_site, look_every=NEVER_AGAIN), Builder()
    keeping.get("menu", build)
    publish(small_site)
    assert keeping.get("menu", build) == "thing 1"


def test_somebody_who_just_published_may_look_at_once(small_site):
    keeping, build = Kept(small_site, look_every=NEVER_AGAIN), Builder()
    keeping.get("menu", build)
    publish(small_site)
    keeping.look_now()
    assert keeping.get("menu", build) == "thing 2"


def test_looking_without_a_change_throws_nothing_away(small_site):
    keeping, build = Kept(small_site, look_every=0), Builder()
    assert keeping.get("menu", build) == keeping.get("menu", build) == "thing 1"


def test_a_site_has_one_memory_and_two_sites_have_two(zwolle, leeuwarden):
    assert kept(zwolle) is kept(zwolle)
    assert kept(zwolle) is not kept(leeuwarden)
