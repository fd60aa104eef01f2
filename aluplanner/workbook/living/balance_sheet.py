"""The sheet Balance: the country's series by month (section 10 of the model page)."""

from collections.abc import Callable
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.workbook.living.layout import BALANCE, FIRST, MONTHS_FROM
from aluplanner.workbook.living.work import Work, write_dates

_BOLD: Final = ("balance", "stock", "price", "operating", "production", "consumption")


def build_balance(work: Work) -> None:
    """Write a line a series: title, field name, unit, opening, months; nothing stands right of the months."""
    page, layout, case = work.book[BALANCE], work.layout, work.case
    grid = page.grid
    grid.write(1, 1, tr("Balance"), "title")
    grid.height(1, 24)
    grid.formula(1, 2, "=Scenario", case.scenario, "bold")
    grid.write(2, 1, tr("The country by month, worked out by the sheets behind"), "subtitle")
    write_dates(work, page)
    grid.write_row(3, 1, (tr("Series"), tr("Name"), tr("Unit")), "header")
    grid.height(4, 4)
    formulas, openings = _formulas(work), _openings(work)
    for name, (_, unit) in COUNTRY_SERIES.items():
        area = layout.line(name)
        look = f"r_{unit}"
        grid.height(area.top, 17)
        grid.write(area.top, 1, case.balance.title(name), "r_title_bold" if name in _BOLD else "r_title")
        grid.write(area.top, 2, name, "r_field")
        grid.write(area.top, 3, unit, "r_field")
        if name in openings:
            grid.formula(area.top, MONTHS_FROM - 1, openings[name], case.balance.opening(name), look)
        else:
            grid.write(area.top, MONTHS_FROM - 1, 0.0 if name == "unseen_stock" else None, look)
        values = np.array(case.series(name))
        grid.fill(area, formulas[name], values[None, :], "r_balance" if name == "balance" else look)
    _set_up(work)


def _set_up(work: Work) -> None:
    sheet, months = work.book[BALANCE].worksheet, work.layout.months
    for column, width in enumerate((30, 18, 8, 9)):
        sheet.set_column(column, column, width)
    sheet.set_column(MONTHS_FROM - 1, MONTHS_FROM + months - 2, 9.5)
    sheet.freeze_panes(3, MONTHS_FROM - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, FIRST + len(COUNTRY_SERIES) - 2, MONTHS_FROM + months - 2)
    sheet.set_footer("&L&8&F · &A&R&8&P / &N")
    sheet.hide_gridlines(2)


def _openings(work: Work) -> dict[str, str]:
    layout = work.layout

    def total(column: str) -> str:
        return f"=SUMPRODUCT(Is_smelter,{layout.plant(column).whole()})"

    built, operating = (layout.line(name).at(0, -1) for name in ("built", "operating"))
    return {
        "built": total("built_0"),
        "operating": total("operating_0"),
        "idle": f"={built}-{operating}",
        "under_construction": total("building"),
        "stock": "=a_opening_stock",
        "price": "=a_opening_price",
        "credibility": "=a_opening_credibility",
        "alumina_stock": "=a_alumina_opening_stock",
    }


def _formulas(work: Work) -> dict[str, str]:
    return {**_capacity(work), **_policy(work), **_market(work), **_alumina(work)}


def _capacity(work: Work) -> dict[str, str]:
    layout = work.layout
    block: Callable[[str], str] = lambda name: layout.capacity(name).column()  # noqa: E731
    line: Callable[[str], str] = lambda name: layout.line(name).at()  # noqa: E731
    market = {name: layout.market(name).column() for name in ("operating", "restarted")}
    building = layout.plant("building").whole()

    def total(*names: str) -> str:
        return "=" + "+".join(f"SUMPRODUCT(Is_smelter,{block(name)})" for name in names)

    return {
        "built": total("built"),
        "operating": f"=SUMPRODUCT(Is_smelter,{market['operating']})",
        "idle": f"={line('built')}-{line('operating')}",
        "under_construction": f"=SUMPRODUCT(Is_smelter,{building})-SUMPRODUCT(Is_smelter,{block('pipeline')})",
        "commissioned": total("pipeline", "commissioned"),
        "closed": total("closed"),
        "closed_running": total("closed_running"),
        "curtailed": total("curtailed", "cut"),
        "restarted": f"{total('restarted')}+SUMPRODUCT(Is_smelter,{block('spare')},{market['restarted']})",
        "halted": total("halted"),
    }


def _policy(work: Work) -> dict[str, str]:
    layout = work.layout
    month = layout.number_of_month.at(fix="r")
    line: Callable[[str], str] = lambda name: layout.line(name).at()  # noqa: E731
    step: Callable[[str], str] = lambda name: layout.step(name).at()  # noqa: E731
    belief = layout.line("credibility").at(0, -1)

    def watched(block: str) -> str:
        return f"SUMPRODUCT(Is_watched,INDEX({block},{month},0))"

    return {
        "due": f"={watched('Due_M')}",
        "implemented": f"={watched('Implemented')}",
        "landed": f"={watched('Landed')}",
        "overhang": f"=MIN(Opening_total,{watched('Open_orders')})",
        "credibility": f"={belief}+{step('learning_speed')}*({step('landed_part')}-{belief})",
        "premium": f"=IF(Opening_total=0,0,a_premium_strength*{line('credibility')}*{line('overhang')}/Opening_total)",
    }


def _market(work: Work) -> dict[str, str]:
    layout = work.layout
    line: Callable[[str], str] = lambda name: layout.line(name).at()  # noqa: E731
    before: Callable[[str], str] = lambda name: layout.line(name).at(0, -1)  # noqa: E731
    step: Callable[[str], str] = lambda name: layout.step(name).at()  # noqa: E731
    month: Callable[[str], str] = lambda name: layout.month(name).at()  # noqa: E731
    made, stock, price = (month(f"known_{name}") for name in ("production", "stock", "price"))
    days = line("stock_days")
    return {
        "production": f'=IF(AND({made}<>"",{step("modelled")}>0),{made},{step("modelled")})',
        "net_imports": f"=N({month('net_imports')})",
        "reserve_release": f"=N({month('reserve_release')})",
        "supply": f"={line('production')}+{line('net_imports')}+{line('reserve_release')}",
        "consumption": f"=MAX(0,{step('wanted')})",
        "balance": f"={line('supply')}-{line('consumption')}",
        "stock": f'=IF({stock}<>"",{stock},MAX(0,{step("raw_stock")}))',
        "unseen_stock": f"={before('unseen_stock')}+(1-a_visible_share)*{line('balance')}",
        "stock_days": f'=IF({step("use_per_day")}=0,"",{line("stock")}/{step("use_per_day")})',
        "shortfall": f'=IF({stock}<>"",0,MAX(0,-{step("raw_stock")}))',
        "residual": f'=IF({stock}<>"",{stock}-{step("raw_stock")},0)',
        "price": f'=IF({price}<>"",{price},IF({days}="",{before("price")},'
        f"{before('price')}+a_price_adjustment*({step('target_price')}-{before('price')})))",
        "electricity": f"=a_power_per_t*{line('production')}/1000",
        "co2": f"=a_co2_per_t*{line('production')}",
    }


def _alumina(work: Work) -> dict[str, str]:
    layout = work.layout
    line: Callable[[str], str] = lambda name: layout.line(name).at()  # noqa: E731
    step: Callable[[str], str] = lambda name: layout.step(name).at()  # noqa: E731
    imports = f"N({layout.month('alumina_net_imports').at()})"
    made = line("alumina_production")
    return {
        "alumina_requirement": f"=a_alumina_per_t*{line('production')}",
        "alumina_production": f'=IF(Refineries=0,"",MIN({step("most")},MAX({step("least")},'
        f"{line('alumina_requirement')}-{imports})))",
        "alumina_stock": f'=IF(Refineries=0,"",MAX(0,{step("alumina_raw")}))',
        "alumina_shortfall": f'=IF(Refineries=0,"",MAX(0,-{step("alumina_raw")}))',
        "bauxite_cover": f'=IF(Refineries=0,"",IF({made}=0,"",{step("bauxite_capacity")}/{made}))',
    }
