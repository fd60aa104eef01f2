"""The colours of a sweep: apart on both sides of a level, or from pale to strong where there is none."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from aluplanner.model.inputs import Array
from aluplanner.ui.theme import Theme

_STRONG: Final = 0.5
"""How far the strongest colour goes from the fill of a side to its text colour: lines and labels stay readable."""
_HALF: Final = 0.5
_SHADES: Final = 256


@dataclass(frozen=True, slots=True)
class ColourScale:
    """Colours of figures.

    Attributes
    ----------
    low, high
        The range of the figures.
    level
        Where the colours of both sides meet; ``None`` for one colour from pale to strong.
    """

    low: float
    high: float
    level: float | None = None

    def colour(self, value: float, theme: Theme) -> QColor:
        """Return the colour of a figure."""
        if self.level is None:
            span = self.high - self.low
            part = (value - self.low) / span if span else 1.0
            return _between(QColor(theme.alternate), QColor(theme.stack[0]), QColor(theme.accent), part)
        span = max(abs(self.high - self.level), abs(self.low - self.level)) or 1.0
        part = (value - self.level) / span
        fill, strong = (theme.surplus_fill, theme.surplus) if part >= 0 else (theme.shortage_fill, theme.shortage)
        return _between(QColor(theme.canvas), QColor(fill), QColor(strong), abs(part))


@lru_cache(maxsize=8)
def _shades(scale: ColourScale, theme: Theme) -> NDArray[np.uint32]:
    """Return the colours from the lowest to the highest figure as pixels, and behind them that of a blank."""
    values = np.linspace(scale.low, scale.high, _SHADES)
    colours = [scale.colour(float(value), theme).rgb() for value in values]
    return np.array([*colours, QColor(theme.neutral_fill).rgb()], dtype=np.uint32)


def coloured(
    values: Array, scale: ColourScale, theme: Theme, places: tuple[NDArray[np.intp], NDArray[np.intp]] | None = None
) -> QImage:
    """Return figures as an image, the first row on top.

    Parameters
    ----------
    values
        Shape ``(rows, columns)``.
    scale, theme
        Their colours.
    places
        For each pixel across the column it shows, and for each pixel down the row; without them each figure has one.
    """
    span = scale.high - scale.low
    shades = np.full(values.shape, _SHADES, dtype=np.intp)
    known = np.isfinite(values)
    part = (values[known] - scale.low) / span if span else np.ones(int(known.sum()))
    shades[known] = np.rint(np.clip(part, 0.0, 1.0) * (_SHADES - 1)).astype(np.intp)
    colours = _shades(scale, theme)[shades]
    pixels = np.ascontiguousarray(colours if places is None else colours[np.ix_(places[1], places[0])])
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()


def _between(pale: QColor, middle: QColor, strong: QColor, part: float) -> QColor:
    """Return a colour on the way from pale over middle to half way to strong."""
    held = min(1.0, max(0.0, part))
    if held <= _HALF:
        return mixed(pale, middle, held / _HALF)
    return mixed(middle, strong, (held - _HALF) / _HALF * _STRONG)


def mixed(first: QColor, second: QColor, part: float) -> QColor:
    """Return a mixture of two colours, 0 for the first and 1 for the second."""
    return QColor.fromRgbF(
        *(
            one + (other - one) * part
            for one, other in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True)  # type: ignore[index]
        )
    )
