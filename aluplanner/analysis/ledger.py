"""The policy ledger: announced, due, implemented and really lost, action by action or place by place.

Four different numbers that the market takes for one (section 8 of the model page): what was announced, what should be
done by now, what is carried out, and what that takes out of operation and out of production. How the actions share in
what limits allow is told by :mod:`aluplanner.analysis.ledger_losses`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.ledger_bridge import bridge, without_actions
from aluplanner.analysis.ledger_choices import ACTION, END, FIGURES, GROUPINGS, LEVELS, LOST, READINGS, STEPS
from aluplanner.analysis.ledger_rows import ActionFigures, LedgerRow, Section, rows_by, section_of
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.model.inputs import Array
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Plan
from aluplanner.model.progress import Cancelled, Progress, tell_progress, watched
from aluplanner.model.solver import solve

__all__ = ["FIGURES", "GROUPINGS", "LEVELS", "LOST", "READINGS", "STEPS", "Ledger", "LedgerRow", "Section", "ledger"]

SERIES: Final = ("due", "implemented", "landed", "overhang")
"""Series of the country that are sums over the orders (section 8)."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """What became of the restricting actions of a scenario.

    Attributes
    ----------
    scenario
        The scenario.
    by
        What the rows stand for: ``"action"``, ``"province"``, ``"group"`` or ``"kind"``.
    period
        The period that the tables are about.
    reading
        How capacities are read over it: ``"end"`` or ``"mean"``; output is its sum.
    steps
        The stretches of the period that are told one by one; often none.
    horizon
        The months.
    rows
        The rows: orders that the market watches first, then a company's own cuts, then alumina.
    figures
        By name of :data:`FIGURES`, shape ``(rows, months)``: capacities in kt/y at month-ends (``gap`` is due less
        implemented, ``effective`` what an action would take out if alone, ``out`` what it does take out), and
        ``output_lost`` in kt, NaN for alumina.
    totals
        The same by section, shape ``(months,)``, summed over its actions.
    cap
        What the cap at all that ran takes off the orders' overhang, kt/y, at most 0, shape ``(months,)``.
    series
        The country's ``due``, ``implemented``, ``landed`` and ``overhang``, kt/y, shape ``(months,)``.
    bridge
        What leads from output lost to ``without`` less ``production``, kt; see
        :func:`aluplanner.analysis.ledger_bridge.bridge`.
    production, without
        Production with all actions, and without the restricting aluminium ones, kt, shape ``(months,)``.
    adding
        How many actions add capacity; the ledger leaves them out.
    """

    scenario: str
    by: str
    period: Period
    reading: str
    steps: tuple[Period, ...]
    horizon: Horizon
    rows: tuple[LedgerRow, ...]
    figures: Mapping[str, Array]
    totals: Mapping[Section, Mapping[str, Array]]
    cap: Array
    series: Mapping[str, Array]
    bridge: Mapping[str, Array]
    production: Array
    without: Array
    adding: int

    def read(self, name: str, months: Array, period: Period | None = None) -> float:
        """Return a figure over a period: a capacity at its end or its mean, output as its sum.

        Parameters
        ----------
        name
            One of :data:`FIGURES`.
        months
            Its months, shape ``(months,)``.
        period
            By default the ledger's own.
        """
        inside = months[self.inside(period)]
        if name == LOST:
            return float(inside.sum())
        return float(inside[-1] if self.reading == END else inside.mean())

    def inside(self, period: Period | None = None) -> slice:
        """Return the months of a period, by default the ledger's own."""
        found = (period or self.period).inside(self.horizon)
        return slice(found.start, found.stop)

    def amounts(self, name: str, period: Period | None = None) -> Array:
        """Return a figure of every row over a period, shape ``(rows,)``."""
        return np.array([self.read(name, months, period) for months in self.figures[name]])

    def amount(self, name: str, label: str, period: Period | None = None) -> float:
        """Return a figure summed over the rows of a label.

        Raises
        ------
        KeyError
            If no row has it.
        """
        places = [place for place, row in enumerate(self.rows) if row.label == label]
        if not places:
            raise KeyError(label)
        return float(self.amounts(name, period)[places].sum())

    def total(self, name: str, section: Section = Section.ORDER, period: Period | None = None) -> float:
        """Return a figure summed over a section, by default the orders that the market watches."""
        return self.read(name, self.totals[section][name], period)

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the ledger, its proof, and its steps if any, as tables."""
        from aluplanner.analysis.ledger_tables import ledger_tables

        return ledger_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return every figure month by month."""
        from aluplanner.analysis.ledger_tables import ledger_json

        return ledger_json(self)


def ledger(
    balance_or_plan: Balance | Plan,
    *,
    scenario: str | None = None,
    period: str | Period = "all",
    by: str = ACTION,
    reading: str = END,
    step: str | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Ledger:
    """Return what became of every restricting action: announced, due, implemented, and really lost.

    Parameters
    ----------
    balance_or_plan
        The plan, or a balance of it.
    scenario
        The scenario of a plan; a balance has its own.
    period
        The period that the tables are about, such as ``2017H2``.
    by
        What the rows stand for: ``"action"``, ``"province"``, ``"group"`` or ``"kind"``.
    reading
        How capacities are read over a period: at its ``"end"`` or as a ``"mean"``.
    step
        ``"month"``, ``"quarter"``, ``"half"`` or ``"year"`` to tell the period bit by bit too.
    cancelled, progress
        Asked and told while it works.

    Raises
    ------
    PlanError
        If the plan has errors.
    MeasureError
        If the period, ``by``, ``reading`` or ``step`` cannot be read, or no month of the period is in the horizon.
    SolveCancelled
        When ``cancelled`` said so.
    """
    for word, choices in ((by, GROUPINGS), (reading, READINGS), (step, (None, *STEPS))):
        if word not in choices:
            raise MeasureError(
                tr("“{word}” is no way to tell the ledger.", word=word),
                tr("Choose {choices}.", choices=", ".join(filter(None, choices))),
            )
    with watched(cancelled, progress):
        balance = solve(balance_or_plan, scenario) if isinstance(balance_or_plan, Plan) else balance_or_plan
        told = _period(period, balance.horizon)
        return _ledger(balance, told, by, reading, _steps(told, balance.horizon, step))


def _period(period: str | Period, horizon: Horizon) -> Period:
    try:
        found = Period.parse(period, horizon) if isinstance(period, str) else period
    except ValueError:
        raise MeasureError(
            tr("“{text}” is not a period.", text=str(period)),
            tr("Write 2017, 2017H2, 2017Q3, 2017-11, 2017-11..2018-03 or all."),
        ) from None
    if not len(found.inside(horizon)):
        raise MeasureError(
            tr("No month of {period} is in the plan.", period=found.label),
            tr("The plan covers {first} to {last}.", first=str(horizon.first), last=str(horizon.last)),
        )
    return found


def _steps(period: Period, horizon: Horizon, step: str | None) -> tuple[Period, ...]:
    """Return the stretches of a length that the period touches inside the horizon."""
    if step is None:
        return ()
    inside = period.inside(horizon)
    if step == "month":
        return tuple(Period.parse(horizon.labels[t], horizon) for t in inside)
    length = {"year": 12, "half": 6, "quarter": 3}[step]
    touched = set(inside)
    return tuple(
        found
        for found in standard_periods(horizon)
        if found.length == length and touched.intersection(found.inside(horizon))
    )


def _ledger(balance: Balance, period: Period, by: str, reading: str, steps: tuple[Period, ...]) -> Ledger:
    figures = Figures(balance)
    found = ActionFigures(figures)
    tell_progress(0.6)
    rows = rows_by(found, by)
    tell_progress(0.8)
    without = without_actions(balance)
    totals = {section: {name: found.total(name, section) for name in FIGURES} for section in Section}
    overhang = totals[Section.ORDER]["overhang"]
    return Ledger(
        scenario=balance.scenario, by=by, period=period, reading=reading, steps=steps, horizon=balance.horizon,
        rows=rows.rows, figures=rows.numbers, totals=totals,
        cap=np.minimum(0.0, float(figures.opening_operating[figures.smelters].sum()) - overhang),
        series={name: balance.series(name) for name in SERIES},
        bridge=bridge(figures, Figures(without)),
        production=balance.series("production"), without=without.series("production"),
        adding=sum(section_of(action) is None for action in found.frame.actions),
    )  # fmt: skip
