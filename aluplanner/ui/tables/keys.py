"""The keys with which one moves and selects in a table, as in a spreadsheet."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from aluplanner.document.ranges import Range
from aluplanner.ui.tables.jumps import jump
from aluplanner.ui.tables.screen import Place, Screen

_ARROWS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_TABS: Final = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_IGNORED: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


class TableKeys:
    """Moves the current cell of a view and what is selected.

    As in a spreadsheet the current cell stays where a selection began, and Shift moves the selection's other corner.

    Parameters
    ----------
    view
        The view.
    """

    def __init__(self, view: QTableView) -> None:
        self._view = view
        self._extended: tuple[Place, Range, Place] | None = None
        self._run: tuple[Place, int] | None = None

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; return whether it stands for anything here."""
        modifiers = event.modifiers() & ~_IGNORED
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and modifiers in (_CTRL, _SHIFT):
            self._select_lines(is_rows=modifiers == _SHIFT)
            return True
        if key in _TABS and not modifiers & ~_SHIFT:
            self.step(0, _TABS[key])
            return True
        if modifiers & ~(_CTRL | _SHIFT):
            return False
        screen = Screen(self._view, with_pictures=True)
        find = self._target(key, is_far=bool(modifiers & _CTRL))
        if find is None or not screen.height or not screen.width:
            return False
        if modifiers & _SHIFT:
            self.extend_to(*find(screen, self._lead(screen)))
        else:
            self.go_to(*find(screen, screen.current or (0, 0)))
        return True

    # Where a key leads

    def _target(self, key: Qt.Key, *, is_far: bool) -> "Callable[[Screen, Place], Place] | None":
        """Return what finds the cell a key leads to from a cell; ``None`` if the key leads nowhere."""
        if key in _ARROWS:
            rows, columns = _ARROWS[key]
            move = _far if is_far else _near
            return lambda screen, place: move(screen, place, rows, columns)
        if key in _PAGES:
            step = _PAGES[key]
            return None if is_far else lambda screen, place: _near(screen, place, step * self._page(), 0)
        if key == Qt.Key.Key_Home:
            return lambda _screen, place: (0 if is_far else place[0], 0)
        if key == Qt.Key.Key_End:
            return lambda screen, place: (screen.height - 1 if is_far else place[0], screen.width - 1)
        return None

    def _page(self) -> int:
        return max(1, self._view.viewport().height() // max(1, self._view.rowHeight(0)) - 1)

    # Moving

    def go_to(self, row: int, column: int) -> None:
        """Make one cell the current one and select nothing but it."""
        screen = Screen(self._view, with_pictures=True)
        index = screen.index(row, column)
        self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._view.scrollTo(index)

    def step(self, rows: int, columns: int) -> None:
        """Go on after an entry: to the next cell, within several selected ones through all of them.

        Down after a run to the right leads below the cell where the run began. To the right and to the left lie
        the cells that something can be entered into: pictures and results are stepped over.
        """
        screen = Screen(self._view, with_pictures=True)
        if screen.current is None:
            return
        ranges = screen.ranges()
        if sum(part.height * part.width for part in ranges) > 1:
            place = _walked(ranges, screen.current, rows, columns)
            screen.make_current(*place)
            screen.scroll_to(*place)
            return
        row, column = screen.current
        start = self._run[1] if self._run is not None and self._run[0] == screen.current else column
        row, column = _near(screen, (row, column), rows, 0)
        if columns:
            column = _next_entry(screen, column, columns)
        if rows:
            self._run = None
            column = start
        else:
            self._run = (row, column), start
        self.go_to(row, column)

    # Selecting

    def extend_to(self, row: int, column: int, others: tuple[Range, ...] | None = None) -> None:
        """Select everything from the current cell to a place, beside what else is selected.

        Parameters
        ----------
        row, column
            The place.
        others
            What else is selected; by default the other ranges there are.
        """
        screen = Screen(self._view, with_pictures=True)
        anchor = screen.current
        if anchor is None:
            return
        kept = self._others(screen, anchor) if others is None else others
        part = _between(anchor, (row, column))
        screen.select([*kept, part], anchor)
        screen.scroll_to(row, column)
        self._extended = anchor, part, (row, column)

    def _others(self, screen: Screen, anchor: Place) -> tuple[Range, ...]:
        active = _active(screen, anchor)
        return tuple(part for part in screen.ranges() if part != active)

    def _lead(self, screen: Screen) -> Place:
        """Return the corner of the selection that Shift moves."""
        anchor = screen.current or (0, 0)
        part = _active(screen, anchor)
        if self._extended is not None and self._extended[:2] == (anchor, part):
            return self._extended[2]
        row = part.bottom if anchor[0] == part.top else part.top
        return row, part.right if anchor[1] == part.left else part.left

    def _select_lines(self, *, is_rows: bool) -> None:
        """Make whole rows, or whole columns, of what is selected."""
        screen = Screen(self._view, with_pictures=True)
        last_row, last_column = screen.height - 1, screen.width - 1
        lines = [
            Range(part.top, 0, part.bottom, last_column) if is_rows else Range(0, part.left, last_row, part.right)
            for part in screen.ranges()
        ]
        screen.select(lines, screen.current)


def _near(screen: Screen, place: Place, rows: int, columns: int) -> Place:
    row = min(max(place[0] + rows, 0), screen.height - 1)
    return row, min(max(place[1] + columns, 0), screen.width - 1)


def _far(screen: Screen, place: Place, rows: int, columns: int) -> Place:
    row, column = place
    if rows:
        return jump(lambda other: screen.is_filled(other, column), row, screen.height, rows), column
    # a picture is no part of a block, nor does it end one
    line = [other for other in range(screen.width) if other == column or screen.holds_values(other)]
    start = line.index(column)
    return row, line[jump(lambda place: screen.is_filled(row, line[place]), start, len(line), columns)]


def _next_entry(screen: Screen, column: int, step: int) -> int:
    """Return the next column along the row that something can be entered into; the same one if there is none."""
    others = range(column + 1, screen.width) if step > 0 else range(column - 1, -1, -1)
    return next((other for other in others if screen.takes_entries(other)), column)


def _between(first: Place, second: Place) -> Range:
    top, bottom = sorted((first[0], second[0]))
    left, right = sorted((first[1], second[1]))
    return Range(top, left, bottom, right)


def _active(screen: Screen, anchor: Place) -> Range:
    """Return the selected range that the current cell is in, the last one of several."""
    row, column = anchor
    holding = [part for part in screen.ranges() if row in part.rows and column in part.columns]
    return holding[-1] if holding else Range(row, column, row, column)


def _walked(ranges: list[Range], place: Place, rows: int, columns: int) -> Place:
    """Return the cell after the current one in a walk through ranges: down the columns, or along the rows."""
    sizes = [part.height * part.width for part in ranges]
    here = next((n for n, part in enumerate(ranges) if place[0] in part.rows and place[1] in part.columns), None)
    if here is None:
        return ranges[0].top, ranges[0].left
    part, is_down = ranges[here], bool(rows)
    row, column = place[0] - part.top, place[1] - part.left
    within = column * part.height + row if is_down else row * part.width + column
    number = (sum(sizes[:here]) + within + (rows or columns)) % sum(sizes)
    reached = 0
    while number >= sizes[reached]:
        number -= sizes[reached]
        reached += 1
    part = ranges[reached]
    if is_down:
        return part.top + number % part.height, part.left + number // part.height
    return part.top + number // part.width, part.left + number % part.width
