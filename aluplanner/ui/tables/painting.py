"""Painting cells."""

from dataclasses import dataclass

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon, QStaticText

from aluplanner.ui.tables.faces import Face
from aluplanner.ui.theme import Theme

PADDING = 6
CORNER = 7
EDGE = 3
MOST_TEXTS = 20_000
FRAME = 2


@dataclass(frozen=True)
class Inks:
    """The colours of a theme as Qt wants them, made once."""

    text: QColor
    muted: QColor
    off: QColor
    grid: QPen
    accent: QColor
    current: QPen
    selection: QColor
    overridden: QColor
    error: QColor
    warning: QColor
    error_fill: QColor
    warning_fill: QColor
    named: dict[str, QColor]


_known: dict[str, Inks] = {}


def inks(theme: Theme) -> Inks:
    """Return the colours of a theme."""
    known = _known.get(theme.name)
    if known is None:
        known = _known[theme.name] = _make_inks(theme)
    return known


def _make_inks(theme: Theme) -> Inks:
    return Inks(
        text=QColor(theme.text),
        muted=QColor(theme.disabled),
        off=QColor(theme.disabled),
        grid=QPen(QColor(theme.grid)),
        accent=QColor(theme.accent),
        current=QPen(QColor(theme.accent), 2),
        selection=mixed(theme.accent, theme.canvas, 0.16),
        overridden=mixed(theme.accent, theme.canvas, 0.09),
        error=QColor(theme.error),
        warning=QColor(theme.warning),
        error_fill=mixed(theme.error, theme.canvas, 0.10),
        warning_fill=mixed(theme.warning, theme.canvas, 0.08),
        named={name: QColor(getattr(theme, name)) for name in ("surplus", "shortage", "muted")},
    )


def mixed(colour: str, ground: str, share: float) -> QColor:
    """Return a colour laid over a ground, covering ``share`` of it."""
    over, under = QColor(colour), QColor(ground)
    channels = ((over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()))
    return QColor(*(round(share * top + (1 - share) * bottom) for top, bottom in channels))


Texts = dict[tuple[str, bool, int], tuple[QStaticText, int]]
"""Texts that are laid out, by what they say, whether they stand at the right edge and how much room there is."""

_texts: dict[str, Texts] = {}


def _texts_in(font: QFont) -> Texts:
    """Return the texts laid out in a font; those of another font are forgotten."""
    known = _texts.get(font.key())
    if known is None:
        _texts.clear()
        known = _texts[font.key()] = {}
    return known


class CellPainter:
    """Paints cells into a view.

    Parameters
    ----------
    painter
        Paints on the viewport.
    colours
        The colours of the theme.
    metrics
        Of the font the painter has.
    """

    def __init__(self, painter: QPainter, colours: Inks, metrics: QFontMetrics) -> None:
        self._painter = painter
        self._colours = colours
        self._metrics = metrics
        self._ascent = metrics.ascent()
        self._pen: QColor | None = None
        self._texts = _texts_in(painter.font())
        self._drop = (metrics.ascent() - metrics.descent() + 1) // 2

    def paint(self, left: int, top: int, width: int, height: int, face: Face, selected: bool) -> None:
        """Paint one cell: its ground, its marks, its text."""
        ground = self._ground(face, selected)
        if ground is not None:
            self._painter.fillRect(left, top, width, height, ground)
        if face.mark:
            self._painter.fillRect(left, top, EDGE, height, self._edge(face.mark))
        if face.is_overridden:
            self._paint_corner(left + width - 1, top)
        if face.text:
            self._paint_text(left + PADDING, top + height // 2 + self._drop, width - 2 * PADDING, face)

    def paint_grid(self, rows: list[int], columns: list[int], right: int, bottom: int) -> None:
        """Paint the lines under rows and beside columns, given by where they lie."""
        lines = [QLine(0, y, right, y) for y in rows] + [QLine(x, 0, x, bottom) for x in columns]
        self._pen = None
        self._painter.setPen(self._colours.grid)
        self._painter.drawLines(lines)

    def paint_current(self, rect: QRect, mark: str = "") -> None:
        """Paint the frame of the current cell, and inside it its mark, which the frame would cover."""
        self._pen = None
        self._painter.setPen(self._colours.current)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(rect.adjusted(1, 1, -1, -1))
        if mark:
            self._painter.fillRect(
                rect.left() + FRAME, rect.top() + FRAME, EDGE, rect.height() - 2 * FRAME, self._edge(mark)
            )

    def _edge(self, mark: str) -> QColor:
        return self._colours.error if mark == "error" else self._colours.warning

    def _ground(self, face: Face, selected: bool) -> QColor | None:
        if selected:
            return self._colours.selection
        if face.mark:
            return self._colours.error_fill if face.mark == "error" else self._colours.warning_fill
        return self._colours.overridden if face.is_overridden else None

    def _paint_corner(self, right: int, top: int) -> None:
        """Paint a triangle in the upper right corner."""
        self._pen = None
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colours.accent)
        points = [QPoint(right - CORNER, top), QPoint(right, top), QPoint(right, top + CORNER)]
        self._painter.drawPolygon(QPolygon(points))

    def _paint_text(self, left: int, baseline: int, width: int, face: Face) -> None:
        text, room = self._fitting(face.text, face.is_right, width)
        ink = self._ink(face)
        if ink is not self._pen:
            self._pen = ink
            self._painter.setPen(ink)
        self._painter.drawStaticText(left + width - room if face.is_right else left, baseline - self._ascent, text)

    def _fitting(self, text: str, is_right: bool, width: int) -> tuple[QStaticText, int]:
        """Return a text, cut where it is too long, laid out once and for all, and its width."""
        found = self._texts.get((text, is_right, width))
        if found is None:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            shown, room = text, self._metrics.horizontalAdvance(text)
            if room > width:
                # a number that does not fit must not look like a smaller one
                shown = "###" if is_right else self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
                room = self._metrics.horizontalAdvance(shown)
            laid_out = QStaticText(shown)
            laid_out.setTextFormat(Qt.TextFormat.PlainText)
            found = self._texts[text, is_right, width] = laid_out, room
        return found

    def _ink(self, face: Face) -> QColor:
        if face.colour:
            return self._colours.named[face.colour]
        if face.is_off:
            return self._colours.off
        return self._colours.muted if face.is_default else self._colours.text
