"""Sheets with anything in any cell: something is always said of them, and nothing breaks."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from aluplanner.model.plan import TABLES
from aluplanner.workbook.sheet import Fault, SheetContents
from aluplanner.workbook.table_reader import read_table

TITLES = [title for table in TABLES.values() for column in table.columns for title in (column.header, column.title_zh)]
WORDS = [
    *("Growth (%)", "Growth 2017", "2018", "2018年", "增速", "(万吨)", "kt/y", "单位：万吨", "Unit: t/d, RMB/t"),
    *("Total", "合计", "小计", "Note", "", " ", "-", "n/a", "East", "45 万吨", "1.2 Mt", "30%", "2017-06", "yes"),
    *("opening_stock", "Title", "Capacity (Mt/y)", "Built in", "in", "单位", "(", ")", "((", "，", "1e308", "MT"),
    *("9" * 50, "x" * 500, "All"),
]
cells = st.one_of(
    st.sampled_from(TITLES),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([2017.0, 0.0, 1.0]),
    st.booleans(),
    st.datetimes(datetime(1899, 12, 30), datetime(9999, 12, 31)),
    st.just(Fault("never", "calculate")),
)
sheets = st.dictionaries(st.integers(1, 40), st.dictionaries(st.integers(1, 9), cells, min_size=1), max_size=12)
areas = st.tuples(st.integers(1, 40), st.integers(1, 9), st.integers(0, 5), st.integers(0, 5))


@settings(max_examples=300)
@given(
    table=st.sampled_from([*TABLES.values()]),
    rows=sheets,
    formulas=st.frozensets(st.tuples(st.integers(1, 40), st.integers(1, 9)), max_size=5),
    merged=st.lists(areas, max_size=4),
)
def test_that_nothing_in_a_sheet_breaks_its_reading(table, rows, formulas, merged) -> None:
    spans = tuple((row, column, row + down, column + right) for row, column, down, right in merged)
    reading = read_table(table, "Sheet", SheetContents(sorted(rows.items()), formulas, spans))
    assert len(reading.records) == len(reading.row_numbers)
    assert all(issue.message and issue.remedy for issue in reading.issues)
    for position, name in reading.unreadable:
        assert reading.place(position, name).startswith("Sheet!")
    lines = [*reading.row_numbers, *reading.totals]
    assert len({*lines}) == len(lines)
    assert all(line > reading.header_row for line in lines)
