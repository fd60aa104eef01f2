"""Telling the views of a table model exactly what became of its rows, columns and cells."""

from collections.abc import Callable, Sequence
from operator import is_not
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex

from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column
from aluplanner.ui.tables.order import Insert, Move, Remove, Shuffle, Step, identities, steps_between

Block = tuple[int, int, int, int]
"""First and last row, first and last column."""

MOST_ROWS = 200
"""Of more changed rows than this nobody asks which of their cells changed: to tell takes longer than to paint them."""
MOST_BLOCKS = 20
"""More changed blocks than this are announced as the one block around them, which is cheaper."""

_TOP = QModelIndex()


def follow_rows(
    model: QAbstractTableModel, before: Rows[Any], after: Rows[Any], take: Callable[[Rows[Any]], None]
) -> bool:
    """Announce rows that go, move and come; ``take`` receives the rows in between.

    Parameters
    ----------
    model
        The model that announces.
    before, after
        The rows on either side.
    take
        Puts rows into the model; called between the beginning and the end of each announcement.

    Returns
    -------
    bool
        Whether any row went, moved or came.
    """
    if _have_same_keys(before, after):
        return False
    records = list(before)
    steps = steps_between(identities(before.keys), identities(after.keys))
    for step in steps:
        _begin(model, step)
        records = _stepped(records, step, after)
        take(before.replaced(records))
        _end(model, step)
    return bool(steps)


def _have_same_keys(before: Rows[Any], after: Rows[Any]) -> bool:
    """Return whether the same rows stand in the same places."""
    return before.keys is after.keys or before.keys == after.keys


def _begin(model: QAbstractTableModel, step: Step) -> None:
    match step:
        case Remove(first, last):
            model.beginRemoveRows(_TOP, first, last)
        case Move(first, last, to):
            model.beginMoveRows(_TOP, first, last, _TOP, to)
        case Insert(first, last):
            model.beginInsertRows(_TOP, first, last)
        case Shuffle():
            model.layoutAboutToBeChanged.emit()


def _stepped(records: list[Any], step: Step, after: Rows[Any]) -> list[Any]:
    match step:
        case Remove(first, last):
            return records[:first] + records[last + 1 :]
        case Insert(first, last):
            return records[:first] + list(after[first : last + 1]) + records[first:]
        case Shuffle(order):
            return [records[place] for place in order]
        case Move(first, last, to):
            block = records[first : last + 1]
            if to > last:
                return records[:first] + records[last + 1 : to] + block + records[to:]
            return records[:to] + block + records[to:first] + records[last + 1 :]


def _end(model: QAbstractTableModel, step: Step) -> None:
    match step:
        case Remove():
            model.endRemoveRows()
        case Move():
            model.endMoveRows()
        case Insert():
            model.endInsertRows()
        case Shuffle(order):
            _move_persistent(model, order)
            model.layoutChanged.emit()


def _move_persistent(model: QAbstractTableModel, order: Sequence[int]) -> None:
    """Let selections and the current cell follow their rows."""
    places = {old: new for new, old in enumerate(order)}
    known = model.persistentIndexList()
    moved = [model.index(places[index.row()], index.column()) for index in known]
    model.changePersistentIndexList(known, moved)


def follow_columns(
    model: QAbstractTableModel,
    before: tuple[Column, ...],
    after: tuple[Column, ...],
    take: Callable[[tuple[Column, ...]], None],
) -> None:
    """Announce columns that go and come; ``take`` receives the columns in between."""
    columns = before
    for step in steps_between([column.name for column in before], [column.name for column in after]):
        if isinstance(step, Remove):
            model.beginRemoveColumns(_TOP, step.first, step.last)
            columns = columns[: step.first] + columns[step.last + 1 :]
            take(columns)
            model.endRemoveColumns()
        elif isinstance(step, Insert):
            model.beginInsertColumns(_TOP, step.first, step.last)
            columns = columns[: step.first] + after[step.first : step.last + 1] + columns[step.first :]
            take(columns)
            model.endInsertColumns()
    take(after)


def changed_blocks(
    before: Sequence[Any],
    after: Sequence[Any],
    columns: Sequence[Column],
    marked: frozenset[tuple[int, int]],
) -> list[Block]:
    """Return the blocks of cells that show something else now.

    Parameters
    ----------
    before, after
        The records, row by row.
    columns
        The columns.
    marked
        Cells (row, column) that change their marks whatever they hold.
    """
    others = [row for row, is_other in enumerate(map(is_not, before, after)) if is_other]
    if len(others) > MOST_ROWS:
        rows = (*others, *(row for row, _ in marked))
        return [(min(rows), max(rows), 0, len(columns) - 1)]
    spans: dict[int, tuple[int, int]] = {}
    for row in others:
        if before[row] != after[row]:
            spans[row] = _changed_span(before[row], after[row], columns)
    for row, column in marked:
        left, right = spans.get(row, (column, column))
        spans[row] = (min(left, column), max(right, column))
    return _merged(spans)


def _changed_span(old: Any, new: Any, columns: Sequence[Column]) -> tuple[int, int]:
    """Return the first and the last column that differ; all of them where the row was switched on or off."""
    if getattr(old, "enabled", None) != getattr(new, "enabled", None):
        return 0, len(columns) - 1
    changed = [
        i
        for i, column in enumerate(columns)
        if not column.derived and read_cell(old, column.name) != read_cell(new, column.name)
    ]
    return (changed[0], changed[-1]) if changed else (0, len(columns) - 1)


def _merged(spans: dict[int, tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    for row in sorted(spans):
        left, right = spans[row]
        if blocks and blocks[-1][1] == row - 1 and blocks[-1][2:] == (left, right):
            blocks[-1] = (blocks[-1][0], row, left, right)
        else:
            blocks.append((row, row, left, right))
    if len(blocks) <= MOST_BLOCKS:
        return blocks
    return [(blocks[0][0], blocks[-1][1], min(b[2] for b in blocks), max(b[3] for b in blocks))]
