"""Blocks of cells on the clipboard, both ways with spreadsheets."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from aluplanner.document.grid_html import read_html_grid, write_html_grid
from aluplanner.document.grid_text import read_grid, write_grid
from aluplanner.i18n import number_style

OWN_FORMAT: Final = "application/x-aluplanner-cells"
"""Marks what comes from this program, whose text is exact as it is."""


def put_on_clipboard(grid: Sequence[Sequence[str]]) -> None:
    """Put a block on the clipboard: as text, as an HTML table that keeps every digit, and marked as our own."""
    text = write_grid(grid)
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(write_html_grid(grid, number_style()))
    mime.setData(OWN_FORMAT, text.encode())
    QGuiApplication.clipboard().setMimeData(mime)


def grid_on_clipboard() -> list[list[str]]:
    """Return the block on the clipboard, no rows if there is none.

    Text shows numbers as they are displayed elsewhere, so a table that states its values goes before it.
    """
    mime = QGuiApplication.clipboard().mimeData()
    if mime is None:
        return []
    if mime.hasHtml() and not mime.hasFormat(OWN_FORMAT):
        found = read_html_grid(mime.html(), number_style())
        if found is not None:
            return found
    return read_grid(mime.text()) if mime.hasText() and mime.text() else []
