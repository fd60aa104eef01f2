"""Formulas written for one cell, filled over a block."""

import numpy as np
import pytest

from aluplanner.workbook.living.area import Area, letters
from aluplanner.workbook.living.filling import column_number, filling
from aluplanner.workbook.living.grid import Grid


def filled(formula: str, down: int, right: int) -> str:
    found = filling(formula)
    return found.in_row(down) % found.letters(right)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=A1+$B1+C$1+$D$1", "D3+$B3+F$1+$D$1"),
        ("=SUM('Plants now'!Y2:Z$9)", "SUM('Plants now'!AB4:AC$9)"),
        ('=IF(A1="B2",a_x1,Is_close)', 'IF(D3="B2",a_x1,Is_close)'),
        ('=A1&"50%"&"A1"', 'D3&amp;"50%"&amp;"A1"'),
        ("=IF(A1<B1,1,2)", "IF(D3&lt;E3,1,2)"),
        ("='It''s A1'!A1", "'It''s A1'!D3"),
        ("=Phi_0+B2*LOG10(A1)", "Phi_0+E4*LOG10(D3)"),
    ],
)
def test_that_references_move_unless_they_are_fixed(formula: str, moved: str) -> None:
    assert filled(formula, 2, 3) == moved


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_that_columns_have_letters(number: int, name: str) -> None:
    assert letters(number) == name
    assert column_number(name) == number


def test_that_a_block_speaks_of_its_parts() -> None:
    area = Area("Plants now", 5, 3, 4, 2)
    assert area.at() == "'Plants now'!C5"
    assert area.at(1, 1, "c") == "'Plants now'!$D6"
    assert area.row(2) == "'Plants now'!$C7:$D7"
    assert area.column(1) == "'Plants now'!D$5:D$8"
    assert area.whole() == "'Plants now'!$C$5:$D$8"


def test_that_references_to_the_own_sheet_are_short_and_values_stand_beside() -> None:
    grid = Grid("Reach")
    grid.fill(Area("Reach", 2, 2, 1, 2), "=Reach!A1*Market!A1", np.array([[1.5, np.nan]]))
    xml = grid.xml()
    assert "<f>A1*Market!A1</f><v>1.5</v>" in xml
    assert ' t="str"><f>B1*Market!B1</f><v></v>' in xml


def test_that_values_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        Grid("A").fill(Area("A", 1, 1, 2, 2), "=1", np.zeros((2, 1)))
