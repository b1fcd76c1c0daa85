"""What follows from the portal's key: nothing that the rows alone would give."""

from portal.accounts.keys import Keys, hashed, new_token

OLD, NEW = "an old key that is long enough to be one", "a new key that is long enough to be one"


def test_a_secret_differs_by_key_by_site_by_person_and_by_seed():
    secrets = {
        Keys((key,), site).totp_secrets(staff, seed)[0]
        for key in (OLD, NEW)
        for site in ("zwolle", "leeuwarden")
        for staff in (1, 2)
        for seed in ("aa", "bb")
    }
    assert len(secrets) == 16
    assert {len(secret) for secret in secrets} == {20}


def test_with_a_new_key_before_the_old_one_what_was_made_with_the_old_one_still_opens():
    made = Keys((OLD,), "zwolle")
    now = Keys((NEW, OLD), "zwolle")
    assert now.totp_secrets(7, "seed")[1] == made.totp_secrets(7, "seed")[0]
    assert made.recovery_hashes(7, "abcde-fghjk")[0] in now.recovery_hashes(7, "ABCDE FGHJK")


def test_a_token_has_256_bits_and_what_is_kept_is_its_hash():
    token = new_token()
    assert len(token) == 43
    assert len(hashed(token)) == 64
    assert token != new_token()
