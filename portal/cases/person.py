"""One person, out of everything: find what is here of somebody, hand it over, or take it away.

Somebody may be in a case as who asked, or as who helps. A helper gets and loses what is theirs, never the case. Who
fits is decided by `Selection`, which asks no database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Row, Table, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.cases.models import Case, CaseLook, Contact, Representative
from portal.cases.references import new_id, read_reference
from portal.cases.retention import throw_away, throw_away_messages
from portal.foundation.clock import LOCAL
from portal.foundation.db import Base
from portal.messaging.models import Message
from portal.messaging.rules import GONE, mask

#: What stands where a name or an address was.
NOTHING = "–"
#: These open something, or hold a piece of what does; hashes that are a key of their table too.
KEYS = frozenset({"send_key", "dedupe_key", "hold_key"})
#: Columns that hold the number of somebody of the staff.
OF_STAFF = frozenset({"staff_id", "owner_id"})
#: How somebody is reached, and the channel by whose rule that is masked.
ADDRESSES = {"email": "email", "phone": "sms"}
#: A secret in the address of a link.
_SECRET = re.compile(r"(?<=/)[\w-]{40,}")
HEADING = {
    "wat_is_dit": (
        "Dit is alles wat {organisation} in het portaal over u heeft. Per aanvraag staat hier wat u vroeg, wat er "
        "gebeurde, welke berichten er zijn verstuurd en wie van onze medewerkers uw aanvraag heeft bekeken."
    ),
    "wat_staat_er_niet_in": [
        "Sleutels waarmee iemand uw aanvraag kan openen.",
        "Het telefoonnummer en het e-mailadres van wie voor u spreekt. Die zijn van die persoon.",
        "Een formulier dat niet is verstuurd. Alleen wie de code heeft, kan dat openen. Het gaat na enkele dagen weg.",
    ],
    "wat_betekenen_de_namen": {
        "case": "uw aanvraag",
        "case_contact": "wie u bent en hoe wij u bereiken",
        "case_representative": "wie voor u spreekt",
        "case_event": "wat er gebeurde",
        "case_term": "wat wij beloofden, en voor wanneer",
        "case_message": "wat u of wij bij de aanvraag schreven",
        "case_look": "welke medewerker de aanvraag bekeek",
        "case_key": "hoe lang een link of code de aanvraag opent",
        "booking": "uw afspraak: wanneer, waar en met wie",
        "cleaning_offer": "aan welke aanbieder uw aanvraag is getoond",
        "message": "welke berichten er zijn verstuurd",
    },
}


def bare(text: str | None) -> str:
    """Letters and digits only: `8011 pk` and `8011PK`, `12-a` and `12 A` are one."""
    return "".join(sign for sign in text or "" if sign.isalnum()).upper()


def bare_email(text: str | None) -> str:
    """An address without spaces and capitals."""
    return (text or "").strip().casefold()


def bare_phone(text: str | None) -> str:
    """The digits of a number as they are dialled here: `+31 6 …`, `0031 6 …` and `06 …` are one."""
    digits = "".join(sign for sign in text or "" if sign.isdigit())
    if not digits.startswith("00") and not (text or "").strip().startswith("+"):
        return digits
    abroad = digits.removeprefix("00")
    return "0" + abroad[2:].removeprefix("0") if abroad.startswith("31") else f"+{abroad}"


def _address(text: str | None) -> str:
    return bare_email(text) if "@" in (text or "") else bare_phone(text)


@dataclass(frozen=True)
class Selection:
    """By what somebody is looked for; all that is given must fit. Also: by what somebody in a case is known."""

    reference: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    house: str = ""

    @classmethod
    def typed(cls, **given: str | None) -> "Selection":
        """What an operator typed. Raises ValueError that says what to mend: what cannot be read widens nothing."""
        found = cls.known(**given)
        for name, value in given.items():
            if value is not None and not getattr(found, name):
                raise ValueError(f"--{name} cannot be read")
        if bool(found.postcode) != bool(found.house):
            raise ValueError("--postcode and --house go together")
        if found == cls():
            raise ValueError("say who: --reference, --email, --phone, or --postcode and --house")
        return found

    @classmethod
    def known(
        cls, reference: str | None = "", email: str | None = "", phone: str | None = "", postcode: str | None = "",
        house: str | None = "",
    ) -> "Selection":  # fmt: skip
        """The same, each in the form in which it is compared."""
        return cls(
            read_reference(reference or "") or "", bare_email(email), bare_phone(phone), bare(postcode), bare(house)
        )

    def fits(self, who: "Selection") -> bool:
        """Whether everything that is asked is so for who asked for help."""
        return all(getattr(self, one.name) in {"", getattr(who, one.name)} for one in fields(self))

    def fits_helper(self, helper: "Selection") -> bool:
        """Whether it is so for a helper: never by the reference alone, which is the resident's."""
        return bool(self.email or self.phone) and self.fits(helper)

    def is_sure(self, names: int) -> bool:
        """Whether this can be one person only; at an address live people who have nothing to do with each other."""
        return names <= 1 and bool(self.reference or self.email or self.phone)


@dataclass(frozen=True)
class Match:
    """A case somebody is in, without anything personal."""

    case_id: str
    reference: str
    kind: str
    state: str
    held: str | None
    as_helper: bool


@dataclass(frozen=True)
class Found:
    """The cases somebody is in, and how many different names fit; `words` are what may not stand in a reason."""

    matches: tuple[Match, ...]
    names: int
    words: frozenset[str]

    def told_by(self, text: str) -> bool:
        """Whether a text names who was found: it would outlive what is thrown away."""
        return any(word in bare(text) for word in self.words)


def tables_about_cases() -> dict[Table, list[Column[Any]]]:
    """Every table with a foreign key to a case, and its columns that are one: a new table is in it by itself."""
    found: dict[Table, list[Column[Any]]] = {}
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.target_fullname == f"{Case.__tablename__}.id":
                found.setdefault(table, []).append(key.parent)
    return found


def is_key(column: Column[Any]) -> bool:
    """Whether a column opens something, or is the hash of what does."""
    return column.name in KEYS or (column.primary_key and column.name == "hash")


def _called(row: Row[Any], own: bool, helps: bool) -> list[list[str]]:
    """The names of who fits, in words."""
    return [name.split() for name, fits in ((row.name, own), (row.helper_name, helps)) if fits and name]


def _telling(row: Row[Any], own: bool, helps: bool) -> set[str]:
    """What of a row would tell of who fits, wherever it stands; shorter bits stand in other words too."""
    found = {row.reference, *(bare(words[-1]) for words in _called(row, own, helps) if words)}
    found |= {bare(row.email), bare(bare_phone(row.phone)), bare(row.postcode)} if own else set()
    found |= {bare(row.helper_email), bare(bare_phone(row.helper_phone))} if helps else set()
    return {word for word in found if len(word) > 2}


class PersonDesk:
    """Finds, hands over and takes away, in the transaction of the caller."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def find(self, selection: Selection) -> Found:
        """The cases somebody is in, the oldest first. Compared here, so that both databases find the same."""
        matches: list[Match] = []
        names, words = set[str](), set[str]()
        for row in self._session.execute(_people(selection.reference)):
            who = Selection.known(row.reference, row.email, row.phone, row.postcode, row.house)
            helper = Selection.known(row.reference, row.helper_email, row.helper_phone)
            own, helps = selection.fits(who), selection.fits_helper(helper)
            if own or helps:
                matches.append(Match(row.id, row.reference, row.kind, row.state, row.held, as_helper=not own))
                names |= {" ".join(name).casefold() for name in _called(row, own, helps)}
                words |= _telling(row, own, helps)
        return Found(tuple(matches), len(names), frozenset(words))

    def export(self, found: Found, staff_id: int, organisation: str) -> dict[str, Any]:
        """Everything there is of somebody, ready for JSON. It is a look: who took it out stands in each case."""
        here = [one for one in found.matches if self._session.get(Case, one.case_id, with_for_update=True)]
        for match in here:
            self._session.add(CaseLook(case_id=match.case_id, staff_id=staff_id, at=self._now, why="export"))
        self._session.flush()
        return {
            **HEADING,
            "wat_is_dit": str(HEADING["wat_is_dit"]).format(organisation=organisation),
            "gemaakt_op": self._now.astimezone(LOCAL).isoformat(),
            "uw_aanvragen": [self._case(match.case_id) for match in here if not match.as_helper],
            "aanvragen_waarbij_u_helpt": [
                {"reference": match.reference, **self._of(Representative.__table__, match.case_id)}
                for match in here
                if match.as_helper
            ],
        }

    def erase(self, matches: Sequence[Match], because: str) -> tuple[Match, ...]:
        """Throw away the cases of who asked, and what is there of who helps. Returns what a reason in law keeps."""
        query = select(Case.id, Case.kind, Case.state, Case.held, Case.received_at)
        ids = [match.case_id for match in matches]
        rows = {row.id: row for row in self._session.execute(query.where(Case.id.in_(ids)).with_for_update())}
        free = [one for one in matches if one.case_id in rows and rows[one.case_id].held is None]
        own = [rows[one.case_id] for one in free if not one.as_helper]
        throw_away(self._session, own, "asked", lambda _case: because, self._now, new_id())
        for match in free:
            if match.as_helper:
                self._forget_helper(match.case_id)
        self._session.flush()
        return tuple(one for one in matches if one.case_id in rows and one not in free)

    def _forget_helper(self, case_id: str) -> None:
        """The case keeps that there was a helper, and that messages left; a message that did not leave goes."""
        theirs = self._addresses_of_helper(case_id)
        helper = self._session.get_one(Representative, case_id)
        helper.name, helper.phone, helper.email, helper.gets_messages = NOTHING, None, None, False
        helper.ended_at = helper.ended_at or self._now
        messages = self._session.scalars(select(Message).where(Message.about == case_id)).all()
        for message in messages:
            if message.state in GONE and _address(message.recipient) in theirs:
                message.recipient, message.text = NOTHING, ""
        unsent = [one.id for one in messages if one.state not in GONE and _address(one.recipient) in theirs]
        throw_away_messages(self._session, unsent)

    def _addresses_of_helper(self, case_id: str) -> set[str]:
        """Where only the helper is reached: what a resident gave as well stays the resident's."""
        helper, who = self._session.get(Representative, case_id), self._session.get(Contact, case_id)
        of_who = {_address(who.phone), _address(who.email)} if who else set()
        return {_address(helper.phone), _address(helper.email)} - of_who - {""} if helper else set()

    def _case(self, case_id: str) -> dict[str, list[dict[str, Any]]]:
        """A case with all that hangs on it; how to reach its helper is masked."""
        case, message = Case.__table__, Message.__table__
        about = {"case": self._rows(case, case.c.id == case_id)}
        for table in tables_about_cases():
            about |= self._of(table, case_id)
        about["message"] = self._rows(message, message.c.about == case_id)
        theirs = self._addresses_of_helper(case_id)
        for row in about["message"]:
            if _address(row["recipient"]) in theirs:
                row["recipient"] = mask(row["channel"], row["recipient"])
        for row in about[Representative.__tablename__]:
            row |= {name: mask(channel, row[name]) for name, channel in ADDRESSES.items() if row[name]}
        return about

    def _of(self, table: Any, case_id: str) -> dict[str, list[dict[str, Any]]]:
        return {table.name: self._rows(table, or_(*(column == case_id for column in tables_about_cases()[table])))}

    def _rows(self, table: Any, which: Any) -> list[dict[str, Any]]:
        columns = [column for column in table.c if not is_key(column)]
        rows = self._session.execute(select(*columns).where(which).order_by(*table.primary_key)).mappings()
        return [{name: self._readable(name, value) for name, value in row.items()} for row in rows]

    def _readable(self, name: str, value: Any) -> Any:
        if name in OF_STAFF and value is not None:
            staff = self._session.get(Staff, value)
            return staff.name if staff else value
        if isinstance(value, datetime):
            return value.astimezone(LOCAL).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        return _SECRET.sub("(weggelaten)", value) if isinstance(value, str) else value


def _people(reference: str) -> Any:
    """Everybody in a case, who asked and who helps; one case when there is a reference."""
    query = (
        select(
            Case.id, Case.reference, Case.kind, Case.state, Case.held, Contact.name, Contact.email, Contact.phone,
            Contact.postcode, Contact.house, Representative.name.label("helper_name"),
            Representative.email.label("helper_email"), Representative.phone.label("helper_phone"),
        )
        .outerjoin(Contact, Contact.case_id == Case.id)
        .outerjoin(Representative, Representative.case_id == Case.id)
        .order_by(Case.received_at, Case.id)
    )  # fmt: skip
    return query.where(Case.reference == reference) if reference else query
