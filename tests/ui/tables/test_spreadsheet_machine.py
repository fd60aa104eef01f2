"""Anything a planner does to the tables, in any order, against the same document in plain Python."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from aluplanner.document.document import Document
from aluplanner.document.grid_text import write_grid
from aluplanner.model.plan import Plan
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.arrangement import Arrangement, SortKey
from aluplanner.ui.tables.filters import AmongTexts, Between, Containing
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.document.small_plan import small_plan
from tests.ui.tables.plain_book import COLUMNS, LAYERS, Book, Cell, texts_for

IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
TABLES = st.sampled_from(sorted(COLUMNS))
PLACES = st.integers(0, 30)
SELECT = QItemSelectionModel.SelectionFlag.Select


def book_of(plan: Plan) -> Book:
    """Return the plan in plain Python, read once at the start."""
    book = Book()
    for table, columns in COLUMNS.items():
        book.rows[table] = [{name: Cell(getattr(record, name)) for name in columns} for record in plan.table(table)]
    for override in plan.overrides:
        if override.column in COLUMNS.get(override.table, ()):
            place = (override.scenario, override.table, override.row, override.column)
            book.overrides[place] = Cell(override.value)
    return book


class Spreadsheet(RuleBasedStateMachine):
    """The tables of the small plan on one side, a :class:`Book` on the other."""

    @initialize()
    def begin(self) -> None:
        plan = small_plan()
        self.document = Document(plan, starts=False)
        self.home = QWidget()
        self.tabs = TableTabs(self.document, self.home)
        self.testers = []
        for table in ("plants", "actions", "scenarios", "overrides"):
            view = self.tabs.view(table)
            self.testers += [
                QAbstractItemModelTester(view.plan_model, FATAL),
                QAbstractItemModelTester(view.order, FATAL),
            ]
        for table, columns in COLUMNS.items():
            view = self.tabs.view(table)
            shown = [view.plan_model.column_of(name) for name in columns]
            view.columns.set_hidden([c for c in range(view.plan_model.columnCount()) if c not in shown], True)
        self.book = book_of(plan)
        self.undone: list[Book] = []
        self.done: list[Book] = []
        self.scenario = "Base"
        self.clean = 0
        self.on_screen = {table: list(range(len(self.book.rows[table]))) for table in COLUMNS}
        self.arrangements = dict.fromkeys(COLUMNS, Arrangement())

    def teardown(self) -> None:
        if hasattr(self, "document"):
            self.testers.clear()
            self.document.close()
            self.home.deleteLater()

    # Helpers

    def view(self, table: str) -> PlanTableView:
        self.tabs.go_to(table)
        return self.tabs.view(table)

    def select(self, table: str, cells: list[tuple[int, str]]) -> PlanTableView:
        """Select cells, given by their place on the screen."""
        view = self.view(table)
        view.selectionModel().clear()
        for place, column in cells:
            index = view.order.index(place, view.plan_model.column_of(column) or 0)
            view.selectionModel().select(index, SELECT)
            view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        return view

    def place(self, table: str, wanted: int) -> int | None:
        count = self.view(table).order.rowCount()
        return wanted % count if count else None

    def after(self, changed: Book) -> None:
        """Take the book after a gesture: a step of the history if anything is different."""
        steps = self.document.undo_stack.index()
        if steps == len(self.done) + 1:
            self.done.append(self.book)
            self.undone = []
            if self.clean > steps - 1:
                self.clean = -1
        else:
            assert changed == self.book, "something changed that is no step"
        self.book = changed

    # Gestures

    @rule(table=TABLES, wanted=PLACES, column=PLACES, text=PLACES)
    def type_into_a_cell(self, table: str, wanted: int, column: int, text: int) -> None:
        place, name = self.place(table, wanted), COLUMNS[table][column % len(COLUMNS[table])]
        if place is None:
            return
        typed = texts_for(name)[text % len(texts_for(name))]
        view = self.view(table)
        row = view.order.source_row(place)
        view.order.setData(view.order.index(place, view.plan_model.column_of(name) or 0), typed)
        changed = self.book.copy()
        changed.enter(table, {(row, name): typed}, self.scenario)
        self.after(changed)

    @rule(
        table=TABLES,
        wanted=PLACES,
        left=PLACES,
        grid=st.lists(st.lists(PLACES, min_size=1, max_size=4), min_size=1, max_size=5),
    )
    def paste(self, table: str, wanted: int, left: int, grid: list[list[int]]) -> None:
        columns = COLUMNS[table]
        left %= len(columns)
        rows = self.view(table).order.rowCount()
        top = wanted % (rows + 1) if not rows else wanted % rows
        names = columns[left:]
        texts = [
            [texts_for(name)[number % len(texts_for(name))] for name, number in zip(names, line, strict=False)]
            for line in grid
        ]
        width = max(map(len, texts))
        if rows == 0 or (len(texts) == 1 and width == 1):
            return
        view = self.select(table, [(top, columns[left])])
        QApplication.clipboard().setText(write_grid(texts))
        changed = self.book.copy()
        stored, lines = list(view.order.source_rows), list(texts)
        while len(lines) > 1 and top + len(lines) > rows and not any(lines[-1]):
            lines.pop()  # empty lines beyond the end bring no rows
        lacking = max(0, top + len(lines) - rows)
        self.tabs.cell_actions.paste.trigger()
        changed.add(table, len(changed.rows[table]), lacking)
        count = len(self.book.rows[table])
        cells = {
            (stored[top + r] if top + r < rows else count + top + r - rows, names[c]): text
            for r, line in enumerate(lines)
            for c, text in enumerate(line)
        }
        changed.enter(table, cells, self.scenario)
        self.after(changed)

    @rule(table=TABLES, cells=st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=4))
    def clear(self, table: str, cells: list[tuple[int, int]]) -> None:
        columns = COLUMNS[table]
        places = [(self.place(table, row), columns[column % len(columns)]) for row, column in cells]
        if any(place is None for place, _ in places):
            return
        view = self.select(table, [(place or 0, name) for place, name in places])
        rows = {(view.order.source_row(place or 0), name) for place, name in places if name != columns[0]}
        self.tabs.row_actions.clear.trigger()
        changed = self.book.copy()
        for row, name in sorted(rows):
            shown = changed.shown(table, row, name, self.scenario)
            if shown != Cell():
                changed.put(table, row, name, Cell(), self.scenario)
        self.after(changed)

    @rule(table=TABLES, wanted=PLACES)
    def add_a_row(self, table: str, wanted: int) -> None:
        place = self.place(table, wanted)
        view = self.select(table, [] if place is None else [(place, COLUMNS[table][0])])
        row = 0 if place is None else view.order.source_row(place) + 1
        if place is None:
            row = len(self.book.rows[table])
        self.tabs.row_actions.add.trigger()
        changed = self.book.copy()
        changed.add(table, row)
        self.after(changed)

    @rule(table=TABLES, wanted=PLACES)
    def duplicate_a_row(self, table: str, wanted: int) -> None:
        place = self.place(table, wanted)
        if place is None or len(self.book.rows[table]) > 12:
            return
        view = self.select(table, [(place, COLUMNS[table][0])])
        row = view.order.source_row(place)
        self.tabs.row_actions.duplicate.trigger()
        changed = self.book.copy()
        changed.duplicate(table, row)
        self.after(changed)

    @rule(table=TABLES, wanted=st.lists(PLACES, min_size=1, max_size=2))
    def delete_rows(self, table: str, wanted: list[int]) -> None:
        places = {self.place(table, number) for number in wanted}
        if None in places:
            return
        view = self.select(table, [(place or 0, COLUMNS[table][0]) for place in places])
        rows = sorted(view.order.source_row(place or 0) for place in places)
        self.tabs.row_actions.delete.trigger()
        changed = self.book.copy()
        changed.delete(table, rows)
        self.after(changed)

    @rule(table=TABLES, wanted=PLACES)
    def move_a_row_down(self, table: str, wanted: int) -> None:
        place = self.place(table, wanted)
        if place is None or not self.arrangements[table].is_plain:
            return
        self.select(table, [(place, COLUMNS[table][0])])
        self.tabs.row_actions.down.trigger()
        changed = self.book.copy()
        changed.move_down(table, place)
        self.after(changed)

    @rule(table=TABLES, wanted=PLACES, column=PLACES)
    def use_the_base_value(self, table: str, wanted: int, column: int) -> None:
        place, name = self.place(table, wanted), COLUMNS[table][column % len(COLUMNS[table])]
        if place is None:
            return
        view = self.select(table, [(place, name)])
        row = view.order.source_row(place)
        self.tabs.row_actions.refresh()
        self.tabs.row_actions.use_base.trigger()
        changed = self.book.copy()
        changed.use_base(table, row, name, self.scenario)
        self.after(changed)

    # History

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            self.document.undo_stack.undo()
            if self.done:
                self.undone.append(self.book)
                self.book = self.done.pop()

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.document.undo_stack.redo()
            if self.undone:
                self.done.append(self.book)
                self.book = self.undone.pop()

    @rule()
    def count_as_saved(self) -> None:
        self.document.undo_stack.setClean()
        self.clean = len(self.done)

    # Views

    @rule(scenario=st.sampled_from(sorted(LAYERS)))
    def select_scenario(self, scenario: str) -> None:
        self.document.select_scenario(scenario)
        self.scenario = scenario

    @rule(table=TABLES, column=PLACES, is_descending=st.booleans(), is_added=st.booleans())
    def sort(self, table: str, column: int, is_descending: bool, is_added: bool) -> None:
        key = SortKey(COLUMNS[table][column % len(COLUMNS[table])], is_descending)
        now = self.arrangements[table]
        self.arrange(table, now.also_sorted_by(key) if is_added else now.sorted_by(key))

    @rule(table=TABLES, kind=PLACES)
    def filter(self, table: str, kind: int) -> None:
        number = "built" if table == "plants" else "share"
        text = "province" if table == "plants" else "note"
        filters = (
            (number, Between(0.5, 1500.0, True)), (text, Containing("E")), (text, AmongTexts(frozenset({"", "a"}))),
        )  # fmt: skip
        name, wanted = filters[kind % len(filters)]
        self.arrange(table, self.arrangements[table].with_filter(name, wanted))

    @rule(table=TABLES, is_sort_kept=st.booleans())
    def show_all_again(self, table: str, is_sort_kept: bool) -> None:
        self.arrange(table, self.arrangements[table].without_filters() if is_sort_kept else Arrangement())

    @rule(table=TABLES)
    def apply_again(self, table: str) -> None:
        self.arrange(table, self.arrangements[table])

    def arrange(self, table: str, arrangement: Arrangement) -> None:
        self.arrangements[table] = arrangement
        view = self.view(table)
        view.order.arrange(arrangement)
        assert list(view.order.source_rows) == self.arranged(table)

    def arranged(self, table: str) -> list[int]:
        """Return the rows that the arrangement of a table shows, worked out from the book."""
        arrangement = self.arrangements[table]
        rows = [row for row in range(len(self.book.rows[table])) if self.lets(table, row)]
        for key in reversed(arrangement.sorts):
            ranks = {row: rank(self.book.shown(table, row, key.column, self.scenario)) for row in rows}
            kinds = sorted({kind for kind, _ in ranks.values()})
            rows = [
                row
                for kind in kinds
                for row in sorted(
                    (row for row in rows if ranks[row][0] == kind),
                    key=lambda row: ranks[row][1],
                    reverse=key.is_descending,
                )
            ]
        return rows

    def lets(self, table: str, row: int) -> bool:
        for name, wanted in self.arrangements[table].filters.items():
            cell = self.book.shown(table, row, name, self.scenario)
            text = " ".join(cell.text.split()) if cell.text is not None else str(cell.value or "")
            match wanted:
                case Between():
                    lets = cell.text is None and cell.value is not None and 0.5 <= float(str(cell.value)) <= 1500.0
                case Containing():
                    lets = "e" in text.lower()
                case _:
                    lets = text in ("", "a")
            if not lets:
                return False
        return True

    # What must hold

    @invariant()
    def every_cell_shows_what_the_book_says(self) -> None:
        if not hasattr(self, "document"):
            return
        for table, columns in COLUMNS.items():
            view = self.tabs.view(table)
            model = view.plan_model
            assert model.rowCount() == len(self.book.rows[table])
            for row in range(model.rowCount()):
                for name in columns:
                    column = model.column_of(name) or 0
                    cell = self.book.shown(table, row, name, self.scenario)
                    assert model.is_unread(row, column) == (cell.text is not None), (table, row, name)
                    if cell.text is not None:
                        assert model.data(model.index(row, column), roles.EDIT) == cell.text
                    assert model.value(row, column) == cell.value, (table, row, name)
                    is_overridden = self.book.is_overridden(table, row, name, self.scenario)
                    assert bool(model.data(model.index(row, column), roles.OVERRIDDEN)) == is_overridden

    @invariant()
    def every_row_in_sight_is_there_once(self) -> None:
        if not hasattr(self, "document"):
            return
        for table in COLUMNS:
            order = self.tabs.view(table).order
            stored = list(order.source_rows)
            assert len(set(stored)) == len(stored) == order.rowCount()
            assert all(0 <= row < len(self.book.rows[table]) for row in stored)
            if self.arrangements[table].is_plain:
                assert stored == list(range(len(stored))) == list(range(len(self.book.rows[table])))
            for place, row in enumerate(stored):
                assert order.row_of(row) == place
                assert order.index(place, 0).data() == self.tabs.view(table).plan_model.index(row, 0).data()

    @invariant()
    def the_history_is_as_long_as_what_was_done(self) -> None:
        if hasattr(self, "document"):
            assert self.document.undo_stack.index() == len(self.done)
            assert self.document.is_clean == (self.clean == len(self.done))


def rank(cell: Cell) -> tuple[int, object]:
    """Return what a cell is sorted by: numbers, then words, then what could not be read, then blanks."""
    if cell.text is not None:
        return 3, spelling(" ".join(cell.text.split()))
    if cell.value is None:
        return 4, 0
    if isinstance(cell.value, str):
        return 2, spelling(cell.value)
    return 1, cell.value


def spelling(text: str) -> object:
    """Return what words are compared by; how it compares letters is Qt's business and not what is tested here."""
    from aluplanner.ui.tables.arrangement import _words

    return _words(text)


@pytest.mark.usefixtures("qapp")
def test_that_the_tables_show_what_a_plain_book_shows_whatever_is_done_to_them() -> None:
    run_state_machine_as_test(
        Spreadsheet,
        # finding a shorter way to a difference takes minutes; the thorough profile takes them
        settings=settings(
            max_examples=max(40, settings.default.max_examples // 10),
            stateful_step_count=60,
            suppress_health_check=list(HealthCheck),
            phases=settings.default.phases if IS_THOROUGH else (Phase.explicit, Phase.generate),
        ),
    )
