"""The sheet Demand now: consumption by sector and month (section 6 of the model page)."""

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.case import Case
from aluplanner.workbook.living.layout import CODES, DEMAND_NOW, PER_ROW, PER_TABLE
from aluplanner.workbook.living.work import Work, month_page, padded_names, seen, write_caption


def build_demand(work: Work) -> None:
    """Write the blocks: as stated, growth, factors, consumption."""
    note = tr("What each sector uses. In the first three blocks the columns are years, below them months.")
    page = month_page(work, DEMAND_NOW, tr("Demand now"), note)
    layout = work.layout
    years = layout.years_row
    page.grid.write_row(years.top, 1, (tr("Sector"), tr("Cell"), None, tr("Base year")), "header")
    page.grid.write_row(years.top, years.left, [float(year) for year in layout.years], "header_right")
    _write_stated(work, page)
    _write_factors(work, page)
    _write_months(work, page)


def _write_names(work: Work, page: Page, area: Area) -> None:
    names = Area(DEMAND_NOW, area.top, 1, area.rows, 1)
    source = f"=TRIM({work.layout.stated('demand', 'sector').at(fix='c')})"
    page.grid.fill(names, source, padded_names(work, "demand")[:, None], "name")


def _write_stated(work: Work, page: Page) -> None:
    layout = work.layout
    area = layout.sector_stated
    write_caption(page, area, tr("As the chosen scenario sees it: consumption in the base year, kt, and growth"))
    _write_names(work, page, area)
    codes = Area(DEMAND_NOW, area.top, 2, area.rows, 1)
    base = CODES["demand"] * PER_TABLE
    numbers = base + PER_ROW * np.arange(1.0, area.rows + 1)
    page.grid.fill(codes, f"={base}+(ROW()-{area.top - 1})*{PER_ROW}", numbers[:, None], "field")
    columns = ("consumption", *(f"growth {year}" for year in layout.years))
    values = work.case.stated("demand", columns)
    for place, name in enumerate(columns):
        source = layout.stated("demand", name).at(fix="c")
        formula = seen(f"{codes.at(fix='c')}+{layout.number('demand', name)}", source)
        look = "any" if name == "consumption" else "share"
        page.grid.fill(area.part_column(place), formula, values[:, [place]], look)


def _write_factors(work: Work, page: Page) -> None:
    layout, case = work.layout, work.case
    rates, factors = layout.sector_years("rate"), layout.sector_years("factor")
    rate_values, factor_values = growth_values(case)
    year = layout.years_row.at(fix="r")
    stated = Area(DEMAND_NOW, layout.sector_stated.top, rates.left, rates.rows, rates.columns).at()
    for area, caption, formula, values, opening in (
        (rates, tr("Growth used: a blank year takes the nearest earlier one"),
         f'=IF({year}<=Base_year,0,IF({stated}="",{rates.at(0, -1)},{stated}))', rate_values, 0.0),
        (factors, tr("Growth since the base year, as a factor"),
         f"=IF({year}<=Base_year,1,{factors.at(0, -1)}*(1+{rates.at()}))", factor_values, 1.0),
    ):  # fmt: skip
        write_caption(page, area, caption)
        _write_names(work, page, area)
        for row in range(area.rows):
            page.grid.write(area.top + row, area.left - 1, opening, "fine")
        page.grid.fill(area, formula, values, "share" if area is rates else "fine")


def growth_values(case: Case) -> tuple[Array, Array]:
    """Return the rate and the factor of every sector and year, shape ``(sectors, years)``."""
    years, sectors = case.layout.years, case.layout.count("demand")
    rates, factors = np.zeros((sectors, len(years))), np.ones((sectors, len(years)))
    rate, factor = np.zeros(sectors), np.ones(sectors)
    for place, year in enumerate(years):
        if year <= case.horizon.base_year:
            rate, factor = np.zeros(sectors), np.ones(sectors)
        else:
            stated = case.numbers("demand", f"growth {year}", np.nan, np.nan)
            rate = np.where(np.isnan(stated), rate, stated)
            factor = factor * (1.0 + rate)
        rates[:, place], factors[:, place] = rate, factor
    return rates, factors


def _write_months(work: Work, page: Page) -> None:
    layout, case = work.layout, work.case
    reference, used = layout.sector("at_reference"), layout.sector("consumption")
    stated = layout.sector_stated.at(fix="c")
    factors, years = layout.sector_years("factor").row(), layout.years_row.row(fix="cr")
    year, weight = layout.month("year").at(fix="r"), layout.month("weight").at(fix="r")
    factor = f"IF({year}<=Base_year,1,INDEX({factors},MATCH({year},{years},1)))"
    run = case.balance.run
    at_reference = np.zeros((layout.count("demand"), layout.months))
    at_reference[: run.sectors.shape[2]] = run.sectors[0].T
    price = layout.step("price_factor").at(fix="r")
    for area, caption, formula, values in (
        (reference, tr("Consumption at the reference price, kt"), f"=N({stated})*{factor}*{weight}/12", at_reference),
        (used, tr("Consumption with the price factor, kt, before the stated change"), f"={reference.at()}*{price}",
         at_reference * run.reported("price_factor")[0]),
    ):  # fmt: skip
        write_caption(page, area, caption)
        _write_names(work, page, area)
        page.grid.fill(area, formula, values, "figure")
