"""What the browser brings back, and whose e-mail address counts."""

import pytest

from portal.accounts.openid_rules import Person, Reason, Stopped, Try, code_in, person_in, verified_email

ISSUER = "https://login.test"
ATTEMPT = Try("state-of-this-try", "nonce", "verifier")
BACK = {"state": "state-of-this-try", "code": "abc"}


def test_the_right_state_brings_the_code():
    assert code_in(BACK, ATTEMPT, ISSUER) == "abc"
    assert code_in(BACK | {"iss": ISSUER, "session_state": "x"}, ATTEMPT, ISSUER) == "abc"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, Reason.OVER),
        ({"code": "abc"}, Reason.OVER),
        (BACK | {"state": ""}, Reason.OVER),
        (BACK | {"state": "of another try"}, Reason.OVER),
        (BACK | {"state": "é"}, Reason.OVER),
        ({"state": "state-of-this-try"}, Reason.OVER),
        (BACK | {"code": ""}, Reason.OVER),
        (BACK | {"code": "x" * 2_001}, Reason.OVER),
        (BACK | {"error": "access_denied"}, Reason.OVER),
        (BACK | {"error": "login_required"}, Reason.OVER),
        (BACK | {"error": "server_error"}, Reason.AWAY),
        (BACK | {"error": "temporarily_unavailable"}, Reason.AWAY),
        (BACK | {"error": "server_error", "state": "of another try"}, Reason.OVER),
        (BACK | {"iss": "https://evil.test"}, Reason.NOT_TRUSTED),
    ],
    ids=str,
)
def test_anything_else_brings_nothing(answer, reason):
    with pytest.raises(Stopped) as stopped:
        code_in(answer, ATTEMPT, ISSUER)
    assert stopped.value.reason is reason


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({"email": "noor@example.nl", "email_verified": True}, "noor@example.nl"),
        ({"email": "Noor@Example.NL", "email_verified": True}, "noor@example.nl"),
        ({"email": "zoë@example.nl", "email_verified": True}, "zoë@example.nl"),
        ({"email": "noor@example.nl", "email_verified": False}, None),
        ({"email": "noor@example.nl", "email_verified": "true"}, None),
        ({"email": "noor@example.nl", "email_verified": 1}, None),
        ({"email": "noor@example.nl"}, None),
        ({"email_verified": True}, None),
        ({"email": None, "email_verified": True}, None),
        ({"email": ["noor@example.nl"], "email_verified": True}, None),
        ({"email": "noor", "email_verified": True}, None),
        ({"email": "noor@example.nl\0", "email_verified": True}, None),
        ({"email": "a@b.nl,noor@example.nl", "email_verified": True}, None),
        # The sign for kelvin is no k, however much it looks like one.
        ({"email": "\u212aees@example.nl", "email_verified": True}, None),
        ({"email": "noor@example.nl" + "x" * 250, "email_verified": True}, None),
    ],
    ids=str,
)
def test_an_address_counts_when_the_provider_says_outright_that_it_is_theirs(claims, email):
    assert verified_email(claims) == email


def test_who_it_is_has_the_name_of_the_provider_beside_their_own():
    claims = {"sub": "a-1", "email": "noor@example.nl", "email_verified": True}
    assert person_in(claims, ISSUER) == Person(ISSUER, "a-1", "noor@example.nl")
