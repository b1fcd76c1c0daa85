"""Telling the person, and what comes after it; or, for safety, deciding with two people that it is not yet the time."""

from dataclasses import dataclass
from datetime import date

from portal.cases.models import Case
from portal.cases.workflow import Author, NotSo
from portal.foundation.clock import local_date
from portal.worries.kind import REVIEW
from portal.worries.models import WorryPerson, WorryShare
from portal.worries.services import Worries
from portal.worries.telling import Letter

#: The step that ends it → the words to who came to us; they are the same for each.
DONE = "done"


@dataclass(frozen=True)
class Informed:
    """That the person was told: when, how, and in which locale the letter is that they keep."""

    on: date
    how: str
    locale: str


@dataclass(frozen=True)
class Share:
    """One thing that one party was told about the person."""

    party: str
    what: str
    ground: str
    on: date


class Informing(Worries):
    """The second half of a worry."""

    def inform(self, case: Case, informed: Informed) -> None:
        """Write down that the person was told, and write the letter that they keep; who came to us hears only that.

        Raises `NotSo` with `future` or `before` for a day on which it cannot have been, and `StepRefused`.
        """
        person = self._named(case)
        if informed.on > local_date(self._now):
            raise NotSo("future")
        if informed.on < local_date(case.received_at):
            raise NotSo("before")
        person.informed_on, person.informed_how, person.informed_by = informed.on, informed.how, self._staff_id
        self._session.flush()
        self.desk.take(case, "inform", Author.STAFF)
        letter = Letter(informed.locale, "person_letter", "told")
        self._telling.write(case, person, self.shares(case), letter, self._staff_id)
        self._telling.tell(case, "informed")

    def finish(self, case: Case, action: str) -> None:
        """The end: `offer`, `no_action` or `refuse`. Raises `NotSo("informed")`, and `StepRefused`."""
        if self._named(case).informed_on is None:
            raise NotSo("informed")
        self.desk.take(case, action, Author.STAFF)
        self._telling.tell(case, DONE)

    def propose_safety(self, case: Case, why: str, review_on: date) -> None:
        """Propose not to tell the person yet; nothing changes before a colleague agrees.

        Raises `NotSo`: `past`, or `late` when the review is further away than it may be; and `StepRefused`.
        """
        person, today = self._named(case), local_date(self._now)
        if review_on <= today:
            raise NotSo("past")
        if review_on > self.longest_review():
            raise NotSo("late")
        person.safety_by, person.safety_second = self._staff_id, None
        person.safety_why, person.safety_review_on = why, review_on
        self._session.flush()
        self.desk.take(case, "propose_safety", Author.STAFF)

    def longest_review(self) -> date:
        """The last day on which a decision of today is looked at again."""
        return self._policies[REVIEW].due(local_date(self._now))

    def agree_to_safety(self, case: Case) -> None:
        """The second person agrees: until the review the person is not told. Raises `NotSo`, `own` for the first."""
        person, today = self._proposed(case), local_date(self._now)
        if person.safety_review_on is None or person.safety_review_on <= today:
            raise NotSo("past")
        person.safety_second = self._staff_id
        self._session.flush()
        self.desk.take(case, "safety", Author.STAFF)
        if person.safety_review_on != self.longest_review():
            self.desk.renew(case, REVIEW, person.safety_review_on, "door twee mensen gekozen")
            self._session.flush()

    def give_back_safety(self, case: Case) -> None:
        """The second person does not agree: the proposal is gone, and the month goes on. Raises `NotSo`."""
        person = self._proposed(case)
        person.safety_by, person.safety_why, person.safety_review_on = None, "", None
        self._session.flush()
        self.desk.take(case, "give_back_safety", Author.STAFF)

    def share(self, case: Case, share: Share) -> None:
        """Write down that one party was told one thing. A person who knows of the worry gets it on paper.

        Raises `NotSo`: `consent` of who does not know of it, `future` for a day to come; and `StepRefused`.
        """
        person = self._named(case)
        if share.ground == "consent" and person.informed_on is None:
            raise NotSo("consent")
        if share.on > local_date(self._now):
            raise NotSo("future")
        number = len(self.shares(case)) + 1
        self._session.add(
            WorryShare(
                case_id=case.id, number=number, party=share.party, what=share.what, ground=share.ground, on=share.on,
                by=self._staff_id,
            )
        )  # fmt: skip
        self._session.flush()
        self.desk.take(case, "share", Author.STAFF)
        if person.informed_on is not None:
            letter = Letter(self._reads(case), "person_told_letter", str(number))
            self._telling.write(case, person, self.shares(case), letter, self._staff_id)

    def waits_for_second(self, case: Case) -> bool:
        """Whether there is a proposal that nobody agreed to yet."""
        person = self.person(case)
        return person is not None and person.safety_by is not None and person.safety_second is None

    def _proposed(self, case: Case) -> WorryPerson:
        person = self._named(case)
        if not self.waits_for_second(case):
            raise NotSo("none")
        if person.safety_by == self._staff_id:
            raise NotSo("own")
        return person

    def _named(self, case: Case) -> WorryPerson:
        person = self.person(case)
        if person is None:
            raise NotSo("erased")
        return person

    def _reads(self, case: Case) -> str:
        """In which locale the person reads: that of the letter they got before."""
        return self._telling.locale_of_letters(case) or "nl"
