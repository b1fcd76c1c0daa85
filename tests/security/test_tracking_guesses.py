"""Who guesses numbers of requests gets nowhere, learns nothing, and holds nobody up for long."""

import re
import secrets
from collections import Counter
from http.client import HTTPConnection
from statistics import median
from threading import Barrier, Thread
from time import perf_counter
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from portal.cases.follow_views import CODES_A_CASE
from portal.cases.models import AccessKey, Attempt, Case
from portal.cases.references import ALPHABET, LENGTH, hashed
from portal.cases.tracking import TRIES_A_CODE, TRIES_A_NETWORK, TRIES_A_REFERENCE, TrackDesk
from portal.foundation.db import reading, writing
from tests.composed import on_a_port
from tests.security.cast import TOKEN
from tests.security.rows import changed, picture
from tests.security.ways import address

POSTCODE, LAST_DIGITS = "8011PK", "5678"
#: Guesses from one network, and from as many networks as guesses.
FROM_ONE, FROM_MANY = 1_000, 1_200
#: Pairs of an unknown and a wrong guess whose times are laid side by side.
PAIRS = 300
AT_ONCE = 20


class Guesser:
    """Types numbers and postcodes; each answer is kept without what was typed."""

    def __init__(self, cast):
        self._cast, self.path = cast, address(cast.registry, "cases.find")
        self.seconds = 0.0

    def guess(self, reference, known, network="198.51.100.7", **headers):
        began = perf_counter()
        response = self._cast.ask(
            "visitor", "POST", self.path, {"reference": reference, "known": known}, headers=headers,
            environ={"REMOTE_ADDR": network},
        )  # fmt: skip
        self.seconds = perf_counter() - began
        return response

    def came_in(self, *guess, **more):
        response = self.guess(*guess, **more)
        return response.status_int == 303 and "visit=" in str(response.headers.getall("Set-Cookie"))

    def answer(self, reference, known, network="198.51.100.7"):
        """The whole answer: status, headers, body."""
        response = self.guess(reference, known, network)
        headers = sorted(f"{name}: {value}" for name, value in response.headers.items())
        body = response.text.replace(f'value="{reference}"', "").replace(f'value="{known}"', "")
        return re.sub(r"Content-Length: \d+", "", "\n".join([response.status, *headers, body]))


@pytest.fixture
def guesser(as_begun):
    return Guesser(as_begun)


@pytest.fixture
def reference(as_begun):
    """The number of a request that is there, of somebody whose postcode and phone we know."""
    return as_begun.resident


def somewhere(number):
    """An address in a network of its own."""
    return f"100.{64 + number // 250}.{number % 250}.1"


def any_reference():
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def test_a_thousand_guesses_from_one_network_open_nothing_and_others_still_come_in(guesser, reference, as_begun):
    taken = set(as_begun.things["cases"].values()) | {reference}
    for _ in range(FROM_ONE):
        guess = any_reference()
        if guess not in taken:
            assert not guesser.came_in(guess, POSTCODE)
    assert not guesser.came_in(reference, POSTCODE)
    assert not guesser.came_in(reference, POSTCODE, network="198.51.100.200")  # a neighbour in the same library
    assert guesser.came_in(reference, POSTCODE, network="203.0.113.1")


def test_a_thousand_guesses_from_a_thousand_networks_at_one_number_open_nothing(guesser, reference, as_begun, clock):
    known = [f"{number:04}" for number in range(FROM_MANY) if f"{number:04}" != LAST_DIGITS]
    known[TRIES_A_REFERENCE + 3 : TRIES_A_REFERENCE + 3] = [LAST_DIGITS, POSTCODE]  # right, and too late
    inside = [guess for number, guess in enumerate(known) if guesser.came_in(reference, guess, somewhere(number))]
    assert (len(known) >= FROM_MANY, inside) == (True, [])
    link = address(as_begun.registry, "cases.link", token=as_begun.things["links"]["right"])
    assert "visit=" in str(as_begun.ask("visitor", "POST", link).headers.getall("Set-Cookie"))
    clock.forward(minutes=15)
    assert guesser.came_in(reference, POSTCODE, somewhere(1))


def test_a_network_is_closed_after_its_share_and_opens_after_the_stretch(guesser, reference, clock):
    for _ in range(TRIES_A_NETWORK):
        guesser.guess(any_reference(), POSTCODE)
    assert not guesser.came_in(reference, POSTCODE)
    clock.forward(minutes=15)
    assert guesser.came_in(reference, POSTCODE)


def test_many_addresses_of_one_network_of_six_are_one(guesser, reference):
    for number in range(TRIES_A_NETWORK):
        guesser.guess(any_reference(), POSTCODE, f"2001:db8:0:{number:x}::{number:x}")
    assert not guesser.came_in(reference, POSTCODE, network="2001:db8:0:ff::1")
    assert guesser.came_in(reference, POSTCODE, network="2001:db8:1::1")


def test_a_network_is_never_what_a_browser_says_it_is(guesser, reference):
    for number in range(TRIES_A_NETWORK):
        guesser.guess(any_reference(), POSTCODE, **{"X-Forwarded-For": somewhere(number)})
    assert not guesser.came_in(reference, POSTCODE, **{"X-Forwarded-For": "203.0.113.9"})


def test_nor_behind_the_server_that_we_ship(app, as_begun, reference):
    path = address(as_begun.registry, "cases.find")

    def guess(port, number, typed):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        form = urlencode({"csrf_token": TOKEN, "reference": typed, "known": POSTCODE})
        connection.request("POST", path, form, {
            "Host": "zwolle.test", "Cookie": f"csrf={TOKEN}", "X-Forwarded-For": somewhere(number),
            "Forwarded": f"for={somewhere(number)}", "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    with on_a_port(app) as port:
        said = [guess(port, number, any_reference()) for number in range(TRIES_A_NETWORK)]
        assert (set(said), guess(port, TRIES_A_NETWORK, reference)) == ({422}, 422)


def test_unknown_and_wrong_and_locked_are_one_answer_to_the_byte(guesser, reference, as_begun):
    closed = as_begun.things["cases"]["closed"]
    unknown = guesser.answer("7KD4MW3G", POSTCODE, somewhere(1))
    assert unknown.startswith("422")
    answers = {
        "wrong postcode": guesser.answer(reference, "9999XX", somewhere(2)),
        "wrong digits": guesser.answer(reference, "0000", somewhere(3)),
        "of Leeuwarden": guesser.answer(as_begun.things["cases"]["of_leeuwarden"], POSTCODE, somewhere(4)),
        "over and wrong": guesser.answer(closed, "9999XX", somewhere(5)),
        "no number at all": guesser.answer("geen nummer", POSTCODE, somewhere(6)),
    }
    for number in range(TRIES_A_REFERENCE):
        guesser.guess(reference, "9999XX", somewhere(10 + number))
    answers["locked by number"] = guesser.answer(reference, POSTCODE, somewhere(7))
    for _ in range(TRIES_A_NETWORK):
        guesser.guess(any_reference(), POSTCODE, somewhere(8))
    answers["locked by network"] = guesser.answer(closed, POSTCODE, somewhere(8))
    assert [name for name, answer in answers.items() if answer != unknown] == []


def test_the_time_an_answer_takes_does_not_tell_whether_a_number_is_there(guesser, reference, clock):
    times = {"unknown": [], "wrong": []}
    for number in range(PAIRS):
        if number % (TRIES_A_REFERENCE - 1) == 0:
            clock.forward(minutes=15)
        for what, typed in (("unknown", any_reference()), ("wrong", reference)):
            guesser.guess(typed, "9999XX", somewhere(number))
            times[what].append(guesser.seconds)
    assert abs(median(times["unknown"]) - median(times["wrong"])) < 0.005


def test_guessing_leaves_nothing_but_counts(guesser, reference, as_begun):
    before = picture(as_begun.zwolle)
    for number in range(20):
        guesser.guess(any_reference(), POSTCODE, somewhere(number))
        guesser.guess(reference, "9999XX", somewhere(number))
    assert {one.split()[0] for one in changed(before, picture(as_begun.zwolle))} == {"attempt"}
    with reading(as_begun.zwolle.engine) as connection:
        kept = str(connection.execute(select(Attempt.__table__)).all())
    assert [word for word in (reference, POSTCODE, "9999XX", "100.64") if word in kept] == []


@pytest.fixture
def code(as_begun):
    """The code of six digits that somebody was sent."""
    with writing(as_begun.zwolle.engine) as session:
        case = session.scalars(select(Case).where(Case.reference == as_begun.resident)).one()
        return TrackDesk(session, as_begun.clock.now()).make_code(case)


def wrong(code, by=1):
    return f"{(int(code) + by) % 10**6:06}"


def give(cast, typed, visit=None):
    """Whether a code opens the personal part."""
    visit = {"visit": visit} if visit else {}
    response = cast.ask("resident", "POST", address(cast.registry, "cases.code"), {"code": typed}, cookies=visit)
    return response.status_int == 303 and response.location.endswith("/stand")


def test_a_code_is_gone_after_five_wrong_tries(as_begun, code):
    assert [give(as_begun, wrong(code, by)) for by in range(1, TRIES_A_CODE + 1)] == [False] * TRIES_A_CODE
    assert not give(as_begun, code)


def test_a_code_is_still_there_after_four(as_begun, code):
    assert not any(give(as_begun, wrong(code, by)) for by in range(1, TRIES_A_CODE))
    assert give(as_begun, code)
    assert not give(as_begun, code)


def visits(cast, many):
    """So many browsers that follow one request."""
    with writing(cast.zwolle.engine) as session:
        case = session.scalars(select(Case).where(Case.reference == cast.resident)).one()
        return [TrackDesk(session, cast.clock.now()).visit(case.id) for _ in range(many)]


def all_at_once(app, cast, codes):
    """Each browser gives its code in the same moment; how often that let somebody in, and what else happened."""
    tokens, together, said = visits(cast, len(codes)), Barrier(len(codes)), Counter()

    def one(token, typed):
        browser = cast.on(app)
        together.wait(timeout=20)
        try:
            said[give(browser, typed, token)] += 1
        except Exception as fault:
            said[repr(fault)] += 1

    threads = [Thread(target=one, args=pair) for pair in zip(tokens, codes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return said


def opened(cast):
    with reading(cast.zwolle.engine) as connection:
        keys = connection.execute(select(AccessKey.__table__)).all()
    case = {key.case_id for key in keys if key.hash == hashed(cast.cookies["resident"]["visit"])}
    mine = [key for key in keys if key.case_id in case]
    return sum(key.full for key in mine if key.purpose == "visit"), [key for key in mine if key.purpose == "code"]


def test_one_code_given_by_twenty_browsers_at_once_opens_one(app, as_begun, code):
    before, _codes = opened(as_begun)
    assert all_at_once(app, as_begun, [code] * AT_ONCE) == {True: 1, False: AT_ONCE - 1}
    assert opened(as_begun) == (before + 1, [])


def test_twenty_wrong_codes_at_once_are_five_and_then_the_right_one_is_too_late(app, as_begun, code):
    before, _codes = opened(as_begun)
    assert all_at_once(app, as_begun, [wrong(code, by) for by in range(1, AT_ONCE + 1)]) == {False: AT_ONCE}
    assert not give(as_begun, code)
    assert opened(as_begun) == (before, [])


def test_asking_for_twenty_codes_sends_a_few(as_begun, clock):
    path = address(as_begun.registry, "cases.send_code")
    before = picture(as_begun.zwolle)["message"][0]
    for _ in range(AT_ONCE):
        clock.forward(seconds=1)
        as_begun.ask("resident", "POST", path)
    assert picture(as_begun.zwolle)["message"][0] - before == CODES_A_CASE
