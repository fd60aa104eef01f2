"""Plans are told from other files at a glance."""

import zipfile
from pathlib import Path

from aluplanner.model.plants import PLANTS
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.plan_files import holds_plan
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.results import write_results

CASE = resource_path("examples", "china-2017.xlsx")


def test_that_a_plan_is_known_and_results_are_not_one(tmp_path: Path) -> None:
    assert holds_plan(CASE)
    results = tmp_path / "results.xlsx"
    write_results({"Base": solve(read_plan(CASE))}, results)
    assert not holds_plan(results)


def test_that_chinese_sheets_are_known_and_what_is_no_workbook_is_no_plan(tmp_path: Path) -> None:
    chinese = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(chinese, "w") as package:
        package.writestr("xl/workbook.xml", f"<workbook><sheets><sheet name='{PLANTS.title_zh}'/></sheets></workbook>")
    assert holds_plan(chinese)
    (tmp_path / "text.xlsx").write_text("Plants")
    assert not holds_plan(tmp_path / "text.xlsx")
    assert not holds_plan(tmp_path / "missing.xlsx")
    assert not holds_plan(tmp_path)
