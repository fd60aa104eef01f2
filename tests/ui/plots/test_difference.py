"""The difference mode: every plot shows what each scenario has more than the base, and says so everywhere."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from aluplanner.model.calendar import Month
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.cost_curve import CostCurvePlot, cost_curve
from aluplanner.ui.plots.export import Heading, Picture, picture_image, table_text
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.pane import Pane
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.plots.shown import Shown, ShownScenario, series_values, shown_of
from tests.ui.standing import HAPPENED, STRONG, WEAK, StandingDocument, example

NAMES = tuple(spec.name for spec in plot_specs())
DECEMBER = Month.of(2017, 12)


@pytest.fixture
def document() -> StandingDocument:
    return StandingDocument(example(), STRONG, (HAPPENED, WEAK))


@pytest.fixture
def panel(qtbot: QtBot, document: StandingDocument) -> PlotPanel:
    made = PlotPanel(document)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.choose((*NAMES, COST_CURVE))
    made.resize(1200, 900)
    made.show()
    return made


@pytest.fixture
def differing(panel: PlotPanel) -> PlotPanel:
    panel.difference.trigger()
    return panel


def panes_of(panel: PlotPanel) -> Iterator[Pane]:
    for name in NAMES:
        plot = panel.plot(name)
        assert isinstance(plot, MonthPlot)
        yield from plot.panes


def pane_of(panel: PlotPanel, name: str) -> Pane:
    return next(pane for pane in panes_of(panel) if pane.spec.name == name)


def test_that_every_line_is_the_series_less_that_of_the_base(differing: PlotPanel, document: StandingDocument) -> None:
    order = [STRONG, WEAK, HAPPENED]
    count = 0
    for pane in panes_of(differing):
        for line in pane.spec.lines:
            for position, scenario in enumerate(order):
                if position == 0 or line.is_compared:
                    item = pane.lines[line.series, position]
                    series, base = (
                        series_values(document.balance(name), line.series).tolist() for name in (scenario, BASE)
                    )
                    expected = [value - other for value, other in zip(series, base, strict=True)]
                    np.testing.assert_array_equal(item.values, expected)
                    assert item.isVisible()
                    count += 1
    assert count > 40


def test_that_the_base_itself_has_no_line_and_no_key(differing: PlotPanel) -> None:
    base = 3
    for pane in panes_of(differing):
        assert not any(item.isVisible() for (_, position), item in pane.lines.items() if position == base)
    assert [key.text for key in differing.key.keys] == [STRONG, WEAK, HAPPENED]


def test_that_going_back_shows_the_series_again(differing: PlotPanel, document: StandingDocument) -> None:
    pane = pane_of(differing, "balance")
    differing.difference.trigger()
    np.testing.assert_array_equal(pane.lines["balance", 0].values, document.balance().series("balance"))
    assert pane.lines["balance", 3].isVisible()
    assert pane.header.unit == "kt"
    assert pane_of(differing, "bauxite").backdrop.guide == 1.0


def test_that_each_title_says_that_these_are_differences(differing: PlotPanel) -> None:
    assert all("difference to base" in pane.header.unit for pane in panes_of(differing))
    assert pane_of(differing, "balance").header.unit == "kt, difference to base"
    assert pane_of(differing, "credibility").header.unit == "percentage points, difference to base"


def test_that_the_zero_line_is_always_in_sight(differing: PlotPanel) -> None:
    for pane in panes_of(differing):
        if not pane.is_blank:
            low, high = pane.view.viewRange()[1]
            assert low <= 0.0 <= high


def test_that_what_really_happened_is_hidden(differing: PlotPanel, document: StandingDocument) -> None:
    pane = pane_of(differing, "stock")
    assert pane.points is not None
    assert not np.isfinite(pane.points.values).any()
    assert "actual" not in [key.text for key in pane.header.keys]
    assert shown_of(document.solution).past_end == pane.backdrop.past_end  # type: ignore[arg-type]


def test_that_the_balance_is_shaded_where_the_scenario_is_looser_or_tighter(
    differing: PlotPanel, document: StandingDocument
) -> None:
    pane = pane_of(differing, "balance")
    expected = document.balance().series("balance") - document.balance(BASE).series("balance")
    assert pane.area is not None
    assert pane.area.isVisible()
    np.testing.assert_array_equal(pane.area.upper, expected)
    assert [key.text for key in pane.header.keys] == ["looser", "tighter"]


def test_that_areas_between_two_series_are_hidden_and_come_back(differing: PlotPanel) -> None:
    for name in ("capacity", "policy"):
        area = pane_of(differing, name).area
        assert area is not None
        assert not area.isVisible()
        assert not {"idle", "gap"} & {key.text for key in pane_of(differing, name).header.keys}
    differing.difference.trigger()
    area = pane_of(differing, "capacity").area
    assert area is not None
    assert area.isVisible()


def test_that_layers_are_differences_that_add_up_to_the_total(differing: PlotPanel) -> None:
    pane = pane_of(differing, "provinces")
    assert pane.stack is not None
    assert pane.stack.names
    total = pane.lines["operating", 0].values
    np.testing.assert_allclose(np.sum(pane.stack.layers, axis=0), total, atol=1e-6)
    above, below = pane.stack.tops[-1], pane.stack.bottoms[-1]
    np.testing.assert_allclose(above + below, total, atol=1e-6)
    assert (above >= 0).all()
    assert (below <= 0).all()
    low, high = pane.view.viewRange()[1]
    assert low <= below.min()
    assert above.max() <= high


def test_that_only_layers_that_differ_are_drawn(differing: PlotPanel, document: StandingDocument) -> None:
    pane = pane_of(differing, "provinces")
    provinces, base = (document.balance(name).by_province("operating") for name in (STRONG, BASE))
    changed = {name for name in provinces if np.abs(provinces[name] - base[name]).sum() > 1e-6}
    assert pane.stack is not None
    assert set(pane.stack.names) - {"Others"} <= changed
    sectors = pane_of(differing, "sectors").stack
    assert sectors is not None
    assert sectors.names == ()  # enforcement changes no consumption


def test_that_a_month_reads_as_signed_differences(differing: PlotPanel, document: StandingDocument) -> None:
    t = document.balance().horizon.index(DECEMBER)
    pane = pane_of(differing, "stock")
    texts = [reading.value for reading in pane.readings(t)]
    expected = [
        float(document.balance(name).series("stock")[t] - document.balance(BASE).series("stock")[t])
        for name in (STRONG, WEAK, HAPPENED)
    ]
    assert texts == [("−" if value < 0 else "+") + f"{abs(value):,.0f}" for value in expected]
    assert all(reading.value.endswith(" pp") for reading in pane_of(differing, "credibility").readings(t))


def test_that_a_click_still_traces_the_number_of_the_scenario(differing: PlotPanel) -> None:
    plot = differing.plot("price")
    assert isinstance(plot, MonthPlot)
    differing.span.set_month(DECEMBER)
    hits = plot.hits()
    assert str(hits[0].measure) == "price 2017-12 end"
    assert hits[0].scenario.name == STRONG
    pane = pane_of(differing, "provinces")
    assert pane.stack is not None
    named = [hit for hit in _plot(differing, "provinces").hits() if hit.measure.names]
    assert {hit.label for hit in named} <= set(pane.stack.names)
    assert len({hit.label for hit in named}) == len(named)


def _plot(panel: PlotPanel, name: str) -> MonthPlot:
    plot = panel.plot(name)
    assert isinstance(plot, MonthPlot)
    return plot


def test_that_a_layer_below_zero_is_hit_where_it_is_drawn(differing: PlotPanel) -> None:
    plot, pane = _plot(differing, "provinces"), pane_of(differing, "provinces")
    assert pane.stack is not None
    t = pane.shown.horizon.index(DECEMBER)  # type: ignore[union-attr]
    bands = [band for band in pane.stack.bands() if band[2][t] < band[1][t]]
    place, inner, outer = max(bands, key=lambda band: band[1][t] - band[2][t])
    level = float(inner[t] + outer[t]) / 2
    spot = pane.view.mapToScene(pane.view.mapFromView(QPointF(DECEMBER.ordinal, level)))
    hit = plot.hits(QPointF(plot.mapFromScene(spot)))[0]
    assert hit.label in (pane.stack.names[place], "Operating by province, total")


def test_that_the_summary_and_the_table_are_differences_and_say_so(
    differing: PlotPanel, document: StandingDocument
) -> None:
    plot = _plot(differing, "balance")
    assert "Differences to the base." in plot.summary
    headers, rows = plot.table()
    assert headers[1] == f"Balance (kt, difference to base) – {STRONG}"
    assert not any("Actual" in header or "Base" in header for header in headers)
    series = document.balance().series("balance") - document.balance(BASE).series("balance")
    assert [row[1] for row in rows] == series.tolist()


def test_that_pictures_and_copied_data_are_those_of_the_mode(differing: PlotPanel, qtbot: QtBot) -> None:
    plot = _plot(differing, "stock_days")
    differing.copy_data(plot)
    assert QGuiApplication.clipboard().text() == table_text(plot)
    assert "difference to base" in QGuiApplication.clipboard().text()
    picture = Picture(plot, Heading("Plan", "today"))
    assert picture.shown.is_difference
    drawn = picture.plot
    assert isinstance(drawn, MonthPlot)
    np.testing.assert_array_equal(
        drawn.panes[0].lines["stock_days", 0].values, plot.panes[0].lines["stock_days", 0].values
    )
    picture.close()
    assert not picture_image(plot, Heading("Plan", "today")).isNull()


def test_that_with_the_base_selected_the_ticked_scenarios_are_shown_against_it(
    differing: PlotPanel, document: StandingDocument
) -> None:
    document.show_scenario(BASE, (WEAK,))
    pane = pane_of(differing, "balance")
    expected = document.balance(WEAK).series("balance") - document.balance(BASE).series("balance")
    np.testing.assert_array_equal(pane.lines["balance", 1].values, expected)
    assert not pane.lines["balance", 0].isVisible()
    assert pane.area is not None
    assert not pane.area.isVisible()
    assert pane_of(differing, "sectors").stack.names == ()  # type: ignore[union-attr]
    assert "Weak demand" in _plot(differing, "balance").summary


def test_that_the_base_alone_says_what_to_do(differing: PlotPanel, document: StandingDocument) -> None:
    document.show_scenario(BASE)
    for pane in panes_of(differing):
        assert pane.is_blank
        assert "tick another scenario" in pane.backdrop.notice
    document.show_scenario(WEAK)
    assert not pane_of(differing, "balance").is_blank


def test_that_an_edit_keeps_the_mode_and_shows_the_new_difference(
    differing: PlotPanel, document: StandingDocument
) -> None:
    before = pane_of(differing, "stock").lines["stock", 0].values.copy()
    document.solve(document.plan.with_value("assumptions/opening_stock/value", 900.0))
    after = pane_of(differing, "stock").lines["stock", 0].values
    expected = document.balance().series("stock") - document.balance(BASE).series("stock")
    np.testing.assert_array_equal(after, expected)
    assert not np.array_equal(before, after)


def test_that_the_key_of_the_mode_works_from_anywhere_in_the_panel(panel: PlotPanel, qtbot: QtBot) -> None:
    qtbot.waitExposed(panel)
    panel.activateWindow()
    with qtbot.waitSignal(panel.difference_changed) as changed:
        qtbot.keyClick(panel, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert changed.args == [True]
    assert panel.difference_button.isChecked()
    assert "Ctrl+B" in panel.difference_button.toolTip()


def test_that_the_menu_of_a_plot_offers_the_mode(panel: PlotPanel) -> None:
    menu = panel.plot_menu(panel.plot("balance"))
    assert panel.difference in menu.actions()


def test_that_the_cost_curve_shows_that_of_the_base_beside(differing: PlotPanel, document: StandingDocument) -> None:
    plot = differing.plot(COST_CURVE)
    assert isinstance(plot, CostCurvePlot)
    t = plot.month_index
    expected = cost_curve(document.balance(BASE), t)
    assert plot.item.other is not None
    np.testing.assert_array_equal(plot.item.other.running, expected.running)
    price, base = cost_curve(document.balance(), t).price, expected.price
    assert plot.header.readings[0].value == f"{price:,.0f} ({price - base:+,.0f})"
    assert f"{base:,.0f}" in [reading.value for reading in plot.header.readings]
    differing.difference.trigger()
    assert plot.item.other is None


def test_that_scenarios_with_other_months_are_compared_month_by_month(document: StandingDocument) -> None:
    plants = example().plants
    begun = [replace(plant, first_output=None) for plant in plants]  # none may begin before the first month
    plan = example().with_table(plants.replaced(begun)).with_value("plan/First month/value", "2017-04")
    here, base = solve(plan, BASE), document.balance(BASE)
    scenarios = (ShownScenario("Later", here, 0), ShownScenario(BASE, base, 1))
    x = np.array([month.ordinal for month in here.horizon.months], dtype=np.float64)
    shown = Shown(scenarios, here.horizon, x, None, {}).as_difference()
    values = shown.values(scenarios[0], "consumption")
    inside = len(base.horizon) - 3
    np.testing.assert_allclose(
        values[:inside], here.series("consumption")[:inside] - base.series("consumption")[3:], rtol=1e-12
    )
    assert np.isnan(values[inside:]).all()
