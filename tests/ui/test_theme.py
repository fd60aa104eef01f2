"""Colours that can be read and told apart, and how a theme is put on the application."""

from collections.abc import Iterator
from itertools import combinations
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from aluplanner.model.balance import STATES
from aluplanner.ui.theme import (
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    SYSTEM,
    THEMES,
    Theme,
    application_font,
    apply_theme,
    contrast,
    current_theme,
    scaled,
    system_theme,
)

TEXTS = ("text", "muted", "accent", "surplus", "balanced", "shortage", "warning", "error")
GROUNDS = ("window", "canvas", "alternate", "past")

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    before = current_theme().name
    yield qapp
    apply_theme(qapp, before)


def test_that_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@themes
def test_that_every_text_colour_can_be_read_on_every_ground(theme: Theme) -> None:
    poor = {
        (text, ground): ratio
        for text in TEXTS
        for ground in GROUNDS
        if (ratio := contrast(getattr(theme, text), getattr(theme, ground))) < 4.5
    }
    assert not poor


@themes
def test_that_text_can_be_read_on_buttons_selections_and_stacks(theme: Theme) -> None:
    assert contrast(theme.text, theme.button) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert min(contrast(theme.text, fill) for fill in theme.stack) >= 4.5


@themes
def test_that_every_market_state_has_a_readable_colour_and_opposites_differ(theme: Theme) -> None:
    assert all(contrast(theme.state_colour(state), theme.window) >= 4.5 for state in STATES)
    assert len({theme.state_colour(state) for state in ("surplus", "balanced", "shortage")}) == 3


@themes
def test_that_every_line_stands_out_from_canvas_and_past(theme: Theme) -> None:
    styles = (theme.selected, theme.base, *theme.compared)
    assert min(contrast(style.colour, ground) for style in styles for ground in (theme.canvas, theme.past)) >= 3


@themes
def test_that_no_two_lines_share_a_colour_or_a_dash_with_a_marker(theme: Theme) -> None:
    styles = (theme.selected, theme.base, *theme.compared)
    assert len({style.colour for style in styles}) == len(styles)
    assert len({(style.dash, style.marker) for style in styles}) == len(styles)
    assert len({style.marker for style in styles}) == len(styles)


def _lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIE Lab (D65) of linear RGB."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    f = np.cbrt(np.maximum(xyz / [0.9505, 1.0, 1.089], 1e-4))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _as_seen(colour: str, blindness: str) -> NDArray[np.float64]:
    """Return a colour in Lab as a dichromat sees it (Viénot, Brettel and Mollon 1999)."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    to_lms = np.array([[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.0299566, 0.184309, 1.46709]])
    seen = {
        "protan": np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]]),
        "deutan": np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]]),
        "normal": np.eye(3),
    }[blindness]
    return _lab(np.clip(np.linalg.inv(to_lms) @ seen @ to_lms @ linear, 0, 1))


@themes
@pytest.mark.parametrize("blindness", ["normal", "protan", "deutan"])
def test_that_five_scenarios_look_different_to_everyone(theme: Theme, blindness: str) -> None:
    styles = (theme.selected, theme.base, *theme.compared[:3])
    distances = {
        (one.colour, other.colour): float(
            np.linalg.norm(_as_seen(one.colour, blindness) - _as_seen(other.colour, blindness))
        )
        for one, other in combinations(styles, 2)
    }
    assert {pair: distance for pair, distance in distances.items() if distance < 10} == {}


@themes
@pytest.mark.parametrize("blindness", ["normal", "protan", "deutan"])
def test_that_surplus_and_shortage_look_different_to_everyone(theme: Theme, blindness: str) -> None:
    for one, other in ((theme.surplus, theme.shortage), (theme.surplus_fill, theme.shortage_fill)):
        assert np.linalg.norm(_as_seen(one, blindness) - _as_seen(other, blindness)) > 20


@pytest.mark.parametrize("name", list(THEMES))
def test_that_a_theme_is_the_palette_and_the_one_in_force(app: QApplication, name: str) -> None:
    apply_theme(app, name)
    theme = current_theme()
    assert theme.name == name
    assert app.palette().color(QPalette.ColorRole.Base).name() == theme.canvas
    assert app.palette().color(QPalette.ColorRole.Highlight).name() == theme.accent
    assert app.style().objectName() == "fusion" or app.styleSheet()
    assert theme.is_dark == (name != LIGHT)


def test_that_an_unknown_theme_is_refused(app: QApplication) -> None:
    with pytest.raises(KeyError):
        apply_theme(app, "sepia")


def _system(scheme: Qt.ColorScheme, preference: Qt.ContrastPreference) -> QApplication:
    accessibility = SimpleNamespace(contrastPreference=lambda: preference)
    hints = SimpleNamespace(colorScheme=lambda: scheme, accessibility=lambda: accessibility)
    return cast(QApplication, SimpleNamespace(styleHints=lambda: hints))


@pytest.mark.parametrize(
    ("scheme", "preference", "name"),
    [
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, LIGHT),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, DARK),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, HIGH_CONTRAST),
    ],
)
def test_that_the_system_chooses_the_theme(
    scheme: Qt.ColorScheme, preference: Qt.ContrastPreference, name: str
) -> None:
    assert system_theme(_system(scheme, preference)).name == name


def test_that_a_chosen_theme_stays_when_the_system_changes(app: QApplication) -> None:
    apply_theme(app, DARK)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_theme().name == DARK
    apply_theme(app, SYSTEM)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_theme().name == system_theme(app).name


def test_that_the_font_knows_chinese_families_and_figures_of_one_width(app: QApplication) -> None:
    font = application_font()
    assert {"Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei"} <= set(font.families())
    assert font.featureValue(QFont.Tag("tnum")) == 1


def test_that_a_scaled_font_keeps_what_it_was_sized_in() -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(10)
    pixels.setPixelSize(20)
    assert scaled(points, 1.5).pointSizeF() == pytest.approx(15)
    assert scaled(pixels, 1.5).pixelSize() == 30
