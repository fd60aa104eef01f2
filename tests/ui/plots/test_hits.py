"""A click on a plot asks what makes the number nearest to it; a drag does not."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.analysis.trace import trace
from aluplanner.model.calendar import Month
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.cost_curve import CostCurvePlot
from aluplanner.ui.plots.hits import Hit, hits_of, nearest_hit
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.pane import Pane
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.plots.shown import series_values
from tests.ui.standing import HAPPENED, STRONG, StandingDocument, example

NAMES = tuple(spec.name for spec in plot_specs())
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
MONTH = Month.of(2017, 11)


@pytest.fixture
def document() -> StandingDocument:
    return StandingDocument(example(), STRONG, (HAPPENED,))


@pytest.fixture
def panel(qtbot: QtBot, document: StandingDocument) -> PlotPanel:
    made = PlotPanel(document)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.choose((*NAMES, COST_CURVE))
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def plot_of(panel: PlotPanel, name: str) -> MonthPlot:
    plot = panel.plot(name)
    assert isinstance(plot, MonthPlot)
    return plot


def pane_of(plot: MonthPlot, name: str) -> Pane:
    return next(pane for pane in plot.panes if pane.spec.name == name)


def point(plot: MonthPlot, pane: Pane, month: Month, level: float) -> QPoint:
    """Return where a month and a level are on the viewport."""
    low, high = pane.view.viewRange()[1]
    size = pane.view.size()
    x = (month.ordinal - plot.span.low) / plot.months_per_pixel()
    y = (high - level) / (high - low) * size.height()
    return plot.mapFromScene(pane.view.mapToScene(QPointF(x, y)))


@pytest.mark.parametrize(
    ("name", "pane_name", "series"),
    [
        ("balance", "balance", "balance"), ("balance", "stock", "stock"), ("capacity", "capacity", "built"),
        ("capacity", "pipeline", "commissioned"), ("policy", "policy", "overhang"),
        ("price", "credibility", "credibility"),
        ("stock_days", "stock_days", "stock_days"), ("production", "production", "consumption"),
        ("alumina", "alumina", "alumina_stock"), ("alumina", "bauxite", "bauxite_cover"),
    ],
)  # fmt: skip
def test_that_a_click_asks_what_makes_the_number_nearest_to_it(
    panel: PlotPanel, document: StandingDocument, qtbot: QtBot, name: str, pane_name: str, series: str
) -> None:
    plot = plot_of(panel, name)
    pane = pane_of(plot, pane_name)
    level = float(series_values(document.balance(), series)[10])
    with qtbot.waitSignal(panel.trace_requested) as asked:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=point(plot, pane, MONTH, level))
    scenario, measure = asked.args
    assert (scenario, str(measure)) == (STRONG, f"{series} 2017-11 end")


def test_that_a_click_on_another_scenarios_line_asks_about_that_scenario(
    panel: PlotPanel, document: StandingDocument, qtbot: QtBot
) -> None:
    plot = plot_of(panel, "balance")
    pane = pane_of(plot, "stock")
    level = float(document.balance(HAPPENED).series("stock")[20])
    with qtbot.waitSignal(panel.trace_requested) as asked:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=point(plot, pane, Month.of(2018, 9), level))
    assert asked.args[0] == HAPPENED
    assert str(asked.args[1]) == "stock 2018-09 end"


def test_that_where_lines_meet_the_selected_scenario_is_meant(panel: PlotPanel, document: StandingDocument) -> None:
    pane = pane_of(plot_of(panel, "balance"), "stock")
    month = Month.of(2017, 1)
    level = float(document.balance().series("stock")[0])
    found = nearest_hit(pane, month, level, 1.0)
    assert found is not None
    assert found.scenario.name == STRONG


def test_that_a_drag_or_a_click_beside_the_panes_asks_nothing(panel: PlotPanel, qtbot: QtBot) -> None:
    plot = plot_of(panel, "balance")
    asked: list[object] = []
    panel.trace_requested.connect(lambda *_: asked.append(_))
    panel.span.zoom(0.5, Month.of(2018, 1).ordinal)
    start = point(plot, plot.panes[0], Month.of(2018, 1), 0.0)
    far = start + QPoint(2 * QApplication.startDragDistance(), 0)
    qtbot.mousePress(plot.viewport(), LEFT, pos=start)
    qtbot.mouseMove(plot.viewport(), far)
    qtbot.mouseMove(plot.viewport(), start)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=start)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=QPoint(3, plot.height() // 2))
    qtbot.mouseClick(plot.viewport(), RIGHT, pos=start)
    assert asked == []


def test_that_every_number_of_every_plot_can_be_traced_and_is_the_number_shown(panel: PlotPanel) -> None:
    count = 0
    for name in NAMES:
        for pane in plot_of(panel, name).panes:
            values = dict(zip(map(_label, hits_of(pane, MONTH)), hits_of(pane, MONTH), strict=True))
            for hit in values.values():
                assert trace(hit.scenario.balance, hit.measure).value == pytest.approx(_shown(pane, hit)), hit
                count += 1
    assert count > 60


def _label(hit: Hit) -> tuple[str, str]:
    return hit.label, hit.scenario.name


def _shown(pane: Pane, hit: Hit) -> float:
    assert pane.shown is not None
    t = pane.shown.horizon.index(MONTH)
    if pane.stack and hit.label in pane.stack.names:
        return float(pane.stack.layers[pane.stack.names.index(hit.label)][t])
    series = next(line.series for line in pane.spec.lines if hit.label.lower().endswith(line.label.lower()))
    return float(series_values(hit.scenario.balance, series)[t])


@pytest.mark.parametrize(("name", "series"), [("provinces", "operating"), ("sectors", "consumption")])
def test_that_a_click_on_a_layer_asks_about_its_province_or_sector(
    panel: PlotPanel, qtbot: QtBot, name: str, series: str
) -> None:
    plot = plot_of(panel, name)
    pane = plot.panes[0]
    assert pane.stack is not None
    panel.scroll_area.ensureWidgetVisible(plot)
    for place, (layer, top) in enumerate(zip(pane.stack.names, pane.stack.tops, strict=True)):
        low = pane.stack.tops[place - 1][10] if place else 0.0
        with qtbot.waitSignal(panel.trace_requested) as asked:
            qtbot.mouseClick(plot.viewport(), LEFT, pos=point(plot, pane, MONTH, (top[10] + low) / 2))
        if place < len(pane.stack.names) - 1:
            expected = f"{series}[{layer}] 2017-11 end", f"{series} 2017-11 end"
            assert str(asked.args[1]) in expected
            if (top[10] - low) > 0.2 * pane.stack.tops[-1][10]:
                assert str(asked.args[1]) == expected[0]


def test_that_enter_asks_about_the_month_under_the_crosshair(panel: PlotPanel, qtbot: QtBot) -> None:
    plot = plot_of(panel, "price")
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.trace_requested) as asked:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert (asked.args[0], str(asked.args[1])) == (STRONG, "price 2017-02 end")


def _menu_texts(panel: PlotPanel, plot: MonthPlot) -> list[str]:
    menu = panel.plot_menu(plot)
    texts = [action.text() for action in menu.actions() if action.text().startswith("Trace")]
    menu.deleteLater()
    return texts


def test_that_the_menu_traces_what_was_clicked_on_or_by_keyboard_any_number_of_the_month(
    panel: PlotPanel, document: StandingDocument, qtbot: QtBot
) -> None:
    plot = plot_of(panel, "capacity")
    pane = pane_of(plot, "capacity")
    level = float(document.balance().series("built")[10])
    place = point(plot, pane, MONTH, level)
    menu_shown: list[MonthPlot] = []
    plot.menu_requested.disconnect()
    plot.menu_requested.connect(lambda asked, _: menu_shown.append(asked))
    _ask_for_menu(plot, QContextMenuEvent.Reason.Mouse, place)
    assert menu_shown == [plot]
    assert _menu_texts(panel, plot) == [f"Trace Built in Nov 17, {STRONG}"]
    panel.span.set_month(Month.of(2017, 3))
    _ask_for_menu(plot, QContextMenuEvent.Reason.Keyboard, place)
    texts = _menu_texts(panel, plot)
    assert texts[0] == f"Trace Built in Mar 17, {STRONG}"
    assert "Trace Commissioned in Mar 17, Base" in texts
    menu = panel.plot_menu(plot)
    with qtbot.waitSignal(panel.trace_requested) as asked:
        menu.actions()[0].trigger()
    assert str(asked.args[1]) == "built 2017-03 end"


def _ask_for_menu(plot: MonthPlot, reason: QContextMenuEvent.Reason, place: QPoint) -> None:
    event = QContextMenuEvent(reason, place, plot.viewport().mapToGlobal(place))
    assert event.type() == QEvent.Type.ContextMenu
    QApplication.sendEvent(plot.viewport(), event)


def test_that_a_click_on_a_bar_of_the_cost_curve_leads_to_the_plant(panel: PlotPanel, qtbot: QtBot) -> None:
    plot = panel.plot(COST_CURVE)
    assert isinstance(plot, CostCurvePlot)
    curve = plot.item.curve
    assert curve is not None
    panel.scroll_area.ensureWidgetVisible(plot)
    left = 0.0
    for name, width, cost in zip(curve.plants, curve.running.tolist(), curve.costs.tolist(), strict=True):
        low = plot.view.viewRange()[1][0]
        middle = plot.view.mapViewToScene(QPointF(left + width / 2, (low + cost) / 2))
        left += width
        if width / curve.running.sum() * plot.view.size().width() < 4:
            continue
        with qtbot.waitSignal(panel.jump_requested) as jump:
            qtbot.mouseClick(plot.viewport(), LEFT, pos=plot.mapFromScene(middle))
        assert jump.args == ["plants", name, "cash_cost"]
    above = plot.view.mapViewToScene(QPointF(1.0, plot.view.viewRange()[1][1]))
    assert plot.plant_at(QPointF(plot.mapFromScene(above))) == ""
