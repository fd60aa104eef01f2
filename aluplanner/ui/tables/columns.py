"""The columns of a table as the planner wants them: moved, hidden, made wider, and remembered."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from aluplanner.document.preferences import Preferences
from aluplanner.ui.tables.cell_view import CellView
from aluplanner.ui.tables.column_layout import ColumnLayout, layout_from_text


class Columns(QObject):
    """Moves, hides and shows the columns of a table, and remembers it by the columns' names.

    Parameters
    ----------
    view
        The table.

    Attributes
    ----------
    changed : Signal()
        Columns stand elsewhere, or others are hidden.
    widths_wanted : Signal()
        The columns are to get the widths that suit them.
    """

    changed = Signal()
    widths_wanted = Signal()

    def __init__(self, view: CellView) -> None:
        super().__init__(view)
        self._view = view
        self._layout = ColumnLayout()
        self._preferences: Preferences | None = None
        self._is_arranging = False
        view.horizontalHeader().sectionMoved.connect(self._on_moved)

    @property
    def layout(self) -> ColumnLayout:
        """What was made of the columns."""
        return self._layout

    def remember_in(self, preferences: Preferences) -> None:
        """Restore what was made of the columns in an earlier session, and keep from now on what is made of them."""
        self._preferences = preferences
        self._layout = layout_from_text(preferences.text(self._place_kept(), ""))
        self.widths_wanted.emit()
        self.restore()

    def _place_kept(self) -> str:
        return f"columns/{self._view.plan_model.table.name}"

    def _take(self, layout: ColumnLayout) -> None:
        self._layout = layout
        if self._preferences is not None:
            self._preferences.set_text(self._place_kept(), layout.to_text())

    # What is where

    @property
    def names(self) -> list[str]:
        """The names of all columns in their usual order."""
        return [column.name for column in self._view.plan_model.columns]

    def visual(self) -> list[int]:
        """Return the columns in sight from left to right."""
        header = self._view.horizontalHeader()
        logical = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in logical if not header.isSectionHidden(column)]

    def gaps(self) -> frozenset[int]:
        """Return the columns in sight beside which, on the right, others are hidden."""
        header, found = self._view.horizontalHeader(), set()
        last = 0
        for place in range(header.count()):
            column = header.logicalIndex(place)
            if header.isSectionHidden(column):
                found.add(last)
            else:
                last = column
        return frozenset(found)

    # Changing it

    def restore(self) -> None:
        """Put and hide the columns as they were wanted; the table came to have other ones."""
        header, names = self._view.horizontalHeader(), self.names
        self._is_arranging = True
        for place, name in enumerate(self._layout.placed(names)):
            header.moveSection(header.visualIndex(names.index(name)), place)
        for column, name in enumerate(names):
            header.setSectionHidden(column, column > 0 and name in self._layout.hidden)
        self._is_arranging = False
        self.changed.emit()

    def set_hidden(self, columns: Sequence[int], is_hidden: bool) -> None:
        """Hide or show columns; the one with the rows' names stays."""
        names = self.names
        self._take(self._layout.with_hidden([names[column] for column in columns if column > 0], is_hidden))
        self.restore()

    def use_usual(self) -> None:
        """Show every column in its usual place and width."""
        self._take(ColumnLayout())
        self.widths_wanted.emit()
        self.restore()

    def keep_width(self, column: int) -> None:
        """Keep the width that a column was just given."""
        self._take(self._layout.with_width(self.names[column], self._view.columnWidth(column)))

    def chosen_width(self, column: int) -> int | None:
        """Return the width that was chosen for a column, ``None`` for the usual one."""
        return self._layout.widths.get(self._view.plan_model.columns[column].name)

    def move(self, column: int, step: int) -> None:
        """Move a column past its neighbour in sight."""
        shown = self.visual()
        target = shown.index(column) + step
        if column > 0 and 0 < target < len(shown):
            header = self._view.horizontalHeader()
            header.moveSection(header.visualIndex(column), header.visualIndex(shown[target]))

    def _on_moved(self) -> None:
        if self._is_arranging:
            return
        header, names = self._view.horizontalHeader(), self.names
        placed = [names[header.logicalIndex(place)] for place in range(header.count())]
        placed.sort(key=lambda name: name != names[0])  # dropped before the frozen column, it comes to stand after it
        self._take(self._layout.with_order(placed))
        self.restore()
