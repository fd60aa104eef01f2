"""The rows of a plan with their blanks filled in (sections 1 and 9 of the model page)."""

from dataclasses import dataclass
from typing import Any

from .months import Horizon
from .scenarios import normal, split_names

ASSUMPTION_DEFAULTS: dict[str, Any] = {
    "opening_stock": 300.0,
    "load_factor": 1.02,
    "disruption": 0.0,
    "visible_share": 0.9,
    "balance_band": 0.01,
    "demand_elasticity": 0.0,
    "reference_price": 14000.0,
    "opening_price": 13000.0,
    "reference_days": 12.0,
    "stock_elasticity": 0.15,
    "price_adjustment": 0.5,
    "premium_strength": 1.5,
    "opening_credibility": 0.6,
    "learning": 0.2,
    "learning_scale": 0.02,
    "known_until": None,
    "market_response": False,
    "response_from": None,
    "response_margin": 750.0,
    "restart_speed": 0.03,
    "idling_speed": 0.05,
    "alumina_per_t": 1.93,
    "alumina_limits": True,
    "alumina_opening_stock": 1500.0,
    "alumina_min_utilisation": 0.6,
    "alumina_max_utilisation": 1.0,
    "power_per_t": 13.5,
    "co2_per_t": 14.0,
    "factor_correlation": 0.5,
}


@dataclass(frozen=True)
class Plant:
    """One row of Plants and its opening split (sections 1 and 2 of the model page); months as indices t."""

    name: str
    product: str
    group: str
    province: str
    built: float
    operating: float
    non_compliant: float
    under_construction: float
    first_output: int | None
    ramp_months: float
    winter_region: bool
    pot_size: float
    cash_cost: float | None

    @property
    def op_nc(self) -> float:
        """Running non-compliant capacity: taken to run first."""
        return min(self.operating, self.non_compliant)

    @property
    def op_c(self) -> float:
        """Running compliant capacity."""
        return self.operating - self.op_nc

    @property
    def idle_nc(self) -> float:
        """Idle non-compliant capacity."""
        return self.non_compliant - self.op_nc

    @property
    def idle_c(self) -> float:
        """Idle compliant capacity."""
        return self.built - self.non_compliant - self.op_c


@dataclass(frozen=True)
class Action:
    """One row of Actions (section 1); months as indices t, None where a blank has a meaning."""

    name: str
    enabled: bool
    policy: bool
    kind: str
    product: str
    targets: tuple[str, ...]
    compliance: str
    announced: float | None
    share: float | None
    pots: float | None
    implementation: float
    operating_share: float | None
    announced_on: int
    start: int
    delay: float
    phase_in: float
    end: int | None
    phase_out: float
    repeats_yearly: bool
    credit: tuple[str, ...]

    @property
    def is_share_cut(self) -> bool:
        """A curtailment sized by share: it takes a part of what runs at the time (section 4)."""
        return self.kind == "curtail output" and self.share is not None


def filled(row: dict[str, Any], column: str, default: Any) -> Any:
    """A cell, or what its blank means."""
    value = row.get(column)
    return default if value is None else value


def text_of(row: dict[str, Any], column: str) -> str:
    """A text cell without surrounding blanks; blank is empty."""
    return str(filled(row, column, "")).strip()


def choice_of(row: dict[str, Any], column: str, default: str) -> str:
    """A choice cell, compared without case."""
    return normal(row.get(column) or default)


def month_of(row: dict[str, Any], column: str, horizon: Horizon) -> int | None:
    """A month cell as index t, or None."""
    value = row.get(column)
    return None if value is None else horizon.index(value)


def optional(row: dict[str, Any], column: str) -> float | None:
    """A number cell whose blank is not 0."""
    value = row.get(column)
    return None if value is None else float(value)


def read_plant(row: dict[str, Any], horizon: Horizon) -> Plant:
    """One row of Plants (section 1 of the model page)."""
    return Plant(
        name=text_of(row, "plant"),
        product=choice_of(row, "product", "aluminium"),
        group=text_of(row, "group"),
        province=text_of(row, "province"),
        built=float(filled(row, "built", 0.0)),
        operating=float(filled(row, "operating", 0.0)),
        non_compliant=float(filled(row, "non_compliant", 0.0)),
        under_construction=float(filled(row, "under_construction", 0.0)),
        first_output=month_of(row, "first_output", horizon),
        ramp_months=float(filled(row, "ramp_months", 1.0)),
        winter_region=bool(filled(row, "winter_region", False)),
        pot_size=float(filled(row, "pot_size", 0.0)),
        cash_cost=optional(row, "cash_cost"),
    )


def read_plants(plan: dict[str, Any], horizon: Horizon) -> list[Plant]:
    """The plants in the table's order (section 1 of the model page)."""
    return [read_plant(row, horizon) for row in plan.get("plants") or []]


def read_action(row: dict[str, Any], horizon: Horizon) -> Action:
    """One row of Actions with what its blanks mean (sections 1 and 3 of the model page)."""
    start = horizon.index(row["start"])
    announced_on = month_of(row, "announced_on", horizon)
    return Action(
        name=text_of(row, "action"),
        enabled=bool(filled(row, "enabled", True)),
        policy=bool(filled(row, "policy", True)),
        kind=normal(row["kind"]),
        product=choice_of(row, "product", "aluminium"),
        targets=tuple(split_names(row.get("target")) or ["all"]),
        compliance=choice_of(row, "compliance", "any"),
        announced=optional(row, "announced"),
        share=optional(row, "share"),
        pots=optional(row, "pots"),
        implementation=float(filled(row, "implementation", 1.0)),
        operating_share=optional(row, "operating_share"),
        announced_on=start if announced_on is None else announced_on,
        start=start,
        delay=float(filled(row, "delay", 0.0)),
        phase_in=float(filled(row, "phase_in", 1.0)),
        end=month_of(row, "end", horizon),
        phase_out=float(filled(row, "phase_out", 1.0)),
        repeats_yearly=bool(filled(row, "repeats_yearly", False)),
        credit=tuple(split_names(row.get("credit"))),
    )


def read_actions(plan: dict[str, Any], horizon: Horizon) -> list[Action]:
    """All actions in the table's order, the disabled ones too (section 1 of the model page)."""
    return [read_action(row, horizon) for row in plan.get("actions") or []]


def read_assumptions(plan: dict[str, Any]) -> dict[str, Any]:
    """Every assumption, the default where it is missing or blank (section 9 of the model page)."""
    values = dict(ASSUMPTION_DEFAULTS)
    for row in plan.get("assumptions") or []:
        if row.get("value") is not None:
            values[normal(row["assumption"])] = row["value"]
    return values


def read_monthly(plan: dict[str, Any], horizon: Horizon) -> list[dict[str, Any]]:
    """One Monthly row per month of the horizon; a missing row is all zeros (section 1 of the model page)."""
    rows: list[dict[str, Any]] = [{} for _ in range(horizon.months)]
    for row in plan.get("monthly") or []:
        t = horizon.index(row["month"])
        if 0 <= t < horizon.months:
            rows[t] = row
    return rows
