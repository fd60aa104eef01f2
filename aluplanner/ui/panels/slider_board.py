"""The pins of the open document: they come, go, follow their rows, and are remembered with their file."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from aluplanner.document import edits
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.layers import without_override
from aluplanner.model.plan import Address, Plan
from aluplanner.model.schema import Value
from aluplanner.ui.panels.slider_cells import PinnedCell, read_pinned, settled
from aluplanner.ui.panels.slider_pins import Pin, follow, recall, remember
from aluplanner.ui.tables.cell_issues import CellIssues, issues_of_table


class PinBoard(QObject):
    """The pinned cells.

    Attributes
    ----------
    changed : Signal()
        There are other pins, or their cells show something else.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pins: list[Pin] = []
        self._document = document
        self._preferences: Preferences | None = None
        self._path = document.path
        self._issues: dict[str, CellIssues] = {}
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_looked_at_anew)
        document.issues_changed.connect(self._on_looked_at_anew)
        document.file_changed.connect(self._on_file_changed)

    def cells(self) -> list[tuple[Pin, PinnedCell]]:
        """Return the pins whose rows are there, with what their cells hold."""
        read = ((pin, read_pinned(self._document, pin, self._issues_of(pin.table))) for pin in self.pins)
        return [(pin, cell) for pin, cell in read if cell is not None]

    def _issues_of(self, table: str) -> CellIssues:
        if table not in self._issues:
            self._issues[table] = issues_of_table(self._document.view, table, self._document.issues)
        return self._issues[table]

    # Pinning

    def pin(self, cells: Iterable[tuple[str, str, str]]) -> int:
        """Pin cells, given as table, key and column; return how many of them a slider can change."""
        known = {pin.place for pin in self.pins}
        count = 0
        for cell in cells:
            pin = settled(self._document, Pin(*cell))
            if read_pinned(self._document, pin, {}) is None:
                continue
            count += 1
            if pin.place not in known:
                known.add(pin.place)
                self.pins.append(pin)
        self._keep()
        return count

    def unpin(self, pin: Pin) -> None:
        """Take a pin away."""
        self.pins = [known for known in self.pins if known.place != pin.place]
        self._keep()

    def unpin_all(self) -> None:
        """Take all pins away."""
        self.pins = []
        self._keep()

    def set_ends(self, pin: Pin) -> None:
        """Take the ends of the range that a pin has been given."""
        self.pins = [
            replace(known, low=pin.low, high=pin.high) if known.place == pin.place else known for known in self.pins
        ]
        self._keep()

    def _keep(self) -> None:
        if self._preferences is not None and self._path is not None:
            remember(self._preferences, str(self._path.absolute()), self.pins)
        self.changed.emit()

    # Values

    def enter(self, pin: Pin, value: Value) -> None:
        """Set a cell to a value, as one step."""
        position = self._document.view.rows(pin.table).position(pin.row)
        if position is not None:
            self._document.set_cells(pin.table, [(position, pin.column, value)], origin=self)

    def reset(self, pin: Pin) -> None:
        """Put back what a cell held when it was pinned; in a scenario take its own override back."""
        found = [(known, cell) for known, cell in self.cells() if known.place == pin.place]
        self._reset(found, tr("Reset {name}"))

    def reset_all(self) -> None:
        """Put back what every pinned cell held, as one step."""
        self._reset(self.cells(), tr("Reset {count} pinned cells"))

    def _reset(self, cells: list[tuple[Pin, PinnedCell]], label: str) -> None:
        wanted = [(pin, cell) for pin, cell in cells if cell.can_reset]
        if not wanted:
            return
        plan = self._document.plan
        for pin, cell in wanted:
            plan = self._with_reset(plan, pin, cell)
        self._document.apply(plan, label.format(name=wanted[0][1].name, count=len(wanted)), self)

    def _with_reset(self, plan: Plan, pin: Pin, cell: PinnedCell) -> Plan:
        if cell.is_own:
            return without_override(plan, self._document.scenario, [Address(pin.table, cell.key, pin.column)])
        return edits.set_cells(plan, pin.table, [(cell.position, pin.column, cell.home)])

    # Following

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.is_other_plan:
            self._recall()
            return
        self.pins = [self._settled(pin) for pin in follow(self.pins, change)]
        self._issues = {}
        self.changed.emit()

    def _settled(self, pin: Pin) -> Pin:
        return pin if pin.ends is not None else settled(self._document, pin)

    @Slot()
    def _on_looked_at_anew(self, *_what: object) -> None:
        self._issues = {}
        self.changed.emit()

    # Memory

    def remember_in(self, preferences: Preferences) -> None:
        """Remember the pins of each file, and take those of the one that is open."""
        self._preferences = preferences
        self._recall()

    def _recall(self) -> None:
        self._path, self._issues = self._document.path, {}
        if self._preferences is None or self._path is None:
            self.pins = []
        else:
            stored = recall(self._preferences, str(self._path.absolute()))
            self.pins = [settled(self._document, pin) for pin in stored]
        self.changed.emit()

    @Slot()
    def _on_file_changed(self) -> None:
        """Remember the pins with the file that the plan was saved to."""
        if self._document.path != self._path:
            self._path = self._document.path
            self._keep()
