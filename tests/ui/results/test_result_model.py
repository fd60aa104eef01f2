"""The model of a result table: what cells say, and that figures are exchanged without a reset."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.analysis.result_rows import BREAKDOWNS, COUNTRY, Breakdown, By, Kind
from aluplanner.analysis.result_sheet import ResultSheet, result_sheet
from aluplanner.analysis.result_table import Step
from aluplanner.i18n import NumberStyle, set_number_style
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.ui.results.model import ResultModel
from aluplanner.ui.results.texts import breakdown_text, exact_text, figure_text
from aluplanner.ui.tables import roles
from tests.ui.standing import STRONG, example

DUE = Breakdown("due", By.ACTION)


def sheet_of(
    plan: Plan, *scenarios: str, breakdown: Breakdown = COUNTRY, step: Step = Step.QUARTERS, base: bool = False
) -> ResultSheet:
    balances = {name: solve(plan, name) for name in scenarios or (BASE,)}
    return result_sheet(balances, breakdown, step, solve(plan) if base else None)


def row_of(model: ResultModel, label: str) -> int:
    return next(row for row in range(model.rowCount()) if model.label(row) == label)


def shown(model: ResultModel, row: int) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> ResultModel:
    """Return a model that is watched while it changes."""
    made = ResultModel()
    qtmodeltester.check(made)
    return made


def signals_of(model: ResultModel) -> list[str]:
    """Return a list that tells of every signal from now on."""
    told: list[str] = []
    model.dataChanged.connect(lambda *_: told.append("data"))
    model.headerDataChanged.connect(lambda *_: told.append("header"))
    model.modelReset.connect(lambda: told.append("reset"))
    model.rowsInserted.connect(lambda *_: told.append("inserted"))
    model.rowsRemoved.connect(lambda *_: told.append("removed"))
    return told


@pytest.mark.parametrize("breakdown", BREAKDOWNS, ids=lambda each: each.name)
def test_that_every_table_keeps_the_rules_of_models(breakdown: Breakdown, qtmodeltester: ModelTester) -> None:
    model = ResultModel()
    model.show_sheet(sheet_of(example(), STRONG, BASE, breakdown=breakdown, step=Step.YEARS))
    qtmodeltester.check(model)


def test_that_cells_say_their_figures(model: ResultModel) -> None:
    model.show_sheet(sheet_of(example(), STRONG, step=Step.HALF_YEARS))
    balance = solve(example(), STRONG)
    row = row_of(model, "Balance")
    assert shown(model, row)[:2] == [
        f"+{balance.periods['2017H1'].balance:,.0f}",
        f"+{balance.periods['2017H2'].balance:,.0f}",
    ]
    assert shown(model, row + 1) == [balance.periods[label].state for label in ("2017H1", "2017H2", "2018H1", "2018H2")]
    assert shown(model, row_of(model, "Credibility"))[0] == f"{balance.series('credibility')[5] * 100:.1f}"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "H1 2017"
    assert shown(model, 0) == [""] * 4
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_that_a_tooltip_has_every_digit_and_the_measure(model: ResultModel) -> None:
    model.show_sheet(sheet_of(example(), STRONG, step=Step.HALF_YEARS))
    row, value = row_of(model, "Balance"), solve(example(), STRONG).periods["2017H2"].balance
    assert model.index(row, 1).data(roles.TOOL_TIP) == f"{value!r} kt\nbalance 2017H2 sum"
    tip = model.headerData(row, Qt.Orientation.Vertical, roles.TOOL_TIP)
    assert tip == f"Balance – {STRONG}\nkt, sum of the months"


def test_that_new_figures_come_without_a_reset(model: ResultModel) -> None:
    model.show_sheet(sheet_of(example()))
    told = signals_of(model)
    model.show_sheet(sheet_of(example().with_value("assumptions/load_factor/value", 0.9)))
    assert told == ["data"]
    model.show_sheet(sheet_of(example(), STRONG))
    assert told == ["data", "data", "header"]
    model.show_sheet(sheet_of(example(), STRONG, base=True))
    assert told == ["data", "data", "header", "data", "header"]


def test_that_a_row_that_comes_or_goes_leaves_the_others_in_place(model: ResultModel) -> None:
    plan = example()
    name = next(action.action for action in plan.actions[3:] if action.enabled is not False)
    off = plan.with_value(f"actions/{name}/enabled", False)
    model.show_sheet(sheet_of(plan, breakdown=DUE))
    count, told = model.rowCount(), signals_of(model)
    model.show_sheet(sheet_of(off, breakdown=DUE))
    assert set(told) == {"removed", "data"}
    assert told.count("removed") == 1
    assert model.rowCount() == count - 1
    del told[:]
    model.show_sheet(sheet_of(plan, breakdown=DUE))
    assert told.count("inserted") == 1
    assert [line.id for line in model.lines] == [line.id for line in sheet_of(plan, breakdown=DUE).lines]


def test_that_compared_scenarios_come_and_go_as_rows(model: ResultModel) -> None:
    model.show_sheet(sheet_of(example(), STRONG))
    told = signals_of(model)
    both = sheet_of(example(), STRONG, BASE)
    model.show_sheet(both)
    assert "reset" not in told
    assert model.rowCount() == len(both.lines)
    assert model.label(row_of(model, "Production") + 1) == "Base"
    model.show_sheet(sheet_of(example(), STRONG))
    assert "reset" not in told


def test_that_another_table_or_step_is_built_anew(model: ResultModel) -> None:
    model.show_sheet(sheet_of(example()))
    told = signals_of(model)
    model.show_sheet(sheet_of(example(), step=Step.YEARS))
    model.show_sheet(sheet_of(example(), step=Step.YEARS, breakdown=DUE))
    assert told == ["reset", "reset"]


def test_that_rows_in_another_order_are_built_anew(model: ResultModel) -> None:
    plan = example()
    turned = plan.with_table(plan.plants.replaced(reversed(plan.plants.records)))
    by_plant = Breakdown("production", By.PLANT)
    model.show_sheet(sheet_of(plan, breakdown=by_plant))
    told = signals_of(model)
    model.show_sheet(sheet_of(turned, breakdown=by_plant))
    assert told == ["reset"]
    assert model.lines[1].row.label == sheet_of(turned, breakdown=by_plant).lines[1].row.label


def test_that_a_difference_says_its_sign_and_unchanged_states(model: ResultModel) -> None:
    model.show_sheet(sheet_of(example(), STRONG, step=Step.HALF_YEARS, base=True))
    row = row_of(model, "Production")
    changes = [model.value(row, column) for column in range(4)]
    assert changes[0] == 0.0
    assert shown(model, row)[:2] == ["0", f"−{-changes[1]:,.0f}"]
    assert shown(model, row_of(model, "Market state"))[:2] == ["unchanged", "slight surplus"]


# Texts


@pytest.mark.parametrize(
    ("value", "unit", "signed", "text"),
    [
        (1234.5678, "kt", False, "1,235"), (-1234.5678, "kt/y", False, "−1,235"), (12.0, "RMB/t", True, "+12"),
        (-0.2, "kt", True, "0"), (0.4, "kt", True, "0"), (0.0, "days", True, "0.0"),
        (0.05304948, "fraction", False, "5.3"), (-0.0004, "fraction", True, "0.0"),
        (1.065, "t/t", False, "1.06"), (41.6538, "TWh", True, "+41.7"),
        (float("nan"), "kt", True, ""),
    ],
)  # fmt: skip
def test_that_figures_are_written_by_their_unit(value: float, unit: str, signed: bool, text: str) -> None:
    assert figure_text(value, unit, signed=signed) == text


def test_that_figures_follow_the_number_style() -> None:
    set_number_style(NumberStyle(",", "."))
    assert figure_text(-1234567.25, "days") == "−1.234.567,2"
    assert exact_text(1234.5678, "kt") == "1234,5678"
    assert exact_text(0.053049481234567, "fraction") == "5,3049481234567%"


def test_that_exact_figures_lose_nothing() -> None:
    for value in solve(example()).series("balance").tolist():
        assert float(exact_text(value, "kt")) == value
    assert exact_text(float("nan"), "kt") == ""


def test_that_every_table_has_a_title() -> None:
    titles = [breakdown_text(breakdown) for breakdown in BREAKDOWNS]
    assert titles[:2] == ["Country, every series", "Operating capacity by plant"]
    assert titles[-1] == "Bauxite use by origin"
    assert len(set(titles)) == len(titles)


def test_that_blank_series_are_blank(qtbot: QtBot, model: ResultModel, table: Callable[[str], Breakdown]) -> None:
    plan = example()
    for name in ("scenarios", "overrides", "uncertainty", "claims"):
        plan = plan.with_table(plan.table(name).replaced(()))
    plan = plan.with_table(plan.plants.replaced(each for each in plan.plants if each.product != "alumina"))
    plan = plan.with_table(plan.actions.replaced(each for each in plan.actions if each.product != "alumina"))
    model.show_sheet(sheet_of(plan))
    assert shown(model, row_of(model, "Alumina stock")) == [""] * 8
    assert np.isnan(model.value(row_of(model, "Alumina stock"), 0))
    model.show_sheet(sheet_of(plan, breakdown=table("bauxite_use by origin")))
    assert model.rowCount() == 0
    assert all(line.row.kind is not Kind.TOTAL for line in model.lines)
