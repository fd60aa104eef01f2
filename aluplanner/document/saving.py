"""Saving in the background, and the file that the open plan belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from aluplanner.document.change_log import ChangeLog
from aluplanner.document.plan_file import Doubt, Order, Written, digest_of, write_file
from aluplanner.document.runner import Runner
from aluplanner.model.plan import Plan

if TYPE_CHECKING:
    from aluplanner.model.balance import Balance

Write: TypeAlias = Callable[[Order], Written]
"""Writes a plan to a file."""


class Saving(QObject):
    """Writes the plan to its file, and knows the plan as its file has it.

    The history is marked as saved when saving begins, so that an edit made meanwhile counts as a change; the mark is
    taken back if saving fails.

    Parameters
    ----------
    runner
        The background worker.
    stack
        The history, which carries the mark.
    plan
        The plan to begin with.
    path
        Its file, if it has one.

    Attributes
    ----------
    file_changed : Signal()
        The file or the clean mark is another one.
    saved : Signal(Path), failed : Signal(Exception)
        How saving ended.
    path : Path or None
        The file of the open plan, ``None`` before the first saving.
    plan : Plan
        The open plan as it was opened or last saved.
    log : ChangeLog
        What was changed since it was opened.
    backup_problem : str
        Why the previous version of the file saved last could not be kept; empty if it was.
    """

    file_changed = Signal()
    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self, runner: Runner, stack: QUndoStack, plan: Plan, path: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stack = stack
        self.plan = plan
        self.path = path
        self.log = ChangeLog()
        self.backup_problem = ""
        self._origin = path
        self._digest = _digest(plan, path)
        self._workbook: bytes | None = None
        # the files that are being written, each with the opening it belongs to, and what the worker wrote last
        self._targets: list[tuple[int, Path]] = []
        self._last: tuple[Path, bytes] | None = None
        self._opening = 0
        self._mark = 0
        self._stack.cleanChanged.connect(self._on_clean_changed)

    @property
    def is_under_way(self) -> bool:
        """Whether a file is being written."""
        return bool(self._targets)

    @property
    def _under_way(self) -> list[Path]:
        """The files that the open plan is being written to, one after the other."""
        return [path for opening, path in self._targets if opening == self._opening]

    def follow(self, plan: Plan, path: Path | None) -> None:
        """Go on with another plan, just opened; how the saving of the former one ends no longer changes anything."""
        self.plan, self.path = plan, path
        self._origin, self._digest, self._workbook = path, _digest(plan, path), None
        self.log.forget()
        self._opening += 1
        self._mark += 1

    def begin(
        self,
        plan: Plan,
        path: Path | None = None,
        write: Write = write_file,
        *,
        despite: frozenset[Doubt] = frozenset(),
        balances: Mapping[str, "Balance"] | None = None,
    ) -> None:
        """Begin to write a plan to a file; :attr:`saved` or :attr:`failed` says how it ended.

        It fails with a :class:`~aluplanner.document.plan_file.SavingDoubtError` if the planner should be asked first.

        Parameters
        ----------
        plan
            The plan as it is now.
        path
            The file; by default the one it has, or is about to have.
        write
            Writes it; by default as a workbook.
        despite
            Doubts that the planner has answered.
        balances
            The balances of the plan that are known, by scenario.

        Raises
        ------
        ValueError
            If the plan has no file yet and none is named.
        """
        target = path or (self._under_way[-1] if self._under_way else self.path)
        if target is None:
            raise ValueError("a plan that has no file yet needs a path")
        entries, steps = self.log.steps()
        order = Order(
            plan if self._workbook is None else replace(plan, source=self._workbook), target,
            is_own=target == self.path, digest=self._digest, is_first=target == self._origin,
            despite=despite, entries=entries, steps=steps, balances=balances or {},
        )  # fmt: skip
        # a mark that is itself waiting for its file to be written is none to go back to
        was_clean = self._stack.isClean() and not self.is_under_way
        self._mark += 1
        self._stack.setClean()
        work = partial(self._write_in_turn, write, order, is_behind=bool(self._under_way))
        self._targets.append((self._opening, target))
        self.file_changed.emit()
        self._runner.run(
            work,
            partial(self._on_saved, self._opening, plan, order),
            partial(self._on_failed, None if was_clean else self._mark),
        )

    def _write_in_turn(self, write: Write, order: Order, *, is_behind: bool) -> Written:
        """Write a file, in the background; what the order before this one wrote to it is no change by others."""
        before, self._last = self._last, None
        if is_behind and before is not None and before[0] == order.path:
            order = replace(order, is_own=True, digest=before[1])
        written = write(order)
        self._last = order.path, written.digest
        return written

    def acknowledge(self, plan: Plan) -> None:
        """Take note of what the file holds now: ``plan``, as somebody else saved it.

        From now on the open plan is written into that workbook, so that all else that was done there stays.
        """
        self._digest, self._workbook = _digest(plan, self.path), plan.source
        self.log.acknowledge()

    def close(self) -> None:
        """Say nothing any more, while the history is let go."""
        self._stack.cleanChanged.disconnect(self._on_clean_changed)

    def _on_saved(self, opening: int, plan: Plan, order: Order, written: Written) -> None:
        del self._targets[0]
        self.backup_problem = written.backup_problem
        if opening == self._opening:  # else another plan was opened meanwhile, and must not be saved over this one
            self.plan, self.path, self._digest = plan, order.path, written.digest
            self.log.settle(order.steps, written.entries)
        self.file_changed.emit()
        self.saved.emit(order.path)

    def _on_failed(self, mark: int | None, error: Exception) -> None:
        """Take the mark back, unless the plan was clean before or a later saving has set another one."""
        del self._targets[0]
        if not self._targets:
            self.log.take_back()
        if mark == self._mark:
            self._stack.resetClean()
        self.file_changed.emit()
        self.failed.emit(error)

    @Slot()
    def _on_clean_changed(self) -> None:
        self.file_changed.emit()


def _digest(plan: Plan, path: Path | None) -> bytes | None:
    """Return what tells the file of a plan just opened from others; ``None`` if it has none."""
    return None if path is None or plan.source is None else digest_of(plan.source)
