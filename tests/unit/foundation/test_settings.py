"""A portal refuses to start with a wrong setting and says what to write instead."""

from pathlib import Path

import pytest

from portal.foundation.settings import NO_SECRET, SettingsError, read_settings

SECRET = "gOqXo2v9TtR7kq1cJm5yLw3eZ8uB4nDs"


@pytest.fixture
def good(tmp_path: Path) -> dict[str, str]:
    """Settings of two sites that can be used."""
    settings = {
        "portal.sites": "noord zuid-oost",
        "portal.locales_dir": str(tmp_path),
        "portal.secret": SECRET,
        "portal.mail": "smtp://mail.noord.test:587",
        "portal.mail_sender": "portal@noord.test",
    }
    for key in ("noord", "zuid-oost"):
        (tmp_path / key).mkdir()
        settings |= {
            f"site.{key}.hosts": f"{key}.test WWW.{key}.test",
            f"site.{key}.base_url": f"https://{key}.test/",
            f"site.{key}.content": str(tmp_path / key),
            f"site.{key}.database": f"sqlite:///{tmp_path}/{key}.sqlite",
            f"site.{key}.index": str(tmp_path / f"{key}-index"),
            f"site.{key}.attachment_keys": SECRET,
        }
    return settings


def faults(settings: dict[str, str], environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read_settings(settings, environ or {})
    first, *said = str(refused.value).split("\n- ")
    assert first == "The portal does not start with these settings:"
    return said


def test_good_settings_become_types(good, tmp_path):
    settings = read_settings(good, {})
    noord, zuid = settings.sites
    assert (noord.key, zuid.key) == ("noord", "zuid-oost")
    assert noord.hosts == ("noord.test", "www.noord.test")
    assert noord.base_url == "https://noord.test"
    assert noord.content == tmp_path / "noord"
    assert (settings.search_engine, settings.development, settings.page_cache_mib) == ("whoosh", False, 24)
    assert (settings.mail, settings.mail_sender) == ("smtp://mail.noord.test:587", "portal@noord.test")
    assert settings.sms == "none"
    assert settings.secure


def test_one_site_without_https_makes_cookies_say_nothing_of_it(good):
    assert not read_settings(good | {"site.noord.base_url": "http://noord.test"}, {}).secure


def test_the_environment_overrules_the_file(good):
    environ = {
        "PORTAL_SITE_ZUID_OOST_HOSTS": "elders.test",
        "PORTAL_PAGE_CACHE_MIB": "7",
        "PORTAL_SEARCH_ENGINE": "memory",
        "PORTAL_DEVELOPMENT": "yes",
    }
    settings = read_settings(good, environ)
    assert settings.sites[1].hosts == ("elders.test",)
    assert (settings.page_cache_mib, settings.search_engine, settings.development) == (7, "memory", True)


def test_the_environment_is_enough_without_a_line_in_the_file(good):
    database = good.pop("site.noord.database")
    assert read_settings(good, {"PORTAL_SITE_NOORD_DATABASE": database}).sites[0].database == database


@pytest.mark.parametrize(
    "name",
    [
        "portal.sites", "portal.locales_dir", "site.noord.hosts", "site.noord.base_url", "site.noord.content",
        "site.noord.database", "site.noord.index", "portal.mail", "portal.mail_sender",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, "  "], ids=["absent", "blank"])
def test_what_is_missing_is_named_with_both_places_to_write_it(good, name, value):
    del good[name]
    if value is not None:
        good[name] = value
    variable = "PORTAL_" + name.removeprefix("portal.").upper().replace(".", "_")
    assert faults(good) == [f"{name}: is missing. Write it in the .ini file or set {variable}."]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("portal.search_engine", "solr", "is “solr”. Write one of: whoosh, postgresql, memory."),
        ("portal.development", "maybe", "is “maybe”. Write true or false."),
        ("portal.page_cache_mib", "-1", "is “-1”. Write a whole number from 0 to 1024."),
        ("portal.page_cache_mib", "1025", "is “1025”. Write a whole number from 0 to 1024."),
        ("portal.page_cache_mib", "2.5", "is “2.5”. Write a whole number from 0 to 1024."),
        ("portal.page_cache_mib", "²", "is “²”. Write a whole number from 0 to 1024."),
        ("portal.mail_sender", "Noord", "is “Noord”. Write an address such as portal@example.nl."),
        ("portal.mail_sender", "a@b.nl, c@d.nl", "is “a@b.nl, c@d.nl”. Write an address such as portal@example.nl."),
        ("portal.sms", "https://sms.test", "is “https://sms.test”. Write none or folder:PATH."),
        ("portal.locales_dir", "/nowhere", "the folder /nowhere is not there."),
        ("site.noord.content", "/nowhere", "the folder /nowhere is not there."),
        ("site.noord.database", "mysql://x/y", "names mysql. Write a sqlite:/// or postgresql:// address."),
        ("site.noord.database", "noord.db", "names nothing we can read. Write a sqlite:/// or postgresql:// address."),
        ("site.noord.base_url", "noord.test", "is “noord.test”. Write an address such as https://hulp.example.nl."),
        ("site.noord.base_url", "ftp://n.test", "is “ftp://n.test”. Write an address such as https://hulp.example.nl."),
        (
            "site.noord.base_url", "https://n.test/hulp",
            "is “https://n.test/hulp”. Write an address such as https://hulp.example.nl.",
        ),
        ("site.noord.base_url", "https://[", "is “https://[”. Write an address such as https://hulp.example.nl."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named_with_its_cure(good, name, value, said):
    assert faults(good | {name: value}) == [f"{name}: {said}"]


def test_a_portal_for_people_needs_a_key_and_a_laptop_does_not(good):
    (said,) = faults(good | {"portal.secret": ""})
    assert said.startswith("portal.secret: is missing. ")
    laptop = read_settings(good | {"portal.secret": "", "portal.development": "true"}, {})
    assert laptop.secrets == (NO_SECRET,)
    assert NO_SECRET not in repr(laptop)


@pytest.mark.parametrize("key", ["short", "x" * 40, f"{SECRET} short"])
def test_a_key_that_can_be_guessed_is_refused_and_not_said(good, key):
    (said,) = faults(good | {"portal.secret": key})
    assert said.startswith("portal.secret: is too easy to guess. ")
    assert key not in said


def test_of_several_keys_the_first_is_the_newest(good):
    settings = read_settings(good | {"portal.secret": f"{SECRET}  {SECRET[::-1]}"}, {})
    assert settings.secrets == (SECRET, SECRET[::-1])
    assert SECRET not in repr(settings)


def test_documents_of_residents_need_keys_of_their_own_in_each_municipality(good):
    (said,) = faults(good | {"site.zuid-oost.attachment_keys": ""})
    assert said.startswith("site.zuid-oost.attachment_keys: is missing. ")
    settings = read_settings(good | {"site.noord.attachment_keys": f"{SECRET[::-1]} {SECRET}"}, {})
    assert settings.sites[0].attachment_keys == (SECRET[::-1], SECRET)
    assert SECRET not in repr(settings)
    from_outside = read_settings(good, {"PORTAL_SITE_NOORD_ATTACHMENT_KEYS": SECRET[::-1]})
    assert from_outside.sites[0].attachment_keys == (SECRET[::-1],)


@pytest.mark.parametrize("value", ["none", "unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", "tcp:scan.test:3310"])
def test_a_scanner_is_a_place_where_clamd_listens(good, value):
    assert read_settings(good, {}).scanner == "none"
    assert read_settings(good | {"portal.scanner": value}, {}).scanner == value


@pytest.mark.parametrize("value", ["clamd", "tcp:127.0.0.1", "unix:", "http://127.0.0.1:3310", "tcp:a b:1"])
def test_what_is_no_scanner_stops_the_start(good, value):
    (said,) = faults(good | {"portal.scanner": value})
    assert said.startswith(f"portal.scanner: is “{value}”. ")


@pytest.mark.parametrize(
    "value", ["mail.noord.test", "http://noord.test", "smtp://a:geheim@mail.noord.test?starttls=no", "smtp://a:geheim@"]
)
def test_a_place_for_mail_that_cannot_be_used_is_not_repeated_for_it_may_hold_a_password(good, value):
    cure = "Write folder:PATH, smtp://user:password@host:587 or smtps://user:password@host."
    assert faults(good | {"portal.mail": value}) == [f"portal.mail: is no place for mail. {cure}"]


def test_the_settings_do_not_show_the_password_of_the_mail_server(good):
    settings = read_settings(good | {"portal.mail": "smtp://a:geheim@mail.noord.test"}, {})
    assert "geheim" not in repr(settings)


def test_who_builds_needs_no_mail_server_and_who_opens_says_where_mail_goes(good):
    own = {name: value for name, value in good.items() if not name.startswith("portal.mail")}
    assert read_settings(own | {"portal.development": "true"}, {}).mail == "folder:var/post"
    assert faults(own) == ["portal.mail: is missing. Write it in the .ini file or set PORTAL_MAIL."]
    assert read_settings(own | {"portal.mail": "folder:/srv/post", "portal.sms": "folder:/srv/post"}, {}).secure


def test_all_faults_are_said_at_once(good):
    wrong = {"portal.development": "x", "portal.page_cache_mib": "x", "site.noord.base_url": "x"}
    assert {fault.partition(":")[0] for fault in faults(good | wrong)} == set(wrong)


def test_a_site_name_must_fit_in_a_variable_and_a_path(good):
    assert "portal.sites: “Zwolle!” is no name we can use." in faults(good | {"portal.sites": "noord Zwolle!"})


@pytest.mark.parametrize("what", ["database", "index", "content"])
def test_two_sites_share_nothing_but_code(good, what):
    shared = good[f"site.noord.{what}"]
    assert faults(good | {f"site.zuid-oost.{what}": shared}) == [f"site.*.{what}: two sites share {shared}."]


def test_two_sites_never_answer_to_one_host(good):
    said = faults(good | {"site.zuid-oost.hosts": "zuid.test Noord.test"})
    assert said == ["site.*.hosts: two sites answer to noord.test."]


def test_the_index_in_postgresql_needs_a_database_that_is_one(good):
    asked = good | {"portal.search_engine": "postgresql", "site.noord.database": "postgresql://portal@/noord"}
    said = "portal.search_engine is postgresql. Write a postgresql:// address, or another engine."
    assert faults(asked) == [f"site.zuid-oost.database: {said}"]
    both = asked | {"site.zuid-oost.database": "postgresql+psycopg://portal@/zuid"}
    assert read_settings(both, {}).search_engine == "postgresql"


@pytest.mark.parametrize("value", ["true", "YES", "on", "1"])
def test_a_switch_may_be_written_in_several_ways(good, value):
    assert read_settings(good | {"portal.development": value}, {}).development


@pytest.mark.parametrize("value", ["false", "No", "off", "0", ""])
def test_a_switch_may_be_off_in_several_ways(good, value):
    assert not read_settings(good | {"portal.development": value}, {}).development
