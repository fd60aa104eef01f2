import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest

from aluplanner.analysis.result_names import action_orders
from aluplanner.model.balance import STATES, Balance
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from aluplanner.ui.theme.colours import THEMES
from aluplanner.workbook.container import Container
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.results import csv_text, results_csv, results_json, write_results
from aluplanner.workbook.results_book import results_workbook
from aluplanner.workbook.results_looks import STATE_LOOKS, axis_range, scenario_lines
from tests.workbook.books import EXAMPLE, reopened

SCENARIOS = ("Base", "Strong enforcement H2")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(EXAMPLE)


@pytest.fixture(scope="module")
def balances(plan: Plan) -> dict[str, Balance]:
    return {name: solve(plan, name) for name in SCENARIOS}


@pytest.fixture(scope="module")
def without_alumina(plan: Plan) -> Balance:
    smelters = [plant for plant in plan.plants if plant.product != "alumina"]
    actions = [action for action in plan.actions if action.product != "alumina"]
    bare = plan.with_table(plan.plants.replaced(smelters)).with_table(plan.actions.replaced(actions))
    empty = {name: plan.table(name).replaced([]) for name in ("overrides", "scenarios", "claims", "uncertainty")}
    for rows in empty.values():
        bare = bare.with_table(rows)
    return solve(bare)


def test_that_json_has_the_layout_that_is_promised(plan: Plan, balances: dict[str, Balance]) -> None:
    doubt = Issue(
        Severity.WARNING, "doubt", "Odd.", "Look.", table="plants", row="East", column="built", place="Plants!E2"
    )
    made = results_json(plan, balances, [doubt])
    assert list(made) == ["plan", "scenarios", "issues"]
    assert list(made["scenarios"]) == list(SCENARIOS)
    base = made["scenarios"]["Base"]
    assert set(base) == {
        "months", "monthly", "operating_by_plant", "production_by_plant", "announced_by_action", "due_by_action",
        "implemented_by_action", "effective_by_action", "consumption_by_sector", "bauxite_use", "periods",
    }  # fmt: skip
    assert base["months"][0] == "2017-01"
    assert base["monthly"]["balance"] == balances["Base"].series("balance").tolist()
    assert base["periods"]["2017H2"]["state"] == balances["Base"].periods["2017H2"].state
    assert base["operating_by_plant"].keys() == set(plan.plants.keys)
    assert made["issues"] == [
        {"severity": "warning", "code": "doubt", "message": "Odd.", "remedy": "Look.", "place": "Plants!E2",
         "address": "plants/East/built"}
    ]  # fmt: skip


def test_that_json_is_written_in_full_precision_without_nan(tmp_path: Path, without_alumina: Balance) -> None:
    write_results({"Base": without_alumina}, tmp_path / "out.json")
    made = json.loads((tmp_path / "out.json").read_text("utf-8"), parse_constant=pytest.fail)
    monthly = made["scenarios"]["Base"]["monthly"]
    assert monthly["alumina_stock"] == [None] * len(without_alumina.horizon)
    assert monthly["stock"] == without_alumina.series("stock").tolist()


def test_that_csv_is_tidy_and_exact(balances: dict[str, Balance]) -> None:
    rows = list(csv.DictReader(io.StringIO(results_csv(balances))))
    assert list(rows[0]) == ["scenario", "month", "series", "value", "unit"]
    stock = [float(row["value"]) for row in rows if (row["scenario"], row["series"]) == ("Base", "stock")]
    assert stock == balances["Base"].series("stock").tolist()
    assert {row["unit"] for row in rows if row["series"] == "price"} == {"RMB/t"}
    assert any(
        row["value"].startswith("-") for row in rows if row["series"] == "unseen_stock" or row["series"] == "balance"
    )


def test_that_blanks_are_empty_in_csv(without_alumina: Balance) -> None:
    rows = csv.DictReader(io.StringIO(results_csv({"Base": without_alumina})))
    assert {row["value"] for row in rows if row["series"] == "alumina_stock"} == {""}


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
def test_that_no_scenario_name_is_a_formula_in_csv(name: str, balances: dict[str, Balance]) -> None:
    assert csv_text(name) == f"'{name}"
    row = next(csv.DictReader(io.StringIO(results_csv({name: balances["Base"]}), newline="")))
    assert row["scenario"] == f"'{name}"


def test_that_csv_says_its_encoding_to_excel(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results({"基准": balances["Base"]}, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith("\ufeffscenario,".encode())
    assert "基准" in (tmp_path / "out.csv").read_text("utf-8-sig")


def summary_rows(path: Path) -> dict[tuple[str, str], list[object]]:
    """Return the figures of the sheet Summary by title and period."""
    sheet = reopened(path)["Summary"]
    return {(row[0].value, row[2].value): [cell.value for cell in row[3:]] for row in sheet.iter_rows(min_row=6)}


def test_that_the_summary_puts_scenarios_side_by_side(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    rows = summary_rows(tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Summary"]
    assert [cell.value for cell in sheet[5]] == ["Figure", "Unit", "Period", *SCENARIOS]
    found = list(balances.values())
    assert rows["Balance", "2017H2"] == pytest.approx([one.periods["2017H2"].balance for one in found], rel=1e-15)
    assert rows["Market state", "2017"] == [one.periods["2017"].state for one in found]
    assert rows["Closing stock", "2017"] == pytest.approx(
        [one.measure("stock 2017-12 end") for one in found], rel=1e-15
    )
    assert rows["Stock days at the end", "2018H1"] == pytest.approx(
        [one.measure("stock_days 2018-06 end") for one in found]
    )
    assert rows["Mean price", "2018"] == pytest.approx([one.measure("price 2018 mean") for one in found])
    assert rows["Production", "2017H1"] == pytest.approx([one.measure("production 2017H1 sum") for one in found])
    assert sheet.freeze_panes == "D6"


def test_that_the_summary_says_how_far_a_scenario_is_from_the_base(
    tmp_path: Path, balances: dict[str, Balance]
) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    base, other = (balances[name].periods["2017H2"].balance for name in SCENARIOS)
    rows = summary_rows(tmp_path / "out.xlsx")
    assert rows["Balance, difference to base", "2017H2"] == [None, pytest.approx(other - base)]
    write_results({"Base": balances["Base"]}, tmp_path / "alone.xlsx")
    assert not any("difference" in title for title, _ in summary_rows(tmp_path / "alone.xlsx"))


def test_that_a_year_follows_its_half_years(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    periods = [period for title, period in summary_rows(tmp_path / "out.xlsx") if title == "Balance"]
    assert periods == ["2017H1", "2017H2", "2017", "2018H1", "2018H2", "2018"]


def test_that_the_summary_says_what_it_covers(tmp_path: Path, plan: Plan, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Summary"]
    assert sheet["A1"].value == plan.title
    assert sheet["A2"].value == (
        "24 months, 2017-01 to 2018-12 · demand stated for 2016 · 65 plants, 28 actions, 10 scenarios"
    )


def test_that_the_months_hold_every_series_of_every_scenario(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    container = Container((tmp_path / "out.xlsx").read_bytes())
    (_, header), *rows = container.read(next(sheet for sheet in container.sheets if sheet.name == "Balance")).rows
    assert [header[number] for number in range(1, 6)] == ["Scenario", "Series", "Title", "Unit", "Opening"]
    assert [(header[6 + t].year, header[6 + t].month) for t in range(2)] == [(2017, 1), (2017, 2)]
    named = [(cells[1], cells[2]) for _, cells in rows if cells[2] != "announced"]
    assert named == [(name, series) for name in SCENARIOS for series in balances[name].names]
    months = len(balances["Base"].horizon)
    for _, cells in rows:
        assert max(cells) <= 5 + months, "nothing stands right of the months"
        if cells[2] != "announced":
            expected = balances[cells[1]].series(cells[2])
            written = np.array([cells.get(6 + t, math.nan) for t in range(months)])
            np.testing.assert_allclose(written, expected, rtol=1e-15)


def test_that_levels_have_an_opening_value_and_flows_have_none(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Balance"]
    openings = {row[1].value: row[4].value for row in sheet.iter_rows(min_row=2, max_row=37)}
    assert openings["stock"] == balances["Base"].opening("stock")
    assert openings["operating"] == balances["Base"].opening("operating")
    assert openings["production"] is None
    assert openings["announced"] is None


def test_that_what_is_announced_grows_with_the_orders_watched(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Balance"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "announced")
    written = [cell.value for cell in row[5:]]
    base = balances["Base"]
    orders = [base.plan.actions.find(name) for name in action_orders(base.plan)]
    for month, value in zip(base.horizon, written, strict=True):
        known = [order for order in orders if (order.announced_on or order.start) <= month]
        assert value == pytest.approx(sum(base.announced_by_action.get(order.action, 0.0) for order in known))


def test_that_charts_draw_a_line_for_each_scenario(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    book = reopened(tmp_path / "out.xlsx")
    charts = book["Summary"]._charts
    assert len(charts) == 4
    assert all(len(chart.series) == len(balances) for chart in charts)
    rows = {(row[0].value, row[1].value): row[0].row for row in book["Balance"].iter_rows(min_row=2)}
    row = rows["Base", "balance"]
    assert charts[0].series[0].val.numRef.f == f"Balance!$F${row}:$AC${row}"
    assert charts[0].series[0].cat.numRef.f == "Balance!$F$1:$AC$1"
    assert charts[0].series[1].tx.strRef.f == f"Balance!$A${rows[SCENARIOS[1], 'built']}"


def test_that_each_scenario_has_its_own_charts_with_the_same_axes(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    charts = reopened(tmp_path / "out.xlsx")["Charts"]._charts
    assert len(charts) == 3 * len(balances)
    ends = [(chart.y_axis.scaling.min, chart.y_axis.scaling.max) for chart in charts]
    assert ends[:3] == ends[3:]
    assert ends[0][0] < 0 < ends[0][1]


def test_that_every_value_axis_names_its_unit(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    book = reopened(tmp_path / "out.xlsx")
    charts = [*book["Summary"]._charts, *book["Charts"]._charts]
    units = {chart.y_axis.title.tx.rich.paragraphs[0].text[0].t for chart in charts}
    assert units == {"kt", "RMB/t", "kt/y", "Balance, kt"}


def test_that_each_scenario_prints_on_a_page_of_its_own(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Balance"]
    assert sheet.print_area == "'Balance'!$A$2:$AC$37,'Balance'!$A$38:$AC$73"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$E")
    assert sheet.page_setup.orientation == "landscape"


def test_that_the_lines_of_scenarios_look_as_in_the_window() -> None:
    lines = [*scenario_lines(["Base", *"abcdefgh"]).values()]
    shown = (THEMES["light"].selected, *THEMES["light"].compared)
    assert [f"#{line.colour}".lower() for line in lines] == [style.colour for style in shown]
    assert len({line.dash for line in lines}) == len(lines)


def test_that_states_have_the_colours_of_the_window() -> None:
    theme = THEMES["light"]
    assert {f"#{ink}".lower() for ink, _ in STATE_LOOKS.values()} == {theme.surplus, theme.balanced, theme.shortage}
    assert tuple(STATE_LOOKS) == STATES


@pytest.mark.parametrize(
    ("values", "with_zero", "expected"),
    [
        ([10.0, 90.0], True, (0.0, 100.0)),
        ([-120.0, 380.0], True, (-200.0, 400.0)),
        ([10_100.0, 13_900.0], False, (10_000.0, 14_000.0)),
        ([0.0, 0.0], True, (0.0, 0.25)),
        ([5.0, math.nan], False, (5.0, 5.2)),
        ([math.nan], True, None),
        ([-30.0, -10.0], True, (-30.0, 0.0)),
    ],
)
def test_that_axes_end_at_round_numbers(
    values: list[float], with_zero: bool, expected: tuple[float, float] | None
) -> None:
    found = axis_range([np.array(values)], with_zero=with_zero)
    assert found == (expected if expected is None else pytest.approx(expected))


def test_that_the_same_balances_give_the_same_bytes(balances: dict[str, Balance]) -> None:
    assert results_workbook(balances) == results_workbook(balances)


def test_that_a_period_the_horizon_cuts_off_says_so(tmp_path: Path, plan: Plan) -> None:
    write_results({"Base": solve(plan.with_value("plan/Months/value", 20))}, tmp_path / "out.xlsx")
    assert {period for _, period in summary_rows(tmp_path / "out.xlsx")} == {
        "2017",
        "2018 (part)",
        "2017H1",
        "2017H2",
        "2018H1",
        "2018H2 (part)",
    }


@pytest.mark.parametrize("name", ["=1+1", "_x000D_", "bell\x07", "铝 & <co>"])
def test_that_a_hostile_scenario_name_stays_text_in_the_workbook(
    tmp_path: Path, balances: dict[str, Balance], name: str
) -> None:
    write_results({name: balances["Base"]}, tmp_path / "out.xlsx")
    container = Container((tmp_path / "out.xlsx").read_bytes())
    contents = container.read(container.sheets[1])
    assert dict(contents.rows)[2][1] == name.replace("\x07", "")
    assert contents.formulas == frozenset()
    assert len(reopened(tmp_path / "out.xlsx")["Charts"]._charts) == 3


def test_that_a_long_horizon_prints_on_several_pages(tmp_path: Path, plan: Plan) -> None:
    write_results({"Base": solve(plan.with_value("plan/Months/value", 30))}, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Balance"]
    assert sheet.print_area == "'Balance'!$A$2:$AC$37,'Balance'!$AD$2:$AI$37"


def test_that_another_ending_is_refused(tmp_path: Path, balances: dict[str, Balance]) -> None:
    with pytest.raises(PlanError, match=r"\.xlsx, \.csv or \.json"):
        write_results(balances, tmp_path / "out.txt")
    assert list(tmp_path.iterdir()) == []
