"""A colleague changes the workbook in LibreOffice: the balance moves as the solver says, and the file is a plan."""

from dataclasses import replace
from datetime import date

import pytest

from aluplanner.model.actions import CLOSE, CURTAIL
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan
from aluplanner.model.plants import ALUMINIUM, Plant
from aluplanner.model.scenarios import BASE, Override, Scenario
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.living import living_bytes
from aluplanner.workbook.living.area import letters
from aluplanner.workbook.living.grid import serial
from aluplanner.workbook.read import read_plan
from tests.workbook.living.books import wrong_months
from tests.workbook.living.office import Office

CUT = "Weiqiao June cut"
WINTER = "Winter cut 30 %"


@pytest.fixture(scope="module")
def case() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def exported(case: Plan) -> bytes:
    return living_bytes(case)


@pytest.fixture
def opened(office: Office, exported: bytes) -> Office:
    office.reopen(exported)
    return office


def cell_of(plan: Plan, table: str, row: str, column: str) -> str:
    """Return the cell of an input sheet that holds a cell of the plan."""
    names = [known.name for known in plan.columns(table)]
    position = plan.table(table).position(row)
    assert position is not None
    return f"{letters(names.index(column) + 1)}{position + 2}"


def moves(office: Office, before: Plan, after: Plan, scenario: str = BASE) -> None:
    """Check that LibreOffice has the balance of the plan edited, which is not that of the plan as it was."""
    balance = solve(after, scenario)
    assert wrong_months(office, balance) == []
    assert office.errors() == []
    same = [
        (balance.series(name) == solve(before, scenario).series(name)).all() for name in ("balance", "price", "built")
    ]
    assert not all(same)


@pytest.mark.parametrize(
    ("address", "put", "value"),
    [
        ("plants/Weiqiao Binzhou/operating", 4000.0, 4000.0),
        (f"actions/{CUT}/implementation", 0.25, 0.25),
        (f"actions/{CUT}/kind", CLOSE, CLOSE),
        (f"actions/{CUT}/target", "henan ;  Xinfa Liaocheng", "henan ;  Xinfa Liaocheng"),
        (f"actions/{CUT}/start", float(serial(date(2018, 2, 1))), Month.of(2018, 2)),
        (f"actions/{CUT}/enabled", "no", False),
        (f"actions/{WINTER}/credit", None, None),
        (f"actions/{WINTER}/repeats_yearly", "yes", True),
        ("demand/Transport/growth 2018", 0.12, 0.12),
        ("seasonality/2/weight", 0.4, 0.4),
        ("monthly/2017-07/net_imports", 120.0, 120.0),
        ("assumptions/load_factor/value", 0.99, 0.99),
        ("assumptions/market_response/value", "yes", True),
        ("assumptions/known_until/value", float(serial(date(2017, 4, 1))), Month.of(2017, 4)),
    ],
)  # fmt: skip
def test_that_an_edited_input_moves_the_balance_as_in_the_solver(
    opened: Office, case: Plan, address: str, put: float | str | None, value: float | str | bool | Month | None
) -> None:
    table, row, column = address.split("/")
    opened.write(case.table(table).table.title, cell_of(case, table, row, column), put)
    moves(opened, case, case.with_value(address, value))


def test_that_a_new_plant_in_a_spare_row_counts(opened: Office, case: Plan) -> None:
    plant = Plant(
        "新厂", ALUMINIUM, province="Henan", built=900.0, operating=800.0, under_construction=300.0,
        first_output=Month.of(2017, 9), ramp_months=3.0, cash_cost=12000.0,
    )  # fmt: skip
    row = len(case.plants) + 2
    put = {"plant": "新厂", "province": "Henan", "built": 900.0, "operating": 800.0, "under_construction": 300.0,
           "first_output": float(serial(date(2017, 9, 1))), "ramp_months": 3.0,
           "cash_cost": 12000.0}  # fmt: skip
    names = [column.name for column in case.columns("plants")]
    for name, value in put.items():
        opened.write("Plants", f"{letters(names.index(name) + 1)}{row}", value)
    moves(opened, case, case.with_table(case.plants.replaced((*case.plants, plant))))


def test_that_a_new_action_in_a_spare_row_counts(opened: Office, case: Plan) -> None:
    row = len(case.actions) + 2
    names = [column.name for column in case.columns("actions")]
    put = {"action": "Late cut", "kind": "限产", "target": "Shandong", "share": 0.2,
           "start": float(serial(date(2018, 1, 1))), "credit": "Shandong clean-up"}  # fmt: skip
    for name, value in put.items():
        opened.write("Actions", f"{letters(names.index(name) + 1)}{row}", value)
    action = replace(
        type(case.actions[0])("Late cut"), kind=CURTAIL, target="Shandong", share=0.2, start=Month.of(2018, 1),
        credit="Shandong clean-up",
    )  # fmt: skip
    moves(opened, case, case.with_table(case.actions.replaced((*case.actions, action))))


def test_that_overrides_in_spare_rows_make_a_scenario(opened: Office, case: Plan) -> None:
    added = (
        Override("Mine", "assumptions", "opening_stock", "value", 900.0),
        Override("Mine", "actions", WINTER, "implementation", 0.5),
        Override("Mine", "Monthly", "2017-09", "Net imports (kt)", 55.0),
    )
    plan = case.with_table(case.overrides.replaced((*case.overrides, *added)))
    scenario = Scenario("Mine", "Weak demand; Strong enforcement H2")
    plan = plan.with_table(plan.scenarios.replaced((*plan.scenarios, scenario)))
    opened.write("Scenarios", f"A{len(case.scenarios) + 2}", "Mine")
    opened.write("Scenarios", f"B{len(case.scenarios) + 2}", scenario.builds_on)
    for row, override in enumerate(added, start=len(case.overrides) + 2):
        for column, value in zip(
            "ABCDE", (override.scenario, override.table, override.row, override.column), strict=False
        ):
            opened.write("Overrides", f"{column}{row}", value)
        opened.write("Overrides", f"E{row}", override.value)
    opened.write("Summary", "B2", "mine")
    moves(opened, case.with_table(plan.scenarios), plan, "Mine")


def test_that_the_first_month_can_be_moved(opened: Office, case: Plan) -> None:
    opened.write("Plan", cell_of(case, "plan", "First month", "value"), float(serial(date(2016, 10, 1))))
    moved = case.with_value("plan/First month/value", Month.of(2016, 10))
    assert wrong_months(opened, solve(moved)) == []
    assert opened.read("Summary", "A6:A6") == [["2016H2 (part)"]]


def test_that_a_workbook_saved_by_libreoffice_is_the_plan_it_shows(opened: Office, case: Plan) -> None:
    opened.write("Assumptions", cell_of(case, "assumptions", "opening_stock", "value"), 512.5)
    opened.write("Summary", "B2", "Market responds")
    again = read_plan(opened.save())
    changed = case.with_value("assumptions/opening_stock/value", 512.5)
    assert wrong_months(opened, solve(again, "Market responds")) == []
    for table in (
        "plants",
        "actions",
        "demand",
        "seasonality",
        "monthly",
        "bauxite",
        "scenarios",
        "assumptions",
        "claims",
    ):
        assert again.table(table) == changed.table(table)
    assert [replace(row, note=None) for row in again.overrides] == [
        replace(row, note=None) for row in changed.overrides
    ]


def test_that_the_check_tells_of_what_formulas_cannot_do(opened: Office, case: Plan) -> None:
    assert opened.read("Summary", "F2:F2") == [["All checks pass"]]
    opened.write("Plants", f"A{len(case.plants) + 9}", "Too far down")
    assert opened.read("Summary", "F2:F2") == [["Look at the sheet Check"]]


def test_that_the_check_tells_of_figures_changed_since_the_export(opened: Office, case: Plan) -> None:
    lines = {str(row[0]): row[3] for row in opened.read("Check", "A5:D40")}
    title = next(title for title in lines if title.startswith("Largest difference"))
    assert lines[title] == "OK"
    opened.write("Assumptions", cell_of(case, "assumptions", "opening_stock", "value"), 400.0)
    assert {str(row[0]): row[3] for row in opened.read("Check", "A5:D40")}[title] == "note"


def test_that_trace_shows_the_plant_chosen(opened: Office, case: Plan) -> None:
    name = case.plants[3].plant
    opened.write("Trace", "B2", f" {name.upper()}")
    lines = {row[1]: row[4:] for row in opened.read("Trace", f"A5:{letters(4 + len(solve(case).horizon))}24")}
    balance = solve(case)
    assert lines["operating"] == pytest.approx(balance.by_plant("operating")[name].tolist(), rel=1e-9)
    assert lines["production"] == pytest.approx(balance.by_plant("production")[name].tolist(), rel=1e-9)
