"""Workbooks as a planner or a script would write them from the format's description alone, cell by cell."""

import io
from datetime import datetime
from random import Random
from typing import Any

import openpyxl
import pytest

from aluplanner.model.issues import has_errors
from aluplanner.model.solver import solve
from aluplanner.workbook.read import read_bytes
from tests.model.plans import plan_of, result_of
from tests.reference import run
from tests.reference.compare import differences, is_borderline
from tests.reference.random_plans import random_plan

HEADERS = {
    "Plants": "Plant, Product, Group, Province, Built (kt/y), Operating (kt/y), Non-compliant (kt/y),"
    " Under construction (kt/y), First output (month), Ramp (months), Winter region, Pot size (kt/y),"
    " Cash cost (RMB/t), Source, Note",
    "Actions": "Action, Enabled, Policy, Kind, Product, Target, Compliance, Announced (kt/y), Share (%), Pots,"
    " Implementation (%), Operating share (%), Announced on (month), Start (month), Delay (months),"
    " Phase-in (months), End (month), Phase-out (months), Repeats yearly, Credit, Source, Note",
    "Seasonality": "Month of year, Weight, Note",
    "Monthly": "Month, Net imports (kt), Reserve release (kt), Alumina net imports (kt), Consumption change (kt),"
    " Actual production (kt), Actual stock (kt), Actual price (RMB/t), Note",
    "Bauxite": "Origin, Available (kt/y), Growth (%/y), Grade (t/t), Source, Note",
    "Assumptions": "Assumption, Value, Unit, Meaning, Source",
    "Scenarios": "Scenario, Builds on, Description",
    "Overrides": "Scenario, Table, Row, Column, Value, Note",
}


def field_of(header: str) -> str:
    bare = header.split("(", maxsplit=1)[0].strip().lower()
    return "ramp_months" if bare == "ramp" else bare.replace("-", "_").replace(" ", "_")


def cell_of(table: str, field: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and len(value) == 7 and value[4] == "-" and field not in ("row", "plant", "action"):
        return datetime.strptime(value, "%Y-%m")
    return value


def workbook_of(tables: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(["Field", "Value", "Note"])
    for title, field in (("First month", "first_month"), ("Months", "months"), ("Base year", "base_year")):
        sheet.append([title, cell_of("plan", "value", tables["plan"].get(field)), None])
    for name, headers in HEADERS.items():
        write(
            book.create_sheet(name), [header.strip() for header in headers.split(",")], tables.get(name.lower()) or []
        )
    years = sorted({key for row in tables["demand"] for key in row if key.startswith("growth ")})
    titles = [f"Growth {key.split()[1]} (%)" for key in years]
    fields = ["sector", "consumption", *years]
    sheet = book.create_sheet("Demand")
    sheet.append(["Sector", "Consumption (kt)", *titles])
    for row in tables["demand"]:
        sheet.append([row.get(field) for field in fields])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write(sheet: Any, headers: list[str], rows: list[dict[str, Any]]) -> None:
    sheet.append(headers)
    for row in rows:
        sheet.append([cell_of(sheet.title, field_of(header), row.get(field_of(header))) for header in headers])


@pytest.mark.parametrize("seed", range(40))
def test_that_a_plainly_written_workbook_gives_the_reference_balance(seed: int) -> None:
    tables = random_plan(Random(seed), ("small", "medium")[seed % 2])
    result = read_bytes(workbook_of(tables))
    assert result.plan is not None, [str(issue) for issue in result.issues]
    assert not has_errors(result.issues)
    for scenario in (None, *result.plan.scenario_names):
        theirs = run(tables, scenario)
        if not is_borderline(tables, theirs):
            ours = result_of(solve(result.plan, scenario))
            assert differences(ours["monthly"], theirs["monthly"]) == []


def test_that_a_plainly_written_workbook_reads_as_the_same_plan() -> None:
    for seed in range(100, 120):
        tables = random_plan(Random(seed), "small")
        read = read_bytes(workbook_of(tables)).plan
        meant = plan_of(tables)
        assert read is not None
        for name in ("plants", "seasonality", "monthly", "bauxite", "scenarios"):
            assert read.table(name) == meant.table(name), name
