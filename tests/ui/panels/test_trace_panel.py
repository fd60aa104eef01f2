"""The trace on view: it adds up to the number, follows edits, leads to cells, goes to the clipboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.analysis.trace import trace
from aluplanner.document.document import Document
from aluplanner.i18n import NumberStyle, set_number_style
from aluplanner.model.measure import COUNTRY_SERIES, parse_measure
from aluplanner.ui.panels.trace import TracePanel
from aluplanner.ui.panels.trace_model import BAR, DIFFERENCE, PART, SHARE, TARGET, VALUE, TraceModel
from aluplanner.ui.panels.trace_painting import PADDING, SHARE_LETTERS
from aluplanner.ui.panels.trace_words import headline_text, measure_text, part_text
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.theme import THEMES, apply_theme, current_theme
from tests.ui.standing import STRONG, WEAK, StandingDocument, example


@pytest.fixture
def standing() -> StandingDocument:
    return StandingDocument(example())


@pytest.fixture
def panel(qtbot: QtBot, standing: StandingDocument) -> TracePanel:
    made = TracePanel(standing)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1100, 260)
    made.show()
    return made


def show(panel: TracePanel, measure: str, scenario: str = "Base") -> TraceModel:
    panel.show_trace(scenario, parse_measure(measure, panel.document.plan))
    return panel.body.model


def column(model: TraceModel, place: int) -> list[str]:
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_that_an_empty_panel_says_what_to_do(panel: TracePanel) -> None:
    assert panel.nothing.isVisible()
    assert panel.nothing.text().startswith("Click a month in a plot or a cell of a result table")
    assert panel.accessibleDescription() == panel.nothing.text()


def test_that_a_number_is_told_in_a_sentence_and_by_its_parts(panel: TracePanel, standing: StandingDocument) -> None:
    model = show(panel, "production 2017-07 sum")
    value = standing.balance().measure("production 2017-07 sum")
    assert value is not None
    assert panel.body.headline.text() == f"Production, Jul 17, Base: {value:,.0f} kt"
    assert panel.accessibleDescription() == panel.body.headline.text()
    assert panel.body.view.isVisible()
    assert column(model, PART)[0] == "Weiqiao Binzhou"
    assert column(model, PART)[-1] == "Together"
    assert column(model, VALUE)[-1] == part_text(value, "kt")
    assert column(model, SHARE)[-1] == "100.0 %"
    assert column(model, TARGET)[0] == "Plants › Weiqiao Binzhou › Operating"


def test_that_the_last_row_is_the_sum_of_the_others(panel: TracePanel) -> None:
    for series in COUNTRY_SERIES:
        model = show(panel, f"{series} 2017-11 end")
        values = [model.row(row).value for row in range(model.rowCount())]
        assert sum(values[:-1]) == pytest.approx(values[-1], rel=1e-9, abs=1e-9 * max(map(abs, values)))


def test_that_words_name_places_periods_and_how_months_are_reduced(standing: StandingDocument) -> None:
    balance = standing.balance()
    month = month_text(balance.horizon.months[int(balance.series("stock")[6:12].argmin()) + 6])
    words = headline_text(trace(balance, "stock 2017H2 min"))
    assert words.startswith(f"Visible stock, H2 2017, lowest month ({month}), Base: ")
    named = parse_measure("operating[Shandong; Henan] 2017-12 end", standing.plan)
    assert measure_text(named) == "Operating capacity of Shandong, Henan, Dec 17"
    assert "%" in headline_text(trace(balance, "premium 2017-06 end"))


def test_that_the_planner_chooses_how_a_number_is_taken_apart(panel: TracePanel, qtbot: QtBot) -> None:
    model = show(panel, "operating 2017-12 end")
    chooser = panel.body.chooser
    assert [chooser.itemText(i) for i in range(chooser.count())] == [
        "By plant", "By group", "By province", "From the opening",
    ]  # fmt: skip
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_End)
    assert chooser.currentText() == "From the opening"
    assert column(model, PART)[0] == "At the opening"
    show(panel, "built 2017-12 end")
    assert chooser.currentText() == "From the opening", "the choice stays where it is offered"
    show(panel, "stock 2017-12 end")
    assert chooser.currentText() == "From the level before"


def test_that_a_scenario_is_compared_with_the_base(panel: TracePanel, standing: StandingDocument) -> None:
    standing.show_scenario(STRONG)
    model = show(panel, "operating 2017-12 end", STRONG)
    assert not panel.body.view.isColumnHidden(DIFFERENCE)
    differences = [model.row(row).difference or 0.0 for row in range(model.rowCount())]
    assert differences[-1] == pytest.approx(
        standing.balance(STRONG).series("operating")[11] - standing.balance("Base").series("operating")[11]
    )
    assert sum(differences[:-1]) == pytest.approx(differences[-1])
    assert differences[-1] < 0
    assert column(model, DIFFERENCE)[-1].startswith("−")
    show(panel, "operating 2017-12 end")
    assert panel.body.view.isColumnHidden(DIFFERENCE)


def test_that_what_only_the_base_has_stands_in_the_table_too(panel: TracePanel, standing: StandingDocument) -> None:
    standing.solve(standing.plan)
    standing.show_scenario(WEAK)
    model = show(panel, "consumption 2018-06 end", WEAK)
    rows = [model.row(row) for row in range(model.rowCount() - 1)]
    whole = model.row(model.rowCount() - 1)
    assert sum(row.difference or 0.0 for row in rows) == pytest.approx(whole.difference)


def test_that_the_trace_of_the_selected_scenario_goes_along(panel: TracePanel, standing: StandingDocument) -> None:
    show(panel, "stock 2017-12 end")
    standing.show_scenario(STRONG)
    assert STRONG in panel.body.headline.text()
    standing.show_scenario("Base", (STRONG,))
    show(panel, "stock 2017-12 end", STRONG)
    standing.show_scenario(WEAK, (STRONG,))
    assert STRONG in panel.body.headline.text(), "a compared scenario stays"
    standing.show_scenario(WEAK)
    assert WEAK in panel.body.headline.text(), "what is no longer on view gives way to the selected one"


def test_that_a_part_leads_to_its_cell(panel: TracePanel, qtbot: QtBot) -> None:
    show(panel, "production 2017-07 sum")
    view = panel.body.view
    with qtbot.waitSignal(panel.jump_requested) as jump:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert jump.args == ["plants", "Weiqiao Binzhou", "operating"]
    second = view.visualRect(view.model().index(1, PART)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    with qtbot.waitSignal(panel.jump_requested) as jump:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert jump.args[0] == "plants"
    assert jump.args[1] == view.model().index(1, PART).data()


def test_that_one_click_follows_what_looks_like_a_link(panel: TracePanel, qtbot: QtBot) -> None:
    show(panel, "production 2017-07 sum")
    view = panel.body.view
    link = view.visualRect(view.model().index(1, TARGET)).center()
    with qtbot.waitSignal(panel.jump_requested) as jump:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link)
    assert jump.args[1] == view.model().index(1, PART).data()


def test_that_a_part_without_a_cell_is_traced_on_and_there_is_a_way_back(panel: TracePanel, qtbot: QtBot) -> None:
    show(panel, "balance 2017-07 sum")
    view = panel.body.view
    assert column(panel.body.model, PART)[0] == "Production"
    assert not panel.body.back.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert panel.body.headline.text().startswith("Production, Jul 17")
    assert panel.body.back.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    assert panel.body.headline.text().startswith("Balance, Jul 17")
    assert not panel.body.back.isVisible()


def test_that_a_series_leads_to_its_trace_and_its_menu_to_its_cell(panel: TracePanel, qtbot: QtBot) -> None:
    model = show(panel, "stock 2017-12 end")
    view = panel.body.view
    assert column(model, PART) == ["Visible stock, Nov 17", "Visible part of the balance", "Together"]
    view.setCurrentIndex(model.index(1, PART))
    menu = view.menu()
    with qtbot.waitSignal(panel.jump_requested) as jump:
        menu.actions()[0].trigger()
    assert jump.args == ["assumptions", "visible_share", "value"]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert panel.body.headline.text().startswith("Balance, Dec 17")


def test_that_months_are_named_as_everywhere(panel: TracePanel) -> None:
    show(panel, "production 2017H2 sum")
    panel.body.chooser.setCurrentIndex(panel.body.chooser.findText("By month"))
    panel.body.chooser.activated.emit(panel.body.chooser.currentIndex())
    assert column(panel.body.model, PART) == [
        "Jul 17", "Aug 17", "Sep 17", "Oct 17", "Nov 17", "Dec 17", "Together",
    ]  # fmt: skip


def test_that_the_menu_offers_the_cell_and_the_further_trace(panel: TracePanel, qtbot: QtBot) -> None:
    show(panel, "implemented 2017-12 end")
    menu = panel.body.view.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0].startswith("&Go to Actions › ")
    assert texts[1].startswith("T&race Effective of ")
    assert texts[2:] == ["&Copy with headers", "Copy the whole &table"]
    with qtbot.waitSignal(panel.jump_requested):
        menu.actions()[0].trigger()


def copied() -> list[list[str]]:
    return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


def test_that_the_table_goes_to_the_clipboard_with_headers_and_every_digit(panel: TracePanel, qtbot: QtBot) -> None:
    model = show(panel, "stock 2017-12 end")
    qtbot.keyClick(panel.body.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = copied()
    assert cells[0] == ["What makes it", "Value (kt)", "Share", "Leads to"]
    assert [float(row[1]) for row in cells[1:]] == [model.row(row).value for row in range(model.rowCount())]
    qtbot.keyClick(panel.body.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.body.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(copied()) == 2, "the selected row and its titles"
    qtbot.keyClick(panel.body.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.body.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == cells
    assert f'sdval="{cells[1][1]}"' in QGuiApplication.clipboard().mimeData().html()


@pytest.fixture
def german() -> Iterator[None]:
    set_number_style(NumberStyle(",", "."))
    yield
    set_number_style(NumberStyle())


def test_that_numbers_are_written_as_the_planner_writes_them(german: None, panel: TracePanel) -> None:
    model = show(panel, "operating 2017-12 end")
    assert column(model, VALUE)[0].replace(".", "").replace(",", "").isdigit()
    assert "," in column(model, VALUE)[0]
    panel.body.view.copy_all()
    assert "," in copied()[1][1]


def test_that_parts_below_zero_carry_a_sign_and_a_bar_to_the_left(panel: TracePanel) -> None:
    model = show(panel, "balance 2017-12 end")
    texts = column(model, VALUE)
    assert texts[1].startswith("−")
    zero, end = model.index(0, SHARE).data(BAR)
    assert end == pytest.approx(1.0)
    assert 0.0 < zero < 1.0
    zero, end = model.index(1, SHARE).data(BAR)
    assert end < zero
    assert model.index(model.rowCount() - 1, SHARE).data(BAR) is None


def test_that_no_number_is_cut_off(panel: TracePanel) -> None:
    view = panel.body.view
    for measure in ("balance 2017H2 sum", "price 2017H2 sum", "stock all sum", "credibility 2017-09 end"):
        model = show(panel, measure)
        letter = view.fontMetrics().averageCharWidth()
        rooms = {VALUE: view.columnWidth(VALUE) - 2 * PADDING, SHARE: letter * SHARE_LETTERS - PADDING}
        for place, room in rooms.items():
            widest = max(view.fontMetrics().horizontalAdvance(text) for text in column(model, place))
            assert widest < room, (measure, place)


def test_that_the_rows_are_told_to_screen_readers(panel: TracePanel) -> None:
    model = show(panel, "production 2017-07 sum")
    words = model.index(0, PART).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert words.startswith("Weiqiao Binzhou, ")
    assert words.endswith("leads to Plants › Weiqiao Binzhou › Operating")
    for widget in (panel, panel.body.view, panel.body.chooser, panel.body.back):
        assert widget.accessibleName()


def test_that_the_model_keeps_the_rules_of_models(panel: TracePanel, standing: StandingDocument) -> None:
    tester = QAbstractItemModelTester(panel.body.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for series in ("operating", "stock", "alumina_stock", "stock", "balance"):
        show(panel, f"{series} 2017-12 end")
        standing.solve(standing.plan.with_value("assumptions/load_factor/value", 1.0))
        standing.show_scenario(STRONG)
        standing.solve(example())
        standing.show_scenario("Base")
    assert not panel.body.model.index(0, PART).parent().isValid()
    assert panel.body.model.rowCount(panel.body.model.index(0, 0)) == 0
    assert panel.body.model.data(QModelIndex()) is None
    del tester


def test_that_the_cursor_stays_on_its_part_while_the_plan_changes(
    panel: TracePanel, standing: StandingDocument
) -> None:
    model = show(panel, "operating 2017-12 end")
    view = panel.body.view
    view.setCurrentIndex(model.index(3, VALUE))
    part = view.current_part()
    standing.solve(standing.plan.with_value(f"plants/{part.label}/operating", 1.0))
    assert view.current_part() is not None
    assert view.current_part().label == part.label


def test_that_an_edit_reaches_the_trace(document: Document, qtbot: QtBot) -> None:
    panel = TracePanel(document)
    qtbot.addWidget(panel)
    panel.show()
    show(panel, "operating 2017-01 end")
    assert panel.body.headline.text().endswith(": 2,200 kt/y")
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "North", "operating", 950.0)
    assert panel.body.headline.text().endswith(": 2,250 kt/y")
    assert panel.body.model.row(0).value == 950.0


def test_that_a_trace_out_of_sight_catches_up_when_it_is_seen(panel: TracePanel, standing: StandingDocument) -> None:
    model = show(panel, "stock 2017-12 end")
    before = model.row(model.rowCount() - 1).value
    panel.hide()
    standing.solve(standing.plan.with_value("assumptions/opening_stock/value", 0.0))
    assert model.row(model.rowCount() - 1).value == before
    panel.show()
    assert model.row(model.rowCount() - 1).value == standing.balance().measure("stock 2017-12 end")


def test_that_a_name_that_is_gone_is_mentioned(document: Document, qtbot: QtBot) -> None:
    panel = TracePanel(document)
    qtbot.addWidget(panel)
    panel.show()
    show(panel, "consumption[Cables] 2017-01 end")
    plan = document.plan
    with qtbot.waitSignal(document.solved):
        document.apply(plan.with_table(plan.demand.replaced(plan.demand[:1])), "Delete Cables")
    assert panel.nothing.text() == "“Cables” is no longer in the plan."
    with qtbot.waitSignal(document.solved):
        document.undo_stack.undo()
    assert panel.body.headline.text().startswith("Apparent consumption of Cables")


def test_that_a_blank_is_said_to_be_blank(document: Document, qtbot: QtBot) -> None:
    panel = TracePanel(document)
    qtbot.addWidget(panel)
    model = show(panel, "alumina_stock 2017-12 end")
    assert panel.body.headline.text() == "Alumina stock, Dec 17, Base: blank"
    assert model.rowCount() == 0


def test_that_every_theme_draws_the_bars_in_its_own_colours(panel: TracePanel, qapp: QApplication) -> None:
    before = current_theme().name
    show(panel, "balance 2017-12 end")
    view = panel.body.view
    try:
        for name, theme in THEMES.items():
            apply_theme(qapp, name)
            picture = view.viewport().grab().toImage()
            colours = set()
            for row in (0, 1):
                box = view.visualRect(view.model().index(row, SHARE))
                colours |= {picture.pixelColor(x, box.center().y()).name() for x in range(box.left(), box.right())}
            assert {theme.surplus_fill, theme.shortage_fill} <= colours
    finally:
        apply_theme(qapp, before)
