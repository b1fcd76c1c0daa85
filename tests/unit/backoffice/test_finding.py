"""What is meant by what one types to find somebody, and who is found in which team."""

import pytest

from portal.backoffice.finding import finding
from tests.desk import leads, put, works


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8011PK", "postcode"), ("8011 pk", "postcode"), (" 8011-PK ", "postcode"),
        ("0612345678", "phone"), ("06 12 34 56 78", "phone"), ("+31 6 1234 5678", "phone"), ("038-1234567", "phone"),
        ("(038) 123 45 67", "phone"), ("0031612345678", "phone"),
        ("m.jansen@example.nl", "email"), (" M.Jansen@Example.nl ", "email"),
        ("Jansen", "name"), ("de Vries", "name"), ("van  der   Berg", "name"), ("İbrahim", "name"), ("مريم", "name"),
        ("Jan", "name"), ("8011", None), ("0612", None), ("Li", None), ("J. D.", None), ("%%%", None), ("___", None),
        ("12 ab", None), ("", None), ("@", None), ("m@", None),
    ],
)  # fmt: skip
def test_what_is_typed_is_a_postcode_a_phone_an_address_a_name_or_too_little(typed, meant):
    found = finding(typed)
    assert (found and found[0]) == meant


def look_up(reader, typed):
    """The lines for what was typed; names are compared as they are heard, so that databases agree."""
    what, condition = finding(typed)
    return reader.by_name(typed) if what == "name" else reader.with_names(condition)


@pytest.fixture
def mila(staff):
    """Works in Midden and nowhere else."""
    return staff("Mila", works("midden"))


@pytest.fixture
def found(reads, mila):
    """The numbers of the requests that Mila finds."""
    return lambda typed: {line.reference for line in look_up(reads(mila), typed)}


@pytest.mark.parametrize(
    ("contact", "typed"),
    [
        ({"postcode": "8011PK"}, "8011 pk"),
        ({"phone": "0612340001"}, "06 1234 0001"),
        ({"phone": "0612340001"}, "+31 6 12340001"),
        ({"phone": "+31612340001"}, "06-12340001"),
        ({"phone": "0031612340001"}, "0612340001"),
        ({"phone": "0381230001"}, "038 123 00 01"),
        ({"email": "Kees.Kip@Example.nl"}, "kees.kip@example.NL"),
        ({"name": "Kees van der Kip"}, "kip"),
        ({"name": "Kees van der Kip"}, "VAN  DER kip"),
        ({"name": "Kees van der Kip"}, " Kees "),
        ({"name": "مريم القاسم"}, "القاسم"),
        ({"name": "Kees 100%_Kip"}, "0%_Kip"),
    ],
)
def test_somebody_is_found_by_what_one_knows(ask, found, contact, typed):
    wanted = ask(**contact)
    ask(**{"postcode": "8012AB", "phone": "0687654321", "email": "een@example.nl", "name": "Een Ander"})
    assert found(typed) == {wanted.reference}


@pytest.mark.parametrize("typed", ["Kip_", "Ke_s", "Kee%", "Ann kip", "8011PL", "0612340002", "een@example.nl"])
def test_somebody_else_is_not_found(ask, found, typed):
    ask(name="Kees Kip", phone="0612340001", email="kees@example.nl")
    assert found(typed) == set()


@pytest.mark.parametrize(
    ("helper", "typed"),
    [
        ({"name": "Piet Helper", "phone": "0612340009"}, "Helper"),
        ({"name": "Piet Helper", "phone": "0612340009"}, "+31612340009"),
        ({"name": "Piet Helper", "email": "Piet@Example.nl"}, "piet@example.nl"),
    ],
)
def test_a_request_is_found_by_who_helps_too(ask, found, helper, typed):
    assert found(typed) == set()
    wanted = ask(helper=helper)
    assert found(typed) == {wanted.reference}


def test_only_ones_own_teams_are_searched(ask, found, reads, staff):
    mine, theirs, nobodys = ask("midden"), ask("holtenbroek"), ask(None)
    assert found("Jansen") == {mine.reference}
    coordinator = staff("Noor", leads("holtenbroek"))
    lines = look_up(reads(coordinator), "Jansen")
    assert {line.reference for line in lines} == {theirs.reference, nobodys.reference}


def test_what_is_done_is_found_as_well(ask, found, session, clock):
    done = ask()
    put(session, done, closed_at=clock.now())
    assert found("Jansen") == {done.reference}


def test_the_newest_stands_first_and_thirty_are_enough(ask, reads, mila, clock):
    asked = []
    for _number in range(31):
        asked.append(ask(way="phone").reference)
        clock.forward(seconds=10)
    lines = look_up(reads(mila), "Jansen")
    assert [line.reference for line in lines] == asked[:0:-1]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ömer Çelik", "ömer çelik"),
        ("Çelik", "ÇEL"),
        ("élise", "Élise"),
        ("Élise", "ÉLISE"),
        ("van Çelik", "van çelik"),
        ("Ömer Çelik", "omer celik"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Ayşe", "AYSE"),
        ("Zoe", "Zoë"),
        ("İbrahim", "ibrahim"),
    ],
)
def test_a_name_is_found_as_it_is_heard(ask, found, name, typed):
    wanted = ask(name=name)
    assert found(typed) == {wanted.reference}
