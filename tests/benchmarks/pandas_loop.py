"""The balance as a planner would write it in a notebook: data frames, ``iterrows`` and ``.loc``, month after month.

It works out sections 2 to 8 of the model page and is what the solver's speed is measured against. It is no slower than
the style makes it: whom an action reaches is worked out once, and actions that are not in force are passed over.
"""

from typing import Any

import numpy as np
import pandas as pd

from aluplanner.model.actions import RESTRICTING
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Type
from tests.benchmarks.pandas_capacity import move_capacity, phi_of, reached_plants

Frames = dict[str, pd.DataFrame]


def frames_of(plan: Plan) -> Frames:
    """Return the tables as a planner's notebook has them: blanks filled in, months counted from the first."""
    horizon = plan.horizon
    assert horizon is not None
    frames = {}
    for name in ("plants", "actions", "demand", "seasonality", "monthly", "bauxite"):
        columns = plan.columns(name)
        frame = pd.DataFrame([{c.name: read_cell(row, c.name) for c in columns} for row in plan.table(name)])
        for column in columns:
            if column.type is Type.MONTH:
                frame[column.name] = [np.nan if m is None else horizon.index(m) for m in frame[column.name]]
            else:
                blank = "" if column.default is None and not column.is_numeric else column.default
                if blank is not None:
                    frame[column.name] = [blank if pd.isna(value) else value for value in frame[column.name]]
        frames[name] = frame.set_index(TABLES[name].key[0])
    calendar = {"days": "days", "days_in_year": "days_in_year", "month_of_year": "month", "year": "year"}
    months = {title: [getattr(month, name) for month in horizon] for title, name in calendar.items()}
    frames["months"] = pd.DataFrame(months)
    return frames


def assumptions_of(plan: Plan) -> dict[str, Any]:
    """Return the assumptions by name, months counted from the first, and the base year."""
    horizon = plan.horizon
    assert horizon is not None
    values: dict[str, Any] = {name: plan.assumption(name) for name in TABLES["assumptions"].parameters}
    for name in ("known_until", "response_from"):
        values[name] = None if values[name] is None else horizon.index(values[name])
    return {**values, "base_year": horizon.base_year}


def balance_by_rows(frames: Frames, assumptions: dict[str, Any]) -> pd.DataFrame:
    """Return the country's balance, a row a month."""
    plants, actions = frames["plants"], frames["actions"]
    reached = {name: reached_plants(action, plants) for name, action in actions.iterrows() if action["enabled"]}
    state = pd.DataFrame(0.0, plants.index, ["pipeline", "restarted", "idled", "operating"])
    state["operating"] = plants["operating"]
    levels = {
        "stock": assumptions["opening_stock"],
        "unseen_stock": 0.0,
        "price": assumptions["opening_price"],
        "credibility": assumptions["opening_credibility"],
        "alumina_stock": assumptions["alumina_opening_stock"],
    }
    rows: list[dict[str, float]] = []
    for t, month in frames["months"].iterrows():
        row = dict(levels)
        before = state["operating"].copy()
        row |= move_capacity(frames, assumptions, reached, state, t, row["price"])
        row |= _production(frames, assumptions, state["operating"], before, t, month, row["alumina_stock"])
        row["consumption"] = _consumption(frames, assumptions, t, month, row["price"])
        row |= _stock(frames, assumptions, row, t)
        row["stock_days"] = _stock_days(frames["months"], [*rows, row], t)
        row |= _expectation(frames, assumptions, reached, row["credibility"], t)
        row["price"] = _price(frames, assumptions, row, t)
        levels = {name: row[name] for name in levels}
        rows.append(row)
    return pd.DataFrame(rows)


# Sections 5 to 8: production, consumption, stock, expectation, price


def _actual(frames: Frames, assumptions: dict[str, Any], t: int, name: str) -> float | None:
    known, monthly = assumptions["known_until"], frames["monthly"]
    if known is None or t > known or t not in monthly.index or pd.isna(monthly.loc[t, name]):
        return None
    return float(monthly.loc[t, name])


def _stated(frames: Frames, t: int, name: str) -> float:
    monthly = frames["monthly"]
    return float(monthly.loc[t, name]) if t in monthly.index and not pd.isna(monthly.loc[t, name]) else 0.0


def _production(
    frames: Frames, a: dict[str, Any], operating: pd.Series, before: pd.Series, t: int, month: pd.Series, stock: float
) -> dict[str, float]:
    """Return output, and alumina where there are refineries."""
    part_of_year = month["days"] / month["days_in_year"]
    unconstrained = refinery = 0.0
    for name, plant in frames["plants"].iterrows():
        running = 0.5 * (before.loc[name] + operating.loc[name]) * part_of_year
        if plant["product"] == "aluminium":
            unconstrained += a["load_factor"] * (1 - a["disruption"]) * running
        else:
            refinery += running
    most, least = a["alumina_max_utilisation"] * refinery, a["alumina_min_utilisation"] * refinery
    imports, need = _stated(frames, t, "alumina_net_imports"), a["alumina_per_t"] * unconstrained
    is_limited = a["alumina_limits"] and need > 0
    production = unconstrained * (min(max((stock + most + imports) / need, 0.0), 1.0) if is_limited else 1.0)
    actual = _actual(frames, a, t, "actual_production")
    if actual is not None and production > 0:
        production = actual
    requirement = a["alumina_per_t"] * production
    made = min(max(requirement - imports, least), most)
    raw = stock + made + imports - requirement
    possible = 0.0
    for _, origin in frames["bauxite"].iterrows():
        growth = (1 + origin["growth"]) ** (month["year"] - a["base_year"])
        possible += origin["available"] * growth * part_of_year / origin["grade"]
    return {
        "production": production,
        "alumina_requirement": requirement,
        "alumina_production": made,
        "alumina_stock": max(0.0, raw),
        "alumina_shortfall": max(0.0, -raw),
        "bauxite_cover": possible / made if made else np.nan,
    }


def _consumption(frames: Frames, a: dict[str, Any], t: int, month: pd.Series, price: float) -> float:
    weights, total = frames["seasonality"]["weight"], 0.0
    weight = weights.loc[float(month["month_of_year"])] / weights.mean()
    for _, sector in frames["demand"].iterrows():
        amount = sector["consumption"]
        for year in range(a["base_year"] + 1, month["year"] + 1):
            amount *= 1 + sector[f"growth {year}"]
        total += amount * weight / 12 * (price / a["reference_price"]) ** -a["demand_elasticity"]
    return max(0.0, total + _stated(frames, t, "consumption_change"))


def _stock(frames: Frames, a: dict[str, Any], row: dict[str, float], t: int) -> dict[str, float]:
    supply = row["production"] + _stated(frames, t, "net_imports") + _stated(frames, t, "reserve_release")
    balance = supply - row["consumption"]
    raw, actual = row["stock"] + a["visible_share"] * balance, _actual(frames, a, t, "actual_stock")
    return {
        "supply": supply,
        "balance": balance,
        "stock": max(0.0, raw) if actual is None else actual,
        "unseen_stock": row["unseen_stock"] + (1 - a["visible_share"]) * balance,
        "shortfall": max(0.0, -raw) if actual is None else 0.0,
        "residual": 0.0 if actual is None else actual - raw,
    }


def _stock_days(months: pd.DataFrame, rows: list[dict[str, float]], t: int) -> float:
    used = sum(row["consumption"] for row in rows[-3:])
    return float(rows[-1]["stock"] / (used / months.loc[max(0, t - 2) : t, "days"].sum())) if used else np.nan


def _expectation(frames: Frames, a: dict[str, Any], reached: Frames, belief: float, t: int) -> dict[str, float]:
    """Return what is due, what has landed, what hangs over the market, and what it believes."""
    plants = frames["plants"]
    running = plants.loc[plants["product"] == "aluminium", "operating"].sum()
    due = implemented = landed = overhang = 0.0
    for name, action in frames["actions"].iterrows():
        is_watched = action["policy"] and action["product"] == "aluminium" and action["kind"] in RESTRICTING
        if name not in reached or not is_watched:
            continue
        size = reached[name]["size"].iloc[0]
        wanted, done = (
            size * phi_of(action, t, 0.0),
            size * action["implementation"] * phi_of(action, t, action["delay"]),
        )
        due, implemented, landed = due + wanted, implemented + done, landed + min(done, wanted)
        if _is_live(action, t):
            overhang += max(0.0, size - done)
    overhang = min(running, overhang)
    if due > 0 and running > 0:
        belief += a["learning"] * min(1.0, due / (a["learning_scale"] * running)) * (landed / due - belief)
    premium = a["premium_strength"] * belief * overhang / running if running else 0.0
    return {
        "due": due, "implemented": implemented, "landed": landed, "overhang": overhang,
        "credibility": belief, "premium": premium,
    }  # fmt: skip


def _is_live(action: pd.Series, t: int) -> bool:
    announced_on = action["start"] if pd.isna(action["announced_on"]) else action["announced_on"]
    if pd.isna(action["end"]):
        return bool(announced_on <= t)
    rounds = range(0, t + 13, 12) if action["repeats_yearly"] else (0,)
    return any(announced_on + k <= t <= action["end"] + k for k in rounds)


def _price(frames: Frames, a: dict[str, Any], row: dict[str, float], t: int) -> float:
    actual, days = _actual(frames, a, t, "actual_price"), row["stock_days"]
    if actual is not None:
        return actual
    if np.isnan(days):
        return row["price"]
    cover = (max(days, 1.0) / a["reference_days"]) ** -a["stock_elasticity"]
    return row["price"] + a["price_adjustment"] * (a["reference_price"] * cover * (1 + row["premium"]) - row["price"])
