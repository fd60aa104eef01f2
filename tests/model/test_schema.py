from typing import Any

import pytest

from aluplanner.i18n import CHINESE, set_language
from aluplanner.model.assumptions import PARAMETERS
from aluplanner.model.demand import growth_column
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Table, Type, fold, split_names

SHEETS = {
    "Plan": "Field; Value; Note",
    "Plants": "Plant; Product; Group; Province; Built (kt/y); Operating (kt/y); Non-compliant (kt/y); "
    "Under construction (kt/y); First output (month); Ramp (months); Winter region; Pot size (kt/y); "
    "Cash cost (RMB/t); Source; Note",
    "Actions": "Action; Enabled; Policy; Kind; Product; Target; Compliance; Announced (kt/y); Share (%); Pots; "
    "Implementation (%); Operating share (%); Announced on (month); Start (month); Delay (months); "
    "Phase-in (months); End (month); Phase-out (months); Repeats yearly; Credit; Source; Note",
    "Demand": "Sector; Consumption (kt); Source; Note",
    "Seasonality": "Month of year; Weight; Note",
    "Monthly": "Month; Net imports (kt); Reserve release (kt); Alumina net imports (kt); Consumption change (kt); "
    "Actual production (kt); Actual stock (kt); Actual price (RMB/t); Note",
    "Bauxite": "Origin; Available (kt/y); Growth (%/y); Grade (t/t); Source; Note",
    "Assumptions": "Assumption; Value; Unit; Meaning; Source",
    "Scenarios": "Scenario; Builds on; Description",
    "Overrides": "Scenario; Table; Row; Column; Value; Note",
    "Claims": "Claim; Measure; Relation; Value; Upper; Tolerance; Source; Note",
    "Uncertainty": "Table; Row; Column; Distribution; Low; Mode; High; Factor; Note",
}

DEFAULTS: dict[str, Any] = {
    **{"opening_stock": 300.0, "load_factor": 1.02, "disruption": 0.0, "visible_share": 0.9, "balance_band": 0.01},
    **{"demand_elasticity": 0.0, "reference_price": 14000.0, "opening_price": 13000.0, "reference_days": 12.0},
    **{"stock_elasticity": 0.15, "price_adjustment": 0.5, "premium_strength": 1.5, "opening_credibility": 0.6},
    **{"learning": 0.2, "learning_scale": 0.02, "known_until": None, "market_response": False, "response_from": None},
    **{"response_margin": 750.0, "restart_speed": 0.03, "idling_speed": 0.05, "alumina_per_t": 1.93},
    **{"alumina_limits": True, "alumina_opening_stock": 1500.0, "alumina_min_utilisation": 0.6},
    **{"alumina_max_utilisation": 1.0, "power_per_t": 13.5, "co2_per_t": 14.0, "factor_correlation": 0.5},
}

BLANKS: dict[str, dict[str, Any]] = {
    "plants": {"product": "aluminium", "ramp_months": 1.0, "winter_region": False, "built": 0.0, "operating": 0.0},
    "actions": {
        **{"enabled": True, "policy": True, "implementation": 1.0, "compliance": "any", "product": "aluminium"},
        **{"target": "All", "phase_in": 1.0, "phase_out": 1.0, "repeats_yearly": False, "delay": 0.0},
    },
    "monthly": {"net_imports": 0.0, "reserve_release": 0.0, "alumina_net_imports": 0.0, "consumption_change": 0.0},
    "demand": {"consumption": 0.0},
}

EVERY_COLUMN = [
    pytest.param(table, column, id=f"{table.name}-{column.name}")
    for table in TABLES.values()
    for column in (*table.columns, *table.parameters.values())
]


def test_that_sheets_have_the_headers_of_the_workbook_page() -> None:
    headers = {table.title: "; ".join(column.header for column in table.columns) for table in TABLES.values()}
    assert headers == SHEETS
    assert growth_column(2017).header == "Growth 2017 (%)"


def test_that_the_plan_sheet_has_the_rows_of_the_workbook_page() -> None:
    fields = ["Title", "Author", "Description", "First month", "Months", "Base year", "Format"]
    assert list(TABLES["plan"].parameters) == fields


def test_that_assumptions_have_the_defaults_of_the_model_page() -> None:
    assert {name: column.default for name, column in PARAMETERS.items()} == DEFAULTS


@pytest.mark.parametrize("table", BLANKS)
def test_that_blanks_mean_what_the_model_page_says(table: str) -> None:
    declared = {column.name: column.default for column in TABLES[table].columns}
    assert {name: declared[name] for name in BLANKS[table]} == BLANKS[table]


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_that_a_field_name_is_the_title_in_lower_case(table: Table[Any], column: Column) -> None:
    name = column.title.lower().replace(" ", "_").replace("-", "_")
    expected = {"ramp": "ramp_months"}.get(name, name)
    assert column.name == (column.title if table.name == "plan" and column in table.parameters.values() else expected)


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_that_every_column_says_what_it_means_in_both_languages(table: Table[Any], column: Column) -> None:
    assert column.meaning
    assert any("\u4e00" <= char <= "\u9fff" for char in column.title_zh)
    set_language(CHINESE)
    assert column.heading.startswith(column.title_zh)
    assert column.unit == "" or column.heading.endswith(")")


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_that_bounds_and_choices_stand_where_they_belong(table: Table[Any], column: Column) -> None:
    bounds = [bound for bound in (column.minimum, column.maximum, column.above) if bound is not None]
    assert column.is_numeric or not bounds
    assert (column.type is Type.CHOICE) == bool(column.choices)
    assert column.minimum is None or column.above is None
    if isinstance(column.default, float):
        assert column.minimum is None or column.default >= column.minimum
        assert column.maximum is None or column.default <= column.maximum
        assert column.above is None or column.default > column.above


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_that_no_two_columns_of_a_table_are_called_the_same(table: Table[Any]) -> None:
    for titles in ([column.title for column in table.columns], [column.title_zh for column in table.columns]):
        assert len({fold(title) for title in titles}) == len(titles)


def test_that_scenarios_change_only_tables_of_the_plan_itself() -> None:
    varying = {name for name, table in TABLES.items() if table.can_vary}
    assert varying == {"plants", "actions", "demand", "seasonality", "monthly", "bauxite", "assumptions"}


def test_that_row_keys_read_well() -> None:
    weight = TABLES["seasonality"].record(month_of_year=7.0)
    assert TABLES["seasonality"].row_key(weight) == "7"
    cell = TABLES["uncertainty"].record(table="actions", row="A", column="share")
    assert TABLES["uncertainty"].row_key(cell) == "actions/A/share"


def test_that_names_are_split_at_semicolons() -> None:
    assert split_names(" A ;;B; ") == ("A", "B")
    assert split_names(None) == ()
