"""The workbook as it is written: sheets, formulas, values, names; no other program needed."""

import io
import re
from random import Random

import numpy as np
import pytest
from openpyxl import load_workbook

from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.living import living_bytes, write_living
from aluplanner.workbook.living.filling import column_number
from aluplanner.workbook.read import read_bytes, read_plan
from aluplanner.workbook.template import empty_plan
from tests.model.plans import plan_of
from tests.reference.random_plans import random_plan
from tests.workbook.living.books import FIRST_LINE, FIRST_MONTH, FormulaCell, formula_cells, part, sheet_names

FUNCTIONS = {
    *("ABS", "AND", "CHAR", "CHOOSE", "COLUMN", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "DAY", "FIND", "IF"),
    *("IFERROR", "INDEX", "INT", "ISERROR", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN"),
    *("MOD", "MONTH", "N", "OR", "REPT", "ROW", "SUBSTITUTE", "SUM", "SUMIF", "SUMPRODUCT", "TRIM", "VALUE", "YEAR"),
}
"""What Excel 2010 and LibreOffice 7 have in common, as far as it is needed."""


@pytest.fixture(scope="module")
def case() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def exported(case: Plan) -> bytes:
    return living_bytes(case)


@pytest.fixture(scope="module")
def cells(exported: bytes) -> dict[str, list[FormulaCell]]:
    return formula_cells(exported)


def balance_values(cells: dict[str, list[FormulaCell]], name: str) -> list[float | str]:
    row = FIRST_LINE + list(COUNTRY_SERIES).index(name)
    return [cell.value for cell in cells["Balance"] if cell.row == row and cell.column >= FIRST_MONTH]


def test_that_results_come_first_then_the_tables_of_the_plan_then_the_workings(exported: bytes) -> None:
    names = sheet_names(exported)
    assert names[:4] == ["Summary", "Balance", "Check", "Trace"]
    assert names[4:16] == [table.title for table in TABLES.values()]
    assert {"Layers", "Reach", "Phases", "Capacity", "Credit", "Market", "Steps", "Exported"} <= set(names[16:])


@pytest.mark.parametrize("scenario", [BASE, "Market responds", "As by June + weak demand"])
def test_that_the_values_beside_the_formulas_are_the_solvers(case: Plan, scenario: str) -> None:
    cells, balance = formula_cells(living_bytes(case, scenario)), solve(case, scenario)
    for name in COUNTRY_SERIES:
        values = [np.nan if value == "" else value for value in balance_values(cells, name)]
        np.testing.assert_allclose(values, balance.series(name), rtol=1e-12, atol=1e-12)


def test_that_every_formula_has_a_value_and_none_is_an_error(
    cells: dict[str, list[FormulaCell]], exported: bytes
) -> None:
    formulas = sum(
        part(exported, f"xl/worksheets/sheet{number}.xml").count("<f>")
        for number in range(1, len(sheet_names(exported)) + 1)
    )
    held = [cell for sheet in cells.values() for cell in sheet]
    assert len(held) == formulas > 50_000
    assert not [cell.address for cell in held if isinstance(cell.value, str) and cell.value.startswith("#")]
    assert not [cell.address for cell in held if isinstance(cell.value, float) and not np.isfinite(cell.value)]


def test_that_only_functions_of_old_programs_are_used(cells: dict[str, list[FormulaCell]]) -> None:
    quoted = re.compile(r'"[^"]*"')
    used: set[str] = set()
    for sheet in cells.values():
        for cell in sheet:
            used.update(re.findall(r"([A-Za-z_.0-9]+)\(", quoted.sub("", cell.formula)))
    assert used <= FUNCTIONS
    assert used >= {"SUMPRODUCT", "INDEX", "MATCH"}


def test_that_no_formula_is_longer_than_excel_takes(cells: dict[str, list[FormulaCell]]) -> None:
    assert max(len(cell.formula) for sheet in cells.values() for cell in sheet) < 8192


def test_that_no_formula_is_an_array_or_shared(exported: bytes) -> None:
    for number in range(1, len(sheet_names(exported)) + 1):
        assert "<f " not in part(exported, f"xl/worksheets/sheet{number}.xml")


def test_that_a_hidden_name_marks_the_workbook(exported: bytes) -> None:
    assert '<definedName name="AluPlanner.Living" hidden="1">Summary!$A$1</definedName>' in part(
        exported, "xl/workbook.xml"
    )


def test_that_nothing_stands_right_of_the_months_of_balance(case: Plan, cells: dict[str, list[FormulaCell]]) -> None:
    assert max(cell.column for cell in cells["Balance"]) == FIRST_MONTH + len(solve(case).horizon) - 1


def test_that_summary_has_four_charts_and_prints_on_a_page(exported: bytes) -> None:
    for number in range(1, 5):
        assert "Balance!$" in part(exported, f"xl/charts/chart{number}.xml").replace("'", "")
    for number in (1, 2, 3, 4):
        setup = part(exported, f"xl/worksheets/sheet{number}.xml")
        assert '<pageSetUpPr fitToPage="1"/>' in setup
        assert 'fitToHeight="0"' not in setup


def test_that_charts_carry_the_values_for_viewers_that_do_not_calculate(case: Plan, exported: bytes) -> None:
    first = solve(case).series("balance")[0]
    assert f"<c:v>{first:.16g}</c:v>" in part(exported, "xl/charts/chart1.xml")


def test_that_the_same_plan_gives_the_same_bytes(case: Plan, exported: bytes) -> None:
    assert living_bytes(case) == exported


def test_that_the_workbook_opens_as_the_plan_itself(case: Plan, exported: bytes) -> None:
    assert read_bytes(exported).plan == case


@pytest.mark.parametrize("seed", range(8))
def test_that_a_workbook_of_any_plan_solves_as_the_plan(seed: int) -> None:
    plan = plan_of(random_plan(Random(seed), "medium"))
    again = read_bytes(living_bytes(plan)).plan
    assert again is not None
    for scenario in (BASE, *plan.scenario_names):
        for name in ("balance", "price", "stock", "built"):
            np.testing.assert_allclose(
                solve(again, scenario).series(name), solve(plan, scenario).series(name), rtol=1e-9, atol=1e-6
            )


def test_that_text_that_looks_like_a_formula_stays_text(tmp_path: object) -> None:
    base = empty_plan(read_plan(resource_path("examples", "china-2017.xlsx")).horizon.first)  # type: ignore[union-attr]
    plan = base.with_value("plan/Title/value", '=HYPERLINK("x")').with_value("plan/Author/value", "+1 <&> 作者")
    data = living_bytes(plan)
    again = read_bytes(data)
    assert again.draft is not None
    assert again.draft.title == '=HYPERLINK("x")'
    assert not list(formula_cells(data)["Plan"])


def test_that_a_plan_of_nothing_but_months_can_be_exported() -> None:
    months = solve_months(empty_plan(read_plan(resource_path("examples", "china-2017.xlsx")).horizon.first))  # type: ignore[union-attr]
    cells = formula_cells(living_bytes(months))
    assert set(balance_values(cells, "production")) == {0.0}
    assert set(balance_values(cells, "stock_days")) == {""}


def solve_months(plan: Plan) -> Plan:
    return plan_from_tables({name: plan.table(name) for name in TABLES})


def test_that_it_is_written_to_a_file(case: Plan, exported: bytes, tmp_path: object) -> None:
    path = tmp_path / "living.xlsx"  # type: ignore[operator]
    write_living(case, path)
    assert path.read_bytes() == exported


def test_that_every_cell_stands_once_and_in_its_place(exported: bytes) -> None:
    cell = re.compile(r'<c r="([A-Z]+)(\d+)"')
    for number in range(1, len(sheet_names(exported)) + 1):
        places = [
            (int(row), column_number(name))
            for name, row in cell.findall(part(exported, f"xl/worksheets/sheet{number}.xml"))
        ]
        assert places == sorted(set(places))


def test_that_another_library_reads_values_and_formulas(case: Plan, exported: bytes) -> None:
    row = FIRST_LINE + list(COUNTRY_SERIES).index("balance")
    values = load_workbook(io.BytesIO(exported), data_only=True)
    assert values["Balance"].cell(row, FIRST_MONTH).value == pytest.approx(solve(case).series("balance")[0])
    assert values["Summary"]["B2"].value == BASE
    formulas = load_workbook(io.BytesIO(exported))
    assert str(formulas["Balance"].cell(row, FIRST_MONTH).value).startswith("=E")
