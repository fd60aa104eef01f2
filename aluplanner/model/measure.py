"""Measures as text: ``balance 2017H2 sum`` (section 11 of the model page)."""

import re
from dataclasses import dataclass
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon, Period
from aluplanner.model.plan import Plan
from aluplanner.model.schema import fold, split_names

COUNTRY_SERIES: Final[dict[str, tuple[str, str]]] = {
    "built": ("Built capacity", "kt/y"),
    "operating": ("Operating capacity", "kt/y"),
    "idle": ("Idle capacity", "kt/y"),
    "under_construction": ("Under construction", "kt/y"),
    "commissioned": ("Commissioned since the opening", "kt/y"),
    "closed": ("Closed since the opening", "kt/y"),
    "closed_running": ("Closed while running", "kt/y"),
    "curtailed": ("Curtailed", "kt/y"),
    "restarted": ("Restarted", "kt/y"),
    "halted": ("Construction halted", "kt/y"),
    "production": ("Production", "kt"),
    "net_imports": ("Net imports", "kt"),
    "reserve_release": ("Reserve release", "kt"),
    "supply": ("Supply", "kt"),
    "consumption": ("Apparent consumption", "kt"),
    "balance": ("Balance", "kt"),
    "stock": ("Visible stock", "kt"),
    "unseen_stock": ("Unseen stock, change", "kt"),
    "stock_days": ("Stock days", "days"),
    "shortfall": ("Shortfall", "kt"),
    "residual": ("Residual", "kt"),
    "price": ("Price", "RMB/t"),
    "premium": ("Expectation premium", "fraction"),
    "credibility": ("Credibility", "fraction"),
    "due": ("Due", "kt/y"),
    "implemented": ("Implemented", "kt/y"),
    "landed": ("Landed", "kt/y"),
    "overhang": ("Overhang", "kt/y"),
    "alumina_requirement": ("Alumina requirement", "kt"),
    "alumina_production": ("Alumina production", "kt"),
    "alumina_stock": ("Alumina stock", "kt"),
    "alumina_shortfall": ("Alumina shortfall", "kt"),
    "bauxite_cover": ("Bauxite cover", "t/t"),
    "electricity": ("Electricity", "TWh"),
    "co2": ("CO2", "kt"),
}
"""The country's monthly series of section 10: title and unit by name."""

ALUMINA_SERIES: Final = ("alumina_production", "alumina_stock", "alumina_shortfall", "bauxite_cover")
"""Series that are blank when alumina is not modelled."""

BY_ACTION: Final = ("announced", "due", "implemented", "effective")
BY_PLACE: Final = ("operating", "production")
NAMED_UNITS: Final = {"announced": "kt/y", "effective": "kt/y", "bauxite_use": "kt"}
REDUCERS: Final = ("sum", "mean", "min", "max", "start", "end", "change")

_MEASURE = re.compile(r"\s*(\w+)\s*(?:\[(.*)\])?\s+(\S+)\s+(\w+)\s*", re.DOTALL)


class MeasureError(ValueError):
    """A measure that cannot be read or names what does not exist."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")


@dataclass(frozen=True, slots=True)
class Measure:
    """A monthly series, of the whole country or of the names given, reduced over a period."""

    series: str
    names: tuple[str, ...]
    period: Period
    reducer: str

    @property
    def unit(self) -> str:
        """Unit of the measure."""
        return COUNTRY_SERIES[self.series][1] if self.series in COUNTRY_SERIES else NAMED_UNITS[self.series]

    def __str__(self) -> str:
        names = f"[{'; '.join(self.names)}]" if self.names else ""
        return f"{self.series}{names} {self.period.label} {self.reducer}"


def parse_measure(text: str, plan: Plan) -> Measure:
    """Return the measure that ``text`` states about ``plan``.

    Raises
    ------
    MeasureError
        If it is not of the form ``series[names] period reducer``, or names something that is not there.
    """
    found = _MEASURE.fullmatch(text or "")
    if not found:
        raise MeasureError(
            tr("“{text}” is not a measure.", text=text or ""),
            tr(
                "Write a series, a period and how to reduce it: balance 2017H2 sum, or operating[Shandong] 2017-12 end."
            ),
        )
    series, reducer = found[1].lower(), found[4].lower()
    names = split_names(found[2])
    _check_series(series, names, found[2] is not None)
    _check_names(plan, series, names)
    if reducer not in REDUCERS:
        raise MeasureError(
            tr("“{word}” is not a way to reduce a series.", word=found[4]),
            tr("Choose {choices}.", choices=", ".join(REDUCERS)),
        )
    return Measure(series, names, _period(found[3], plan.horizon), reducer)


def _check_series(series: str, names: tuple[str, ...], has_brackets: bool) -> None:
    can_be_named = series in (*BY_ACTION, *BY_PLACE, "consumption", "bauxite_use")
    if series not in COUNTRY_SERIES and not can_be_named:
        choices = ", ".join((*COUNTRY_SERIES, "announced", "effective", "bauxite_use"))
        raise MeasureError(tr("There is no series “{name}”.", name=series), tr("Choose {choices}.", choices=choices))
    if has_brackets and not names:
        raise MeasureError(
            tr("The brackets are empty."), tr("Put names between them, separated by ;, or leave them out.")
        )
    if names and not can_be_named:
        raise MeasureError(tr("“{name}” is reported for the country only.", name=series), tr("Leave the brackets out."))
    if not names and series not in COUNTRY_SERIES and series != "bauxite_use":
        raise MeasureError(
            tr("“{name}” is reported per action.", name=series),
            tr("Name the actions: {name}[…].", name=series),
        )


def _check_names(plan: Plan, series: str, names: tuple[str, ...]) -> None:
    if not names:
        return
    known = known_names(plan, series)
    unknown = [name for name in names if fold(name) not in known]
    if unknown:
        raise MeasureError(
            tr("“{series}” knows no “{names}”.", series=series, names="; ".join(unknown)),
            tr("Name {kind}, separated by ;", kind=_kind_of_names(series)),
        )


def known_names(plan: Plan, series: str) -> frozenset[str]:
    """Return the names, folded, that may stand in the brackets of ``series``."""
    if series in BY_ACTION:
        return frozenset(map(fold, plan.actions.keys))
    if series == "consumption":
        return frozenset(map(fold, plan.demand.keys))
    if series == "bauxite_use":
        return frozenset(map(fold, plan.bauxite.keys))
    places = {name for plant in plan.plants for name in (plant.plant, plant.group, plant.province) if name}
    return frozenset(map(fold, places))


def _kind_of_names(series: str) -> str:
    if series in BY_ACTION:
        return tr("actions")
    if series == "consumption":
        return tr("sectors")
    return tr("origins") if series == "bauxite_use" else tr("plants, groups or provinces")


def _period(text: str, horizon: Horizon | None) -> Period:
    if horizon is None:
        raise MeasureError(tr("The plan does not say which months it covers."), tr("State its first month."))
    try:
        return Period.parse(text, horizon)
    except ValueError:
        raise MeasureError(
            tr("“{text}” is not a period.", text=text),
            tr("Write 2017, 2017H2, 2017Q3, 2017-11, 2017-11..2018-03 or all."),
        ) from None
