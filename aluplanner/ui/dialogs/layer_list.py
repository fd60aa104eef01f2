"""The scenarios that another one builds on: tick them, and put them in order."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.model.schema import fold
from aluplanner.ui.icons import set_icon
from aluplanner.ui.tables.painting import BOX, inks, paint_box
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex

ICON = 16
ROW_HEIGHT = 24
GAP = 4
NAME = Qt.ItemDataRole.UserRole


class _Names(QListWidget):
    """Names with ticks; Alt with an arrow moves the current one."""

    move_requested = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_requested.emit(step)
        else:
            super().keyPressEvent(event)


class _BoxDelegate(QStyledItemDelegate):
    """Paints a name with its box, which the style draws too faintly on a dark ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        widget = own.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, own, painter, widget)
        where = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, own, widget)
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, own, widget)
        theme, is_selected = current_theme(), bool(own.state & QStyle.StateFlag.State_Selected)
        painter.save()
        box = QRect(0, 0, BOX, BOX)
        box.moveCenter(where.center())
        paint_box(painter, inks(theme), box, own.checkState == Qt.CheckState.Checked)
        painter.setPen(QColor(theme.on_accent if is_selected else theme.text))
        if is_selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))  # a filled box would be lost on the accent colour
        text = own.fontMetrics.elidedText(own.text, Qt.TextElideMode.ElideRight, room.width() - 2 * GAP)
        painter.drawText(room.adjusted(GAP, 0, -GAP, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class LayerList(QWidget):
    """Scenarios with ticks, those that are ticked first and in their order.

    Parameters
    ----------
    names
        The scenarios to choose from.
    chosen
        Those that are ticked to begin with.
    tips
        What each stands for, by name.

    Attributes
    ----------
    changed : Signal()
        Others are ticked, or in another order.
    """

    changed = Signal()

    def __init__(
        self, names: Sequence[str], chosen: Sequence[str], tips: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.names = _Names(self)
        self.names.setAccessibleName(tr("Scenarios to build on, in order"))
        self.names.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.names.setUniformItemSizes(True)
        self.names.setItemDelegate(_BoxDelegate(self.names))
        self.up = self._button("up", tr("Apply earlier (Alt+Up)"))
        self.down = self._button("down", tr("Apply later (Alt+Down)"))
        self._fill(names, chosen, tips)
        self._lay_out()
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.names.move_requested.connect(self.move_current)
        self.names.itemChanged.connect(self._on_item_changed)
        self.names.currentRowChanged.connect(self._refresh)
        self.names.model().rowsMoved.connect(self._on_item_changed)
        self._refresh()

    def _button(self, icon_name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIconSize(QSize(ICON, ICON))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        set_icon(button, icon_name)
        return button

    def _fill(self, names: Sequence[str], chosen: Sequence[str], tips: dict[str, str]) -> None:
        known = {fold(name): name for name in names}
        first = [known[fold(name)] for name in chosen if fold(name) in known]
        for name in dict.fromkeys((*first, *names)):
            item = QListWidgetItem(name, self.names)
            item.setData(NAME, name)
            item.setToolTip(tips.get(name, ""))
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Checked if name in first else Qt.CheckState.Unchecked)
        self.names.setCurrentRow(0)

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(2)
        for button in (self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.names, 1)
        layout.addLayout(buttons)

    @property
    def layers(self) -> tuple[str, ...]:
        """The scenarios that are ticked, from the first applied to the last."""
        items = (self.names.item(row) for row in range(self.names.count()))
        return tuple(str(item.data(NAME)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def tick(self, name: str, is_ticked: bool = True) -> None:
        """Tick a scenario, or take its tick away."""
        for item in self.names.findItems(name, Qt.MatchFlag.MatchExactly):
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def move_current(self, step: int) -> None:
        """Move the current scenario up or down past the next one that is ticked; one without a tick by one place."""
        row = self.names.currentRow()
        to = self._next_place(row, step)
        if to is None:
            return
        item = self.names.takeItem(row)
        self.names.insertItem(to, item)
        self.names.setCurrentItem(item)
        self._on_item_changed()

    def _next_place(self, row: int, step: int) -> int | None:
        """Return where a row goes, ``None`` if it is the first or the last already."""
        places = range(row + step, self.names.count() if step > 0 else -1, step)
        if row < 0 or not places:
            return None
        if not self._is_ticked(row):
            return places[0]
        return next((place for place in places if self._is_ticked(place)), None)

    def _is_ticked(self, row: int) -> bool:
        return self.names.item(row).checkState() == Qt.CheckState.Checked

    def _on_up(self) -> None:
        self.move_current(-1)

    def _on_down(self) -> None:
        self.move_current(1)

    def _on_item_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        row = self.names.currentRow()
        self.up.setEnabled(self._next_place(row, -1) is not None)
        self.down.setEnabled(self._next_place(row, 1) is not None)
