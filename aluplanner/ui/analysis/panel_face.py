"""How a panel of an analysis looks: a bar with controls, a sentence, picture and table, notes."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.ui.analysis.flow import FlowLayout
from aluplanner.ui.analysis.primary_button import PrimaryButton
from aluplanner.ui.analysis.sentence_strip import SentenceStrip
from aluplanner.ui.analysis.status_mark import StatusMark
from aluplanner.ui.elided_label import ElidedLabel

_NOTHING, _BODY = range(2)
MARGIN: Final = 8


class PanelFace(QWidget):
    """The parts of a panel and their places.

    Parameters
    ----------
    parent
        The widget that it goes into.
    run_text
        What the button says that asks.
    has_run
        Whether there is such a button.

    Attributes
    ----------
    run_button, export_button
        At the right of the bar.
    mark
        At the left of the line below the picture.
    strip
        A sentence above the picture.
    nothing
        A sentence in the picture's place.
    notes
        What belongs to the answer, in one line below it.
    """

    def __init__(self, parent: QWidget, run_text: str, *, has_run: bool) -> None:
        super().__init__(parent)
        self._body: QWidget | None = None
        controls = QWidget(self)
        self._controls = FlowLayout(controls)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        controls.setSizePolicy(policy)
        self.mark = StatusMark(self)
        self.run_button = PrimaryButton(run_text, self)
        self.run_button.setToolTip(tr("Work it out (Ctrl+Enter)"))
        self.run_button.setVisible(has_run)
        self.export_menu = QMenu(self)
        self.export_button = self._make_export_button()
        self.strip = SentenceStrip(self)
        self.nothing = self._make_nothing()
        self.notes = self._make_notes()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.nothing)
        self._ground = QSplitter(self)
        self._ground.setChildrenCollapsible(False)
        self._ground.addWidget(self._pages)
        self._lay_out(controls)

    def _make_export_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(tr("Export ▾"))
        button.setToolTip(tr("Copy or save the picture and the table"))
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setMenu(self.export_menu)
        return button

    def _make_nothing(self) -> QLabel:
        label = QLabel(self)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setMargin(12)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        return label

    def _make_notes(self) -> ElidedLabel:
        notes = ElidedLabel(self)
        notes.setForegroundRole(notes.palette().ColorRole.PlaceholderText)
        notes.setFixedHeight(self.mark.height())
        return notes

    def _lay_out(self, controls: QWidget) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN, 4, MARGIN, 4)
        bar.setSpacing(8)
        bar.addWidget(controls, 1)
        for widget in (self.run_button, self.export_button):
            bar.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, 0, MARGIN, 0)
        foot.setSpacing(12)
        foot.addWidget(self.mark)
        foot.addWidget(self.notes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.strip)
        column.addWidget(self._ground, 1)
        column.addLayout(foot)

    @property
    def body(self) -> QWidget | None:
        """Picture and tables."""
        return self._body

    def set_body(self, body: QWidget) -> None:
        """Put picture and tables under the bar."""
        self._body = body
        self._pages.addWidget(body)

    def set_side(self, side: QWidget, share: float) -> None:
        """Put what is asked for at the left of the picture and the sentences in its place; ``share`` of the width."""
        self._ground.insertWidget(0, side)
        self._ground.setSizes([round(1000 * share), round(1000 * (1 - share))])

    def add_control(self, control: QWidget, label: str) -> None:
        """Put a control into the bar, behind its label if it has one."""
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if label:
            text = QLabel(label, held)
            text.setBuddy(control)
            row.addWidget(text)
        row.addWidget(control)
        self._controls.addWidget(held)

    def show_nothing(self, sentence: str) -> None:
        """Show a sentence in the picture's place."""
        self.nothing.setText(sentence)
        self._pages.setCurrentIndex(_NOTHING)

    def show_body(self) -> None:
        """Show picture and tables."""
        self._pages.setCurrentIndex(_BODY if self._body is not None else _NOTHING)

    def show_notes(self, notes: str) -> None:
        """Show the sentences that belong to the answer, as far as there is room; the rest is in the tooltip."""
        self.notes.setText(notes)
        self.notes.setToolTip(notes)
