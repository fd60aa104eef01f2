"""A workbook of somebody else: refused as a plan, then its rows are imported, and one undo takes them back."""

from pathlib import Path

from aluplanner.workbook.read import read_workbook
from tests.document.small_plan import small_plan
from tests.e2e.conftest import Open
from tests.e2e.planner import Planner
from tests.workbook.foreign_books import foreign_bytes

NAME = "smelters.xlsx"


def wait_for(planner: Planner, title: str) -> None:
    planner.desk.wait_until(lambda: planner.desk.active_title == title, f"the window “{title}”")


def test_that_a_foreign_workbook_is_refused_imported_and_taken_back(open_plan: Open, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(foreign_bytes())
    before = small_plan()
    planner = open_plan(before)
    desk = planner.desk
    desk.press("ctrl+o")
    wait_for(planner, "Open a plan")
    desk.type(str(tmp_path / NAME))
    desk.press("Return")
    wait_for(planner, f"{NAME} was not opened")
    desk.press("alt+i")
    wait_for(planner, f"Import from {NAME}")
    desk.press("alt+i")
    planner.wait_until_changed()
    planner.save_file()
    imported = read_workbook(planner.file).draft  # a cell of it cannot be read
    assert imported is not None
    assert imported.plants.keys[:3] == before.plants.keys
    assert len(imported.plants) == 13
    assert planner.saved_cells("Plants", "Operating (kt/y)").count("约185") == 1
    assert imported.plants.find("魏桥铝电").built == 6465.0
    assert [row.actual_production for row in imported.monthly if row.actual_production][:2] == [2948.0, 2653.0]
    desk.press("ctrl+z")
    planner.wait_until_changed()
    assert planner.save() == before
    planner.quit()
