"""How series are told apart: by colour, by dash and by marker, never by colour alone."""

from dataclasses import dataclass
from typing import Final

SOLID: Final[tuple[float, ...]] = ()
DASH: Final = (6.0, 3.0)
DOT: Final = (1.5, 2.5)
DASH_DOT: Final = (7.0, 2.5, 1.5, 2.5)
LONG_DASH: Final = (11.0, 3.0)
DASH_DOT_DOT: Final = (7.0, 2.5, 1.5, 2.5, 1.5, 2.5)
SHORT_DASH: Final = (3.5, 2.5)


@dataclass(frozen=True, slots=True)
class SeriesStyle:
    """One line: colour, dash pattern in pen widths (empty: solid), marker (empty: none), width in pixels.

    Markers are ``circle``, ``square``, ``triangle``, ``diamond``, ``cross``, ``plus`` and ``wedge``.
    """

    colour: str
    dash: tuple[float, ...] = SOLID
    marker: str = ""
    width: float = 1.0


def compared_styles(colours: tuple[str, ...], width: float = 1.25) -> tuple[SeriesStyle, ...]:
    """Return one style for each colour, every one with a dash and a marker of its own."""
    dashes = (DASH, DASH_DOT, SHORT_DASH, LONG_DASH, DOT, DASH_DOT_DOT)
    markers = ("square", "triangle", "diamond", "cross", "wedge", "plus")
    return tuple(
        SeriesStyle(colour, dash, marker, width) for colour, dash, marker in zip(colours, dashes, markers, strict=True)
    )
