"""Result tables: every cell against a measure and against pandas, totals, rules, parts, differences."""

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from aluplanner.analysis.result_rows import (
    BREAKDOWNS,
    COUNTRY,
    END,
    MEAN,
    SUM,
    TOPICS,
    Breakdown,
    By,
    Kind,
    lines_of,
    reducer_of,
)
from aluplanner.analysis.result_sheet import result_sheet
from aluplanner.analysis.result_table import (
    ResultTable,
    Step,
    difference,
    measure_of,
    merged_rows,
    periods_of,
    result_table,
    values_in,
)
from aluplanner.model.actions import CURTAIL, Action
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.demand import Sector
from aluplanner.model.measure import COUNTRY_SERIES, parse_measure
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.plan_info import PlanField
from aluplanner.model.plants import Plant
from aluplanner.model.scenarios import BASE, Override, Scenario
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from tests.document.small_plan import small_plan

SCENARIOS = (BASE, "Strong enforcement H2", "Anchored to June 2017")
NAMES = [breakdown.name for breakdown in BREAKDOWNS]


@cache
def example() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@cache
def solved(scenario: str) -> Balance:
    return solve(example(), scenario)


def place_plan() -> Plan:
    """Return a plan whose plants, groups and provinces share names, over a horizon that begins and ends in a year."""
    return plan_from_tables(
        {
            "plan": [PlanField("First month", Month.of(2017, 5)), PlanField("Months", 11.0)],
            "plants": [
                Plant("Henan", group="One", province="Henan", built=100.0, operating=90.0),
                Plant("One", group="Two", province="Henan", built=60.0, operating=50.0),
                Plant("Three", group="One", province="Yunnan", built=80.0, operating=80.0),
                Plant("Lonely", built=20.0, operating=10.0),
                Plant("Alumina works", "alumina", "One", "Henan", built=900.0, operating=800.0),
            ],
            "actions": [
                Action("Cut", kind=CURTAIL, target="Henan", announced=20.0, start=Month.of(2017, 6)),
                Action("Off", kind=CURTAIL, target="One", announced=7.0, start=Month.of(2017, 6), enabled=False),
                Action("Own move", kind=CURTAIL, target="Three", share=0.1, start=Month.of(2017, 8), policy=False),
            ],
            "demand": [Sector("Building", 150.0), Sector("Cables", 70.0)],
            "monthly": [
                MonthRow(Month.of(2017, 5) + t, 1.0, consumption_change=2.0 if t == 3 else None) for t in range(11)
            ],
            "scenarios": [Scenario("Switched on")],
            "overrides": [Override("Switched on", "actions", "Off", "enabled", True)],
        }
    )


def row_of(table: ResultTable, label: str) -> int:
    return next(i for i, row in enumerate(table.rows) if row.label == label and row.kind is not Kind.HEADING)


def assert_as_measured(table: ResultTable, balance: Balance) -> int:
    """Compare every cell with the measure it claims to be; return how many cells claim one."""
    count = 0
    for i, row in enumerate(table.rows):
        for j in range(len(table.periods)):
            measure = table.measure(i, j)
            if measure is None or row.kind is Kind.STATE:
                continue
            parse_measure(str(measure), balance.plan)  # a claim can say it in these words
            value, shown = balance.measure(measure), float(table.values[i, j])
            assert math.isnan(shown) if value is None else shown == pytest.approx(value, rel=1e-9, abs=1e-9), measure
            count += 1
    return count


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("breakdown", BREAKDOWNS, ids=NAMES)
def test_that_every_cell_is_the_measure_it_names(breakdown: Breakdown, scenario: str) -> None:
    balance = solved(scenario)
    for step in Step:
        table = result_table(balance, breakdown, step)
        figures = sum(row.kind in (Kind.FIGURES, Kind.TOTAL) for row in table.rows)
        assert assert_as_measured(table, balance) == figures * len(table.periods)


@pytest.mark.parametrize("step", [Step.QUARTERS, Step.HALF_YEARS, Step.YEARS])
def test_that_periods_agree_with_pandas(step: Step) -> None:
    balance = solved(BASE)
    table, monthly = result_table(balance, COUNTRY, step), balance.monthly
    stamps = monthly.index.to_timestamp()
    keys = {
        Step.QUARTERS: [f"{t.year}Q{t.quarter}" for t in stamps],
        Step.HALF_YEARS: [f"{t.year}H{1 + t.month // 7}" for t in stamps],
        Step.YEARS: [f"{t.year}" for t in stamps],
    }[step]
    grouped = monthly.groupby(keys)
    ways = {SUM: grouped.sum(), MEAN: grouped.mean(), END: grouped.last()}
    assert [period.label for period in table.periods] == sorted(set(keys))
    for i, row in enumerate(table.rows):
        if row.kind is Kind.FIGURES:
            np.testing.assert_allclose(table.values[i], ways[row.reducer][row.series], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("breakdown", [b for b in BREAKDOWNS if b.by not in (By.COUNTRY,)], ids=NAMES[1:])
@pytest.mark.parametrize("step", list(Step))
def test_that_parts_add_up_to_the_total_above_them(breakdown: Breakdown, step: Step) -> None:
    for balance in (solved("Strong enforcement H2"), solve(place_plan())):
        table = result_table(balance, breakdown, step)
        totals = [i for i, row in enumerate(table.rows) if row.kind in (Kind.TOTAL, Kind.HEADING)] + [len(table.rows)]
        for begin, end in pairwise(totals):
            if table.rows[begin].kind is Kind.TOTAL:
                parts = table.values[begin + 1 : end].sum(axis=0)
                np.testing.assert_allclose(parts, table.values[begin], rtol=1e-9, atol=1e-9)


def test_that_every_series_is_in_the_table_of_the_country_once() -> None:
    named = [series for _, topic in TOPICS for series in topic]
    assert sorted(named) == sorted(COUNTRY_SERIES)
    rows = result_table(solved(BASE), COUNTRY, Step.MONTHS).rows
    assert [row.series for row in rows if row.kind is Kind.FIGURES] == named


def test_that_flows_are_summed_prices_are_means_and_levels_stand_at_the_end() -> None:
    assert {name for name in COUNTRY_SERIES if reducer_of(name) == SUM} == {
        "production", "net_imports", "reserve_release", "supply", "consumption", "balance", "shortfall", "residual",
        "alumina_requirement", "alumina_production", "alumina_shortfall", "electricity", "co2",
    }  # fmt: skip
    assert {name for name in COUNTRY_SERIES if reducer_of(name) == MEAN} == {"price", "premium", "bauxite_cover"}
    assert [reducer_of(name) for name in ("bauxite_use", "announced", "effective")] == [SUM, END, END]


@pytest.mark.parametrize("step", [Step.QUARTERS, Step.HALF_YEARS, Step.YEARS])
def test_that_the_market_state_stands_below_the_balance(step: Step) -> None:
    balance = solved("Strong enforcement H2")
    table = result_table(balance, COUNTRY, step)
    labels = [period.label for period in table.periods]
    assert list(table.states) == [balance.periods[label].state for label in labels]
    row = row_of(table, "Market state")
    assert table.rows[row - 1].series == "balance"
    assert np.isnan(table.values[row]).all()
    assert str(table.measure(row, 0)) == f"balance {labels[0]} sum"


def test_that_months_have_no_market_state() -> None:
    assert all(row.kind is not Kind.STATE for row in result_table(solved(BASE), COUNTRY, Step.MONTHS).rows)


def test_that_a_period_that_the_horizon_cuts_off_is_a_part() -> None:
    table = result_table(solve(place_plan()), COUNTRY, Step.QUARTERS)
    assert [period.label for period in table.periods] == ["2017Q2", "2017Q3", "2017Q4", "2018Q1"]
    assert table.parts == (True, False, False, False)
    assert result_table(solve(place_plan()), COUNTRY, Step.YEARS).parts == (True, True)
    assert not any(result_table(solve(place_plan()), COUNTRY, Step.MONTHS).parts)


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize(
    ("first", "length"), [(Month.of(2017, 1), 24), (Month.of(2017, 11), 3), (Month.of(2017, 6), 1)]
)
def test_that_every_month_is_in_one_period(step: Step, first: Month, length: int) -> None:
    horizon = Horizon(first, length, 2016)
    inside = [t for period in periods_of(horizon, step) for t in period.inside(horizon)]
    assert inside == list(range(length))


def test_that_names_shared_by_places_are_told_apart_or_not_measured() -> None:
    balance = solve(place_plan())
    for breakdown in BREAKDOWNS[:7]:
        assert_as_measured(result_table(balance, breakdown, Step.QUARTERS), balance)
    plants = result_table(balance, Breakdown("operating", By.PLANT), Step.YEARS)
    assert plants.rows[row_of(plants, "Lonely")].names == ("Lonely",)
    assert plants.rows[row_of(plants, "One")].names is None  # a measure of One would have the group's plants too
    assert plants.measure(row_of(plants, "One"), 0) is None
    groups = result_table(balance, Breakdown("operating", By.GROUP), Step.YEARS)
    assert groups.rows[row_of(groups, "Two")].names == ("Two",)
    assert groups.rows[row_of(groups, "One")].names is None
    provinces = result_table(balance, Breakdown("production", By.PROVINCE), Step.YEARS)
    assert provinces.rows[row_of(provinces, "Henan")].names == ("Henan",)
    assert provinces.rows[row_of(provinces, "Without a province")].names == ("Lonely",)


def test_that_refineries_stand_apart_and_have_no_aluminium() -> None:
    balance = solve(place_plan())
    operating = result_table(balance, Breakdown("operating", By.PLANT), Step.YEARS)
    labels = [row.label for row in operating.rows]
    assert labels[-2:] == ["All refineries", "Alumina works"]
    np.testing.assert_array_equal(operating.values[-1], operating.values[-2])
    production = result_table(balance, Breakdown("production", By.PLANT), Step.YEARS)
    assert "Alumina works" not in [row.label for row in production.rows]


def test_that_orders_are_told_from_what_companies_decide() -> None:
    balance = solve(place_plan())
    due = result_table(balance, Breakdown("due", By.ACTION), Step.YEARS)
    assert [(row.label, row.kind) for row in due.rows] == [
        ("Policy orders", Kind.TOTAL), ("Cut", Kind.FIGURES),
        ("Other actions", Kind.HEADING), ("Own move", Kind.FIGURES),
    ]  # fmt: skip
    np.testing.assert_array_equal(due.values[0], [20.0, 20.0])
    assert result_table(balance, Breakdown("effective", By.ACTION), Step.YEARS).rows[0].kind is Kind.HEADING


def test_that_stated_changes_are_a_row_between_sectors_and_consumption() -> None:
    balance = solve(place_plan())
    table = result_table(balance, Breakdown("consumption", By.SECTOR), Step.MONTHS)
    assert [row.label for row in table.rows] == ["Apparent consumption", "Building", "Cables", "Consumption change"]
    assert table.values[-1].round(9).tolist() == [0.0] * 3 + [2.0] + [0.0] * 7
    assert table.measure(3, 0) is None
    without = result_table(solve(small_plan()), Breakdown("consumption", By.SECTOR), Step.MONTHS)
    assert [row.label for row in without.rows] == ["Apparent consumption", "Building", "Cables"]


def test_that_no_refineries_leave_nothing_to_show_of_bauxite() -> None:
    balance = solve(small_plan())
    assert result_table(balance, Breakdown("bauxite_use", By.ORIGIN), Step.YEARS).values.shape == (0, 1)
    country = result_table(balance, COUNTRY, Step.YEARS)
    assert np.isnan(country.values[row_of(country, "Alumina stock")]).all()


# Differences


@pytest.mark.parametrize("breakdown", BREAKDOWNS, ids=NAMES)
def test_that_a_difference_is_one_table_less_the_other(breakdown: Breakdown) -> None:
    strong, base = solved("Strong enforcement H2"), solved(BASE)
    changed = difference(result_table(strong, breakdown, Step.QUARTERS), result_table(base, breakdown, Step.QUARTERS))
    assert changed.scenario == "Strong enforcement H2"
    for i, row in enumerate(changed.rows):
        for j, period in enumerate(changed.periods):
            measure = measure_of(row, period)
            if measure is None or row.kind is Kind.STATE:
                continue
            here, there = strong.measure(measure), base.measure(measure)
            assert here is not None
            assert there is not None
            assert changed.values[i, j] == pytest.approx(here - there, rel=1e-9, abs=1e-9)


def test_that_a_difference_names_only_the_states_that_change() -> None:
    strong, base = solved("Strong enforcement H2"), solved(BASE)
    changed = difference(result_table(strong, COUNTRY, Step.HALF_YEARS), result_table(base, COUNTRY, Step.HALF_YEARS))
    assert changed.states[0] == ""
    assert changed.states[1] == strong.periods["2017H2"].state != base.periods["2017H2"].state


def test_that_an_action_that_is_off_in_the_base_counts_as_nothing_there() -> None:
    plan, breakdown = place_plan(), Breakdown("announced", By.ACTION)
    on, base = (result_table(solve(plan, name), breakdown, Step.YEARS) for name in ("Switched on", BASE))
    changed = difference(on, base)
    assert changed.values[row_of(changed, "Off")].tolist() == [7.0, 7.0]
    back = difference(base, on)
    assert back.values[row_of(back, "Off")].tolist() == [-7.0, -7.0]
    assert [row.label for row in back.rows] == ["Policy orders", "Cut", "Off", "Other actions", "Own move"]


def test_that_rows_of_other_tables_come_after_the_row_before_them() -> None:
    plan, breakdown = place_plan(), Breakdown("due", By.ACTION)
    on, base = (result_table(solve(plan, name), breakdown, Step.YEARS) for name in ("Switched on", BASE))
    assert merged_rows([base, on]) == tuple(
        {row.key: row for row in (*base.rows[:2], *on.rows[2:3], *base.rows[2:])}.values()
    )
    assert values_in(base, base.rows) is base.values


# Sheets


def test_that_a_sheet_puts_the_scenarios_of_a_row_below_one_another() -> None:
    balances = {name: solved(name) for name in (SCENARIOS[1], BASE)}
    sheet = result_sheet(balances, COUNTRY, Step.YEARS)
    assert [(line.row.label, line.place, line.scenario) for line in sheet.lines[:3]] == [
        ("Market", 0, SCENARIOS[1]), ("Production", 0, SCENARIOS[1]), ("Production", 1, BASE)
    ]  # fmt: skip
    assert len({line.id for line in sheet.lines}) == len(sheet.lines)
    for row, line in enumerate(sheet.lines):
        for column in range(2):
            measure = sheet.measure(row, column)
            if measure is not None and line.row.kind is not Kind.STATE:
                assert line.values[column] == pytest.approx(balances[line.scenario].measure(measure), rel=1e-9)


def test_that_a_sheet_of_differences_takes_the_base_off_every_scenario() -> None:
    balances = {name: solved(name) for name in SCENARIOS[1:]}
    plain = result_sheet(balances, COUNTRY, Step.QUARTERS)
    changed = result_sheet(balances, COUNTRY, Step.QUARTERS, solved(BASE))
    base = {line.row.key: line.values for line in result_sheet({BASE: solved(BASE)}, COUNTRY, Step.QUARTERS).lines}
    assert changed.is_difference
    for line, before in zip(changed.lines, plain.lines, strict=True):
        np.testing.assert_allclose(line.values, before.values - base[line.row.key], rtol=1e-12, atol=1e-9)


def test_that_keys_tell_the_rows_of_a_table_apart() -> None:
    for breakdown in BREAKDOWNS:
        keys = [row.key for row, _ in lines_of(solve(place_plan()), breakdown)]
        assert len(set(keys)) == len(keys)
