"""The plan: an immutable value that holds every table (section 1 of the model page)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Final, Self, TypeVar, cast

from aluplanner.i18n import tr
from aluplanner.model.actions import ACTIONS, Action
from aluplanner.model.assumptions import ASSUMPTIONS, Assumption
from aluplanner.model.bauxite import BAUXITE, Origin
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Horizon, Month
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.cell_text import typed
from aluplanner.model.claims import CLAIMS, Claim
from aluplanner.model.demand import DEMAND, SEASONALITY, MonthWeight, Sector, growth_column, growth_year
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.monthly import MONTHLY, MonthRow
from aluplanner.model.plan_info import PLAN_INFO, PlanField
from aluplanner.model.plants import PLANTS, Plant
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.scenarios import OVERRIDES, SCENARIOS, Override, Scenario
from aluplanner.model.schema import BLANK, Column, Table, Type, Value, fold
from aluplanner.model.uncertainty import UNCERTAINTY, UncertainCell

T = TypeVar("T")

TABLES: Final[dict[str, Table[Any]]] = {
    table.name: table
    for table in (
        PLAN_INFO,
        PLANTS,
        ACTIONS,
        DEMAND,
        SEASONALITY,
        MONTHLY,
        BAUXITE,
        ASSUMPTIONS,
        SCENARIOS,
        OVERRIDES,
        CLAIMS,
        UNCERTAINTY,
    )
}
"""Every table by name, in the order of the workbook's sheets."""


@dataclass(frozen=True, slots=True)
class Address:
    """One cell of the plan: ``table/row/column``."""

    table: str
    row: str
    column: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the address written ``table/row/column``; the row may itself contain ``/``.

        Raises
        ------
        PlanError
            If the text does not have three parts.
        """
        table, slash, rest = text.partition("/")
        row, second, column = rest.rpartition("/")
        if not (slash and second):
            raise PlanError([_address_issue(text, tr("It has the form table/row/column."))])
        return cls(fold(table), row.strip(), column.strip())

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"


def _address_issue(text: str, remedy: str) -> Issue:
    return Issue(Severity.ERROR, "address", tr("“{text}” is not the address of a cell.", text=text), remedy)


def _rows(table: Table[Any]) -> Any:
    return field(default_factory=lambda: Rows(table))


@dataclass(frozen=True)
class Plan:
    """Everything the planner states. An edit makes a new plan that shares what it did not change.

    Attributes
    ----------
    plan, plants, actions, demand, seasonality, monthly, bauxite, assumptions, scenarios, overrides, claims, uncertainty
        The tables, by the names used in addresses.
    source
        The bytes of the workbook it was read from, kept so that saving can give back what the plan
        does not model; no part of the plan's value.
    """

    plan: Rows[PlanField] = _rows(PLAN_INFO)
    plants: Rows[Plant] = _rows(PLANTS)
    actions: Rows[Action] = _rows(ACTIONS)
    demand: Rows[Sector] = _rows(DEMAND)
    seasonality: Rows[MonthWeight] = _rows(SEASONALITY)
    monthly: Rows[MonthRow] = _rows(MONTHLY)
    bauxite: Rows[Origin] = _rows(BAUXITE)
    assumptions: Rows[Assumption] = _rows(ASSUMPTIONS)
    scenarios: Rows[Scenario] = _rows(SCENARIOS)
    overrides: Rows[Override] = _rows(OVERRIDES)
    claims: Rows[Claim] = _rows(CLAIMS)
    uncertainty: Rows[UncertainCell] = _rows(UNCERTAINTY)
    source: bytes | None = field(default=None, compare=False, repr=False)
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for table in (PLAN_INFO, ASSUMPTIONS):
            object.__setattr__(self, table.name, _complete(self.table(table.name)))

    # Tables and cells

    def table(self, name: str) -> Rows[Any]:
        """Return the rows of the table ``name``.

        Raises
        ------
        KeyError
            If there is no such table.
        """
        if name not in TABLES:
            raise KeyError(name)
        return cast("Rows[Any]", getattr(self, name))

    def with_table(self, rows: Rows[Any]) -> Self:
        """Return the plan with one table's rows replaced."""
        return replace(self, **cast(Any, {rows.table.name: rows}))

    def columns(self, name: str) -> tuple[Column, ...]:
        """Return the columns of a table as this plan has them: Demand has one growth column a year."""
        columns = TABLES[name].columns
        if name != DEMAND.name:
            return columns
        growths = tuple(growth_column(year) for year in self.growth_years)
        return columns[:2] + growths + columns[2:]

    @cached_property
    def growth_years(self) -> tuple[int, ...]:
        """The years that Demand has a growth column for: to the end of the horizon, and any stated besides."""
        stated = {year for sector in self.demand for year, _ in sector.growth}
        horizon = self.horizon
        if horizon:
            stated.update(range(min(horizon.base_year + 1, horizon.last.year), horizon.last.year + 1))
        return tuple(sorted(stated))

    def find_column(self, table: str, name: str) -> Column | None:
        """Return a column by field name or title (unit, case and blanks ignored), ``None`` if there is none."""
        wanted = _plain_name(name)
        for column in self.columns(table):
            if wanted in (column.name, _plain_name(column.title), column.title_zh):
                return column
        year = growth_year(wanted.replace("_", " ")) if table == DEMAND.name else None
        return growth_column(year) if year else None

    def cell_column(self, table: str, row: str, name: str) -> Column | None:
        """Return what one cell holds: its column, or the declaration its row names; ``None`` if there is none."""
        column = self.find_column(table, name)
        if column is None or column.type is not Type.VALUE:
            return column
        position = self.table(table).position(row)
        return column if position is None else self.record_column(self.table(table)[position], column)

    def record_column(self, record: object, column: Column) -> Column:
        """Return what a record's cell holds: ``column``, or for a value column the declaration the record names.

        The value of an assumption is declared by its name; the value of an override and the bounds
        of an uncertain cell are of the type of the cell they name.
        """
        if column.type is not Type.VALUE:
            return column
        declared: Column | None = None
        if isinstance(record, Assumption):
            declared = _parameter(ASSUMPTIONS, record.assumption)
        elif isinstance(record, PlanField):
            declared = _parameter(PLAN_INFO, record.field)
        elif isinstance(record, Override | UncertainCell) and (table := find_table(record.table or "")):
            named = table.name, record.row or "", record.column or ""
            declared = self.cell_column(*named) if table.can_vary else None
        return replace(declared, name=column.name, required=column.required) if declared else column

    def value(self, address: Address | str) -> Value:
        """Return the stored value of a cell.

        Raises
        ------
        PlanError
            If there is no such cell.
        """
        found, position, column = self._locate(address)
        return read_cell(found[position], column.name)

    def spelled(self, address: Address | str) -> Address | None:
        """Return an address as the plan itself spells table, row and column; ``None`` if there is no such cell."""
        try:
            rows, position, column = self._locate(address)
        except PlanError:
            return None
        return Address(rows.table.name, rows.keys[position], column.name)

    def with_value(self, address: Address | str, value: Value) -> Self:
        """Return the plan with one cell of the base set; text is read as if typed into the cell.

        Raises
        ------
        PlanError
            If there is no such cell, or it follows from the others of its row.
        aluplanner.model.cell_text.CellTextError
            If the text cannot be read.
        """
        return self.with_cells({address: value})

    def with_cells(self, cells: Mapping[Address | str, Value] | Mapping[str, Value] | Mapping[Address, Value]) -> Self:
        """Return the plan with several cells of the base set at once; see :meth:`with_value`."""
        by_table: dict[str, list[tuple[int, str, Value]]] = {}
        for address, value in cells.items():
            rows, position, column = self._locate(address)
            if column.derived:
                raise PlanError([_address_issue(str(address), tr("{title} follows from the row.", title=column.title))])
            by_table.setdefault(rows.table.name, []).append(
                (position, column.name, self._typed(rows, position, column, value))
            )
        changed = {name: self.table(name).with_cells(edits) for name, edits in by_table.items()}
        return replace(self, **cast(Any, changed))

    def _typed(self, rows: Rows[Any], position: int, column: Column, value: Value) -> Value:
        if value == BLANK and column.type is Type.VALUE:
            return value
        return typed(self.record_column(rows[position], column), value)

    def _locate(self, address: Address | str) -> tuple[Rows[Any], int, Column]:
        parsed = Address.parse(address) if isinstance(address, str) else address
        table = find_table(parsed.table)
        if table is None:
            raise PlanError([_address_issue(str(address), tr("The tables are {tables}.", tables=", ".join(TABLES)))])
        rows = self.table(table.name)
        position, column = rows.position(parsed.row), self.find_column(table.name, parsed.column)
        if position is None:
            raise PlanError(
                [_address_issue(str(address), tr("{table} has no row “{row}”.", table=table.title, row=parsed.row))]
            )
        if column is None:
            names = ", ".join(known.name for known in self.columns(table.name))
            raise PlanError(
                [
                    _address_issue(
                        str(address),
                        tr("The columns of {table} are {names}.", table=table.title, names=names),
                    )
                ]
            )
        return rows, position, column

    # Facts

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Return a fact that follows from the plan: worked out by ``make`` once, then kept with it."""
        try:
            return cast(T, self.memo[name])
        except KeyError:
            stop_if_cancelled()
            # not read back from the memo, which may be emptied meanwhile
            made = self.memo[name] = make()
            return made

    def fact(self, name: str) -> Value:
        """Return a field of the Plan sheet (``Title``), its default where blank."""
        row = self.plan.find(name)
        value = row.value if row else None
        return PLAN_INFO.parameters[name].default if value is None else value

    def assumption(self, name: str) -> Value:
        """Return the value of an assumption, its default where blank."""
        row = self.assumptions.find(name)
        value = row.value if row else None
        return ASSUMPTIONS.parameters[name].default if value is None else value

    @property
    def title(self) -> str:
        """Title of the plan; empty if it has none."""
        return str(self.fact("Title") or "")

    @cached_property
    def horizon(self) -> Horizon | None:
        """The months that are modelled, ``None`` when the plan does not say where to begin (section 1)."""
        first = self.fact("First month")
        if not isinstance(first, Month):
            first = self._first_month_implied()
        months = self.fact("Months")
        if first is None or not isinstance(months, float) or not 1 <= months <= 600:
            return None
        base_year = self.fact("Base year")
        if base_year is None:
            return Horizon(first, int(months), first.year - 1)
        if not isinstance(base_year, float) or not FIRST_YEAR <= base_year <= LAST_YEAR:
            return None
        return Horizon(first, int(months), int(base_year))

    def _first_month_implied(self) -> Month | None:
        if self.monthly:
            return self.monthly[0].month
        years = [year for sector in self.demand for year, _ in sector.growth]
        return Month.of(min(years), 1) if years else None

    @property
    def scenario_names(self) -> tuple[str, ...]:
        """The scenarios in the file, in order; the base is not among them."""
        return self.scenarios.keys


@lru_cache(maxsize=4096)
def _plain_name(name: str) -> str:
    """Return a title or field name as they are compared: no unit, lower case, blanks and hyphens as ``_``."""
    text = name.strip()
    if text.endswith((")", "）")):
        text = text[: max(text.rfind("("), text.rfind("（"))]
    plain = text.strip().lower().replace("-", "_").replace(" ", "_")
    if plain == "ramp":
        return "ramp_months"
    year = growth_year(plain.replace("_", " "))
    return f"growth {year}" if year else plain


def find_table(name: str) -> Table[Any] | None:
    """Return a table by name or title, English or Chinese; ``None`` if there is none."""
    wanted = fold(name)
    return next(
        (table for table in TABLES.values() if wanted in (table.name, fold(table.title), table.title_zh)),
        None,
    )


def _parameter(table: Table[Any], name: str | None) -> Column | None:
    """Return what a row of a table of parameters holds; names are compared as keys are."""
    found = table.parameters.get(name or "")
    wanted = fold(name or "")
    return found or next((column for known, column in table.parameters.items() if fold(known) == wanted), None)


def _complete(rows: Rows[Any]) -> Rows[Any]:
    """Return a table of parameters with a blank row for each one that it does not state."""
    table = rows.table
    missing = [name for name in table.parameters if rows.position(name) is None]
    if not missing:
        return rows
    return rows.replaced((*rows, *(table.record(**{table.key[0]: name}) for name in missing)))


def plan_from_tables(tables: Mapping[str, Iterable[Any]]) -> Plan:
    """Return a plan of the given records, by table name; a missing table is empty."""
    rows: Any = {
        name: records if isinstance(records, Rows) else Rows(TABLES[name], records) for name, records in tables.items()
    }
    return Plan(**rows)
