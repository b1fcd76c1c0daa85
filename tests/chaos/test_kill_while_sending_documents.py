"""The serving process is killed while somebody sends documents: each is there whole, or not at all."""

import random
import threading
import time
from collections import Counter
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.attachments.models import Attachment, AttachmentPiece
from portal.attachments.services import content_of
from portal.attachments.vault import Vault
from portal.cases.events import broken_link
from portal.cases.models import Case, CaseEvent
from portal.cases.tracking import TrackDesk
from portal.foundation.clock import SystemClock
from portal.foundation.db import make_engine, writing
from tests.chaos.amounts import SEED
from tests.security.good_files import picture

#: Each kill needs a new server, which takes longer than anything else here.
KILLS = 8
TOKEN, PATH = "0123456789abcdef0123456789abcdef01234567", "/nl/mijn-aanvraag/documenten"
#: Seconds in which so few documents should be there.
PATIENCE = 30.0
#: So many requests, with five documents at most each.
CASES = 12


@pytest.fixture
def portal(unseeded):
    unseeded.run("db", "upgrade")
    unseeded.run("seed")
    return unseeded


def large_picture(number):
    """A picture of its own, of some megabytes: three pieces or more."""
    chance = random.Random(number)
    return picture((1600, 900), "PNG") if number % 4 == 0 else noise(chance)


def noise(chance):
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (1100, 900), chance.randbytes(1100 * 900 * 3)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def visits(engine):
    """Requests for a conversation, and a visit to each."""
    now, found = SystemClock().now(), []
    with writing(engine) as session:
        for number in range(CASES):
            case = Case(
                id=f"case-{number}", reference=f"AAAA33{number:02}", send_key=f"key-{number}", kind="conversation",
                state="received", channel="web", locale="nl", answers={}, received_at=now, moved_at=now,
            )  # fmt: skip
            session.add(case)
            session.flush()
            found.append(TrackDesk(session, now).visit(case.id))
    return found


def send(port, visit, number):
    """The status of sending one document; None when the line was cut."""
    mark = uuid4().hex
    body = b"".join(
        [f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{TOKEN}\r\n'.encode(),
         f'--{mark}\r\nContent-Disposition: form-data; name="document"; filename="{number}.png"\r\n\r\n'.encode(),
         large_picture(number), f"\r\n--{mark}--\r\n".encode()]
    )  # fmt: skip
    line = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("POST", PATH, body, {
            "Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": f"csrf={TOKEN}; visit={visit}",
        })  # fmt: skip
        return line.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        line.close()


def test_a_document_is_there_whole_or_not_at_all(portal):  # noqa: C901 (one storm, told from its beginning to its end)
    engine, chance = make_engine(portal.database), random.Random(SEED)
    people, served = visits(engine), portal.start()
    told, cut, numbers, over, statuses = [], [], iter(range(10_000)), threading.Event(), Counter()

    def keep_sending(mine):
        for visit in mine:
            for _ in range(5):
                number = next(numbers)
                if over.is_set():
                    return
                status = send(served.port, visit, number)
                (told if status == 303 else cut).append(number)
                statuses[status] += 1

    for kill in range(KILLS):
        threads = [threading.Thread(target=keep_sending, args=(chance.sample(people, 3),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        enough = len(told) + chance.randint(1, 4)
        until = time.monotonic() + PATIENCE
        while len(told) < enough and any(one.is_alive() for one in threads) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        served.process.kill()
        served.process.wait(timeout=10)
        over.set()
        for thread in threads:
            thread.join(30)
        over.clear()
        if kill < KILLS - 1:
            served = portal.start()
    key = portal.environ["PORTAL_SITE_ZWOLLE_ATTACHMENT_KEYS"]
    with Session(engine) as session:
        rows = session.scalars(select(Attachment)).all()
        for row in rows:
            data = b"".join(content_of(engine, Vault([key]), row.id, row.sha256))
            assert sha256(data).hexdigest() == row.sha256
        kept = {row.name for row in rows}
        orphans = session.scalar(select(func.count()).select_from(AttachmentPiece).where(
            AttachmentPiece.attachment_id.not_in(select(Attachment.id))))  # fmt: skip
        events = session.scalar(select(func.count()).select_from(CaseEvent))
        broken = [one for one in session.scalars(select(Case.id)) if broken_link(session, one)]
        sound = [session.scalars(text(f"PRAGMA {check}")).all() for check in ("integrity_check", "foreign_key_check")]
    engine.dispose()
    print(f"{KILLS} kills, seed {SEED}: {len(rows)} kept, answers: {dict(statuses)}")
    assert sound == [["ok"], []]
    assert (orphans, broken, events) == (0, [], len(rows))
    assert {f"{number}.png" for number in told if number % 4} <= kept  # those of four share one picture per request
    assert told
    assert len(cut) >= KILLS
