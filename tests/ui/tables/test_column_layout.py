"""Where columns stand is kept by their names, whatever columns there are later."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.ui.tables.column_layout import ColumnLayout, layout_from_text

names = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1)
layouts = st.builds(
    ColumnLayout,
    st.lists(st.sampled_from("abcdefghxyz"), unique=True).map(tuple),
    st.frozensets(st.sampled_from("abcxyz")),
    st.dictionaries(st.sampled_from("abcxyz"), st.integers(32, 2000)),
)


@given(layouts, names)
def test_that_every_column_gets_one_place(layout: ColumnLayout, there: list[str]) -> None:
    assert sorted(layout.placed(there)) == sorted(there)


@given(layouts, names)
def test_that_remembered_columns_keep_their_order(layout: ColumnLayout, there: list[str]) -> None:
    known = [name for name in layout.order if name in there]
    assert [name for name in layout.placed(there) if name in known] == known


@given(layouts)
def test_that_a_layout_comes_back_from_its_text(layout: ColumnLayout) -> None:
    assert layout_from_text(layout.to_text()) == layout


@given(layouts, names)
def test_that_columns_which_are_away_keep_their_place(layout: ColumnLayout, there: list[str]) -> None:
    placed = layout.placed(there)
    again = layout.with_order(placed)
    assert again.placed(there) == placed
    assert set(again.order) == set(layout.order) | set(there)


def test_that_a_new_column_follows_its_usual_neighbour() -> None:
    layout = ColumnLayout(("key", "c", "a"))
    assert layout.placed(["key", "a", "b", "c"]) == ["key", "c", "a", "b"]
    assert layout.placed(["key", "a", "c", "d"]) == ["key", "c", "d", "a"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"order": 3, "hidden": {}, "widths": []}', '{"widths": {"a": "wide", "b": 1e9}}']
)
def test_that_nonsense_gives_the_usual_columns(text: str) -> None:
    assert layout_from_text(text) == ColumnLayout()


def test_that_the_usual_columns_take_no_space() -> None:
    assert ColumnLayout().to_text() == ""
    assert json.loads(ColumnLayout(hidden=frozenset({"note"})).to_text())["hidden"] == ["note"]
