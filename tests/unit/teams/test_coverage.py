"""A file of coverage is read whole or refused with every fault by row and field; gaps and overlaps have names."""

import gzip
from datetime import date

import pytest

from portal.teams.coverage import COLUMNS, MOST_FAULTS, CoverageError, read_rules
from portal.teams.rules import Rule

TEAMS = ("noord", "zuid")
HEAD = ",".join(COLUMNS)
TODAY = date(2026, 11, 23)
BUURTEN = {"BU01930001": "Aalanden", "BU01930002": "Berkum"}


@pytest.fixture
def refused(tmp_path):
    """The faults of a file with these rows, or with these very bytes."""

    def read(*rows, raw=None, name="coverage.csv"):
        path = tmp_path / name
        path.write_bytes("\n".join((HEAD, *rows)).encode() if raw is None else raw)
        with pytest.raises(CoverageError) as fault:
            read_rules(path, TEAMS)
        assert str(path) in str(fault.value)
        assert "nothing was changed" in str(fault.value)
        return list(fault.value.faults)

    return read


@pytest.fixture
def read(tmp_path):
    """The rules of a file with these very bytes."""

    def run(raw, name="coverage.csv"):
        path = tmp_path / name
        path.write_bytes(raw)
        return read_rules(path, TEAMS)

    return run


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("west,pc4,8011,,,,2026-01-01,", "team: there is no team “west”; there are: noord, zuid"),
        (",pc4,8011,,,,2026-01-01,", "team: there is no team “”; there are: noord, zuid"),
        ("noord,street,x,,,,2026-01-01,", "kind: is “street”; write one of buurt, pc4, pc6, number"),
        ("noord,pc4,0123,,,,2026-01-01,", "value: “0123” is no pc4"),
        ("noord,pc4,8011AB,,,,2026-01-01,", "value: “8011AB” is no pc4"),
        ("noord,pc4,8٠١١,,,,2026-01-01,", "value: “8٠١١” is no pc4"),
        ("noord,pc6,8011ab,,,,2026-01-01,", "value: “8011ab” is no pc6"),
        ("noord,pc6,8011 AB,,,,2026-01-01,", "value: “8011 AB” is no pc6"),
        ("noord,number,8011,,,,2026-01-01,", "value: “8011” is no number"),
        ("noord,buurt,Aalanden,,,,2026-01-01,", "value: “Aalanden” is no buurt"),
        ("noord,pc4,,,,,2026-01-01,", "value: “” is no pc4"),
        ("noord,number,8011AB,,,oneven,2026-01-01,", "parity: is “oneven”; write odd, even or nothing"),
        ("noord,number,8011AB,1a,,,2026-01-01,", "number_from: cannot read “1a”"),
        ("noord,number,8011AB,1,tot 25,,2026-01-01,", "number_to: cannot read “tot 25”"),
        ("noord,number,8011AB,25,1,,2026-01-01,", "number_to: is lower than number_from"),
        ("noord,pc4,8011,,,,,", "valid_from: is empty; write the first day, such as 2026-01-01"),
        ("noord,pc4,8011,,,,1-1-2026,", "valid_from: cannot read “1-1-2026”"),
        ("noord,pc4,8011,,,,2026-02-30,", "valid_from: cannot read “2026-02-30”"),
        ("noord,pc4,8011,,,,2026-01-01,morgen", "valid_to: cannot read “morgen”"),
        ("noord,pc4,8011,,,,2026-01-02,2026-01-01", "valid_to: lies before valid_from"),
    ],
)
def test_a_refusal_names_row_and_field(refused, row, fault):
    good = "noord,pc4,8012,,,,2026-01-01,"
    assert refused(good, row, good) == [f"row 3, {fault}"]


def test_a_blank_line_does_not_shift_the_row_that_is_named(refused):
    (fault,) = refused("noord,pc4,8012,,,,2026-01-01,", "", "west,pc4,8011,,,,2026-01-01,")
    assert fault.startswith("row 4, team")


def test_a_quote_that_is_never_closed_is_refused_however_long_the_file(refused):
    said = refused('noord,pc4,"8012,,,,2026-01-01,', *["noord,pc4,8012,,,,2026-01-01,"] * 6_000)
    assert len(said) == 1
    assert said[0].startswith("row ")


def test_all_faults_of_a_file_are_said_at_once(refused):
    said = refused("west,pc5,x,a,b,c,d,e", "noord,pc4,8011,,,,2026-01-01,", "oost,pc4,8011,,,,2026-01-01,")
    assert [fault.partition(":")[0] for fault in said] == [
        "row 2, team", "row 2, kind", "row 2, parity", "row 2, number_from", "row 2, number_to",
        "row 2, valid_from", "row 2, valid_to", "row 4, team",
    ]  # fmt: skip


def test_a_row_that_is_cut_short_names_what_is_missing(refused):
    assert refused("noord,pc4,8011") == ["row 2, valid_from: is empty; write the first day, such as 2026-01-01"]


def test_very_many_faults_are_counted_instead_of_listed(refused):
    said = refused(*["west,pc4,8011,,,,2026-01-01,"] * (MOST_FAULTS + 7))
    assert len(said) == MOST_FAULTS + 1
    assert said[-1] == "and 7 more"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "row 1: the columns team, kind, value"),
        (b"team,kind\n", "row 1: the columns value, number_from"),
        (HEAD.replace(",", ";").encode(), "are missing; is it separated by semicolons?"),
        (HEAD.encode(), "row 2: there is no rule in the file"),
        (HEAD.encode() + b"\n\n\n", "row 2: there is no rule in the file"),
        ((HEAD + "\nnoord,pc4,8011,,,,2026-01-01,\xe9").encode("latin-1"), "cannot be read as UTF-8 text"),
        (b"\xff\xfe" + HEAD.encode("utf-16-le"), "cannot be read as UTF-8 text"),
        (b"PK\x03\x04 a spreadsheet", "row 1: the columns"),
    ],
    ids=["empty", "columns", "semicolons", "only-a-head", "blank-lines", "latin-1", "utf-16", "spreadsheet"],
)
def test_a_file_of_another_kind_is_refused_with_a_hint(refused, raw, said):
    (fault,) = refused(raw=raw)
    assert said in fault


@pytest.mark.parametrize(
    "raw",
    [b"no gzip at all", gzip.compress(b"x" * 5_000)[:-9], b"\x1f\x8b\x08\x00" + bytes(6) + b"\xff" * 20, b""],
    ids=["no-gzip", "cut-short", "damaged", "empty"],
)
def test_a_pressed_file_that_cannot_be_unpressed_is_refused(refused, raw):
    (fault,) = refused(raw=raw, name="coverage.csv.gz")
    assert "cannot be read" in fault or "row 1: the columns" in fault


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CoverageError, match="cannot be read"):
        read_rules(tmp_path / "gone.csv", TEAMS)


ROWS = HEAD + "\nnoord, pc4 ,8011,,,,2026-01-01,\nzuid,number,8012AB,2,40,even,2026-01-01,2026-12-31\n"
RULES = [
    Rule("noord", "pc4", "8011", valid_from=date(2026, 1, 1)),
    Rule("zuid", "number", "8012AB", 2, 40, "even", date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (ROWS.encode(), "coverage.csv"),
        (ROWS.encode("utf-8-sig"), "coverage.csv"),
        (ROWS.replace("\n", "\r\n").encode(), "coverage.csv"),
        (ROWS.replace("\n", "\r").encode(), "coverage.csv"),
        (gzip.compress(ROWS.encode()), "coverage.csv.gz"),
        (gzip.compress(ROWS.encode("utf-8-sig")), "coverage.csv.gz"),
    ],
    ids=["plain", "byte-order-mark", "windows", "old-mac", "pressed", "pressed-with-mark"],
)
def test_a_file_may_come_from_any_machine(read, raw, name):
    assert read(raw, name) == RULES


def test_columns_may_stand_in_another_order_with_others_between(read):
    text = "remark,valid_to,valid_from,parity,number_to,number_from,value,kind,team\nx,,2026-01-01,,,,8011,pc4,noord\n"
    assert read(text.encode()) == RULES[:1]
