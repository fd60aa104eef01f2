"""The marks in the header of a column: how its rows are filtered and sorted, and where columns are hidden."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


def paint_funnel(painter: QPainter, place: QRect, colour: QColor) -> None:
    """Paint a funnel in the middle of a place: rows are filtered by this column."""
    centre = QPointF(place.center()) + QPointF(0.5, 0.5)
    points = [(-5.5, -4.5), (5.5, -4.5), (1.5, 0.5), (1.5, 3.5), (-1.5, 5.5), (-1.5, 0.5)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in points]))


def paint_chevron(painter: QPainter, place: QRect, colour: QColor) -> None:
    """Paint a chevron in the middle of a place: a menu opens here."""
    centre = QPointF(place.center()) + QPointF(0.5, 0.5)
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in ((-3.5, -1.5), (0, 2), (3.5, -1.5))]))


def paint_arrow(painter: QPainter, place: QRect, colour: QColor, is_descending: bool) -> None:
    """Paint an arrow in the middle of a place: rows are sorted by this column."""
    centre = QPointF(place.center()) + QPointF(-0.5, 0.5)
    turn = -1 if is_descending else 1
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawLine(centre + QPointF(0, -4.5), centre + QPointF(0, 4.5))
    head = [(-3.5, -1.5 * turn), (0, -4.5 * turn), (3.5, -1.5 * turn)]
    painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in head]))


def paint_gap(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint two lines at the right edge: here columns are hidden."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for x in (rect.right() - 3, rect.right()):
        painter.fillRect(QRect(x, rect.top() + 2, 1, rect.height() - 4), colour)
