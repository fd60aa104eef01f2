import io
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName as DefinedCells

from aluplanner.model.balance import Balance
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.solver import solve
from aluplanner.workbook.besides import Besides
from aluplanner.workbook.book_part import BookPart, DefinedName
from aluplanner.workbook.change_log import ChangeEntry
from aluplanner.workbook.marks import own_sheet
from aluplanner.workbook.package import Package
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import plan_bytes
from tests.workbook.books import EXAMPLE, as_bytes

CHANGE = ChangeEntry(datetime(2026, 11, 22, 9, 5), "Li 李", "Typed", "Plants › East › Built", "1", "2")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(EXAMPLE)


@pytest.fixture(scope="module")
def balances(plan: Plan) -> dict[str, Balance]:
    return {name: solve(plan, name) for name in ("Base", "Strong enforcement H2", "Weak demand")}


def put(data: bytes, besides: Besides, plan: Plan) -> bytes:
    package = Package(data)
    besides.put(package, plan)
    return package.to_bytes()


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def written(plan: Plan, balances: dict[str, Balance]) -> bytes:
    return put(EXAMPLE.read_bytes(), Besides(balances, [CHANGE]), plan)


def test_that_the_sheets_come_behind_the_plans_own(written: bytes) -> None:
    before = opened(EXAMPLE.read_bytes()).sheetnames
    assert opened(written).sheetnames == [*before, "Summary", "Balance", "Charts", "Changes"]


def test_that_the_plans_sheets_stay_byte_for_byte(written: bytes) -> None:
    before, after = Package(EXAMPLE.read_bytes()), Package(written)
    changed = {part for part in before if before[part] != after[part]}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def test_that_the_plan_reads_the_same(written: bytes, plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(written)
    assert read_plan(tmp_path / "plan.xlsx") == plan


def test_that_the_sheets_are_marked_with_hidden_names(written: bytes) -> None:
    marks = {name.name: name for name in BookPart(Package(written)).names if name.name.startswith("AluPlanner.")}
    assert {name: mark.refers_to for name, mark in marks.items()} == {
        f"AluPlanner.{kind}": f"'{kind}'!$A$1" for kind in ("Summary", "Balance", "Charts", "Changes")
    }
    assert all(mark.is_hidden and mark.sheet is None for mark in marks.values())


def test_that_putting_the_same_sheets_again_changes_nothing(
    written: bytes, plan: Plan, balances: dict[str, Balance]
) -> None:
    assert put(written, Besides(balances), plan) == written


def test_that_the_same_plan_gives_the_same_bytes(written: bytes, plan: Plan, balances: dict[str, Balance]) -> None:
    assert put(EXAMPLE.read_bytes(), Besides(balances, [CHANGE]), plan) == written


def test_that_new_results_replace_the_old_ones(written: bytes, plan: Plan, balances: dict[str, Balance]) -> None:
    once = opened(put(written, Besides({"Base": balances["Weak demand"]}), plan))
    assert [cell.value for cell in once["Summary"][5]][3:] == ["Base"]
    assert once["Balance"].max_row == 37
    assert len(once["Charts"]._charts) == 3
    assert once.sheetnames == opened(written).sheetnames


def test_that_a_sheet_of_the_planner_with_our_name_is_left_alone(plan: Plan, balances: dict[str, Balance]) -> None:
    book = Workbook()
    book.active.title = "summary"
    book.active["A1"] = "mine"
    book.create_sheet("Changes")["B2"] = "mine, too"
    once = put(as_bytes(book), Besides(balances, [CHANGE]), plan)
    names = ["summary", "Changes", "Summary (AluPlanner)", "Balance", "Charts", "Changes (AluPlanner)"]
    assert opened(once).sheetnames == names
    assert opened(once)["summary"]["A1"].value == "mine"
    assert opened(once)["Changes"]["B2"].value == "mine, too"
    assert put(once, Besides(balances), plan) == once


def test_that_a_renamed_sheet_is_still_known(written: bytes, plan: Plan, balances: dict[str, Balance]) -> None:
    book = opened(written)
    book["Balance"].title = "月度 'x' & y"
    book.defined_names["AluPlanner.Balance"].attr_text = "'月度 ''x'' & y'!$A$1"
    book.move_sheet("月度 'x' & y", offset=-3)
    once = opened(put(as_bytes(book), Besides(balances), plan))
    assert once.sheetnames == book.sheetnames
    assert once["月度 'x' & y"]["F1"].value == datetime(2017, 1, 1)
    assert once["Summary"]._charts[0].series[0].val.numRef.f.startswith("'月度 ''x'' & y'!$F$")


def test_that_a_deleted_sheet_comes_back(written: bytes, plan: Plan, balances: dict[str, Balance]) -> None:
    book = opened(written)
    del book["Summary"]
    book.defined_names["AluPlanner.Summary"].attr_text = "#REF!"
    once = opened(put(as_bytes(book), Besides(balances), plan))
    assert once["Summary"]["A1"].value == plan.title


def test_that_a_plan_with_errors_has_a_sentence_instead(written: bytes, plan: Plan) -> None:
    once = opened(put(written, Besides(None), plan))
    assert once.sheetnames == opened(written).sheetnames
    for name in ("Summary", "Balance", "Charts"):
        assert "plan has errors" in once[name]["A3"].value
        assert once[name].max_row == 3
        assert once[name]._charts == []
    fresh = opened(put(EXAMPLE.read_bytes(), Besides(None), plan))
    assert "Summary" in fresh.sheetnames
    assert "Balance" not in fresh.sheetnames


def test_that_a_living_model_keeps_its_formulas_and_notes_changes(plan: Plan, balances: dict[str, Balance]) -> None:
    book = Workbook()
    book.active.title = "Summary"
    book.active["B2"] = "=1+1"
    package = Package(as_bytes(book))
    BookPart(package).define([DefinedName("AluPlanner.Living", "Summary!$A$1", is_hidden=True)])
    once = opened(put(package.to_bytes(), Besides(balances, [CHANGE]), plan))
    assert once.sheetnames == ["Summary", "Changes"]
    assert once["Summary"]["B2"].value == "=1+1"


def test_that_months_are_the_same_days_in_a_workbook_of_1904(plan: Plan, balances: dict[str, Balance]) -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    once = opened(put(as_bytes(book), Besides(balances, [CHANGE]), plan))
    assert once.epoch == datetime(1904, 1, 1)
    assert once["Balance"]["F1"].value == datetime(2017, 1, 1)
    assert once["Changes"]["A2"].value == CHANGE.when


def test_that_many_scenarios_stay_sane(plan: Plan, balances: dict[str, Balance]) -> None:
    many = {name: balances["Weak demand" if name != "Base" else name] for name in ["Base", *map(str, range(100))]}
    book = opened(put(EXAMPLE.read_bytes(), Besides(many), plan))
    assert len(book["Summary"][5]) == 3 + 101
    assert book["Balance"].max_row == 1 + 7 * 36
    assert len(book["Charts"]._charts) == 7 * 3
    assert all(len(chart.series) == 7 for chart in book["Summary"]._charts)
    assert "the first 6 of 100 scenarios" in book["Summary"]["A3"].value


def test_that_a_note_is_said(plan: Plan, balances: dict[str, Balance]) -> None:
    book = opened(put(EXAMPLE.read_bytes(), Besides(balances, note="Balances of last Friday."), plan))
    assert book["Summary"]["A3"].value.endswith("Balances of last Friday.")


def test_that_our_second_choice_of_a_name_can_be_taken_too() -> None:
    book = Workbook()
    book.active.title = "Summary"
    book.create_sheet("Summary (AluPlanner)")
    assert own_sheet(BookPart(Package(as_bytes(book))), "Summary") == "Summary (AluPlanner 2)"


@pytest.mark.filterwarnings("ignore:Unable to read chart")  # LibreOffice writes months in a way openpyxl does not take
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_that_libreoffice_opens_what_is_written(plan: Plan, balances: dict[str, Balance], tmp_path: Path) -> None:
    renamed = replace(plan, source=None)
    chinese = {"Base": balances["Base"], "强力执行 & 强需求": balances["Weak demand"]}
    (tmp_path / "plan.xlsx").write_bytes(plan_bytes(renamed, Besides(chinese, [CHANGE])))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "plan.xlsx")], check=True, capture_output=True, timeout=100)
    book = load_workbook(tmp_path / "out" / "plan.xlsx")
    tables = [table.title for table in TABLES.values()]
    assert book.sheetnames == [*tables, "Summary", "Balance", "Charts", "Changes"]
    assert [cell.value for cell in book["Summary"][5]][3:] == [*chinese]
    assert book["Balance"]["F1"].value == datetime(2017, 1, 1)
    assert book["Balance"]["F1"].number_format.lower() == "yyyy\\-mm"
    package = Package((tmp_path / "out" / "plan.xlsx").read_bytes())
    assert sum(part.startswith("xl/charts/chart") for part in package) == 4 + 6
    assert book["Changes"]["B2"].value == "Li 李"
    assert read_plan(tmp_path / "out" / "plan.xlsx") == plan


def test_that_formulas_on_the_results_are_calculated_anew(
    written: bytes, plan: Plan, balances: dict[str, Balance]
) -> None:
    own = {"Direct": "=Balance!F16", "Next": "=Direct!A1*2", "Named": "=SUM(Ours)", "Apart": "=6*7"}
    book = opened(written)
    for title, formula in own.items():
        book.create_sheet(title)["A1"] = formula
    book.defined_names["Ours"] = DefinedCells("Ours", attr_text="Balance!$F$16:$F$18")
    source = as_calculated(as_bytes(book), own)
    data = put(source, Besides(balances), replace(plan, source=source))
    values = load_workbook(io.BytesIO(data), data_only=True)
    assert [values[title]["A1"].value for title in own] == [None, None, None, 1]
    assert [opened(data)[title]["A1"].value for title in own] == [*own.values()]
    assert b'fullCalcOnLoad="1"' in Package(data)["xl/workbook.xml"]


def test_that_a_workbook_without_such_formulas_is_not_calculated_anew(
    written: bytes, plan: Plan, balances: dict[str, Balance]
) -> None:
    book = opened(written)
    book.create_sheet("Apart")["A1"] = "=6*7"
    book.calculation.fullCalcOnLoad = None
    source = as_calculated(as_bytes(book), ["Apart"])
    data = put(source, Besides(balances), replace(plan, source=source))
    assert load_workbook(io.BytesIO(data), data_only=True)["Apart"]["A1"].value == 1
    assert b"fullCalcOnLoad" not in Package(data)["xl/workbook.xml"]


def as_calculated(data: bytes, titles: Iterable[str]) -> bytes:
    """Return a workbook in which the formulas of some sheets have the value 1."""
    book, package = BookPart(Package(data)), Package(data)
    for title in titles:
        part = book.sheets[book.find(title) or 0].part
        package[part] = re.sub(rb"</f><v\s*/?>(</v>)?", b"</f><v>1</v>", package[part])
    return package.to_bytes()
