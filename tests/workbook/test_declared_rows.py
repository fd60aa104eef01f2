"""Rows and years that are declared and not free come back from a file: late growths, parameters under other names."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aluplanner.model.calendar import Month
from aluplanner.model.demand import Sector
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.plan_info import PlanField
from aluplanner.model.rows import Unread
from aluplanner.workbook.headers import parameter_name
from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.write import plan_bytes
from tests.workbook.books import DEMAND, EXAMPLE, book_bytes, plan_sheets

BASE = read_bytes(EXAMPLE.read_bytes()).plan
assert BASE is not None


def back(plan: Plan) -> Plan:
    return read_tables(plan_bytes(as_stored(plan))).plan


@settings(max_examples=15)
@given(first=st.integers(2051, 2100), months=st.integers(1, 600))
def test_that_growths_of_a_plan_that_ends_late_come_back(first: int, months: int) -> None:
    facts = [PlanField("First month", Month.of(first, 7)), PlanField("Months", float(months))]
    last = (Month.of(first, 7) + (months - 1)).year
    sectors = [Sector("A", 100.0, tuple((year, 0.01) for year in range(first, last + 1)))]
    plan = as_stored(plan_from_tables({"plan": facts, "demand": sectors}))
    reading = read_tables(plan_bytes(plan))
    assert reading.plan == plan
    assert [issue for issue in reading.issues if issue.code == "year"] == []


@pytest.mark.parametrize(
    ("first", "title", "is_right"),
    [
        *(("2099-01", "Growth 2110 (%)", True), ("2099-01", "Growth 2150 (%)", True)),
        *(("2099-01", "Growth 2152 (%)", False), ("2017-01", "Growth 2107 (%)", False)),
        *((None, "Growth 2107 (%)", False), ("2017-01", "Growth 2100 (%)", True)),
    ],
)
def test_that_a_late_growth_is_right_in_a_late_plan_only(first: str | None, title: str, is_right: bool) -> None:
    facts = [["Field", "Value"], ["First month", first]]
    demand = [[*DEMAND[0][:2], title], *(row[:3] for row in DEMAND[1:])]
    issues = read_bytes(book_bytes(plan_sheets(Plan=facts, Demand=demand))).issues
    assert [issue.place for issue in issues if issue.code == "year"] == ([] if is_right else ["Demand!C1"])


@pytest.mark.parametrize("source", [None, BASE.source])
@pytest.mark.parametrize("table", ["plan", "assumptions"])
@pytest.mark.parametrize("name", ["TITLE", "标题", "load factor", "产出系数", "Reviewed by", "=1", "2017"])
def test_that_a_parameter_under_another_name_comes_back_under_its_own(
    source: bytes | None, table: str, name: str
) -> None:
    rows = BASE.table(table)
    key = rows.table.key[0]
    for position in (0, len(rows) - 1):
        renamed = rows.replaced((*rows[:position], replace(rows[position], **{key: name}), *rows[position + 1 :]))
        plan = replace(BASE.with_table(renamed), source=source)
        assert as_stored(back(plan)) == as_stored(plan)
        assert (parameter_name(rows.table, name) or name) in back(plan).table(table).keys


def test_that_a_refused_name_that_is_free_now_is_taken() -> None:
    plants = BASE.plants.replaced(BASE.plants[:2]).with_unread({(0, "plant"): Unread(BASE.plants.keys[1])})
    refused = BASE.with_table(plants)
    freed = refused.with_table(plants.with_cell(1, "plant", "Elsewhere"))
    for source in (None, BASE.source):
        assert back(replace(refused, source=source)).plants.unread_at(0, "plant") == BASE.plants.keys[1]
        found = back(replace(freed, source=source)).plants
        assert (found.keys, found.unread) == ((BASE.plants.keys[1], "Elsewhere"), {})
