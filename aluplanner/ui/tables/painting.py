"""Painting cells."""

from dataclasses import dataclass

from PySide6.QtCore import QLine, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon, QStaticText

from aluplanner.ui.tables.faces import Face
from aluplanner.ui.tables.spark import paint_spark
from aluplanner.ui.theme import Theme

PADDING = 6
CORNER = 7
EDGE = 3
MOST_TEXTS = 20_000
FRAME = 2
BOX = 13
"""Side of the box of a yes/no cell."""


@dataclass(frozen=True)
class Inks:
    """The colours of a theme as Qt wants them, made once."""

    text: QColor
    muted: QColor
    off: QColor
    grid: QPen
    accent: QColor
    current: QPen
    on_accent: QColor
    canvas: QColor
    selection: QColor
    overridden: QColor
    inherited: QColor
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
        on_accent=QColor(theme.on_accent),
        canvas=QColor(theme.canvas),
        selection=mixed(theme.accent, theme.canvas, 0.16),
        overridden=mixed(theme.accent, theme.canvas, 0.11),
        inherited=mixed(theme.accent, theme.canvas, 0.05),
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


def paint_box(painter: QPainter, colours: Inks, box: QRect, is_ticked: bool, is_pale: bool = False) -> None:
    """Paint a box, filled and ticked for yes; a pale one is ticked without being filled."""
    edge = colours.off if is_pale else colours.accent if is_ticked else colours.text
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(edge if is_ticked and not is_pale else colours.canvas)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if is_ticked:
        painter.setPen(QPen(edge if is_pale else colours.on_accent, 1.6))
        x, y = box.left() + 0.5, box.top() + 0.5
        painter.drawPolyline([QPointF(x + 2.5, y + 6.2), QPointF(x + 5, y + 8.8), QPointF(x + 9.5, y + 3.4)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def box_in(cell: QRect, is_right: bool) -> QRect:
    """Return where the box of a yes/no cell lies."""
    left = cell.left() + (cell.width() - PADDING - BOX if is_right else PADDING)
    return QRect(left, cell.top() + (cell.height() - BOX) // 2, BOX, BOX)


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
            self._paint_corner(left + width - 1, top, face.is_inherited)
        if face.spark is not None:
            self._pen = None
            paint_spark(self._painter, QRect(left, top, width, height), face.spark, face.is_off)
        elif face.tick is not None:
            self._paint_box(box_in(QRect(left, top, width, height), face.is_right), face.tick, face)
        elif face.text:
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
        if face.is_overridden:
            return self._colours.inherited if face.is_inherited else self._colours.overridden
        return None

    def _paint_corner(self, right: int, top: int, is_hollow: bool) -> None:
        """Paint a triangle in the upper right corner; an outline for what a layer below brings."""
        self._pen = None
        points = [QPoint(right - CORNER, top), QPoint(right, top), QPoint(right, top + CORNER)]
        if is_hollow:
            self._painter.setPen(self._colours.accent)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._colours.accent)
        self._painter.drawPolygon(QPolygon(points))

    def _paint_box(self, box: QRect, is_ticked: bool, face: Face) -> None:
        """Paint the box of a yes/no cell, pale where the cell is blank or its row is off."""
        self._pen = None
        paint_box(self._painter, self._colours, box, is_ticked, face.is_default or face.is_off)

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
