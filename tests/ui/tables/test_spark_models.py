"""The tables of plants and actions, with what the balances say about their rows."""

from random import Random
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.actions import CLOSE, Action
from aluplanner.model.plan import TABLES
from aluplanner.model.scenarios import Scenario
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.action_columns import PHASE_IN_PATH, ActionsModel
from aluplanner.ui.tables.faces import Face
from aluplanner.ui.tables.plant_columns import OPERATING_PATH, PlantsModel
from aluplanner.ui.tables.spark_model import SparkModel
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.theme import current_theme
from tests.document.small_plan import START, small_plan
from tests.ui.tables.conftest import go_to
from tests.ui.tables.test_model import FATAL, random_edit

MODELS = {"plants": PlantsModel, "actions": ActionsModel}


@pytest.fixture
def plants(document: Document) -> PlantsModel:
    return PlantsModel(document, document)


@pytest.fixture
def actions(document: Document) -> ActionsModel:
    return ActionsModel(document, document)


def index_of(model: SparkModel, key: str, column: str) -> QModelIndex:
    row, place = model.row_of(key), model.column_of(column)
    assert row is not None
    assert place is not None
    return model.index(row, place)


def face(model: SparkModel, key: str, column: str) -> Face:
    index = index_of(model, key, column)
    return model.face(index.row(), index.column())


def set_cell(qtbot: QtBot, document: Document, table: str, key: str, column: str, value: Any) -> None:
    """Set a cell and wait until the balances are there."""
    with qtbot.waitSignal(document.all_solved):
        document.set_cell(table, key, column, value)


def select(qtbot: QtBot, document: Document, scenario: str) -> None:
    with qtbot.waitSignal(document.solved):
        document.select_scenario(scenario)


def faces_of(model: SparkModel) -> dict[tuple[int, int], Any]:
    """Return what every cell shows, in a form that can be compared."""
    places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return {place: look(model.face(*place)) for place in places}


def look(face: Face) -> Any:
    spark = face.spark
    path = () if spark is None else (tuple(spark.path), tuple(spark.base), spark.start)
    return face.text, face.mark, face.is_off, face.is_default, path


# The path


def test_that_there_is_no_path_before_the_first_balances(qtbot: QtBot) -> None:
    document = Document(small_plan(), starts=False)
    for name, column in (("plants", OPERATING_PATH), ("actions", PHASE_IN_PATH)):
        model = MODELS[name](document)
        place = model.columns.index(column)
        assert [model.face(row, place) for row in range(model.rowCount())] == [Face("")] * model.rowCount()
        assert model.index(0, place).data(roles.TOOL_TIP) == ""
    document.close()


def test_that_a_plant_shows_what_it_runs_in_proportion_to_what_is_built(plants: PlantsModel) -> None:
    solution = plants.document.solution
    assert solution is not None
    running = solution.selected.by_plant("operating")["North"]
    spark = face(plants, "North", "operating_path").spark
    assert spark is not None
    assert spark.path == pytest.approx([0.9, *(running / 1000)])
    assert running.min() < 700
    assert spark.base == ()


def test_that_a_scenario_shows_the_base_where_it_is_different(
    plants: PlantsModel, document: Document, qtbot: QtBot
) -> None:
    before = face(plants, "North", "operating_path").spark
    select(qtbot, document, "Strict")
    here = face(plants, "North", "operating_path").spark
    assert before is not None
    assert here is not None
    assert here.base == before.path
    assert here.path[0] == 0.85
    tip = index_of(plants, "North", "operating_path").data(roles.TOOL_TIP)
    assert [line.partition(":")[0] for line in tip.split("\n")] == ["Operating", "Base"]


def test_that_a_scenario_that_changes_nothing_shows_no_base(document: Document, qtbot: QtBot) -> None:
    same = document.plan.scenarios.replaced([*document.plan.scenarios, Scenario("Same")])
    with qtbot.waitSignal(document.all_solved):
        document.apply(document.plan.with_table(same), "Same")
    document.select_scenario("Same")
    for table, make in MODELS.items():
        model = make(document, document)
        sparks = [model.face(row, 1).spark for row in range(model.rowCount())]
        assert [spark.base for spark in sparks if spark] == [()] * len(document.plan.table(table))


def test_that_an_action_shows_what_is_implemented_in_proportion_to_what_is_announced(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    set_cell(qtbot, document, "actions", "Cut", "implementation", 0.6)
    spark = face(actions, "Cut", "phase_in_path").spark
    assert spark is not None
    assert spark.path == pytest.approx([0.0] * 4 + [0.6] * 9)
    assert spark.start == 4
    assert index_of(actions, "Cut", "phase_in_path").data(roles.DESCRIPTION) == (
        "Implemented: 0 → 60 kt/y, of 100 kt/y\nStarts Apr 17"
    )


def test_that_a_delay_moves_the_start_and_a_start_outside_the_months_has_no_mark(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    set_cell(qtbot, document, "actions", "Cut", "delay", 2.0)
    assert face(actions, "Cut", "phase_in_path").spark.start == 6  # type: ignore[union-attr]
    assert "Starts Jun 17, delay included" in index_of(actions, "Cut", "phase_in_path").data(roles.TOOL_TIP)
    set_cell(qtbot, document, "actions", "Cut", "start", START + 12)
    assert face(actions, "Cut", "phase_in_path").spark.start is None  # type: ignore[union-attr]


def test_that_an_action_switched_off_stays_in_grey_as_if_it_were_on(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    before = face(actions, "Winter cut", "phase_in_path").spark
    set_cell(qtbot, document, "actions", "Winter cut", "enabled", False)
    after = face(actions, "Winter cut", "phase_in_path")
    assert before is not None
    assert after.spark is not None
    assert after.spark.path == before.path
    assert after.is_off
    assert face(actions, "Winter cut", "announced").is_off
    assert face(actions, "Winter cut", "announced").text == "≈ 660"
    assert "Switched off" in index_of(actions, "Winter cut", "phase_in_path").data(roles.TOOL_TIP)


def test_that_an_action_off_in_the_base_is_seen_against_nothing(document: Document, qtbot: QtBot) -> None:
    set_cell(qtbot, document, "actions", "Winter cut", "enabled", False)
    select(qtbot, document, "Strict")
    set_cell(qtbot, document, "actions", "Winter cut", "enabled", True)
    spark = face(ActionsModel(document, document), "Winter cut", "phase_in_path").spark
    assert spark is not None
    assert list(spark.base) == [0.0] * 13
    assert max(spark.path) == 1.0


def test_that_the_column_follows_the_name_and_cannot_be_edited_copied_or_saved(
    plants: PlantsModel, actions: ActionsModel
) -> None:
    for model, column in ((plants, OPERATING_PATH), (actions, PHASE_IN_PATH)):
        assert model.columns[1] is column
        index = model.index(0, 1)
        assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
        assert (index.data(), index.data(roles.EDIT), model.value(0, 1)) == ("", "", None)
        assert column not in TABLES[model.table.name].columns
        assert column not in model.document.plan.columns(model.table.name)


def test_that_the_title_stands_on_two_lines(plants: PlantsModel) -> None:
    assert plants.headerData(1, Qt.Orientation.Horizontal) == "Operating\npath"
    assert plants.headerData(4, Qt.Orientation.Horizontal) == "Province"


def test_that_a_row_without_a_balance_shows_nothing(document: Document, qtbot: QtBot) -> None:
    model = PlantsModel(document, document)
    document.apply(document.plan.with_table(document.plan.plants.replaced([*document.plan.plants[:1]])), "Less")
    with qtbot.waitSignal(document.all_solved):
        document.undo_stack.undo()
    document.set_cell("plants", "South", "plant", "Renamed")
    assert face(model, "Renamed", "operating_path").spark is None
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("plants", "North", "note", "x")
    assert face(model, "Renamed", "operating_path").spark is not None


# The other two sizes


def test_that_the_other_measures_stand_beside_the_one_given(actions: ActionsModel) -> None:
    cut, winter = face(actions, "Cut", "share"), face(actions, "Winter cut", "announced")
    assert (cut.text, cut.is_default, cut.is_right) == ("≈ 7.1%", True, True)
    assert (winter.text, winter.is_default, winter.is_right) == ("≈ 660", True, True)
    assert face(actions, "Cut", "announced").text == "100"
    assert face(actions, "Cut", "pots").text == ""


def test_that_a_size_that_follows_is_no_value(actions: ActionsModel) -> None:
    index = index_of(actions, "Winter cut", "announced")
    assert index.data() == "≈ 660"
    assert index.data(roles.EDIT) == ""
    assert actions.value(index.row(), index.column()) is None
    assert actions.edit_text(index.row(), index.column()) == ""
    assert actions.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_that_a_size_that_follows_says_from_what(actions: ActionsModel, document: Document, qtbot: QtBot) -> None:
    assert index_of(actions, "Winter cut", "announced").data(roles.TOOL_TIP) == (
        "Follows from Share: 30%; 2,200 kt/y eligible in 3 plants"
    )
    assert index_of(actions, "Cut", "share").data(roles.TOOL_TIP) == (
        "Follows from Announced: 100; 1,400 kt/y eligible in 2 plants"
    )
    assert index_of(actions, "Cut", "pots").data(roles.TOOL_TIP) == (
        "No number of pots: 2 plants reached have no pot size"
    )
    for plant in ("North", "South"):
        set_cell(qtbot, document, "plants", plant, "pot_size", 0.5)
    assert face(actions, "Cut", "pots").text == "≈ 200"


@pytest.mark.parametrize(
    ("announced", "text"), [(1400, "≈ 100%"), (698, "≈ 50%"), (40, "≈ 2.9%"), (0.5, "≈ 0.036%"), (0, "≈ 0%")]
)
def test_that_shares_are_shown_with_the_digits_that_matter(
    actions: ActionsModel, document: Document, qtbot: QtBot, announced: float, text: str
) -> None:
    set_cell(qtbot, document, "actions", "Cut", "announced", float(announced))
    assert face(actions, "Cut", "share").text == text


def test_that_another_measure_given_turns_the_sizes_round(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    row = actions.row_of("Winter cut")
    assert row is not None
    with qtbot.waitSignal(document.all_solved):
        document.set_cells("actions", [(row, "announced", 550.0), (row, "share", None), (row, "credit", None)])
    assert face(actions, "Winter cut", "announced").text == "550"
    assert face(actions, "Winter cut", "share").text == "≈ 25%"


def test_that_an_action_without_a_size_shows_none_even_of_the_last_balances(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    assert face(actions, "Cut", "share").text
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("actions", "Cut", "announced", None)
    assert [face(actions, "Cut", name).text for name in ("announced", "share", "pots")] == ["", "", ""]


def test_that_what_is_commissioned_has_one_size_only(document: Document, qtbot: QtBot) -> None:
    new = Action("New", kind="commission capacity", target="West", announced=50.0, start=START)
    with qtbot.waitSignal(document.all_solved):
        document.apply(document.plan.with_table(document.plan.actions.replaced([*document.plan.actions, new])), "New")
    model = ActionsModel(document, document)
    assert [face(model, "New", name).text for name in ("announced", "share", "pots")] == ["50", "", ""]
    assert index_of(model, "New", "pots").data(roles.TOOL_TIP) == ""


# What finds no capacity


def test_that_what_finds_no_capacity_is_marked_on_the_row_at_once(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    assert face(actions, "Cut", "announced").mark == ""
    set_cell(qtbot, document, "actions", "Cut", "announced", 1500.0)
    assert face(actions, "Cut", "announced").mark == "warning"
    assert face(actions, "Cut", "phase_in_path").mark == "warning"
    tip = index_of(actions, "Cut", "announced").data(roles.TOOL_TIP)
    assert tip == "“Cut” finds 100 kt/y less capacity than it announces. Lower its size, or widen its target."
    assert face(actions, "Cut", "share").text == "≈ 100%"
    left_out = "100 kt/y find no capacity and are left out"
    assert index_of(actions, "Cut", "share").data(roles.TOOL_TIP).endswith(left_out)
    assert left_out in index_of(actions, "Cut", "phase_in_path").data(roles.TOOL_TIP)
    set_cell(qtbot, document, "actions", "Cut", "announced", 1400.0)
    assert face(actions, "Cut", "announced").mark == face(actions, "Cut", "phase_in_path").mark == ""


def test_that_what_finds_no_capacity_in_the_scenario_on_view_is_marked_there_only(
    actions: ActionsModel, document: Document, qtbot: QtBot
) -> None:
    select(qtbot, document, "Strict")
    set_cell(qtbot, document, "actions", "Cut", "announced", 1500.0)
    assert face(actions, "Cut", "announced").mark == face(actions, "Cut", "phase_in_path").mark == "warning"
    assert "finds 150 kt/y less" in index_of(actions, "Cut", "announced").data(roles.TOOL_TIP)
    select(qtbot, document, "Base")
    assert face(actions, "Cut", "announced").mark == face(actions, "Cut", "phase_in_path").mark == ""


def test_that_too_many_pots_are_marked_where_they_are_given(document: Document, qtbot: QtBot) -> None:
    set_cell(qtbot, document, "plants", "West", "pot_size", 0.5)
    more = Action("Pots", kind=CLOSE, target="West", pots=1700.0, start=START)
    with qtbot.waitSignal(document.all_solved):
        document.apply(document.plan.with_table(document.plan.actions.replaced([*document.plan.actions, more])), "New")
    model = ActionsModel(document, document)
    marks = {name: face(model, "Pots", name).mark for name in ("announced", "share", "pots")}
    assert marks == {"announced": "", "share": "", "pots": "warning"}
    assert face(model, "Pots", "announced").text == "≈ 800"


def test_that_an_action_switched_off_warns_of_nothing(actions: ActionsModel, document: Document, qtbot: QtBot) -> None:
    set_cell(qtbot, document, "actions", "Cut", "announced", 1500.0)
    set_cell(qtbot, document, "actions", "Cut", "enabled", False)
    assert face(actions, "Cut", "announced").mark == face(actions, "Cut", "phase_in_path").mark == ""


# Following


def told(spy: QSignalSpy) -> list[tuple[int, int, int, int]]:
    """Return the blocks announced because of new balances: first and last row, first and last column."""
    blocks = [spy.at(number) for number in range(spy.count())]
    return [
        (first.row(), last.row(), first.column(), last.column())
        for first, last, which in blocks
        if roles.DISPLAY in [int(role) for role in which]
    ]


def test_that_nothing_is_looked_up_for_a_table_that_was_never_painted(
    document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = ActionsModel(document, document)
    spy = QSignalSpy(model.dataChanged)

    def refuse(_solution: object) -> None:
        raise AssertionError("nobody asked")

    monkeypatch.setattr(model, "_tell", refuse)
    set_cell(qtbot, document, "plants", "North", "operating", 700.0)
    assert told(spy) == []


def test_that_new_balances_announce_the_painted_rows_that_changed_once(
    plants: PlantsModel, document: Document, qtbot: QtBot
) -> None:
    faces_of(plants)
    spy = QSignalSpy(plants.dataChanged)
    set_cell(qtbot, document, "plants", "West", "built", 900.0)
    assert told(spy) == [(2, 2, 1, 1)]


def test_that_balances_that_say_the_same_announce_nothing(
    plants: PlantsModel, document: Document, qtbot: QtBot
) -> None:
    faces_of(plants)
    spy = QSignalSpy(plants.dataChanged)
    set_cell(qtbot, document, "demand", "Cables", "consumption", 800.0)
    document.set_compared(["Strict"])
    qtbot.waitUntil(lambda: not document.is_busy)
    assert told(spy) == []


class Mirror:
    """What a view shows that reads anew only what is announced, when it comes to painting."""

    def __init__(self, model: SparkModel) -> None:
        self.model = model
        self.shown = faces_of(model)
        self.stale: set[tuple[int, int]] = set()
        self.is_stale = False
        model.dataChanged.connect(self.on_data_changed)
        for signal in (model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.layoutChanged, model.modelReset):
            signal.connect(self.on_rows_changed)

    def on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        rows, columns = range(first.row(), last.row() + 1), range(first.column(), last.column() + 1)
        self.stale |= {(row, column) for row in rows for column in columns}

    def on_rows_changed(self) -> None:
        self.is_stale = True

    def paint(self) -> None:
        if self.is_stale:
            self.shown = faces_of(self.model)
        else:
            self.shown |= {place: look(self.model.face(*place)) for place in self.stale}
        self.stale, self.is_stale = set(), False


def random_step(random: Random, document: Document, table: str) -> None:
    kind = random.random()
    if kind < 0.15 and document.undo_stack.canUndo():
        document.undo_stack.undo()
    elif kind < 0.25 and document.undo_stack.canRedo():
        document.undo_stack.redo()
    elif kind < 0.4:
        document.select_scenario(random.choice(["Base", *document.plan.scenario_names]))
    elif kind < 0.6:
        document.apply(random_edit(random, document.plan, table), "Edit")
    elif kind < 0.8 and len(document.view.rows("plants")):
        row = random.randrange(len(document.view.rows("plants")))
        name = random.choice(["operating", "pot_size", "province"])
        value: Any = "Henan" if name == "province" else float(random.randrange(1, 400))
        document.set_cells("plants", [(row, name, value)])
    elif len(document.view.rows("actions")):
        row = random.randrange(len(document.view.rows("actions")))
        name = random.choice(["announced", "share", "implementation", "enabled", "delay"])
        values: dict[str, Any] = {"announced": 2000.0, "enabled": False, "delay": 2.0}
        document.set_cells("actions", [(row, name, random.choice([None, values.get(name, 0.25)]))])


@pytest.mark.parametrize("table", list(MODELS))
@pytest.mark.parametrize("seed", range(4))
def test_that_whatever_comes_what_is_announced_is_all_that_changes(
    document: Document, qtbot: QtBot, table: str, seed: int
) -> None:
    model = MODELS[table](document, document)
    tester = QAbstractItemModelTester(model, FATAL)
    mirror, random = Mirror(model), Random(seed)
    for step in range(60):
        random_step(random, document, table)
        mirror.paint()
        if step % 3:
            qtbot.waitUntil(lambda: not document.is_busy)
            mirror.paint()
            fresh = faces_of(MODELS[table](document, document))
            assert faces_of(model) == fresh
            assert mirror.shown == fresh
    del tester


# On the screen


@pytest.fixture
def shown_actions(tabs: TableTabs) -> Any:
    tabs.resize(1200, 500)
    view = tabs.view("actions")
    tabs.go_to("actions")
    return view


def pixels(view: Any, key: str, column: str, colour: str) -> int:
    """Return how many pixels of a cell have a colour."""
    index = view.order.cell(view.plan_model.row_of(key), view.plan_model.column_of(column))
    rect, image = view.visualRect(index), view.viewport().grab().toImage()
    wanted, ratio = QColor(colour).rgb(), image.devicePixelRatio()
    places = ((x, y) for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom()))
    return sum(image.pixel(round(x * ratio), round(y * ratio)) == wanted for x, y in places)


def test_that_paths_are_painted_and_grey_where_a_row_is_off(
    shown_actions: Any, document: Document, qtbot: QtBot
) -> None:
    theme = current_theme()
    go_to(shown_actions, "Winter cut", "kind")
    assert pixels(shown_actions, "Cut", "phase_in_path", theme.selected.colour) >= 40
    set_cell(qtbot, document, "actions", "Cut", "enabled", False)
    assert pixels(shown_actions, "Cut", "phase_in_path", theme.selected.colour) == 0
    assert pixels(shown_actions, "Cut", "phase_in_path", theme.disabled) >= 40


def test_that_the_column_of_paths_is_narrow(shown_actions: Any) -> None:
    assert 50 <= shown_actions.columnWidth(1) <= 90


def test_that_paths_do_not_disturb_their_neighbours(shown_actions: Any) -> None:
    """The painter goes on where it left off: text beside a path has the colour of text."""
    assert pixels(shown_actions, "Winter cut", "kind", current_theme().text) >= 10


def test_that_numbers_of_a_plan_can_all_be_nothing(qtbot: QtBot) -> None:
    plan = small_plan()
    empty = plan.plants.with_cells([(row, name, 0.0) for row in range(3) for name in ("built", "operating")])
    document = Document(plan.with_table(empty).with_table(plan.overrides.replaced([])))
    qtbot.waitSignal(document.all_solved).wait()
    spark = face(PlantsModel(document, document), "North", "operating_path").spark
    assert spark is not None
    assert np.all(np.array(spark.path) == 0.0)
    document.close()
