"""The base of the analyses: controls above, picture and table below, the work in the background."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.address_box import LETTERS, AddressBox, CellSource
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.asking import AskingPanel
from aluplanner.ui.analysis.asking_keys import asks
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.exporting import AnswerExports
from aluplanner.ui.analysis.making import make_scenario
from aluplanner.ui.analysis.picture import ChartHeading
from aluplanner.ui.analysis.scenario_box import ScenarioBox
from aluplanner.ui.panels.claims_making import add_claim_menu


class AnalysisPanel(AskingPanel):
    """Base of the panels of the analyses.

    A subclass names itself, adds its controls with :meth:`add_control` and its picture and tables with
    :meth:`set_body`, and implements :meth:`ask` and :meth:`show_answer`. The base runs the question in the background,
    shows progress with Cancel, keeps the last good answer in sight, and takes answers out of the window.

    Parameters
    ----------
    document
        The open document.
    preferences
        What the program remembers.

    Attributes
    ----------
    name
        Its object name, as in the registry of the docks.
    title
        Its title in English; shown in the language in force.
    invitation, run_text, is_live, face, worker, answer, state
        See :class:`~aluplanner.ui.analysis.asking.AskingPanel`.
    exports
        What takes its answer out of the window.
    jump_requested : Signal(str, str, str)
        Show a cell: table, key of the row, column.
    said : Signal(str)
        A sentence for the status bar.
    trace_requested : Signal(str, Measure)
        Show what makes a number of a scenario.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""

    jump_requested = Signal(str, str, str)
    said = Signal(str)
    trace_requested = Signal(str, object)

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.preferences = preferences
        self.scenario_box: ScenarioBox | None = None
        self.cell_source: CellSource | None = None
        self.setObjectName(self.name)
        self.setAccessibleName(tr(self.title))
        self.exports = AnswerExports(self, document, preferences)
        self.exports.add_to(self.face.export_menu)
        self.face.export_menu.aboutToShow.connect(self.exports.refresh)
        self.exports.said.connect(self.said)
        self.state_changed.connect(self.exports.refresh)

    # What subclasses say

    def heading(self) -> ChartHeading:
        """Return what stands above exported pictures."""
        plan, scenario = self._answered or self.asked_of()
        chart = self.exported_chart
        return ChartHeading.today((chart.title if chart else "") or tr(self.title), plan.title, scenario)

    @property
    def exported_chart(self) -> Chart | None:
        """The chart that is exported: the first one that is not hidden."""
        body = self.face.body
        charts = [body] if isinstance(body, Chart) else body.findChildren(Chart) if body is not None else []
        return next((chart for chart in charts if not chart.isHidden()), None)

    def extend_menu(self, menu: QMenu, hit: ChartHit | None) -> None:
        """Add what can be done with a part of a chart to its context menu, above the exports."""

    # What subclasses use

    @property
    def scenario(self) -> str:
        """The scenario that is asked about: that of the scenario box, else the one selected in the window."""
        return self.scenario_box.scenario if self.scenario_box is not None else self.document.scenario

    def add_control(self, control: QWidget, label: str = "") -> None:
        """Put a control into the bar, behind its label.

        Its ``changed`` signal asks again or marks the answer as old, and ``confirmed`` asks at once.
        """
        self.face.add_control(control, label)
        on_changed = self._follow if control is self.scenario_box else self.on_controls_changed
        for name, act in (("changed", on_changed), ("confirmed", self.run)):
            signal = getattr(control, name, None)
            if signal is not None:
                signal.connect(act)

    def add_scenario_box(self, label: str = "", *, has_base: bool = True) -> ScenarioBox:
        """Put a list of scenarios into the bar; the answer is then about the one chosen there."""
        self.scenario_box = ScenarioBox(self.document, self, has_base=has_base)
        self.add_control(self.scenario_box, label or tr("Scenario"))
        return self.scenario_box

    def make_address_box(self, letters: int = LETTERS) -> AddressBox:
        """Return a field for a cell, so many letters wide, that can take the one selected in the table."""
        return AddressBox(self.document, self.selected_cell, self, letters=letters)

    def selected_cell(self) -> Address | None:
        """Return the cell that is selected in the table in use."""
        return self.cell_source() if self.cell_source is not None else None

    def set_body(self, body: QWidget) -> None:
        """Put picture and tables under the bar; charts and tables in it are connected."""
        self.face.set_body(body)
        for chart in [body] if isinstance(body, Chart) else body.findChildren(Chart):
            self.connect_chart(chart)
        for view in [body] if isinstance(body, AnswerView) else body.findChildren(AnswerView):
            view.jump_requested.connect(self.jump_requested)

    def connect_chart(self, chart: Chart) -> None:
        """Let a chart that was made later lead to cells and traces and have its menu."""
        chart.activated.connect(self.on_hit_activated)
        chart.menu_requested.connect(self._on_menu)

    def make_scenario(
        self, name: str, description: str, values: dict[Address, float], builds_on: str | tuple[str, ...] = ()
    ) -> str:
        """Make a scenario of an answer, say so, and return its name; see :func:`making.make_scenario`."""
        given = make_scenario(self.document, name, description, values, builds_on)
        self.said.emit(tr("Added scenario {name}.", name=given))
        return given

    # Hand and keys

    def take_focus(self) -> None:
        """Let the planner type: into the first control, else into picture or table."""
        parts = [part for part in self.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        able = [part for part in parts if part.isVisibleTo(self) and part.isEnabled()]
        fields = [part for part in able if not isinstance(part, QAbstractButton)]
        for part in (*fields, *able)[:1]:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_hit_activated(self, hit: ChartHit) -> None:
        """Go where a part of a chart leads: to its cell, else to what makes its number."""
        if hit.address is not None:
            self.jump_requested.emit(hit.address.table, hit.address.row, hit.address.column)
        elif hit.measure is not None:
            self.trace_requested.emit(hit.scenario or self.scenario, hit.measure)

    def _on_menu(self, hit: ChartHit | None, place: QPoint) -> None:
        menu = self.chart_menu(hit)
        menu.exec(place)
        menu.deleteLater()

    def chart_menu(self, hit: ChartHit | None) -> QMenu:
        """Return the context menu of a chart, for one of its parts or none."""
        menu = QMenu(self)
        if hit is not None and hit.address is not None:
            menu.addAction(tr("&Go to the cell")).triggered.connect(lambda: self.on_hit_activated(hit))
        if hit is not None and hit.measure is not None:
            scenario, measure = hit.scenario or self.scenario, hit.measure
            menu.addAction(tr("T&race the number")).triggered.connect(
                lambda: self.trace_requested.emit(scenario, measure)
            )
            add_claim_menu(menu, self, (scenario, measure))
        self.extend_menu(menu, hit)
        if not menu.isEmpty():
            menu.addSeparator()
        self.exports.refresh()
        self.exports.add_to(menu)
        return menu

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter, and Esc while there is work, from shortcuts of the window while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        return asks(event) or (event.key() == Qt.Key.Key_Escape and self.worker.is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            self.run()
