"""A picture that is drawn the same in the window and in a file: hover, click, keys and words for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.hit_steps import next_hit
from aluplanner.ui.theme import LIGHT, THEMES, Theme, current_theme, scaled

FONT_FACTOR: Final = 0.95
PICTURE_SIZE: Final = QSize(960, 540)
SMALLEST: Final = QSize(220, 110)
MARGIN: Final = 8.0
_RING: Final = 2.0


@dataclass(frozen=True, slots=True)
class ChartHit:
    """A part of a chart that can be pointed at.

    Attributes
    ----------
    area
        Where it is, in the pixels of the area the chart was laid out for.
    tip
        What it says: name, figure with its unit, in one to a few lines.
    address
        The cell that it speaks of, if any: a click or Enter goes there.
    measure, scenario
        The number that it shows, if any, and the scenario of it: what makes it can be traced.
    data
        What a subclass wants to know it by.
    """

    area: QRectF
    tip: str
    address: Address | None = None
    measure: Measure | None = None
    scenario: str = ""
    data: object = None

    @property
    def leads_on(self) -> bool:
        """Whether a click on it does anything."""
        return self.address is not None or self.measure is not None or self.data is not None


class Chart(QWidget):
    """Base of the charts of the analyses.

    A subclass keeps what it shows, implements :meth:`draw` and :meth:`find_hits` (both lay out for the area they are
    given, so that the same code draws the window and a file), and calls :meth:`refresh` when it shows something else.
    Left, Right, Up and Down go from part to part, Home and End to the first and the last, Enter does what a click does,
    Esc goes off the parts.

    Attributes
    ----------
    title
        What it shows, as one line: the heading of its picture.
    summary
        What it says in a sentence or two, for who cannot see it.
    activated : Signal(ChartHit)
        A part was clicked, or Enter was pressed on it.
    current_changed : Signal(object)
        The keys or the mouse are on another part; ``None`` off all of them.
    menu_requested : Signal(object, QPoint)
        The context menu is wanted for a part or ``None``, at a place on the screen.
    """

    activated = Signal(object)
    current_changed = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.summary = ""
        self._hits: tuple[ChartHit, ...] | None = None
        self._current: ChartHit | None = None
        self._by_keys = False
        self._pressed: ChartHit | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST)

    # What subclasses say

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draw into an area, whose ground is there already, in the colours of a theme; the painter has the font."""
        raise NotImplementedError

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        """Return the parts that can be pointed at in a drawing of this area, in the order of reading."""
        del area
        return ()

    def picture_size(self) -> QSize:
        """Return the size that suits a picture of it, in logical pixels, its heading left out."""
        return PICTURE_SIZE

    # What subclasses use

    @property
    def chart_font(self) -> QFont:
        """The font of its labels."""
        return scaled(self.font(), FONT_FACTOR)

    @property
    def metrics(self) -> QFontMetricsF:
        """The measures of :attr:`chart_font`."""
        return QFontMetricsF(self.chart_font)

    def refresh(self, title: str | None = None, summary: str | None = None) -> None:
        """Show something else: lay out and draw anew.

        Parameters
        ----------
        title, summary
            What it shows and says now; as before where not given.
        """
        self.title = self.title if title is None else title
        self.summary = self.summary if summary is None else summary
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(self.summary)
        self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        self._hits = None
        self._set_current(None, by_keys=False)
        self.update()

    # Drawing

    @property
    def area(self) -> QRectF:
        """Where the window draws it."""
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    @property
    def hits(self) -> tuple[ChartHit, ...]:
        """The parts that can be pointed at, as the window shows it."""
        if self._hits is None:
            self._hits = tuple(self.find_hits(self.area))
        return self._hits

    def draw_on(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draw it with its ground and its font, in a window or a file."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN), QColor(theme.canvas))
        painter.setFont(self.chart_font)
        self.draw(painter, area, theme)
        painter.restore()

    def picture(self, theme: Theme | None = None, size: QSize | None = None, sharpness: float = 1.0) -> QImage:
        """Return it as an image without a heading.

        Parameters
        ----------
        theme
            Whose colours; by default those of the light theme.
        size
            In logical pixels; by default what suits a picture of it.
        sharpness
            Pixels of the image per logical pixel.
        """
        wanted = size or self.picture_size()
        image = QImage(wanted * sharpness, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(sharpness)
        image.fill(QColor((theme or THEMES[LIGHT]).canvas))
        painter = QPainter(image)
        area = QRectF(0, 0, wanted.width(), wanted.height()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self.draw_on(painter, area, theme or THEMES[LIGHT])
        painter.end()
        return image

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        self.draw_on(painter, self.area, theme)
        if self._current is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(QColor(theme.accent if self._by_keys else theme.muted), _RING if self._by_keys else 1.0)
            )
            painter.drawRoundedRect(self._current.area.adjusted(-1, -1, 1, 1), 2, 2)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._lay_out_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_anew()

    # Pointing

    @property
    def current(self) -> ChartHit | None:
        """The part that the mouse or the keys are on."""
        return self._current

    def hit_at(self, place: QPointF) -> ChartHit | None:
        """Return the part under a place, the smallest where several are."""
        under = [hit for hit in self.hits if hit.area.contains(place)]
        return min(under, key=lambda hit: hit.area.width() * hit.area.height(), default=None)

    def _set_current(self, hit: ChartHit | None, *, by_keys: bool) -> None:
        if hit is self._current and by_keys == self._by_keys:
            return
        self._current, self._by_keys = hit, by_keys
        leads_on = hit is not None and hit.leads_on
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads_on else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(hit.tip if hit is not None and by_keys else self.summary)
        self.update()
        self.current_changed.emit(hit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_current(self.hit_at(event.position()), by_keys=False)

    def leaveEvent(self, _event: QEvent) -> None:
        if not self._by_keys:
            self._set_current(None, by_keys=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.hit_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and pressed is not None and pressed is self.hit_at(event.position()):
            self.activated.emit(pressed)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.hit_at(QPointF(event.pos()))
            if hit is not None and hit.tip:
                QToolTip.showText(event.globalPos(), hit.tip, self, hit.area.toAlignedRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, hits = Qt.Key(event.key()), self.hits
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.activated.emit(self._current)
        elif key == Qt.Key.Key_Escape and self._current is not None:
            self._show_by_keys(None)
        elif hits and (step := next_hit([hit.area for hit in hits], self._place(), key)) is not None:
            self._show_by_keys(hits[step])
        else:
            event.ignore()

    def _place(self) -> int | None:
        """Return which of the parts is the current one."""
        return next((place for place, hit in enumerate(self.hits) if hit is self._current), None)

    def _show_by_keys(self, hit: ChartHit | None) -> None:
        self._set_current(hit, by_keys=True)
        if hit is None:
            QToolTip.hideText()
            return
        below = QPoint(round(hit.area.left()), round(hit.area.bottom()))
        QToolTip.showText(self.mapToGlobal(below), hit.tip, self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._by_keys and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._set_current(None, by_keys=False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        hit = self.hit_at(QPointF(event.pos())) if is_by_mouse else self._current
        self.menu_requested.emit(hit, event.globalPos())
