"""Blocks of cells on the clipboard, as Excel and LibreOffice write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.grid_text import read_grid, write_grid


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", [[""]]),
        ("1", [["1"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\n3\n", [["1", "2"], ["3"]]),
        ("\t\n\t", [["", ""], ["", ""]]),
        ("a\n\n\nb\n", [["a"], [""], [""], ["b"]]),
        ('"two\nlines"\t"a ""quoted"" word"\n', [["two\nlines", 'a "quoted" word']]),
        ('"two\r\nlines"', [["two\nlines"]]),
        ('12" pipe\tsay "yes"', [['12" pipe', 'say "yes"']]),
        ('"never closed\tnext\nrow', [['"never closed', "next"], ["row"]]),
        ('""', [[""]]),
    ],
)
def test_that_a_block_is_read_cell_by_cell(text: str, cells: list[list[str]]) -> None:
    assert read_grid(text) == cells


texts = st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=12)


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=5))
def test_that_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    assert read_grid(write_grid(rows)) == rows
