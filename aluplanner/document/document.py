"""The open document: the current plan, the scenario on view, its balances, undo and the file."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from aluplanner.document import layered_edits
from aluplanner.document.change import Change, Origin
from aluplanner.document.edits import Cell
from aluplanner.document.entering import Entered, TextCell, TextColumns, enter_texts
from aluplanner.document.former_plans import FormerPlans
from aluplanner.document.gesture import Gestures
from aluplanner.document.labels import cells_label, texts_label
from aluplanner.document.opening import read_draft
from aluplanner.document.plan_file import Doubt, write_file
from aluplanner.document.runner import Runner
from aluplanner.document.saved_values import Restored, with_saved_values
from aluplanner.document.saving import Saving, Write
from aluplanner.document.scenario_labels import reset_label
from aluplanner.document.scenario_view import ScenarioView, names_after
from aluplanner.document.solutions import Solutions
from aluplanner.document.solving import Solution
from aluplanner.model.issues import Issue
from aluplanner.model.layers import is_base
from aluplanner.model.plan import Plan
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
    closing : Signal()
        The document is about to be closed: whoever works beside it stops.
    giving_way : Signal()
        A key is answered: whoever works beside it rests for a moment.
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
    closing = Signal()
    giving_way = Signal()

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
        self._scenario = BASE
        self._compared: tuple[str, ...] = ()
        self._is_closed = False
        self._runner = runner or Runner(self)
        self._runner.busy_changed.connect(self.busy_changed)
        self._solutions = Solutions(self._runner, self)
        self._solutions.solved.connect(self.solved)
        self._solutions.claims_checked.connect(self.claims_checked)
        self._solutions.issues_changed.connect(self.issues_changed)
        self._solutions.all_solved.connect(self.all_solved)
        self._undo_stack = QUndoStack(self)
        self._saving = Saving(self._runner, self._undo_stack, self._plan, path, self)
        self._saving.file_changed.connect(self.file_changed)
        self._saving.saved.connect(self.saved)
        self._saving.failed.connect(self.save_failed)
        self._gestures = Gestures(self._undo_stack)
        self._former_plans = FormerPlans(self)
        self._is_started = starts
        self._solve()

    def give_way(self) -> None:
        """Let the background rest while a key is answered."""
        self._runner.give_way()
        self.giving_way.emit()

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
        return self._saving.path

    @property
    def saved_plan(self) -> Plan:
        """The plan as it was opened or last saved."""
        return self._saving.plan

    @property
    def backup_problem(self) -> str:
        """Why the previous version of the file saved last could not be kept; empty if it was."""
        return self._saving.backup_problem

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
        return self._saving.is_under_way

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
            change, index = Change(self._plan, after, origin, label), self._undo_stack.index()
            self._gestures.push(change, self._show)
            self._saving.log.add(change, is_growth=self._undo_stack.index() == index)

    def begin_gesture(self, label: str = "", origin: object = None) -> None:
        """Let the edits from here on that ``origin`` asks for be one step, named ``label`` or as the last of them.

        Undo, redo, an edit that somebody else asks for, saving, another file or scenario end the gesture too.
        """
        self._gestures.begin(label, origin)

    def end_gesture(self) -> None:
        """End the gesture, if one is under way; one that ends where it began leaves no step."""
        self._gestures.end()

    def is_in_gesture(self, origin: object) -> bool:
        """Return whether a gesture of ``origin`` is under way."""
        return self._gestures.is_open(origin)

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
            after = layered_edits.set_cells(self.view, table, cells)
            self.apply(after, label or cells_label(self.view, table, cells), origin)

    def enter_texts(
        self,
        table: str,
        texts: Sequence[TextCell] | TextColumns,
        new_rows: int = 0,
        label: str | None = None,
        origin: object = None,
    ) -> Entered:
        """Enter texts into cells as one step: what cannot be read stays in its cell as it is.

        Parameters
        ----------
        table
            Name of the table.
        texts
            Index of the row as the selected scenario shows it, field name, text; or many by column.
        new_rows
            How many rows to add at the end first; rows beyond the end are these.
        label
            The step in words; by default what was entered where.
        origin
            The widget that asks.
        """
        entered = enter_texts(self.view, table, texts, new_rows)
        if entered.plan is not self._plan:
            self.apply(entered.plan, label or texts_label(self.view, table, texts), origin)
        return entered

    def use_base_values(self, table: str, cells: Iterable[tuple[int, str]], label: str | None = None) -> None:
        """Take the selected scenario's own overrides of some cells back, as one step."""
        wanted = tuple(cells)
        after = layered_edits.use_base_values(self.view, table, wanted)
        if after is not self._plan:
            self.apply(after, label or reset_label(self.view, table, wanted, is_saved=False))

    def use_saved_values(self, table: str, cells: Iterable[tuple[int, str]], label: str | None = None) -> Restored:
        """Put some cells back to what they were when the plan was opened or last saved, as one step.

        See :func:`aluplanner.document.saved_values.with_saved_values`.
        """
        restored = with_saved_values(self.view, self.saved_plan, table, cells)
        if restored.cells:
            self.apply(restored.plan, label or reset_label(self.view, table, restored.cells, is_saved=True))
        return restored

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
            self.end_gesture()
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
        """Open a file in place of the current plan; it may have errors, as long as all that it states can be shown.

        Raises
        ------
        aluplanner.model.issues.PlanError
            If it cannot be opened; the current plan then stays.
        """
        self.new(read_draft(path), path)

    def new(self, plan: Plan, path: Path | None = None) -> None:
        """Put another plan in place of the current one and forget the history."""
        self.end_gesture()
        change = Change(self._plan, plan, Origin.FILE, "")
        self._undo_stack.clear()
        self._saving.follow(plan, path)
        self._solutions.forget()
        self._show(change)
        self.file_changed.emit()

    def save(
        self, path: Path | None = None, write: Write = write_file, despite: frozenset[Doubt] = frozenset()
    ) -> None:
        """Begin to write the plan to a file; :attr:`saved` or :attr:`save_failed` says how it ended.

        Parameters and errors are those of :meth:`aluplanner.document.saving.Saving.begin`.
        """
        self.end_gesture()
        balances = self._solutions.balances_of(self._plan)
        self._saving.begin(self._plan, path, write, despite=despite, balances=balances)

    def acknowledge(self, plan: Plan) -> None:
        """Take note that what somebody else saved to the plan's file is in the open plan: it may be replaced."""
        self._saving.acknowledge(plan)

    def close(self) -> None:
        """Stop the background, after what is being saved is saved, and let the history go.

        The history must not be left to Python's collector, which may delete its steps a second time.
        """
        if not self._is_closed:
            self.closing.emit()
        self._runner.close()
        if not self._is_closed:
            self._is_closed = True
            self.end_gesture()
            self._saving.close()
            self._undo_stack.clear()

    # One way: plan, then balances

    def _show(self, change: Change) -> None:
        self._plan = change.after
        if change.origin is Origin.HISTORY:
            self._saving.log.follow_history(change)
        self._gestures.follow(change)
        self._follow_scenarios(change)
        self.changed.emit(change)
        self._solve()

    def _solve(self) -> None:
        if self._is_started:
            self._solutions.request(self._plan, self._scenario, self._compared)
