"""Whatever somebody types, the portal answers: no fault of ours, and never slow."""

import gc
import sys
import time
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.proof.amounts import EXAMPLES, LONG

#: Seconds of the thread's own time.
SLOW = 0.2
#: Questions between two collections of garbage. Left alone, the collector would look through all that Hypothesis holds
#: in the middle of some innocent question.
COLLECT_EVERY = 200
#: What may come back: an answer, an answer in another place, a question that cannot be read or is too long.
FINE = {200, 301, 400, 414, 422}

ANYTHING = st.text(max_size=250)
DIGITS = st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "①②③④⑤⑥⑦⑧⑨⑩"])
NEAR_POSTCODES = st.from_regex(r"\A[ ]{0,2}[0-9]{3,5}[ .\-\t]{0,2}[A-Za-z]{0,3}[ ,/]{0,2}[0-9]{0,6}[a-z]{0,2}\Z")
OTHER_DIGITS = st.builds(
    lambda typed, digits: "".join(digits[int(sign)] if sign in "0123456789" else sign for sign in typed),
    NEAR_POSTCODES, DIGITS,
)  # fmt: skip
CONTROLS = st.text(st.one_of(st.characters(categories=["Cc", "Cf", "Zl", "Zp"]), st.sampled_from("8031abhulp ")))
DIRECTIONS = st.lists(
    st.sampled_from(["Holtenbroek", "ديون", "עזרה", "مساعدة", "борги", "\u202e", "\u2067", "\u200f", "8031", " ", "-"])
).map("".join)
WILD = st.lists(
    st.sampled_from(
        ["*", "?", "~", " AND ", " OR ", " NOT ", "(", ")", "[", "]", "{", "}", '"', ":", "^", "\\", "%", "_", "'", ";",
         "--", "<b>", "{{", "${", "hulp", "schuld", "title:", "..", "/", "\x00", "+", "&", "=", "#"]
    ),
    max_size=60,
).map("".join)  # fmt: skip
WORDS = st.sampled_from(
    ["schuldhulpverlening", "schoonmaakondersteuning", "mantelzorger", "eenzaam", "huishoudelijke", "Assendorp",
     "Holtenbroek", "Wipstrik", "klacht", "formulier", "rekening", "kinderopvang", "verslaafd", "ruzie", "taalcafé"]
)  # fmt: skip


@st.composite
def misspelt(draw):
    """A few real words, each with some slips: the dearest questions, as every word is looked up in many spellings."""
    found = []
    for word in draw(st.lists(WORDS, min_size=1, max_size=20)):
        typed = word
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(typed)))
            typed = typed[:place] + draw(st.sampled_from(["", "e", "q", "sch", "ij"])) + typed[place + 1 :]
        found.append(typed)
    return " ".join(found)


VERY_LONG = st.builds(lambda text, times: (text * times)[:2_500], st.text(min_size=1, max_size=12), st.integers(1, 400))
NOT_EVEN_TEXT = st.binary(max_size=80)
TYPED = st.one_of(
    ANYTHING, NEAR_POSTCODES, OTHER_DIGITS, CONTROLS, DIRECTIONS, WILD, misspelt(), VERY_LONG, NOT_EVEN_TEXT
)
PLACES = (
    "/nl/vind-uw-team?waar={}", "/api/v1/teams?locale=ar&where={}",
    "/ar/search?q={}", "/api/v1/search?limit=50&locale=nl&q={}",
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(app):
    """Asks as a server would; gives the status and the seconds of this thread."""
    asked = 0

    def ask(address: str) -> tuple[int, float]:
        nonlocal asked
        asked += 1
        if asked % COLLECT_EVERY == 0:
            gc.collect()
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "zwolle.test", "SERVER_PORT": "80", "HTTP_HOST": "zwolle.test", "REMOTE_ADDR": "192.0.2.1",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        said = []
        started = time.thread_time()
        body = app(environ, lambda status, headers, exc_info=None: said.append(status))
        b"".join(body)
        spent = time.thread_time() - started
        getattr(body, "close", lambda: None)()
        return int(said[0][:3]), spent

    for place in PLACES:  # whatever comes with the first question
        for typed in ("8031AB", "sgulden%20hlup", "Asendorp", "Almelo", "qqqq", "%D8%AF%D9%8A%D9%88%D9%86"):
            ask(place.format(typed))
    gc.disable()
    yield ask
    gc.enable()


def test_no_question_breaks_or_holds_us_up(ask):
    slowest = {"seconds": 0.0, "address": ""}

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(TYPED)
    def each(typed):
        for place in PLACES:
            address = place.format(quote(typed))
            status, spent = ask(address)
            assert status in FINE, f"{status} for {address}"
            assert spent <= SLOW, f"{spent * 1000:.0f} ms for {address}"
            if spent > slowest["seconds"]:
                slowest.update(seconds=spent, address=address)

    each()
    print(
        f"{EXAMPLES} questions in {len(PLACES)} places; the slowest took {slowest['seconds'] * 1000:.0f} ms of CPU: ",
        end="",
    )
    print(slowest["address"][:160])
