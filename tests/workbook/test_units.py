"""Columns in other units than the plan's, converted by what their headers state."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.cell_text import clean_number
from aluplanner.model.units import factor, read_unit, to_plan, to_sheet
from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.tables import read_tables
from tests.workbook.books import PLANTS, book_bytes, plan_sheets

MONTHLY = "2017-01"


def plants_in(unit: str, cell: object) -> dict:
    rows = [["Plant", f"Built ({unit})"], ["East", cell], ["West", 1], ["North", 1]]
    return plan_sheets(Plants=rows)


@pytest.mark.parametrize(
    ("unit", "kilotonnes"),
    [
        *(("kt/y", 1), ("KT/a", 1), ("kt p.a.", 1), ("ktpa", 1), ("kt", 1), ("千吨/年", 1), ("'000 t", 1)),
        *(("万吨/年", 10), ("万吨", 10), ("10kt", 10), ("10,000 t/y", 10), ("Mt/y", 1000), ("Mtpa", 1000)),
        *(("million tonnes per year", 1000), ("百万吨", 1000), ("t/y", 0.001), ("tonnes", 0.001), ("吨/年", 0.001)),
        *(("t/d", 0.365), ("吨/日", 0.365), ("tpd", 0.365), ("kt/month", 12), ("万吨/月", 120), ("t/month", 0.012)),
    ],
)
def test_that_capacities_are_converted_by_the_unit_of_their_header(unit: str, kilotonnes: float) -> None:
    data = book_bytes(plants_in(unit, 24))
    result = read_bytes(data)
    assert result.plan is not None, [str(issue) for issue in result.issues]
    assert result.issues == ()
    assert result.plan.plants[0].built == pytest.approx(24 * kilotonnes, rel=1e-15)
    factors = read_tables(data).tables["plants"].headers.factors
    assert factors == ({} if kilotonnes == 1 else {2: kilotonnes})


@pytest.mark.parametrize(
    "title", ["Built, Mt/y", "Built [Mt]", "Built in Mt", "建成产能：百万吨", "建成产能 百万吨/年"]
)
def test_that_a_unit_may_stand_behind_a_title_in_any_way(title: str) -> None:
    rows = [["Plant", title], ["East", 0.5], ["West", 1], ["North", 1]]
    plan = read_bytes(book_bytes(plan_sheets(Plants=rows))).plan
    assert plan is not None
    assert plan.plants[0].built == 500


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        *(("Plants", f"Built ({unit})") for unit in ("MT", "mt/y", "lb/y", "t/week", "RMB/t", "months", "%")),
        *(("Plants", f"Cash cost ({unit})") for unit in ("USD/t", "$/t", "美元/吨", "kt")),
        *(("Plants", f"Ramp ({unit})") for unit in ("days", "周")),
        *(("Plants", "First output (year)"),),
        *(("Demand", f"Consumption ({unit})") for unit in ("kt/month", "t/d", "万吨/月")),
        *(("Monthly", f"Net imports ({unit})") for unit in ("t/d", "kt/y", "万吨/年")),
        *(("Monthly", f"Actual stock ({unit})") for unit in ("kt/month", "t/d")),
        ("Claims", "Value (万吨)"),
    ],
)
def test_that_a_unit_without_a_fixed_value_is_an_error(sheet: str, title: str) -> None:
    keys = {"Plants": "Plant", "Demand": "Sector", "Monthly": "Month", "Claims": "Claim"}
    rows = [[keys[sheet], title], [MONTHLY if sheet == "Monthly" else "East", None]]
    issues = read_bytes(book_bytes(plan_sheets(**{sheet: rows}))).issues
    (found,) = [issue for issue in issues if issue.code == "unit"]
    assert (found.is_error, found.place) == (True, f"{sheet}!B1")
    assert title.partition("(")[2].rstrip(")") in found.message


@pytest.mark.parametrize(
    ("title", "value"), [("Net imports (kt/month)", 3.0), ("净进口(万吨)", 30.0), ("Net imports (t)", 0.003)]
)
def test_that_monthly_flows_are_those_of_a_month(title: str, value: float) -> None:
    plan = read_bytes(book_bytes(plan_sheets(Monthly=[["Month", title], [MONTHLY, 3]]))).plan
    assert plan is not None
    assert plan.monthly[0].net_imports == value


def test_that_consumption_is_that_of_a_year() -> None:
    rows = [["Sector", "Consumption (万吨/年)", "Growth 2017 (%/y)"], ["Construction", 120, 0.05]]
    plan = read_bytes(book_bytes(plan_sheets(Demand=rows))).plan
    assert plan is not None
    assert (plan.demand[0].consumption, plan.demand[0].growth) == (1200, ((2017, 0.05),))


@pytest.mark.parametrize(
    ("cell", "value"),
    [(45, 450), ("45", 450), ("４５", 450), ("1,045.5", 10455), ("45 kt", 45), ("1.2 Mt", 1200), ("30 t/d", 10.95)],
)
def test_that_the_unit_of_a_cell_outweighs_that_of_its_header(cell: object, value: float) -> None:
    plan = read_bytes(book_bytes(plants_in("万吨", cell))).plan
    assert plan is not None
    assert plan.plants[0].built == value


def test_that_months_may_be_given_in_years() -> None:
    rows = [["Plant", "Built (kt/y)", "Ramp (years)"], ["East", 1, 0.5], ["West", 1, "18 months"], ["North", 1, None]]
    plan = read_bytes(book_bytes(plan_sheets(Plants=rows))).plan
    assert plan is not None
    assert [plant.ramp_months for plant in plan.plants] == [6, 18, None]


def test_that_an_assumption_beside_another_unit_is_an_error() -> None:
    rows = [["Assumption", "Value", "Unit"], ["opening_stock", 27, "万吨"], ["load_factor", 1.01, "吨/吨"]]
    (found,) = read_bytes(book_bytes(plan_sheets(Assumptions=rows))).issues
    assert (found.code, found.place, found.is_error) == ("unit", "Assumptions!C2", True)
    assert "万吨" in found.message


@given(
    rows=st.lists(st.tuples(st.floats(0.01, 5000), st.floats(0, 1)), min_size=3, max_size=3),
    unit=st.sampled_from(["万吨/年", "Mt", "t/y", "t/d", "kt/month"]),
)
def test_that_a_sheet_in_another_unit_gives_the_same_plan(rows: list, unit: str) -> None:
    own, written = read_unit("kt/y"), read_unit(unit)
    assert own is not None
    assert written is not None
    by = factor(own, written)
    assert by is not None
    plants, converted = [PLANTS[0]], [[*PLANTS[0][:4], f"Built ({unit})", f"Operating ({unit})"]]
    for row, (built, share) in zip(PLANTS[1:], rows, strict=True):
        figures = [float(f"{figure:.12g}") for figure in (built, built * share)]
        plants.append([*row[:4], *figures])
        converted.append([*row[:4], *(to_sheet(figure, float(by)) for figure in figures)])
    one, other = (read_bytes(book_bytes(plan_sheets(Plants=sheet))).plan for sheet in (plants, converted))
    assert one is not None
    assert one == other


AMOUNTS = st.floats(-1e12, 1e12).filter(lambda number: number == 0 or abs(number) > 1e-290)
FACTORS = st.sampled_from([10.0, 1000.0, 0.001, 100_000.0, 1e-6, 0.365, 12.0, 0.012, 120.0])


@given(AMOUNTS.map(lambda number: float(f"{number:.15g}")), FACTORS)
def test_that_what_is_written_into_a_converted_column_comes_back(number: float, by: float) -> None:
    sheet = to_sheet(number, by)
    assert sheet is not None
    assert to_plan(sheet, by) == number
    assert math.isclose(sheet * by, number, rel_tol=1e-14)


@given(AMOUNTS.map(clean_number), FACTORS)
def test_that_a_figure_that_no_cell_gives_back_is_never_written(number: float, by: float) -> None:
    sheet = to_sheet(number, by)
    assert sheet is None or to_plan(sheet, by) == number


@pytest.mark.parametrize("text", ["East", "", "m", "10", "(kt)", "per", "/", "kt/", "/y", "½", "t/t/t", "x" * 99])
def test_that_other_words_are_no_units(text: str) -> None:
    assert read_unit(text) is None
