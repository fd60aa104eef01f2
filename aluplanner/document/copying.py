"""The block of texts that a selection makes on the clipboard."""

from collections.abc import Sequence

from aluplanner.document.filling import TextAt
from aluplanner.document.ranges import BlockError, Range, ShownTable, crossing
from aluplanner.i18n import tr


def copied(selection: Sequence[Range], text_at: TextAt) -> list[list[str]]:
    """Return the texts of the selected cells, row by row.

    Several ranges make one block where they share their rows or their columns.

    Raises
    ------
    BlockError
        If they do not.
    """
    rows, columns = _lines(selection)
    return [[text_at(row, column) for column in columns] for row in rows]


def titles_of(selection: Sequence[Range], shown: ShownTable) -> list[str]:
    """Return the titles, with their units, of the columns of the selected cells.

    Raises
    ------
    BlockError
        If the ranges do not make one block.
    """
    return [shown.columns[place].heading for place in _lines(selection)[1]]


def _lines(selection: Sequence[Range]) -> tuple[list[int], list[int]]:
    lines = crossing(selection)
    if lines is None:
        raise BlockError(
            tr("The ranges selected share neither their rows nor their columns, so they make no block to copy.")
        )
    return lines
