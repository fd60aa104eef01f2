"""The sheet Steps: what stands between the inputs of a month and its balance (sections 5 to 8 of the model page)."""

from collections.abc import Callable
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.bauxite_now import bauxite_values
from aluplanner.workbook.living.layout import STEP_LINES, STEPS
from aluplanner.workbook.living.work import Work, month_page

_TITLES: Final = {
    "refining": ("Running refineries at the month-end", "kt/y"),
    "refinery": ("Alumina at full use of what runs", "kt"),
    "most": ("Most alumina", "kt"),
    "least": ("Least alumina", "kt"),
    "unconstrained": ("Production if alumina lasts", "kt"),
    "need": ("Alumina needed for that", "kt"),
    "psi": ("Part of it that alumina allows, ψ", ""),
    "modelled": ("Production as modelled", "kt"),
    "output_factor": ("Output of every plant over its unconstrained", ""),
    "alumina_raw": ("Alumina stock before its floor of 0", "kt"),
    "bauxite_capacity": ("Alumina that the listed bauxite could make", "kt"),
    "price_factor": ("Price factor of consumption", ""),
    "wanted": ("Consumption before its floor of 0", "kt"),
    "raw_stock": ("Stock before its floor of 0", "kt"),
    "use_per_day": ("Consumption a day, three months", "kt"),
    "target_price": ("Target price", "RMB/t"),
    "landed_part": ("Landed part of what is due", ""),
    "learning_speed": ("Speed of learning", ""),
    "balance_left": ("Left over in the mass balance", "kt"),
}
_FINE: Final = ("psi", "output_factor", "price_factor", "landed_part", "learning_speed")


def build_steps(work: Work) -> None:
    """Write the lines, one row each."""
    note = tr("One line each, between the inputs of a month and Balance.")
    page = month_page(work, STEPS, tr("Steps"), note, labels=(42, 17, 8))
    formulas, values = _formulas(work), step_values(work)
    for name in STEP_LINES:
        area = work.layout.step(name)
        title, unit = _TITLES[name]
        page.grid.write_row(area.top, 1, (tr(title), name), "name")
        page.grid.write(area.top, 3, unit or None, "field")
        look = "fine" if name in _FINE else "tiny" if name == "balance_left" else "figure"
        page.grid.fill(area, formulas[name], values[name][None, :], look)
    refining = work.layout.step("refining")
    layout = work.layout
    opening = f"=SUMPRODUCT({layout.plant('is_refinery').whole()},{layout.plant('operating_0').whole()})"
    page.grid.formula(refining.top, refining.left - 1, opening, _opening_refining(work), "figure")


def _opening_refining(work: Work) -> float:
    run = work.case.balance.run
    return float(run.reach.opening.operating[0, ~run.frame.smelters].sum())


def _formulas(work: Work) -> dict[str, str]:
    layout = work.layout
    step = {name: layout.step(name).at() for name in STEP_LINES}
    month: Callable[[str], str] = lambda name: layout.month(name).at()  # noqa: E731
    line: Callable[[str], str] = lambda name: layout.line(name).at()  # noqa: E731
    before: Callable[[str], str] = lambda name: layout.line(name).at(0, -1)  # noqa: E731
    part, imports = month("year_part"), f"N({month('alumina_net_imports')})"
    window = {
        "consumption": _last_three(layout.line("consumption")), "days": _last_three(layout.month("days")),
    }  # fmt: skip
    refineries = layout.plant("is_refinery").whole()
    return {
        "refining": f"=SUMPRODUCT({refineries},{layout.capacity('before_market').column()})",
        "refinery": f"=0.5*({layout.step('refining').at(0, -1)}+{step['refining']})*{part}",
        "most": f"=a_alumina_max_utilisation*{step['refinery']}",
        "least": f"=a_alumina_min_utilisation*{step['refinery']}",
        "unconstrained": f"=a_load_factor*(1-a_disruption)*{part}*0.5*({before('operating')}+{line('operating')})",
        "need": f"=a_alumina_per_t*{step['unconstrained']}",
        "psi": f"=IF(OR(Refineries=0,a_alumina_limits=0,{step['need']}=0),1,"
        f"MAX(0,MIN(1,({before('alumina_stock')}+{step['most']}+{imports})/{step['need']})))",
        "modelled": f"={step['psi']}*{step['unconstrained']}",
        "output_factor": f"={step['psi']}*IF({step['modelled']}=0,1,{line('production')}/{step['modelled']})",
        "alumina_raw": f'=IF(Refineries=0,"",{before("alumina_stock")}+{line("alumina_production")}+{imports}'
        f"-{line('alumina_requirement')})",
        "bauxite_capacity": f"=SUM({layout.origin('capacity').column()})",
        "price_factor": f"=({before('price')}/a_reference_price)^(-a_demand_elasticity)",
        "wanted": f"=SUM({layout.sector('consumption').column()})+N({month('consumption_change')})",
        "raw_stock": f"={before('stock')}+a_visible_share*{line('balance')}",
        "use_per_day": f"=SUM({window['consumption']})/SUM({window['days']})",
        "target_price": f'=IF({line("stock_days")}="","",a_reference_price*(MAX({line("stock_days")},1)'
        f"/a_reference_days)^(-a_stock_elasticity)*(1+{line('premium')}))",
        "landed_part": f"=IF({line('due')}=0,0,MIN(1,{line('landed')}/{line('due')}))",
        "learning_speed": f"=IF(AND({line('due')}>0,Opening_total>0),"
        f"a_learning*MIN(1,{line('due')}/(a_learning_scale*Opening_total)),0)",
        "balance_left": f"={line('stock')}+{line('unseen_stock')}-{before('stock')}-{before('unseen_stock')}"
        f"-({line('supply')}-{line('consumption')}+{line('shortfall')}+{line('residual')})",
    }


def _last_three(area: Area) -> str:
    """Return a reference to this month and the two before; left of the first one stand no numbers."""
    return f"{area.at(0, -2)}:{area.at().partition('!')[2]}"


def step_values(work: Work) -> dict[str, Array]:
    """Return the lines of the sheet, shape ``(months,)`` each; NaN where they are blank."""
    case, capacities = work.case, work.capacities
    number, series = case.assumption, case.series
    run = case.balance.run
    refinery = work_refineries(work)
    refining = np.asarray(refinery @ capacities.block("before_market"))
    flow = 0.5 * (np.concatenate([[_opening_refining(work)], refining[:-1]]) + refining) * case.year_part
    working = number("load_factor") * (1.0 - number("disruption")) * case.year_part
    free = working * 0.5 * (case.before("operating") + series("operating"))
    need, imports = number("alumina_per_t") * free, np.nan_to_num(case.monthly("alumina_net_imports"))
    most = number("alumina_max_utilisation") * flow
    psi = np.ones(len(free))
    if case.has_refineries and number("alumina_limits"):
        there = case.before("alumina_stock") + most + imports
        psi = np.clip(np.divide(there, need, out=np.ones(len(need)), where=need != 0), 0.0, 1.0)
    used = np.cumsum(np.concatenate([[0.0], series("consumption")]))
    days = np.cumsum(np.concatenate([[0.0], case.days]))
    first = np.maximum(0, np.arange(len(free)) - 2)
    due, landed = series("due"), series("landed")
    running = case.balance.opening("operating")
    cover = np.maximum(series("stock_days"), 1.0) / number("reference_days")
    found: dict[str, Array] = {
        "refining": refining,
        "refinery": flow,
        "most": most,
        "least": number("alumina_min_utilisation") * flow,
        "unconstrained": free,
        "need": need,
        "psi": psi,
        "modelled": psi * free,
        "output_factor": run.reported("output_factor")[0],
        "alumina_raw": _alumina_raw(work, imports),
        "bauxite_capacity": bauxite_values(work)[0].sum(axis=0),
        "price_factor": run.reported("price_factor")[0],
        "wanted": run.sectors[0].sum(axis=-1) * run.reported("price_factor")[0]
        + np.nan_to_num(case.monthly("consumption_change")),
        "raw_stock": case.before("stock") + number("visible_share") * series("balance"),
        "use_per_day": (used[1:] - used[first]) / (days[1:] - days[first]),
        "target_price": np.where(
            np.isnan(series("stock_days")),
            np.nan,
            number("reference_price") * cover ** -number("stock_elasticity") * (1.0 + series("premium")),
        ),
        "landed_part": np.minimum(1.0, np.divide(landed, due, out=np.zeros(len(due)), where=due != 0)),
        "learning_speed": np.where(
            (due > 0) & (running > 0),
            number("learning") * np.minimum(1.0, due / (number("learning_scale") * (running or 1.0))),
            0.0,
        ),
        "balance_left": np.zeros(len(due)),
    }
    return found


def work_refineries(work: Work) -> Array:
    """Return which plants are refineries, spare rows not."""
    flags = np.zeros(work.layout.plants)
    smelters = work.case.balance.run.frame.smelters
    flags[: len(smelters)] = ~smelters
    return flags


def _alumina_raw(work: Work, imports: Array) -> Array:
    case = work.case
    if not case.has_refineries:
        return np.full(len(imports), np.nan)
    made, needed = case.series("alumina_production"), case.series("alumina_requirement")
    return case.before("alumina_stock") + made + imports - needed
