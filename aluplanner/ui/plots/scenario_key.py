"""Which line is which scenario, above all plots."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aluplanner.ui.plots.fan_keys import fan_keys
from aluplanner.ui.plots.shown import Shown
from aluplanner.ui.plots.swatches import Key, draw_key, flow
from aluplanner.ui.theme import Theme, current_theme

LONGEST = 230.0
"""Pixels that a name may take."""


def scenario_keys(shown: Shown, theme: Theme) -> list[Key]:
    """Return one key a scenario, the selected one first."""
    return [Key(scenario.label, scenario.style(theme)) for scenario in shown.drawn]


class ScenarioKey(QWidget):
    """The scenarios on view with their line styles, in as many rows as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._keys: list[Key] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName("")

    @property
    def keys(self) -> Sequence[Key]:
        """The keys, names cut to what fits."""
        return self._keys

    def show_scenarios(self, shown: Shown) -> None:
        """Take the scenarios on view."""
        self._shown = shown
        metrics = QFontMetricsF(self.font())
        theme = current_theme()
        keys = [*scenario_keys(shown, theme), *fan_keys(shown.fan, theme)]
        middle = Qt.TextElideMode.ElideMiddle
        cut = [replace(key, text=metrics.elidedText(key.text, middle, LONGEST)) for key in keys]
        if cut != self._keys:
            self._keys = cut
            names = "\n".join(key.text for key in keys)
            self.setToolTip(names)
            self.setAccessibleName(names)
            self._take_height()
            self.update()

    def _take_height(self) -> None:
        """Ask for as many rows as the keys need; box layouts in docks do not follow height-for-width."""
        height = self._flow(self.width())[1] * self._row
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_height()

    def _flow(self, width: float) -> tuple[list[tuple[float, int]], int]:
        metrics = QFontMetricsF(self.font())
        return flow([key.width(metrics) for key in self._keys], 0.0, width)

    @property
    def _row(self) -> int:
        return round(QFontMetricsF(self.font()).height()) + 4

    def sizeHint(self) -> QSize:
        return QSize(200, self._row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        places, _ = self._flow(self.width())
        for key, (left, row) in zip(self._keys, places, strict=True):
            draw_key(painter, key, left, row * self._row, self._row, key.text, current_theme().text)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            self.show_scenarios(self._shown)
