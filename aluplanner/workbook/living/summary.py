"""The sheet Summary: the scenario, the half-years, the checks and four charts."""

from math import isnan
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.balance import BALANCED, SHORTAGE, SLIGHT_SHORTAGE, SLIGHT_SURPLUS, SURPLUS
from aluplanner.model.calendar import Period
from aluplanner.model.scenarios import BASE
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.case import Case, Objects
from aluplanner.workbook.living.charts import draw_charts
from aluplanner.workbook.living.checks import check_lines, verdicts
from aluplanner.workbook.living.layout import SPARE, SPARE_OVERRIDES, SUMMARY
from aluplanner.workbook.living.months_now import half_year
from aluplanner.workbook.living.work import Work
from aluplanner.workbook.results_looks import STATE_LOOKS

_TOP: Final = 6
_ID: Final = 10


def build_summary(work: Work) -> None:
    """Write the sheet; its second row holds the scenario."""
    page = work.book[SUMMARY]
    grid, sheet, case = page.grid, page.worksheet, work.case
    grid.write(1, 1, case.plan.title or tr("Aluminium balance"), "title")
    grid.height(1, 26)
    grid.write(2, 1, tr("Scenario: choose one here"), "bold")
    grid.write(2, 2, case.scenario, "choice")
    grid.height(2, 22)
    sheet.merge_range(1, 1, 1, 3, "")
    for column in (3, 4):
        grid.write(2, column, None, "choice")
    choices = Area("Layers", work.layout.layer("name").top, 2, work.layout.count("scenarios"), 1)
    _write_choices(work, choices)
    all_well, look = tr("All checks pass"), tr("Look at the sheet Check")
    found = f'=IF(COUNTIF({verdicts(work).whole()},"{tr("Look")}")=0,"{all_well}","{look}")'
    is_well = all(line.value <= line.allowed or line.is_note for line in check_lines(work))
    grid.formula(2, 6, found, all_well if is_well else look, "r_state")
    grid.write(3, 1, _how_to(), "subtitle")
    grid.write(4, 1, _limits(), "subtitle")
    _write_half_years(work)
    for column, width in enumerate((26, 14, 16, 14, 13, 15, 13, 13, 15, 9)):
        sheet.set_column(column, column, width)
    rows = count_of_halves(work)
    draw_charts(work, sheet, _TOP + rows + 1)
    _set_up(work, rows)


def _write_choices(work: Work, names: Area) -> None:
    """Offer the base and every scenario, spare rows too: a list of their own at the right end."""
    grid, sheet = work.book[SUMMARY].grid, work.book[SUMMARY].worksheet
    grid.write(_TOP - 1, _ID + 2, tr("Scenarios"), "field")
    grid.write(_TOP, _ID + 2, BASE, "field")
    area = Area(SUMMARY, _TOP + 1, _ID + 2, names.rows, 1)
    texts = np.array([*work.layout.scenario_names[1:], *[""] * SPARE], dtype=object)
    grid.fill(area, f"={names.at()}", texts[:, None], "field")
    source = f"={Area(SUMMARY, _TOP, _ID + 2, names.rows + 1, 1).whole().partition('!')[2]}"
    sheet.data_validation("B2", {"validate": "list", "source": source, "error_type": "warning"})
    work.book.name("Scenario", Area(SUMMARY, 2, 2, 1, 1))


def _how_to() -> str:
    return tr("Change the orange sheets: everything here follows. Opened in AluPlanner, this file is the same plan.")


def _limits() -> str:
    return tr(
        "{spare} spare rows in each input sheet, {overrides} in Overrides: fill those in, insert none. See Check.",
        spare=SPARE,
        overrides=SPARE_OVERRIDES,
    )


def count_of_halves(work: Work) -> int:
    """Return how many half-years the horizon can touch."""
    return (work.layout.months + 10) // 6


def _write_half_years(work: Work) -> None:
    grid, rows = work.book[SUMMARY].grid, count_of_halves(work)
    titles = (
        tr("Half-year"), tr("Balance, kt"), tr("Market"), tr("Consumption, kt"), tr("Production, kt"),
        tr("Stock at the end, kt"), tr("Stock days"), tr("Mean price, RMB/t"), tr("Operating at the end, kt/y"),
    )  # fmt: skip
    grid.write_row(_TOP - 1, 1, titles[:1], "header")
    grid.write_row(_TOP - 1, 2, titles[1:], "header_right")
    grid.height(_TOP - 1, 32)
    grid.write(_TOP - 1, _ID, "id", "field")
    values = half_values(work.case, rows)
    for place, (formula, look) in enumerate(_formulas(work)):
        grid.fill(Area(SUMMARY, _TOP, place + 1, rows, 1), formula, values[:, [place]], look)
    halves = work.layout.month("half")
    ids = Area(SUMMARY, _TOP, _ID, rows, 1)
    first, last = halves.at(0, 0, "cr"), halves.at(0, halves.columns - 1, "cr")
    before = ids.at(0, 0)
    numbers = np.array(_ids(work.case, rows), dtype=object)[:, None]
    grid.fill(Area(SUMMARY, _TOP, _ID, 1, 1), f"={first}", numbers[:1], "field")
    if rows > 1:
        following = f'=IF({before}="","",IF({before}>={last},"",IF(MOD({before},10)=1,{before}+1,{before}+9)))'
        grid.fill(Area(SUMMARY, _TOP + 1, _ID, rows - 1, 1), following, numbers[1:], "field")


def _formulas(work: Work) -> tuple[tuple[str, str], ...]:
    layout = work.layout
    number = Area(SUMMARY, _TOP, _ID, 1, 1).at(fix="c")
    halves = layout.month("half").whole()

    def total(name: str) -> str:
        return f"SUMIF({halves},{number},{layout.line(name).whole()})"

    def last(name: str) -> str:
        return f"INDEX({layout.line(name).whole()},MATCH({number},{halves},1))"

    used = Area(SUMMARY, _TOP, 4, 1, 1).at(fix="c")
    share = f"IF({used}=0,0,{Area(SUMMARY, _TOP, 2, 1, 1).at(fix='c')}/{used})"
    band = "a_balance_band"
    state = (
        f'IF(ABS({share})<={band},"{tr(BALANCED)}",IF({share}>0,IF({share}>3*{band},"{tr(SURPLUS)}","{tr(SLIGHT_SURPLUS)}"),'
        f'IF({share}<-3*{band},"{tr(SHORTAGE)}","{tr(SLIGHT_SHORTAGE)}")))'
    )
    label = f'INT({number}/10)&"H"&MOD({number},10)&IF(COUNTIF({halves},{number})<6,"{_part()}","")'
    cells = (
        (label, "r_title_bold"), (total("balance"), "r_balance"), (state, "r_state"), (total("consumption"), "r_kt"),
        (total("production"), "r_kt"), (last("stock"), "r_kt"), (last("stock_days"), "r_days"),
        (f"{total('price')}/COUNTIF({halves},{number})", "r_RMB/t"), (last("operating"), "r_kt/y"),
    )  # fmt: skip
    return tuple((f'=IF({number}="","",{cell})', look) for cell, look in cells)


def _part() -> str:
    return f" {tr('(part)')}"


def _ids(case: Case, rows: int) -> list[float | str]:
    halves = list(dict.fromkeys(float(half_year(month)) for month in case.horizon))
    return [*halves, *[""] * (rows - len(halves))]


def half_values(case: Case, rows: int) -> Objects:
    """Return the table of half-years, a row each; rows that the horizon does not reach are blank."""
    cells = np.full((rows, 9), "", dtype=object)
    for row, number in enumerate(number for number in _ids(case, rows) if number != ""):
        period = Period.parse(f"{int(number) // 10}H{int(number) % 10}", case.horizon)
        found = case.balance.period(period)
        months = period.inside(case.horizon)
        days = float(case.series("stock_days")[months[-1]])
        cells[row] = (
            period.label + (_part() if found.is_part else ""), found.balance, tr(found.state), found.consumption,
            float(case.series("production")[months].sum()), float(case.series("stock")[months[-1]]),
            "" if isnan(days) else days, float(case.series("price")[months].mean()),
            float(case.series("operating")[months[-1]]),
        )  # fmt: skip
    return cells


def _set_up(work: Work, rows: int) -> None:
    sheet = work.book[SUMMARY].worksheet
    for state, (ink, ground) in STATE_LOOKS.items():
        shade = work.book.writer.add_format({"font_color": f"#{ink}", "bg_color": f"#{ground}"})
        rule = {"type": "cell", "criteria": "==", "value": f'"{tr(state)}"', "format": shade}
        sheet.conditional_format(_TOP - 1, 2, _TOP + rows - 2, 2, rule)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, _TOP + rows + 33, 8)
    sheet.set_footer("&L&8&F · &A&R&8&P / &N")
