"""The sheet Market: the market's own response, and what each plant runs and makes (sections 4, 5 and 8).

LibreOffice calculates a hundred and more equal formulas below one another in several threads. Where these depend on
last month's prices, and prices on them, it then takes the chain of months for a circle (Err:522, seen in 7.4). So runs
of rows take turns with the same formula put another way.
"""

from aluplanner.i18n import tr
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.layout import MARKET
from aluplanner.workbook.living.work import Work, month_page, write_caption, write_plants


def build_market(work: Work) -> None:
    """Write the blocks, plants down and months across."""
    layout, capacities = work.layout, work.capacities
    note = tr("How plants answer last month's price, and what they run (kt/y) and make (kt).")
    page = month_page(work, MARKET, tr("Market"), note)
    at = {name: layout.market(name).at() for name in ("pull", "restarted", "idled", "operating")}
    before = {name: layout.market(name).at(0, -1) for name in ("restarted", "idled", "operating")}
    of = {name: layout.plant(name).at(fix="c") for name in ("cost", "is_smelter", "operating_0")}
    built, left, spare = (layout.capacity(name).at() for name in ("built", "before_market", "spare"))
    price = layout.line("price").at(0, -1, "r")
    responds, part = (layout.month(name).at(fix="r") for name in ("responds", "year_part"))
    factor = layout.step("output_factor").at(fix="r")
    margin = f"({price}-{of['cost']})/a_response_margin"
    back = f"{before['restarted']}+a_restart_speed*{at['pull']}"
    away = f"{before['idled']}-a_idling_speed*{at['pull']}"
    is_still = f'OR({responds}=0,{of["cost"]}="",{of["is_smelter"]}=0)'
    left_running = f"({left}+{spare}*{at['restarted']})*(1-{at['idled']})"
    works = f"a_load_factor*(1-a_disruption)*{part}*0.5"
    runs = f"({before['operating']}+{at['operating']})*{factor}"
    blocks = {
        "pull": (
            tr("Pull of last month's price, -1 to 1"), "fine", capacities.pull,
            f"=IF({is_still},0,MAX(-1,MIN(1,{margin})))", f"=IF({is_still},0,MIN(1,MAX(-1,{margin})))",
        ),
        "restarted": (
            tr("Restarted by the price: part of the spare capacity"), "fine", capacities.restarted,
            f"=MAX(0,MIN(1,{back}))", f"=MIN(1,MAX(0,{back}))",
        ),
        "idled": (
            tr("Idled by the price: part of what runs"), "fine", capacities.idled,
            f"=MAX(0,MIN(1,{away}))", f"=MIN(1,MAX(0,{away}))",
        ),
        "operating": (
            tr("Operating at the end of the month, kt/y"), "figure", capacities.operating,
            f"=MIN({built},{left_running})", f"=MIN({left_running},{built})",
        ),
        "production": (
            tr("Production, kt"), "figure", capacities.production,
            f"=IF({of['is_smelter']}=0,0,{works}*{runs})", f"=IF({of['is_smelter']}=0,0,{runs}*{works})",
        ),
    }  # fmt: skip
    for name, (caption, look, values, formula, other) in blocks.items():
        area = layout.market(name)
        write_caption(page, area, caption)
        write_plants(work, page, area)
        page.grid.fill(area, formula, values, look, other=other)
    operating = layout.market("operating")
    opening = Area(MARKET, operating.top, operating.left - 1, operating.rows, 1)
    page.grid.fill(opening, f"={of['operating_0']}", work.case.numbers("plants", "operating")[:, None], "figure")
