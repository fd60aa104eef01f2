"""What is marked in the pictures of a sweep: the plan's own point, the point picked, labels, and what they say."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from aluplanner.analysis.cell_values import value_text
from aluplanner.analysis.cell_words import cell_title
from aluplanner.analysis.objective import Statistic
from aluplanner.analysis.sweep import Sweep
from aluplanner.analysis.sweep_words import objective_text
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.theme import Theme

if TYPE_CHECKING:
    from aluplanner.ui.analysis.sweep_layout import Labels, Layout

_DOT: Final = 5.0
_DIAMOND: Final = 7.0
_VEIL: Final = 215


def objective_title(answer: Sweep) -> str:
    """Return the objective in words; a statistic as it is written."""
    if answer.objective.statistic is Statistic.NONE:
        return measure_text(answer.objective.measure)
    return str(answer.objective)


def title_of(answer: Sweep) -> str:
    """Return what the picture shows, as one line."""
    cells = tr(" and ").join(cell_title(answer.plan, axis.address) for axis in answer.axes)
    return tr("{measure} by {cells}", measure=objective_title(answer), cells=cells)


def headline_of(answer: Sweep) -> str:
    """Return what the picture says, in few words: the whole sentence stands below it."""
    measure = objective_title(answer)
    near = None if answer.level is None else answer.nearest(answer.level)
    if answer.level is None or near is None:
        return tr("{measure}: {own}", measure=measure, own=base_text(answer))
    target = objective_text(answer, answer.level)
    if answer.is_met and len(answer.axes) == 1:
        values = [value_text(answer.plan, answer.axes[0].address, value) for value in answer.crossings(answer.level)[0]]
        return tr("{measure}: {target} at {values}", measure=measure, target=target, values=", ".join(values))
    if answer.is_met:
        return tr("{measure}: {target} on the bold line", measure=measure, target=target)
    cells = tr(" and ").join(
        value_text(answer.plan, axis.address, value) for axis, value in zip(answer.axes, near.cells, strict=True)
    )
    return tr(
        "{measure}: nowhere {target}, at best {reached} at {cells}",
        measure=measure, target=target, reached=objective_text(answer, near.reached), cells=cells,
    )  # fmt: skip


def scenario_name(answer: Sweep) -> str:
    """Return the scenario as it is shown."""
    return tr("Base") if answer.scenario == BASE else answer.scenario


def base_text(answer: Sweep) -> str:
    """Return what the scenario itself comes to."""
    return tr("{scenario} {value}", scenario=scenario_name(answer), value=objective_text(answer, answer.own))


def draw_base(painter: QPainter, layout: "Layout", answer: Sweep, theme: Theme, labels: "Labels") -> None:
    """Mark the plan's own point with its value; one outside the map is not there."""
    own = [axis.own for axis in answer.axes]
    if any(value is None for value in own):
        return
    centre = layout.at(*(float(value or 0.0) for value in own))
    if not layout.body.adjusted(-1, -1, 1, 1).contains(centre):
        return
    draw_dot(painter, centre, theme)
    text = base_text(answer)
    width = painter.fontMetrics().horizontalAdvance(text) + 6
    height = painter.fontMetrics().height()
    left = (
        centre.x() + 2 * _DOT if centre.x() + 2 * _DOT + width < layout.body.right() else centre.x() - 2 * _DOT - width
    )
    placed = labels.place(QRectF(left, centre.y() - height / 2, width, height), layout.body)
    if placed is not None:
        draw_label(painter, placed, text, theme, colour=theme.text)


def draw_dot(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """Draw the mark of the plan's own point: a ring about a dot."""
    painter.setPen(QPen(QColor(theme.canvas), 4.0))
    painter.setBrush(QColor(theme.canvas))
    painter.drawEllipse(centre, _DOT, _DOT)
    painter.setPen(QPen(QColor(theme.text), 1.75))
    painter.drawEllipse(centre, _DOT, _DOT)
    painter.setBrush(QColor(theme.text))
    painter.drawEllipse(centre, 1.0, 1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_picked(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """Draw the mark of the point picked: a diamond."""
    ways = ((0, -_DIAMOND), (_DIAMOND, 0), (0, _DIAMOND), (-_DIAMOND, 0))
    painter.setPen(QPen(QColor(theme.canvas), 2.0))
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in ways]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_label(painter: QPainter, box: QRectF, text: str, theme: Theme, *, colour: str) -> None:
    """Write a text on a veil of the ground, so that it can be read on every colour."""
    veil = QColor(theme.canvas)
    veil.setAlpha(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(colour))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
