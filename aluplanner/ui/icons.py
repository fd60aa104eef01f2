"""The program's own icons, drawn in the colours of the theme in force."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from aluplanner.resources import resource_path
from aluplanner.ui.theme import current_theme

SIZE: Final = 20
_SCALES: Final = (1, 2, 3)
_NAME: Final = "icon_name"
_COLOURS: Final = {"error": "error", "warning": "warning"}


@cache
def _drawing(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str) -> QIcon:
    """Return an icon by the name of its file, in the colours of the theme in force."""
    theme = current_theme()
    colour = getattr(theme, _COLOURS.get(name, "text"))
    return _coloured(name, colour, theme.disabled)


@cache
def _coloured(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(_pixmap(name, colour, scale), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, disabled, scale), QIcon.Mode.Disabled)
    return made


def _pixmap(name: str, colour: str, scale: int) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", QColor(colour).name())
    pixmap = QPixmap(SIZE * scale, SIZE * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, SIZE * scale, SIZE * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def set_icon(target: QAction | QAbstractButton, name: str) -> None:
    """Give an action or a button an icon that :func:`refresh_icons` can draw anew."""
    target.setProperty(_NAME, name)
    target.setIcon(icon(name))


def refresh_icons(root: QObject) -> None:
    """Draw the icons of everything under ``root`` anew: the theme is another one."""
    for kind in (QAction, QAbstractButton):
        for target in root.findChildren(kind):
            name = target.property(_NAME)
            if name and isinstance(target, QAction | QAbstractButton):
                target.setIcon(icon(name))
