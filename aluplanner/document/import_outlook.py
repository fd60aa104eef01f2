"""What would come of an import: the first rows at once, everything as soon as the background has counted it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from aluplanner.document.import_choices import ImportChoices
from aluplanner.document.importing import Imported, Mode, TableImport, import_into, look_into, new_plan_from
from aluplanner.document.runner import NAP, REST, IsCancelled, Runner, Stage
from aluplanner.model.plan import Plan
from aluplanner.workbook.importing.converting import Converted, ConvertedTable, convert_sheet
from aluplanner.workbook.importing.mapping import SheetMapping
from aluplanner.workbook.importing.proposing import SheetProposal

FIRST_ROWS: Final = 25
"""Rows of a sheet that are shown before everything is counted: as many as fit on a screen."""

AT_ONCE: Final = 60
"""Rows of all sheets up to which everything is counted at once: it takes no longer than to paint it."""


@dataclass(frozen=True, eq=False)
class _Question:
    """What is to be counted: nothing of it changes any more."""

    sheets: tuple[SheetProposal, ...]
    plan: Plan
    mode: Mode | None
    title: str

    def imported(self, converted: Converted, is_cancelled: IsCancelled = lambda: False) -> Imported:
        """Return what comes of converted sheets: in the plan, or without a mode in a new one."""
        if self.mode is None:
            return new_plan_from(converted, self.title, is_cancelled)
        return import_into(self.plan, converted, self.mode, is_cancelled)


class ImportOutlook(QObject):
    """Counts what would come of the choices, the newest ones first and always.

    Parameters
    ----------
    choices
        What is decided.
    parent
        What it belongs to; it may live longer than who asks, as work on its way has to end first.

    Attributes
    ----------
    counted : Signal(Imported)
        Everything was counted.
    """

    counted = Signal(object)

    def __init__(self, choices: ImportChoices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._runner = Runner(self)
        self._kept: dict[SheetMapping, ConvertedTable] = {}
        self._resting_until = 0.0
        self._is_counting = False
        self._is_retired = False

    @property
    def is_counting(self) -> bool:
        """Whether what was asked last is still being counted."""
        return self._is_counting

    def ask(self, plan: Plan, mode: Mode | None, title: str) -> None:
        """Ask what would come of the choices; what was asked before is not answered any more.

        Parameters
        ----------
        plan
            The open plan.
        mode
            What becomes of its rows; ``None`` for a new plan.
        title
            The title of a new plan.
        """
        if self._is_retired:
            return
        question = _Question(self._choices.sheets, plan, mode, title)
        self._is_counting = True
        if sum(sheet.row_count for sheet in question.sheets if sheet.mapping.table) <= AT_ONCE:
            self._resting_until = 0.0
            self._runner.request(None)
            self._deliver(self._count(question, lambda: self._is_retired))
        else:
            # not as the first stage: with it the runner would look for keys at every call, and here each row does
            self._runner.request(None, Stage(lambda is_cancelled: self._count(question, is_cancelled), self._deliver))

    def first_rows(self, sheet: int, plan: Plan, mode: Mode | None) -> TableImport | None:
        """Return what the first rows of one sheet would do alone; ``None`` if it is left out."""
        found = self._choices.sheets[sheet]
        if not found.mapping.table:
            return None
        converted = convert_sheet(found.page, found.mapping, FIRST_ROWS)
        return look_into(Plan() if mode is None else plan, converted, mode or Mode.UPDATE)

    def give_way(self) -> None:
        """Let the counting rest while the planner does something."""
        self._resting_until = time.perf_counter() + REST

    def retire(self) -> None:
        """Count no more, and go when the work on its way has ended; nobody waits for it."""
        if not self._is_retired:
            self._is_retired = True
            self._is_counting = False
            self._runner.request(None)
            self._runner.run(lambda: None, self._go, self._go)

    def _go(self, _: object) -> None:
        self._runner.close()
        self.deleteLater()

    def _count(self, question: _Question, is_cancelled: IsCancelled) -> Imported:
        """Count everything, in whichever thread."""

        def is_unwanted() -> bool:
            while time.perf_counter() < self._resting_until:
                time.sleep(NAP)
            return is_cancelled()

        known = self._kept
        # only what is chosen now is kept: every choice makes another one
        kept: dict[SheetMapping, ConvertedTable] = {}
        for sheet in question.sheets:
            if sheet.mapping.table:
                made = known.get(sheet.mapping)
                kept[sheet.mapping] = made or convert_sheet(sheet.page, sheet.mapping, None, is_unwanted)
        self._kept = kept
        imported = question.imported(Converted(tuple(kept.values())), is_unwanted)
        for table in imported.tables:
            _look_ahead(table)
        return imported

    def _deliver(self, imported: Imported) -> None:
        self._is_counting = False
        self.counted.emit(imported)


def _look_ahead(table: TableImport) -> None:
    """Count what is asked for first, where the window does not have to wait for it."""
    for count in _COUNTS:
        count(table)


_COUNTS: Final[tuple[Callable[[TableImport], object], ...]] = (
    lambda table: table.counts,
    lambda table: table.unreadable,
    lambda table: table.issues,
)
