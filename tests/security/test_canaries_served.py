"""The server as it is shipped, with its own log: what people typed is not in it, whatever they or others broke.

`development.ini` says where the log goes (standard error, INFO); `docs/operating.md` promises what is not in it.
"""

import re
import socket
import sqlite3
import time

import pytest
import requests
from bs4 import BeautifulSoup

from tests.security.test_canaries import TYPED, found_in
from tests.served import Portal
from tests.unit.cleaning.asking import EMAIL, FORM, HOUSE, ME, NAME, NOTE

#: Seconds for each answer.
PATIENCE = 20
#: Bytes that no browser sends, each with a canary.
BROKEN = (
    b"GET /nl/kanarie HTTP/1.1\r\nHost: kanarie\r\nkanarie kanarie\r\n\r\n",
    b"GET /nl/kanarie HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"kanarie kanarie kanarie\r\n\r\n",
    b"POST /nl/reactie HTTP/1.1\r\nHost: localhost\r\nContent-Length: kanarie\r\n\r\n",
    b"POST /nl/reactie HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: kanarie\r\n\r\n",
    b"POST /nl/reactie HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400\r\n\r\nname=kanarie",
    b"GET /nl/" + b"kanarie" * 50_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /nl/%ff%fekanarie HTTP/1.1\r\nHost: localhost\r\nCookie: visit=kanarie\r\n\r\n",
    b"GET /nl/zoeken?q=kanarie HTTP/1.1\r\nHost: kanarie.example\r\n\r\n",
)


class Visitor:
    """Somebody with a browser, who fills in what a page asks."""

    def __init__(self, port):
        self._base, self._session = f"http://127.0.0.1:{port}", requests.Session()

    def get(self, path):
        return self._session.get(self._base + path, timeout=PATIENCE)

    def post(self, path, values):
        return self._session.post(self._base + path, values, timeout=PATIENCE)

    def answer(self, page, values):
        form = BeautifulSoup(page.text, "html.parser").find("form", id="form")
        token = form.find("input", attrs={"name": "csrf_token"})["value"]
        return self._session.post(page.url, {"csrf_token": token, **values}, timeout=PATIENCE)


def ask(visitor):
    """The questions, one after the other; each is first sent without its token, then wrong, then right."""
    page, asked = visitor.get(f"{FORM['nl']}/vraag/who"), []
    while "/vraag/" in page.url and len(asked) < 12:
        name = re.search(r"/vraag/([a-z-]+)", page.url).group(1)
        asked.append(name)
        visitor.post(f"{FORM['nl']}/vraag/{name}", ME[name])
        visitor.answer(page, {**ME[name], "name": NAME * 30, "note": NOTE * 30, "house": HOUSE * 30})
        page = visitor.answer(page, ME[name])
    return asked


def send_bytes(port, said):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        try:
            line.sendall(said)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65_536):
                pass
        except OSError:  # it hung up on us
            pass


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Everything that the server and the worker wrote, after people and programs did what they do."""
    portal = Portal(tmp_path_factory.mktemp("served")).prepare()
    with portal.serving() as served:
        visitor = Visitor(served.port)
        asked = ask(visitor)
        assert {"who", "home", "name", "reach"} <= set(asked), asked
        visitor.post("/nl/mijn-aanvraag", {"reference": "7KD4MW3F", "known": NAME})
        visitor.answer(visitor.get("/nl/werk/aanmelden"), {"email": EMAIL, "password": NOTE})
        visitor.answer(visitor.get("/nl/reactie?pagina=klacht&nuttig=nee"), {"page": "klacht", "useful": "no",
                                                                           "remark": TYPED["remark"]})  # fmt: skip
        assert visitor.get(f"/nl/zoeken?q={TYPED['searched']}").status_code == 200
        assert visitor.get(f"/api/v1/search?q={TYPED['searched']}&kanarie=1").status_code < 500
        for said in BROKEN:
            send_bytes(served.port, said)
        with sqlite3.connect(portal.folder / "zwolle.sqlite") as database:
            database.execute("ALTER TABLE case_draft RENAME TO kanarie")
        page = visitor.get(f"{FORM['nl']}/vraag/who")
        assert page.status_code == 503 or visitor.answer(page, ME["who"]).status_code == 503
    worker = portal.start_worker()
    time.sleep(4)
    worker.terminate()
    worker.wait(timeout=15)
    return "\n".join((portal.folder / name).read_text("utf-8", "replace") for name in ("server.log", "worker.log"))


def test_the_log_tells_that_it_began_and_what_broke(log):
    assert "Serving on" in log
    assert "database: OperationalError" in log


def test_the_log_holds_nothing_that_anybody_typed(log):
    assert [line for line in log.splitlines() if found_in(line)] == []
