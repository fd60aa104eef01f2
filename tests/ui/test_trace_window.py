"""From a plot or a result table through the trace to the row, in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSettings, Qt
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.calendar import Month
from aluplanner.model.measure import parse_measure
from aluplanner.ui.dock_heights import LEAST
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.tab_marks import TabMark
from aluplanner.ui.theme import current_theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(document: Document, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made = MainWindow(document, preferences)
    made.add_plots()
    with qtbot.waitExposed(made):
        made.showNormal()
    made.activateWindow()
    yield made
    document.undo_stack.setClean()
    made.close()
    made.deleteLater()


def capacity_plot(window: MainWindow) -> MonthPlot:
    panel = window.findChild(PlotPanel)
    assert panel is not None
    plot = panel.plot("capacity")
    assert isinstance(plot, MonthPlot)
    return plot


def test_that_a_click_on_a_plot_leads_to_the_row_of_a_plant(window: MainWindow, qtbot: QtBot) -> None:
    plot = capacity_plot(window)
    pane, month = plot.panes[0], Month.of(2017, 7)
    level = float(window.document.solution.selected.series("operating")[6])  # type: ignore[union-attr]
    low, high = pane.view.viewRange()[1]
    x = (month.ordinal - plot.span.low) / plot.months_per_pixel()
    y = (high - level) / (high - low) * pane.view.size().height()
    place = plot.mapFromScene(pane.view.mapToScene(QPointF(x, y)))
    assert window.docks.trace.visibleRegion().isEmpty()
    qtbot.mouseClick(plot.viewport(), LEFT, pos=place)
    panel = window.docks.trace_panel
    qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())
    assert panel.body.headline.text().startswith("Operating capacity, Jul 17, Base: ")
    view = panel.body.view
    second = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=second)
    name = view.current_part().label  # type: ignore[union-attr]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    table = window.tables.current_view()
    assert table is not None
    assert table.hasFocus()
    assert table.plan_model.table.name == "plants"
    current = table.currentIndex()
    key = current.siblingAtColumn(table.plan_model.column_of("plant") or 0).data()
    assert key == name
    assert current.column() == table.plan_model.column_of("operating")


def test_that_a_trace_gets_room_for_its_parts_and_keeps_what_it_was_given(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1200, 800)
    window.show_trace("Base", parse_measure("stock 2017-12 end", window.document.plan))
    qtbot.waitUntil(lambda: window.docks.trace.height() >= window.height() // 5)
    height = window.docks.trace.height()
    window.docks.show_issues()
    window.show_trace("Base", parse_measure("price 2017-12 end", window.document.plan))
    assert window.docks.trace.height() == height
    assert window.docks.trace_panel.body.headline.text().startswith("Price, Dec 17")


def test_that_a_figure_of_a_result_table_is_traced(window: MainWindow, qtbot: QtBot) -> None:
    assert window.results is not None
    measure = parse_measure("consumption[Cables] 2017H1 sum", window.document.plan)
    window.results.trace_requested.emit("Base", measure)
    assert window.docks.trace_panel.measure == measure
    assert window.docks.trace_panel.body.headline.text().startswith("Apparent consumption of Cables, H1 2017, sum")


def test_that_a_trace_behind_another_tab_catches_up_when_it_is_seen(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    window.show_trace("Base", parse_measure("operating 2017-01 end", document.plan))
    body = window.docks.trace_panel.body
    assert body.headline.text().endswith("2,200 kt/y")
    window.docks.show_issues()
    qtbot.waitUntil(lambda: body.visibleRegion().isEmpty())
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "North", "operating", 950.0)
    assert body.headline.text().endswith("2,200 kt/y")
    window.docks.trace.raise_()
    qtbot.waitUntil(lambda: body.headline.text().endswith("2,250 kt/y"))


def test_that_a_trace_gives_the_room_it_took_back(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1300, 800)
    docks = window.docks
    qtbot.waitUntil(lambda: window.height() == 800 and docks.issues.height() < 150)
    before = docks.issues.height()
    docks.show_trace("Base", parse_measure("balance 2017H2 sum", window.document.plan))
    qtbot.waitUntil(lambda: docks.trace.height() >= 155)
    docks.issues.raise_()
    qtbot.waitUntil(lambda: docks.issues.height() == before)
    docks.show_trace("Base", parse_measure("balance 2017H2 sum", window.document.plan))
    qtbot.waitUntil(lambda: docks.trace.height() >= 155)
    docks.trace.close()
    qtbot.waitUntil(lambda: not docks.issues.visibleRegion().isEmpty() or not docks.sliders.visibleRegion().isEmpty())
    front = next(dock for dock in docks.all if not dock.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: front.height() == before)


def test_that_a_height_chosen_while_a_trace_is_looked_at_stays(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1300, 800)
    docks = window.docks
    docks.show_trace("Base", parse_measure("balance 2017H2 sum", window.document.plan))
    qtbot.waitUntil(lambda: docks.trace.height() >= 155)
    window.resizeDocks([docks.trace], [300], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: docks.trace.height() > 250)
    chosen = docks.trace.height()
    docks.issues.raise_()
    qtbot.waitUntil(lambda: not docks.issues.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: not docks._heights._settling.isActive())
    assert docks.issues.height() == chosen


def test_that_tables_keep_their_share_of_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(960, 540)
    qtbot.waitUntil(lambda: window.width() == 960)
    window.splitter.setSizes([round(960 * 0.52), round(960 * 0.48)])
    assert window.splitter.sizes()[0] >= 0.45 * 960


def test_that_docks_can_be_as_low_as_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    window.resizeDocks([window.docks.issues], [LEAST], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: window.docks.issues.height() <= LEAST + 2)
    window.docks.show_find()
    qtbot.waitUntil(lambda: window.docks.find_panel.height() >= window.docks.find_panel.minimumSizeHint().height())
    window.docks.issues.raise_()
    qtbot.waitUntil(lambda: window.docks.issues.height() <= LEAST + 2)


def test_that_the_dock_in_front_is_marked_in_the_accent_colour(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(window.findChildren(TabMark)))
    mark = window.findChildren(TabMark)[0]
    before = mark.line
    window.docks.history.raise_()
    qtbot.waitUntil(lambda: mark.line.left() > before.left())
    image = mark.parentWidget().grab(mark.line).toImage()
    assert image.pixelColor(4, 0).name() == current_theme().accent.lower()
