"""References in formulas follow the rows they refer to, as in Excel."""

import pytest

from aluplanner.workbook.surgery.dependents import Changes, NamedCells, stale_formulas
from aluplanner.workbook.surgery.formula_cells import FormulaCell
from aluplanner.workbook.surgery.references import Area, moved_formula, references, shifted_formula
from aluplanner.workbook.surgery.row_map import RowMap, map_rows

# three records in rows 2 to 4 below a header
SWAPPED = map_rows(1, [2, 3, 4], [2, 0, 1])
GROWN = map_rows(1, [2, 3, 4], [0, None, 1, 2, None])
SHRUNK = map_rows(1, [2, 3, 4], [0, 2])
EMPTIED = map_rows(1, [2, 3, 4], [])


@pytest.mark.parametrize(
    ("mapped", "before", "after"),
    [
        (SWAPPED, "E2*2+$E$4", "E3*2+$E$2"),
        (SWAPPED, "SUM(E2:E4)+SUM(E3:E4)", "SUM(E2:E4)+SUM(E3:E4)"),
        (SWAPPED, "SUM(E2:E3)", "SUM(E3:E4)"),
        (GROWN, "SUM(E2:E4)&SUM($E$1:$E$4)&E5", "SUM(E2:E6)&SUM($E$1:$E$6)&E7"),
        (GROWN, "SUM(E2:E3)+E3", "SUM(E2:E4)+E4"),
        (GROWN, "SUM(E3:E9)+SUM(2:4)+SUM($3:$4)+SUM(E:E)", "SUM(E4:E11)+SUM(2:6)+SUM($4:$5)+SUM(E:E)"),
        (SHRUNK, "E3+E4+SUM(E2:E4)+SUM(E3:E4)+SUM(E4:E2)", "#REF!+E3+SUM(E2:E3)+SUM(E3:E3)+SUM(E3:E2)"),
        (EMPTIED, "SUM(E2:E4)+SUM(E3:E4)+E5", "SUM(E2:E2)+SUM(#REF!)+E2"),
        (EMPTIED, "SUM(E1:E9)+SUM(E1:E3)", "SUM(E1:E6)+SUM(E1:E1)"),
        (GROWN, 'plants!E4&Other!E4&"E4"&E4_x&LOG4(E4)', 'plants!E5&Other!E4&"E4"&E4_x&LOG4(E5)'),
        (GROWN, "'Plants'!E4+[1]Plants!E4", "'Plants'!E5+[1]Plants!E4"),
        (GROWN, "Use[[#This Row],[E4]]+Use[E4]+E4#+@E4+1E4", "Use[[#This Row],[E4]]+Use[E4]+E5#+@E5+1E4"),
        (GROWN, "Plants:Other!E4+#REF!+E4:E4", "Plants:Other!E4+#REF!+E5:E5"),
    ],
)
def test_that_a_formula_follows_the_rows_of_its_sheet(mapped: RowMap, before: str, after: str) -> None:
    assert moved_formula(before, "plants", {"plants": mapped}) == after


def test_that_a_sum_so_far_goes_no_further_than_its_own_row() -> None:
    assert moved_formula("SUM(E$2:E4)", "plants", {"plants": GROWN}, row=4) == "SUM(E$2:E5)"
    assert moved_formula("E4/SUM(E$2:E$4)", "plants", {"plants": GROWN}, row=4) == "E5/SUM(E$2:E$6)"
    assert moved_formula("SUM(E$2:E4)", "plants", {"plants": GROWN}, row=7) == "SUM(E$2:E6)"


def test_that_the_name_of_a_sheet_may_hold_an_apostrophe() -> None:
    assert moved_formula("'Wang''s plants'!E4", "x", {"wang's plants": GROWN}) == "'Wang''s plants'!E5"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("E2+$E$2+E$2+$E2", "F5+$E$2+F$2+$E5"),
        ("SUM(2:3,$2:$3,E:F,$E:$F)", "SUM(5:6,$2:$3,F:G,$E:$F)"),
        ("XFD1048576", "A3"),
    ],
)
def test_that_a_shared_formula_reads_in_another_cell_as_excel_reads_it(before: str, after: str) -> None:
    assert shifted_formula(before, 3, 1) == after


def test_that_what_a_formula_refers_to_is_found() -> None:
    found = references("SUM(E2:F3)+Other!$A$1+rate+Use[Built]+TRUE+[1]Far!A1", "plants")
    assert found.areas == (Area("plants", 2, 5, 3, 6), Area("other", 1, 1, 1, 1))
    assert found.names == {"rate", "use"}
    assert not found.is_unbound
    assert references('INDIRECT("E2")', "x").is_unbound
    assert references("One:Three!A1", "x").is_text
    assert references("[1]!rate*2", "x").names == frozenset()


def test_that_a_column_without_its_table_is_one_of_a_table_in_the_same_sheet() -> None:
    total = {"uses": [FormulaCell(5, 2, "SUBTOTAL(109,[Amount])")]}
    named = NamedCells({}, {"use": Area("uses", 1, 1, 5, 3)})

    def is_stale(sheet: str) -> bool:
        changes = Changes({})
        changes.add(sheet, 3, 2)
        return bool(stale_formulas(total, named, changes))

    assert is_stale("uses")
    assert not is_stale("plants")


def test_that_rules_of_single_cells_go_with_their_rows_and_to_new_ones_beside_them() -> None:
    assert SWAPPED.runs(2, 3) == [(3, 4)]
    assert SWAPPED.runs(3, 4) == [(2, 2), (4, 4)]
    assert GROWN.runs(2, 2) == [(2, 3)]
    assert GROWN.runs(2, 500) == [(2, 502)]
    assert SHRUNK.runs(3, 3) == []
    assert EMPTIED.runs(2, 4) == []


def test_that_rows_without_a_record_stay_above_the_one_they_stood_above() -> None:
    mapped = map_rows(2, [4, 6], [1, 0])
    assert mapped.moves == {5: 3, 6: 4, 3: 5, 4: 6}
    assert mapped.row(7) == 7
    assert mapped.row(2) == 2
