"""The sheet Phases: what is in force of each action by month (sections 3, 4 and 8 of the model page)."""

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.layout import PHASES, WARM_BLOCKS, WARM_UP
from aluplanner.workbook.living.work import Work, action_page, month_days, write_caption


def build_phases(work: Work) -> None:
    """Write the blocks, months down and actions across."""
    layout = work.layout
    page = action_page(
        work, PHASES, tr("Phases"), tr("Months down, actions across: what is in force, and what is due of it.")
    )
    page.grid.write_row(3, 1, (tr("Month"), tr("Number"), "t"), "header")
    page.worksheet.set_column(0, 0, 12)
    for name in WARM_BLOCKS:
        _write_warm_up(work, page, name)
    for name, (caption, formula, values, look) in _blocks(work).items():
        area = layout.phase(name)
        above = 2 + (WARM_UP if name in WARM_BLOCKS else 1 if name == "effective" else 0)
        write_caption(page, area, caption, above)
        _write_months(work, page, area)
        page.grid.fill(area, formula, values, look)
    for name, block in (
        ("Rho_phi", "strength"), ("Implemented", "implemented"), ("Due_M", "due"), ("Landed", "landed"),
        ("Open_orders", "open"),
    ):  # fmt: skip
        work.book.name(name, layout.phase(block))


def _blocks(work: Work) -> dict[str, tuple[str, str, Array, str]]:
    layout, actions = work.layout, work.actions
    of = {name: layout.action(name).at(fix="r") for name in (
        "carried_out", "size", "repeats", "a", "e_0", "is_halt", "is_close", "is_share", "slot", "weight_sum",
        "out_sum",
    )}  # fmt: skip
    here = {name: layout.phase(name).at() for name in ("phi_0", "phi", "strength", "implemented", "due")}
    t = _cell(layout.phase("open"), 3)
    live = f"IF({of['repeats']}=1,IF(MOD({t}-{of['a']},12)<={of['e_0']}-{of['a']},1,0),IF({t}<={of['e_0']},1,0))"
    return {
        "phi_0": (tr("φ0: the part in force as announced"), _phi(work, "phi_0"),
                  actions.phi(delayed=False, warm_up=False), "fine"),
        "phi": (tr("φ: the part in force with its delay"), _phi(work, "phi"),
                actions.phi(delayed=True, warm_up=False), "fine"),
        "strength": (tr("ρφ: carried out, times the part in force"), f"={of['carried_out']}*{here['phi']}",
                     actions.strength, "fine"),
        "implemented": (tr("Implemented, kt/y"), f"={of['size']}*{here['strength']}", actions.implemented, "figure"),
        "due": (tr("Due, kt/y"), f"={of['size']}*{here['phi_0']}", actions.due, "figure"),
        "landed": (tr("Landed, kt/y: the smaller of implemented and due"), f"=MIN({here['implemented']},{here['due']})",
                   actions.landed, "figure"),
        "open": (tr("Open, kt/y: what a live order still promises"),
                 f"=IF({t}<{of['a']},0,MAX(0,{of['size']}-{here['implemented']})*{live})", actions.open, "figure"),
        "effective": (tr("Effective, kt/y: running capacity taken out or put in, as if alone"),
                      _effective(work, of), effective_values(work), "figure"),
    }  # fmt: skip


def _phi(work: Work, name: str) -> str:
    """Return the formula of the part in force; a yearly repeat looks twelve rows up."""
    area = work.layout.phase(name)
    suffix = "_0" if name == "phi_0" else ""
    t = _cell(area, 3)
    start, end, n, m, repeats = (
        work.layout.action(part).at(fix="r") for part in (f"s{suffix}", f"e{suffix}", "n", "m", "repeats")
    )
    once = f"MAX(0,MIN(1,({t}-{start}+1)/{n}))*(1-MAX(0,MIN(1,({t}-{end})/{m})))"
    return f"=MAX({once},{repeats}*{area.at(-WARM_UP)})"


def _write_warm_up(work: Work, page: Page, name: str) -> None:
    """Write the twelve months before the horizon: the last three rounds of what repeats yearly."""
    layout = work.layout
    area = layout.warm_up(name)
    suffix = "_0" if name == "phi_0" else ""
    start, end, n, m, repeats = (
        layout.action(part).at(fix="r") for part in (f"s{suffix}", f"e{suffix}", "n", "m", "repeats")
    )
    since = f"({_cell(area, 3)}-{start}+1)"

    def once(years: int) -> str:
        passed = f"(MOD({since},12)+{12 * years})"
        return f"IF({passed}<={since},MIN(1,{passed}/{n})*(1-MAX(0,MIN(1,({passed}-1-({end}-{start}))/{m}))),0)"

    formula = f"=IF(OR({repeats}=0,{since}<=0),0,MAX({once(0)},{once(1)},{once(2)}))"
    values = work.actions.phi(delayed=name == "phi", warm_up=True)
    page.grid.fill(area, formula, values, "warm_up")
    for row in range(WARM_UP):
        page.grid.write(area.top + row, 1, tr("before"), "field")
        page.grid.write(area.top + row, 3, float(row - WARM_UP), "whole")


def _write_months(work: Work, page: Page, area: Area) -> None:
    months = work.layout.months
    top = area.top
    dates = f"=INDEX({work.layout.date.whole()},$B{top})"
    page.grid.fill(Area(PHASES, top, 1, months, 1), dates, month_days(work.case)[:, None], "month")
    for t in range(months):
        page.grid.write(top + t, 2, float(t + 1), "whole")
        page.grid.write(top + t, 3, float(t), "whole")


def _cell(area: Area, column: int) -> str:
    """Return a reference to a column left of the first action, in the same row."""
    return f"${'ABC'[column - 1]}{area.top}"


def _effective(work: Work, of: dict[str, str]) -> str:
    layout = work.layout
    area = layout.phase("effective")
    month = _cell(area, 2)
    done, strength = layout.phase("implemented").at(), layout.phase("strength").at()
    weight, cut_share = (layout.reach(name).column() for name in ("weight", "cut_share"))
    withheld = f"{area.at(-1)}+{done}*SUMPRODUCT({weight},INDEX(Starting,0,{month}))"
    bare = f"{strength}*SUMPRODUCT({cut_share},INDEX(Running,0,{month}))"
    if layout.slots:
        credited = f"IF({of['slot']}>{layout.slots},0,INDEX({layout.slot_totals.whole()},{of['slot']},{month}))"
        bare = f"IF({of['slot']}>0,{credited},{bare})"
    other = f"{done}*IF({of['is_close']}=1,{of['out_sum']},{of['weight_sum']})"
    return f"=IF({of['is_halt']}=1,{withheld},IF({of['is_share']}=1,{bare},{other}))"


def effective_values(work: Work) -> Array:
    """Return what each action takes out or puts in as if alone, kt/y, shape ``(months, actions)``."""
    balance = work.case.balance
    found = np.zeros((work.layout.months, work.layout.actions))
    frame = balance.run.frame
    for place, numbers in zip(frame.rows, balance.by_action("effective").values(), strict=True):
        found[:, place] = numbers
    return found
