"""Plans to measure with: as large as asked, the same every time, and shaped like the industry."""

from dataclasses import replace
from random import Random
from typing import Final

from aluplanner.model.actions import (
    ANY,
    CLOSE,
    COMMISSION,
    COMPLIANT,
    CURTAIL,
    HALT,
    NON_COMPLIANT,
    RESTART,
    Action,
)
from aluplanner.model.assumptions import Assumption
from aluplanner.model.bauxite import Origin
from aluplanner.model.calendar import Month
from aluplanner.model.demand import MonthWeight, Sector
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.plan_info import PlanField
from aluplanner.model.plants import ALUMINA, ALUMINIUM, Plant

FIRST: Final = Month.of(2017, 1)
GROUPS: Final = 50
SECTORS: Final = ("Construction", "Transport", "Power", "Machinery", "Durables", "Packaging", "Other")
PROVINCES: Final = (
    *("Shandong", "Xinjiang", "Inner Mongolia", "Henan", "Qinghai", "Gansu", "Ningxia"),
    *("Yunnan", "Guangxi", "Guizhou", "Shanxi", "Shaanxi", "Sichuan", "Chongqing"),
)
WINTER_PROVINCES: Final = frozenset({"Shandong", "Henan", "Shanxi", "Shaanxi"})
KNOWN_MONTHS: Final = 5
REFINERY_EVERY: Final = 10

WINTER_CUT: Final = "winter cut"
SHARE_CUT: Final = "share cut"
POT_CUT: Final = "pot cut"
MIX: Final = (
    *(CLOSE, CURTAIL, HALT, CLOSE, WINTER_CUT, RESTART, CURTAIL, CLOSE, COMMISSION, HALT),
    *(CLOSE, RESTART, SHARE_CUT, CURTAIL, HALT, CLOSE, WINTER_CUT, RESTART, POT_CUT, COMMISSION),
)
"""What twenty actions are; longer tables repeat it."""


def benchmark_plan(plants: int = 150, actions: int = 40, months: int = 36, *, response: bool = False) -> Plan:
    """Return a plan without errors, the same one for the same arguments.

    Parameters
    ----------
    plants, actions, months
        Its size; every tenth plant is a refinery.
    response
        Whether plants restart and idle on the price.
    """
    random = Random(2017)
    smelters_and_refineries = [_plant(random, place) for place in range(plants)]
    scale = sum(plant.operating or 0.0 for plant in smelters_and_refineries if plant.product == ALUMINIUM)
    return plan_from_tables(
        {
            "plan": [
                PlanField("First month", FIRST),
                PlanField("Months", float(months)),
                PlanField("Base year", 2016.0),
            ],
            "plants": smelters_and_refineries,
            "actions": _actions(random, smelters_and_refineries, actions, months),
            "demand": _demand(random, scale, months),
            "seasonality": [MonthWeight(float(m), 0.82 if m == 2 else 1.0 + 0.01 * (m % 4)) for m in range(1, 13)],
            "monthly": [_month(random, scale, t) for t in range(months)],
            "bauxite": [Origin(f"Origin {n}", 0.4 * scale, 0.03, 2.1 + 0.1 * n) for n in range(5)],
            "assumptions": [
                Assumption("opening_stock", 0.03 * scale),
                Assumption("alumina_opening_stock", 0.1 * scale),
                Assumption("demand_elasticity", 0.1),
                Assumption("known_until", FIRST + (KNOWN_MONTHS - 1)),
                Assumption("market_response", response),
            ],
        }
    )


def _plant(random: Random, place: int) -> Plant:
    province = random.choice(PROVINCES)
    is_refinery = place % REFINERY_EVERY == REFINERY_EVERY - 1
    built = float(random.randrange(100, 1500, 10)) * (2.2 * (REFINERY_EVERY - 1) if is_refinery else 1.0)
    is_building = random.random() < 0.4
    return Plant(
        plant=f"{'Refinery' if is_refinery else 'Smelter'} {place}",
        product=ALUMINA if is_refinery else ALUMINIUM,
        group=f"Group {random.randrange(GROUPS)}",
        province=province,
        built=built,
        operating=round(built * random.uniform(0.7, 1.0), 1),
        non_compliant=0.0 if is_refinery else round(built * random.choice([0.0, 0.0, 0.0, 0.2, 0.4]), 1),
        under_construction=float(random.randrange(100, 600, 50)) if is_building else 0.0,
        first_output=FIRST + random.randrange(24) if is_building else None,
        ramp_months=float(random.choice([3, 6, 12])),
        winter_region=province in WINTER_PROVINCES and random.random() < 0.7,
        pot_size=0.0 if is_refinery else random.choice([0.75, 1.1, 1.4]),
        cash_cost=None if is_refinery else float(random.randrange(10500, 14000, 50)),
    )


def _actions(random: Random, plants: list[Plant], count: int, months: int) -> list[Action]:
    made = [_action(random, plants, place, months) for place in range(count)]
    to_credit = [
        action.action for action in made if action.kind == CLOSE or (action.kind == CURTAIL and not action.share)
    ]
    for place, action in enumerate(made):
        if MIX[place % len(MIX)] == WINTER_CUT and to_credit:  # each tonnage counts towards one cut only
            credited = [to_credit.pop(random.randrange(len(to_credit))) for _ in range(min(2, len(to_credit)))]
            made[place] = replace(action, credit="; ".join(credited))
    return made


def _action(random: Random, plants: list[Plant], place: int, months: int) -> Action:
    sort = MIX[place % len(MIX)]
    start = FIRST + random.randrange(1, max(2, months - 6))
    basis = Action(
        action=f"Action {place}",
        policy=sort not in (RESTART, COMMISSION),
        kind=CURTAIL if sort in (WINTER_CUT, SHARE_CUT, POT_CUT) else sort,
        target=_target(random, plants),
        compliance=random.choice([ANY, COMPLIANT, NON_COMPLIANT, NON_COMPLIANT]) if sort == CLOSE else None,
        implementation=random.choice([0.3, 0.5, 0.8, 1.0]),
        announced_on=start + -random.randrange(4),
        start=start,
        delay=float(random.choice([0, 0, 0, 1, 2])),
        phase_in=float(random.choice([1, 3, 6])),
    )
    if sort in (WINTER_CUT, SHARE_CUT):
        return _share_cut(random, basis, sort, months, is_order=place < len(MIX))
    if sort == POT_CUT:
        return replace(basis, pots=float(random.randrange(5, 40)), end=start + 6, phase_out=2.0)
    if sort in (HALT, RESTART):
        return replace(basis, share=random.choice([0.3, 0.5, 1.0]))
    announced = float(random.randrange(10, 100, 5))
    return replace(basis, announced=announced, end=start + 8 if sort == CURTAIL else None)


def _share_cut(random: Random, basis: Action, sort: str, months: int, *, is_order: bool) -> Action:
    """Return a cut by share: a heating season's, for the whole region or the owners named, or half a year's at some."""
    share = random.choice([0.15, 0.3, 0.3, 0.5])
    if sort == SHARE_CUT:
        return replace(basis, share=share, end=(basis.start or FIRST) + 5)
    november = FIRST + 10 + 12 * random.randrange(max(1, months // 12))
    return replace(
        basis,
        target="Winter region" if is_order else basis.target,
        share=share,
        announced_on=november + -3,
        start=november,
        end=november + 3,
        delay=0.0,
        phase_in=1.0,
        repeats_yearly=True if random.random() < 0.25 else None,
    )


def _target(random: Random, plants: list[Plant]) -> str:
    """Return a smelter, an owner or two, or a province."""
    smelter = random.choice([plant for plant in plants if plant.product == ALUMINIUM])
    other = random.choice([plant for plant in plants if plant.product == ALUMINIUM])
    draw = random.random()
    if draw < 0.4:
        return smelter.plant
    return f"{smelter.group}; {other.group}" if draw < 0.7 else str(smelter.province)


def _demand(random: Random, scale: float, months: int) -> list[Sector]:
    years = range(2017, (FIRST + (months - 1)).year + 1)
    return [
        Sector(name, round(scale / len(SECTORS)), tuple((year, random.choice([0.03, 0.05, 0.08])) for year in years))
        for name in SECTORS
    ]


def _month(random: Random, scale: float, t: int) -> MonthRow:
    row = MonthRow(
        month=FIRST + t,
        net_imports=round(random.uniform(-0.0005, 0.0005) * scale, 1),
        reserve_release=round(0.001 * scale, 1) if t % 12 == 6 else None,
        alumina_net_imports=round(0.006 * scale, 1),
        consumption_change=round(-0.002 * scale, 1) if t % 12 == 1 else None,
    )
    if t >= KNOWN_MONTHS:
        return row
    return replace(
        row,
        actual_production=round(0.082 * scale),
        actual_stock=round((0.03 + 0.003 * t) * scale),
        actual_price=13500.0,
    )
