"""A token holds when the provider signed it, for us, for this try, now; all else is refused for its reason."""

import base64
import hmac
import json

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from portal.accounts.openid_rules import Expected, Reason, Stopped
from portal.accounts.openid_token import ALGORITHMS, OtherKey, keys_in, read

NOW = 1_795_424_400.0
ISSUER = "https://login.test/tenant"
EXPECTED = Expected(ISSUER, "portal", "nonce-of-this-try")
GOOD = {
    "iss": ISSUER, "sub": "a-1", "aud": "portal", "exp": NOW + 300, "iat": NOW, "nonce": "nonce-of-this-try",
}  # fmt: skip
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})
STRANGER = RSAKey.generate_key(2048, {"kid": "rsa"})
PUBLIC = {"keys": [key.as_dict(private=False) for key in (RSA, EC, ED)]}
KEYS = keys_in(PUBLIC)


class AllAlgorithms(JWSRegistry):
    """Signs with whatever a forger likes."""

    def get_alg(self, name):
        return self.algorithms[name]


def token(claims, key=RSA, alg="RS256", **header):
    return jwt.encode({"alg": alg, "kid": key.kid, **header}, dict(claims), key, registry=AllAlgorithms())


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def refused(written, expected=EXPECTED):
    with pytest.raises(Stopped) as stopped:
        read(written, KEYS, expected, NOW)
    assert stopped.value.reason is Reason.NOT_TRUSTED
    return stopped.value.why


def signed_by_another(written):
    with pytest.raises(OtherKey):
        read(written, KEYS, EXPECTED, NOW)


@pytest.mark.parametrize(
    ("key", "alg"), [(RSA, "RS256"), (RSA, "PS256"), (EC, "ES256"), (ED, "EdDSA"), (ED, "Ed25519")]
)
def test_a_good_token_of_each_kind_holds(key, alg):
    assert read(token(GOOD, key, alg), KEYS, EXPECTED, NOW)["sub"] == "a-1"
    assert alg in ALGORITHMS


@pytest.mark.parametrize(
    "change",
    [
        {"aud": ["portal"]}, {"azp": "portal"}, {"exp": NOW - 59}, {"iat": NOW + 59}, {"iat": NOW - 659},
        {"nbf": NOW + 59}, {"sub": "x" * 255}, {"sub": "é"}, {"acr": "whatever"},
    ],
    ids=str,
)  # fmt: skip
def test_within_the_bounds_it_holds(change):
    read(token(GOOD | change), KEYS, EXPECTED, NOW)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"iss": "https://login.test"}, "InvalidClaimError"),
        ({"iss": ISSUER + "/"}, "InvalidClaimError"),
        ({"iss": [ISSUER]}, "InvalidClaimError"),
        ({"aud": "another"}, "InvalidClaimError"),
        ({"aud": ["another"]}, "InvalidClaimError"),
        ({"aud": []}, "InvalidClaimError"),
        ({"aud": ["portal", "another"]}, "aud"),
        ({"aud": ["portal", "another"], "azp": "portal"}, "aud"),
        ({"azp": "another"}, "azp"),
        ({"azp": None}, "azp"),
        ({"nonce": "of another try"}, "nonce"),
        ({"nonce": ["nonce-of-this-try"]}, "nonce"),
        ({"nonce": ""}, "InvalidClaimError"),
        ({"exp": NOW - 60}, "ExpiredTokenError"),
        ({"exp": "tomorrow"}, "InvalidClaimError"),
        ({"iat": NOW + 61}, "InvalidClaimError"),
        ({"iat": NOW - 661}, "iat"),
        ({"iat": True}, "InvalidClaimError"),
        ({"nbf": NOW + 61}, "InvalidClaimError"),
        ({"sub": ""}, "InvalidClaimError"),
        ({"sub": 7}, "InvalidClaimError"),
        ({"sub": "x" * 256}, "sub"),
        ({"sub": "a\0b"}, "sub"),
    ],
    ids=str,
)
def test_a_claim_that_is_not_what_we_asked_is_refused(change, why):
    assert refused(token(GOOD | change)) == why


@pytest.mark.parametrize("name", GOOD)
def test_a_claim_that_is_not_there_is_refused(name):
    assert refused(token({key: value for key, value in GOOD.items() if key != name})) == "MissingClaimError"


def test_where_a_level_is_asked_the_token_has_to_say_it():
    asked = Expected(ISSUER, "portal", "nonce-of-this-try", acr="mfa")
    assert read(token(GOOD | {"acr": "mfa"}), KEYS, asked, NOW)["acr"] == "mfa"
    for said in ({}, {"acr": "password"}, {"acr": ["mfa"]}, {"acr": None}):
        assert refused(token(GOOD | said), asked) == "acr"


def test_nobody_signing_is_no_signature():
    for alg in ("none", "None", "NONE", ""):
        assert refused(f"{part({'alg': alg, 'kid': 'rsa'})}.{part(GOOD)}.") == "UnsupportedAlgorithmError"


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
def test_our_public_key_used_as_a_secret_is_no_signature(alg):
    for secret in (RSA.as_pem(private=False), json.dumps(PUBLIC["keys"][0]).encode()):
        said = f"{part({'alg': alg, 'kid': 'rsa'})}.{part(GOOD)}"
        signed = hmac.digest(secret, said.encode(), alg.replace("HS", "sha"))
        written = f"{said}.{base64.urlsafe_b64encode(signed).decode().rstrip('=')}"
        assert refused(written) == "UnsupportedAlgorithmError"


@pytest.mark.parametrize("alg", ["RS384", "RS512", "PS512"])
def test_an_algorithm_that_is_not_on_the_list_is_refused(alg):
    assert refused(token(GOOD, alg=alg)) == "UnsupportedAlgorithmError"


def test_the_signature_of_somebody_else_is_refused():
    signed_by_another(token(GOOD, STRANGER))


def test_a_key_in_the_token_itself_is_not_believed():
    for kid in ("mine", "rsa"):
        signed_by_another(token(GOOD, STRANGER, kid=kid, jwk=STRANGER.as_dict(private=False)))


def test_the_key_of_another_algorithm_is_refused():
    assert refused(token(GOOD, EC, "ES256", kid="rsa"))


def test_claims_that_were_changed_after_signing_are_refused():
    header, _claims, signature = token(GOOD).split(".")
    signed_by_another(f"{header}.{part(GOOD | {'sub': 'b-2'})}.{signature}")


def test_a_key_that_we_do_not_have_may_be_a_newer_one():
    signed_by_another(token(GOOD, kid="next"))


def test_without_a_name_of_the_key_one_key_is_enough_and_two_are_not():
    unnamed = jwt.encode({"alg": "RS256"}, dict(GOOD), RSA)
    read(unnamed, KeySet([RSA]), EXPECTED, NOW)
    signed_by_another(unnamed)


@pytest.mark.parametrize(
    "written",
    [
        "", "x", "a.b", "a.b.c", "a.b.c.d.e", "é.é.é", f"{part([])}.{part(GOOD)}.x",
        f"{part({'alg': 7})}.{part(GOOD)}.x",
        f"{part({'alg': ['RS256']})}.{part(GOOD)}.x", f"{part({'alg': 'RS256', 'kid': {}})}.{part(GOOD)}.x",
        f"{part({'alg': 'RS256', 'kid': 'rsa', 'crit': ['x']})}.{part(GOOD)}.x", "." * 9, "x" * 200_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_token_is_refused(written):
    with pytest.raises((Stopped, OtherKey)):
        read(written, KEYS, EXPECTED, NOW)


def test_claims_that_are_no_document_are_refused():
    import joserfc.jws

    for claims in ("[]", "7", "nonsense", '{"exp": Infinity}', '{"exp": NaN}'):
        assert refused(joserfc.jws.serialize_compact({"alg": "RS256", "kid": "rsa"}, claims, RSA))


@pytest.mark.parametrize(
    "written",
    [
        {}, {"keys": None}, {"keys": {}}, {"keys": []}, {"keys": [7, "x", None, {}]}, {"keys": [{"kty": "RSA"}]},
        {"keys": [OctKey.generate_key(256).as_dict()]}, {"keys": [RSA.as_dict(private=False) | {"use": "enc"}]},
        {"keys": [{"kty": "RSA", "n": "*", "e": "AQAB"}]}, {"keys": [{"kty": ["RSA"]}]},
    ],
    ids=range(10),
)  # fmt: skip
def test_without_a_key_that_signs_the_provider_is_away(written):
    with pytest.raises(Stopped) as stopped:
        keys_in(written)
    assert stopped.value.reason is Reason.AWAY


def test_keys_that_we_cannot_read_do_not_spoil_the_others():
    odd = [{"kty": "AKP", "alg": "ML-DSA-44", "pub": "x"}, {"kty": "EC", "crv": "P-256"}, 7]
    assert [key.kid for key in keys_in({"keys": [*odd, *PUBLIC["keys"]]})] == ["rsa", "ec", "ed"]
