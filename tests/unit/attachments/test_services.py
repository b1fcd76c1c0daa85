"""Documents hang on a request or a draft, under lock and key, and go when what they hang on goes."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from portal.attachments.models import Attachment, AttachmentPiece
from portal.attachments.rules import Limits, Refused
from portal.attachments.services import PIECE, Attachments, Holder, content_of, documents_of, find_document, lock_anew
from portal.attachments.vault import Locked, Vault
from portal.attachments.washing import Washed
from portal.cases.events import broken_link
from portal.cases.models import Case, CaseEvent, Draft
from portal.cases.person import PersonDesk, Selection
from portal.cases.retention import retention_of
from portal.cases.workflow import Actor, Author, StepRefused
from portal.conversations.kind import CONVERSATION
from portal.foundation.db import reading, writing

KEY, NEWER = "an old key of thirty-two characters!", "a newer key, of forty characters or so.."
VAULT = Vault([KEY])
LIMITS = Limits(10_000_000, 25_000_000, 5)
RESIDENT = Actor(Author.RESIDENT)
LARGE = bytes(range(256)) * 9000  # three pieces


def document(data=b"a plan", kind="pdf"):
    return Washed(kind, len(data), BytesIO(data))


def a_case(session, clock, number=1):
    case = Case(
        id=f"case-{number}", reference=f"AAAA333{number}", send_key=f"key-{number}", kind="conversation",
        state="received", channel="web", locale="nl", answers={}, received_at=clock.now(), moved_at=clock.now(),
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def a_draft(session, clock):
    draft = Draft(
        hash="d" * 64, kind="conversation", answers={}, send_key="s", expires_at=clock.now() + timedelta(days=7)
    )
    session.add(draft)
    session.flush()
    return draft


def add(session, clock, held_by, data=b"a plan", name="plan.pdf", limits=LIMITS, vault=VAULT):
    return Attachments(session, vault, clock.now()).add(held_by, document(data), name, limits, "clean", RESIDENT)


@pytest.fixture
def kept(zwolle, clock):
    """A request that stands, with a document of three pieces; gone afterwards."""
    with writing(zwolle.engine) as session:
        row = add(session, clock, a_case(session, clock), LARGE)
        found = row.id, row.sha256
    yield found
    with writing(zwolle.engine) as session:
        session.execute(delete(Case).where(Case.id == "case-1"))
        session.execute(delete(Draft))


def test_what_is_kept_comes_back_to_the_byte_in_pieces(zwolle, kept):
    pieces = list(content_of(zwolle.engine, VAULT, *kept))
    assert b"".join(pieces) == LARGE
    assert [len(piece) for piece in pieces] == [PIECE, PIECE, len(LARGE) - 2 * PIECE]


def test_it_is_written_in_the_chain_and_waits_for_an_answer(session, clock):
    case = a_case(session, clock)
    add(session, clock, case)
    assert case.asks_since == clock.now()
    event = session.scalar(select(CaseEvent).where(CaseEvent.case_id == case.id))
    assert (event.action, event.author) == ("document", "resident")
    assert broken_link(session, case.id) is None


def test_the_same_document_twice_is_one(session, clock):
    case = a_case(session, clock)
    assert add(session, clock, case).id == add(session, clock, case, name="other.pdf").id
    assert session.scalar(select(func.count()).select_from(CaseEvent)) == 1


def test_more_than_the_limits_say_is_refused_and_changes_nothing(session, clock):
    case = a_case(session, clock)
    for number in range(5):
        add(session, clock, case, bytes([number]))
    with pytest.raises(Refused, match="many"):
        add(session, clock, case, b"one more")
    with pytest.raises(Refused, match="together"):
        add(session, clock, a_case(session, clock, 2), bytes(11), limits=Limits(20, 10, 5))
    assert session.scalar(select(func.count()).select_from(Attachment)) == 5


def test_the_database_holds_that_it_hangs_on_one_thing_and_is_of_a_kind_we_know(session, clock):
    case, draft = a_case(session, clock), a_draft(session, clock)
    row = add(session, clock, case)
    for wrong in ({"draft_hash": draft.hash}, {"case_id": None}, {"kind": "exe"}, {"size": 0}, {"state": "waiting"}):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(update(Attachment).where(Attachment.id == row.id).values(**wrong))


def test_a_form_that_is_sent_hands_its_documents_over(session, clock):
    draft, case = a_draft(session, clock), a_case(session, clock)
    row = add(session, clock, draft)
    Attachments(session, VAULT, clock.now()).hand_over(draft, case)
    session.delete(draft)
    session.flush()
    connection = session.connection()
    assert [one.id for one in documents_of(connection, Holder.of(case))] == [row.id]
    assert documents_of(connection, Holder(draft_hash="d" * 64)) == []


def test_a_draft_that_is_over_takes_its_documents_along(zwolle, registry, clock, kept):
    with writing(zwolle.engine) as session:
        add(session, clock, a_draft(session, clock))
    clock.forward(days=8)
    retention_of(zwolle, registry.case_kinds, clock).run()
    with reading(zwolle.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(Attachment)) == 1
        assert connection.scalar(select(func.count()).select_from(AttachmentPiece)) == 3


def test_a_request_that_goes_takes_every_piece_along(session, clock):
    case = a_case(session, clock)
    add(session, clock, case, LARGE)
    session.execute(delete(Case).where(Case.id == case.id))
    assert session.scalar(select(func.count()).select_from(AttachmentPiece)) == 0


def test_who_asks_for_their_data_gets_names_and_sizes_and_no_key(session, clock):
    case = a_case(session, clock)
    add(session, clock, case)
    desk = PersonDesk(session, clock.now())
    found = desk.find(Selection.known(reference=case.reference))
    (asked,) = desk.export(found, 1, "Zwolle")["uw_aanvragen"]
    (row,) = asked["attachment"]
    assert (row["name"], row["size"], row["kind"]) == ("plan.pdf", 6, "pdf")
    assert "draft_hash" not in row
    assert "attachment_piece" not in asked
    desk.erase(found.matches, "AVG")
    assert session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_it_is_taken_away_from_its_own_request_only_and_not_once_that_is_closed(session, clock):
    case, other = a_case(session, clock), a_case(session, clock, 2)
    row = add(session, clock, case)
    documents = Attachments(session, VAULT, clock.now())
    assert not documents.remove(other, CONVERSATION, row.id, RESIDENT)
    assert find_document(session.connection(), other.id, row.id) is None
    case.state = "closed"
    with pytest.raises(StepRefused):
        documents.remove(case, CONVERSATION, row.id, RESIDENT)
    case.state = "received"
    assert documents.remove(case, CONVERSATION, row.id, RESIDENT)
    assert find_document(session.connection(), case.id, row.id) is None


def test_another_key_opens_nothing(zwolle, kept):
    with pytest.raises(Locked):
        next(content_of(zwolle.engine, Vault([NEWER]), *kept))


def test_keys_rotate_the_old_one_opens_until_everything_has_the_new_lock(zwolle, kept):
    both = Vault([NEWER, KEY])
    assert b"".join(content_of(zwolle.engine, both, *kept)) == LARGE
    assert lock_anew(zwolle.engine, both) == 3
    assert b"".join(content_of(zwolle.engine, Vault([NEWER]), *kept)) == LARGE
    with pytest.raises(Locked):
        next(content_of(zwolle.engine, VAULT, *kept))


def test_pieces_that_were_moved_about_or_left_out_do_not_pass_for_the_document(zwolle, kept):
    piece = AttachmentPiece
    with writing(zwolle.engine) as session:
        for number, becomes in ((0, 9), (1, 0), (9, 1)):
            session.execute(update(piece).where(piece.number == number).values(number=becomes))
    with pytest.raises(Locked):
        next(content_of(zwolle.engine, VAULT, *kept))
    with writing(zwolle.engine) as session:
        for number, becomes in ((1, 9), (0, 1), (9, 0)):
            session.execute(update(piece).where(piece.number == number).values(number=becomes))
        session.execute(delete(piece).where(piece.number == 2))
    with pytest.raises(Locked):
        list(content_of(zwolle.engine, VAULT, *kept))
