"""Which scenario is on view, and which are compared with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.scenario_tree import scenario_tree
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.ui.icons import set_icon
from aluplanner.ui.scenario_actions import ScenarioActions
from aluplanner.ui.scenario_branches import DEPTH, LAYERS, BranchDelegate

WIDTH = 230
WIDEST = 640
TIP = int(Qt.ItemDataRole.ToolTipRole)


class TickMenu(QMenu):
    """A menu that stays open while entries are ticked, so that several can be."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class Selector(QComboBox):
    """A list of scenarios that knows when the user is done with it: after a choice from the open list, Enter or Esc.

    Attributes
    ----------
    done : Signal()
        The focus may go back to where it came from. Stepping through the closed list is not the end.
    """

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was_open = False
        self.activated.connect(self._on_activated)

    def showPopup(self) -> None:
        self._was_open = True
        width = self.view().sizeHintForColumn(0) + self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(min(width, WIDEST))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._was_open = False  # the open list takes its keys itself
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _on_activated(self) -> None:
        if self._was_open:
            self._was_open = False
            self.done.emit()


class ScenarioBar(QWidget):
    """The scenario selector with its compare menu.

    Attributes
    ----------
    done : Signal()
        A scenario is chosen; the focus may go back to the table.
    """

    done = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        label = QLabel(tr("S&cenario"), self)
        self.selector = Selector(self)
        self.selector.setAccessibleName(tr("Scenario"))
        self.selector.setMinimumWidth(WIDTH)
        self.selector.setMaxVisibleItems(24)
        self.selector.setItemDelegate(BranchDelegate(self.selector))
        self.selector.setStyleSheet("QComboBox { combobox-popup: 0; }")  # below, not over the menus
        label.setBuddy(self.selector)
        self.edits = ScenarioActions(document, self)
        self.more = self._make_more()
        self.compare = QToolButton(self)
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.compare.setAutoRaise(True)
        self.compare.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        set_icon(self.compare, "compare")
        self.menu = TickMenu(self.compare)
        self.menu.setToolTipsVisible(True)
        self.compare.setMenu(self.menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 4, 0)
        layout.setSpacing(6)
        for widget in (label, self.selector, self.more, self.compare):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._fill()
        self.selector.activated.connect(self._on_activated)
        self.selector.done.connect(self.done)
        self.menu.triggered.connect(self._on_ticked)
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._show_selected)
        document.compared_changed.connect(self._show_compared)

    def _make_more(self) -> QToolButton:
        """Return the button with what can be done with scenarios."""
        button = QToolButton(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(tr("Edit ▾"))
        button.setToolTip(tr("New, duplicate, rename, describe, build on others, delete"))
        button.setAccessibleName(tr("Edit scenarios"))
        button.setAutoRaise(True)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        set_icon(button, "layers")
        menu = QMenu(button)
        menu.addActions(list(self.edits.all))
        menu.insertSeparator(self.edits.rename)
        menu.insertSeparator(self.edits.delete)
        button.setMenu(menu)
        return button

    def _fill(self) -> None:
        """List the scenarios anew, each under what it builds on."""
        self.selector.clear()
        self.menu.clear()
        self._add(BASE, tr("The plan itself, without any scenario's changes"))
        for branch in scenario_tree(self._document.plan):
            self._add(branch.name, branch.description)
            last = self.selector.count() - 1
            self.selector.setItemData(last, branch.depth, DEPTH)
            self.selector.setItemData(last, ", ".join(branch.layers), LAYERS)
        self.menu.addSeparator()
        self.menu.addAction(tr("Compare with &none")).setData("")
        self._show_selected()
        self._show_compared()

    def _add(self, name: str, description: str) -> None:
        self.selector.addItem(tr("Base") if name == BASE else name, name)
        self.selector.setItemData(self.selector.count() - 1, description, TIP)
        action = self.menu.addAction((tr("Base") if name == BASE else name).replace("&", "&&"))
        action.setData(name)
        action.setCheckable(True)
        action.setToolTip(description)

    def _on_changed(self, change: Change) -> None:
        if change.before.scenarios is not change.after.scenarios:
            self._fill()

    def _show_selected(self) -> None:
        index = self.selector.findData(self._document.scenario)
        self.selector.setCurrentIndex(max(index, 0))
        self.selector.setToolTip(str(self.selector.itemData(max(index, 0), TIP) or ""))

    def _show_compared(self) -> None:
        compared = self._document.compared
        for action in self.menu.actions():
            action.setChecked(bool(action.data()) and action.data() in compared)
        self.compare.setText(tr("Compare ({count}) ▾", count=len(compared)) if compared else tr("Compare ▾"))
        self.compare.setToolTip(
            tr("Compared: {names}", names=", ".join(compared))
            if compared
            else tr("Draw other scenarios beside this one")
        )

    def _on_activated(self, index: int) -> None:
        self._document.select_scenario(str(self.selector.itemData(index)))

    def _on_ticked(self, ticked: QAction) -> None:
        if not ticked.data():
            self._document.set_compared(())
            return
        ticks = (action for action in self.menu.actions() if action.data() and action.isChecked())
        self._document.set_compared([str(action.data()) for action in ticks])
