"""How long an answer about somebody's data may take: AVG article 12(3). Pure; days of the calendar.

One month after it came in; two months more, once, when that is told within the first. A month ends on the same day of
the next one, or on the last day of a shorter one.

Uncertain, for the lawyer who checks this before it goes live: the AVG counts by Regulation (EEC, Euratom) 1182/71,
which moves an end from a Saturday, Sunday or holiday to the next working day, also beyond three months. Which days are
holidays then, the Dutch list of the Algemene termijnenwet answers here.
"""

from datetime import date

from portal.cases.workflow import NotSo
from portal.foundation.workdays import add_working_days, term_end


def last_day(received_on: date, months: int) -> date:
    """The last day of a term of so many months that starts the day after `received_on`."""
    return add_working_days(term_end(received_on, months=months), 0)


def may_extend(received_on: date, months: int, extended: bool, today: date) -> None:
    """Whether more time can be taken. Raises `NotSo`: `twice`, or `late` when the first term is over."""
    if extended:
        raise NotSo("twice")
    if today > last_day(received_on, months):
        raise NotSo("late")
