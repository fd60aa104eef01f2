"""Charts as files: on white, under a heading that says what they show, of which plan and when."""

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
from aluplanner.model.scenarios import BASE
from aluplanner.ui.analysis.chart import Chart
from aluplanner.ui.theme import LIGHT, THEMES, scaled

MARGIN: Final = 16.0
SHARPNESS: Final = 2
"""Pixels of a PNG per logical pixel."""

_POINTS_PER_INCH: Final = 72
_BIG: Final = 1.3
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class ChartHeading:
    """What stands above the picture of a chart."""

    title: str
    plan: str
    scenario: str
    date: str

    @classmethod
    def today(cls, title: str, plan: str, scenario: str) -> "ChartHeading":
        """Return the heading of a picture made today; ``scenario`` is what it shows, ``"Base"`` or nothing too."""
        date = QLocale().toString(QDate.currentDate(), QLocale.FormatType.ShortFormat)
        return cls(title, plan, tr("Base") if scenario == BASE else scenario, date)

    @property
    def line(self) -> str:
        """Plan, scenario and date as one line."""
        scenario = tr("Scenario: {name}", name=self.scenario) if self.scenario else ""
        return " · ".join(part for part in (self.plan, scenario, self.date) if part)


class _Sheet:
    """A chart under its heading, laid out for a device."""

    def __init__(self, chart: Chart, heading: ChartHeading) -> None:
        self._chart, self.heading = chart, heading
        self._theme = THEMES[LIGHT]
        self._small, self._big = QFont(chart.font()), scaled(chart.font(), _BIG, bold=True)
        width = chart.picture_size().width()
        self._rows = tuple(
            _text_height(font, text, width) + 4
            for font, text in ((self._big, heading.title), (self._small, heading.line))
        )
        self._head = sum(self._rows) + 6
        self.resolution = chart.logicalDpiX()

    @property
    def size(self) -> QSize:
        """Width and height in logical pixels."""
        picture = self._chart.picture_size()
        return QSize(picture.width() + round(2 * MARGIN), round(picture.height() + self._head + 2 * MARGIN))

    def draw(self, device: QPaintDevice) -> None:
        """Draw on a device."""
        whole = QRectF(0, 0, self.size.width(), self.size.height())
        painter = QPainter(device)
        painter.fillRect(whole, QColor(self._theme.canvas))
        inner = whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        top = inner.top()
        for font, colour, text, height in zip(
            (self._big, self._small),
            (self._theme.text, self._theme.muted),
            (self.heading.title, self.heading.line),
            self._rows,
            strict=True,
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(inner.left(), top, inner.width(), height), _WRAPPED, text)
            top += height
        self._chart.draw_on(painter, inner.adjusted(0, self._head, 0, 0), self._theme)
        painter.end()


def _text_height(font: QFont, text: str, width: float) -> float:
    """Return the height of a text that goes on in another line where it is wider than the picture."""
    metrics = QFontMetricsF(font)
    return max(metrics.height(), metrics.boundingRect(QRectF(0, 0, width, 1e4), _WRAPPED, text).height())


def chart_image(chart: Chart, heading: ChartHeading) -> QImage:
    """Return a chart under its heading as an image."""
    sheet = _Sheet(chart, heading)
    image = QImage(sheet.size * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    sheet.draw(image)
    return image


def chart_bytes(chart: Chart, kind: str, heading: ChartHeading) -> bytes:
    """Return a chart as the contents of a ``png``, ``svg`` or ``pdf`` file.

    Raises
    ------
    KeyError
        If it is to be of another kind.
    """
    write = _WRITERS[kind]
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    write(chart, heading, buffer)
    return bytes(buffer.data().data())


def save_chart(chart: Chart, path: Path, heading: ChartHeading) -> None:
    """Write a chart as PNG, SVG or PDF, by the name's ending.

    Raises
    ------
    OSError
        If the file cannot be written.
    KeyError
        If the name ends otherwise.
    """
    path.write_bytes(chart_bytes(chart, path.suffix.lower().removeprefix("."), heading))


def _write_png(chart: Chart, heading: ChartHeading, buffer: QBuffer) -> None:
    QImageWriter(buffer, b"png").write(chart_image(chart, heading))


def _write_svg(chart: Chart, heading: ChartHeading, buffer: QBuffer) -> None:
    sheet = _Sheet(chart, heading)
    device = QSvgGenerator()
    device.setOutputDevice(buffer)
    device.setSize(sheet.size)
    device.setViewBox(QRectF(0, 0, sheet.size.width(), sheet.size.height()))
    device.setResolution(sheet.resolution)
    device.setTitle(heading.title)
    device.setDescription(chart.summary)
    sheet.draw(device)


def _write_pdf(chart: Chart, heading: ChartHeading, buffer: QBuffer) -> None:
    sheet = _Sheet(chart, heading)
    device = QPdfWriter(buffer)
    points = QSizeF(sheet.size) * (_POINTS_PER_INCH / sheet.resolution)
    device.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    device.setResolution(sheet.resolution)
    device.setTitle(heading.title)
    sheet.draw(device)


_WRITERS: Final[dict[str, Callable[[Chart, ChartHeading, QBuffer], None]]] = {
    "png": _write_png,
    "svg": _write_svg,
    "pdf": _write_pdf,
}
FORMATS: Final = tuple(_WRITERS)
"""Kinds of files that charts are written to."""
