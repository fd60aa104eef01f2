import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from aluplanner.model.assumptions import PARAMETERS
from aluplanner.model.calendar import Month
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.solver import solve
from aluplanner.workbook.read import read_plan, read_workbook
from aluplanner.workbook.results import write_results
from aluplanner.workbook.template import write_template
from aluplanner.workbook.write import write_plan
from tests.workbook.books import EXAMPLE, reopened


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(made, date(2026, 11, 22))
    return made


def test_that_the_template_opens_as_it_is(path: Path) -> None:
    result = read_workbook(path)
    assert result.issues == ()
    assert result.plan is not None
    assert result.plan.horizon is not None
    assert (result.plan.horizon.first, len(result.plan.horizon)) == (Month.of(2027, 1), 24)


def test_that_it_has_every_sheet_with_its_exact_headers_in_order(path: Path) -> None:
    made, plan = reopened(path), read_plan(path)
    assert made.sheetnames[1:] == [table.title for table in TABLES.values()]
    for table in TABLES.values():
        assert [cell.value for cell in made[table.title][1]] == [column.header for column in plan.columns(table.name)]
        assert made[table.title].freeze_panes == "B2"


def test_that_the_defaults_of_all_assumptions_are_filled_in_with_unit_and_meaning(path: Path) -> None:
    sheet = reopened(path)["Assumptions"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == list(PARAMETERS)
    assert all(row[2] and row[3] for row in rows)
    plan = read_plan(path)
    assert all(plan.assumptions.find(name).value == declared.default for name, declared in PARAMETERS.items())


def test_that_seasonality_is_twelve_ones(path: Path) -> None:
    assert [row.weight for row in read_plan(path).seasonality] == [1.0] * 12


def test_that_every_header_says_what_its_column_means(path: Path) -> None:
    made = reopened(path)
    for table in TABLES.values():
        for cell in made[table.title][1]:
            assert cell.comment is not None, (table.title, cell.value)


def validations(path: Path, sheet: str) -> dict[str, object]:
    return {str(rule.sqref).split(":")[0]: rule for rule in reopened(path)[sheet].data_validations.dataValidation}


def test_that_choices_and_bounds_are_offered_by_excel(path: Path) -> None:
    actions = validations(path, "Actions")
    assert actions["B2"].formula1 == '"yes,no"'
    assert "halt construction" in actions["D2"].formula1
    assert (actions["K2"].type, actions["K2"].formula1, actions["K2"].formula2) == ("decimal", "0", "1")
    assert actions["N2"].type == "date"
    plants = validations(path, "Plants")
    assert (plants["E2"].operator, plants["E2"].formula1) == ("greaterThanOrEqual", "0")
    assert validations(path, "Bauxite")["D2"].operator == "greaterThan"
    assert validations(path, "Overrides")["A2"].formula1.startswith("Scenarios!")


def test_that_an_assumption_has_its_own_bounds(path: Path) -> None:
    plan = read_plan(path)
    row = plan.assumptions.position("market_response") + 2
    assert validations(path, "Assumptions")[f"B{row}"].formula1 == '"yes,no"'


def test_that_a_filled_in_template_is_saved_with_its_guide(path: Path, tmp_path: Path) -> None:
    plan = read_plan(path)
    filled: Plan = plan.with_table(plan.plants.replaced([TABLES["plants"].record("East", built=10.0, operating=5.0)]))
    write_plan(filled, tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == filled
    assert reopened(tmp_path / "plan.xlsx").sheetnames == reopened(path).sheetnames
    assert reopened(tmp_path / "plan.xlsx")["Plants"]["E1"].comment is not None


def test_that_next_year_is_the_year_after_today(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    assert read_plan(tmp_path / "template.xlsx").horizon.first == Month.of(date.today().year + 1, 1)


def test_that_the_guide_comes_first_and_is_what_opens(path: Path) -> None:
    book = reopened(path)
    assert (book.sheetnames[0], book.active.title) == ("Guide", "Guide")
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["Guide"]
    assert [cell.value for row in book["Guide"].iter_rows(min_row=8, max_col=1) for cell in row] == [
        table.title for table in TABLES.values()
    ]


def test_that_each_sheet_keeps_its_own_print_titles_behind_the_guide(path: Path) -> None:
    book = reopened(path)
    assert {sheet.title: sheet.print_title_rows for sheet in book.worksheets} == {
        "Guide": None, **{table.title: "$1:$1" for table in TABLES.values()}
    }  # fmt: skip
    assert book["Plants"].print_area == "'Plants'!$A$1:$O$2"


def test_that_the_same_day_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx", date(2026, 11, 22))
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.filterwarnings("ignore:Unable to read chart")  # LibreOffice writes months in a way openpyxl does not take
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_that_libreoffice_opens_the_template_and_results(path: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.xlsx"
    write_results({"Base": solve(read_plan(EXAMPLE))}, results)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(path), str(results)], check=True, capture_output=True, timeout=100)
    assert read_plan(tmp_path / "out" / path.name) == read_plan(path)
    assert reopened(tmp_path / "out" / "results.xlsx").sheetnames == ["Summary", "Balance", "Charts"]
