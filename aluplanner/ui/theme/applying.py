"""Putting a theme on the application, and following the system's."""

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from aluplanner.ui.theme.colours import DARK, HIGH_CONTRAST, LIGHT, THEMES, Theme
from aluplanner.ui.theme.fonts import application_font

SYSTEM: Final = "system"
NAMES: Final = (SYSTEM, LIGHT, DARK, HIGH_CONTRAST)
"""What a planner can choose."""


class _State:
    """The theme in force and the choice it follows from; one per process."""

    theme: Theme = THEMES[LIGHT]
    follower: "_Follower | None" = None


class _Follower(QObject):
    """Follows the system's colour scheme while the choice is ``system``."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.choice = SYSTEM
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)

    def _on_system_changed(self) -> None:
        app = QApplication.instance()
        if self.choice == SYSTEM and isinstance(app, QApplication):
            _put_on(app, system_theme(app))


def current_theme() -> Theme:
    """Return the theme in force."""
    return _State.theme


def apply_theme(app: QApplication, name: str = SYSTEM) -> None:
    """Use the theme ``name`` (one of :data:`NAMES`) from now on; widgets restyle on ``PaletteChange``.

    Raises
    ------
    KeyError
        If there is no such theme.
    """
    theme = system_theme(app) if name == SYSTEM else THEMES[name]
    if _State.follower is None or _State.follower.parent() is not app:
        _State.follower = _Follower(app)
        app.setStyle("Fusion")
        app.setFont(application_font())
    _State.follower.choice = name
    _put_on(app, theme)


def system_theme(app: QApplication) -> Theme:
    """Return the theme that the system asks for; light where it does not say."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return THEMES[HIGH_CONTRAST]
    return THEMES[DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT]


def _put_on(app: QApplication, theme: Theme) -> None:
    _State.theme = theme  # before the palette, whose change makes widgets ask for it
    app.setPalette(palette(theme))
    QToolTip.setPalette(palette(theme))
    sheet = stylesheet(theme)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def palette(theme: Theme) -> QPalette:
    """Return the theme as a palette."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colours = {
        role.Window: theme.window, role.WindowText: theme.text,
        role.Base: theme.canvas, role.AlternateBase: theme.alternate, role.Text: theme.text,
        role.Button: theme.button, role.ButtonText: theme.text, role.BrightText: theme.error,
        role.PlaceholderText: theme.muted, role.ToolTipBase: theme.alternate, role.ToolTipText: theme.text,
        role.Highlight: theme.accent, role.HighlightedText: theme.on_accent, role.Accent: theme.accent,
        role.Link: theme.accent, role.LinkVisited: theme.accent,
        role.Light: theme.canvas, role.Midlight: theme.alternate, role.Mid: theme.border,
        role.Dark: theme.border, role.Shadow: theme.border,
    }  # fmt: skip
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(group.Disabled, each, QColor(theme.disabled))
    made.setColor(group.Disabled, role.Highlight, QColor(theme.border))
    made.setColor(group.Disabled, role.HighlightedText, QColor(theme.text))
    return made


def stylesheet(theme: Theme) -> str:
    """Return the few rules that a palette cannot express."""
    return (
        f"QToolTip {{ border: 1px solid {theme.border}; padding: 3px; }}"
        "QStatusBar::item { border: 0; }"
        "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
        f"QMainWindow::separator {{ background: {theme.window}; width: 4px; height: 4px; }}"
    )
