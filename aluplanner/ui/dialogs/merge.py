"""Merging another copy into the open plan: what comes by itself is shown, what is disputed is decided."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from aluplanner.analysis.merging import Merge, Side, merge_plans
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.differences import DifferenceTree, counts_text
from aluplanner.ui.dialogs.merge_choices import ConflictTable
from aluplanner.ui.dialogs.merge_details import details_html
from aluplanner.ui.dialogs.merge_model import ConflictModel

SIZE: Final = (1080, 680)
DETAILS: Final = 150


class MergeDialog(QDialog):
    """Another copy of the open plan on its way into it; follows the plan until it is merged.

    Parameters
    ----------
    document
        The open document.
    yours
        The other copy.
    path
        Its file.

    Attributes
    ----------
    base_requested : Signal()
        Ask for the file of the common ancestor, and hand it to :meth:`set_base`.
    merged : Signal(str)
        What was done, for the status bar.
    """

    base_requested = Signal()
    merged = Signal(str)

    def __init__(self, document: Document, yours: Plan, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._yours, self._path = yours, path
        self._base: Plan | None = None
        self._has_news = False
        self.merge: Merge = merge_plans(None, document.plan, yours)
        self.conflicts = ConflictModel(self)
        self.table = ConflictTable(self.conflicts, self)
        self.details = QTextBrowser(self)
        self.tree = DifferenceTree(tr("What comes without a question"), self)
        self._said, self._ancestor = QLabel(self), QLabel(self)
        self.choose_base = QPushButton(tr("&Choose …"), self)
        self.without_base = QPushButton(tr("With&out"), self)
        self.all_mine = QPushButton(tr("All as &here"), self)
        self.all_yours = QPushButton(tr("&All as in {name}", name=path.name.replace("&", "&&")), self)
        self._disputed, self._silent = QWidget(self), QWidget(self)
        self._disputed_title, self._silent_title = QLabel(self), QLabel(self)
        self.buttons = QDialogButtonBox(self)
        self.take = self.buttons.addButton(tr("&Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Merge with {name}", name=self._path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.details.setAccessibleName(tr("Values, sources and notes of both copies"))
        self.details.setFixedHeight(DETAILS)
        for label in (self._said, self._ancestor):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        ancestor = QHBoxLayout()
        ancestor.setSpacing(8)
        ancestor.addWidget(self._ancestor, 1)
        ancestor.addWidget(self.choose_base)
        ancestor.addWidget(self.without_base)
        for_all = QHBoxLayout()
        for_all.addStretch(1)
        for_all.addWidget(self.all_mine)
        for_all.addWidget(self.all_yours)
        disputed = _column(self._disputed, self._disputed_title, self.table)
        disputed.addLayout(for_all)
        disputed.addWidget(self.details)
        _column(self._silent, self._silent_title, self.tree)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._disputed)
        splitter.addWidget(self._silent)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._said)
        layout.addLayout(ancestor)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.buttons)
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.choose_base.clicked.connect(self.base_requested)
        self.without_base.clicked.connect(self._on_without_base)
        self.all_mine.clicked.connect(self._on_all_mine)
        self.all_yours.clicked.connect(self._on_all_yours)
        self.conflicts.decided.connect(self._on_decided)
        self.table.selectionModel().currentRowChanged.connect(self._show_details)
        self.conflicts.modelReset.connect(self._show_details)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.document.changed.connect(self.refresh)

    def set_base(self, plan: Plan | None, name: str = "") -> None:
        """Merge with this plan as the common ancestor, or without one.

        Parameters
        ----------
        plan
            The ancestor, ``None`` for none.
        name
            The name of its file.
        """
        self._base = plan
        self._ancestor.setText(tr("Common ancestor: {name}", name=name))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look anew at how the copies come together with the plan as it is now."""
        self.merge = merge_plans(self._base, self.document.plan, self._yours)
        has_base = self._base is not None
        if not has_base:
            self._ancestor.setText(
                tr(
                    "Common ancestor: none. Without the version that both began with, everything that differs is a"
                    " conflict, and rows that only one copy has are taken: a row that was renamed is then there twice."
                )
            )
        self.without_base.setVisible(has_base)
        self.table.show_base(has_base)
        self._show_silent()
        self.conflicts.show_merge(self.merge, self._path.name)
        self._disputed.setVisible(bool(self.merge.conflicts))
        self._said.setText(self._sentence())
        self.table.go_to_open()

    def _show_silent(self) -> None:
        merge = self.merge
        found = merge.comes_from(Side.YOURS)
        titles = tr("Here"), tr("In {name}", name=self._path.name)
        self.tree.show_differences(merge.mine, merge.decided_as(Side.MINE), found, titles)
        counts = counts_text(found)
        self._silent_title.setText(
            tr("Comes without a question: {counts}", counts=counts)
            if found
            else tr("Comes without a question: nothing")
        )
        self._has_news = bool(found)

    def _sentence(self) -> str:
        if not self.merge.conflicts and not self._has_news:
            return tr("There is nothing in {name} that is not here already.", name=self._path.name)
        return tr("What is different in {name} comes into the open plan as one step.", name=self._path.name)

    @Slot()
    def _on_decided(self) -> None:
        count, left = self.conflicts.rowCount(), len(self.conflicts.open_rows)
        self._disputed_title.setText(
            tr("Conflicts: {count}, to be decided: {left}", count=count, left=left)
            if left
            else tr("Conflicts: {count}, all decided", count=count)
        )
        self.take.setEnabled(not left and (count > 0 or self._has_news))
        self.take.setDefault(True)

    @Slot()
    def _show_details(self) -> None:
        row = self.table.currentIndex().row()
        is_there = 0 <= row < self.conflicts.rowCount()
        html = details_html(self.merge, self.conflicts.conflict(row), self._path.name) if is_there else ""
        self.details.setHtml(html)

    def _on_all_mine(self) -> None:
        self.conflicts.decide_all(Side.MINE)

    def _on_all_yours(self) -> None:
        self.conflicts.decide_all(Side.YOURS)

    def _on_without_base(self) -> None:
        self.set_base(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_details()

    def accept(self) -> None:
        """Merge as decided, as one step."""
        if not self.take.isEnabled():
            return
        after = self.merge.plan(self.conflicts.answers)
        self.document.changed.disconnect(self.refresh)
        label = tr("Merged {name}", name=self._path.name)
        if after != self.document.plan:
            self.document.apply(after, label)
        self.merged.emit(label)
        super().accept()


def _column(pane: QWidget, title: QLabel, view: QWidget) -> QVBoxLayout:
    """Lay a title and what it is about out in a pane."""
    font = title.font()
    font.setBold(True)
    title.setFont(font)
    title.setTextFormat(Qt.TextFormat.PlainText)
    title.setBuddy(view)
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(0, 4, 0, 4)
    layout.setSpacing(8)
    layout.addWidget(title)
    layout.addWidget(view, 1)
    return layout
