"""The measures of scenarios side by side (section 11 of the model page)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aluplanner.analysis.claims import check_claims
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.layers import resolve
from aluplanner.model.measure import COUNTRY_SERIES, Measure, MeasureError, parse_measure
from aluplanner.model.plan import Plan
from aluplanner.model.progress import tell_progress

_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure, or the number of claims that hold, in every scenario.

    Attributes
    ----------
    title
        What is measured, in the language in force, without the period.
    period
        The label of its period; empty where it has none.
    unit
        Unit of values and changes.
    values
        One a scenario, ``None`` where the measure is blank.
    measure
        The measure; ``None`` of the claims.
    states
        The market state of the period in each scenario, if it is a balance of a quarter or more; else empty.
    is_part
        Whether the horizon cuts the period off.
    """

    title: str
    period: str
    unit: str
    values: tuple[float | None, ...]
    measure: Measure | None = None
    states: tuple[str, ...] = ()
    is_part: bool = False

    @property
    def changes(self) -> tuple[float | None, ...]:
        """What each scenario has more than the first; ``None`` where either is blank."""
        first = self.values[0]
        return tuple(None if value is None or first is None else value - first for value in self.values)

    @property
    def name(self) -> str:
        """What the row is called: the measure itself where there is one."""
        return self.title if self.measure is None else str(self.measure)


def _titles() -> tuple[tuple[str, str, str], ...]:
    """Return series, reducer and title of the usual measures."""
    return (
        ("balance", "sum", tr("Balance")),
        ("production", "sum", tr("Production")),
        ("consumption", "sum", tr("Apparent consumption")),
        ("stock", "end", tr("Closing stock")),
        ("stock_days", "end", tr("Stock days at the end")),
        ("price", "mean", tr("Mean price")),
    )


def usual_periods(horizon: Horizon) -> tuple[Period, ...]:
    """Return the half-years and years of a horizon in order of time, a year after its halves."""
    periods = (period for period in standard_periods(horizon) if period.length > _QUARTER)
    return tuple(sorted(periods, key=lambda period: (period.end, period.length)))


def usual_measures(horizon: Horizon) -> tuple[Measure, ...]:
    """Return the measures that a comparison shows in any case, by half-year and year."""
    return tuple(
        Measure(series, (), period, reducer) for series, reducer, _ in _titles() for period in usual_periods(horizon)
    )


def read_measures(plan: Plan, scenarios: Sequence[str], measures: Iterable[str | Measure]) -> tuple[Measure, ...]:
    """Return measures as such; a name in brackets need be known in one of the scenarios only.

    Raises
    ------
    MeasureError
        If one cannot be read.
    """
    return tuple(
        dict.fromkeys(
            measure if isinstance(measure, Measure) else _read(plan, scenarios, measure) for measure in measures
        )
    )


def _read(plan: Plan, scenarios: Sequence[str], text: str) -> Measure:
    first: MeasureError | None = None
    for scenario in scenarios:
        try:
            return parse_measure(text, resolve(plan, scenario))
        except MeasureError as error:
            first = first or error
    raise first or MeasureError(tr("“{text}” is not a measure.", text=text), "")


def measure_rows(balances: Sequence[Balance], wanted: Iterable[Measure]) -> tuple[MeasureRow, ...]:
    """Return the measures asked for, the usual ones and the claims, one value a balance.

    Parameters
    ----------
    balances
        Of the scenarios, in order; at least one.
    wanted
        Measures that come before the usual ones.
    """
    horizon = balances[0].horizon
    usual = usual_measures(horizon)
    titles = {(series, reducer): title for series, reducer, title in _titles()}
    every = dict.fromkeys((*wanted, *usual))
    rows = []
    for place, measure in enumerate(every):
        rows.append(_row(balances, measure, _title(measure, titles)))
        tell_progress(place / (len(every) + len(balances)))
    return (*rows, *_claims(balances))


def _title(measure: Measure, titles: Mapping[tuple[str, str], str]) -> str:
    """Return what a measure is called, without its period; one like the usual ones is called as they are."""
    usual = titles.get((measure.series, measure.reducer))
    if usual and not measure.names:
        return usual
    series = COUNTRY_SERIES.get(measure.series)
    what = tr(series[0]) if series and not measure.names else measure.series
    names = f"[{'; '.join(measure.names)}]" if measure.names else ""
    return f"{what}{names}, {reducer_words()[measure.reducer]}"


def reducer_words() -> dict[str, str]:
    """Return how a series is reduced over a period, in words."""
    return {
        "sum": tr("sum"),
        "mean": tr("mean"),
        "min": tr("lowest"),
        "max": tr("highest"),
        "start": tr("first month"),
        "end": tr("last month"),
        "change": tr("change"),
    }


def _row(balances: Sequence[Balance], measure: Measure, title: str) -> MeasureRow:
    values = tuple(balance.measure(measure) for balance in balances)
    has_states = (measure.series, measure.reducer) == ("balance", "sum") and measure.period.length >= _QUARTER
    states = tuple(balance.period(measure.period).state for balance in balances) if has_states else ()
    is_part = measure.period.is_part(balances[0].horizon)
    return MeasureRow(title, measure.period.label, measure.unit, values, measure, states, is_part)


def _claims(balances: Sequence[Balance]) -> list[MeasureRow]:
    """Return how many claims hold; nothing where the plan makes none."""
    count = len(balances[0].plan.claims)
    if not count:
        return []
    held = []
    for balance in balances:
        held.append(float(sum(result.holds is True for result in check_claims(balance))))
        stop_if_cancelled()
    return [MeasureRow(tr("Claims that hold"), "", tr("of {count}", count=count), tuple(held))]
