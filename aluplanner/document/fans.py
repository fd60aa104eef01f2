"""The fan of the selected scenario: percentiles of many draws, worked out beside the balances and after every edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from aluplanner.document.document import Document
from aluplanner.document.question_worker import QuestionWorker
from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan

if TYPE_CHECKING:
    from aluplanner.model.inputs import Array

DRAWS: Final = 10_000
SETTLING: Final = 250
"""Milliseconds after the balances are there before a fan is begun: an edit seldom comes alone."""


@dataclass(frozen=True, eq=False)
class Fan:
    """Percentiles of series over draws.

    Attributes
    ----------
    plan, scenario
        What was drawn.
    horizon
        The months.
    draws, seed
        How many draws, and their seed.
    bands
        Percentiles 5, 25, 50, 75 and 95 by series, shape ``(5, months)`` each, in the series' unit.
    """

    plan: Plan
    scenario: str
    horizon: Horizon
    draws: int
    seed: int
    bands: Mapping[str, "Array"]


def _made(plan: Plan, scenario: str, draws: int, series: tuple[str, ...]) -> Fan:
    """Return the fan of a scenario; told and cancelled as whoever waits for it wants."""
    from aluplanner.analysis.monte_carlo import monte_carlo  # in the background, when it is first wanted

    found = monte_carlo(plan, draws=draws, scenarios=(scenario,), series=series)
    return Fan(plan, scenario, found.horizon, draws, found.seed, found.of().fans)


class Fans(QObject):
    """Makes the fan of the scenario on view while it is switched on; the newest plan wins.

    Parameters
    ----------
    document
        The open document.

    Attributes
    ----------
    fan
        The last fan, ``None`` before the first one.
    problem
        Why there is no fan of the plan as it stands, in a sentence; empty if nothing is wrong.
    changed : Signal()
        :attr:`fan`, :attr:`problem` or whether it is of the plan as it stands has changed.
    busy_changed : Signal(bool)
        Whether a fan is being made.
    progressed : Signal(float)
        How much of it is done, 0 to 1.
    """

    changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(float)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = QuestionWorker(self)
        self._asked: tuple[Plan, str] | None = None
        self._series: tuple[str, ...] = ()
        self._draws = DRAWS
        self._is_on = False
        self.fan: Fan | None = None
        self.problem = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING)
        self._settling.timeout.connect(self.run)
        self._worker.progressed.connect(self.progressed)
        self._worker.answered.connect(self._on_made)
        self._worker.failed.connect(self._on_failed)
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_changed)
        document.solved.connect(self._on_solved)
        document.giving_way.connect(self._worker.give_way)
        document.closing.connect(self.close)

    # What there is

    @property
    def is_on(self) -> bool:
        """Whether fans are wanted."""
        return self._is_on

    @property
    def is_busy(self) -> bool:
        """Whether a fan is being made."""
        return self._asked is not None

    @property
    def draws(self) -> int:
        """How many draws a fan has."""
        return self._draws

    @property
    def is_current(self) -> bool:
        """Whether the fan is of the plan and the scenario on view."""
        return self.fan is not None and self._is_on_view((self.fan.plan, self.fan.scenario))

    def _is_on_view(self, asked: tuple[Plan, str] | None) -> bool:
        """Return whether this is the plan and the scenario on view."""
        return asked is not None and asked[0] is self._document.plan and asked[1] == self._document.scenario

    # What is wanted

    def set_on(self, is_on: bool) -> None:
        """Begin to make fans, or let them be."""
        if is_on == self._is_on:
            return
        self._is_on = is_on
        if is_on and not self._is_done():
            self.run()
        elif not is_on:
            self.cancel()
        self.changed.emit()

    def set_draws(self, draws: int) -> None:
        """Draw so many from now on."""
        if draws != self._draws:
            self._draws = draws
            self._run_if_wanted()

    def want_series(self, names: Iterable[str]) -> None:
        """Make fans of these series; those of others stay wanted, so that a plot shown again has its fan."""
        wanted = tuple(dict.fromkeys((*self._series, *names)))
        if wanted != self._series:
            self._series = wanted
            self._run_if_wanted()

    def _run_if_wanted(self) -> None:
        if self._is_on and not self._is_done():
            self._settling.start()

    def _is_done(self) -> bool:
        """Whether the fan there is, is the one that is wanted."""
        fan = self.fan
        return self.is_current and fan is not None and fan.draws == self._draws and set(self._series) <= set(fan.bands)

    # Making

    def run(self) -> None:
        """Make the fan of the plan as it stands, in place of one that is being made."""
        self._settling.stop()
        asked = self._document.plan, self._document.scenario
        self._take(asked)
        self._worker.ask(partial(_made, *asked, self._draws, self._series))

    def cancel(self) -> None:
        """Give the fan up that is being made; the former one stays."""
        self._settling.stop()
        if self._asked is not None:
            self._take(None)
            self._worker.cancel()

    def close(self) -> None:
        """Give up and end the thread."""
        self._is_on = False
        self._settling.stop()
        self._take(None)
        self._worker.close()

    def _take(self, asked: tuple[Plan, str] | None) -> None:
        was_busy, self._asked = self.is_busy, asked
        if was_busy != self.is_busy:
            self.busy_changed.emit(self.is_busy)

    def _on_made(self, fan: Fan) -> None:
        self._take(None)
        self.fan, self.problem = fan, ""
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._take(None)
        if isinstance(error, PlanError):
            self.problem = str(error.issues[0])
            self.changed.emit()
            return
        self.problem = tr("There is no fan: something went wrong.")
        self.changed.emit()
        raise error

    # Following

    def _on_changed(self) -> None:
        """Stop what has become of no use, so that the balances come first."""
        if self._asked is not None and not self._is_on_view(self._asked):
            self.cancel()
        if self.fan is not None and self.fan.horizon != self._document.plan.horizon:
            self.fan = None  # of other months
        self.problem = ""
        if self._is_on:
            self.changed.emit()

    def _on_solved(self) -> None:
        if self._is_on and not self._is_done() and not self._is_on_view(self._asked):
            self._settling.start()
