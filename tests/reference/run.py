"""The month loop and what is reported (sections 4 to 10 of the model page)."""

from typing import Any

from .capacity import Capacity, PlantPath, compute_capacity
from .demand import sector_consumption
from .market import next_credibility, next_price, orders, premium_of, pull_of, stock_days
from .months import Horizon, read_horizon
from .periods import period_sums
from .phasing import NOTHING, clip
from .reach import Reach, reach_of
from .report import Notice, by_action, by_place, capacity_warnings
from .scenarios import conflicts, normal, resolve
from .tables import Action, Plant, read_actions, read_assumptions, read_monthly, read_plants
from .upstream import alumina_limit, alumina_month, bauxite_month

CAPACITIES = [
    *("built", "operating", "idle", "under_construction", "commissioned", "closed", "closed_running"),
    *("curtailed", "restarted", "halted"),
]
COUNTRY = [
    *CAPACITIES,
    *("production", "net_imports", "reserve_release", "supply", "consumption", "balance", "stock"),
    *("unseen_stock", "stock_days", "shortfall", "residual", "price", "premium", "credibility", "due"),
    *("implemented", "landed", "overhang", "alumina_requirement", "alumina_production", "alumina_stock"),
    *("alumina_shortfall", "bauxite_cover", "electricity", "co2"),
]
NEEDS_REFINERIES = ("alumina_production", "alumina_stock", "alumina_shortfall", "bauxite_cover")


def run(plan: dict[str, Any], scenario: str | None = None) -> dict[str, Any]:
    """The balance of a plan, or of one of its scenarios, month by month.

    Parameters
    ----------
    plan : dict
        Tables of plain rows, fields named as in section 1 of the model page; months as `2017-06`.
    scenario : str or None
        A scenario's name; None or `Base` for the base plan.

    Returns
    -------
    dict
        `scenario` (the name given), `months`, `monthly`, `operating_by_plant`, `production_by_plant`,
        `operating_by_group`, `operating_by_province`, `production_by_group`, `production_by_province`,
        `due_by_action`, `implemented_by_action`, `effective_by_action`, `announced_by_action`,
        `consumption_by_sector`, `bauxite_use`, `periods` and `warnings`, a sorted list of
        (code, subject, month or None).  Blanks are None.  A disabled action appears with zeros.  Plants with
        a blank group, or a blank province, are in no entry of the tables by group, or by province.
    """
    resolved = resolve(plan, scenario)
    warnings: set[Notice] = set()
    if scenario is not None and normal(scenario) != "base":
        for address in conflicts(plan, scenario):
            warnings.add(("conflict", "/".join(address), None))
    return _Run(resolved, read_horizon(plan), warnings).result(scenario)


class _Run:
    """One resolved plan on its way through the months; every list grows by one entry per month."""

    def __init__(self, plan: dict[str, Any], horizon: Horizon, warnings: set[Notice]) -> None:
        self.warnings = warnings
        self.horizon = horizon
        self.assumptions = read_assumptions(plan)
        self.demand: list[dict[str, Any]] = plan.get("demand") or []
        self.seasonality: list[dict[str, Any]] = plan.get("seasonality") or []
        self.origins: list[dict[str, Any]] = plan.get("bauxite") or []
        self.actuals = read_monthly(plan, self.horizon)
        self.plants: list[Plant] = read_plants(plan, self.horizon)
        self.all_actions: list[Action] = read_actions(plan, self.horizon)
        self.actions = [action for action in self.all_actions if action.enabled]
        self.reaches: dict[str, Reach] = {a.name: reach_of(a, self.plants) for a in self.actions}
        self.capacity: Capacity = compute_capacity(self.plants, self.actions, self.reaches, self.horizon.months)
        self.smelters = [plant for plant in self.plants if plant.product == "aluminium"]
        self.refineries = [plant for plant in self.plants if plant.product == "alumina"]
        self.operating0 = sum(plant.operating for plant in self.smelters)
        self.known = self._month_assumption("known_until", -1)
        self.response_from = self._month_assumption("response_from", 0)
        self.monthly: dict[str, list[Any]] = {name: [] for name in COUNTRY}
        self.operating: dict[str, list[float]] = {plant.name: [] for plant in self.plants}
        self.production: dict[str, list[float]] = {plant.name: [] for plant in self.smelters}
        self.sectors: dict[str, list[float]] = {str(row["sector"]).strip(): [] for row in self.demand}
        self.bauxite: dict[str, list[float | None]] = {str(o["origin"]).strip(): [] for o in self.origins}
        self.restarted = {plant.name: 0.0 for plant in self.plants}
        self.idled = {plant.name: 0.0 for plant in self.plants}
        self.price = float(self.assumptions["opening_price"])
        self.credibility = float(self.assumptions["opening_credibility"])
        self.stock = float(self.assumptions["opening_stock"])
        self.unseen_stock = 0.0
        self.alumina_stock = float(self.assumptions["alumina_opening_stock"])

    def _month_assumption(self, name: str, blank: int) -> int:
        value = self.assumptions[name]
        return blank if value is None else self.horizon.index(value)

    def _actual(self, column: str, t: int) -> float | None:
        """What really happened, where it is known (section 7 of the model page, "Known months")."""
        value = self.actuals[t].get(column)
        return float(value) if t <= self.known and value is not None else None

    def _number(self, column: str, t: int) -> float:
        return float(self.actuals[t].get(column) or 0.0)

    def result(self, scenario: str | None) -> dict[str, Any]:
        """Every month in turn, then the report (section 10 of the model page)."""
        for t in range(self.horizon.months):
            self._capacity_of(t)
            self._produce(t)
            self._consume(t)
            self._balance(t)
            self._price_of(t)
        self.warnings |= capacity_warnings(self.actions, self.reaches, self.capacity, self.horizon)
        band = self.assumptions["balance_band"]
        balance, consumption = self.monthly["balance"], self.monthly["consumption"]
        return {
            "scenario": scenario,
            "months": [self.horizon.label(t) for t in range(self.horizon.months)],
            "monthly": self.monthly,
            "operating_by_plant": self.operating,
            "production_by_plant": self.production,
            "operating_by_group": by_place(self.smelters, "group", self.operating),
            "operating_by_province": by_place(self.smelters, "province", self.operating),
            "production_by_group": by_place(self.smelters, "group", self.production),
            "production_by_province": by_place(self.smelters, "province", self.production),
            **by_action(self.all_actions, self.reaches, self.capacity, self.horizon.months),
            "consumption_by_sector": self.sectors,
            "bauxite_use": self.bauxite,
            "periods": period_sums(self.horizon, balance, consumption, band),
            "warnings": sorted(self.warnings, key=lambda w: (w[0], w[1], w[2] or "")),
        }

    def _capacity_of(self, t: int) -> None:
        """operating(t) of every plant with the market's response; the country's sums (sections 4, 8, 10)."""
        country = dict.fromkeys(CAPACITIES, 0.0)
        for plant in self.plants:
            path: PlantPath = self.capacity.paths[plant.name]
            pull = pull_of(plant, self.price, t, self.response_from, self.assumptions)
            restarted = clip(self.restarted[plant.name] + self.assumptions["restart_speed"] * pull, 0.0, 1.0)
            idled = clip(self.idled[plant.name] - self.assumptions["idling_speed"] * pull, 0.0, 1.0)
            self.restarted[plant.name], self.idled[plant.name] = restarted, idled
            could_run = (path.before_market[t] + path.spare[t] * restarted) * (1 - idled)
            operating = min(path.built[t], could_run)
            self.operating[plant.name].append(operating)
            if plant.product != "aluminium":
                continue
            country["built"] += path.built[t]
            country["operating"] += operating
            country["under_construction"] += plant.under_construction - path.pipeline[t]
            country["commissioned"] += path.pipeline[t] + path.commissioned[t]
            country["closed"] += path.closed[t]
            country["closed_running"] += path.closed_running[t]
            country["curtailed"] += path.curtailed[t] + path.cut[t]
            country["restarted"] += path.restarted_by_action[t] + path.spare[t] * restarted
            country["halted"] += path.halted[t]
        country["idle"] = country["built"] - country["operating"]
        for name, value in country.items():
            self.monthly[name].append(value)

    def _mean_operating(self, plant: Plant, t: int) -> float:
        """Half of last and half of this month-end's operating capacity (section 5 of the model page)."""
        before = self.operating[plant.name][t - 1] if t > 0 else plant.operating
        return (before + self.operating[plant.name][t]) / 2

    def _produce(self, t: int) -> None:
        """Production, alumina and bauxite (section 5) and known production (section 7 of the model page)."""
        a = self.assumptions
        part_of_year = self.horizon.days(t) / self.horizon.days_in_year(t)
        unconstrained = {}
        for plant in self.smelters:
            running = self._mean_operating(plant, t)
            unconstrained[plant.name] = a["load_factor"] * (1 - a["disruption"]) * running * part_of_year
        need = a["alumina_per_t"] * sum(unconstrained.values())
        refinery = sum(self._mean_operating(plant, t) * part_of_year for plant in self.refineries)
        least, most = a["alumina_min_utilisation"] * refinery, a["alumina_max_utilisation"] * refinery
        imports = self._number("alumina_net_imports", t)
        psi = 1.0
        if self.refineries:
            psi = alumina_limit(need, self.alumina_stock, most, imports, a["alumina_limits"])
        production = {name: psi * amount for name, amount in unconstrained.items()}
        requirement = psi * need
        modelled, actual = sum(production.values()), self._actual("actual_production", t)
        if actual is not None and modelled > NOTHING:
            production = {name: amount * (actual / modelled) for name, amount in production.items()}
            requirement = a["alumina_per_t"] * sum(production.values())
        elif actual is not None:
            self.warnings.add(("actual not used", "production", self.horizon.label(t)))
        for name, amount in production.items():
            self.production[name].append(amount)
        total = sum(production.values())
        self.monthly["production"].append(total)
        self.monthly["electricity"].append(a["power_per_t"] * total / 1000)
        self.monthly["co2"].append(a["co2_per_t"] * total)
        self.monthly["alumina_requirement"].append(requirement)
        self._refine(t, requirement, least, most, imports)

    def _refine(self, t: int, requirement: float, least: float, most: float, imports: float) -> None:
        """Alumina output and stock, and bauxite (section 5 of the model page); blank without refineries."""
        if not self.refineries:
            for name in NEEDS_REFINERIES:
                self.monthly[name].append(None)
            for series in self.bauxite.values():
                series.append(None)
            return
        alumina = alumina_month(requirement, self.alumina_stock, least, most, imports)
        self.alumina_stock = alumina.stock
        use, cover = bauxite_month(self.origins, alumina.production, self.horizon, t)
        self.monthly["alumina_production"].append(alumina.production)
        self.monthly["alumina_stock"].append(alumina.stock)
        self.monthly["alumina_shortfall"].append(alumina.shortfall)
        self.monthly["bauxite_cover"].append(cover)
        for origin, amount in use.items():
            self.bauxite[origin].append(amount)

    def _consume(self, t: int) -> None:
        """Consumption at last month's price (section 6 of the model page)."""
        a = self.assumptions
        factor = (self.price / a["reference_price"]) ** -a["demand_elasticity"]
        total = self._number("consumption_change", t)
        for row in self.demand:
            amount = sector_consumption(row, self.seasonality, self.horizon, t, factor)
            self.sectors[str(row["sector"]).strip()].append(amount)
            total += amount
        self.monthly["consumption"].append(max(0.0, total))

    def _balance(self, t: int) -> None:
        """Supply, balance and stocks, the known stock included (section 7 of the model page)."""
        m = self.monthly
        m["net_imports"].append(self._number("net_imports", t))
        m["reserve_release"].append(self._number("reserve_release", t))
        supply = m["production"][t] + m["net_imports"][t] + m["reserve_release"][t]
        balance = supply - m["consumption"][t]
        visible = self.assumptions["visible_share"]
        raw = self.stock + visible * balance
        actual = self._actual("actual_stock", t)
        self.stock = max(0.0, raw) if actual is None else actual
        self.unseen_stock += (1 - visible) * balance
        m["supply"].append(supply)
        m["balance"].append(balance)
        m["stock"].append(self.stock)
        m["unseen_stock"].append(self.unseen_stock)
        m["shortfall"].append(max(0.0, -raw) if actual is None else 0.0)
        m["residual"].append(0.0 if actual is None else actual - raw)
        m["stock_days"].append(stock_days(self.stock, m["consumption"], self.horizon, t))

    def _price_of(self, t: int) -> None:
        """Policy expectation and price (section 8), the known price at the end of the month (section 7)."""
        m = self.monthly
        now = orders(self.actions, self.reaches, self.operating0, t)
        self.credibility = next_credibility(self.credibility, now, self.operating0, self.assumptions)
        premium = premium_of(self.credibility, now, self.operating0, self.assumptions)
        self.price = next_price(self.price, m["stock_days"][t], premium, self.assumptions)
        actual = self._actual("actual_price", t)
        if actual is not None:
            self.price = actual
        m["due"].append(now.due)
        m["implemented"].append(now.implemented)
        m["landed"].append(now.landed)
        m["overhang"].append(now.overhang)
        m["credibility"].append(self.credibility)
        m["premium"].append(premium)
        m["price"].append(self.price)
