"""Columns read at once are read as cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.fast_reading import read_column
from aluplanner.i18n import PLAIN, NumberStyle
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column

COLUMNS = {column.name: column for column in (*TABLES["plants"].columns, *TABLES["actions"].columns)}
NAMES = ["built", "share", "first_output", "winter_region", "kind", "note", "target"]
STYLES = [PLAIN, NumberStyle(",", "."), NumberStyle(",", " "), NumberStyle(".", "'")]
digits = st.integers(-(10**10), 10**10)
texts = st.one_of(
    st.floats(-1e7, 1e7).map(lambda number: f"{number:.3f}"),
    st.floats(-1e7, 1e7).map(lambda number: f"{number:,.2f}"),
    st.floats(-200, 200).map(lambda number: f"{number:.1f}%"),
    digits.map(str),
    digits.map(lambda number: f"{number:,}".replace(",", ".")),
    digits.map(lambda number: f"{number:,}".replace(",", " ") + ",5"),
    st.sampled_from(
        ["", " ", "-", "-0", "007", "1_000", "1e5", "30万吨", "1,2", "1.234", "1,234", ".5", "5.", "%", "1%%", "1\n2"]
    ),
    st.sampled_from(["2017-06", "Jun 2017", "2017年6月", "yes", "No", "是", "close capacity", "停建", "North; South"]),
    st.text(max_size=4),
)


def one_by_one(column: Column, given_texts: list[str], style: NumberStyle) -> list[object]:
    read: list[object] = []
    for text in given_texts:
        try:
            read.append(parse(column, text, style))
        except CellTextError:
            read.append(CellTextError)
    return read


@given(st.sampled_from(NAMES), st.sampled_from(STYLES), st.lists(texts, min_size=1, max_size=3))
def test_that_a_column_is_read_as_its_cells_are(name: str, style: NumberStyle, some: list[str]) -> None:
    column = COLUMNS[name]
    quick = read_column(column, some * 20, style)
    if quick is not None:
        assert list(map(repr, quick)) == list(map(repr, one_by_one(column, some * 20, style)))


@pytest.mark.parametrize(
    ("name", "text", "style"),
    [
        ("built", "1,234.5", PLAIN),
        ("built", "1.234,5", STYLES[1]),
        ("built", "", PLAIN),
        ("share", "12.5%", PLAIN),
        ("share", "0.3", PLAIN),
        ("first_output", "Jun 2017", PLAIN),
        ("winter_region", "yes", PLAIN),
        ("kind", "停建", PLAIN),
        ("note", "a note", PLAIN),
    ],
)
def test_that_what_spreadsheets_write_is_read_at_once(name: str, text: str, style: NumberStyle) -> None:
    assert read_column(COLUMNS[name], [text] * 20, style) == one_by_one(COLUMNS[name], [text] * 20, style)


def test_that_a_column_with_a_bad_text_is_left_to_the_parser() -> None:
    for name in ("built", "first_output", "kind"):
        assert read_column(COLUMNS[name], ["", "nonsense"] * 20) is None
    assert read_column(COLUMNS["built"], ["1"] * 5) is None
