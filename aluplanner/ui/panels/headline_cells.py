"""How the headline strip draws its figures: big for the selected scenario, a row for each compared one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aluplanner.i18n import tr
from aluplanner.model.balance import STATES
from aluplanner.ui.panels.headline_figures import Figure
from aluplanner.ui.plots.swatches import SAMPLE, Key, draw_sample
from aluplanner.ui.theme import current_theme, scaled

SMALL: Final = 0.92
NUMBER: Final = 2.3
LEVEL: Final = 1.65
WORD: Final = 1.6
LEAST: Final = 0.9
"""Font sizes, relative to the application's."""

SIGN: Final = 0.55
"""Size of a state's sign, relative to the height of its line."""

NAME_PART: Final = 0.22
PAD: Final = 8.0
CHANGE_GAP: Final = 10.0
SCROLL_BAR: Final = 16
"""Pixels that a scroll bar beside the compared rows may take."""
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def height_of(font: QFont) -> float:
    """Return the height of a line."""
    return QFontMetricsF(font).height()


def width_of(font: QFont, text: str) -> float:
    """Return the width of a text."""
    return QFontMetricsF(font).horizontalAdvance(text)


def fitting(font: QFont, factor: float, text: str, room: float) -> QFont:
    """Return the font at ``factor`` times its size, or smaller so that the text fits into ``room`` pixels."""
    wanted = scaled(font, factor, bold=True)
    width = width_of(wanted, text)
    if width <= room or width == 0:
        return wanted
    return scaled(font, max(LEAST, factor * room / width), bold=True)


def name_width(width: float) -> float:
    """Return the part of a compared row that the scenario's name takes."""
    return min(260.0, width * NAME_PART)


def least_width(font: QFont, columns: int) -> int:
    """Return the width below which the figures of a compared row would run into one another."""
    column = height_of(font) * SIGN + width_of(font, "+00,000") + 10
    return round((columns * column + PAD) / (1 - NAME_PART))


def columns_in(font: QFont, width: float, columns: int) -> int:
    """Return how many of the figures of a compared row there is room for."""
    return next((n for n in range(columns, 1, -1) if least_width(font, n) <= width), min(1, columns))


def draw_sign(painter: QPainter, state: str, left: float, middle: float, size: float) -> None:
    """Draw a market state's sign: up for a surplus, down for a shortage, hollow if slight, bars if balanced."""
    colour = QColor(current_theme().state_colour(state))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour))
    painter.setBrush(Qt.BrushStyle.NoBrush if state.startswith("slight") else colour)
    half, right = size * 0.42, left + size
    if state.endswith("surplus"):
        corners = [(left, middle + half), (right, middle + half), (left + size / 2, middle - half)]
    elif state.endswith("shortage"):
        corners = [(left, middle - half), (right, middle - half), (left + size / 2, middle + half)]
    else:
        for level in (middle - size * 0.28, middle + size * 0.1):
            painter.drawRect(QRectF(left, level, size, size * 0.14))
        return
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


class FigureCell(QWidget):
    """One figure of the selected scenario, to be read from across the room."""

    def __init__(self, *, has_state: bool) -> None:
        super().__init__()
        self.figure = Figure("", "", "")
        self._has_state = has_state
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: Figure) -> None:
        """Take a new figure."""
        if figure != self.figure:
            self.figure = figure
            self.setAccessibleName(figure.words)
            self.setToolTip(figure.words)
            self.update()

    @property
    def _factor(self) -> float:
        return NUMBER if self._has_state else LEVEL

    def sizeHint(self) -> QSize:
        height = height_of(scaled(self.font(), SMALL)) + height_of(scaled(self.font(), self._factor)) + 4
        if self._has_state:
            height += height_of(scaled(self.font(), WORD))
        return QSize(round(self.comfortable_width()), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def comfortable_width(self) -> float:
        """Return the width at which nothing has to shrink."""
        number = width_of(scaled(self.font(), self._factor, bold=True), "+00,000") + width_of(self.font(), " RMB/t")
        if not self._has_state:
            return max(number, self._top_width()) + 2 * PAD
        font = scaled(self.font(), WORD, bold=True)
        word = max(width_of(font, tr(state)) for state in STATES) + self._sign_size() + 6
        return max(number, word, self._top_width()) + 2 * PAD

    def _top_width(self) -> float:
        return width_of(scaled(self.font(), SMALL), self.figure.caption + "  Δ +00,000")

    def _sign_size(self) -> float:
        return height_of(scaled(self.font(), WORD)) * SIGN

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.x() > 0:
            painter.setPen(QColor(current_theme().border))
            painter.drawLine(0, 3, 0, self.height() - 4)
        box = QRectF(self.rect()).adjusted(PAD, 1, -2, 0)
        top = self._draw_top(painter, box)
        top = self._draw_number(painter, box, top)
        if self.figure.state:
            self._draw_state(painter, box, top)
        painter.end()

    def _draw_top(self, painter: QPainter, box: QRectF) -> float:
        theme, small = current_theme(), scaled(self.font(), SMALL)
        row = QRectF(box.left(), box.top(), box.width(), height_of(small))
        painter.setFont(small)
        change = tr("Δ {change}", change=self.figure.change) if self.figure.change else ""
        room = row.width() - (width_of(small, change) + CHANGE_GAP if change else 0)
        caption = QFontMetricsF(small).elidedText(self.figure.caption, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(theme.muted))
        painter.drawText(row, LEFT, caption)
        painter.setPen(QColor(theme.text))
        painter.drawText(row.adjusted(width_of(small, caption) + CHANGE_GAP, 0, 2, 0), LEFT, change)
        return row.bottom()

    def _draw_number(self, painter: QPainter, box: QRectF, top: float) -> float:
        theme, unit = current_theme(), f" {self.figure.unit}"
        room = box.width() - width_of(self.font(), unit)
        number = fitting(self.font(), self._factor, self.figure.value, room)
        height = height_of(scaled(self.font(), self._factor))
        baseline = top + QFontMetricsF(scaled(self.font(), self._factor)).ascent()
        painter.setFont(number)
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(box.left(), baseline), self.figure.value)
        left = box.left() + width_of(number, self.figure.value)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(left, baseline), unit)
        return top + height

    def _draw_state(self, painter: QPainter, box: QRectF, top: float) -> None:
        size, word = self._sign_size(), tr(self.figure.state)
        height = height_of(scaled(self.font(), WORD))
        draw_sign(painter, self.figure.state, box.left() + 1, top + height / 2, size)
        painter.setFont(fitting(self.font(), WORD, word, box.width() - size - 8))
        painter.setPen(QColor(current_theme().state_colour(self.figure.state)))
        painter.drawText(QRectF(box.left() + size + 8, top, box.width() - size - 8, height), LEFT, word)


class CompareRow(QWidget):
    """The figures of a compared scenario in one row; the differences beside them, or below where it is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.key = Key("")
        self.figures: tuple[Figure, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, key: Key, figures: Sequence[Figure]) -> None:
        """Take the scenario's name with its line style, and its figures."""
        if (key, tuple(figures)) != (self.key, self.figures):
            self.key, self.figures = key, tuple(figures)
            words = "; ".join((key.text, *(figure.words for figure in figures)))
            self.setAccessibleName(words)
            self.setToolTip("\n".join((key.text, *(figure.words for figure in figures))))
            self.update()

    @property
    def is_narrow(self) -> bool:
        """Whether the differences stand below the values."""
        return self._column < width_of(self.font(), "+00,000  +00,000") + self._sign + 12

    @property
    def _name_width(self) -> float:
        return name_width(self.width())

    @property
    def _column(self) -> float:
        return (self.width() - self._name_width - PAD) / max(1, len(self.shown_figures))

    @property
    def shown_figures(self) -> tuple[Figure, ...]:
        """The figures there is room for; the tooltip tells them all."""
        return self.figures[: columns_in(self.font(), self.width(), len(self.figures))]

    @property
    def _sign(self) -> float:
        return height_of(self.font()) * SIGN

    def sizeHint(self) -> QSize:
        line = height_of(self.font())
        second = height_of(scaled(self.font(), SMALL)) - 1 if self.is_narrow else 3
        return QSize(400, round(line + second + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = height_of(self.font()) + (0 if self.is_narrow else 3)
        draw_sample(painter, self.key, PAD, line / 2 + 1)
        left, room = PAD + SAMPLE + 6, self._name_width - SAMPLE - 14
        painter.setFont(self.font())
        painter.setPen(QColor(current_theme().text))
        name = QFontMetricsF(self.font()).elidedText(self.key.text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(left, 1, room, line), LEFT, name)
        for position, figure in enumerate(self.shown_figures):
            self._draw_figure(painter, figure, PAD + self._name_width + position * self._column, line)
        painter.end()

    def _draw_figure(self, painter: QPainter, figure: Figure, left: float, line: float) -> None:
        theme = current_theme()
        if figure.state:
            draw_sign(painter, figure.state, left, line / 2 + 1, self._sign)
        start = left + (self._sign + 4 if figure.state else 0)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.state_colour(figure.state) if figure.state else theme.text))
        painter.drawText(QRectF(start, 1, self._column, line), LEFT, figure.value)
        if not figure.change:
            return
        small = scaled(self.font(), SMALL)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        change = tr("Δ {change}", change=figure.change)
        if self.is_narrow:
            painter.drawText(QRectF(start, line - 1, self._column, height_of(small)), LEFT, change)
        else:
            beside = start + width_of(self.font(), figure.value) + 8
            painter.drawText(QRectF(beside, 1, self._column, line), LEFT, change)


class CompareCaptions(QWidget):
    """The captions above the compared rows' columns."""

    def __init__(self) -> None:
        super().__init__()
        self.captions: tuple[tuple[str, bool], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_captions(self, captions: Sequence[tuple[str, bool]]) -> None:
        """Take the captions, and whether a sign stands before the figures below."""
        if tuple(captions) != self.captions:
            self.captions = tuple(captions)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, round(height_of(scaled(self.font(), SMALL))) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        small = scaled(self.font(), SMALL)
        painter.setFont(small)
        painter.setPen(QColor(current_theme().muted))
        name = name_width(self.width())
        shown = self.captions[: columns_in(self.font(), self.width(), len(self.captions))]
        column = (self.width() - name - PAD) / max(1, len(shown))
        for position, (caption, has_sign) in enumerate(shown):
            indent = height_of(self.font()) * SIGN + 4 if has_sign else 0.0
            room = column - indent - 2
            text = QFontMetricsF(small).elidedText(caption, Qt.TextElideMode.ElideRight, room)
            box = QRectF(PAD + name + position * column + indent, 0, room + 2, self.height())
            painter.drawText(box, LEFT, text)
        painter.end()
