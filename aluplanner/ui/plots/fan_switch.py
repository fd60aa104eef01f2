"""The switch of the fan above the plots: on and off, how many draws, how far it has come, Cancel."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from aluplanner.document.document import Document
from aluplanner.document.fans import DRAWS, Fans
from aluplanner.i18n import tr
from aluplanner.ui.plots.fan_shown import ShownFan, lead_series
from aluplanner.ui.plots.spec import PlotSpec

FAN_KEY: Final = "Ctrl+Shift+M"
PATIENCE: Final = 100
"""Milliseconds of work that need no mark."""
_CHOICES: Final = (1_000, DRAWS, 50_000)


class FanSwitch(QWidget):
    """Lets the Monte Carlo fan be drawn; what works it out is made when it is first wanted.

    Attributes
    ----------
    action
        The switch, for menus.
    run_action
        Draws anew.
    changed : Signal()
        :attr:`fan` is another one.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._fans: Fans | None = None
        self._series: tuple[str, ...] = ()
        self._draws = DRAWS
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_mark)
        self._build()

    def _build(self) -> None:
        self.action = QAction(tr("Monte Carlo fan"), self)
        self.action.setIconText(tr("Fan"))
        self.action.setCheckable(True)
        self.action.setShortcut(QKeySequence(FAN_KEY))
        key = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = tr("Run the Monte Carlo and draw its fan: in what band nine and five of ten draws lie ({key})", key=key)
        self.action.setToolTip(tip)
        self.action.toggled.connect(self._on_toggled)
        self.addAction(self.action)
        self.run_action = QAction(tr("Run Monte Carlo"), self)
        self.run_action.triggered.connect(self.run)
        self.button = QToolButton()
        self.button.setDefaultAction(self.action)
        self.button.setAutoRaise(True)
        self.button.setMenu(self._menu())
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.mark = QLabel()
        self.mark.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.cancel_button = QToolButton()
        self.cancel_button.setText(tr("Cancel"))
        self.cancel_button.setToolTip(tr("Stop the Monte Carlo; the fan there was stays"))
        self.cancel_button.setAutoRaise(True)
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.button, self.mark, self.cancel_button):
            row.addWidget(widget)
        self.mark.hide()
        self.cancel_button.hide()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.run_action)
        menu.addSeparator()
        choices = QActionGroup(menu)
        for count in _CHOICES:
            choice = menu.addAction(tr("{count} draws", count=f"{count:,}"))
            choice.setCheckable(True)
            choice.setChecked(count == self._draws)
            choices.addAction(choice)
            choice.triggered.connect(partial(self._on_draws_chosen, count))
        return menu

    # What is wanted

    @property
    def fan(self) -> ShownFan | None:
        """The fan to draw, ``None`` while it is off or there is none yet."""
        fans = self._fans
        if fans is None or not fans.is_on or fans.fan is None:
            return None
        return ShownFan(fans.fan.bands, fans.fan.draws, is_old=not fans.is_current)

    @property
    def is_on(self) -> bool:
        """Whether the fan is wanted."""
        return self.action.isChecked()

    def want(self, plots: Iterable[PlotSpec]) -> None:
        """Take note of the plots on view, whose series a fan needs."""
        self._series = tuple(filter(None, (lead_series(pane) for plot in plots for pane in plot.panes)))
        if self._fans is not None:
            self._fans.want_series(self._series)

    def run(self) -> None:
        """Draw anew, and show the fan."""
        if not self.is_on:
            self.action.setChecked(True)
        if self._fans is not None and not self._fans.is_busy:
            self._fans.run()

    def cancel(self) -> None:
        """Stop; where there is no fan yet, there is none to switch on."""
        if self._fans is not None:
            self._fans.cancel()
            if self._fans.fan is None:
                self.action.setChecked(False)

    def _on_toggled(self, is_on: bool) -> None:
        if self._fans is None:
            if not is_on:
                return
            self._fans = self._made()
        self._fans.set_on(is_on)

    def _made(self) -> Fans:
        fans = Fans(self._document, self)
        fans.set_draws(self._draws)
        fans.want_series(self._series)
        fans.changed.connect(self._on_changed)
        fans.busy_changed.connect(self._on_busy_changed)
        fans.progressed.connect(self._on_progressed)
        return fans

    def _on_draws_chosen(self, count: int, _checked: bool = False) -> None:
        self._draws = count
        if self._fans is not None:
            self._fans.set_draws(count)

    # What it says

    def _on_changed(self) -> None:
        self._show_problem()
        self.changed.emit()

    def _on_busy_changed(self, is_busy: bool) -> None:
        if is_busy:
            self._patience.start()
        else:
            self._patience.stop()
            self.cancel_button.hide()
            self._show_problem()

    def _on_progressed(self, done: float) -> None:
        if self.cancel_button.isVisibleTo(self):
            self.mark.setText(tr("{part} %", part=f"{done * 100:.0f}"))

    def _show_mark(self) -> None:
        self.mark.setToolTip(tr("The Monte Carlo is at work; the fan of the former plan is grey meanwhile"))
        self.mark.setText(tr("{part} %", part="0"))
        self.mark.show()
        self.cancel_button.show()

    def _show_problem(self) -> None:
        """Say why there is no fan, once nothing is at work."""
        if self._fans is None or self._fans.is_busy:
            return
        problem = self._fans.problem if self.is_on else ""
        self.mark.setText(tr("no fan") if problem else "")
        self.mark.setToolTip(problem)
        self.mark.setVisible(bool(problem))
