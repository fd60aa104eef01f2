"""Sections 2 to 4 of the model page in a planner's notebook; see :mod:`tests.benchmarks.pandas_loop`."""

from typing import Any

import pandas as pd

EFFECTS = {
    "halt construction": "halted",
    "close capacity": "closed",
    "curtail output": "curtailed",
    "restart capacity": "restarted",
    "commission capacity": "commissioned",
}


# Sections 2 and 3: whom an action reaches, and how it phases in


def reached_plants(action: pd.Series, plants: pd.DataFrame) -> pd.DataFrame:
    """Return the plants that an action reaches: eligible capacity, weight, running share, size of the action."""
    names = [name.strip().casefold() for name in str(action["target"]).split(";")]
    rows = []
    for name, plant in plants.iterrows():
        known = [str(part).strip().casefold() for part in (name, plant["group"], plant["province"])]
        is_meant = "all" in names or ("winter region" in names and plant["winter_region"])
        if plant["product"] == action["product"] and (is_meant or any(part in names for part in known)):
            rows.append({"plant": name, "group": plant["group"] or name, **_eligible(action, plant)})
    reached = pd.DataFrame(rows).set_index("plant")
    total = reached["eligible"].sum()
    if not pd.isna(action["announced"]):
        size = action["announced"]
    elif not pd.isna(action["share"]):
        size = action["share"] * total
    else:
        size = action["pots"] * (reached["eligible"] * reached["pot_size"]).sum() / total if total else 0.0
    is_commission = action["kind"] == "commission capacity"
    reached["size"] = size if is_commission else min(size, total)
    reached["weight"] = reached["eligible"] / total if total else (1 / len(reached) if is_commission else 0.0)
    return reached


def _eligible(action: pd.Series, plant: pd.Series) -> dict[str, float]:
    built, operating, non_compliant = plant["built"], plant["operating"], plant["non_compliant"]
    op_nc = min(operating, non_compliant)
    op_c = operating - op_nc
    compliant = built - non_compliant
    part = ["any", "compliant", "non-compliant"].index(action["compliance"])
    running = (operating, op_c, op_nc)[part]
    there = (built, compliant, non_compliant)[part]
    eligible = {
        "halt construction": plant["under_construction"],
        "close capacity": there,
        "curtail output": running,
        "restart capacity": (built - operating, compliant - op_c, non_compliant - op_nc)[part],
        "commission capacity": built,
    }[action["kind"]]
    stated = action["operating_share"]
    operating_share = stated if not pd.isna(stated) else (running / there if there else 0.0)
    if action["kind"] != "close capacity":
        operating_share = 1.0
    cut_part = running / operating if operating else float(part < 2)
    return {
        "eligible": eligible, "operating_share": operating_share, "cut_part": cut_part, "pot_size": plant["pot_size"],
    }  # fmt: skip


def phi_of(action: pd.Series, t: int, delay: float) -> float:
    phi = _once(action, t, delay)
    while action["repeats_yearly"] and t >= 12:
        t -= 12
        phi = max(phi, _once(action, t, delay))
    return phi


def _once(action: pd.Series, t: int, delay: float) -> float:
    rise = min(max((t - action["start"] - delay + 1) / max(1, action["phase_in"]), 0.0), 1.0)
    if pd.isna(action["end"]):
        return rise
    return rise * (1 - min(max((t - action["end"] - delay) / max(1, action["phase_out"]), 0.0), 1.0))


# Section 4: capacity


def move_capacity(
    frames: dict[str, pd.DataFrame],
    assumptions: dict[str, Any],
    reached: dict[str, pd.DataFrame],
    state: pd.DataFrame,
    t: int,
    price: float,
) -> dict[str, float]:
    """Move the plants on by a month and return the country's totals."""
    plants, actions = frames["plants"], frames["actions"]
    taken = pd.DataFrame(0.0, plants.index, [*EFFECTS.values(), "closing_running", "running", "built", "cut"])
    out = pd.DataFrame(0.0, plants.index, list(reached))
    for name, action in actions.iterrows():
        is_share_cut = action["kind"] == "curtail output" and not pd.isna(action["share"])
        phi = phi_of(action, t, action["delay"])
        if name not in reached or is_share_cut or phi == 0.0:
            continue
        for plant, part in reached[name].iterrows():
            q = part["size"] * action["implementation"] * phi * part["weight"]
            taken.loc[plant, EFFECTS[action["kind"]]] += q
            out.loc[plant, name] = q * part["operating_share"]
            if action["kind"] == "close capacity":
                taken.loc[plant, "closing_running"] += q * part["operating_share"]
    for name, plant in plants.iterrows():
        _run_plant(name, plant, taken, state, t)
    for name, action in actions.iterrows():
        if name in reached and action["kind"] == "curtail output" and not pd.isna(action["share"]):
            _cut_by_share(action, reached[name], taken, out, t)
    totals = {"built": 0.0, "operating": 0.0}
    for name, plant in plants.iterrows():
        now = taken.loc[name]
        _respond(name, plant, assumptions, state, t, price)
        spare = _spare(plant, now)
        could = max(0.0, now["running"] - now["cut"]) + spare * state.loc[name, "restarted"]
        operating = min(now["built"], could * (1 - state.loc[name, "idled"]))
        state.loc[name, "operating"] = operating
        if plant["product"] == "aluminium":
            totals["built"] += now["built"]
            totals["operating"] += operating
    return totals


def _run_plant(name: Any, plant: pd.Series, taken: pd.DataFrame, state: pd.DataFrame, t: int) -> None:
    """Work out what is built at a plant and what runs there before share cuts."""
    now = taken.loc[name]
    planned = [_planned(plant, month) for month in (t - 1, t)]
    if plant["under_construction"] > 0:
        free = min(max(1 - now["halted"] / plant["under_construction"], 0.0), 1.0)
        state.loc[name, "pipeline"] += max(0.0, planned[1] - planned[0]) * free
    added = state.loc[name, "pipeline"] + now["commissioned"]
    built = max(0.0, plant["built"] - now["closed"]) + added
    closed_running = min(plant["operating"] + now["restarted"], now["closing_running"])
    uncut = min(built, plant["operating"] + added + now["restarted"] - closed_running)
    taken.loc[name, "built"] = built
    taken.loc[name, "running"] = max(0.0, uncut - now["curtailed"])


def _planned(plant: pd.Series, t: int) -> float:
    if pd.isna(plant["first_output"]) or t < 0:
        return 0.0
    ramp = max(1, plant["ramp_months"])
    return float(plant["under_construction"] * min(max((t - plant["first_output"] + 1) / ramp, 0.0), 1.0))


def _spare(plant: pd.Series, now: pd.Series) -> float:
    op_c = plant["operating"] - min(plant["operating"], plant["non_compliant"])
    idle_c = plant["built"] - plant["non_compliant"] - op_c
    return float(max(0.0, idle_c - now["restarted"] - (now["closed"] - now["closing_running"])))


def _cut_by_share(action: pd.Series, plants: pd.DataFrame, taken: pd.DataFrame, out: pd.DataFrame, t: int) -> None:
    """Add what a share cut takes, after its credit within each owner group."""
    strength = action["implementation"] * phi_of(action, t, action["delay"])
    if strength == 0.0:
        return
    credited = [name.strip() for name in action["credit"].split(";") if name.strip() in out]
    for _, members in plants.groupby("group"):
        bare = asked = credit = 0.0
        for name, part in members.iterrows():
            share = action["share"] * part["cut_part"]
            counted = out.loc[name, credited].sum()
            bare += share * taken.loc[name, "running"]
            asked += share * (taken.loc[name, "running"] + counted)
            credit += counted
        left = max(0.0, asked - credit) / bare if bare else 0.0
        for name, part in members.iterrows():
            cut = action["share"] * part["cut_part"] * taken.loc[name, "running"] * left
            taken.loc[name, "cut"] += cut * strength


def _respond(
    name: Any, plant: pd.Series, assumptions: dict[str, Any], state: pd.DataFrame, t: int, price: float
) -> None:
    """Restart and idle on last month's price (section 8)."""
    begins = assumptions["response_from"] or 0
    if not assumptions["market_response"] or t < begins or pd.isna(plant["cash_cost"]):
        return
    if plant["product"] == "aluminium":
        pull = min(max((price - plant["cash_cost"]) / assumptions["response_margin"], -1.0), 1.0)
        restarted = state.loc[name, "restarted"] + assumptions["restart_speed"] * pull
        idled = state.loc[name, "idled"] - assumptions["idling_speed"] * pull
        state.loc[name, "restarted"] = min(max(restarted, 0.0), 1.0)
        state.loc[name, "idled"] = min(max(idled, 0.0), 1.0)
