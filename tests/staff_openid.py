"""Somebody of the staff signs in elsewhere: the button, the provider, the way back, or the page that says why not."""

from sqlalchemy import select

from portal.accounts.services import StaffAccounts
from portal.foundation.clock import today
from portal.foundation.db import writing
from tests.oidc import LABEL
from tests.reading import main, text, words
from tests.staff import ACCOUNT, DOOR, cookie, follow

START, BACK = "/nl/werk/openid", "/nl/werk/openid/terug"
SUB, ELSE = "sub-0001-canary", "sub-0002-other"
AWAY, OVER = "Signing in with %(label)s does not work just now", "You are not signed in yet"
NOT_TRUSTED, UNKNOWN = "We could not make sure that it is you", "We do not know you here"


def button(browser, path=DOOR):
    page = browser.get(path)
    return next(form for form in page.forms.values() if form.action.endswith("/openid"))


def way_of(browser, path=DOOR):
    """Press the button; gives the address at the provider."""
    page = follow(browser, browser.submit(button(browser, path)))
    refresh = page.html.find("meta", attrs={"http-equiv": "refresh"})["content"]
    way = refresh.removeprefix("0; url=")
    assert main(page).find("a", class_="button")["href"] == way
    return way


def back_from(provider, browser, sub=SUB, path=DOOR):
    """The path that the provider sends the browser back to."""
    location = provider.sign_in(way_of(browser, path), sub)
    assert location.startswith("http://zwolle.test/")
    return location.removeprefix("http://zwolle.test")


def sign_in(provider, browser, sub=SUB, path=DOOR):
    """The whole way, and on to one's own account."""
    answer = browser.get(back_from(provider, browser, sub, path), status=303)
    assert answer.location == f"http://zwolle.test{path.rpartition('/')[0]}"
    assert browser.get(path.rpartition("/")[0], status=303).location.startswith("http://zwolle.test/")
    return browser.get(path.replace("aanmelden", "account"))


def stopped(browser, path, status, title):
    """Not in, and a page that says why and what next."""
    page = browser.get(path, status=status)
    assert text(page.html.h1) == words(title, label=LABEL)
    assert len(text(main(page).find(class_="lead"))) > 40
    assert [form.action for form in page.forms.values()] == [START]
    assert main(page).find("a", href=DOOR) is not None
    assert page.headers["Cache-Control"] == "no-store"
    assert "code=" not in page.text
    assert not cookie(browser)
    assert not browser.cookies.get("openid")
    browser.get(ACCOUNT, status=303)
    return page


def rows(zwolle, table):
    with writing(zwolle.engine) as session:
        return session.execute(select(table.__table__).order_by(table.__table__.c.id)).all()


def change(zwolle, clock, work):
    with writing(zwolle.engine) as session:
        work(StaffAccounts(session, clock.now(), today(clock)))
