"""How the program looks: colours, series styles, font."""

from aluplanner.ui.theme.applying import NAMES, SYSTEM, apply_theme, current_theme, palette, system_theme
from aluplanner.ui.theme.colours import DARK, HIGH_CONTRAST, LIGHT, THEMES, Theme, contrast, luminance
from aluplanner.ui.theme.fonts import application_font, scaled
from aluplanner.ui.theme.series import SeriesStyle

__all__ = [
    "DARK",
    "HIGH_CONTRAST",
    "LIGHT",
    "NAMES",
    "SYSTEM",
    "THEMES",
    "SeriesStyle",
    "Theme",
    "application_font",
    "apply_theme",
    "contrast",
    "current_theme",
    "luminance",
    "palette",
    "scaled",
    "system_theme",
]
