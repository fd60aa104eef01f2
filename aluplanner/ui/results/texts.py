"""Figures, periods and the words around them as result tables write them."""

import math
from typing import Final

from aluplanner.analysis.result_rows import END, MEAN, SUM, Breakdown, By, ResultRow
from aluplanner.analysis.result_table import Step
from aluplanner.i18n import number_style, tr
from aluplanner.model.calendar import Period
from aluplanner.model.cell_text import edit_text
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import Column, Type
from aluplanner.ui.plots.numbers import MINUS, month_text, period_text

FRACTION: Final = "fraction"
_DECIMALS: Final = {"kt": 0, "kt/y": 0, "RMB/t": 0, "days": 1, FRACTION: 1, "TWh": 1}
_OTHER_DECIMALS: Final = 2
_NUMBER_COLUMN: Final = Column("number", "", "", Type.NUMBER)
_FRACTION_COLUMN: Final = Column(FRACTION, "", "", Type.FRACTION)


def figure_text(value: float, unit: str, *, signed: bool = False) -> str:
    """Return a figure grouped by thousands, with a true minus sign; nothing for a blank, percent for a fraction."""
    if math.isnan(value):
        return ""
    number = value * 100 if unit == FRACTION else value
    text = f"{abs(number):,.{_DECIMALS.get(unit, _OTHER_DECIMALS)}f}"
    is_zero = not text.strip("0.")
    style = number_style()
    if (style.group, style.decimal) != (",", "."):
        text = text.translate({ord(","): style.group, ord("."): style.decimal})
    if is_zero:
        return text
    if number < 0:
        return MINUS + text
    return "+" + text if signed else text


def exact_text(value: float, unit: str) -> str:
    """Return a figure digit for digit, as it goes to the clipboard; a fraction as percent."""
    if math.isnan(value):
        return ""
    return edit_text(_FRACTION_COLUMN if unit == FRACTION else _NUMBER_COLUMN, value, number_style())


def unit_text(unit: str, is_difference: bool = False) -> str:
    """Return a unit as shown."""
    if unit == FRACTION:
        return tr("% pts") if is_difference else "%"
    return tr(unit)


def rule_text(row: ResultRow) -> str:
    """Return in a word how a row is reduced over a period; nothing for one without figures."""
    return {SUM: tr("sum"), MEAN: tr("mean"), END: tr("end")}[row.reducer] if row.unit else ""


def rule_phrase(reducer: str) -> str:
    """Return how months are reduced over a period, in a phrase."""
    return {SUM: tr("sum of the months"), MEAN: tr("mean of the months"), END: tr("end of the period")}[reducer]


def period_title(period: Period) -> str:
    """Return a period as a column is headed."""
    return month_text(period.start) if period.length == 1 else period_text(period.label)


def step_text(step: Step) -> str:
    """Return how long the periods are, in a word."""
    return {
        Step.MONTHS: tr("Months"),
        Step.QUARTERS: tr("Quarters"),
        Step.HALF_YEARS: tr("Half-years"),
        Step.YEARS: tr("Years"),
    }[step]


def series_text(series: str) -> str:
    """Return the title of a series, of the country or broken down."""
    if series in COUNTRY_SERIES:
        return tr(COUNTRY_SERIES[series][0])
    return {"announced": tr("Announced"), "effective": tr("Effective"), "bauxite_use": tr("Bauxite use")}[series]


def breakdown_text(breakdown: Breakdown) -> str:
    """Return the title of a table."""
    titles = {
        By.COUNTRY: tr("Country, every series"),
        By.PLANT: tr("{series} by plant"),
        By.GROUP: tr("{series} by group"),
        By.PROVINCE: tr("{series} by province"),
        By.ACTION: tr("{series} by action"),
        By.SECTOR: tr("{series} by sector"),
        By.ORIGIN: tr("{series} by origin"),
    }
    title = titles[breakdown.by]
    return title.format(series=series_text(breakdown.series)) if breakdown.series else title


def rows_title(by: By) -> str:
    """Return what the rows of a table are, as the head of their column."""
    return {
        By.COUNTRY: tr("Series"),
        By.PLANT: tr("Plant"),
        By.GROUP: tr("Group"),
        By.PROVINCE: tr("Province"),
        By.ACTION: tr("Action"),
        By.SECTOR: tr("Sector"),
        By.ORIGIN: tr("Origin"),
    }[by]


def scenario_text(name: str, is_difference: bool = False) -> str:
    """Return a scenario's name as shown, or that the base is taken off it."""
    label = tr("Base") if name == BASE else name
    return tr("{scenario} less base", scenario=label) if is_difference else label
