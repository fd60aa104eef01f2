"""Kept forecasts as tables, and for machines."""

from typing import TYPE_CHECKING

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure
from aluplanner.analysis.backtest_scores import PERCENTILES
from aluplanner.analysis.backtest_tables import json_numbers
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.measure import COUNTRY_SERIES

if TYPE_CHECKING:
    from aluplanner.analysis.forecast import Forecast

_DECIMALS = {"RMB/t": 0, "days": 1, "kt": 1}


def forecast_tables(forecast: "Forecast") -> tuple[AnswerTable, ...]:
    """Return a table for each series of a forecast: line and fan by month, what is known set apart."""
    return tuple(
        _series_table(forecast, name, notes=forecast_notes(forecast) if place == 0 else ())
        for place, name in enumerate(forecast.lines)
    )


def forecast_notes(forecast: "Forecast") -> tuple[str, ...]:
    """Return in sentences when the forecast was made, of what, and what is doubtful in it."""
    made = (
        tr("Made on {day} by {name}, from facts up to {month}.", day=forecast.made_on, name=forecast.made_by,
           month=forecast.as_of)
        if forecast.made_by
        else tr("Made on {day}, from facts up to {month}.", day=forecast.made_on, month=forecast.as_of)
    )  # fmt: skip
    start = (
        tr("The run starts from the opening and uses no actual.")
        if forecast.known_until is None
        else tr("Actuals up to {month} stand in the model's place.", month=forecast.known_until)
    )
    fan = (
        tr("The fan: {draws} draws, seed {seed}.", draws=f"{forecast.draws:,}", seed=forecast.seed)
        if forecast.draws
        else tr("There is no fan.")
    )
    return (made, start, fan, *(str(doubt) for doubt in forecast.doubts))


def _series_table(forecast: "Forecast", name: str, notes: tuple[str, ...]) -> AnswerTable:
    title, unit = tr(COUNTRY_SERIES[name][0]), COUNTRY_SERIES[name][1]
    parts: list[tuple[str, Array]] = [(tr("Model"), forecast.lines[name])]
    if name in forecast.fans:
        parts += [(f"{p} %", band) for p, band in zip(PERCENTILES, forecast.fans[name], strict=True)]
    if name in forecast.naive.seasonal:
        parts += [
            (tr("Naive"), forecast.naive.seasonal[name]),
            (tr("No change"), forecast.naive.no_change[name]),
        ]
    columns = (
        AnswerColumn(tr("Month")),
        AnswerColumn(tr("Forecast")),
        *(AnswerColumn(heading, unit, _DECIMALS[unit], is_signed=name == "balance") for heading, _ in parts),
    )
    rows: tuple[tuple[Figure, ...], ...] = tuple(
        (str(month), month > forecast.as_of, *(float(numbers[t]) for _, numbers in parts))
        for t, month in enumerate(forecast.months)
    )
    return AnswerTable(title, tr("{series} as said", series=title), columns, rows, notes)


def forecast_json(forecast: "Forecast") -> dict[str, object]:
    """Return a forecast for machines, in full precision."""
    return {
        "plan": forecast.title,
        "scenario": forecast.scenario,
        "made_on": forecast.made_on.isoformat(),
        "made_by": forecast.made_by,
        "as_of": str(forecast.as_of),
        "known_until": None if forecast.known_until is None else str(forecast.known_until),
        "draws": forecast.draws,
        "seed": forecast.seed,
        "inputs": forecast.inputs,
        "months": [str(month) for month in forecast.months],
        "series": {name: _series_json(forecast, name) for name in forecast.lines},
        "doubts": [str(doubt) for doubt in forecast.doubts],
    }


def _series_json(forecast: "Forecast", name: str) -> dict[str, object]:
    found: dict[str, object] = {"unit": COUNTRY_SERIES[name][1], "model": json_numbers(forecast.lines[name])}
    if name in forecast.fans:
        found |= {f"p{p}": json_numbers(band) for p, band in zip(PERCENTILES, forecast.fans[name], strict=True)}
    if name in forecast.naive.seasonal:
        found["naive"] = json_numbers(forecast.naive.seasonal[name])
        found["no_change"] = json_numbers(forecast.naive.no_change[name])
    return found
