"""Plots show exactly the numbers of the balance, and keep what they are made of."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aluplanner.analysis.announced import announced_so_far
from aluplanner.model.calendar import Month
from aluplanner.model.plants import ALUMINA
from aluplanner.model.scenarios import BASE
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.pane import Pane
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.plots.shown import series_values
from aluplanner.ui.theme import THEMES
from tests.ui.standing import HAPPENED, STRONG, WEAK, StandingDocument, example

NAMES = tuple(spec.name for spec in plot_specs())


@pytest.fixture
def document() -> StandingDocument:
    return StandingDocument(example(), STRONG, (HAPPENED, WEAK))


@pytest.fixture
def panel(qtbot: QtBot, document: StandingDocument) -> PlotPanel:
    made = PlotPanel(document)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.choose(NAMES)
    made.resize(900, 700)
    made.show()
    return made


def plot_of(panel: PlotPanel, name: str) -> MonthPlot:
    plot = panel.plot(name)
    assert isinstance(plot, MonthPlot)
    return plot


def panes_of(panel: PlotPanel) -> Iterator[Pane]:
    for name in NAMES:
        yield from plot_of(panel, name).panes


def pane_of(panel: PlotPanel, name: str) -> Pane:
    return next(pane for pane in panes_of(panel) if pane.spec.name == name)


def test_that_every_line_is_the_series_of_its_scenario(panel: PlotPanel, document: StandingDocument) -> None:
    order = [STRONG, WEAK, HAPPENED, BASE]
    count = 0
    for pane in panes_of(panel):
        for line in pane.spec.lines:
            for position, scenario in enumerate(order):
                if position == 0 or line.is_compared:
                    item = pane.lines[line.series, position]
                    expected = series_values(document.balance(scenario), line.series)
                    np.testing.assert_array_equal(item.values, expected)
                    assert item.isVisible()
                    count += 1
    assert count > 50


def test_that_the_months_are_those_of_the_horizon(panel: PlotPanel, document: StandingDocument) -> None:
    months = [month.ordinal for month in document.balance().horizon.months]
    assert all(item.x.tolist() == months for pane in panes_of(panel) for item in pane.lines.values())


def test_that_surplus_and_shortage_are_shaded_from_the_balance(panel: PlotPanel, document: StandingDocument) -> None:
    area = pane_of(panel, "balance").area
    assert area is not None
    np.testing.assert_array_equal(area.upper, document.balance().series("balance"))
    assert not area.lower.any()


def test_that_the_gap_lies_between_due_and_implemented(panel: PlotPanel, document: StandingDocument) -> None:
    area = pane_of(panel, "policy").area
    assert area is not None
    np.testing.assert_array_equal(area.upper, document.balance().series("due"))
    np.testing.assert_array_equal(area.lower, document.balance().series("implemented"))


@pytest.mark.parametrize(
    ("pane", "column"), [("stock", "actual_stock"), ("price", "actual_price"), ("production", "actual_production")]
)
def test_that_actuals_are_points(panel: PlotPanel, document: StandingDocument, pane: str, column: str) -> None:
    points = pane_of(panel, pane).points
    assert points is not None
    stated = {row.month.ordinal: getattr(row, column) for row in document.plan.monthly if getattr(row, column)}
    known = np.isfinite(points.values)
    assert stated
    assert dict(zip(points.x[known].astype(int).tolist(), points.values[known].tolist(), strict=True)) == stated


def test_that_a_stack_adds_up_to_the_sectors(panel: PlotPanel, document: StandingDocument) -> None:
    stack = pane_of(panel, "sectors").stack
    assert stack is not None
    sectors = document.balance().consumption_by_sector
    assert set(stack.names) <= set(sectors)
    for name, layer in zip(stack.names, stack.layers, strict=True):
        np.testing.assert_array_equal(layer, sectors[name])
    np.testing.assert_allclose(stack.tops[-1], np.sum(list(sectors.values()), axis=0))


def test_that_small_provinces_are_together_and_none_is_lost(panel: PlotPanel, document: StandingDocument) -> None:
    stack = pane_of(panel, "provinces").stack
    assert stack is not None
    provinces = document.balance().by_province("operating")
    assert len(stack.names) == 8 < len(provinces)
    assert stack.names[-1] == "Others"
    np.testing.assert_allclose(stack.tops[-1], np.sum(list(provinces.values()), axis=0))


def test_that_announced_counts_orders_from_the_month_they_are_known(document: StandingDocument) -> None:
    balance = document.balance()
    orders = [
        action
        for action in balance.plan.actions
        if action.kind in ("halt construction", "close capacity", "curtail output")
        and action.policy is not False
        and action.enabled is not False
        and action.product != ALUMINA
    ]
    series = announced_so_far(balance)
    for t, month in enumerate(balance.horizon.months):
        known = [order for order in orders if (order.announced_on or order.start or month + 1) <= month]
        assert series[t] == pytest.approx(sum(balance.announced_by_action[order.action] for order in known))
    assert series[-1] > series[0]


def test_that_the_forecast_begins_after_the_last_actual_or_what_is_known(qtbot: QtBot) -> None:
    document = StandingDocument(example())
    panel = PlotPanel(document)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    assert pane_of(panel, "stock").backdrop.past_end == Month.of(2017, 6).ordinal + 0.5
    document.solve(document.plan.with_value("assumptions/known_until/value", Month.of(2017, 3)))
    assert pane_of(panel, "stock").backdrop.past_end == Month.of(2017, 3).ordinal + 0.5


def test_that_a_small_edit_keeps_items_and_ranges(panel: PlotPanel, document: StandingDocument) -> None:
    items = {pane.spec.name: dict(pane.lines) for pane in panes_of(panel)}
    ranges = {pane.spec.name: pane.view.viewRange() for pane in panes_of(panel)}
    before = document.balance().series("stock")
    document.solve(document.plan.with_value("assumptions/load_factor/value", 1.0139))
    assert not np.array_equal(document.balance().series("stock"), before)
    for pane in panes_of(panel):
        assert dict(pane.lines) == items[pane.spec.name]
        assert pane.view.viewRange() == ranges[pane.spec.name]


def test_that_scenarios_no_longer_compared_are_hidden_not_thrown_away(
    panel: PlotPanel, document: StandingDocument
) -> None:
    items = dict(pane_of(panel, "stock").lines)
    document.show_scenario(BASE)
    stock = pane_of(panel, "stock")
    assert dict(stock.lines) == items
    assert [item.isVisible() for item in stock.lines.values()] == [True, False, False, False]
    np.testing.assert_array_equal(stock.lines["stock", 0].values, document.balance(BASE).series("stock"))


def test_that_blank_series_say_why_instead_of_drawing(qtbot: QtBot) -> None:
    plan = example()
    for name in ("scenarios", "overrides", "uncertainty", "claims"):
        plan = plan.with_table(plan.table(name).replaced(()))
    plan = plan.with_table(plan.plants.replaced(plant for plant in plan.plants if plant.product != ALUMINA))
    plan = plan.with_table(plan.actions.replaced(action for action in plan.actions if action.product != ALUMINA))
    panel = PlotPanel(StandingDocument(plan))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    alumina = plot_of(panel, "alumina")
    panel.choose(["alumina"])
    assert np.isnan(alumina.panes[0].lines["alumina_stock", 0].values).all()
    assert "no refineries" in alumina.panes[0].backdrop.notice
    assert "no refineries" in alumina.summary


def test_that_the_crosshair_reads_every_series(panel: PlotPanel, document: StandingDocument) -> None:
    month = Month.of(2017, 11)
    panel.span.set_month(month)
    t = document.balance().horizon.index(month)
    assert all(pane.crosshair.position == month.ordinal for pane in panes_of(panel))
    assert all(pane.month_axis.tag == month for pane in panes_of(panel))
    stock = pane_of(panel, "stock").header
    expected = [f"{document.balance(name).series('stock')[t]:,.0f}" for name in (STRONG, WEAK, HAPPENED, BASE)]
    assert [reading.value for reading in stock.readings] == expected
    assert stock.month == "Nov 17"
    policy = pane_of(panel, "policy").header.readout()
    for label in ("Announced", "Due", "Implemented", "Landed", "Overhang"):
        assert label in policy
    panel.span.set_month(None)
    assert not stock.readings


def test_that_reading_a_month_moves_nothing(panel: PlotPanel) -> None:
    heights = {pane.spec.name: pane.header.maximumHeight() for pane in panes_of(panel)}
    panel.span.set_month(Month.of(2018, 2))
    assert {pane.spec.name: pane.header.maximumHeight() for pane in panes_of(panel)} == heights


def test_that_zooming_into_months_fits_the_values_there(panel: PlotPanel, document: StandingDocument) -> None:
    pane = pane_of(panel, "stock_days")
    whole = pane.range
    panel.span.zoom(0.2, Month.of(2017, 3).ordinal)
    assert pane.range is not None
    assert whole is not None
    assert pane.range.height < whole.height
    panel.fit()
    assert pane.range == whole


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_that_a_theme_reaches_every_line_and_reading(panel: PlotPanel, theme: object) -> None:
    panel.span.set_month(Month.of(2017, 11))
    for name in NAMES:
        plot_of(panel, name).restyle(theme)  # type: ignore[arg-type]
    pane = pane_of(panel, "stock")
    assert pane.lines["stock", 0].style == theme.selected  # type: ignore[attr-defined]
    assert pane.lines["stock", 3].style == theme.base  # type: ignore[attr-defined]
    assert pane.header.readings[0].key.style == theme.selected  # type: ignore[attr-defined]


def test_that_the_summary_tells_where_series_begin_and_end(panel: PlotPanel, document: StandingDocument) -> None:
    stock = document.balance().series("stock")
    summary = plot_of(panel, "balance").summary
    assert STRONG in summary
    assert "Jan 17 to Dec 18" in summary
    assert f"{stock[0]:,.0f} in Jan 17, {stock[-1]:,.0f} in Dec 18" in summary
    assert WEAK in summary


def test_that_the_table_has_full_precision_and_headers(panel: PlotPanel, document: StandingDocument) -> None:
    headers, rows = plot_of(panel, "balance").table()
    assert headers[0] == "Month"
    assert f"Stock (kt) – {WEAK}" in headers
    column = [row[headers.index(f"Stock (kt) – {WEAK}")] for row in rows]
    assert column == document.balance(WEAK).series("stock").tolist()
    assert [row[0] for row in rows] == list(document.balance().horizon.labels)
    actual = [row[headers.index("Actual (kt)")] for row in rows]
    assert actual[5] == 1200
    assert actual[0] is None
