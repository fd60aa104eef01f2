"""The dock Compare: which scenarios, what differs, what follows, and where a double click leads."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.analysis.comparison import compare
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.measure import Measure
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.ui.analysis.compare_panel import ComparePanel
from aluplanner.ui.analysis.compare_table import CompareView
from aluplanner.ui.analysis.docks import ANALYSES
from aluplanner.ui.theme import LIGHT, THEMES

STRICT, STRICTER = "Strict", "Stricter"


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[ComparePanel]:
    """Return the panel with Stricter selected and Strict ticked, its answer there."""
    document.select_scenario(STRICTER)
    document.set_compared([STRICT])
    made = ComparePanel(document, preferences)
    qtbot.addWidget(made)
    made.resize(1200, 320)
    with qtbot.waitSignal(made.answered):
        made.show()
    yield made
    made.close_worker()


def shown(view: CompareView) -> list[list[str]]:
    model = view.model()
    columns = [column for column in range(model.columnCount()) if not view.isColumnHidden(column)]
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def headings(view: CompareView) -> list[str]:
    model = view.model()
    columns = [column for column in range(model.columnCount()) if not view.isColumnHidden(column)]
    return [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]


def cell(view: CompareView, row: int, heading: str, scenario: int = 0) -> tuple[int, int]:
    """Return row and column of a cell by its heading; ``scenario`` tells one heading from the same before."""
    model = view.model()
    columns = [
        column
        for column in range(model.columnCount())
        if model.headerData(column, Qt.Orientation.Horizontal) == heading
    ]
    return row, columns[scenario]


def double_click(view: CompareView, row: int, column: int, qtbot: QtBot) -> None:
    """Double-click on a cell; a spreadsheet's first click only selects."""
    index = view.model().index(row, column)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_the_dock_is_in_the_menu() -> None:
    assert "compare" in [analysis.name for analysis in ANALYSES]


def test_that_the_scenarios_on_view_are_compared_with_the_base(panel: ComparePanel) -> None:
    assert panel.compared == (BASE, STRICTER, STRICT)
    assert headings(panel.inputs)[:7] == ["Row", "Column", "Base", STRICTER, "Change", STRICT, "Change"]
    assert panel.tabs.tabText(0) == "Inputs that differ (3)"


def test_that_what_differs_is_shown_as_the_tables_show_it(panel: ComparePanel) -> None:
    assert [row[:9] for row in shown(panel.inputs)] == [
        ["North", "Operating (kt/y)", "900", "850", "−50", "850", "−50", STRICT, ""],
        ["Cut", "Target", "North; South", "North", "", "North; South", "", STRICTER, ""],
        ["Cut", "Implementation (%)", "blank (100%)", "90%", "−10 pp", "90%", "−10 pp", STRICT, ""],
    ]


def test_that_values_that_differ_from_the_first_are_bold(panel: ComparePanel) -> None:
    role = Qt.ItemDataRole.FontRole
    model = panel.inputs.model()
    base, stricter = model.index(*cell(panel.inputs, 0, "Base")), model.index(*cell(panel.inputs, 0, STRICTER))
    assert base.data(role) is None
    assert stricter.data(role).bold()
    same = model.index(*cell(panel.inputs, 1, STRICT))
    assert same.data(role) is None


def test_that_the_models_are_sound(panel: ComparePanel, qtmodeltester: ModelTester) -> None:
    for view in (panel.inputs, panel.measures):
        qtmodeltester.check(view.answer_model, force_py=True)
        qtmodeltester.check(view.model(), force_py=True)


def test_that_measures_stand_side_by_side_and_the_chosen_one_first(panel: ComparePanel, document: Document) -> None:
    rows = shown(panel.measures)
    text = panel.measure_box.text
    assert text == "balance 2017H2 sum"
    values = [solve(document.plan, name).measure(text) for name in (BASE, STRICTER, STRICT)]
    assert rows[0][:2] == ["Balance (kt)", "2017H2"]
    assert [rows[0][2], rows[0][3], rows[0][5]] == [
        f"{value:+,.0f}".replace("-", "−") for value in values if value is not None
    ]
    assert rows[1][0] == "Market state"


def test_that_a_double_click_on_a_value_shows_the_cell_in_that_scenario(
    panel: ComparePanel, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.jump_requested) as jump:
        double_click(panel.inputs, *cell(panel.inputs, 2, STRICT), qtbot)
    assert jump.args == ["actions", "Cut", "implementation"]
    assert document.scenario == STRICT
    assert panel.compared == (BASE, STRICTER, STRICT)  # nothing moves away under the planner's hand
    with qtbot.waitSignal(panel.jump_requested):
        double_click(panel.inputs, *cell(panel.inputs, 2, "Base"), qtbot)
    assert document.scenario == BASE
    assert panel.compared == (BASE, STRICTER, STRICT)
    document.set_compared([STRICTER])  # what is ticked next is followed again
    assert panel.compared == (BASE, STRICTER)


def test_that_a_double_click_on_the_row_shows_the_first_scenario_that_differs(
    panel: ComparePanel, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.jump_requested) as jump:
        double_click(panel.inputs, *cell(panel.inputs, 1, "Row"), qtbot)
    assert jump.args == ["actions", "Cut", "target"]
    assert document.scenario == STRICTER


def test_that_sorting_keeps_rows_and_cells_together(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.inputs.sortByColumn(2, Qt.SortOrder.DescendingOrder)  # by the title of the column
    first = shown(panel.inputs)[0]
    with qtbot.waitSignal(panel.jump_requested) as jump:
        double_click(panel.inputs, 0, cell(panel.inputs, 0, STRICT)[1], qtbot)
    assert first[1] == "Target"
    assert jump.args == ["actions", "Cut", "target"]


def test_that_a_double_click_on_a_measure_traces_it_in_that_scenario(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.tabs.setCurrentWidget(panel.measures)
    with qtbot.waitSignal(panel.trace_requested) as trace:
        double_click(panel.measures, *cell(panel.measures, 1, STRICT), qtbot)  # the state belongs to the balance
    scenario, measure = trace.args
    assert scenario == STRICT
    assert isinstance(measure, Measure)
    assert str(measure) == "balance 2017H2 sum"


def test_that_the_row_the_planner_is_on_is_the_one_drawn(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.tabs.setCurrentWidget(panel.measures)
    panel.measures.setFocus()
    row = next(place for place, cells in enumerate(shown(panel.measures)) if cells[0].startswith("Mean price"))
    panel.measures.setCurrentIndex(panel.measures.model().index(row, 0))
    assert panel.chart.row is not None
    assert panel.chart.row.name.startswith("price")


def test_that_an_edit_is_answered_by_itself(panel: ComparePanel, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        document.set_cell("plants", "North", "operating", 700.0)
    assert next(row for row in shown(panel.inputs) if row[0] == "North")[3] == "700"


def test_that_other_ticks_in_the_tool_bar_are_followed(panel: ComparePanel, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        document.set_compared(())
    assert panel.compared == (BASE, STRICTER)
    assert STRICT not in headings(panel.inputs)


def test_that_scenarios_ticked_here_stay_whatever_is_selected(
    panel: ComparePanel, document: Document, qtbot: QtBot
) -> None:
    actions = {action.data(): action for action in panel.ticks.ticks.actions()}
    with qtbot.waitSignal(panel.answered):
        actions[STRICTER].trigger()
    assert not panel.ticks.is_following
    assert panel.compared == (BASE, STRICT)
    document.select_scenario(BASE)
    assert panel.compared == (BASE, STRICT)
    actions[""].trigger()
    assert panel.ticks.is_following


def test_that_two_scenarios_are_compared_without_the_base(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.ticks.choose(STRICTER)
    with qtbot.waitSignal(panel.answered):
        panel.reference.choose(STRICT)
    assert panel.compared == (STRICT, STRICTER)
    assert [row[:4] for row in shown(panel.inputs)] == [["Cut", "Target", "North; South", "North"]]
    assert "against Strict" in panel.face.notes.text()


def test_that_nothing_to_compare_with_is_said(panel: ComparePanel, document: Document, qtbot: QtBot) -> None:
    panel.ticks.choose(BASE)
    panel.run()
    assert "Tick another scenario to compare Base with" in panel.face.strip.text


def test_that_a_renamed_scenario_stays_ticked_under_its_new_name(
    panel: ComparePanel, document: Document, qtbot: QtBot
) -> None:
    panel.ticks.choose(STRICT, BASE)
    with qtbot.waitSignal(panel.answered):
        document.set_cell("scenarios", STRICT, "scenario", "Very strict")
    assert panel.compared == (BASE, "Very strict")


def test_that_tolerances_hide_what_is_nearly_equal_and_are_remembered(
    panel: ComparePanel, document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    panel.absolute.setFocus()
    panel.absolute.selectAll()
    qtbot.keyClicks(panel.absolute, "50")
    qtbot.keyClick(panel.absolute, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row[:2] for row in shown(panel.inputs)] == [["Cut", "Target"]])
    assert "2 more differ by no more than the tolerance" in panel.face.notes.text()
    again = ComparePanel(document, preferences)
    qtbot.addWidget(again)
    assert again.absolute.value == 50.0
    again.close_worker()


def test_that_a_measure_that_cannot_be_read_is_said_in_a_sentence(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.measure_box.choose("weather 2017 sum")
    panel.run()
    assert "There is no series “weather”" in panel.face.strip.text


def test_that_a_copied_table_is_exact(panel: ComparePanel) -> None:
    panel.measures.copy_all()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][:5] == ["Measure", "Period", "Unit", "Base", STRICTER]
    assert panel.answer is not None
    row = compare(panel.document.plan, panel.compared).measures
    value = next(each for each in row if each.name == "balance 2017H2 sum").values[1]
    assert float(lines[1][4]) == value


def test_that_the_exports_are_those_of_the_comparison(panel: ComparePanel) -> None:
    panel.exports.on_copy_table()
    assert "Inputs that differ: Base, Stricter, Strict" in QGuiApplication.clipboard().text()
    assert panel.heading().title.endswith(": Base, Stricter, Strict")
    panel.exports.on_copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()


# The picture


def test_that_the_picture_says_which_scenario_is_tighter(panel: ComparePanel, document: Document) -> None:
    values = {name: solve(document.plan, name).measure("balance 2017H2 sum") or 0.0 for name in panel.compared}
    tightest = min(values, key=lambda name: values[name])
    assert panel.chart.summary.startswith(f"Tightest: {tightest}")
    assert [mark.scenario for mark in panel.chart.marks[1:]] == sorted(
        panel.compared[1:], key=lambda name: values[name]
    )
    for mark in panel.chart.marks[1:]:
        less = values[mark.scenario] - values[BASE]
        assert mark.word == ("tighter" if less < 0 else "looser")


def test_that_a_high_price_is_tight(panel: ComparePanel, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.measure_box.choose("price 2017-12 end")
    values = {name: solve(document.plan, name).measure("price 2017-12 end") or 0.0 for name in panel.compared}
    assert panel.chart.summary.startswith(f"Tightest: {max(values, key=lambda name: values[name])}")


def test_that_a_click_on_a_scenario_traces_its_number(panel: ComparePanel, qtbot: QtBot) -> None:
    hits = panel.chart.hits
    assert [hit.scenario for hit in hits] == [mark.scenario for mark in panel.chart.marks]
    place = hits[1].area.center().toPoint()
    with qtbot.waitSignal(panel.trace_requested) as trace:
        qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=place)
    assert trace.args[0] == hits[1].scenario
    assert panel.chart.hit_at(QPointF(place)) is hits[1]
    assert "against Base" in hits[1].tip


@pytest.mark.parametrize("size", [(900, 200), (430, 230), (320, 400), (230, 110)])
def test_that_rows_lie_inside_the_picture_at_any_size(panel: ComparePanel, qtbot: QtBot, size: tuple[int, int]) -> None:
    panel.chart.setParent(None)
    qtbot.addWidget(panel.chart)
    panel.chart.resize(*size)
    panel.chart.show()
    inside = panel.chart.area
    assert panel.chart.hits
    assert all(inside.contains(hit.area.center()) for hit in panel.chart.hits)
    image = panel.chart.picture(THEMES[LIGHT])
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 5


def test_that_all_the_same_is_said(panel: ComparePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.measure_box.choose("reserve_release 2017 sum")
    assert panel.chart.summary == "All scenarios have the same: 0."


def test_that_a_blank_measure_is_said(panel: ComparePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.measure_box.choose("alumina_stock 2017 end")
    assert panel.chart.summary == "The measure is blank in every scenario."


@pytest.mark.parametrize(("size", "is_wide"), [((1200, 300), True), ((500, 700), False)])
def test_that_picture_and_tables_stand_side_by_side_where_there_is_width(
    panel: ComparePanel, size: tuple[int, int], is_wide: bool, qtbot: QtBot
) -> None:
    panel.resize(*size)
    wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
    qtbot.waitUntil(lambda: panel.splitter.orientation() == wanted)


def test_that_the_tables_are_lists_without_editing(panel: ComparePanel) -> None:
    assert all(view.editTriggers() == QTableView.EditTrigger.NoEditTriggers for view in (panel.inputs, panel.measures))
