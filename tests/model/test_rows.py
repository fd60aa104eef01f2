import dataclasses

import numpy as np
import pytest

from aluplanner.model.calendar import Month
from aluplanner.model.demand import DEMAND, Sector
from aluplanner.model.plants import PLANTS, Plant
from aluplanner.model.rows import Rows, read_cell, write_cell

PLANT_ROWS = Rows(
    PLANTS,
    [
        Plant("Weiqiao", built=6000.0, operating=5000.0, winter_region=True),
        Plant("Xinfa ", built=None, first_output=Month.of(2017, 9), cash_cost=12000.0),
        Plant("WEIQIAO", built=1.0),
    ],
)


def test_that_rows_are_found_by_key_whatever_its_case_and_outer_blanks() -> None:
    assert PLANT_ROWS.position(" weiqiao ") == 0
    assert PLANT_ROWS.position("xinfa") == 1
    assert PLANT_ROWS.find("XINFA") is PLANT_ROWS[1]
    assert PLANT_ROWS.position("Nowhere") is None
    assert PLANT_ROWS.find("Nowhere") is None


def test_that_the_first_of_two_equal_keys_is_found() -> None:
    assert PLANT_ROWS.find("weiqiao") is PLANT_ROWS[0]


def test_that_setting_a_cell_leaves_the_old_rows_alone_and_shares_the_others() -> None:
    after = PLANT_ROWS.with_cells([(1, "built", 7.0), (1, "group", "Xinfa group")])
    assert PLANT_ROWS[1].built is None
    assert (after[1].built, after[1].group) == (7.0, "Xinfa group")
    assert after[0] is PLANT_ROWS[0]
    assert after[2] is PLANT_ROWS[2]


def test_that_rows_and_records_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PLANT_ROWS[0].built = 1.0  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        PLANT_ROWS.numbers("built")[0] = 1.0


def test_that_blanks_in_a_numeric_column_are_its_default_or_not_a_number() -> None:
    assert PLANT_ROWS.numbers("built").tolist() == [6000.0, 0.0, 1.0]
    assert PLANT_ROWS.numbers("ramp_months").tolist() == [1.0, 1.0, 1.0]
    costs = PLANT_ROWS.numbers("cash_cost")
    assert costs[1] == 12000.0
    assert np.isnan(costs[[0, 2]]).all()


def test_that_months_and_switches_are_numbers_too() -> None:
    assert PLANT_ROWS.numbers("first_output")[1] == Month.of(2017, 9).ordinal
    assert PLANT_ROWS.numbers("winter_region").tolist() == [1.0, 0.0, 0.0]


def test_that_numbers_are_worked_out_once() -> None:
    assert PLANT_ROWS.numbers("operating") is PLANT_ROWS.numbers("operating")


def test_that_rows_with_equal_records_are_equal() -> None:
    same = Rows(PLANTS, list(PLANT_ROWS))
    assert same == PLANT_ROWS
    assert hash(same) == hash(PLANT_ROWS)
    assert same.with_cell(0, "built", 1.0) != PLANT_ROWS
    assert Rows(DEMAND) != Rows(PLANTS)


def test_that_growth_is_read_and_written_by_year() -> None:
    sector = Sector("Transport", growth=((2018, 0.05),))
    after = write_cell(write_cell(sector, "growth 2017", 0.08), "growth 2018", None)
    assert after.growth == ((2017, 0.08), (2018, None))
    assert read_cell(after, "growth 2017") == 0.08
    assert read_cell(after, "Growth 2018") is None
    assert read_cell(after, "growth 2030") is None
    assert sector.growth == ((2018, 0.05),)


def test_that_a_slice_gives_records() -> None:
    assert PLANT_ROWS[1:] == PLANT_ROWS.records[1:]
    assert [plant.plant for plant in PLANT_ROWS] == ["Weiqiao", "Xinfa ", "WEIQIAO"]
