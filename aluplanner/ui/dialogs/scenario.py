"""What a scenario is called, what it stands for and what it builds on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.scenario_edits import Field, ScenarioText, name_problem, possible_layers
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.layer_list import ROW_HEIGHT, LayerList
from aluplanner.ui.dialogs.scenario_preview import preview_text
from aluplanner.ui.icons import icon
from aluplanner.ui.theme import current_theme

WIDTH = 560
LINES = 3
ROWS = 6
MARK = 16


class ScenarioDialog(QDialog):
    """Asks for the text of a scenario and says at once what would come of it.

    Parameters
    ----------
    plan
        The plan.
    text
        What the dialog begins with.
    make
        Returns the plan in which a text is taken.
    scenario
        The scenario to change; empty for a new one.
    title, verb
        Title of the dialog, text of the button that takes the answer.

    Attributes
    ----------
    answered : Signal(ScenarioText)
        What the planner wants.
    """

    answered = Signal(object)

    def __init__(
        self,
        plan: Plan,
        text: ScenarioText,
        make: Callable[[ScenarioText], Plan],
        *,
        scenario: str = "",
        title: str,
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan, self._opening, self._make, self._scenario = plan, text, make, scenario
        self.setWindowTitle(title)
        self.name = QLineEdit(text.name, self)
        self.description = QPlainTextEdit(text.description, self)
        self.description.setTabChangesFocus(True)
        tips = {row.scenario: row.description or "" for row in plan.scenarios}
        self.layers = LayerList(possible_layers(plan, scenario), text.layers, tips, self)
        self.preview = QLabel(self)
        self.mark = QLabel(self)
        self.buttons = QDialogButtonBox(self)
        self.take = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.name.textChanged.connect(self._refresh)
        self.layers.changed.connect(self._refresh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._refresh()

    def _lay_out(self) -> None:
        line = self.fontMetrics().lineSpacing()
        self.description.setFixedHeight(line * LINES + 12)
        self.layers.names.setFixedHeight(ROW_HEIGHT * ROWS + 4)
        self.preview.setWordWrap(True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.preview.setMinimumHeight(line * LINES)
        self.mark.setFixedWidth(MARK)
        self.mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        order = QLabel(self._order_text(), self)
        order.setForegroundRole(order.palette().ColorRole.PlaceholderText)
        order.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&Description"), self.description)
        builds_on = QLabel(tr("&Builds on"), self)
        builds_on.setBuddy(self.layers.names)
        form.addRow(builds_on, self.layers)
        form.addRow("", order)
        sentence = QHBoxLayout()
        sentence.setSpacing(8)
        sentence.addWidget(self.mark)
        sentence.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addLayout(sentence)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.setFixedWidth(WIDTH)

    def _order_text(self) -> str:
        if not self.layers.names.count():
            return tr("There is no other scenario that it could build on.")
        return tr("Applied from top to bottom: where two set one cell, the lower one stands.")

    @property
    def text(self) -> ScenarioText:
        """What is asked for now; a description nobody touched stays to the letter."""
        description = self._opening.description
        if self.description.document().isModified():
            description = " ".join(self.description.toPlainText().split())
        return ScenarioText(self.name.text().strip(), self.layers.layers, description)

    def begin_with(self, field: Field) -> None:
        """Give the focus to one field, its text selected."""
        if field is Field.LAYERS:
            self.layers.names.setFocus()
        elif field is Field.DESCRIPTION:
            self.description.setFocus()
            self.description.selectAll()
        else:
            self.name.setFocus()
            self.name.selectAll()

    def accept(self) -> None:
        if self.take.isEnabled():
            self.answered.emit(self.text)
            super().accept()

    def _refresh(self) -> None:
        """Say what is wrong with the name, else what the scenario would be made of."""
        problem = name_problem(self._plan, self.name.text(), self._scenario)
        self.take.setEnabled(not problem)
        if problem:
            self._say(problem, "error", current_theme().error)
            return
        text = self.text
        sentence, has_conflicts = preview_text(self._make(text), text.name)
        self._say(sentence, "warning" if has_conflicts else "")

    def _say(self, sentence: str, mark: str, colour: str = "") -> None:
        self.preview.setText(sentence)
        self.preview.setStyleSheet(f"color: {colour};" if colour else "")
        self.mark.setVisible(bool(mark))
        if mark:
            self.mark.setPixmap(icon(mark).pixmap(MARK, MARK))
