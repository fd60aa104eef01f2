"""One table with its buttons, its caption and what it says while it is empty."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.elided_label import ElidedLabel
from aluplanner.ui.tables.cell_actions import CellActions
from aluplanner.ui.tables.column_menus import ColumnMenus
from aluplanner.ui.tables.hints import empty_hint, filtered_hint
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.order_strip import OrderStrip
from aluplanner.ui.tables.row_actions import RowActions
from aluplanner.ui.tables.tick_boxes import TickBoxes
from aluplanner.ui.tables.view import PlanTableView


class TablePage(QWidget):
    """A table with a strip of buttons over it."""

    def __init__(
        self, model: PlanTableModel, actions: RowActions, cell_actions: CellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._cell_actions = cell_actions
        self.model = model
        self.view = PlanTableView(model, self)
        self.column_menus = ColumnMenus(self.view)
        self.order_strip = OrderStrip(self.view.order, self)
        self._tick_boxes = TickBoxes(self.view)
        self._caption = ElidedLabel(self)
        self._caption.setForegroundRole(self._caption.palette().ColorRole.PlaceholderText)
        self.hint = QLabel(empty_hint(model.table.name), self.view)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        self._lay_out()
        self.view.viewport().installEventFilter(self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.frozen.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.frozen.customContextMenuRequested.connect(self._on_frozen_menu)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._on_rows_changed)
        self.view.order.order_changed.connect(self._on_rows_changed)
        model.overridden_changed.connect(self._show_caption)
        self._on_rows_changed()

    def _lay_out(self) -> None:
        strip = QHBoxLayout()
        strip.setContentsMargins(4, 2, 8, 2)
        strip.setSpacing(2)
        if not self.model.has_fixed_rows:
            for action in self._actions.on_rows:
                strip.addWidget(self._button(action))
            strip.addSpacing(8)
        strip.addWidget(self.order_strip)
        strip.addWidget(self._caption, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self.view, 1)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _on_rows_changed(self) -> None:
        self.hint.setVisible(self.view.order.rowCount() == 0)
        self.hint.setText(filtered_hint() if self.model.rowCount() else empty_hint(self.model.table.name))
        self._show_caption()

    def _show_caption(self) -> None:
        """Say what the table is, how long it is and how much the scenario on view changes in it."""
        table, scenario = self.model.table, self.model.document.scenario
        parts = [tr("{table}: {meaning}", table=table.heading, meaning=tr(table.meaning))]
        if not self.model.has_fixed_rows and not self.view.order.arrangement.is_filtered:  # the strip counts then
            count = self.model.rowCount()
            parts.append(tr("1 row") if count == 1 else tr("{count} rows", count=count))
        if table.can_vary and not self.model.document.view.is_base:
            count = self.model.count_overridden()
            template = tr("“{scenario}” changes 1 cell") if count == 1 else tr("“{scenario}” changes {count} cells")
            parts.append(template.format(scenario=scenario, count=count))
        self._caption.setText(" · ".join(parts))
        self._caption.setToolTip(self._caption.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self.hint.setGeometry(self.view.viewport().geometry().adjusted(24, 8, -24, -8))
            self.hint.raise_()  # over the frozen column too
        return False

    # The context menu

    def _on_menu(self, place: QPoint) -> None:
        self.show_menu(self.view.viewport().mapToGlobal(place))

    def _on_frozen_menu(self, place: QPoint) -> None:
        self.show_menu(self.view.frozen.viewport().mapToGlobal(place))

    def show_menu(self, place: QPoint) -> None:
        """Open the context menu."""
        self._actions.refresh()
        menu = QMenu(self)
        self._cell_actions.add_to(menu)
        menu.addAction(self._actions.clear)
        menu.addSeparator()
        menu.addActions([self._actions.use_base, self._actions.use_saved])
        menu.addAction(self._actions.pin.action)
        self.column_menus.add_to(menu)
        if not self.model.has_fixed_rows:
            menu.addSeparator()
            menu.addActions(list(self._actions.on_rows))
        menu.exec(place)
        menu.deleteLater()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.show_menu(event.globalPos())
