"""Somebody of the staff in a journey: an invitation, an app that makes codes, and the way through the door."""

from base64 import b32decode

from sqlalchemy import delete

from portal.accounts import totp
from portal.accounts.models import (
    Staff,
    StaffEvent,
    StaffGrant,
    StaffLink,
    StaffOpenId,
    StaffRecoveryCode,
    StaffSession,
    StaffTally,
)
from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.foundation.clock import today
from portal.foundation.db import writing
from tests.reading import main, text

TABLES = (StaffTally, StaffEvent, StaffLink, StaffOpenId, StaffRecoveryCode, StaffSession, StaffGrant, Staff)
EMAIL, NAME, PASSWORD = "canary.vogel@example.nl", "Canary Vogel", "paarse olifant leest kranten"
DOOR, CODE, ACCOUNT = "/nl/werk/aanmelden", "/nl/werk/code", "/nl/werk/account"
TODAY = "/nl/werk/vandaag"


def invite(site, clock):
    """Somebody new with two roles; the path of their invitation."""
    with writing(site.engine) as session:
        accounts = StaffAccounts(session, clock.now(), today(clock))
        staff = accounts.add(EMAIL, NAME, "Gemeente Zwolle")
        accounts.grant(staff, Role.TEAM_WORKER, "holtenbroek")
        accounts.grant(staff, Role.TRANSLATOR, None, today(clock).replace(year=2027))
        return f"/nl/werk/uitnodiging?sleutel={accounts.invite(staff)}"


def forget_everybody(site):
    """Nobody was ever here."""
    with writing(site.engine) as session:
        for table in TABLES:
            session.execute(delete(table))


class Phone:
    """An app that makes codes."""

    def __init__(self, clock, page):
        self.clock = clock
        self.secret = b32decode(page.html.find("strong", attrs={"translate": "no"}).get_text().replace(" ", ""))

    def code(self):
        return totp.code_at(self.secret, totp.step_at(self.clock.now().timestamp()))


def follow(visitor, response):
    assert response.status_int == 303, text(main(response))
    return visitor.get(response.location.removeprefix("http://zwolle.test"))


def inside(visitor, response):
    """The first page after the last step at the door."""
    assert response.status_int == 303, text(main(response))
    return follow(visitor, visitor.get(response.location.removeprefix("http://zwolle.test"), status=303))


def send(visitor, page, status="*", **values):
    form = page.forms["form"]
    for name, value in values.items():
        form[name] = value
    return visitor.submit(form, status=status)


def settle(visitor, link, clock):
    """Use an invitation to its end; gives the phone and the recovery codes. One is signed in then."""
    second = follow(visitor, send(visitor, visitor.get(link), password=PASSWORD, again=PASSWORD))
    phone = Phone(clock, second)
    shown = send(visitor, second, 200, code=phone.code())
    clock.forward(seconds=90)
    return phone, [code.get_text() for code in shown.html.find_all("code")]


def password_of(visitor, password=PASSWORD, email=EMAIL, path=DOOR):
    return send(visitor, visitor.get(path), email=email, password=password)


def cookie(visitor):
    return visitor.cookies.get("staff")
