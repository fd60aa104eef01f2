"""What the lists at the bottom of the window have in common: read-only rows of one height, without a grid."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

ROW_HEIGHT: Final = 24


def make_list(view: QTableView, name: str, widths: Mapping[int, int]) -> None:
    """Make a table, which has its model, look and behave like the other lists.

    Parameters
    ----------
    view
        The table.
    name
        Its accessible name.
    widths
        Widths of columns, in characters; the last column takes what is left.
    """
    view.setAccessibleName(name)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    rows, columns = view.verticalHeader(), view.horizontalHeader()
    rows.hide()
    rows.setDefaultSectionSize(ROW_HEIGHT)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    columns.setStretchLastSection(True)
    columns.setHighlightSections(False)
    for column, characters in widths.items():
        view.setColumnWidth(column, view.fontMetrics().averageCharWidth() * characters)
