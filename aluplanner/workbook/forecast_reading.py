"""A kept forecast read from its sheet, with everything that is wrong or doubtful in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

import numpy as np

from aluplanner.analysis.backtest_facts import FACTS as SCORED
from aluplanner.analysis.backtest_naive import Naive
from aluplanner.analysis.backtest_scores import PERCENTILES
from aluplanner.analysis.forecast import FORECAST_SERIES, Forecast
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, clean_text
from aluplanner.model.inputs import Array
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import Plan
from aluplanner.model.schema import Column, Type, Value, fold
from aluplanner.workbook import forecast_sheet as layout
from aluplanner.workbook.cells import read_cell
from aluplanner.workbook.sheet import Cell, Fault, SheetContents, column_letters

T = TypeVar("T")

_NUMBER: Final = Column("figure", "Figure", "", Type.NUMBER)
_MONTH: Final = Column("month", "Month", "", Type.MONTH)
_TEXT: Final = Column("text", "Text", "", Type.TEXT)
_NEEDED: Final = frozenset({layout.MADE_ON, layout.AS_OF, layout.SCENARIO, layout.FORMAT})


class ForecastReader:
    """Reads one sheet Forecast and collects what is wrong in it.

    Parameters
    ----------
    name
        The sheet's name, for saying where something is wrong.
    contents
        Its cells.
    """

    def __init__(self, name: str, contents: SheetContents) -> None:
        self._name = name
        self._rows = contents.rows
        self.issues: list[Issue] = []

    def read(self, plan: Plan, inputs: str) -> Forecast:
        """Return the forecast.

        Parameters
        ----------
        plan
            The plan in the same file.
        inputs
            What tells that plan's inputs from others.

        Raises
        ------
        PlanError
            With everything wrong in the sheet, each with its cell.
        """
        top = self._header_row()
        facts = self._facts(top)
        months, figures = self._months(top, has_fan=(cast("float | None", facts[layout.DRAWS]) or 0.0) > 0)
        if self.issues:
            raise PlanError(self.issues)
        forecast = _forecast(plan, facts, months, figures)
        return replace(forecast, doubts=tuple(self._doubts(forecast, inputs, facts[layout.FIGURES])))

    # Fields

    def _header_row(self) -> int:
        """Return the number of the row with the titles of the months, 0 if there is none."""
        for number, cells in self._rows:
            if _is(cells.get(1), layout.MONTH) and len(cells) > 1:
                return number
        self._report(
            f"{self._name}!A1",
            tr("The row of titles that begins with “{title}” is missing.", title=layout.MONTH),
        )
        return 0

    def _facts(self, top: int) -> dict[str, Value | date]:
        found: dict[str, tuple[int, Cell | None]] = {}
        for number, cells in self._rows:
            label = cells.get(1)
            if top and number >= top:
                break
            if isinstance(label, str):
                found.setdefault(fold(label), (number, cells.get(2)))
        return {name: self._fact(name, *found.get(fold(name), (0, None))) for name in layout.FACTS}

    def _fact(self, name: str, row: int, cell: Cell | None) -> Value | date:
        place = f"{self._name}!{'B' if row else 'A'}{row or 1}"
        if cell is None or cell == "":
            if name in _NEEDED:
                self._report(place, tr("The sheet does not say “{field}”.", field=name))
            return None
        if name == layout.MADE_ON:
            return self._day(place, cell)
        column = {layout.AS_OF: _MONTH, layout.RUN_UNTIL: _MONTH, layout.DRAWS: _NUMBER, layout.SEED: _NUMBER,
                  layout.FORMAT: _NUMBER}.get(name, _TEXT)  # fmt: skip
        value = self._value(place, column, cell)
        if name == layout.FORMAT and isinstance(value, float) and value != layout.VERSION:
            self._report(
                place,
                tr("The forecast was kept by another version of AluPlanner."),
                tr("Open it with that version."),
            )
        return value

    def _day(self, place: str, cell: Cell) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        try:
            return date.fromisoformat(cell.strip() if isinstance(cell, str) else "")
        except ValueError:
            self._report(place, tr("The day on which the forecast was made cannot be read."))
            return None

    def _value(self, place: str, column: Column, cell: Cell) -> Value:
        try:
            return read_cell(column, cell)
        except CellTextError as error:
            self._report(place, error.message)
            return None

    # Months

    def _months(self, top: int, *, has_fan: bool) -> tuple[tuple[Month, ...], dict[str, Array]]:
        if not top:
            return (), {}
        below = [(number, cells) for number, cells in self._rows if number > top and cells.get(1) not in (None, "")]
        months = [self._month(number, cells[1]) for number, cells in below]
        for (number, _), month, before in zip(below[1:], months[1:], months[:-1], strict=True):
            if month is not None and before is not None and month != before + 1:
                self._report(
                    f"{self._name}!A{number}", tr("{month} does not follow {before}.", month=month, before=before)
                )
        if not months:
            self._report(f"{self._name}!A{top + 1}", tr("There are no months."))
        columns = self._columns(top)
        figures = {
            title: self._figures(columns.get(fold(title), 0), title, top, below) for title in _titles(has_fan=has_fan)
        }
        return tuple(month for month in months if month is not None), figures

    def _month(self, number: int, cell: Cell) -> Month | None:
        value = self._value(f"{self._name}!A{number}", _MONTH, cell)
        return value if isinstance(value, Month) else None

    def _columns(self, top: int) -> dict[str, int]:
        cells = next(cells for number, cells in self._rows if number == top)
        return {fold(cell): column for column, cell in cells.items() if isinstance(cell, str)}

    def _figures(self, column: int, title: str, top: int, rows: Sequence[tuple[int, dict[int, Cell]]]) -> Array:
        if not column:
            self._report(f"{self._name}!A{top}", tr("The column “{title}” is missing.", title=title))
            return np.full(len(rows), np.nan)
        letters = column_letters(column)
        return np.array([self._figure(f"{self._name}!{letters}{number}", cells.get(column)) for number, cells in rows])

    def _figure(self, place: str, cell: Cell | None) -> float:
        value = None if cell is None else self._value(place, _NUMBER, cell)
        return float(value) if isinstance(value, float) else float("nan")

    # What is wrong or doubtful

    def _report(self, place: str, message: str, remedy: str = "") -> None:
        said = remedy or tr("Use the file as it was kept, or keep the forecast anew.")
        self.issues.append(Issue(Severity.ERROR, "forecast", message, said, place=place))

    def _doubts(self, forecast: Forecast, inputs: str, figures: object) -> Iterator[Issue]:
        place = f"{self._name}!A1"
        if figures != layout.digest_of(forecast):
            message = tr("Date, facts or figures of the forecast are not what was kept.")
            remedy = tr("Use the file as it was kept, or doubt its scores.")
            yield Issue(Severity.WARNING, "forecast-touched", message, remedy, place=place)
        if forecast.inputs != inputs:
            message = tr("The plan in this file is no longer the one that the forecast was made of.")
            remedy = tr("The forecast stands as it was said; only the sheets beside it have changed.")
            yield Issue(Severity.WARNING, "forecast-inputs", message, remedy, place=place)


def _is(cell: Cell | None, title: str) -> bool:
    return isinstance(cell, str) and not isinstance(cell, Fault) and fold(cell) == fold(title)


def _titles(*, has_fan: bool) -> Iterator[str]:
    for name in FORECAST_SERIES:
        yield layout.line_title(name)
        if has_fan:
            yield from (layout.band_title(name, percentile) for percentile in PERCENTILES)
        if name in SCORED:
            yield layout.naive_title(name)
            yield layout.no_change_title(name)


def _forecast(
    plan: Plan, facts: Mapping[str, Any], months: tuple[Month, ...], figures: Mapping[str, Array]
) -> Forecast:
    draws = int(facts[layout.DRAWS] or 0)
    return Forecast(
        title=plan.title,
        scenario=facts[layout.SCENARIO],
        as_of=facts[layout.AS_OF],
        known_until=facts[layout.RUN_UNTIL],
        draws=draws,
        seed=int(facts[layout.SEED] or 0),
        made_on=facts[layout.MADE_ON],
        made_by=clean_text(facts[layout.MADE_BY] or ""),
        inputs=facts[layout.INPUTS] or "",
        months=months,
        lines={name: figures[layout.line_title(name)] for name in FORECAST_SERIES},
        fans={
            name: np.array([figures[layout.band_title(name, percentile)] for percentile in PERCENTILES])
            for name in (FORECAST_SERIES if draws > 0 else ())
        },
        naive=Naive(
            {name: figures[layout.naive_title(name)] for name in SCORED},
            {name: figures[layout.no_change_title(name)] for name in SCORED},
        ),
        plan=plan,
    )
