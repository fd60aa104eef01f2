"""The sheet Trace: one plant, all its lines and the actions that fall on it."""

from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.capacity_sheet import CAPTIONS
from aluplanner.workbook.living.case import Objects
from aluplanner.workbook.living.layout import CAPACITY_BLOCKS, FIRST, MARKET_BLOCKS, MONTHS_FROM, TRACE
from aluplanner.workbook.living.work import Work, month_page, padded_names

_MARKET: Final = {
    "pull": "Pull of last month's price", "restarted": "Restarted by the price, part of spare",
    "idled": "Idled by the price, part", "operating": "Operating", "production": "Production, kt",
}  # fmt: skip
_OPENING: Final = {"built": "built_0", "running": "operating_0", "operating": "operating_0", "spare": "idle_c"}
_NUMBER: Final = "$D$2"


def build_trace(work: Work) -> None:
    """Write the sheet for the plant that runs most."""
    page = month_page(work, TRACE, tr("Trace"), "", labels=(46, 22, 8))
    names = padded_names(work, "plants")
    place = first_choice(work)
    grid = page.grid
    grid.height(2, 20)
    grid.write(2, 1, tr("Plant: choose one here"), "bold")
    grid.write(2, 2, str(names[place]) if place >= 0 else None, "choice")
    layout = work.layout
    found = (
        f'=IF(TRIM(B2)="",0,SUMPRODUCT(({layout.plant("key").whole()}=LOWER(TRIM(B2)))*{layout.plant("no").whole()}))'
    )
    grid.formula(2, 4, found, float(place + 1), "whole")
    grid.formula(1, 2, "=Scenario", work.case.scenario, "bold")
    choices = {"validate": "list", "source": f"={layout.plant('name').whole()}", "error_type": "warning"}
    page.worksheet.data_validation("B2", choices)
    end = _write_lines(work, page, place)
    _write_actions(work, page, place, end + 2)
    page.worksheet.set_paper(8)
    page.worksheet.fit_to_pages(1, 1)
    page.worksheet.print_area(0, 0, end + 2 + layout.actions, MONTHS_FROM + layout.months - 2)


def _write_lines(work: Work, page: Page, place: int) -> int:
    """Write every line of Capacity and Market for the plant; return the row behind them."""
    layout, row = work.layout, FIRST
    for name in CAPACITY_BLOCKS:
        values = work.capacities.block(name)
        _write_line(work, page, row, (CAPTIONS[name]().partition(":")[0], name), layout.capacity(name), values[place])
        row += 1
    for name in MARKET_BLOCKS:
        values = getattr(work.capacities, name)
        _write_line(work, page, row, (tr(_MARKET[name]), name), layout.market(name), values[place])
        row += 1
    return row


def _write_line(work: Work, page: Page, row: int, labels: tuple[str, str], source: Area, values: Array) -> None:
    title, name = labels
    is_bold = name in ("built", "operating", "production")
    page.grid.write(row, 1, title, "r_title_bold" if is_bold else "r_title")
    page.grid.write_row(row, 2, (name, source.sheet), "r_field")
    look = "r_t/t" if name in ("starting", "pull", "idled") or title == tr(_MARKET["restarted"]) else "r_kt"
    area = Area(TRACE, row, MONTHS_FROM, 1, work.layout.months)
    shown = np.array(values, dtype=object) if _is_chosen(work) else np.full(len(values), "", dtype=object)
    page.grid.fill(area, f'=IF({_NUMBER}=0,"",INDEX({source.column()},{_NUMBER}))', shown[None, :], look)
    if name in _OPENING:
        column = work.layout.plant(_OPENING[name])
        opening = opening_values(work, _OPENING[name])
        value = float(opening[first_choice(work)]) if _is_chosen(work) else ""
        formula = f'=IF({_NUMBER}=0,"",INDEX({column.whole()},{_NUMBER}))'
        page.grid.formula(row, MONTHS_FROM - 1, formula, value, look)
    else:
        page.grid.write(row, MONTHS_FROM - 1, None, look)


def first_choice(work: Work) -> int:
    """Return the place of the plant shown at first, the smelter that runs most; -1 if there is no plant."""
    if not _is_chosen(work):
        return -1
    running = work.case.numbers("plants", "operating")
    return int(np.argmax(np.where(work.capacities.is_smelter > 0, running + 1.0, running / 1e9)))


def _is_chosen(work: Work) -> bool:
    return len(work.case.plan.plants) > 0


def opening_values(work: Work, name: str) -> Objects:
    """Return a column of Plants now that holds an opening figure."""
    from aluplanner.workbook.living.plants_now import derived_values

    return derived_values(work)[name]


def _write_actions(work: Work, page: Page, place: int, row: int) -> None:
    """Write what every action implements at the plant: its size times the plant's weight."""
    layout, grid = work.layout, page.grid
    grid.write(row, 1, tr("Implemented at this plant by each action, kt/y, before any limit"), "block")
    for column in range(2, MONTHS_FROM + layout.months):
        grid.write(row, column, None, "block_fill")
    grid.write(row, MONTHS_FROM - 1, tr("Weight"), "block_fill")
    top, count = row + 1, layout.actions
    numbers = Area(TRACE, top, 3, count, 1)
    grid.fill(numbers, f"=ROW()-{row}", np.arange(1.0, count + 1)[:, None], "field")
    number = numbers.at(fix="c")
    names, kinds = (layout.action(name).whole() for name in ("name", "kind"))
    grid.fill(
        Area(TRACE, top, 1, count, 1), f"=INDEX({names},{number})", padded_names(work, "actions")[:, None], "r_title"
    )
    kind = work.case.stated("actions", ("kind",))
    grid.fill(Area(TRACE, top, 2, count, 1), f"=INDEX({kinds},{number})", kind, "r_field")
    weights = Area(TRACE, top, MONTHS_FROM - 1, count, 1)
    weight = work.actions.weight[place] if place >= 0 else np.zeros(count)
    block = layout.reach("weight").whole()
    grid.fill(weights, f"=IF({_NUMBER}=0,0,INDEX({block},{_NUMBER},{number}))", weight[:, None], "fine")
    area = Area(TRACE, top, MONTHS_FROM, count, layout.months)
    month = Area(TRACE, 2, MONTHS_FROM, 1, 1).at(fix="r")
    formula = f"=IF({weights.at(fix='c')}=0,0,{weights.at(fix='c')}*INDEX(Implemented,{month},{number}))"
    grid.fill(area, formula, weight[:, None] * work.actions.implemented.T, "figure")
