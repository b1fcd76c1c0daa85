"""The screens of the staff are as open to everybody as the public ones: axe, a small phone, large letters, no mouse."""

import os
from base64 import b32decode

import pytest

from portal.accounts import totp
from tests.accessibility import measures
from tests.accessibility.conftest import REPORTS
from tests.accessibility.test_axe import look_in_every_mode, wear
from tests.accessibility.test_reflow import READERS
from tests.staff import EMAIL, PASSWORD, forget_everybody, invite


class Walk:
    """Goes through the door by the keyboard alone, and looks at every page on the way."""

    def __init__(self, visitor, clock):
        self.page, self.base, self.clock = visitor.page, visitor.base, clock
        self.seen, self.faults = [], []

    def open(self, path):
        self.page.goto(self.base + path)

    def look(self, name):
        self.seen.append(name)
        self.faults += [f"{name}: {fault}" for fault in look_in_every_mode(self.page)]
        for reader, ((width, height), style) in READERS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate(measures.WEAR, style)
            if self.page.evaluate(measures.SIDEWAYS) > 0:
                self.faults.append(f"{name}, {reader}: wider than the window")
            self.faults += [f"{name}, {reader}: cut off: {one}" for one in self.page.evaluate(measures.CUT_OFF)]
        self.page.evaluate(measures.WEAR, "")
        if os.environ.get("PORTAL_PICTURES"):
            for mode in ("light", "dark", "320 px"):
                wear(self.page, mode)
                REPORTS.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=REPORTS / f"staff-{name}-{mode}.png", full_page=True)
        wear(self.page, "light")

    def type_into(self, **values):
        """Fill in the fields as they follow one another, and send with Enter; nothing is clicked."""
        for name, value in values.items():
            for _ in range(40):
                if self.page.evaluate("document.activeElement.id") == name:
                    break
                self.page.keyboard.press("Tab")
            assert self.page.evaluate("document.activeElement.id") == name, f"Tab does not reach {name}"
            self.page.keyboard.type(value)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def code(self, secret):
        return totp.code_at(secret, totp.step_at(self.clock.now().timestamp()))


@pytest.mark.parametrize("path", ["/nl/werk", "/en/staff"])
def test_the_door_and_what_is_behind_it(new_visitor, zwolle, clock, path):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    link = invite(zwolle, clock).replace("/nl/werk", path)
    try:
        walk.open(link)
        walk.look("invited")
        walk.type_into(password="kort", again="anders")
        walk.look("invited, errors")
        walk.type_into(password=PASSWORD, again=PASSWORD)
        walk.look("second")
        secret = b32decode(walk.page.locator("main strong[translate=no]").inner_text().replace(" ", ""))
        walk.type_into(code=walk.code(secret))
        walk.look("codes shown")
        walk.open(f"{path}/account")
        walk.look("account")
        walk.open(f"{path}/account/herstelcodes")
        walk.look("codes")
        walk.page.locator("header form button").press("Enter")
        walk.page.wait_for_url("**/aanmelden?*")
        walk.look("sign in, signed out")
        walk.type_into(email=EMAIL, password="een verkeerd wachtwoord")
        walk.look("sign in, errors")
        clock.forward(seconds=90)
        walk.type_into(password=PASSWORD)
        walk.look("code")
        walk.type_into(code="1")
        walk.look("code, errors")
        walk.open(f"{path}/herstelcode")
        walk.look("recovery")
        walk.open(link)
        walk.look("link over")
    finally:
        forget_everybody(zwolle)
    assert len(walk.seen) == 12
    assert not walk.faults, "\n".join(walk.faults)
