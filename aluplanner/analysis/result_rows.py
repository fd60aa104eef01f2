"""What the rows of a result table are, and how each is reduced over a period (section 10 of the model page)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from aluplanner.analysis.result_names import action_orders, place_names
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.inputs import Array
from aluplanner.model.measure import COUNTRY_SERIES, NAMED_UNITS

SUM: Final = "sum"
MEAN: Final = "mean"
END: Final = "end"

_FLOW_UNITS: Final = frozenset({"kt", "TWh"})
_STOCKS: Final = frozenset({"stock", "unseen_stock", "alumina_stock"})
_MEANS: Final = frozenset({"price", "premium", "bauxite_cover"})

TOPICS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "Market",
        (
            "production", "net_imports", "reserve_release", "supply", "consumption", "balance",
            "stock", "stock_days", "unseen_stock", "shortfall", "residual", "price",
        ),
    ),
    (
        "Capacity",
        (
            "built", "operating", "idle", "under_construction", "commissioned", "closed", "closed_running",
            "curtailed", "restarted", "halted",
        ),
    ),
    ("Policy", ("due", "implemented", "landed", "overhang", "premium", "credibility")),
    (
        "Alumina and bauxite",
        ("alumina_requirement", "alumina_production", "alumina_stock", "alumina_shortfall", "bauxite_cover"),
    ),
    ("Energy and CO2", ("electricity", "co2")),
)  # fmt: skip
"""The country's series in the order in which they are read, by topic."""


class By(StrEnum):
    """What the rows of a table stand for."""

    COUNTRY = "country"
    PLANT = "plant"
    GROUP = "group"
    PROVINCE = "province"
    ACTION = "action"
    SECTOR = "sector"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One series and what it is broken down by; the country's table has every series and breaks none down."""

    series: str
    by: By

    @property
    def name(self) -> str:
        """Its name, to be remembered by."""
        return f"{self.series} by {self.by}" if self.series else str(self.by)

    @property
    def counts_absent(self) -> bool:
        """Whether what a scenario does not have is 0 there: an action switched off, a group that owns nothing."""
        return self.by in (By.PLANT, By.GROUP, By.PROVINCE, By.ACTION)


COUNTRY: Final = Breakdown("", By.COUNTRY)
BREAKDOWNS: Final = (
    COUNTRY,
    *(Breakdown(series, by) for series in ("operating", "production") for by in (By.PLANT, By.GROUP, By.PROVINCE)),
    *(Breakdown(series, By.ACTION) for series in ("announced", "due", "implemented", "effective")),
    Breakdown("consumption", By.SECTOR),
    Breakdown("bauxite_use", By.ORIGIN),
)
"""Every table there is."""


class Kind(StrEnum):
    """What a row is."""

    HEADING = "heading"
    FIGURES = "figures"
    TOTAL = "total"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of a result table.

    Attributes
    ----------
    key
        What tells it from the other rows of its table, whichever scenario is shown.
    label
        What it is, in the language in force.
    kind
        A heading has no figures; a state row has a market state a period.
    series, names
        What a measure of it says; no series, or ``None`` for the names, where no measure says it.
    unit
        Unit of its figures, also over a period.
    reducer
        How its months are reduced over a period: ``sum``, ``mean`` or ``end``.
    """

    key: str
    label: str
    kind: Kind = Kind.FIGURES
    series: str = ""
    names: tuple[str, ...] | None = None
    unit: str = ""
    reducer: str = END


Line = tuple[ResultRow, Array | None]
"""A row and its figures by month, shape ``(months,)``; ``None`` where it has none."""


def unit_of(series: str) -> str:
    """Return the unit of a series, of the country or broken down."""
    return COUNTRY_SERIES[series][1] if series in COUNTRY_SERIES else NAMED_UNITS[series]


def reducer_of(series: str) -> str:
    """Return how a series is reduced over a period.

    Flows are summed (section 10), as in the workbook's summary the price is a mean and everything else, capacities,
    stocks and what is due, stands as at the end; the premium goes with the price it lifts, a cover with the flow it
    is a ratio of.
    """
    if series in _MEANS:
        return MEAN
    return SUM if unit_of(series) in _FLOW_UNITS and series not in _STOCKS else END


def lines_of(balance: Balance, breakdown: Breakdown) -> list[Line]:
    """Return the rows of a table with their months, totals above what they add up."""
    match breakdown.by:
        case By.COUNTRY:
            return _country_lines(balance)
        case By.PLANT:
            return _plant_lines(balance, breakdown.series)
        case By.GROUP | By.PROVINCE:
            return _place_lines(balance, breakdown)
        case By.ACTION:
            return _action_lines(balance, breakdown.series)
        case By.SECTOR:
            return _sector_lines(balance)
        case By.ORIGIN:
            return _origin_lines(balance)


def _row(
    series: str, label: str, names: tuple[str, ...] | None = (), kind: Kind = Kind.FIGURES, key: str = ""
) -> ResultRow:
    known_by = key or f"{kind}: {label}"
    return ResultRow(
        known_by, label, kind, series if names is not None else "", names, unit_of(series), reducer_of(series)
    )


def _total(series: str, label: str, names: tuple[str, ...] = (), key: str = "total") -> ResultRow:
    return _row(series, label, names, Kind.TOTAL, key)


def _heading(label: str) -> Line:
    return ResultRow(f"heading {label}", label, Kind.HEADING), None


def _country_lines(balance: Balance) -> list[Line]:
    lines: list[Line] = []
    for topic, names in TOPICS:
        lines.append(_heading(tr(topic)))
        for name in names:
            lines.append((_row(name, balance.title(name), key=name), balance.series(name)))
            if name == "balance":
                lines.append((ResultRow("state", tr("Market state"), Kind.STATE, name, (), "", SUM), None))
    return lines


def _plant_lines(balance: Balance, series: str) -> list[Line]:
    """Smelters under the country's total, refineries, of which capacity only is reported, under their own."""
    figures, names, smelters = balance.by_plant(series), place_names(balance.plan), _smelters(balance)
    lines: list[Line] = [(_total(series, tr("All smelters")), balance.series(series))]
    lines += [(_row(series, name, names.of_plant(name)), figures[name]) for name in figures if name in smelters]
    refineries = [name for name in figures if name not in smelters]
    if refineries:
        total = _row(series, tr("All refineries"), names.of_plants(refineries), Kind.TOTAL, "refineries")
        lines.append((total, _sum(balance, (figures[name] for name in refineries))))
        lines += [(_row(series, name, names.of_plant(name)), figures[name]) for name in refineries]
    return lines


def _smelters(balance: Balance) -> frozenset[str]:
    return frozenset(balance.by_plant("production"))


def _place_lines(balance: Balance, breakdown: Breakdown) -> list[Line]:
    series, is_group = breakdown.series, breakdown.by is By.GROUP
    names = place_names(balance.plan)
    figures = balance.by_group(series) if is_group else balance.by_province(series)
    lines: list[Line] = [(_total(series, tr("All smelters")), balance.series(series))]
    for name, numbers in figures.items():
        lines.append((_row(series, name, names.of_group(name) if is_group else names.of_province(name)), numbers))
    homeless = names.without_group if is_group else names.without_province
    if homeless:
        plants = balance.by_plant(series)
        label = tr("Without a group") if is_group else tr("Without a province")
        row = _row(series, label, names.of_plants(homeless), key="without")
        lines.append((row, _sum(balance, (plants[each] for each in homeless))))
    return lines


def _action_lines(balance: Balance, series: str) -> list[Line]:
    """Orders that the market watches under their total, then what companies decide, which has none.

    What actions take out as if alone does not add up either.
    """
    figures = balance.by_action(series)
    orders = [name for name in action_orders(balance.plan) if name in figures]
    others = [name for name in figures if name not in set(orders)]
    lines: list[Line] = []
    if orders:
        lines.append(_orders_total(balance, series, figures, orders))
        lines += [(_row(series, name, (name,)), figures[name]) for name in orders]
    if others:
        lines.append(_heading(tr("Other actions")))
        lines += [(_row(series, name, (name,)), figures[name]) for name in others]
    return lines


def _orders_total(balance: Balance, series: str, figures: Mapping[str, Array], orders: list[str]) -> Line:
    label = tr("Policy orders")
    if series == "effective":
        return ResultRow("total", label, Kind.HEADING), None
    if series in COUNTRY_SERIES:
        return _total(series, label), balance.series(series)
    return _total(series, label, tuple(orders)), _sum(balance, (figures[name] for name in orders))


def _sector_lines(balance: Balance) -> list[Line]:
    """Sectors, and the stated changes by which they differ from the country's consumption."""
    series, figures = "consumption", balance.consumption_by_sector
    total = balance.series(series)
    change = total - _sum(balance, figures.values())
    lines: list[Line] = [(_total(series, balance.title(series)), total)]
    lines += [(_row(series, name, (name,)), numbers) for name, numbers in figures.items()]
    if np.abs(change).max() > 1e-9 * np.abs(total).max():
        title = next(column.heading for column in balance.plan.monthly.table.columns if column.name == _CHANGE)
        lines.append((_row(series, title.partition("(")[0].strip(), None, key="change"), change))
    return lines


_CHANGE: Final = "consumption_change"


def _origin_lines(balance: Balance) -> list[Line]:
    series, figures = "bauxite_use", balance.bauxite_use
    if not figures:
        return []
    total = _sum(balance, figures.values())
    lines: list[Line] = [(_total(series, tr("All origins")), total)]
    return lines + [(_row(series, name, (name,)), numbers) for name, numbers in figures.items()]


def _sum(balance: Balance, parts: Iterable[Array]) -> Array:
    total: Array = np.sum([np.zeros(len(balance.horizon)), *parts], axis=0)
    return total
