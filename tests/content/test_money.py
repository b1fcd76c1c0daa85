"""Every table of a page that says a total adds up: euros, hours, percent, column by column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from portal.pages.files import read_page_file
from tests.composed import ROOT

PAGES = ROOT / "content" / "pages"
DUTCH = [path for path in sorted(PAGES.glob("*/*.md")) if path.stem in {"nl", "nl_simple"}]
MONEY = "waar-gaat-het-geld-heen"
TOTALS = {"samen", "totaal", "bij elkaar"}
#: A number as we write it: “1.000.000 euro”, “€ 20,60”, “50%”, “18”, “6 uur”.
_NUMBER = re.compile(
    r"(?P<euro>€\s*)?(?P<sign>[-−])?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+|-))?\s*"
    r"(?P<unit>%|procent|euro|uur|mensen)?"
)
_EMPTY = {"", "-", "–", "—"}
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")


@dataclass(frozen=True)
class Number:
    """One cell that is a number, with what it counts."""

    value: Decimal
    unit: str


@dataclass(frozen=True)
class Table:
    """A table with a total: its parts above, the total below, each a row of cells."""

    header: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def number(cell: str) -> Number | None:
    """What a cell counts; nothing when it is no number and nothing else."""
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return None
    unit = "euro" if found["euro"] else {"procent": "%"}.get(found["unit"] or "", found["unit"] or "")
    part = "" if found["part"] in {None, "-"} else "." + found["part"]
    return Number(Decimal(("-" if found["sign"] else "") + found["whole"].replace(".", "") + part), unit)


def cells(line: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[*_`]", "", cell).strip() for cell in line.strip().strip("|").split("|"))


def tables(markdown: str) -> Iterator[Table]:
    """The tables with a row that says a total; a table with more of them is read as one after the other."""
    rows: list[tuple[str, ...]] = []
    header: tuple[str, ...] | None = None
    lines = markdown.splitlines()
    for at, line in enumerate([*lines, ""]):
        if "|" not in line:
            header, rows = None, []
        elif header is None:
            ruled = at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1].strip())
            header = cells(line) if ruled else None
        elif not _RULE.fullmatch(line.strip()):
            row = cells(line)
            if row[0].rstrip(":").lower() in TOTALS:
                yield Table(header, tuple(rows), row)
                rows = []
            else:
                rows.append(row)


def faults(table: Table) -> list[str]:
    """What does not add up, a sentence for each column."""
    said: list[str] = []
    counted: dict[str, tuple[Number, list[Number | None]]] = {}
    for column, name in enumerate(table.header[1:], start=1):
        written = [row[column] if column < len(row) else "" for row in (*table.parts, table.total)]
        read = [number(cell) for cell in written]
        if all(one is None for one in read):
            continue
        total, parts = read[-1], read[:-1]
        strange = [cell for cell, one in zip(written, read, strict=True) if one is None and cell not in _EMPTY]
        units = {one.unit for one in read if one}
        if total is None or strange or not any(parts):
            said.append(f"{name}: cannot be added: {strange or 'a number is missing'}")
        elif len(units) > 1:
            said.append(f"{name}: adds {' to '.join(sorted(units))}")
        elif (together := sum(one.value for one in parts if one)) != total.value:
            said.append(f"{name}: the parts make {together}, the total says {total.value}")
        elif total.unit == "%" and total.value != 100:
            said.append(f"{name}: {total.value}% is not the whole")
        else:
            counted[name] = total, parts
    return said or shares(counted)


def shares(counted: dict[str, tuple[Number, list[Number | None]]]) -> list[str]:
    """Percent beside one column of money or hours say what that column says."""
    plain = [one for one in counted.values() if one[0].unit != "%"]
    percents = {name: one for name, one in counted.items() if one[0].unit == "%"}
    if len(plain) != 1 or not plain[0][0].value:
        return []
    whole, amounts = plain[0]
    said = []
    for name, (_total, percent) in percents.items():
        for share, amount in zip(percent, amounts, strict=True):
            if share is None or amount is None:
                continue
            step = Decimal(1).scaleb(int(share.value.as_tuple().exponent))
            right = (amount.value * 100 / whole.value).quantize(step, ROUND_HALF_UP)
            if abs(right - share.value) > step:  # rounded parts may be mended by one, so that they make 100
                said.append(f"{name}: {amount.value} of {whole.value} is {right}%, not {share.value}%")
    return said


FOUND = [(path, table) for path in DUTCH for table in tables(read_page_file(path).markdown)]


@pytest.mark.parametrize(("path", "table"), FOUND, ids=[f"{path.parent.name}/{path.stem}" for path, _table in FOUND])
def test_a_table_with_a_total_adds_up(path, table):
    assert faults(table) == []


@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_the_page_about_money_has_a_sum_in_euros_and_in_percent(locale):
    """Else the test above could look at nothing."""
    units = {cell.unit for path, table in FOUND if (path.parent.name, path.stem) == (MONEY, locale)
             for cell in map(number, table.total) if cell}  # fmt: skip
    assert {"euro", "%"} <= units


@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_before_an_invented_sum_stands_that_it_is_invented(locale):
    markdown = read_page_file(PAGES / MONEY / f"{locale}.md").markdown
    first = markdown.index("**Samen**")
    assert "rekenvoorbeeld" in markdown[:first].lower()
    assert "verzonnen" in markdown[:first]


def test_plain_and_simple_dutch_give_the_same_sum():
    sums = {
        path.stem: [[number(cell) for cell in row[1:]] for row in (*table.parts, table.total)]
        for path, table in FOUND
        if path.parent.name == MONEY and "Euro per jaar" in table.header
    }
    assert sums["nl"] == sums["nl_simple"]


@pytest.mark.parametrize("locale", ["nl", "nl_simple"])
def test_what_the_page_about_money_does_not_know_it_says(locale):
    markdown = read_page_file(PAGES / MONEY / f"{locale}.md").markdown
    assert "Dit weten wij nog niet. Vraag het aan de raad" in markdown


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [("1.000.000 euro", "1000000", "euro"), ("€ 20,60", "20.60", "euro"), ("50%", "50", "%"), ("18", "18", ""),
     ("12,5 procent", "12.5", "%"), ("€ 5,-", "5", "euro"), ("−3 euro", "-3", "euro")],
)  # fmt: skip
def test_a_number_is_read_as_we_write_it(cell, value, unit):
    assert number(cell) == Number(Decimal(value), unit)


@pytest.mark.parametrize("cell", ["ongeveer 21 euro", "6 tot 10 teams", "Samen", "1,000,000", "", "1.00"])
def test_what_is_no_number_is_not_read_as_one(cell):
    assert number(cell) is None


def _table(*rows):
    return next(tables("\n".join(["| Wat | Euro | Deel |", "| --- | --- | --- |", *rows])))


@pytest.mark.parametrize(
    "rows",
    [
        ("| a | 60 euro | 60% |", "| b | 41 euro | 40% |", "| **Samen** | 100 euro | 100% |"),
        ("| a | 60 euro | 60% |", "| b | 40 euro | 41% |", "| Totaal | 100 euro | 100% |"),
        ("| a | 60 euro | 40% |", "| b | 40 euro | 60% |", "| Samen | 100 euro | 100% |"),
        ("| a | 60 euro | 60% |", "| b | 40 uur | 40% |", "| Samen | 100 euro | 100% |"),
        ("| a | veel | 60% |", "| b | 40 euro | 40% |", "| Samen | 40 euro | 100% |"),
        ("| a | 60 euro | 60% |", "| b | 40 euro | 30% |", "| Samen | 100 euro | 90% |"),
        ("| a | 60 euro | |", "| b | 40 euro | |", "| Samen: | | |"),
        ("| Samen | 100 euro | 100% |",),
    ],
)
def test_a_sum_that_is_wrong_is_found(rows):
    assert faults(_table(*rows))


@pytest.mark.parametrize(
    "rows",
    [
        ("| a | 60 euro | 60% |", "| b | 40 euro | 40% |", "| **Samen** | 100 euro | 100% |"),
        ("| a | 1 euro | 33% |", "| b | 1 euro | 33% |", "| c | 1 euro | 34% |", "| Totaal | 3 euro | 100% |"),
        ("| a | € 20,60 | – |", "| b | € 0,40 | – |", "| Bij elkaar | € 21,00 | – |"),
        ("| a | wie helpt | veel |", "| Samen | u en het team | alles |"),
    ],
)
def test_a_sum_that_is_right_or_no_sum_is_left_alone(rows):
    assert faults(_table(*rows)) == []


def test_a_table_without_a_total_is_no_sum_and_two_totals_are_two():
    head = "| Jaar | Euro |\n| --- | --- |\n| 2024 | 20,60 |\n"
    assert list(tables(head)) == []
    assert len(list(tables(head + "| Samen | 20,60 |\n| a | 1 |\n| Totaal | 1 |\n"))) == 2
