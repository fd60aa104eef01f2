"""Claims made of numbers: wording, rounding, one step, and the menus of every place that shows numbers."""

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.analysis.claims import check_claims
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.calendar import Month
from aluplanner.model.measure import parse_measure
from aluplanner.model.solver import solve
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.panels.claims_making import ClaimMaker, add_claim_menu, maker_for
from aluplanner.ui.panels.claims_new import AT_LEAST, AT_MOST, EQUALS, RELATIONS, make_claim, rounded
from aluplanner.ui.panels.headline import HeadlineStrip
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.results.page import ResultsPage

TODAY = date(2017, 7, 1)


@given(st.floats(-1e7, 1e7), st.sampled_from(RELATIONS))
def test_that_a_rounded_claim_holds_of_its_number(number: float, relation: str) -> None:
    found = rounded(number, relation)
    slack = found.tolerance or 0.0
    if relation == AT_LEAST:
        assert number >= found.value - slack
    elif relation == AT_MOST:
        assert number <= found.value + slack
    else:
        assert abs(number - found.value) <= slack * (1 + 1e-9)
    assert math.isclose(found.value, number, rel_tol=2e-3)


@pytest.mark.parametrize(
    ("number", "relation", "value", "tolerance"),
    [
        (1993.7, AT_LEAST, 1993.0, None),
        (1993.2, AT_MOST, 1994.0, None),
        (37780.6, AT_LEAST, 37780.0, None),
        (-12.3456, AT_LEAST, -12.35, None),
        (-12.3456, AT_MOST, -12.34, None),
        (0.0540347, EQUALS, 0.05403, 0.000005),
        (2000.0, EQUALS, 2000.0, None),
        (0.0, AT_MOST, 0.0, None),
    ],
)
def test_that_few_digits_are_kept(number: float, relation: str, value: float, tolerance: float | None) -> None:
    found = rounded(number, relation)
    assert found.value == value
    assert found.tolerance == (None if tolerance is None else pytest.approx(tolerance))


@pytest.mark.parametrize("relation", RELATIONS)
def test_that_a_claim_is_one_step_with_words_and_a_source_and_holds(document: Document, relation: str) -> None:
    measure = parse_measure("balance 2017H2 sum", document.plan)
    number = solve(document.plan, "Strict").measure(measure)
    assert number is not None
    steps, count = document.undo_stack.count(), len(document.plan.claims)
    name = make_claim(document, "Strict", measure, number, relation, TODAY)
    assert document.undo_stack.count() == steps + 1
    claim = document.plan.claims.find(name)
    assert claim is not None
    assert claim.claim.startswith(f"Balance, H2 2017, sum: {relation} ")
    assert claim.claim.endswith(" kt")
    assert (claim.measure, claim.relation, claim.source) == (
        "balance 2017H2 sum", relation, "AluPlanner, Strict, 2017-07-01",
    )  # fmt: skip
    found = next(result for result in check_claims(solve(document.plan, "Strict")) if result.claim == claim)
    assert found.holds
    again = make_claim(document, "Strict", measure, number, relation, TODAY)
    assert again == f"{name} (2)"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert len(document.plan.claims) == count


def test_that_a_widget_outside_a_window_that_makes_claims_offers_none(document: Document, qtbot: QtBot) -> None:
    window, lone = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(lone)
    inner = QWidget(window)
    maker = ClaimMaker(document, window)
    assert maker_for(inner) is maker
    assert maker_for(lone) is None
    menu = QMenu(lone)
    add_claim_menu(menu, lone, ("Base", parse_measure("stock 2017 end", document.plan)))
    assert menu.isEmpty()


def test_that_a_number_that_is_not_there_offers_no_claim(document: Document, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    maker = ClaimMaker(document, window)
    measure = parse_measure("stock 2017 end", document.plan)
    assert maker.number("Base", measure) is not None
    assert document.solution is not None
    assert "Stricter" not in document.solution.balances
    assert maker.number("Stricter", measure) == solve(document.plan, "Stricter").measure(measure)
    assert maker.number("No such scenario", measure) is None
    assert maker.menu(window, "No such scenario", measure) is None


# In the window


@pytest.fixture
def window(document: Document, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made = MainWindow(document, preferences)
    made.add_plots()
    with qtbot.waitExposed(made):
        made.showNormal()
    yield made
    document.undo_stack.setClean()
    made.close()
    made.deleteLater()


def claim_actions(menu: QMenu) -> list[QAction]:
    """Return the entries that make claims, of one number or of several."""
    entries = [action for action in menu.actions() if "c&laim" in action.text()]
    assert len(entries) == 1, [action.text() for action in menu.actions()]
    found: list[QAction] = []
    for action in submenu(entries[0]).actions():
        found += submenu(action).actions() if action.menu() is not None else [action]
    return found


def submenu(action: QAction) -> QMenu:
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def check_made(window: MainWindow, action: QAction) -> None:
    """Make a claim and see it in its table, its name the current cell."""
    count = len(window.document.plan.claims)
    text = action.text().replace("&&", "&")
    action.trigger()
    claims = window.document.plan.claims
    assert len(claims) == count + 1
    assert claims[count].claim == text
    view = window.tables.current_view()
    assert view is not None
    assert view.plan_model.table.name == "claims"
    assert view.currentIndex().data() == text
    assert view.hasFocus() or not window.isActiveWindow()


def test_that_a_plot_makes_a_claim_of_its_numbers(window: MainWindow) -> None:
    panel = window.findChild(PlotPanel)
    assert panel is not None
    plot = panel.plot("capacity")
    assert isinstance(plot, MonthPlot)
    pane, month = plot.panes[0], Month.of(2017, 7)
    level = float(window.document.solution.selected.series("operating")[6])  # type: ignore[union-attr]
    low, high = pane.view.viewRange()[1]
    x = (month.ordinal - plot.span.low) / plot.months_per_pixel()
    y = (high - level) / (high - low) * pane.view.size().height()
    plot.asked_at = QPointF(plot.mapFromScene(pane.view.mapToScene(QPointF(x, y))))
    menu = panel.plot_menu(plot)
    actions = claim_actions(menu)
    assert actions[0].text().startswith("Operating capacity, Jul 17: at least ")
    check_made(window, actions[0])
    menu.deleteLater()


def test_that_a_result_table_makes_a_claim_of_a_cell(window: MainWindow, qtbot: QtBot) -> None:
    assert window.results is not None
    window.show_other_results()
    page = window.findChild(ResultsPage)
    assert page is not None
    view = page.view
    qtbot.waitUntil(lambda: view.model().rowCount() > 1)
    cells = ((row, column) for row in range(view.model().rowCount()) for column in range(view.model().columnCount()))
    row, column = next((r, c) for r, c in cells if view.results.measure(r, c) is not None)
    view.setCurrentIndex(view.model().index(row, column))
    menu = view.menu()
    actions = claim_actions(menu)
    assert len(actions) == len(RELATIONS)
    check_made(window, actions[1])
    menu.deleteLater()


def test_that_the_trace_makes_a_claim_of_its_number_and_of_its_parts(window: MainWindow, qtbot: QtBot) -> None:
    window.show_trace("Base", parse_measure("balance 2017-10 sum", window.document.plan))
    view = window.docks.trace_panel.body.view
    model = view.trace_model
    rows = [model.row(row).part for row in range(model.rowCount())]
    whole = rows.index(None)
    part = next(row for row, found in enumerate(rows) if found is not None and found.measure is not None)
    for row in (whole, part):
        view.setCurrentIndex(model.index(row, 0))
        menu = view.menu()
        check_made(window, claim_actions(menu)[0])
        menu.deleteLater()


def test_that_the_headline_makes_a_claim_of_a_figure(window: MainWindow) -> None:
    strip = window.findChild(HeadlineStrip)
    assert strip is not None
    cell = strip.cells.cells[1]
    place = cell.mapTo(strip, cell.rect().center())
    menu = strip.menu(place)
    actions = claim_actions(menu)
    assert actions[0].text().startswith("Balance, H2 2017, sum: at least")
    check_made(window, actions[0])
    menu.deleteLater()
    nothing = strip.menu(QPoint(-5, -5))
    assert nothing.isEmpty()
    nothing.deleteLater()
