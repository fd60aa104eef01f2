"""A sentence above a picture: what is missing, or why there is no newer one."""

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from aluplanner.ui.icons import icon
from aluplanner.ui.theme import current_theme

_ICON: Final = 16


class SentenceStrip(QWidget):
    """A line with an icon; it takes no room while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = ""
        self._mark = QLabel(self)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self.label, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self.label.text()

    def say(self, sentence: str, icon_name: str = "warning") -> None:
        """Say something, or with an empty sentence nothing more."""
        self.label.setText(sentence)
        self._icon_name = icon_name
        self._colour()
        self.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme = current_theme()
        if self._icon_name:
            self._mark.setPixmap(icon(self._icon_name).pixmap(_ICON, _ICON))
        palette = QPalette()
        palette.setColor(
            QPalette.ColorRole.WindowText, QColor(theme.error if self._icon_name == "error" else theme.text)
        )
        if palette != self.label.palette():
            self.label.setPalette(palette)
