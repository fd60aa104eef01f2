"""Where everything stands in a living workbook: known before the first formula is written, so that all can refer to it.

Every block of a sheet has the same columns: plants go down, actions and months to the right. A month stands in the same
column on every sheet of months, an action in the same column on every sheet of actions.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.scenarios import BASE
from aluplanner.workbook.living.area import Area

SUMMARY: Final = "Summary"
BALANCE: Final = "Balance"
CHECK: Final = "Check"
TRACE: Final = "Trace"
LAYERS: Final = "Layers"
WORDS: Final = "Words"
ASSUMPTIONS_NOW: Final = "Assumptions now"
PLANTS_NOW: Final = "Plants now"
ACTIONS_NOW: Final = "Actions now"
MONTHS_NOW: Final = "Months now"
DEMAND_NOW: Final = "Demand now"
BAUXITE_NOW: Final = "Bauxite now"
REACH: Final = "Reach"
PHASES: Final = "Phases"
CAPACITY: Final = "Capacity"
CREDIT: Final = "Credit"
MARKET: Final = "Market"
STEPS: Final = "Steps"
EXPORTED: Final = "Exported"

SPARE: Final = 5
"""Empty rows at the end of each input sheet that the formulas know."""
SPARE_OVERRIDES: Final = 20
WARM_UP: Final = 12
"""Months before the horizon that yearly repeats begin with."""

FIRST: Final = 5
"""First row of figures on a sheet of workings."""
MONTHS_FROM: Final = 5
"""Column of the first month; the opening stands left of it."""
ACTIONS_FROM: Final = 4
"""Column of the first action."""

CODES: Final = {
    name: number for number, name in enumerate((name for name, table in TABLES.items() if table.can_vary), start=1)
}
"""Numbers of the tables that scenarios can change."""
PER_TABLE: Final = 10_000_000
PER_ROW: Final = 1000

STATED_OF_PLANT: Final = (
    "product", "group", "province", "built", "operating", "non_compliant", "under_construction", "first_output",
    "ramp_months", "winter_region", "pot_size", "cash_cost",
)  # fmt: skip
"""Columns of Plants as the scenario sees them."""
OF_PLANT: Final = (
    "product_no", "is_smelter", "is_refinery", "plant_key", "group_key", "province_key", "winter_key", "owner",
    "built_0", "operating_0", "nc", "building", "first", "ramp", "pot", "cost",
    "op_nc", "op_c", "idle_nc", "idle_c",
)  # fmt: skip
"""What follows for each plant from its row."""
STATED_OF_ACTION: Final = (
    "enabled", "policy", "kind", "product", "target", "compliance", "announced", "share", "pots", "implementation",
    "operating_share", "announced_on", "start", "delay", "phase_in", "end", "phase_out", "repeats_yearly", "credit",
)  # fmt: skip
OF_ACTION: Final = (
    "on", "kind_no", "product_no", "compliance_no", "choice", "target_list", "credit_list", "key",
    "is_halt", "is_close", "is_tonnage", "is_share", "is_restart", "is_commission", "is_watched", "is_bare", "slot",
    "reached", "eligible", "mean_pot", "asked", "size", "unallocated", "carried_out",
    "s_0", "s", "e_0", "e", "n", "m", "repeats", "a", "weight_sum", "out_sum",
)  # fmt: skip
"""What follows for each action from its row."""
REACH_BLOCKS: Final = ("reached", "eligible", "weight", "out", "cut_share")
PHASE_BLOCKS: Final = ("phi_0", "phi", "strength", "implemented", "due", "landed", "open", "effective")
WARM_BLOCKS: Final = ("phi_0", "phi")
MONTH_LINES: Final = (
    "ordinal", "year", "month", "half", "days", "year_days", "year_part", "row", "weight",
    "net_imports", "reserve_release", "alumina_net_imports", "consumption_change",
    "actual_production", "actual_stock", "actual_price",
    "is_known", "known_production", "known_stock", "known_price", "responds",
)  # fmt: skip
MONTHLY_LINES: Final = MONTH_LINES[9:16]
STEP_LINES: Final = (
    "refining", "refinery", "most", "least", "unconstrained", "need", "psi", "modelled", "output_factor",
    "alumina_raw", "bauxite_capacity", "price_factor", "wanted", "raw_stock", "use_per_day", "target_price",
    "landed_part", "learning_speed", "balance_left",
)  # fmt: skip
CAPACITY_BLOCKS: Final = (
    "planned", "starting", "halted", "pipeline", "commissioned", "closed", "closing_running", "restarted",
    "closed_running", "curtailed", "built", "running", "cut", "before_market", "spare",
)  # fmt: skip
CREDIT_BLOCKS: Final = ("out", "ask", "bare", "cut")
MARKET_BLOCKS: Final = ("pull", "restarted", "idled", "operating", "production")
SECTOR_BLOCKS: Final = ("at_reference", "consumption")
ORIGIN_BLOCKS: Final = ("capacity", "taken", "use")
KINDS_OF_CHOICE: Final = 15
"""Kinds of actions times compliances: the columns of what each could reach at a plant."""


@dataclass(frozen=True)
class Layout:
    """The places of all blocks.

    Attributes
    ----------
    plan
        The plan; only its size and its columns matter.
    slots
        Share cuts with credit that there is room for.
    """

    plan: Plan
    slots: int

    # Sizes

    def count(self, table: str) -> int:
        """Return the rows of an input sheet that formulas know, spare ones included."""
        rows = len(self.plan.table(table))
        if table in ("plan", "assumptions", "claims", "uncertainty"):
            return rows
        if table == "seasonality":
            return max(12, rows)
        return rows + (SPARE_OVERRIDES if table == "overrides" else SPARE)

    @cached_property
    def plants(self) -> int:
        """Rows for plants."""
        return self.count("plants")

    @cached_property
    def actions(self) -> int:
        """Columns for actions."""
        return self.count("actions")

    @cached_property
    def months(self) -> int:
        """Months of the horizon."""
        return len(self.plan.horizon or ())

    @property
    def years(self) -> tuple[int, ...]:
        """The years that Demand has a growth column for."""
        return self.plan.growth_years

    @cached_property
    def scenario_names(self) -> tuple[str, ...]:
        """The base and every scenario of the plan."""
        return (BASE, *self.plan.scenario_names)

    # Inputs

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        return {
            name: {column.name: number for number, column in enumerate(self.plan.columns(name), start=1)}
            for name in TABLES
        }

    def number(self, table: str, column: str) -> int:
        """Return the number of a column in its input sheet."""
        return self._numbers[table][column]

    def stated(self, table: str, column: str) -> Area:
        """Return a column of an input sheet."""
        return Area(TABLES[table].title, 2, self.number(table, column), self.count(table), 1)

    # Workings

    def _block(self, sheet: str, names: tuple[str, ...], name: str, rows: int, columns: int, left: int) -> Area:
        top = FIRST + 1 + names.index(name) * (rows + 3)
        return Area(sheet, top, left, rows, columns)

    def plant(self, name: str) -> Area:
        """Return a column of Plants now: a stated one, or one that follows."""
        names = ("no", "name", "key", "code", *STATED_OF_PLANT, *OF_PLANT)
        return Area(PLANTS_NOW, FIRST, names.index(name) + 1, self.plants, 1)

    @property
    def choices(self) -> Area:
        """What each kind of action could reach by compliance, plant by plant."""
        return Area(PLANTS_NOW, FIRST, 5 + len(STATED_OF_PLANT) + len(OF_PLANT), self.plants, KINDS_OF_CHOICE)

    @property
    def running_parts(self) -> Area:
        """The part of a closure that falls on running capacity by compliance, plant by plant."""
        return Area(PLANTS_NOW, FIRST, self.choices.left + KINDS_OF_CHOICE, self.plants, 3)

    def action(self, name: str) -> Area:
        """Return a row of Actions now."""
        names = ("no", "code", "name", *STATED_OF_ACTION, *OF_ACTION)
        return Area(ACTIONS_NOW, 2 + names.index(name), ACTIONS_FROM, 1, self.actions)

    def reach(self, name: str) -> Area:
        """Return a block of plants and actions."""
        return self._block(REACH, REACH_BLOCKS, name, self.plants, self.actions, ACTIONS_FROM)

    def phase(self, name: str) -> Area:
        """Return a block of months and actions; where it has a warm-up, that stands right above."""
        top = FIRST + 1
        for block in PHASE_BLOCKS[: PHASE_BLOCKS.index(name)]:
            top += self.months + 3 + _before(block)
        return Area(PHASES, top + _before(name), ACTIONS_FROM, self.months, self.actions)

    def warm_up(self, name: str) -> Area:
        """Return the months before the horizon of a block of Phases."""
        block = self.phase(name)
        return Area(PHASES, block.top - WARM_UP, ACTIONS_FROM, WARM_UP, self.actions)

    def month(self, name: str) -> Area:
        """Return a line of Months now."""
        return Area(MONTHS_NOW, FIRST + MONTH_LINES.index(name), MONTHS_FROM, 1, self.months)

    @property
    def number_of_month(self) -> Area:
        """The numbers of the months, from 1, which every sheet of months has in its second row."""
        return Area(MONTHS_NOW, 2, MONTHS_FROM, 1, self.months)

    @property
    def date(self) -> Area:
        """The months as dates."""
        return Area(MONTHS_NOW, 3, MONTHS_FROM, 1, self.months)

    @property
    def seasons(self) -> Area:
        """The weights of the twelve months of the year as the scenario sees them."""
        return Area(MONTHS_NOW, FIRST + len(MONTH_LINES) + 6, MONTHS_FROM, 1, 12)

    @property
    def base_year(self) -> Area:
        """The year that consumption is stated for."""
        return Area(MONTHS_NOW, FIRST + len(MONTH_LINES) + 1, MONTHS_FROM, 1, 1)

    @property
    def opening_total(self) -> Area:
        """Running aluminium capacity at the opening."""
        return Area(MONTHS_NOW, FIRST + len(MONTH_LINES) + 2, MONTHS_FROM, 1, 1)

    @property
    def refineries(self) -> Area:
        """How many refineries there are."""
        return Area(MONTHS_NOW, FIRST + len(MONTH_LINES) + 3, MONTHS_FROM, 1, 1)

    def step(self, name: str) -> Area:
        """Return a line of Steps."""
        return Area(STEPS, FIRST + STEP_LINES.index(name), MONTHS_FROM, 1, self.months)

    def line(self, name: str) -> Area:
        """Return a line of Balance: a series of the country."""
        return Area(BALANCE, FIRST + list(COUNTRY_SERIES).index(name), MONTHS_FROM, 1, self.months)

    @property
    def lines(self) -> Area:
        """All lines of Balance."""
        return Area(BALANCE, FIRST, MONTHS_FROM, len(COUNTRY_SERIES), self.months)

    def capacity(self, name: str) -> Area:
        """Return a block of Capacity."""
        return self._block(CAPACITY, CAPACITY_BLOCKS, name, self.plants, self.months, MONTHS_FROM)

    def market(self, name: str) -> Area:
        """Return a block of Market."""
        return self._block(MARKET, MARKET_BLOCKS, name, self.plants, self.months, MONTHS_FROM)

    # Credit: one line of actions and one of totals a slot on top, then the blocks of plants

    @property
    def slot_credits(self) -> Area:
        """Which actions are credited in each slot."""
        return Area(CREDIT, FIRST + 1, ACTIONS_FROM, self.slots, self.actions)

    @property
    def slot_totals(self) -> Area:
        """What the cut of each slot takes in all by month."""
        return Area(CREDIT, FIRST + self.slots + 4, MONTHS_FROM, self.slots, self.months)

    def credit(self, slot: int, name: str) -> Area:
        """Return a block of plants of one slot, counted from 0."""
        place = slot * len(CREDIT_BLOCKS) + CREDIT_BLOCKS.index(name)
        top = self.slot_totals.top + self.slots + 3 + place * (self.plants + 3)
        return Area(CREDIT, top, MONTHS_FROM, self.plants, self.months)

    # Demand and bauxite

    @property
    def sector_stated(self) -> Area:
        """Consumption and growth of every sector as the scenario sees them; the first column is consumption."""
        return Area(DEMAND_NOW, FIRST + 1, MONTHS_FROM - 1, self.count("demand"), 1 + len(self.years))

    def sector_years(self, name: str) -> Area:
        """Return a block of sectors and years: ``rate`` or ``factor``; the opening stands left of it."""
        place = 1 + ("rate", "factor").index(name)
        stated = self.sector_stated
        return Area(DEMAND_NOW, stated.top + place * (stated.rows + 3), MONTHS_FROM, stated.rows, len(self.years))

    @property
    def years_row(self) -> Area:
        """The years over the growth columns."""
        return Area(DEMAND_NOW, FIRST, MONTHS_FROM, 1, len(self.years))

    def sector(self, name: str) -> Area:
        """Return a block of sectors and months."""
        stated = self.sector_stated
        place = 3 + SECTOR_BLOCKS.index(name)
        return Area(DEMAND_NOW, stated.top + place * (stated.rows + 3), MONTHS_FROM, stated.rows, self.months)

    @property
    def origin_stated(self) -> Area:
        """Available, growth and grade of every origin as the scenario sees them."""
        return Area(BAUXITE_NOW, FIRST + 1, MONTHS_FROM, self.count("bauxite"), 3)

    def origin(self, name: str) -> Area:
        """Return a block of origins and months."""
        stated = self.origin_stated
        place = 1 + ORIGIN_BLOCKS.index(name)
        return Area(BAUXITE_NOW, stated.top + place * (stated.rows + 3), MONTHS_FROM, stated.rows, self.months)

    # Assumptions and layers

    def assumption(self, name: str, column: str = "used") -> Area:
        """Return one cell of Assumptions now."""
        names = ("name", "unit", "row", "now", "used", "default")
        place = list(TABLES["assumptions"].parameters).index(name)
        return Area(ASSUMPTIONS_NOW, FIRST + place, names.index(column) + 1, 1, 1)

    def layer(self, name: str) -> Area:
        """Return a column of the scenarios on Layers."""
        names = ("no", "name", "key", "list", *(f"layer {n}" for n in range(1, 7)), *(f"text {n}" for n in range(7)))
        return Area(LAYERS, FIRST + 1, ((*names, "place")).index(name) + 1, self.count("scenarios"), 1)

    def override(self, name: str) -> Area:
        """Return a column of the overrides on Layers."""
        names = (
            "no",
            "scenario",
            "place",
            "table",
            "column_key",
            "column",
            "row",
            "code",
            "rank",
            "stands",
            "win",
            "value",
        )
        top = FIRST + self.count("scenarios") + 5
        return Area(LAYERS, top, names.index(name) + 1, self.count("overrides"), 1)

    @property
    def differences(self) -> Area:
        """How far each line of Balance is from what was exported."""
        return Area(EXPORTED, FIRST + 1, MONTHS_FROM, len(COUNTRY_SERIES), self.months)

    @property
    def exported(self) -> Area:
        """The figures of all scenarios as exported, scenario by scenario."""
        rows = len(COUNTRY_SERIES) * len(self.scenario_names)
        return Area(EXPORTED, self.differences.top + self.differences.rows + 3, MONTHS_FROM, rows, self.months)


def _before(block: str) -> int:
    """Return how many rows stand above a block of Phases: its warm-up, or the opening of what adds up."""
    return WARM_UP if block in WARM_BLOCKS else 1 if block == "effective" else 0


def table_columns(plan: Plan, table: str) -> tuple[Any, ...]:
    """Return the columns of a table that scenarios can change."""
    key = TABLES[table].key
    return tuple(column for column in plan.columns(table) if column.name not in key and not column.derived)
