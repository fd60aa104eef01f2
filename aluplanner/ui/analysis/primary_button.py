"""The button that does what a panel is for, in the accent colour."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from aluplanner.ui.theme import current_theme


class PrimaryButton(QPushButton):
    """A button that stands out from the others."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme, role = current_theme(), QPalette.ColorRole
        palette = QPalette()
        palette.setColor(role.Button, QColor(theme.accent))
        palette.setColor(role.ButtonText, QColor(theme.on_accent))
        for each in (role.Button, role.ButtonText):
            dimmed = theme.button if each == role.Button else theme.disabled
            palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(dimmed))
        if palette.color(role.Button) != self.palette().color(role.Button):
            self.setPalette(palette)
