"""Random rows for every table of a plan, valid by sections 1 to 4 of the model page."""

from random import Random
from typing import Any

from .months import Horizon
from .random_values import chance, disguised, hundredths, or_blank, share_of_one, some_months, tenths, thinned
from .reach import is_reached, reach_of
from .tables import read_actions, read_plants

Row = dict[str, Any]

GROUPS = ["North Metal", "South Metal", "East Light", None]
PROVINCES = ["Shandong", "Henan", "Xinjiang", None]
KINDS = [
    "halt construction",
    "close capacity",
    "close capacity",
    "curtail output",
    "curtail output",
    "curtail output",
    "restart capacity",
    "commission capacity",
]
COMPLIANCES = [None, "any", "compliant", "non-compliant"]


def random_plant(rng: Random, number: int, product: str | None, horizon: Horizon) -> Row:
    """One row of Plants (section 1 of the model page)."""
    built = rng.choice([0.0, tenths(rng, 1, 300), tenths(rng, 300, 2000), tenths(rng, 300, 2000)])
    if product == "alumina":
        built *= rng.choice([0.5, 1.0, 2.0, 3.0])
    running = rng.choice([0.0, 1.0, hundredths(rng, 0, 1), hundredths(rng, 0.5, 1)])
    under_construction = rng.choice([0.0, tenths(rng, 1, 900)])
    first_output = or_blank(rng, horizon.label(rng.randint(0, horizon.months + 2)), 0.3)
    return thinned(
        rng,
        {
            "plant": f"{'Refinery' if product == 'alumina' else 'Plant'} {number}",
            "product": product,
            "group": rng.choice(GROUPS),
            "province": rng.choice(PROVINCES),
            "built": built,
            "operating": min(built, round(built * running, 1)),
            "non_compliant": or_blank(rng, min(built, round(built * share_of_one(rng), 1)), 0.3),
            "under_construction": or_blank(rng, under_construction, 0.1),
            "first_output": first_output,
            "ramp_months": rng.choice([None, 0, 1, rng.randint(2, 18)]),
            "winter_region": rng.choice([None, True, False, True]),
            "pot_size": or_blank(rng, hundredths(rng, 0.5, 2), 0.3),
            "cash_cost": or_blank(rng, tenths(rng, 10000, 16000), 0.3),
        },
    )


def random_target(rng: Random, plants: list[Row], product: str) -> str | None:
    """A target cell: plants, groups, provinces, All, Winter region, several of them, or blank for All."""
    names = {"All"}
    for plant in plants:
        if (plant.get("product") or "aluminium") == product:
            for column in ("plant", "group", "province"):
                if plant.get(column):
                    names.add(plant[column])
            if plant.get("winter_region"):
                names.add("Winter region")
    if chance(rng, 0.15):
        return None
    chosen = [rng.choice(sorted(names)) for _ in range(rng.choice([1, 1, 2, 3]))]
    return rng.choice([";", "; ", " ; "]).join(disguised(rng, name) for name in chosen)


def random_action(rng: Random, number: int, plants: list[Row], horizon: Horizon) -> Row:
    """One row of Actions without its credit (sections 1 to 3 of the model page).

    Where it is sized by pots, the plants that it reaches are given a pot size.
    """
    kind = rng.choice(KINDS)
    refineries = [plant for plant in plants if plant.get("product") == "alumina"]
    product = rng.choice(["alumina", None, "aluminium"]) if refineries else rng.choice([None, "aluminium"])
    start = rng.randint(-14, horizon.months + 1) if chance(rng, 0.3) else rng.randint(0, horizon.months)
    permanent = kind in ("close capacity", "commission capacity")
    end = None if permanent or chance(rng, 0.4) else start + rng.randint(0, 11)
    sizes = ["announced"] if kind == "commission capacity" else ["announced", "share", "pots"]
    size = rng.choice(sizes)
    row = {
        "action": f"{kind.split()[0].capitalize()} {number}",
        "enabled": rng.choice([None, True, True, True, False]),
        "policy": rng.choice([None, True, False]),
        "kind": kind,
        "product": product,
        "target": random_target(rng, plants, product or "aluminium"),
        "compliance": rng.choice(COMPLIANCES),
        "announced": tenths(rng, 0, 300) if size == "announced" else None,
        "share": share_of_one(rng) if size == "share" else None,
        "pots": float(rng.randint(0, 800)) if size == "pots" else None,
        "implementation": or_blank(rng, share_of_one(rng)),
        "operating_share": or_blank(rng, share_of_one(rng), 0.5) if kind == "close capacity" else None,
        "announced_on": or_blank(rng, horizon.label(start + rng.randint(-8, 3)), 0.4),
        "start": horizon.label(start),
        "delay": some_months(rng),
        "phase_in": some_months(rng),
        "end": None if end is None else horizon.label(end),
        "phase_out": None if permanent else some_months(rng),
        "repeats_yearly": True if end is not None and chance(rng, 0.5) else rng.choice([None, False]),
        "credit": None,
    }
    if size == "pots":
        give_pot_sizes(rng, row, plants, horizon)
    elif size == "announced" and chance(rng, 0.7):
        read = read_actions({"actions": [row]}, horizon)[0]
        eligible = sum(reach_of(read, read_plants({"plants": plants}, horizon)).eligible.values())
        row["announced"] = round(eligible * rng.choice([hundredths(rng, 0, 1), hundredths(rng, 0, 1.3)]), 1)
    return thinned(rng, row)


def give_pot_sizes(rng: Random, action: Row, plants: list[Row], horizon: Horizon) -> None:
    """Give every plant that the action reaches a pot size (section 2 of the model page)."""
    read = read_actions({"actions": [action]}, horizon)[0]
    for row, plant in zip(plants, read_plants({"plants": plants}, horizon), strict=True):
        if is_reached(read, plant) and plant.pot_size == 0:
            row["pot_size"] = hundredths(rng, 0.5, 2)


def random_winter(rng: Random, plants: list[Row], horizon: Horizon) -> list[Row]:
    """A closure, a tonnage cut and one or two share cuts of the same winter that credit them (section 4)."""
    start = rng.randint(0, horizon.months - 1)
    before = horizon.label(max(0, start - rng.randint(0, 6)))
    target = random_target(rng, plants, "aluminium")
    close = {
        "action": "Summer closure",
        "kind": "close capacity",
        "target": random_target(rng, plants, "aluminium"),
        "share": hundredths(rng, 0, 0.6),
        "operating_share": or_blank(rng, hundredths(rng, 0.5, 1)),
        "start": before,
        "phase_in": some_months(rng),
    }
    cut = {
        "action": "Summer cut",
        "kind": "curtail output",
        "target": target,
        "announced": tenths(rng, 0, 200),
        "start": before,
    }
    rows = [close, cut]
    for number in range(rng.randint(1, 2)):
        winter = {
            "action": f"Winter cut {number + 1}",
            "kind": "curtail output",
            "target": rng.choice([target, "All", random_target(rng, plants, "aluminium")]),
            "compliance": rng.choice(COMPLIANCES),
            "share": hundredths(rng, 0.1, 0.8),
            "implementation": or_blank(rng, hundredths(rng, 0.3, 1)),
            "start": horizon.label(start),
            "end": horizon.label(start + rng.randint(0, 6)),
            "repeats_yearly": rng.choice([True, None]),
            "credit": rng.choice(["Summer closure", "Summer cut", " Summer closure ;Summer cut"]),
        }
        rows.append(winter)
    return rows


def random_clean_up(rng: Random, plants: list[Row], horizon: Horizon) -> list[Row]:
    """Two closures that may ask for more than one class of a plant has (section 4, `over-closed`)."""
    target = random_target(rng, plants, "aluminium")
    return [
        {
            "action": f"Clean-up {number}",
            "kind": "close capacity",
            "target": target,
            "compliance": rng.choice(COMPLIANCES),
            "share": hundredths(rng, 0.4, 1),
            "start": horizon.label(rng.randint(0, horizon.months - 1)),
        }
        for number in (1, 2)
    ]


def add_credits(rng: Random, actions: list[Row]) -> None:
    """Let share cuts credit earlier closures and tonnage curtailments (section 4 of the model page)."""
    creditable = [
        row["action"]
        for row in actions
        if row["kind"] == "close capacity" or (row["kind"] == "curtail output" and row.get("share") is None)
    ]
    for row in actions:
        is_share_cut = row["kind"] == "curtail output" and row.get("share") is not None
        if is_share_cut and creditable and not row.get("credit") and chance(rng, 0.7):
            chosen = {rng.choice(creditable) for _ in range(rng.randint(1, 3))}
            row["credit"] = rng.choice([";", "; "]).join(sorted(chosen))


def random_sector(rng: Random, name: str, scale: float, years: list[int]) -> Row:
    """One row of Demand (section 1 of the model page)."""
    row: Row = {"sector": name, "consumption": round(scale * hundredths(rng, 0, 2), 1)}
    for year in years:
        row[f"growth {year}"] = or_blank(rng, hundredths(rng, -0.3, 0.3), 0.3)
    return thinned(rng, row)


def random_seasonality(rng: Random) -> list[Row]:
    """Seasonality: missing, or twelve weights, some of which may be 0 (section 1 of the model page)."""
    if chance(rng, 0.4):
        return []
    weights = [rng.choice([0.0, 1.0, hundredths(rng, 0.5, 1.5)]) for _ in range(12)]
    weights[rng.randint(0, 11)] = 1.0
    return [{"month_of_year": month, "weight": weight} for month, weight in enumerate(weights, start=1)]


def random_month_row(rng: Random, month: str, output: float) -> Row:
    """One row of Monthly (section 1); the output is about what the plan makes in a month."""
    return thinned(
        rng,
        {
            "month": month,
            "net_imports": or_blank(rng, tenths(rng, -100, 100)),
            "reserve_release": or_blank(rng, tenths(rng, -100, 100), 0.6),
            "alumina_net_imports": or_blank(rng, rng.choice([tenths(rng, -400, 100), tenths(rng, 0, 300)])),
            "consumption_change": rng.choice([None, 0.0, tenths(rng, -80, 80), -100000.0]),
            "actual_production": or_blank(rng, rng.choice([0.0, round(output * hundredths(rng, 0, 2), 1)]), 0.5),
            "actual_stock": or_blank(rng, rng.choice([0.0, tenths(rng, 0, 2000)]), 0.6),
            "actual_price": or_blank(rng, tenths(rng, 9000, 18000), 0.6),
        },
    )


def random_origin(rng: Random, number: int) -> Row:
    """One row of Bauxite (section 1 of the model page)."""
    return thinned(
        rng,
        {
            "origin": f"Origin {number}",
            "available": rng.choice([0.0, tenths(rng, 0, 3000), tenths(rng, 0, 20000)]),
            "growth": or_blank(rng, hundredths(rng, -0.5, 0.8)),
            "grade": hundredths(rng, 1.8, 2.8),
        },
    )


def random_assumption(rng: Random, name: str, horizon: Horizon) -> float | bool | str | None:
    """A value of one assumption within its bounds (sections 1 and 9 of the model page)."""
    if name in ("known_until", "response_from"):
        month = horizon.label(rng.randint(0, horizon.months - 1))
        return None if chance(rng, 0.2) else month
    if name in ("market_response", "alumina_limits"):
        return rng.choice([True, True, False])
    if name == "alumina_min_utilisation":
        return hundredths(rng, 0, 0.6)
    if name == "alumina_max_utilisation":
        return hundredths(rng, 0.6, 1)
    ranges = {
        "opening_stock": (0, 1500),
        "load_factor": (0.8, 1.2),
        "disruption": (0, 0.2),
        "balance_band": (0, 0.1),
        "demand_elasticity": (0, 0.8),
        "reference_price": (11000, 16000),
        "opening_price": (9000, 18000),
        "reference_days": (5, 40),
        "stock_elasticity": (0, 0.5),
        "premium_strength": (0, 3),
        "learning_scale": (0.01, 0.3),
        "response_margin": (100, 2000),
        "alumina_per_t": (1.8, 2.1),
        "alumina_opening_stock": (0, 800),
        "power_per_t": (12, 15),
        "co2_per_t": (2, 16),
    }
    return hundredths(rng, *ranges.get(name, (0, 1)))
