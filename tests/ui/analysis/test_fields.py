import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.analysis.question_error import QuestionError
from aluplanner.document.document import Document
from aluplanner.i18n import PLAIN, NumberStyle, set_number_style
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.address_box import AddressBox
from aluplanner.ui.analysis.cell_search import cell_text, find_cells, is_variable, read_cell_text, short_cell_text
from aluplanner.ui.analysis.common_measures import common_measures, common_objectives, default_measure
from aluplanner.ui.analysis.flow import FlowLayout
from aluplanner.ui.analysis.making import make_scenario
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.scenario_box import ScenarioBox

BUILT = Address("plants", "North", "built")
SHARE = Address("actions", "Winter cut", "share")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(600, 200)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def show(widget: QWidget, qtbot: QtBot) -> None:
    widget.show()
    widget.setFocus()
    qtbot.waitUntil(widget.isVisible)


def enter(line: QWidget, text: str, qtbot: QtBot) -> None:
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


# A measure


def test_that_the_balance_of_the_second_half_year_is_offered_first(document: Document) -> None:
    assert default_measure(document.plan) == "balance 2017H2 sum"
    offered = common_measures(document.plan)
    assert {"balance 2017H1 sum", "balance 2017 sum", "stock 2017-12 end", "price 2017H2 mean"} <= set(offered)
    assert "implemented[Cut; Winter cut] 2017 max" in offered  # a claim's


def test_that_the_statistics_offered_can_all_be_asked_for(document: Document, window: QWidget, qtbot: QtBot) -> None:
    box = MeasureBox(document, window, objective=True)
    show(box, qtbot)
    for text in common_objectives(document.plan):
        box.choose(text)
        assert str(box.objective()) == text
        assert not box.problem


def test_that_a_typed_measure_is_taken_with_enter(document: Document, window: QWidget, qtbot: QtBot) -> None:
    box = MeasureBox(document, window)
    show(box, qtbot)
    with qtbot.waitSignals([box.changed, box.confirmed]):
        enter(box.line, "operating[North] 2017-06 end", qtbot)
    assert box.measure().names == ("North",)
    assert "Operating capacity of North" in box.line.toolTip()


def test_that_a_measure_that_cannot_be_read_stays_and_says_why(
    document: Document, window: QWidget, qtbot: QtBot
) -> None:
    box = MeasureBox(document, window)
    show(box, qtbot)
    with qtbot.assertNotEmitted(box.confirmed):
        enter(box.line, "balance next year", qtbot)
    assert box.text == "balance next year"
    assert "not a way to reduce" in box.line.toolTip()
    with pytest.raises(MeasureError):
        box.measure()
    box.choose("balance 2017 sum")
    assert not box.problem


def test_that_a_plan_with_other_months_offers_other_measures(document: Document, window: QWidget) -> None:
    box = MeasureBox(document, window)
    box.choose("stock 2017-12 end")
    document.set_cell("plan", "Months", "value", 24.0)
    assert box.findText("balance 2018H2 sum") >= 0
    assert box.text == "stock 2017-12 end"


# A cell


@pytest.mark.parametrize(
    ("words", "found"),
    [("north built", BUILT), ("built NORTH", BUILT), ("winter share", SHARE), ("actions winter share", SHARE)],
)
def test_that_a_cell_is_found_by_words_in_any_order(document: Document, words: str, found: Address) -> None:
    assert find_cells(document.plan, words)[0] == found


def test_that_a_cell_as_it_is_written_can_be_read_back(document: Document) -> None:
    for address in find_cells(document.plan, "e", 500):
        assert read_cell_text(document.plan, cell_text(address)) == address
        assert read_cell_text(document.plan, short_cell_text(document.plan, address)) == address
    assert read_cell_text(document.plan, str(BUILT)) == BUILT


def test_that_the_table_is_named_only_where_two_have_such_a_cell(document: Document) -> None:
    assert short_cell_text(document.plan, BUILT) == "North / Built"
    document.set_cell("bauxite", "Guinea", "origin", "North")
    both = Address("bauxite", "North", "grade")
    assert read_cell_text(document.plan, short_cell_text(document.plan, both)) == both


def test_that_only_numbers_that_scenarios_can_change_are_cells_to_vary(document: Document) -> None:
    assert is_variable(document.plan, BUILT)
    for address in (
        Address("plants", "North", "province"),
        Address("plants", "Nowhere", "built"),
        Address("claims", "North runs", "value"),
        Address("actions", "Cut", "target"),
    ):
        assert not is_variable(document.plan, address)


def test_that_words_that_name_one_cell_are_taken_with_enter(document: Document, window: QWidget, qtbot: QtBot) -> None:
    box = AddressBox(document, lambda: None, window)
    show(box, qtbot)
    with qtbot.waitSignals([box.changed, box.confirmed]):
        enter(box.line, "plants / north / built", qtbot)
    assert box.cell() == BUILT
    assert box.line.text() == "North / Built"
    assert box.value() == 1000.0
    assert "now 1,000" in box.line.toolTip()


def test_that_the_list_offers_cells_while_typing(document: Document, window: QWidget, qtbot: QtBot) -> None:
    box = AddressBox(document, lambda: None, window)
    show(box, qtbot)
    box.line.setFocus()
    qtbot.keyClicks(box.line, "west op")
    completer = box.line.completer()
    assert completer is not None
    names = [completer.completionModel().index(row, 0).data() for row in range(completer.completionModel().rowCount())]
    assert names == ["West / Operating"]
    completer.popup().hide()


def test_that_words_that_name_nothing_stay_and_say_so(document: Document, window: QWidget, qtbot: QtBot) -> None:
    box = AddressBox(document, lambda: None, window)
    show(box, qtbot)
    enter(box.line, "moonlight", qtbot)
    assert box.address is None
    assert "is no cell with a number" in box.line.toolTip()
    with pytest.raises(QuestionError):
        box.cell()


def test_that_the_selected_cell_can_be_taken(document: Document, window: QWidget, qtbot: QtBot) -> None:
    selected: list[Address | None] = [SHARE]
    box = AddressBox(document, lambda: selected[0], window)
    show(box, qtbot)
    qtbot.mouseClick(box.button, Qt.MouseButton.LeftButton)
    assert box.address == SHARE
    selected[0] = Address("actions", "Cut", "target")
    qtbot.mouseClick(box.button, Qt.MouseButton.LeftButton)
    assert box.address == SHARE
    assert "Select a cell with a number" in box.line.toolTip()


def test_that_a_cell_that_is_gone_is_said_to_be_gone(document: Document, window: QWidget, qtbot: QtBot) -> None:
    box = AddressBox(document, lambda: None, window)
    box.choose(BUILT)
    with qtbot.waitSignal(box.changed):
        document.set_cell("plants", "North", "plant", "Northern")
    assert box.address is None
    assert "no longer in the plan" in box.problem


# A number


def test_that_numbers_are_read_as_cells_are(window: QWidget, qtbot: QtBot) -> None:
    share = NumberField(number_column("Share", is_fraction=True, maximum=1.0), window, 0.5)
    capacity = NumberField(number_column("Cut", "kt/y", minimum=0), window)
    for field in (share, capacity):
        show(field, qtbot)
    with qtbot.waitSignals([share.changed, share.confirmed]):
        enter(share, "30", qtbot)
    enter(capacity, "0.4 Mt/y", qtbot)
    assert share.number() == 0.3
    assert share.text() == "30%"
    assert capacity.number() == 400.0


def test_that_a_number_out_of_bounds_stays_and_cannot_be_asked_with(window: QWidget, qtbot: QtBot) -> None:
    field = NumberField(number_column("Draws", minimum=1), window, 100)
    show(field, qtbot)
    with qtbot.assertNotEmitted(field.confirmed):
        enter(field, "0", qtbot)
    assert field.text() == "0"
    with pytest.raises(QuestionError):
        field.number()


def test_that_an_empty_number_says_what_is_empty(window: QWidget) -> None:
    with pytest.raises(QuestionError, match="Target"):
        NumberField(number_column("Target", "kt"), window, is_blank_allowed=True).number()


def test_that_numbers_are_shown_as_the_planner_writes_them(window: QWidget) -> None:
    set_number_style(NumberStyle(",", "."))
    try:
        assert NumberField(number_column("Draws"), window, 10_000).text() == "10.000"
    finally:
        set_number_style(PLAIN)


# A scenario


def test_that_a_scenario_box_follows_the_window_until_told_otherwise(
    document: Document, window: QWidget, qtbot: QtBot
) -> None:
    box = ScenarioBox(document, window)
    with qtbot.waitSignal(box.changed):
        document.select_scenario("Strict")
    assert box.scenario == "Strict"
    assert box.currentText() == "Selected: Strict"
    box.choose("Stricter")
    with qtbot.assertNotEmitted(box.changed):
        document.select_scenario("Base")
    assert box.scenario == "Stricter"
    assert not box.is_following


def test_that_a_scenario_box_goes_along_with_another_name(document: Document, window: QWidget) -> None:
    box = ScenarioBox(document, window)
    box.choose("Stricter")
    document.set_cell("scenarios", "Stricter", "scenario", "Strictest")
    assert box.scenario == "Strictest"


def test_that_a_scenario_box_goes_back_to_the_window_when_its_scenario_is_gone(
    document: Document, window: QWidget, qtbot: QtBot
) -> None:
    box = ScenarioBox(document, window)
    name = make_scenario(document, "Found", "", {BUILT: 900.0})
    box.choose(name)
    with qtbot.waitSignal(box.changed):
        document.undo_stack.undo()
    assert box.is_following
    assert box.scenario == "Base"


def test_that_a_scenario_is_never_named_as_none_can_be(document: Document) -> None:
    assert make_scenario(document, "Base", "", {BUILT: 900.0}) == "New scenario"
    assert make_scenario(document, "A; B", "", {BUILT: 900.0}) == "A, B"
    assert document.plan.overrides[-1].value == 900.0


# The bar


def test_that_controls_that_find_no_room_go_to_another_row(window: QWidget, qtbot: QtBot) -> None:
    flow = FlowLayout(window)
    fields = [QLineEdit(window) for _ in range(3)]
    for field in fields:
        field.setFixedSize(100, 24)
        flow.addWidget(field)
        field.show()
    window.resize(340, 100)
    qtbot.waitUntil(lambda: fields[2].y() == fields[0].y() and fields[2].x() > 200)
    assert flow.heightForWidth(340) == 24
    window.resize(230, 100)
    qtbot.waitUntil(lambda: fields[2].y() > fields[0].y())
    assert fields[2].pos().x() == fields[0].pos().x()
    assert flow.heightForWidth(230) == 24 * 2 + 4
    assert fields[1].pos() != QPoint(0, 0)
