"""The panel: which plots, how they are laid out, mouse and keys, what it says while it waits."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.calendar import Month
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.plan import Plan
from aluplanner.model.unread_rules import UNREAD
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.plots.plot_grid import column_count, placed
from aluplanner.ui.theme import DARK, apply_theme, current_theme
from tests.ui.standing import HAPPENED, STRONG, WEAK, StandingDocument, example

NAMES = (*(spec.name for spec in plot_specs()), COST_CURVE)


@pytest.fixture
def document() -> StandingDocument:
    return StandingDocument(example(), STRONG, (HAPPENED, WEAK))


@pytest.fixture
def panel(qtbot: QtBot, document: StandingDocument) -> PlotPanel:
    made = PlotPanel(document)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    return made


def test_that_five_plots_are_shown_at_first(panel: PlotPanel) -> None:
    assert panel.chosen == ("balance", "capacity", "policy", "price", "stock_days")
    assert all(plot.isVisible() for plot in panel.plots)


def test_that_the_planner_chooses_plots_from_the_menu(panel: PlotPanel, qtbot: QtBot) -> None:
    menu = panel.plots_button.menu()
    actions = {action.data(): action for action in menu.actions()}
    assert set(actions) == set(NAMES)
    with qtbot.waitSignal(panel.plots_chosen):
        actions["provinces"].trigger()
    with qtbot.waitSignal(panel.plots_chosen):
        actions["price"].trigger()
    assert panel.chosen == ("balance", "capacity", "policy", "stock_days", "provinces")
    assert not panel.plot("price").isVisible()
    provinces = panel.plot("provinces")
    assert provinces.isVisible()
    assert provinces.shown is panel.shown


def test_that_unknown_plots_are_left_out(panel: PlotPanel) -> None:
    panel.choose(["price", "weather"])
    assert panel.chosen == ("price",)


@pytest.mark.parametrize(("width", "columns"), [(300, 1), (520, 1), (640, 2), (900, 2), (1300, 3)])
def test_that_columns_suit_the_width(width: int, columns: int) -> None:
    assert column_count(width, 5) == columns
    assert column_count(width, 1) == 1


def test_that_plots_go_to_the_shortest_column_in_order() -> None:
    assert placed([230, 240, 190, 290, 150], 2) == [[0, 2, 4], [1, 3]]


@pytest.mark.parametrize("size", [(300, 400), (640, 480), (900, 800), (1400, 900)])
def test_that_no_plot_is_cut_or_covered(panel: PlotPanel, qtbot: QtBot, size: tuple[int, int]) -> None:
    panel.choose(NAMES)
    panel.resize(*size)
    qtbot.waitUntil(lambda: abs(panel.grid.width() - size[0]) < 40)
    boxes = [plot.geometry() for plot in panel.plots]
    assert all(box.height() >= plot.minimumHeight() for box, plot in zip(boxes, panel.plots, strict=True))
    assert all(panel.grid.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[i + 1 :])


def test_that_every_scenario_is_named_at_any_width(panel: PlotPanel, qtbot: QtBot) -> None:
    panel.resize(420, 400)
    qtbot.waitUntil(lambda: panel.width() == 420)
    places, rows = panel.key._flow(panel.key.width())
    assert len(places) == 4
    assert rows > 1
    assert panel.key.height() >= rows * panel.key._row
    assert [key.text for key in panel.key.keys] == [STRONG, WEAK, HAPPENED, "Base"]


def _wheel(plot: MonthPlot, modifiers: Qt.KeyboardModifier) -> QWheelEvent:
    place = QPointF(plot.viewport().rect().center())
    event = QWheelEvent(
        place, QPointF(plot.viewport().mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)
    return event


def _balance(panel: PlotPanel) -> MonthPlot:
    plot = panel.plot("balance")
    assert isinstance(plot, MonthPlot)
    return plot


def test_that_the_plain_wheel_is_left_to_the_scroll_bar_and_ctrl_wheel_zooms(panel: PlotPanel) -> None:
    assert not _wheel(_balance(panel), Qt.KeyboardModifier.NoModifier).isAccepted()
    assert panel.span.is_fitted
    assert _wheel(_balance(panel), Qt.KeyboardModifier.ControlModifier).isAccepted()
    assert not panel.span.is_fitted


def _at(plot: MonthPlot, month: Month) -> QPoint:
    view = plot.panes[0].view
    x = (month.ordinal - plot.span.low) / plot.months_per_pixel()
    return plot.mapFromScene(view.mapToScene(QPointF(x, view.size().height() / 2)))


def test_that_the_pointer_moves_one_crosshair_through_all_plots(panel: PlotPanel, qtbot: QtBot) -> None:
    month = Month.of(2018, 3)
    plot = _balance(panel)
    qtbot.mouseMove(plot.viewport(), _at(plot, month))
    assert panel.span.month == month
    price = panel.plot("price")
    assert isinstance(price, MonthPlot)
    assert all(pane.crosshair.position == month.ordinal for pane in price.panes)


def test_that_dragging_moves_the_months_and_a_double_click_fits(panel: PlotPanel, qtbot: QtBot) -> None:
    panel.span.zoom(0.4, Month.of(2018, 1).ordinal)
    plot = _balance(panel)
    low, place = panel.span.low, _at(plot, Month.of(2018, 1))
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(plot.viewport(), place + QPoint(40, 0))
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(40, 0))
    assert panel.span.low == pytest.approx(low - 40 * plot.months_per_pixel())
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.span.is_fitted


def test_that_the_fit_button_shows_all_months(panel: PlotPanel, qtbot: QtBot) -> None:
    panel.span.zoom(0.3, Month.of(2018, 1).ordinal)
    qtbot.mouseClick(panel.fit_button, Qt.MouseButton.LeftButton)
    assert panel.span.is_fitted


def test_that_everything_works_by_keyboard(panel: PlotPanel, qtbot: QtBot) -> None:
    plot = _balance(panel)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert panel.span.month == Month.of(2017, 2)
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert panel.span.month == Month.of(2018, 2)
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert panel.span.month == Month.of(2018, 12)
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert not panel.span.is_fitted
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert panel.span.is_fitted
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert panel.span.month is None


def test_that_every_plot_has_a_name_and_a_summary_for_screen_readers(panel: PlotPanel) -> None:
    panel.choose(NAMES)
    for plot in panel.plots:
        assert plot.accessibleName()
        assert STRONG in plot.summary
    plot = _balance(panel)
    plot.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert plot.accessibleDescription() == plot.summary


def test_that_a_long_solve_is_mentioned_and_a_short_one_is_not(
    panel: PlotPanel, document: StandingDocument, qtbot: QtBot
) -> None:
    document.set_busy(True)
    assert panel.mark.text() == ""
    document.set_busy(False)
    assert panel.mark.text() == ""
    document.set_busy(True)
    qtbot.waitUntil(lambda: panel.mark.text() == "updating…")
    assert panel.plots[0].isVisible()
    document.set_busy(False)
    assert panel.mark.text() == ""


def test_that_errors_leave_the_last_good_picture_and_say_so(panel: PlotPanel, document: StandingDocument) -> None:
    before = _balance(panel).panes[0].lines["balance", 0].values
    document.set_issues(Issue(Severity.ERROR, "range", "Too large."))
    assert panel.mark.text() == "errors: last good picture"
    np.testing.assert_array_equal(_balance(panel).panes[0].lines["balance", 0].values, before)
    document.set_issues(Issue(Severity.WARNING, "over-closed", "Much."))
    assert panel.mark.text() == ""


def test_that_texts_that_could_not_be_read_leave_a_picture_of_the_plan_as_it_stands(
    panel: PlotPanel, document: StandingDocument
) -> None:
    document.set_issues(Issue(Severity.ERROR, UNREAD, "“abc” is not a number."))
    assert panel.mark.text() == "errors: last good values"
    document.set_issues(Issue(Severity.ERROR, UNREAD, "No number."), Issue(Severity.ERROR, "range", "Too large."))
    assert panel.mark.text() == "errors: last good picture"


def test_that_no_picture_of_another_plan_stays_when_one_opens_that_cannot_be_solved(
    panel: PlotPanel, document: StandingDocument
) -> None:
    document.solution = None
    document.set_busy(True)
    assert panel.scroll_area.isVisible(), "no flicker while the new plan is being solved"
    document.set_busy(False)
    assert panel.welcome.isVisible()
    assert not panel.scroll_area.isVisible()
    assert not panel.key.isVisible()
    document.solve(document.plan)
    assert panel.scroll_area.isVisible()
    assert panel.key.isVisible()
    assert not panel.welcome.isVisible()


def test_that_an_empty_plan_says_what_to_do(qtbot: QtBot) -> None:
    document = Document(Plan())
    panel = PlotPanel(document)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.welcome.isVisible()
    assert not panel.scroll_area.isVisible()
    document.close()


def test_that_an_edit_of_the_document_reaches_the_plots(qtbot: QtBot) -> None:
    document = Document(example())
    panel = PlotPanel(document)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: panel.shown is not None)
    before = _balance(panel).panes[1].lines["stock", 0].values
    with qtbot.waitSignal(document.solved):
        document.set_cell("assumptions", "opening_stock", "value", 500.0)
    after = _balance(panel).panes[1].lines["stock", 0].values
    np.testing.assert_allclose(after - before, 230.0)
    document.close()


def test_that_the_theme_reaches_the_plots(panel: PlotPanel, qapp: QApplication) -> None:
    before = current_theme().name
    try:
        apply_theme(qapp, DARK)
        line = _balance(panel).panes[0].lines["balance", 0]
        assert line.style == current_theme().selected
        assert _balance(panel).backgroundBrush().color().name() == current_theme().canvas
    finally:
        apply_theme(qapp, before)


def test_that_a_plots_menu_copies_and_saves(
    panel: PlotPanel, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plot = _balance(panel)
    menu = panel.plot_menu(plot)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    actions["Copy data with headers"].trigger()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0].startswith("Month\tBalance (kt)")
    assert len(text.splitlines()) == 25
    actions["Copy picture"].trigger()
    assert not QGuiApplication.clipboard().image().isNull()
    target = tmp_path_factory.mktemp("pictures") / "balance"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    actions["Save as SVG…"].trigger()
    assert target.with_name("balance.svg").read_bytes().startswith(b"<?xml")
