"""The fan of the selected scenario: percentiles of many draws, worked out beside the balances and after every edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from aluplanner.document.document import Document
from aluplanner.document.runner import IsCancelled, Runner, Stage
from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan

if TYPE_CHECKING:
    from aluplanner.model.inputs import Array

DRAWS: Final = 10_000
SETTLING: Final = 250
"""Milliseconds after the balances are there before a fan is begun: an edit seldom comes alone."""
TICK: Final = 50
"""Milliseconds between two looks at how far it has come."""


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


class _Work:
    """One fan in the making; the thread writes how far it has come, the window reads it."""

    def __init__(self, plan: Plan, scenario: str, draws: int, series: tuple[str, ...]) -> None:
        self.plan, self.scenario, self.draws, self.series = plan, scenario, draws, series
        self.done = 0.0

    def tell(self, done: float) -> None:
        self.done = done

    def make(self, is_cancelled: IsCancelled) -> Fan | Exception | None:
        """Return the fan or why there is none; nothing where nobody wants it any more."""
        from aluplanner.analysis.monte_carlo import monte_carlo  # in the background, when it is first wanted
        from aluplanner.model.cancelling import SolveCancelled

        try:
            found = monte_carlo(
                self.plan, draws=self.draws, scenarios=(self.scenario,), series=self.series,
                cancelled=is_cancelled, progress=self.tell,
            )  # fmt: skip
        except SolveCancelled:
            return None
        except Exception as error:  # handed over, never lost
            return error
        bands = found.of().fans
        return Fan(self.plan, self.scenario, found.horizon, self.draws, found.seed, bands)


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
        self._runner = Runner(self)
        self._work: _Work | None = None
        self._series: tuple[str, ...] = ()
        self._draws = DRAWS
        self._is_on = False
        self.fan: Fan | None = None
        self.problem = ""
        self._settling, self._clock = QTimer(self), QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING)
        self._settling.timeout.connect(self.run)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._look)
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_changed)
        document.solved.connect(self._on_solved)
        document.giving_way.connect(self._runner.give_way)
        document.closing.connect(self.close)

    # What there is

    @property
    def is_on(self) -> bool:
        """Whether fans are wanted."""
        return self._is_on

    @property
    def is_busy(self) -> bool:
        """Whether a fan is being made."""
        return self._work is not None

    @property
    def draws(self) -> int:
        """How many draws a fan has."""
        return self._draws

    @property
    def is_current(self) -> bool:
        """Whether the fan is of the plan and the scenario on view."""
        return self._is_of(self.fan)

    def _is_of(self, made: "Fan | _Work | None") -> bool:
        document = self._document
        return made is not None and made.plan is document.plan and made.scenario == document.scenario

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
        work = _Work(self._document.plan, self._document.scenario, self._draws, self._series)
        self._take(work)
        self._runner.request(Stage(work.make, partial(self._on_made, work)))

    def cancel(self) -> None:
        """Give the fan up that is being made; the former one stays."""
        self._settling.stop()
        if self._work is not None:
            self._take(None)
            self._runner.request(None)

    def close(self) -> None:
        """Give up and end the thread."""
        self._is_on = False
        self._settling.stop()
        self._take(None)
        self._runner.close()

    def _take(self, work: _Work | None) -> None:
        was_busy, self._work = self.is_busy, work
        if work is not None:
            self._clock.start()
        else:
            self._clock.stop()
        if was_busy != self.is_busy:
            self.busy_changed.emit(self.is_busy)

    def _look(self) -> None:
        if self._work is not None:
            self.progressed.emit(self._work.done)

    def _on_made(self, work: _Work, outcome: Fan | Exception | None) -> None:
        if work is not self._work:
            return
        self._take(None)
        if isinstance(outcome, Fan):
            self.fan, self.problem = outcome, ""
        elif isinstance(outcome, PlanError):
            self.problem = str(outcome.issues[0])
        elif outcome is not None:
            self.problem = tr("There is no fan: something went wrong.")
        self.changed.emit()
        if isinstance(outcome, Exception) and not isinstance(outcome, PlanError):
            raise outcome

    # Following

    def _on_changed(self) -> None:
        """Stop what has become of no use, so that the balances come first."""
        if self._work is not None and not self._is_of(self._work):
            self.cancel()
        if self.fan is not None and self.fan.horizon != self._document.plan.horizon:
            self.fan = None  # of other months
        self.problem = ""
        if self._is_on:
            self.changed.emit()

    def _on_solved(self) -> None:
        if self._is_on and not self._is_done() and not self._is_of(self._work):
            self._settling.start()
