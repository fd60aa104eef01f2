"""The sheet Summary: market state and figures by half-year and year, the scenarios side by side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Period
from aluplanner.model.cell_text import clean_text
from aluplanner.model.plan import Plan
from aluplanner.workbook.looks import INK, MUTED, PALE, RESULT, RULE, Formats, set_up_print
from aluplanner.workbook.results_looks import BASE, MOST_LINES, STATE_LOOKS, unit_format

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Figure: TypeAlias = Callable[[Balance, Period], float | str | None]

HEADER_ROW: Final = 4
"""Row of the headers, counted from 0; the plan's title and facts stand above it."""
FIRST_SCENARIO: Final = 3
"""Column of the first scenario, counted from 0."""

_WIDTHS: Final = (30, 8, 14)
_SCENARIO_WIDTH: Final = 15
_SCENARIOS_A_PAGE: Final = 12
_LONGEST_TITLE: Final = 255
# what would read +0.0 or -0.0 has no sign
_SIGNED: Final = "[>=0.05]+#,##0.0;[<=-0.05]-#,##0.0;0.0"


@dataclass(frozen=True, slots=True)
class _Line:
    """One group of rows: title, unit, number format and what is shown of a period."""

    title: str
    unit: str
    code: str
    figure: Figure


def add_summary_sheet(
    book: "Workbook", name: str, plan: Plan, balances: Mapping[str, Balance], note: str = ""
) -> "tuple[Worksheet, int]":
    """Add the summary of all scenarios to a workbook in the making; return the sheet and the row below it."""
    sheet = book.add_worksheet(name)
    formats = Formats(book)
    sheet.set_tab_color(f"#{RESULT}")
    sheet.hide_gridlines(2)
    add_title_block(sheet, formats, plan, _notes(balances, note))
    _add_header(sheet, formats, balances)
    row = HEADER_ROW + 1
    periods = _periods(balances.values())
    for line in _lines(balances):
        for place, (label, period) in enumerate(periods.items()):
            _add_row(sheet, formats, row, line, (label, period), balances, (place == 0, place == len(periods) - 1))
            row += 1
    sheet.freeze_panes(HEADER_ROW + 1, FIRST_SCENARIO)
    sheet.autofilter(HEADER_ROW, 0, row - 1, FIRST_SCENARIO - 1)
    sheet.ignore_errors({"number_stored_as_text": f"C1:C{row}"})  # years are labels here
    set_up_print(sheet, header_row=HEADER_ROW)
    sheet.repeat_columns(0, FIRST_SCENARIO - 1)
    sheet.fit_to_pages(-(-len(balances) // _SCENARIOS_A_PAGE), 1)
    return sheet, row


def add_title_block(sheet: "Worksheet", formats: Formats, plan: Plan, notes: Iterable[str]) -> None:
    """Write the plan's title, what it covers, and how the sheet was made."""
    sheet.write_string(
        0, 0, clean_text(plan.title)[:_LONGEST_TITLE] or tr("Aluminium balance"), formats.of(bold=True, font_size=16)
    )
    sheet.write_string(1, 0, _facts(plan), formats.of(font_color=INK))
    sheet.write_string(2, 0, " ".join(notes), formats.of(font_color=MUTED, italic=True))
    sheet.set_row(0, 24)
    sheet.set_row(3, 6)


def _facts(plan: Plan) -> str:
    """Return what the plan covers, nothing of which depends on the day it was written."""
    horizon = plan.horizon
    counts = tr(
        "{plants} plants, {actions} actions, {scenarios} scenarios",
        plants=len(plan.plants), actions=len(plan.actions), scenarios=len(plan.scenario_names),
    )  # fmt: skip
    if horizon is None:
        return counts
    months = tr("{count} months, {first} to {last}", count=len(horizon), first=horizon.first, last=horizon.last)
    return " · ".join((months, tr("demand stated for {year}", year=horizon.base_year), counts))


def made_by() -> str:
    """Return how the sheets of results came to be."""
    return tr("Worked out by AluPlanner from the plan's sheets and written anew on saving: change those, not this one.")


def _notes(balances: Mapping[str, Balance], note: str) -> list[str]:
    notes = [made_by()]
    if len(balances) > MOST_LINES:
        shown, count = MOST_LINES - 1, len(balances) - (BASE in balances)
        text = tr(
            "Months and charts show the base and the first {shown} of {count} scenarios.", shown=shown, count=count
        )
        notes.append(text)
    return [*notes, clean_text(note)] if note else notes


def _add_header(sheet: "Worksheet", formats: Formats, balances: Mapping[str, Balance]) -> None:
    for column, (title, width) in enumerate(zip((tr("Figure"), tr("Unit"), tr("Period")), _WIDTHS, strict=True)):
        sheet.write_string(HEADER_ROW, column, title, formats.header(RESULT))
        sheet.set_column(column, column, width)
    header = formats.header(RESULT, align="right", indent=1)
    for column, scenario in enumerate(balances, start=FIRST_SCENARIO):
        sheet.write_string(HEADER_ROW, column, clean_text(scenario), header)
    sheet.set_column(FIRST_SCENARIO, FIRST_SCENARIO + len(balances) - 1, _SCENARIO_WIDTH)
    sheet.set_row(HEADER_ROW, 48)


def _lines(balances: Mapping[str, Balance]) -> list[_Line]:
    base = balances.get(BASE)
    lines = [
        _Line(tr("Market state"), "", "", lambda balance, period: balance.period(period).state),
        _plain(tr("Balance"), "kt", lambda balance, period: balance.period(period).balance, _SIGNED),
    ]
    if base is not None and len(balances) > 1:
        lines.append(_plain(tr("Balance, difference to base"), "kt", _difference_to(base), _SIGNED))
    return [
        *lines,
        _plain(tr("Closing stock"), "kt", lambda balance, period: _last(balance, "stock", period)),
        _plain(tr("Stock days at the end"), "days", lambda balance, period: _last(balance, "stock_days", period)),
        _plain(tr("Mean price"), "RMB/t", lambda balance, period: _reduced(balance, "price", period, np.mean)),
        _plain(tr("Production"), "kt", lambda balance, period: _reduced(balance, "production", period, np.sum)),
        _plain(tr("Apparent consumption"), "kt", lambda balance, period: balance.period(period).consumption),
        _plain(
            tr("Operating capacity at the end"), "kt/y", lambda balance, period: _last(balance, "operating", period)
        ),
    ]


def _plain(title: str, unit: str, figure: Figure, code: str = "") -> _Line:
    return _Line(title, unit, code or unit_format(unit), figure)


def _difference_to(base: Balance) -> Figure:
    def difference(balance: Balance, period: Period) -> float | None:
        return None if balance is base else balance.period(period).balance - base.period(period).balance

    return difference


def _last(balance: Balance, series: str, period: Period) -> float | None:
    value = float(balance.series(series)[period.inside(balance.horizon)[-1]])
    return value if np.isfinite(value) else None


def _reduced(balance: Balance, series: str, period: Period, reduce: Callable[[np.ndarray], np.float64]) -> float | None:
    months = balance.series(series)[period.inside(balance.horizon)]
    stated = months[np.isfinite(months)]
    return float(reduce(stated)) if len(stated) else None


def _periods(balances: Iterable[Balance]) -> dict[str, Period]:
    """Return half-years, each year after its own, by the text shown; one that the horizon cuts off says so."""
    found: dict[str, Period] = {}
    for balance in balances:
        for label, period in balance.periods.items():
            if "Q" not in label:
                found.setdefault(f"{label} {tr('(part)')}" if period.is_part else label, period.period)
    # where years and half-years end together, the year comes last
    return dict(sorted(found.items(), key=lambda item: (item[1].end, item[1].length)))


def _add_row(
    sheet: "Worksheet", formats: Formats, row: int, line: _Line, period: tuple[str, Period],
    balances: Mapping[str, Balance], place: tuple[bool, bool],
) -> None:  # fmt: skip
    """Write one figure of one period; ``place`` says whether it is the first and the last row of its figure."""
    is_first, is_last = place
    looks: dict[str, object] = {"bottom": 1, "bottom_color": RULE} if is_last else {}
    if period[1].length > 6:
        looks["bold"] = True
    label, title = looks | {"font_color": INK}, {**looks, "bold": is_first, "font_color": INK if is_first else MUTED}
    sheet.write_string(row, 0, line.title, formats.of(title))
    sheet.write_string(row, 1, tr(line.unit) if line.unit else "", formats.of(looks, bold=False, font_color=MUTED))
    sheet.write_string(row, 2, period[0], formats.of(label))
    for column, (scenario, balance) in enumerate(balances.items(), start=FIRST_SCENARIO):
        value = line.figure(balance, period[1]) if period[1].inside(balance.horizon) else None
        if isinstance(value, str):
            ink, ground = STATE_LOOKS[value]
            state = formats.of(looks, font_color=ink, bg_color=ground, align="right", indent=1)
            sheet.write_string(row, column, tr(value), state)
            continue
        ground_looks = {"bg_color": PALE} if scenario == BASE else {}
        number = formats.of(looks, num_format=line.code, align="right", indent=1, **ground_looks)
        if value is None:
            sheet.write_blank(row, column, None, number)
        else:
            sheet.write_number(row, column, value, number)
