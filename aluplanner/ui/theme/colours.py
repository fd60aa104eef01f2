"""The colours of the light, the dark and the high-contrast theme."""

from dataclasses import dataclass
from typing import Final

from aluplanner.ui.theme.series import DASH_DOT, SeriesStyle, compared_styles

LIGHT: Final = "light"
DARK: Final = "dark"
HIGH_CONTRAST: Final = "high contrast"


@dataclass(frozen=True)
class Theme:
    """Every colour that is drawn, as ``#rrggbb``.

    ``surplus``, ``balanced`` and ``shortage`` colour text as well as lines; their ``…_fill`` shade
    areas. ``selected`` draws the scenario being edited, ``base`` the base plan beside it and
    ``compared`` the other ticked scenarios; ``stack`` fills the layers of stacked plots.
    """

    name: str
    window: str
    canvas: str
    alternate: str
    button: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    border: str
    grid: str
    year_line: str
    zero_line: str
    past: str
    crosshair: str
    surplus: str
    balanced: str
    shortage: str
    surplus_fill: str
    shortage_fill: str
    neutral_fill: str
    warning: str
    error: str
    selected: SeriesStyle
    base: SeriesStyle
    compared: tuple[SeriesStyle, ...]
    stack: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return luminance(self.canvas) < luminance(self.text)

    def state_colour(self, state: str) -> str:
        """Return the text colour of a market state (section 7 of the model page)."""
        if state.endswith("surplus"):
            return self.surplus
        return self.shortage if state.endswith("shortage") else self.balanced


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2), from 0, black, to 1, white."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2), from 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


_LIGHT: Final = Theme(
    name=LIGHT,
    window="#f2f4f6", canvas="#ffffff", alternate="#f7f8fa", button="#e9ecef",
    text="#16191d", muted="#565d67", disabled="#8b929b",
    accent="#0b5fa5", on_accent="#ffffff",
    border="#c9ced5", grid="#e7eaee", year_line="#c3c9d1", zero_line="#3c434c", past="#f1f3f6", crosshair="#7c8590",
    surplus="#006d77", balanced="#474d56", shortage="#b3400a",
    surplus_fill="#b5dde0", shortage_fill="#f8c9ae", neutral_fill="#dfe4ea",
    warning="#8a5a00", error="#b3261e",
    selected=SeriesStyle("#0b5fa5", width=2.0),
    base=SeriesStyle("#4a4f57", DASH_DOT, "circle", 1.25),
    compared=compared_styles(("#c2480c", "#00795a", "#a03e84", "#8a6100", "#5b4fc4", "#2b7f9e")),
    stack=("#9cc4e4", "#f6c28b", "#a5d8c4", "#e3b9d6", "#f0e08c", "#c3c0ea", "#f0b3a0", "#ced3d9"),
)  # fmt: skip

_DARK: Final = Theme(
    name=DARK,
    window="#202429", canvas="#15181c", alternate="#1a1e23", button="#2c3138",
    text="#e6e9ec", muted="#a3abb5", disabled="#6b727b",
    accent="#5aa9f0", on_accent="#0b1117",
    border="#3a4048", grid="#262b31", year_line="#434a53", zero_line="#c9ced4", past="#1d2126", crosshair="#8a929c",
    surplus="#4cc3cf", balanced="#c3c8ce", shortage="#ff9b63",
    surplus_fill="#124d54", shortage_fill="#66331a", neutral_fill="#2e343b",
    warning="#f0b84a", error="#ff8a80",
    selected=SeriesStyle("#64b1f5", width=2.0),
    base=SeriesStyle("#c3c8ce", DASH_DOT, "circle", 1.25),
    compared=compared_styles(("#ff9350", "#3fcf9f", "#dd77bd", "#e8cf4a", "#a9a3ff", "#7ed3ea")),
    stack=("#1f5a87", "#8a5413", "#1d6b52", "#7a3f68", "#6f6410", "#4a459a", "#8a3f2a", "#4a515a"),
)  # fmt: skip

_HIGH_CONTRAST: Final = Theme(
    name=HIGH_CONTRAST,
    window="#000000", canvas="#000000", alternate="#0d0d0d", button="#1a1a1a",
    text="#ffffff", muted="#e6e6e6", disabled="#a0a0a0",
    accent="#ffd83d", on_accent="#000000",
    border="#ffffff", grid="#3a3a3a", year_line="#8c8c8c", zero_line="#ffffff", past="#1c1c1c", crosshair="#ffffff",
    surplus="#4fe3f0", balanced="#ffffff", shortage="#ffb07a",
    surplus_fill="#00545c", shortage_fill="#7a3300", neutral_fill="#3d3d3d",
    warning="#ffd83d", error="#ff9d94",
    selected=SeriesStyle("#ffd83d", width=2.0),
    base=SeriesStyle("#ffffff", DASH_DOT, "circle", 1.25),
    compared=compared_styles(("#ff9f5f", "#4df0b4", "#ffa6e2", "#9ec9ff", "#c6ff5e", "#d7c8ff")),
    stack=("#0f5f9c", "#96560a", "#0f7353", "#8a3f73", "#6b6200", "#4f46b0", "#963a1f", "#555555"),
)  # fmt: skip

THEMES: Final[dict[str, Theme]] = {theme.name: theme for theme in (_LIGHT, _DARK, _HIGH_CONTRAST)}
