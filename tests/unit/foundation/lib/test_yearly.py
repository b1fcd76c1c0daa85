"""The figures of a year as tables, and as the file that programs read."""

from portal.foundation.lib.hiding import Hidden
from portal.foundation.lib.yearly import Year, as_csv, hide_tables


def test_cells_become_tables_with_what_is_hidden_in_its_place():
    cells = {"ended.well": 12, "ended.badly": 30, "ended.not": 4, "time.late": 11}
    together = [{"ended.well": 1, "ended.badly": 1, "ended.not": 1}]
    assert hide_tables(cells, together, 10) == {
        "ended": {"well": Hidden.GUARD, "badly": 30, "not": Hidden.FEW}, "time": {"late": 11},
    }  # fmt: skip


def test_there_is_no_table_when_nothing_of_it_can_be_shown():
    assert hide_tables({"a.one": 0, "a.two": 10}, [{"a.one": 1, "a.two": 1}], 10) == {}


def test_the_file_has_a_line_for_each_number_and_says_why_one_is_not_there():
    year = Year(2025, 46, Hidden.FEW, {"ended": {"well": Hidden.GUARD, "badly": 30}})
    assert as_csv([year]).splitlines() == [
        "year,table,row,count,hidden", "2025,all,total,46,", "2025,all,withdrawn,,few", "2025,ended,well,,guard",
        "2025,ended,badly,30,",
    ]  # fmt: skip


def test_before_the_first_year_the_file_has_only_its_columns():
    assert as_csv([]) == "year,table,row,count,hidden\n"
