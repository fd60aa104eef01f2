import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest

from aluplanner.model.balance import Balance
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from aluplanner.workbook.container import Container
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.results import csv_text, results_csv, results_json, write_results
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


def test_that_the_summary_puts_scenarios_side_by_side(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Summary"]
    rows = {(row[0].value, row[2].value): [cell.value for cell in row[3:]] for row in sheet.iter_rows(min_row=2)}
    assert [cell.value for cell in sheet[1]][3:] == list(SCENARIOS)
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
    assert sheet.freeze_panes == "D2"


def test_that_the_months_hold_every_series_of_every_scenario(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    container = Container((tmp_path / "out.xlsx").read_bytes())
    (_, header), *rows = container.read(next(sheet for sheet in container.sheets if sheet.name == "Balance")).rows
    assert [(header[5 + t].year, header[5 + t].month) for t in range(2)] == [(2017, 1), (2017, 2)]
    assert [(cells[1], cells[2]) for _, cells in rows] == [
        (name, series) for name in SCENARIOS for series in balances[name].names
    ]
    for _, cells in rows:
        expected = balances[cells[1]].series(cells[2])
        written = np.array([cells.get(5 + t, math.nan) for t in range(len(expected))])
        np.testing.assert_allclose(written, expected, rtol=1e-15)


def test_that_the_charts_draw_a_line_for_each_scenario(tmp_path: Path, balances: dict[str, Balance]) -> None:
    write_results(balances, tmp_path / "out.xlsx")
    charts = reopened(tmp_path / "out.xlsx")["Charts"]._charts
    assert len(charts) == 8
    assert all(len(chart.series) == len(balances) for chart in charts)
    assert charts[0].series[0].val.numRef.f == "'Balance'!$E$17:$AB$17"


def test_that_a_period_the_horizon_cuts_off_says_so(tmp_path: Path, plan: Plan) -> None:
    write_results({"Base": solve(plan.with_value("plan/Months/value", 20))}, tmp_path / "out.xlsx")
    sheet = reopened(tmp_path / "out.xlsx")["Summary"]
    assert {row[2].value for row in sheet.iter_rows(min_row=2)} == {
        "2017",
        "2018 (part)",
        "2017H1",
        "2017H2",
        "2018H1",
        "2018H2 (part)",
    }


@pytest.mark.parametrize("name", ["=1+1", "_x000D_", "bell\x07"])
def test_that_a_hostile_scenario_name_stays_text_in_the_workbook(
    tmp_path: Path, balances: dict[str, Balance], name: str
) -> None:
    write_results({name: balances["Base"]}, tmp_path / "out.xlsx")
    container = Container((tmp_path / "out.xlsx").read_bytes())
    contents = container.read(container.sheets[1])
    assert dict(contents.rows)[2][1] == name.replace("\x07", "")
    assert contents.formulas == frozenset()


def test_that_another_ending_is_refused(tmp_path: Path, balances: dict[str, Balance]) -> None:
    with pytest.raises(PlanError, match=r"\.xlsx, \.csv or \.json"):
        write_results(balances, tmp_path / "out.txt")
    assert list(tmp_path.iterdir()) == []
