"""What was heard and found: hearings offered to both sides, a judgement of each part, four eyes, and the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.cases.models import Case, CaseMessage
from portal.cases.workflow import Author, NotSo
from portal.complaints.models import JUDGEMENTS, Complaint, Hearing
from portal.complaints.services import Complaints
from portal.foundation.clock import local_date


@dataclass(frozen=True)
class Offered:
    """A hearing as it is offered to one side. `interpreter` is a language, empty for none."""

    party: str
    starts_at: datetime
    place: str
    interpreter: str = ""


@dataclass(frozen=True)
class Judged:
    """What was found of one part, and why."""

    judgement: str
    why: str


class Outcomes(Complaints):
    """The second half of a complaint."""

    def hearings(self, case: Case) -> list[Hearing]:
        """All hearings of a complaint, in the order in which they were offered."""
        query = select(Hearing).where(Hearing.case_id == case.id).order_by(Hearing.number)
        return list(self._session.scalars(query))

    def offer_hearing(self, case: Case, offered: Offered) -> Hearing:
        """Offer a hearing to one side. Raises `NotSo("past")` for a moment that was, and `StepRefused`."""
        if offered.starts_at <= self._now:
            raise NotSo("past")
        number = self._session.scalar(select(func.count()).where(Hearing.case_id == case.id)) or 0
        hearing = Hearing(
            case_id=case.id, number=number + 1, party=offered.party, starts_at=offered.starts_at, place=offered.place,
            interpreter=offered.interpreter, state="offered",
        )  # fmt: skip
        self._session.add(hearing)
        self.desk.take(case, "offer_hearing", Author.STAFF)
        if offered.party == "complainant":
            self.told(case, "offer_hearing", hearing=hearing)
        else:
            self.concerned.say(
                case, "hearing", {"day": local_date(offered.starts_at), "at": offered.starts_at, "place": offered.place}
            )
        return hearing

    def hear(self, case: Case, reports: Mapping[int, str]) -> None:
        """Write down what was said: a report by the number of each hearing that was held.

        Raises `NotSo("report")` when the complainant's own is not among them; of another nothing is known: no answer.
        """
        hearings = self.hearings(case)
        held = {one.number for one in hearings if reports.get(one.number, "").strip()}
        if not any(one.number in held for one in hearings if one.party == "complainant"):
            raise NotSo("report")
        for one in hearings:
            one.report, one.state = (reports[one.number], "held") if one.number in held else ("", "no_answer")
        self.desk.take(case, "hear", Author.STAFF)
        self.told(case, "hear")

    def skip_hearing(self, case: Case, why: str) -> None:
        """There was no hearing; why stands in the notes, which both may read."""
        self._session.add(
            CaseMessage(case_id=case.id, author=str(Author.STAFF), staff_id=self._staff_id, note=True, at=self._now,
                        text=why)
        )  # fmt: skip
        self.desk.take(case, "skip_hearing", Author.STAFF)
        self.told(case, "skip_hearing")

    def after_step(self, case: Case, action: str) -> None:
        """The same; who needs no hearing is not waited for."""
        for one in self.hearings(case) if action == "waive" else ():
            if one.state == "offered" and one.party == "complainant":
                one.state = "waived"
        super().after_step(case, action)

    def conclude(self, case: Case, findings: str, conclusions: str, judged: Mapping[int, Judged]) -> None:
        """Write the conclusion; it goes nowhere before somebody else signed.

        Raises `NotSo`: `parts` when a part has no judgement with its reason, `empty` without findings or conclusions.
        """
        if not (findings.strip() and conclusions.strip()):
            raise NotSo("empty")
        for part in self.parts(case):
            found = judged.get(part.number)
            if found is None or found.judgement not in JUDGEMENTS or not found.why.strip():
                raise NotSo("parts")
            part.judgement, part.why = found.judgement, found.why
        complaint = self.of(case)
        complaint.findings, complaint.conclusions = findings, conclusions
        complaint.concluded_by, complaint.signed_by = self._staff_id, None
        self.desk.take(case, "conclude", Author.STAFF)

    def sign(self, case: Case) -> None:
        """Sign and send it. Raises `NotSo("own")` for who wrote it: two people stand for a conclusion."""
        complaint = self._to_be_signed(case)
        complaint.signed_by, complaint.signed_at = self._staff_id, self._now
        self.desk.take(case, "sign", Author.STAFF)
        self.told(case, "sign", parts=self.parts(case))

    def give_back(self, case: Case) -> None:
        """Let who wrote it look once more."""
        self.desk.take(case, "give_back", Author.STAFF)

    def _to_be_signed(self, case: Case) -> Complaint:
        complaint = self.of(case)
        if complaint.concluded_by == self._staff_id:
            raise NotSo("own")
        return complaint
