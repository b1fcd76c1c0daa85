"""Every postcode of Leeuwarden and every name of both municipalities leads to a team."""

import csv
import gzip

from portal.teams.rules import Outcome


def slugs(answer):
    return sorted(team.slug for team in answer.teams)


def test_every_buurt_wijk_and_alias_of_both_municipalities_has_a_team(finder, zwolle, leeuwarden):
    for site in (zwolle, leeuwarden):
        names = set()
        for file, columns in (("neighbourhoods.csv", ("name", "wijk", "district")), ("aliases.csv", ("alias",))):
            with (site.content / "areas" / file).open(encoding="utf-8") as lines:
                names |= {row[column] for row in csv.DictReader(lines) for column in columns}
        with finder(site) as found:
            lost = [name for name in sorted(names) if not found(name).teams]
        assert lost == []


def leeuwarden_postcodes(site):
    rows = csv.reader(gzip.decompress((site.content / "areas" / "coverage.csv.gz").read_bytes()).decode().splitlines())
    whole, split = {}, {}
    for team, kind, value, low, high, parity, *_ in rows:
        if kind == "pc6":
            whole[value] = team
        elif kind == "number":
            split.setdefault(value, []).append((team, int(low or 1), int(high or 99), parity))
    return whole, split


def test_all_3322_postcodes_of_leeuwarden_lead_to_a_team(finder, leeuwarden):
    whole, split = leeuwarden_postcodes(leeuwarden)
    assert len(whole) + len(split) == 3_322
    with finder(leeuwarden) as found:
        wrong = [code for code, team in whole.items() if (a := found(code)).outcome != "team" or slugs(a) != [team]]
    assert wrong == []


def test_a_split_postcode_of_leeuwarden_asks_for_the_number_and_then_knows(finder, leeuwarden):
    _, split = leeuwarden_postcodes(leeuwarden)
    assert len(split) == 4
    with finder(leeuwarden) as found:
        for code, parts in split.items():
            answer = found(code)
            assert (answer.outcome, answer.asks_number) == (Outcome.CHOOSE, True)
            assert slugs(answer) == sorted({team for team, *_ in parts})
            for team, low, high, parity in parts:
                for number in range(low, high + 1):
                    if parity in {"", "odd" if number % 2 else "even"}:
                        assert slugs(found(f"{code} {number} bis")) == [team], f"{code} {number}"


def test_the_house_number_decides_not_its_addition(finder, leeuwarden):
    with finder(leeuwarden) as found:
        assert slugs(found("8911KA 2-6")) == ["west"]
        assert slugs(found("8911KA 26")) == ["east"]
