"""The cost curve of the month under the crosshair."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.cost_curve import CostCurvePlot, cost_curve
from aluplanner.ui.plots.panel import PlotPanel
from tests.ui.standing import StandingDocument, example


@pytest.fixture
def document() -> StandingDocument:
    return StandingDocument(example())


@pytest.fixture
def panel(qtbot: QtBot, document: StandingDocument) -> PlotPanel:
    made = PlotPanel(document)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.choose([COST_CURVE, "price"])
    made.resize(700, 400)
    made.show()
    return made


@pytest.fixture
def plot(panel: PlotPanel) -> CostCurvePlot:
    made = panel.plot(COST_CURVE)
    assert isinstance(made, CostCurvePlot)
    return made


def test_that_plants_are_in_the_order_of_their_costs(document: StandingDocument) -> None:
    curve = cost_curve(document.balance(), 5)
    assert (np.diff(curve.costs) >= 0).all()
    running = document.balance().by_plant("operating")
    assert curve.running.tolist() == [running[plant][5] for plant in curve.plants]


def test_that_all_running_capacity_is_shown_or_counted(document: StandingDocument) -> None:
    balance = document.balance()
    for t in (0, 11, 23):
        curve = cost_curve(balance, t)
        assert curve.running.sum() + curve.without_cost == pytest.approx(balance.series("operating")[t])


def test_that_the_part_covered_is_what_costs_no_more_than_the_price(document: StandingDocument) -> None:
    curve = cost_curve(document.balance(), 23)
    cheap = curve.running[curve.costs <= document.balance().series("price")[23]].sum()
    assert curve.covered == pytest.approx(cheap / curve.running.sum())
    assert 0 < curve.covered < 1


def test_that_the_curve_follows_the_crosshair_and_stays_when_it_goes(
    plot: CostCurvePlot, document: StandingDocument
) -> None:
    plot.span.set_month(Month.of(2017, 9))
    assert plot.item.curve is not None
    assert plot.item.curve.price == document.balance().series("price")[8]
    plot.span.set_month(None)
    assert plot.item.curve.price == document.balance().series("price")[8]
    assert "Sep 17" in plot.summary


def test_that_the_table_lists_plants_costs_and_capacities(plot: CostCurvePlot) -> None:
    headers, rows = plot.table()
    assert headers == ["Plant", "Cash cost (RMB/t)", "Operating (kt/y)", "Price (RMB/t)"]
    assert plot.item.curve is not None
    assert [row[0] for row in rows] == list(plot.item.curve.plants)


def test_that_a_plan_without_costs_says_so(plot: CostCurvePlot, document: StandingDocument) -> None:
    plan = document.plan
    cells = [(position, "cash_cost", None) for position in range(len(plan.plants))]
    document.solve(plan.with_table(plan.plants.with_cells(cells)))
    assert plot.backdrop.notice
    assert "no running plant" in plot.summary
