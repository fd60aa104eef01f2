"""Painting the figures of a result table."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLine
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from aluplanner.analysis.result_rows import Kind
from aluplanner.analysis.result_sheet import SheetLine
from aluplanner.model.balance import BALANCED
from aluplanner.ui.results.model import SIGNED, ResultModel
from aluplanner.ui.tables.painting import Inks
from aluplanner.ui.theme import Theme, scaled

PADDING: Final = 6
MOST_WIDTHS: Final = 20_000
CUT: Final = "###"


@dataclass(frozen=True)
class Place:
    """Where a row or a column lies: its number, its beginning and its size in pixels."""

    number: int
    start: int
    size: int


class Faces:
    """The fonts of a table and the widths of the texts written in them."""

    def __init__(self, font: QFont) -> None:
        self.plain = font
        self.bold = scaled(font, 1.0, bold=True)
        self._metrics = {False: QFontMetrics(self.plain), True: QFontMetrics(self.bold)}
        self._widths: dict[tuple[str, bool], int] = {}

    @property
    def drop(self) -> int:
        """How far the baseline lies under the middle of a row."""
        metrics = self._metrics[False]
        return (metrics.ascent() - metrics.descent() + 1) // 2

    def width(self, text: str, is_bold: bool) -> int:
        """Return the width of a text."""
        known = self._widths.get((text, is_bold))
        if known is None:
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            known = self._widths[text, is_bold] = self._metrics[is_bold].horizontalAdvance(text)
        return known


class FigurePainter:
    """Paints rows of figures.

    Parameters
    ----------
    painter
        Paints on the viewport.
    model
        What is painted.
    faces
        The fonts.
    theme, inks
        The colours.
    """

    def __init__(self, painter: QPainter, model: ResultModel, faces: Faces, theme: Theme, inks: Inks) -> None:
        self._painter, self._model, self._faces = painter, model, faces
        self._inks = inks
        self._band = QColor(theme.window)
        self._total = QColor(theme.alternate)
        self._muted = QColor(theme.muted)
        self._year_line = QColor(theme.year_line)
        self._theme = theme

    def paint_row(self, row: Place, columns: list[Place], selected: set[int]) -> None:
        """Paint the cells of one row; ``selected`` are the columns of its selected ones."""
        line, painter = self._model.lines[row.number], self._painter
        if line.is_heading:
            return
        left, right = columns[0].start, columns[-1].start + columns[-1].size
        if line.row.kind is Kind.TOTAL:
            painter.fillRect(left, row.start, right - left, row.size - 1, self._total)
        for column in columns:
            if column.number in selected:
                painter.fillRect(column.start, row.start, column.size - 1, row.size - 1, self._inks.selection)
        self._paint_figures(line, row, columns)

    def _paint_figures(self, line: SheetLine, row: Place, columns: list[Place]) -> None:
        painter, model, faces = self._painter, self._model, self._faces
        is_bold = not line.place and line.row.kind is Kind.TOTAL
        painter.setFont(faces.bold if is_bold else faces.plain)
        baseline = row.start + row.size // 2 + faces.drop
        for column in columns:
            text = model.text(row.number, column.number)
            if not text:
                continue
            width = faces.width(text, is_bold)
            if width > column.size - PADDING:  # a number that does not fit must not look like a smaller one
                text, width = CUT, faces.width(CUT, is_bold)
            painter.setPen(self._ink(line, column.number))
            painter.drawText(column.start + column.size - PADDING - width, baseline, text)

    def _ink(self, line: SheetLine, column: int) -> QColor:
        """Return the colour of a figure: that of the market state for a balance, quiet for nothing at all."""
        is_state = line.row.kind is Kind.STATE
        sheet = self._model.sheet
        if is_state or (line.row.series == SIGNED and sheet is not None and not sheet.is_difference):
            state = line.states[column]
            if not state:
                return self._muted
            return self._inks.text if state == BALANCED else QColor(self._theme.state_colour(state))
        return self._muted if line.values[column] == 0.0 else self._inks.text

    def paint_lines(self, rows: list[Place], columns: list[Place]) -> None:
        """Paint the lines under the rows, a stronger one where a year ends, and over them the bands of headings."""
        painter, periods = self._painter, self._model.sheet.periods if self._model.sheet else ()
        right, bottom = columns[-1].start + columns[-1].size - 1, rows[-1].start + rows[-1].size - 1
        painter.setPen(self._inks.grid)
        below = [row.start + row.size - 1 for row in rows if not self._model.lines[row.number].is_heading]
        painter.drawLines([QLine(columns[0].start, y, right, y) for y in below])
        painter.setPen(self._year_line)
        ends = [c for c in columns if c.number + 1 < len(periods) and periods[c.number].end.month == 12]
        beside = [column.start + column.size - 1 for column in ends]
        painter.drawLines([QLine(x, rows[0].start, x, bottom) for x in beside])
        for row in rows:
            if self._model.lines[row.number].is_heading:
                painter.fillRect(columns[0].start, row.start, right + 1 - columns[0].start, row.size, self._band)
