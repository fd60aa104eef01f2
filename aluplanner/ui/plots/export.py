"""Pictures of plots on white, labelled with plan, scenario and date; and their figures as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QDate, QLocale, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from aluplanner.i18n import tr
from aluplanner.ui.plots.cost_curve import CostCurvePlot
from aluplanner.ui.plots.fan_keys import fan_keys
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.plots.plot_view import PlotView
from aluplanner.ui.plots.scenario_key import scenario_keys
from aluplanner.ui.plots.shown import Shown
from aluplanner.ui.plots.swatches import Key, draw_key, flow
from aluplanner.ui.theme import LIGHT, THEMES, scaled

WIDTH: Final = 960
MARGIN: Final = 16.0
SHARPNESS: Final = 2
"""Pixels of a PNG per logical pixel."""

DOTS_PER_INCH: Final = 96


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a picture: the plan and the date."""

    plan: str
    date: str

    @classmethod
    def today(cls, plan: str) -> "Heading":
        """Return the heading of a picture made today."""
        return cls(plan, QLocale().toString(QDate.currentDate(), QLocale.FormatType.ShortFormat))


class Picture:
    """A plot drawn once more, apart from the window, in the light theme and at a size of its own."""

    def __init__(self, plot: PlotView, heading: Heading) -> None:
        self.theme = THEMES[LIGHT]
        self.heading = heading
        self.shown = shown_in(plot)
        span = MonthSpan()
        span.set_horizon(self.shown.horizon)
        span.low, span.high, span.chosen = plot.span.low, plot.span.high, plot.span.chosen
        self.plot = _copy(plot, span)
        self.plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.resize(WIDTH - round(2 * MARGIN), round(plot.minimumHeight() * 1.6))
        self.plot.restyle(self.theme)
        self.plot.show_balances(self.shown)
        self.plot.set_axis_width(self.plot.axis_width)
        self.plot.show()
        self.plot.grid.layout.activate()

    def close(self) -> None:
        """Throw the second plot away."""
        self.plot.hide()
        self.plot.deleteLater()

    @property
    def _font(self) -> QFont:
        return QFont(self.plot.font())

    @property
    def _row(self) -> float:
        return QFontMetricsF(self._font).height() + 4

    def _key_places(self) -> tuple[list[tuple[float, int]], int]:
        metrics = QFontMetricsF(self._font)
        widths = [key.width(metrics) for key in self._keys]
        return flow(widths, 0.0, self.plot.width())

    @property
    def _keys(self) -> list[Key]:
        fan = self.shown.fan if isinstance(self.plot, MonthPlot) else None
        return [*scenario_keys(self.shown, self.theme), *fan_keys(fan, self.theme)]

    @property
    def _head(self) -> float:
        title = QFontMetricsF(scaled(self._font, 1.3, bold=True)).height() + 4
        return title + self._row * (1 + self._key_places()[1]) + 6

    @property
    def size(self) -> QSize:
        """Width and height in logical pixels."""
        return QSize(WIDTH, round(self._head + self.plot.height() + 2 * MARGIN))

    def draw(self, device: QPaintDevice) -> None:
        """Draw on a device."""
        painter = QPainter(device)
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), QColor(self.theme.canvas))
        painter.save()
        top = self._draw_head(painter)
        painter.restore()  # the plot would fill its panes with the brush that the last marker left
        target = QRectF(MARGIN, top, self.plot.width(), self.plot.height())
        self.plot.render(painter, target, self.plot.viewport().rect())
        painter.end()

    def _draw_head(self, painter: QPainter) -> float:
        big = scaled(self._font, 1.3, bold=True)
        top, height = MARGIN, QFontMetricsF(big).height() + 4
        painter.setFont(big)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(MARGIN, top, WIDTH, height), Qt.AlignmentFlag.AlignVCenter, self.plot.title)
        top += height
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.muted))
        mode = tr("Difference to base") if self.shown.is_difference else ""
        parts = (self.heading.plan, tr("Scenario: {name}", name=self.shown.selected.label), mode, self.heading.date)
        line = " · ".join(part for part in parts if part)
        painter.drawText(QRectF(MARGIN, top, WIDTH, self._row), Qt.AlignmentFlag.AlignVCenter, line)
        top += self._row
        places, rows = self._key_places()
        for key, (left, row) in zip(self._keys, places, strict=True):
            draw_key(painter, key, MARGIN + left, top + row * self._row, self._row, key.text, self.theme.text)
        return top + rows * self._row + 6


def shown_in(plot: PlotView) -> Shown:
    """Return what a plot shows.

    Raises
    ------
    ValueError
        If it shows nothing yet.
    """
    shown = plot.shown if isinstance(plot, MonthPlot | CostCurvePlot) else None
    if shown is None:
        raise ValueError("the plot shows nothing yet")
    return shown


def _copy(plot: PlotView, span: MonthSpan) -> MonthPlot | CostCurvePlot:
    return MonthPlot(plot.spec, span) if isinstance(plot, MonthPlot) else CostCurvePlot(span)


def picture_image(plot: PlotView, heading: Heading) -> QImage:
    """Return a plot as an image."""
    picture = Picture(plot, heading)
    image = QImage(picture.size * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    picture.draw(image)
    picture.close()
    return image


def save_picture(plot: PlotView, path: Path, heading: Heading) -> None:
    """Write a plot as PNG, SVG or PDF, by the name's ending.

    Raises
    ------
    OSError
        If the file cannot be written.
    KeyError
        If the name ends otherwise.
    """
    path.write_bytes(picture_bytes(plot, path.suffix.lower().removeprefix("."), heading))


def picture_bytes(plot: PlotView, kind: str, heading: Heading) -> bytes:
    """Return a plot as the contents of a ``png``, ``svg`` or ``pdf`` file.

    Raises
    ------
    KeyError
        If it is to be of another kind.
    """
    write = _WRITERS[kind]
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    write(plot, heading, buffer)
    return bytes(buffer.data().data())


def _write_png(plot: PlotView, heading: Heading, buffer: QBuffer) -> None:
    QImageWriter(buffer, b"png").write(picture_image(plot, heading))


def _write_svg(plot: PlotView, heading: Heading, buffer: QBuffer) -> None:
    picture = Picture(plot, heading)
    device = QSvgGenerator()
    device.setOutputDevice(buffer)
    device.setSize(picture.size)
    device.setViewBox(QRectF(0, 0, picture.size.width(), picture.size.height()))
    device.setResolution(DOTS_PER_INCH)
    device.setTitle(f"{plot.title} – {picture.shown.selected.label}")
    picture.draw(device)
    picture.close()


def _write_pdf(plot: PlotView, heading: Heading, buffer: QBuffer) -> None:
    picture = Picture(plot, heading)
    device = QPdfWriter(buffer)
    points = QSizeF(picture.size) * (72 / DOTS_PER_INCH)
    device.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    device.setResolution(DOTS_PER_INCH)
    device.setTitle(f"{plot.title} – {picture.shown.selected.label}")
    picture.draw(device)
    picture.close()


_WRITERS: Final[dict[str, Callable[[PlotView, Heading, QBuffer], None]]] = {
    "png": _write_png,
    "svg": _write_svg,
    "pdf": _write_pdf,
}
FORMATS: Final = tuple(_WRITERS)


def table_text(plot: PlotView) -> str:
    """Return what a plot shows as tab-separated text with headers, numbers in full precision."""
    headers, rows = plot.table()
    lines = [headers, *([_cell(value) for value in row] for row in rows)]
    return "".join("\t".join(line) + "\r\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)
