"""The panel of live plots."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.ui.panels.busy_mark import BusyMark
from aluplanner.ui.panels.claims_making import add_claim_menu
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.cost_curve import CostCurvePlot
from aluplanner.ui.plots.export import FORMATS, Heading, picture_image, save_picture, table_text
from aluplanner.ui.plots.fan_switch import FanSwitch
from aluplanner.ui.plots.hits import Hit, trace_words
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.plots.plot_grid import PlotGrid
from aluplanner.ui.plots.plot_view import PlotView
from aluplanner.ui.plots.scenario_key import ScenarioKey
from aluplanner.ui.plots.shown import Shown, shown_of
from aluplanner.ui.theme import current_theme

AXIS_STEP: Final = 8.0
DIFFERENCE_KEY: Final = "Ctrl+B"


class PlotPanel(QWidget):
    """The live plots of a document, over one month axis and under one crosshair."""

    plots_chosen = Signal()
    """Other plots are shown."""
    difference_changed = Signal(bool)
    """Differences to the base are shown, or the series themselves again."""
    trace_requested = Signal(str, object)
    """Scenario and measure: show what makes this number."""
    jump_requested = Signal(str, str, str)
    """Table, key of the row, column: show this cell."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.span = MonthSpan(self)
        self.shown: Shown | None = None
        self._plain: Shown | None = None
        self._specs = {spec.name: spec for spec in plot_specs()}
        self._plots: dict[str, MonthPlot | CostCurvePlot] = {}
        self._axis_width = 0.0
        self._actions: dict[str, QAction] = {}
        self._build()
        self.choose(name for name, spec in self._specs.items() if spec.is_default)
        document.solved.connect(self._on_solved)
        document.busy_changed.connect(self._on_busy_changed)
        if document.solution is not None:
            self._on_solved(document.solution)

    # Widgets

    def _build(self) -> None:
        self.key = ScenarioKey()
        policy = self.key.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.key.setSizePolicy(policy)
        self.mark = BusyMark(self.document)
        self.grid = PlotGrid()
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(self.grid)
        self.welcome = QLabel(tr("The plots appear as soon as the plan can be solved. Issues says what is missing."))
        self.welcome.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.welcome.setWordWrap(True)
        self.scroll_area.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._bar())
        layout.addWidget(self.scroll_area, 1)
        layout.addWidget(self.welcome, 1)

    def _bar(self) -> QHBoxLayout:
        self.plots_button = QToolButton()
        self.plots_button.setText(tr("Choose ▾"))
        self.plots_button.setToolTip(tr("Choose the plots to show"))
        self.plots_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.plots_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the text has its arrow
        self.plots_button.setMenu(self._plots_menu())
        self.fit_button = QToolButton()
        self.fit_button.setText(tr("Fit"))
        self.fit_button.setToolTip(tr("Show all months (0, or double-click). Ctrl+wheel zooms, dragging moves."))
        self.fit_button.clicked.connect(self.fit)
        self.difference_button = QToolButton()
        self.difference_button.setDefaultAction(self._difference_action())
        self.fan_switch = FanSwitch(self.document)
        self.fan_switch.changed.connect(self._on_fan_changed)
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 2, 8, 0)
        bar.setSpacing(8)
        for widget in (self.plots_button, self.fit_button, self.difference_button):
            widget.setAutoRaise(True)
            bar.addWidget(widget)
        bar.addWidget(self.fan_switch)
        bar.addWidget(self.key, 1)
        bar.addWidget(self.mark)
        return bar

    def _difference_action(self) -> QAction:
        """Return the switch of the difference mode; its key works wherever in the window, while plots are in sight."""
        self.difference = QAction(tr("Difference to base"), self)
        self.difference.setIconText(tr("− Base"))
        self.difference.setCheckable(True)
        self.difference.setShortcut(QKeySequence(DIFFERENCE_KEY))
        key = self.difference.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.difference.setToolTip(tr("Show what each scenario has more or less than the base ({key})", key=key))
        self.difference.toggled.connect(self._on_difference_toggled)
        self.addAction(self.difference)
        return self.difference

    def _plots_menu(self) -> QMenu:
        menu = QMenu(self)
        titles = {name: spec.title for name, spec in self._specs.items()} | {COST_CURVE: tr("Cost curve")}
        for name, title in titles.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setData(name)
            self._actions[name] = action
        menu.triggered.connect(self._on_chosen)
        return menu

    # Which plots

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the plots shown."""
        return tuple(name for name, action in self._actions.items() if action.isChecked())

    def choose(self, names: Iterable[str]) -> None:
        """Show the plots of these names; names of no plot are left out."""
        wanted = set(names)
        for name, action in self._actions.items():
            action.setChecked(name in wanted)
        self._show_chosen()

    def _on_chosen(self, _action: QAction) -> None:
        self._show_chosen()
        self.plots_chosen.emit()

    def _show_chosen(self) -> None:
        self.grid.set_plots([self.plot(name) for name in self.chosen])
        self.fan_switch.want(self._specs[name] for name in self.chosen if name in self._specs)
        if self.shown is not None:
            self._show_balances(self.shown)

    def plot(self, name: str) -> MonthPlot | CostCurvePlot:
        """Return a plot by name, made when it is first asked for."""
        if name not in self._plots:
            made = CostCurvePlot(self.span) if name == COST_CURVE else MonthPlot(self._specs[name], self.span)
            made.menu_requested.connect(self._on_menu_requested)
            made.trace_requested.connect(self.trace_requested)
            made.jump_requested.connect(self.jump_requested)
            self._plots[name] = made
        return self._plots[name]

    @property
    def plots(self) -> list[MonthPlot | CostCurvePlot]:
        """The plots shown."""
        return [self._plots[name] for name in self.chosen]

    # Balances

    def _on_solved(self, solution: Solution) -> None:
        self._plain = self._with_fan(shown_of(solution))
        self.shown = self._plain.as_difference() if self.difference.isChecked() else self._plain
        self.span.set_horizon(self.shown.horizon)
        self.key.show_scenarios(self.shown)
        self._show_pages()
        self._show_balances(self.shown)

    def _with_fan(self, shown: Shown) -> Shown:
        fan = self.fan_switch.fan
        return shown if fan is None and shown.fan is None else replace(shown, fan=fan)

    def _on_fan_changed(self) -> None:
        if self._plain is not None and self.shown is not None:
            self._plain = self._with_fan(self._plain)
            if not self.difference.isChecked():  # differences have no fan
                self.shown = self._plain
                self.key.show_scenarios(self.shown)
                self._show_balances(self.shown)

    def _on_difference_toggled(self, is_difference: bool) -> None:
        if self._plain is not None and self.shown is not None:
            self.shown = self._plain.as_difference() if is_difference else self._plain
            self.key.show_scenarios(self.shown)
            self._show_balances(self.shown)
        self.difference_changed.emit(is_difference)

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy and self.document.solution is None and self.shown is not None:
            self.shown = None  # of a plan that is no longer open
            self._show_pages()

    def _show_pages(self) -> None:
        has_balances = self.shown is not None
        self.welcome.setVisible(not has_balances)
        self.scroll_area.setVisible(has_balances)
        self.key.setVisible(has_balances)

    def _show_balances(self, shown: Shown) -> None:
        for plot in self.plots:
            plot.show_balances(shown)
        self._align_axes()

    def _align_axes(self) -> None:
        """Give all number axes one width; it grows at once and shrinks only by much, so that plots stay put."""
        needed = max((plot.axis_width for plot in self.plots), default=0.0)
        stepped = -(-needed // AXIS_STEP) * AXIS_STEP
        if not self._axis_width - 2 * AXIS_STEP <= stepped <= self._axis_width:
            self._axis_width = stepped
        for plot in self.plots:
            plot.set_axis_width(self._axis_width)

    def fit(self) -> None:
        """Show all months, with fresh y ranges."""
        self.span.fit()
        for plot in self.plots:
            plot.reset_ranges()
        self._align_axes()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for plot in self._plots.values():
                plot.restyle(current_theme())
            self._align_axes()

    # Export

    def _on_menu_requested(self, plot: PlotView, position: QPoint) -> None:
        menu = self.plot_menu(plot)
        menu.exec(position)
        menu.deleteLater()

    def plot_menu(self, plot: PlotView) -> QMenu:
        """Return the context menu of a plot."""
        menu = QMenu(self)
        has_balances = self.shown is not None
        self._add_traces(menu, plot)
        for text, do in ((tr("Copy picture"), self.copy_picture), (tr("Copy data with headers"), self.copy_data)):
            action = menu.addAction(text)
            action.triggered.connect(partial(do, plot))
            action.setEnabled(has_balances)
        menu.addSeparator()
        for kind in FORMATS:
            action = menu.addAction(tr("Save as {format}…", format=kind.upper()))
            action.triggered.connect(partial(self.ask_and_save, plot, kind))
            action.setEnabled(has_balances)
        menu.addSeparator()
        menu.addAction(self.difference)
        menu.addAction(self.fan_switch.action)
        menu.addAction(tr("Show all months"), self.fit)
        return menu

    def _add_traces(self, menu: QMenu, plot: PlotView) -> None:
        """Offer to trace the number that was clicked on, or all of the crosshair's month."""
        many = self.shown is not None and len(self.shown.scenarios) > 1
        for hit in plot.hits(plot.asked_at):
            text = trace_words(hit, month_text(hit.month), names_scenario=many)
            menu.addAction(text.replace("&", "&&")).triggered.connect(partial(self._on_trace_chosen, plot, hit))
        add_claim_menu(menu, self, *((hit.scenario.name, hit.measure) for hit in plot.hits(plot.asked_at)))
        if menu.actions():
            menu.addSeparator()

    def _on_trace_chosen(self, plot: PlotView, hit: Hit, _checked: bool = False) -> None:
        plot.trace(hit)

    @property
    def _heading(self) -> Heading:
        return Heading.today(self.document.plan.title)

    def copy_picture(self, plot: PlotView, _checked: bool = False) -> None:
        """Put a picture of a plot on the clipboard."""
        QGuiApplication.clipboard().setImage(picture_image(plot, self._heading))

    def copy_data(self, plot: PlotView, _checked: bool = False) -> None:
        """Put what a plot shows on the clipboard, as a table with headers."""
        QGuiApplication.clipboard().setText(table_text(plot))

    def ask_and_save(self, plot: PlotView, kind: str, _checked: bool = False) -> None:
        """Ask for a file and write a picture of a plot to it."""
        name = f"{plot.title} – {self.shown.selected.label if self.shown else ''}.{kind}"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save picture"), name, f"{kind.upper()} (*.{kind})")
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix.lower() == f".{kind}" else Path(f"{chosen}.{kind}")
        try:
            save_picture(plot, path, self._heading)
        except OSError as error:
            reason = error.strerror or str(error)
            text = tr("The picture could not be written to {path}: {reason}.", path=path, reason=reason)
            QMessageBox.warning(self, tr("Save picture"), text)
