"""The open document: the current plan, the scenario on view, its balances, undo and the file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from aluplanner.document import edits
from aluplanner.document.change import Change, Origin
from aluplanner.document.edits import Cell
from aluplanner.document.labels import cells_label
from aluplanner.document.runner import Runner
from aluplanner.document.scenario_view import ScenarioView, names_after
from aluplanner.document.solutions import Solutions
from aluplanner.document.solving import Solution
from aluplanner.document.undo import PlanStep
from aluplanner.model.issues import Issue
from aluplanner.model.layers import is_base, with_overrides, without_override
from aluplanner.model.plan import Address, Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import Value, fold


class Document(QObject):
    """The open plan and everything that is known about it.

    Parameters
    ----------
    plan
        The plan to begin with.
    path
        Its file, if it has one.
    runner
        The background worker; by default its own.
    starts
        Whether to begin to solve at once, or only when told to, so that a window can be shown first.

    Attributes
    ----------
    changed : Signal(Change)
        The plan is another one.
    scenario_changed : Signal(str)
        Another scenario was selected.
    compared_changed : Signal()
        Other scenarios are compared.
    solved : Signal(Solution)
        The balances on view are new.
    claims_checked : Signal()
        :attr:`claims` is new.
    issues_changed : Signal()
        :attr:`issues` is new.
    all_solved : Signal()
        Every scenario of the plan has been solved, those not on view too.
    file_changed : Signal()
        The file, the title or the clean mark is another one.
    saved : Signal(Path), save_failed : Signal(Exception)
        How saving ended.
    busy_changed : Signal(bool)
        Whether balances on view are being computed.
    """

    changed = Signal(object)
    scenario_changed = Signal(str)
    compared_changed = Signal()
    solved = Signal(object)
    claims_checked = Signal()
    issues_changed = Signal()
    all_solved = Signal()
    file_changed = Signal()
    saved = Signal(object)
    save_failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self,
        plan: Plan | None = None,
        path: Path | None = None,
        *,
        runner: Runner | None = None,
        starts: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan or Plan()
        self._path = path
        self._scenario = BASE
        self._compared: tuple[str, ...] = ()
        self._saves_under_way = 0
        self._is_closed = False
        self._runner = runner or Runner(self)
        self._runner.busy_changed.connect(self.busy_changed)
        self._solutions = Solutions(self._runner, self)
        self._solutions.solved.connect(self.solved)
        self._solutions.claims_checked.connect(self.claims_checked)
        self._solutions.issues_changed.connect(self.issues_changed)
        self._solutions.all_solved.connect(self.all_solved)
        self._undo_stack = QUndoStack(self)
        self._undo_stack.cleanChanged.connect(self._on_clean_changed)
        self._is_started = starts
        self._solve()

    def start(self) -> None:
        """Begin to solve, where the beginning was put off."""
        if not self._is_started:
            self._is_started = True
            self._solve()

    # What there is

    @property
    def plan(self) -> Plan:
        """The plan, without any scenario's overrides."""
        return self._plan

    @property
    def scenario(self) -> str:
        """The selected scenario, ``"Base"`` for the base plan."""
        return self._scenario

    @property
    def compared(self) -> tuple[str, ...]:
        """The scenarios ticked for comparison."""
        return self._compared

    @property
    def view(self) -> ScenarioView:
        """The plan as the selected scenario sees it."""
        return ScenarioView(self._plan, self._scenario)

    @property
    def solution(self) -> Solution | None:
        """The last good balances; ``None`` before the first ones."""
        return self._solutions.solution

    @property
    def claims(self) -> Mapping[str, tuple[Any, ...]]:
        """The results of the claims by scenario, as far as they are known."""
        return self._solutions.claims

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Everything wrong or doubtful with the plan as it was checked last."""
        return self._solutions.issues

    @property
    def undo_stack(self) -> QUndoStack:
        """The history; it also knows whether the plan is as saved."""
        return self._undo_stack

    @property
    def path(self) -> Path | None:
        """The file, ``None`` before the first saving."""
        return self._path

    @property
    def is_clean(self) -> bool:
        """Whether the plan is as it was opened or saved."""
        return self._undo_stack.isClean()

    @property
    def is_busy(self) -> bool:
        """Whether the balances on view are being computed."""
        return self._runner.is_busy

    @property
    def is_saving(self) -> bool:
        """Whether the file is being written."""
        return self._saves_under_way > 0

    # Edits

    def apply(self, after: Plan, label: str, origin: object = None) -> None:
        """Make one step in the history.

        Parameters
        ----------
        after
            The plan after the step; nothing happens if it is the plan there is.
        label
            The step in words.
        origin
            The widget that asks.
        """
        if after is not self._plan:
            self._undo_stack.push(PlanStep(Change(self._plan, after, origin, label), self._show))

    def set_cell(self, table: str, key: str, column: str, value: Value, origin: object = None) -> None:
        """Set one cell of the selected scenario; see :meth:`set_cells`.

        Raises
        ------
        KeyError
            If the table has no such row.
        """
        position = self.view.rows(table).position(key)
        if position is None:
            raise KeyError(key)
        self.set_cells(table, [(position, column, value)], origin=origin)

    def set_cells(self, table: str, cells: Sequence[Cell], label: str | None = None, origin: object = None) -> None:
        """Set cells as one step: in a scenario by overrides where the table can vary, else in the base.

        Keys are always the base's: a scenario changes values, not which rows there are.

        Parameters
        ----------
        table
            Name of the table.
        cells
            Index of the row as the selected scenario shows it, field name, value.
        label
            The step in words; by default what was set where.
        origin
            The widget that asks.
        """
        if cells:
            after = self._with_cells(table, cells)
            self.apply(after, label or cells_label(self.view, table, cells), origin)

    def use_base_values(self, table: str, cells: Iterable[tuple[int, str]], label: str) -> None:
        """Take the selected scenario's own overrides of some cells back, as one step."""
        if not is_base(self._scenario):
            addresses = [self._address(table, position, column) for position, column in cells]
            self.apply(without_override(self._plan, self._scenario, addresses), label)

    def _with_cells(self, table: str, cells: Sequence[Cell]) -> Plan:
        declared = self._plan.table(table).table
        if is_base(self._scenario) or not declared.can_vary:
            return edits.set_cells(self._plan, table, cells)
        keys = [cell for cell in cells if cell[1] in declared.key]
        overrides = {
            self._address(table, position, column): value
            for position, column, value in cells
            if column not in declared.key
        }
        plan = with_overrides(self._plan, self._scenario, overrides) if overrides else self._plan
        return edits.set_cells(plan, table, keys) if keys else plan

    def _address(self, table: str, position: int, column: str) -> Address:
        rows = self.view.rows(table)
        return Address(table, rows.table.row_key(rows[position]), column)

    # The scenario on view

    def select_scenario(self, name: str) -> None:
        """Show another scenario; no step in the history.

        Raises
        ------
        KeyError
            If there is no such scenario.
        """
        wanted = BASE if is_base(name) else self._known_name(name)
        if wanted != self._scenario:
            self._scenario = wanted
            self.scenario_changed.emit(wanted)
            self._solve()

    def set_compared(self, names: Iterable[str]) -> None:
        """Compare with these scenarios.

        Raises
        ------
        KeyError
            If there is no such scenario.
        """
        wanted = tuple(dict.fromkeys(BASE if is_base(name) else self._known_name(name) for name in names))
        if wanted != self._compared:
            self._compared = wanted
            self.compared_changed.emit()
            self._solve()

    def _known_name(self, name: str) -> str:
        found = self._plan.scenarios.find(name)
        if found is None:
            raise KeyError(name)
        return found.scenario

    def _follow_scenarios(self, change: Change) -> None:
        """Keep to the scenarios on view where they still exist, under a new name if they were renamed."""
        if change.is_other_plan:
            selected, compared = BASE, tuple[str, ...]()
        else:
            names = {fold(BASE): BASE, **names_after(change.before.scenario_names, change.after.scenario_names)}
            selected = names.get(fold(self._scenario), BASE)
            compared = tuple(names[fold(name)] for name in self._compared if fold(name) in names)
        is_other, is_compared_other = selected != self._scenario, compared != self._compared
        self._scenario, self._compared = selected, compared
        if is_other:
            self.scenario_changed.emit(selected)
        if is_compared_other:
            self.compared_changed.emit()

    # Files

    def open(self, path: Path) -> None:
        """Open a file in place of the current plan.

        Raises
        ------
        aluplanner.model.issues.PlanError
            If the file has errors; the current plan then stays.
        OSError
            If the file cannot be read.
        """
        from aluplanner.workbook.read import read_plan

        self.new(read_plan(path), path)

    def new(self, plan: Plan, path: Path | None = None) -> None:
        """Put another plan in place of the current one and forget the history."""
        change = Change(self._plan, plan, Origin.FILE, "")
        self._undo_stack.clear()
        self._path = path
        self._solutions.forget()
        self._show(change)
        self.file_changed.emit()

    def save(self, path: Path | None = None, write: Callable[[Plan, Path], object] | None = None) -> None:
        """Begin to write the plan to a file; :attr:`saved` or :attr:`save_failed` says how it ended.

        Parameters
        ----------
        path
            The file; by default the current one.
        write
            Writes a plan to a file.

        Raises
        ------
        ValueError
            If the plan has no file yet and none is named.
        """
        target = path or self._path
        if target is None:
            raise ValueError("a plan that has no file yet needs a path")
        plan, was_clean = self._plan, self.is_clean
        self._saves_under_way += 1
        self._undo_stack.setClean()
        self.file_changed.emit()
        failed = partial(self._on_save_failed, was_clean)
        self._runner.run(partial(_write, plan, target, write), partial(self._on_saved, target), failed)

    def _on_saved(self, path: Path, _result: object) -> None:
        self._saves_under_way -= 1
        self._path = path
        self.file_changed.emit()
        self.saved.emit(path)

    def _on_save_failed(self, was_clean: bool, error: Exception) -> None:
        self._saves_under_way -= 1
        if not was_clean:  # else the plan is still as its file has it
            self._undo_stack.resetClean()
        self.file_changed.emit()
        self.save_failed.emit(error)

    def close(self) -> None:
        """Stop the background, after what is being saved is saved, and let the history go.

        The history must not be left to Python's collector, which may delete its steps a second time.
        """
        self._runner.close()
        if not self._is_closed:
            self._is_closed = True
            self._undo_stack.cleanChanged.disconnect(self._on_clean_changed)
            self._undo_stack.clear()

    # One way: plan, then balances

    def _show(self, change: Change) -> None:
        self._plan = change.after
        self._follow_scenarios(change)
        self.changed.emit(change)
        self._solve()

    def _solve(self) -> None:
        if self._is_started:
            self._solutions.request(self._plan, self._scenario, self._compared)

    def _on_clean_changed(self, _clean: bool) -> None:
        self.file_changed.emit()


def _write(plan: Plan, path: Path, write: Callable[[Plan, Path], object] | None) -> None:
    if write is None:
        from aluplanner.workbook.write import write_plan

        write = write_plan
    write(plan, path)
