"""The line above a pane: title, unit, the keys of its lines, and the values under the crosshair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsWidget, QStyleOptionGraphicsItem

from aluplanner.ui.plots.swatches import BETWEEN, Key, draw_key, flow
from aluplanner.ui.theme import Theme, scaled

MOST_ROWS: Final = 5
FOOT: Final = 5.0
"""Pixels below the last row, which the highest number of the axis reaches into."""


WIDEST_MONTH: Final = "Mmm 00"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value under the crosshair, behind the sample of its key."""

    key: Key
    value: str

    @property
    def text(self) -> str:
        """The name, if it has one, and the value."""
        return f"{self.key.text} {self.value}".strip()


class PaneHeader(QGraphicsWidget):
    """Title, unit and keys of a pane; while the crosshair is there, the values instead of the keys."""

    def __init__(self, title: str, unit: str, *, names_month: bool = False) -> None:
        super().__init__()
        self.title, self.unit = title, unit
        self.names_month = names_month
        self.keys: tuple[Key, ...] = ()
        self.widest: tuple[Reading, ...] = ()
        self.month = ""
        self.readings: tuple[Reading, ...] = ()
        self._text, self._muted = "#000000", "#000000"
        self._font, self._bold = QFont(), QFont()
        self._width = 0.0
        self.rows = 1
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # names the part to be painted

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Draw in the colours of a theme and in a font."""
        self._text, self._muted = theme.text, theme.muted
        self._font, self._bold = font, scaled(font, 1.0, bold=True)
        self._lay_out()

    def set_keys(self, keys: Sequence[Key], widest: Sequence[Reading] = ()) -> None:
        """Take the legend's keys, and the widest values to keep room for, so that nothing moves later."""
        if (tuple(keys), tuple(widest)) != (self.keys, self.widest):
            self.keys, self.widest = tuple(keys), tuple(widest)
            self._lay_out()

    def set_unit(self, unit: str) -> None:
        """Write another unit beside the title."""
        if unit != self.unit:
            self.unit = unit
            self._lay_out()

    def set_width(self, width: float) -> None:
        """Take the width there is, which decides in how many rows the keys stand."""
        if width != self._width:
            self._width = width
            self._lay_out()

    def set_readings(self, month: str, readings: Sequence[Reading]) -> None:
        """Show a month and its values, or, with an empty month, the keys."""
        if (month, tuple(readings)) != (self.month, self.readings):
            self.month, self.readings = month, tuple(readings)
            self.update()

    @property
    def row_height(self) -> float:
        """Height of a row in pixels."""
        return round(QFontMetricsF(self._font).height()) + 2.0

    def _rows_needed(self) -> int:
        if not self._width:
            return 1
        metrics = QFontMetricsF(self._font)
        title = self._title_width()
        month = QFontMetricsF(self._bold).horizontalAdvance(WIDEST_MONTH) + BETWEEN if self.names_month else 0.0
        _, rows = flow([key.width(metrics) for key in self.keys], title, self._width)
        values = [each.key.width(metrics, each.text) for each in self.widest]
        _, rows_of_values = flow(values, title + month, self._width)
        return min(max(rows, rows_of_values), MOST_ROWS)

    def _title_width(self) -> float:
        metrics, bold = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        return bold.horizontalAdvance(self.title + " ") + 2 + metrics.horizontalAdvance(self.unit) + BETWEEN

    def _lay_out(self) -> None:
        self.rows = self._rows_needed()
        height = self.rows * self.row_height + FOOT
        if self.maximumHeight() != height:
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)
        self.update()

    def readout(self) -> str:
        """Return the values under the crosshair as one line of text."""
        if not self.month:
            return ""
        values = "  ".join(reading.text for reading in self.readings)
        return f"{self.month}  {self.title}: {values}"

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, *_: Any) -> None:
        row = self.row_height
        if option.exposedRect.top() >= self.rows * row:  # only the empty foot, along with the pane below
            return
        self._write(painter, self._bold, self._text, self.title, 0.0)
        unit_left = QFontMetricsF(self._bold).horizontalAdvance(self.title + " ") + 2
        self._write(painter, self._font, self._muted, self.unit, unit_left)
        left = self._title_width()
        if not self.month:
            self._draw_keys(painter, [(key, key.text) for key in self.keys], left, row, self._muted)
            return
        if self.names_month:
            self._write(painter, self._bold, self._text, self.month, left)
            left += QFontMetricsF(self._bold).horizontalAdvance(self.month) + BETWEEN
        self._draw_keys(painter, self._readings_that_fit(left), left, row, self._text)

    def _write(self, painter: QPainter, font: QFont, colour: str, text: str, left: float) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        box = QRectF(QPointF(left, 0), self.size()).adjusted(0, 0, -left, 0)
        box.setHeight(self.row_height)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)

    def _readings_that_fit(self, left: float) -> list[tuple[Key, str]]:
        """Return the values with their names if there is room in the rows, else the values alone."""
        metrics = QFontMetricsF(self._font)
        named = [(each.key, each.text) for each in self.readings]
        bare = [(each.key, each.value) for each in self.readings]
        for texts in (named, bare):
            _, rows = flow([key.width(metrics, text) for key, text in texts], left, self._width)
            if rows <= self.rows:
                return texts
        return bare

    def _draw_keys(
        self, painter: QPainter, entries: list[tuple[Key, str]], left: float, row: float, colour: str
    ) -> None:
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        places, _ = flow([key.width(metrics, text) for key, text in entries], left, self._width)
        for (key, text), (at, line) in zip(entries, places, strict=True):
            if line < self.rows:
                draw_key(painter, key, at, line * row, row, text, colour)
