"""The sheet Months now: the calendar and every month's inputs as the chosen scenario sees them (sections 1, 6, 7)."""

from typing import Any, Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.inputs import Array
from aluplanner.model.monthly import MONTHLY
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.case import Case
from aluplanner.workbook.living.grid import Grid
from aluplanner.workbook.living.layout import (
    CODES,
    MONTH_LINES,
    MONTHLY_LINES,
    MONTHS_FROM,
    MONTHS_NOW,
    PER_ROW,
    PER_TABLE,
    Layout,
)
from aluplanner.workbook.living.work import Work, month_days, month_page

_TITLES: Final = {
    "ordinal": ("Month, counted", ""), "year": ("Year", ""), "month": ("Month of the year", ""),
    "half": ("Half-year", ""), "days": ("Days", "days"), "year_days": ("Days of the year", "days"),
    "year_part": ("Part of the year", ""), "row": ("Row of Monthly", ""), "weight": ("Weight", ""),
    **{column.name: (column.title, column.unit) for column in MONTHLY.columns if column.name != "month"},
    "is_known": ("Known month", ""),
    "known_production": ("Production known", "kt"), "known_stock": ("Stock known", "kt"),
    "known_price": ("Price known", "RMB/t"), "responds": ("Market responds", ""),
}  # fmt: skip


def build_months(work: Work) -> None:
    """Write the sheet."""
    note = tr("The calendar, the rows of Monthly and Seasonality as the chosen scenario sees them.")
    page = month_page(work, MONTHS_NOW, tr("Months now"), note)
    layout, grid = work.layout, page.grid
    _write_calendar(work, grid)
    formulas, values = _formulas(layout), _values(work.case)
    for name in MONTH_LINES:
        area = layout.month(name)
        title, unit = _TITLES[name]
        grid.write_row(area.top, 1, (tr(title), name), "name")
        grid.write(area.top, 3, tr(unit) if unit else None, "field")
        grid.fill(area, formulas[name], values[name][None, :], _look(name))
    _write_facts(work, grid)
    _write_seasons(work, grid)
    work.book.name("First_month", layout.month("ordinal").part_row(0).at(0, 0, "cr"))
    work.book.name("Base_year", layout.base_year)
    work.book.name("Opening_total", layout.opening_total)
    work.book.name("Refineries", layout.refineries)


def _look(name: str) -> str:
    if name in ("ordinal", "year", "month", "half", "days", "year_days", "row"):
        return "whole"
    return "fine" if name in ("year_part", "weight") else "flag" if name in ("is_known", "responds") else "any"


def plan_cell(layout: Layout, field: str) -> str:
    """Return the cell of the sheet Plan that holds a field."""
    value = layout.stated("plan", "value")
    return value.at(layout.plan.plan.position(field) or 0, 0, "cr")


def _write_calendar(work: Work, grid: Grid) -> None:
    layout = work.layout
    months, first = layout.months, work.case.horizon.first
    grid.fill(layout.number_of_month, f"=COLUMN()-{MONTHS_FROM - 1}", (work.case.t + 1)[None, :], "number_of_month")
    stated = plan_cell(layout, "First month")
    days = month_days(work.case)[None, :]
    implied = f"DATE({first.year},{first.month},1)"
    opening = f'=IF({stated}="",{implied},DATE(YEAR({stated}),MONTH({stated}),1))'
    date_row = layout.date
    grid.fill(Area(MONTHS_NOW, 3, MONTHS_FROM, 1, 1), opening, days[:, :1], "header_month")
    if months > 1:
        before = date_row.at()
        following = f"=DATE(YEAR({before}),MONTH({before})+1,1)"
        grid.fill(Area(MONTHS_NOW, 3, MONTHS_FROM + 1, 1, months - 1), following, days[:, 1:], "header_month")


def _formulas(layout: Layout) -> dict[str, str]:
    day = layout.date.at(fix="r")
    at = {name: layout.month(name).at() for name in MONTH_LINES}
    seasons = layout.seasons.whole()
    found = {
        "ordinal": f"=YEAR({day})*12+MONTH({day})-1",
        "year": f"=YEAR({day})",
        "month": f"=MONTH({day})",
        "half": f"={at['year']}*10+IF({at['month']}<=6,1,2)",
        "days": f"=DATE({at['year']},{at['month']}+1,1)-{day}",
        "year_days": f"=DATE({at['year']}+1,1,1)-DATE({at['year']},1,1)",
        "year_part": f"={at['days']}/{at['year_days']}",
        "row": f"=IFERROR(MATCH({day},{layout.stated('monthly', 'month').whole()},0),0)",
        "weight": f"=IF(SUM({seasons})=0,1,N(INDEX({seasons},{at['month']}))*12/SUM({seasons}))",
        "is_known": f"=IF({at['ordinal']}<=a_known_until,1,0)",
        "responds": f"=IF(AND(a_market_response=1,{at['ordinal']}>=a_response_from),1,0)",
    }
    code = CODES["monthly"] * PER_TABLE
    for name in MONTHLY_LINES:
        source = f"INDEX({layout.stated('monthly', name).whole()},{at['row']})"
        cell = f"{code}+{layout.number_of_month.at(fix='r')}*{PER_ROW}+{layout.number('monthly', name)}"
        stated = f'IF({at["row"]}=0,"",IF({source}="","",{source}))'
        found[name] = f"=IFERROR(INDEX(Ov_value,MATCH({cell},Ov_cell,0)),{stated})"
    for name in ("production", "stock", "price"):
        actual = at[f"actual_{name}"]
        found[f"known_{name}"] = f'=IF(AND({at["is_known"]}=1,{actual}<>""),{actual},"")'
    return found


def _values(case: Case) -> dict[str, Any]:
    months = case.horizon.months
    known = np.array([month.ordinal <= case.assumption("known_until") for month in months], dtype=np.float64)
    found: dict[str, Any] = {
        "ordinal": np.array([float(month.ordinal) for month in months]),
        "year": case.years,
        "month": np.array([float(month.month) for month in months]),
        "half": np.array([float(half_year(month)) for month in months]),
        "days": case.days,
        "year_days": np.array([float(month.days_in_year) for month in months]),
        "year_part": case.year_part,
        "row": _rows(case),
        "weight": weights(case),
        "is_known": known,
        "responds": case.assumption("market_response")
        * np.array([month.ordinal >= case.assumption("response_from") for month in months], dtype=np.float64),
    }
    found |= {name: case.monthly(name) for name in MONTHLY_LINES}
    for name in ("production", "stock", "price"):
        found[f"known_{name}"] = np.where(known > 0, case.monthly(f"actual_{name}"), np.nan)
    return found


def half_year(month: Month) -> int:
    """Return the number of a month's half-year: 20171 for the first one of 2017."""
    return month.year * 10 + (1 if month.month <= 6 else 2)


def _rows(case: Case) -> Array:
    places = {row.month: number for number, row in reversed(list(enumerate(case.plan.monthly, start=1)))}
    return np.array([float(places.get(month, 0)) for month in case.horizon])


def season_values(case: Case) -> Array:
    """Return the weights of the twelve months of the year; NaN where none are stated."""
    found = np.full(12, np.nan)
    for row in case.resolved.seasonality:
        found[int(row.month_of_year) - 1] = row.weight or 0.0
    return found


def weights(case: Case) -> Array:
    """Return the weight of every month of the horizon, the twelve scaled to a mean of 1."""
    stated = season_values(case)
    if np.isnan(stated).all():
        return np.ones(len(case.horizon))
    scaled = stated * 12.0 / np.nansum(stated)
    return np.array([scaled[month.month - 1] for month in case.horizon])


def _write_facts(work: Work, grid: Grid) -> None:
    """Write the base year, what ran at the opening, and how many refineries there are."""
    layout, case = work.layout, work.case
    stated = plan_cell(layout, "Base year")
    first = layout.date.at(0, 0, "cr")
    smelters = f"=SUMPRODUCT(Is_smelter,{layout.plant('operating_0').whole()})"
    running = case.balance.opening("operating")
    refineries = float((~case.balance.run.frame.smelters).sum())
    for area, title, formula, value in (
        (
            layout.base_year,
            tr("Base year"),
            f'=IF({stated}="",YEAR({first})-1,{stated})',
            float(case.horizon.base_year),
        ),
        (layout.opening_total, tr("Running aluminium capacity at the opening"), smelters, running),
        (layout.refineries, tr("Refineries"), f"=SUM({layout.plant('is_refinery').whole()})", refineries),
    ):
        grid.write(area.top, 1, title, "name")
        grid.fill(area, formula, np.array([[value]]), "figure" if area == layout.opening_total else "whole")


def _write_seasons(work: Work, grid: Grid) -> None:
    layout = work.layout
    area = layout.seasons
    grid.write(area.top - 1, 1, tr("Month of the year"), "name")
    grid.write_row(area.top - 1, MONTHS_FROM, [float(month) for month in range(1, 13)], "header_right")
    grid.write_row(area.top, 1, (tr("Weight as stated"), "seasonality"), "name")
    months, stated = (layout.stated("seasonality", name).whole() for name in ("month_of_year", "weight"))
    month = Area(MONTHS_NOW, area.top - 1, MONTHS_FROM, 1, 12).at(fix="r")
    code = f"{CODES['seasonality'] * PER_TABLE}+{month}*{PER_ROW}+{layout.number('seasonality', 'weight')}"
    given = f'IF(COUNTIF({months},{month})=0,"",SUMIF({months},{month},{stated}))'
    formula = f"=IFERROR(INDEX(Ov_value,MATCH({code},Ov_cell,0)),{given})"
    values = season_values(work.case)
    for row in work.case.resolved.seasonality:
        if row.weight is None and _is_overridden(work, f"{row.month_of_year:g}"):
            values[int(row.month_of_year) - 1] = np.nan
    grid.fill(area, formula, values[None, :], "fine")


def _is_overridden(work: Work, row: str) -> bool:
    from aluplanner.model.layers import overridden_cells

    cells = overridden_cells(work.case.plan, work.case.scenario)
    return any(address.table == "seasonality" and address.row == row for address in cells)
