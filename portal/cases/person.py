"""One person, out of everything: find what is here of somebody, hand it over, or take it away.

Somebody may be in a case as who asked, as who helps, or as who comes along to a talk. The last two get and lose what is
theirs, never the case. Who fits is decided by `Selection`, which asks no database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Row, Table, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.cases.another import of_who_asked
from portal.cases.company import COMPANY, company_of, without
from portal.cases.models import Case, CaseLook, Contact, Representative
from portal.cases.references import new_id
from portal.cases.retention import throw_away, throw_away_messages
from portal.cases.selection import Selection, address, bare, bare_phone, reached
from portal.foundation.clock import LOCAL
from portal.foundation.db import Base
from portal.messaging.models import Message
from portal.messaging.rules import GONE, mask

#: What stands where a name or an address was.
NOTHING = "–"
#: These open something, or hold a piece of what does; hashes that are a key of their table too.
KEYS = frozenset({"send_key", "dedupe_key", "hold_key", "draft_hash"})
#: Columns that hold the number of somebody of the staff.
OF_STAFF = frozenset(
    {"staff_id", "owner_id", "identity_by", "concluded_by", "signed_by", "author_id", "invited_by", "checked_by"}
)
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
        "De documenten zelf. U kunt ze ophalen bij uw aanvraag, of ons om een kopie vragen.",
        "Het telefoonnummer en het e-mailadres van wie voor u spreekt. Die zijn van die persoon.",
        "Hoe wij iemand bereiken die u meeneemt naar een gesprek. Ook dat is van die persoon.",
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
        "case_wall": "van welke medewerker of welk team wij uw aanvraag weghouden",
        "case_key": "hoe lang een link of code de aanvraag opent",
        "attachment": "welke documenten u meestuurde, met naam en grootte in bytes",
        "booking": "uw afspraak: wanneer, waar en met wie",
        "conversation_report": "wat wij na het gesprek vonden, en het plan",
        "conversation_reply": "wat u van het verslag zei",
        "conversation_waiting": "dat u eerder aan de beurt wilde komen",
        "complaint": "uw klacht: wanneer die kwam, hoe lang wij hebben, wat wij vonden en hoe het eindigde",
        "complaint_part": "waarover u klaagde, en wat wij van elk punt vonden",
        "complaint_wait": "om hoeveel tijd wij vroegen, en wat u antwoordde",
        "complaint_hearing": "wanneer u of de ander het verhaal kon vertellen, en wat er is gezegd",
        "complaint_concerned": "aan wie wij vertelden dat de klacht over hen of hun team gaat",
        "worry_person": "over wie een melding gaat, en wanneer die persoon het hoorde",
        "worry_share": "aan wie wij iets over die persoon vertelden",
        "privacy_request": "wat u over uw gegevens vroeg, en wat wij antwoordden",
        "privacy_item": "welke aanvragen van u wij vonden, en wat er met elk gebeurde",
        "cleaning_offer": "aan welke aanbieder uw aanvraag is getoond",
        "second_opinion": "over welk plan u een second opinion vroeg, wie het maakte en wie eraan verdient",
        "opinion_invitation": "welke deskundige wij vroegen, wat die tekende en wat ervan kwam",
        "opinion_release": "wat de deskundige van u mocht zien, en tot wanneer",
        "opinion_look": "wat de deskundige bekeek, en wanneer",
        "opinion_key": "hoe lang een link of code van de deskundige werkt",
        "opinion": "wat de deskundige van uw plan vond",
        "opinion_reaction": "wat het team daarop zei",
        "message": "welke berichten er zijn verstuurd",
    },
}


@dataclass(frozen=True)
class Match:
    """A case somebody is in, without anything personal.

    `company` are their places among those who come along, of who did not ask it themselves.
    """

    case_id: str
    reference: str
    kind: str
    state: str
    held: str | None
    as_helper: bool
    company: tuple[int, ...] = ()

    @property
    def own(self) -> bool:
        """Whether it is theirs: they asked."""
        return not self.as_helper and not self.company


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
    """Every table with a foreign key to a case, and its columns that are one: a new table is in it by itself.

    One that hangs on such a table by the case of that is among them.
    """
    found: dict[Table, list[Column[Any]]] = {}
    for table in Base.metadata.sorted_tables:  # what is pointed at comes first
        for column in table.c:
            targets = [key.column for key in column.foreign_keys]
            if any(to is Case.__table__.c.id or to in found.get(to.table, ()) for to in targets):
                found.setdefault(table, []).append(column)
    return found


def is_key(column: Column[Any]) -> bool:
    """Whether a column opens something, or is the hash of what does."""
    return column.name in KEYS or (column.primary_key and column.name == "hash")


@dataclass(frozen=True)
class _Fits:
    """Who in a case fits: who asked, who helps, and the places of who comes along."""

    row: Row[Any]
    own: bool
    helps: bool
    company: tuple[int, ...]

    @classmethod
    def of(cls, row: Row[Any], selection: Selection) -> "_Fits":
        """Compared one by one."""
        who = Selection.known(row.reference, row.email, row.phone, row.postcode, row.house)
        helper = Selection.known(row.reference, row.helper_email, row.helper_phone)
        places = (
            place
            for place, one in enumerate(company_of(row.answers))
            if selection.fits_helper(reached(row.reference, one["reach"]))
        )
        return cls(row, selection.fits(who), selection.fits_helper(helper), tuple(places))

    def match(self) -> Match:
        """The case, as what the person is in it first."""
        row, as_helper = self.row, self.helps and not self.own
        company = () if self.own else self.company
        return Match(row.id, row.reference, row.kind, row.state, row.held, as_helper, company)

    def called(self) -> list[list[str]]:
        """The names of who fits, in words."""
        names = [(self.row.name, self.own), (self.row.helper_name, self.helps)]
        names += [(company_of(self.row.answers)[place]["name"], True) for place in self.company]
        return [name.split() for name, fits in names if fits and name]

    def telling(self) -> set[str]:
        """What of a row would tell of who fits, wherever it stands; shorter bits stand in other words too."""
        row = self.row
        found = {row.reference, *(bare(words[-1]) for words in self.called() if words)}
        found |= {bare(row.email), bare(bare_phone(row.phone)), bare(row.postcode)} if self.own else set()
        found |= {bare(row.helper_email), bare(bare_phone(row.helper_phone))} if self.helps else set()
        found |= {bare(address(company_of(row.answers)[place]["reach"])) for place in self.company}
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
            fits = _Fits.of(row, selection)
            if fits.own or fits.helps or fits.company:
                matches.append(fits.match())
                names |= {" ".join(name).casefold() for name in fits.called()}
                words |= fits.telling()
        return Found(tuple(matches), len(names), frozenset(words))

    def export(self, found: Found, staff_id: int, organisation: str) -> dict[str, Any]:
        """Everything there is of somebody, ready for JSON. It is a look: who took it out stands in each case."""
        here = [one for one in found.matches if self._session.get(Case, one.case_id, with_for_update=True)]
        for match in here:
            self._session.add(CaseLook(case_id=match.case_id, staff_id=staff_id, at=self._now, why="export"))
        self._session.flush()
        return self.file(here, organisation)

    def file(self, here: Sequence[Match], organisation: str) -> dict[str, Any]:
        """The same, without writing down that somebody took it out: who asks has done so before."""
        return {
            **HEADING,
            "wat_is_dit": str(HEADING["wat_is_dit"]).format(organisation=organisation),
            "gemaakt_op": self._now.astimezone(LOCAL).isoformat(),
            "uw_aanvragen": [self._case(match.case_id) for match in here if match.own],
            "aanvragen_waarbij_u_helpt": [
                {"reference": match.reference, **self._of(Representative.__table__, match.case_id)}
                for match in here
                if match.as_helper
            ],
            "gesprekken_waar_u_bij_bent": [
                {"reference": match.reference, COMPANY: self._company(match)} for match in here if match.company
            ],
        }

    def erase(self, matches: Sequence[Match], because: str) -> tuple[Match, ...]:
        """Throw away the cases of who asked, and what is there of who helps or comes along.

        Returns what a reason in law keeps.
        """
        query = select(Case.id, Case.kind, Case.state, Case.held, Case.received_at)
        ids = [match.case_id for match in matches]
        rows = {row.id: row for row in self._session.execute(query.where(Case.id.in_(ids)).with_for_update())}
        free = [one for one in matches if one.case_id in rows and rows[one.case_id].held is None]
        own = [rows[one.case_id] for one in free if one.own]
        throw_away(self._session, own, "asked", lambda _case: because, self._now, new_id())
        for match in free:
            if match.as_helper:
                self._forget_helper(match.case_id)
            if match.company:
                self._forget_company(match)
        self._session.flush()
        return tuple(one for one in matches if one.case_id in rows and one not in free)

    def _forget_helper(self, case_id: str) -> None:
        """The case keeps that there was a helper, and that messages left; a message that did not leave goes."""
        theirs = self._addresses_of_helper(case_id)
        helper = self._session.get_one(Representative, case_id)
        helper.name, helper.phone, helper.email, helper.gets_messages = NOTHING, None, None, False
        helper.ended_at = helper.ended_at or self._now
        self._forget_messages(case_id, theirs)

    def _forget_company(self, match: Match) -> None:
        """The request keeps that somebody was to come along, and that messages left."""
        case = self._session.get_one(Case, match.case_id)
        theirs = {address(one["reach"]) for one in self._company(match)}
        case.answers = without(case.answers, match.company)
        self._forget_messages(match.case_id, theirs - self._addresses_of_others(match.case_id))

    def _company(self, match: Match) -> list[dict[str, str]]:
        company = company_of(self._session.get_one(Case, match.case_id).answers)
        return [dict(company[place]) for place in match.company if place < len(company)]

    def _forget_messages(self, case_id: str, theirs: set[str]) -> None:
        messages = self._session.scalars(select(Message).where(Message.about == case_id)).all()
        for message in messages:
            if message.state in GONE and address(message.recipient) in theirs:
                message.recipient, message.text = NOTHING, ""
        unsent = [one.id for one in messages if one.state not in GONE and address(one.recipient) in theirs]
        throw_away_messages(self._session, unsent)

    def _addresses_of_helper(self, case_id: str) -> set[str]:
        """Where only the helper is reached: what a resident gave as well stays the resident's."""
        return self._addresses(Representative, case_id) - self._addresses(Contact, case_id) - {""}

    def _addresses_of_others(self, case_id: str) -> set[str]:
        """Where who asked and who helps are reached."""
        return self._addresses(Representative, case_id) | self._addresses(Contact, case_id)

    def _addresses(self, table: type[Contact] | type[Representative], case_id: str) -> set[str]:
        query = select(table.phone, table.email).where(table.case_id == case_id)
        return {address(one) for row in self._session.execute(query) for one in row}

    def _case(self, case_id: str) -> dict[str, list[dict[str, Any]]]:
        """A case with all that hangs on it; how to reach its helper and who comes along is masked."""
        case, message = Case.__table__, Message.__table__
        about = {"case": self._rows(case, case.c.id == case_id)}
        for table in tables_about_cases():
            about |= self._of(table, case_id)
        about["message"] = self._rows(message, message.c.about == case_id)
        company = [one for row in about["case"] for one in company_of(row["answers"])]
        own = self._addresses(Contact, case_id)
        theirs = self._addresses_of_helper(case_id) | {address(one["reach"]) for one in company} - own - {""}
        for row in about["case"]:
            if company:
                row["answers"] = {
                    **row["answers"],
                    COMPANY: [{**one, "reach": _masked(one["reach"])} for one in company],
                }
        for row in about["message"]:
            if address(row["recipient"]) in theirs:
                row["recipient"] = mask(row["channel"], row["recipient"])
        for row in about[Representative.__tablename__]:
            row |= {name: mask(channel, row[name]) for name, channel in ADDRESSES.items() if row[name]}
        return of_who_asked(about["case"][0]["kind"], about, tables_about_cases())

    def _of(self, table: Any, case_id: str) -> dict[str, list[dict[str, Any]]]:
        return {table.name: self._rows(table, or_(*(column == case_id for column in tables_about_cases()[table])))}

    def _rows(self, table: Any, which: Any) -> list[dict[str, Any]]:
        columns = [column for column in table.c if not is_key(column)]
        rows = self._session.execute(select(*columns).where(which).order_by(*table.primary_key)).mappings()
        return [{name: self._readable(name, value) for name, value in row.items()} for row in rows]

    def _readable(self, name: str, value: Any) -> Any:
        if name == "expert_id":
            expert = Base.metadata.tables["opinion_expert"]
            return self._session.scalar(select(expert.c.name).where(expert.c.id == value))
        if name in OF_STAFF and value is not None:
            staff = self._session.get(Staff, value)
            return staff.name if staff else value
        if isinstance(value, datetime):
            return value.astimezone(LOCAL).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        return _SECRET.sub("(weggelaten)", value) if isinstance(value, str) else value


def _masked(reach: str) -> str:
    return mask("email" if "@" in reach else "sms", reach) if reach else reach


def _people(reference: str) -> Any:
    """Everybody in a case, who asked, who helps and who comes along; one case when there is a reference."""
    query = (
        select(
            Case.id, Case.reference, Case.kind, Case.state, Case.held, Case.answers,
            Contact.name, Contact.email, Contact.phone, Contact.postcode, Contact.house,
            Representative.name.label("helper_name"), Representative.email.label("helper_email"),
            Representative.phone.label("helper_phone"),
        )
        .outerjoin(Contact, Contact.case_id == Case.id)
        .outerjoin(Representative, Representative.case_id == Case.id)
        .order_by(Case.received_at, Case.id)
    )  # fmt: skip
    return query.where(Case.reference == reference) if reference else query
