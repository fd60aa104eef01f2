"""Tables whose rows show a path over the months: what the last balances say about them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.model.layers import is_base
from aluplanner.model.schema import Column, Value, fold
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.faces import Face
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.spark import Spark

Mask = NDArray[np.bool_]

SHOWN: Final = [roles.DISPLAY, roles.TOOL_TIP, roles.DESCRIPTION]
"""What follows from the balances; what the cells hold stays."""


class Story(ABC):
    """What the balances on view say about the rows of a table.

    Parameters
    ----------
    solution
        The balances.
    table
        Name of the table.

    Attributes
    ----------
    selected, base
        The balance of the selected scenario, and of the base plan where that is another one.
    rows
        The rows of the table as they were solved.
    months
        The months of the path.
    """

    def __init__(self, solution: Solution, table: str) -> None:
        self.selected = solution.selected
        self.base = None if is_base(solution.scenario) else solution.base
        self.rows = self.selected.plan.table(table)
        self.months = self.selected.horizon.months

    @abstractmethod
    def spark(self, place: int) -> Spark:
        """Return the path of the row solved at a place."""

    @abstractmethod
    def words(self, place: int) -> str:
        """Return the path of a row in words."""

    @abstractmethod
    def differing(self, before: Any) -> Mask:
        """Return which rows show something else than in an earlier story of as many rows, shape ``(rows,)``."""

    def is_capped(self, _place: int) -> bool:
        """Return whether a row asks for more than it finds."""
        return False

    def is_same(self, other: "Story | None") -> bool:
        """Return whether another story is of the same balances."""
        return other is not None and other.selected is self.selected and other.base is self.base

    def place_of(self, row: int, key: str) -> int | None:
        """Return where a row was solved; ``None`` if it came since."""
        keys = self.rows.keys
        return row if row < len(keys) and keys[row] == key else self.rows.position(key)


class SparkModel(PlanTableModel):
    """A table with a path in every row, read from the balances when it is painted.

    Parameters
    ----------
    document
        The open document.
    table
        Name of the table.
    column
        The column of the paths, which comes after the first.
    tell
        Reads the balances.
    """

    def __init__(
        self,
        document: Document,
        table: str,
        column: Column,
        tell: Callable[[Solution], Story],
        parent: QObject | None = None,
    ) -> None:
        self._spark = column
        self._tell = tell
        self._story: Story | None = None
        self._is_read = False
        self._told: set[int] = set()
        super().__init__(document, table, parent)
        document.solved.connect(self._on_told)
        document.scenario_changed.connect(self._on_told)

    # What it holds

    def shown_columns(self) -> tuple[Column, ...]:
        columns = super().shown_columns()
        return (*columns[:1], self._spark, *columns[1:])

    def value(self, row: int, column: int) -> Value:
        return None if self.columns[column] is self._spark else super().value(row, column)

    def holds_values(self, column: int) -> bool:
        return self.columns[column] is not self._spark

    @property
    def story(self) -> Story | None:
        """What the last balances of the selected scenario say; ``None`` before there are any."""
        if not self._is_read:
            self._is_read = True
            solution = self.document.solution
            is_shown = solution is not None and fold(solution.scenario) == fold(self.document.scenario)
            self._story = self._tell(solution) if solution is not None and is_shown else None
        return self._story

    def place_of(self, row: int) -> int | None:
        """Return where a row was solved; ``None`` if it was not."""
        return self.story.place_of(row, self.keys[row]) if self.story else None

    def _make_face(self, row: int, column: int) -> Face:
        if self.columns[column] is not self._spark:
            return super()._make_face(row, column)
        self._told.add(row)
        place, is_off = self.place_of(row), getattr(self.record(row), "enabled", None) is False
        if self.story is None or place is None:
            return Face("", is_off=is_off)
        mark = "warning" if self.story.is_capped(place) and not is_off else ""
        return Face("", is_off=is_off, mark=mark, spark=self.story.spark(place))

    def _tip(self, row: int, column: int) -> str:
        if self.columns[column] is not self._spark:
            return super()._tip(row, column)
        place = self.place_of(row)
        return self.story.words(place) if self.story and place is not None else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        """Return what is asked of the header, the title of a narrow column on two lines."""
        found = super().headerData(section, orientation, role)
        if role == roles.DISPLAY and orientation == Qt.Orientation.Horizontal and isinstance(found, str):
            return found.replace(" ", "\n") if self.columns[section] is self._spark else found
        return found

    # Following the balances

    def told_columns(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of columns that follow from the balances, each from its first to its last."""
        place = self.columns.index(self._spark)
        return ((place, place),)

    def _read_all(self) -> None:
        super()._read_all()
        self._is_read = False

    def _on_told(self) -> None:
        """Announce the rows that show something else now; what was never painted is not even looked at."""
        before = self._story if self._is_read else None
        self._is_read = False
        self._told = {row for row in self._told if row < self.rowCount()}
        if not self._told or (self.story is not None and self.story.is_same(before)):
            return
        rows = self._outdated(before)
        if rows:
            self._announce_told(rows)

    def _outdated(self, before: Story | None) -> set[int]:
        """Return the painted rows that show something else than before."""
        after = self.story
        if before is None or after is None:
            return self._told if before is not after else set()
        if after.rows is not self._rows or (before.rows is not after.rows and before.rows.keys != after.rows.keys):
            return self._told
        differs = after.differing(before)
        return {row for row in self._told if differs[row]}

    def _announce_told(self, rows: set[int]) -> None:
        """Announce the block around some rows; within it only they are read anew."""
        first, last = min(rows), max(rows)
        self._told = self._told - rows
        for left, right in self.told_columns():
            for row in rows:
                for column in range(left, right + 1):
                    self._faces.pop((row, column), None)
            self.dataChanged.emit(self.index(first, left), self.index(last, right), SHOWN)
