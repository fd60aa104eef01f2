"""The sheet Forecast of a kept forecast: when, by whom and from what it was made, and its months."""

import io
import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from aluplanner.analysis.backtest_scores import PERCENTILES
from aluplanner.analysis.forecast import FORECAST_SERIES, Forecast
from aluplanner.analysis.forecast_digest import figures_digest
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import clean_text
from aluplanner.model.inputs import Array
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.schema import Value
from aluplanner.workbook.looks import INK, MUTED, RESULT, RULE, Formats, make_book, set_up_print
from aluplanner.workbook.number_formats import MONTH_FORMAT
from aluplanner.workbook.results_looks import unit_format
from aluplanner.workbook.sheet import escape

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FORECAST: Final = "Forecast"
"""The kind of the sheet: its mark, and its name unless the planner has one of that name."""

# These words are read back; like the headers of all sheets of a plan they are English.
MONTH: Final = "Month"
MADE_ON: Final = "Made on"
MADE_BY: Final = "Made by"
AS_OF: Final = "Facts until"
RUN_UNTIL: Final = "Actuals used until"
SCENARIO: Final = "Scenario"
DRAWS: Final = "Draws"
SEED: Final = "Seed"
INPUTS: Final = "Inputs"
FIGURES: Final = "Figures"
FORMAT: Final = "Format"
FACTS: Final = (MADE_ON, MADE_BY, AS_OF, RUN_UNTIL, SCENARIO, DRAWS, SEED, INPUTS, FIGURES, FORMAT)
VERSION: Final = 1.0

_FIRST_FACT: Final = 4
_WIDTH: Final = 11
_DAY_FORMAT: Final = "yyyy-mm-dd"


def line_title(series: str) -> str:
    """Return the title of a series' deterministic line: ``Balance (kt)``."""
    title, unit = COUNTRY_SERIES[series]
    return f"{title} ({unit})"


def band_title(series: str, percentile: int) -> str:
    """Return the title of a percentile: ``Balance 5 %``."""
    return f"{COUNTRY_SERIES[series][0]} {percentile} %"


def naive_title(series: str) -> str:
    """Return the title of last year's months plus last growth: ``Production naive``."""
    return f"{COUNTRY_SERIES[series][0]} naive"


def no_change_title(series: str) -> str:
    """Return the title of the last known value: ``Production unchanged``."""
    return f"{COUNTRY_SERIES[series][0]} unchanged"


def figures_of(forecast: Forecast) -> dict[str, Array]:
    """Return the figures of a forecast by the titles they stand under, in the order of the sheet."""
    found: dict[str, Array] = {}
    for name in FORECAST_SERIES:
        found[line_title(name)] = forecast.lines[name]
        if name in forecast.fans:
            bands = zip(PERCENTILES, forecast.fans[name], strict=True)
            found |= {band_title(name, percentile): band for percentile, band in bands}
        if name in forecast.naive.seasonal:
            found[naive_title(name)] = forecast.naive.seasonal[name]
            found[no_change_title(name)] = forecast.naive.no_change[name]
    return {title: _as_stored(numbers) for title, numbers in found.items()}


def _as_stored(numbers: Array) -> Array:
    """Return numbers with 15 digits: so many stay when LibreOffice saves the file, and touched figures stand out."""
    return np.array([float(f"{number:.15g}") for number in numbers.tolist()])


def facts_of(forecast: Forecast) -> dict[str, Value]:
    """Return when, by whom and from what a forecast was made, by field, all but what tells it from others."""
    return {
        MADE_ON: forecast.made_on.isoformat(),
        MADE_BY: clean_text(forecast.made_by),
        AS_OF: forecast.as_of,
        RUN_UNTIL: forecast.known_until,
        SCENARIO: forecast.scenario,
        DRAWS: float(forecast.draws),
        SEED: float(forecast.seed),
        INPUTS: forecast.inputs,
        FORMAT: VERSION,
    }


def digest_of(forecast: Forecast) -> str:
    """Return what tells the forecast from one whose date, facts or figures were touched."""
    return figures_digest(facts_of(forecast), {title: row.tolist() for title, row in figures_of(forecast).items()})


def forecast_sheet(forecast: Forecast, *, is_1904: bool = False) -> bytes:
    """Return a workbook with the sheet alone; its days count from 1904 where ``is_1904`` says so."""
    stream = io.BytesIO()
    book = make_book(stream, is_1904=is_1904)
    sheet, formats = book.add_worksheet(FORECAST), Formats(book)
    sheet.set_tab_color(f"#{RESULT}")
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, _heading(forecast), formats.of(bold=True, font_size=16, font_color=f"#{INK}"))
    for row, line in enumerate(_explanation(), start=1):
        sheet.write_string(row, 0, line, formats.of(font_color=f"#{MUTED}", italic=True))
    sheet.set_row(0, 24)
    below = _write_facts(sheet, formats, forecast)
    _write_months(sheet, formats, forecast, below + 1)
    book.close()
    return stream.getvalue()


def _heading(forecast: Forecast) -> str:
    return clean_text(
        tr("What was said with the facts of {month}: {title}", month=forecast.as_of, title=forecast.title)
    )


def _explanation() -> tuple[str, str]:
    return (
        tr("Kept to be held against what happens. The other sheets are the plan it was made of, without later facts."),
        tr("Do not change it: AluPlanner tells if date, facts or figures are no longer what was kept."),
    )


def _write_facts(sheet: "Worksheet", formats: Formats, forecast: Forecast) -> int:
    """Write fields and values; return the row below them."""
    stated: Mapping[str, Value] = {**facts_of(forecast), FIGURES: digest_of(forecast)}
    left = formats.of(align="left")
    for row, name in enumerate(FACTS, start=_FIRST_FACT):
        sheet.write_string(row, 0, name, formats.of(font_color=f"#{MUTED}"))
        value = stated[name]
        if name == MADE_ON:
            sheet.write_datetime(row, 1, forecast.made_on, formats.of(num_format=_DAY_FORMAT, align="left"))
        elif isinstance(value, Month):
            day = date(value.year, value.month, 1)
            sheet.write_datetime(row, 1, day, formats.of(num_format=MONTH_FORMAT, align="left"))
        elif isinstance(value, float):
            sheet.write_number(row, 1, value, left)
        elif value:
            sheet.write_string(row, 1, escape(str(value)), formats.of(align="left", quote_prefix=True))
    return _FIRST_FACT + len(FACTS)


def _write_months(sheet: "Worksheet", formats: Formats, forecast: Forecast, top: int) -> None:
    sheet.write_string(top, 0, MONTH, formats.header(RESULT))
    sheet.set_column(0, 0, 18)
    sheet.set_row(top, 48)
    for row, month in enumerate(forecast.months, start=top + 1):
        is_forecast = month > forecast.as_of
        looks = formats.of(num_format=MONTH_FORMAT, align="left", font_color=f"#{INK if is_forecast else MUTED}")
        sheet.write_datetime(row, 0, date(month.year, month.month, 1), looks)
    units = {line_title(name): COUNTRY_SERIES[name][1] for name in FORECAST_SERIES}
    unit = ""
    figures = figures_of(forecast)
    sheet.set_column(1, len(figures), _WIDTH)
    for column, (title, numbers) in enumerate(figures.items(), start=1):
        is_line = title in units
        unit = units.get(title, unit)
        rule: dict[str, object] = {"left": 1, "left_color": f"#{RULE}"} if is_line else {}
        sheet.write_string(top, column, title, formats.header(RESULT, align="right"))
        looks = formats.of(rule, num_format=unit_format(unit), bold=is_line)
        for row, number in enumerate(numbers.tolist(), start=top + 1):
            if math.isfinite(number):
                sheet.write_number(row, column, number, looks)
            elif rule:
                sheet.write_blank(row, column, None, looks)
    sheet.freeze_panes(top + 1, 1)
    set_up_print(sheet, pages_wide=3, header_row=top)
    sheet.repeat_columns(0)
