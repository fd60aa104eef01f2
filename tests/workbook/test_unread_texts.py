"""Texts that their cells cannot hold are saved as they are, and come back as they are."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from aluplanner.document.entering import enter_texts
from aluplanner.document.opening import read_draft
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.plan import Plan
from aluplanner.model.validation import validate
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan, read_workbook
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan


def with_text(plan: Plan, table: str, row: int, column: str, text: str, scenario: str = "Base") -> Plan:
    return enter_texts(ScenarioView(plan, scenario), table, [(row, column, text)]).plan


def saved(plan: Plan, path: Path) -> Plan:
    write_plan(plan, path)
    return read_draft(path)


@pytest.mark.parametrize("text", ["about 900", "=1+x", "+-", "5 %% ", "2017-13 x", "九百", 'say "nine"\tor so'])
def test_that_a_text_comes_back_from_a_new_workbook(tmp_path: Path, text: str) -> None:
    found = saved(with_text(small_plan(), "plants", 0, "operating", text), tmp_path / "a.xlsx")
    assert found.plants.unread_at(0, "operating") == text.strip()
    assert found.plants[0].operating == 900.0
    assert [issue.code for issue in validate(found) if issue.is_error] == ["unread"]


def test_that_a_text_is_written_into_the_workbook_a_plan_came_from_and_mended_there(tmp_path: Path) -> None:
    example = read_plan(resource_path("examples", "china-2017.xlsx"))
    bad = saved(with_text(example, "plants", 2, "built", "see notice"), tmp_path / "bad.xlsx")
    assert bad.plants.unread_at(2, "built") == "see notice"
    mended = bad.with_value(f"plants/{bad.plants.keys[2]}/built", example.plants[2].built)
    assert saved(mended, tmp_path / "good.xlsx") == example
    emptied = saved(with_text(bad, "plants", 2, "built", ""), tmp_path / "empty.xlsx")
    assert emptied.plants[2].built is None
    assert not emptied.plants.unread


def test_that_a_text_that_stays_is_not_touched(tmp_path: Path) -> None:
    bad = saved(with_text(small_plan(), "plants", 0, "built", "lots"), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    column = next(cell.column for cell in book["Plants"][1] if str(cell.value).startswith("Built"))
    assert book["Plants"].cell(2, column).value == "lots"
    again = saved(bad.with_value("plants/South/built", 601.0), tmp_path / "b.xlsx")
    assert again.plants.unread_at(0, "built") == "lots"
    assert again.plants[1].built == 601.0


def test_that_a_text_in_a_column_that_the_sheet_lacks_adds_it(tmp_path: Path) -> None:
    write_plan(small_plan(), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    column = next(cell.column for cell in book["Plants"][1] if str(cell.value).startswith("Pot size"))
    book["Plants"].delete_cols(column)
    book.save(tmp_path / "a.xlsx")
    plan = with_text(read_plan(tmp_path / "a.xlsx"), "plants", 0, "pot_size", "big")
    assert saved(plan, tmp_path / "b.xlsx").plants.unread_at(0, "pot_size") == "big"


def test_that_the_text_of_an_override_or_an_assumption_comes_back(tmp_path: Path) -> None:
    plan = with_text(small_plan(), "plants", 0, "operating", "x", scenario="Strict")
    row = plan.assumptions.position("load_factor")
    assert row is not None
    found = saved(with_text(plan, "assumptions", row, "value", "high"), tmp_path / "a.xlsx")
    assert ScenarioView(found, "Strict").rows("plants").unread_at(0, "operating") == "x"
    assert found.assumptions.unread_at(found.assumptions.position("load_factor") or 0, "value") == "high"


def test_that_a_month_that_is_none_comes_back(tmp_path: Path) -> None:
    found = saved(with_text(small_plan(), "monthly", 1, "month", "Smarch"), tmp_path / "a.xlsx")
    assert found.monthly.unread_at(1, "month") == "Smarch"


def test_that_the_text_a_formula_gives_stays_when_the_formula_goes(tmp_path: Path) -> None:
    write_plan(with_text(small_plan(), "plants", 0, "built", "about 900"), tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    sheet = next(name for name, part in parts.items() if name.startswith("xl/worksheets/") and ">North<" in part)
    formula = r'<c r="E2"\1 t="str"><f>"about "&amp;900</f><v>about 900</v></c>'
    parts[sheet], count = re.subn(r'<c r="E2"([^>]*?) t="inlineStr">.*?</c>', formula, parts[sheet])
    assert count == 1
    with ZipFile(tmp_path / "a.xlsx", "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    found = read_draft(tmp_path / "a.xlsx")
    assert found.plants.unread_at(0, "built") == "about 900"
    assert saved(found, tmp_path / "b.xlsx").plants.unread_at(0, "built") == "about 900"
    changed = with_text(found, "plants", 0, "built", "about 950")
    assert saved(changed, tmp_path / "c.xlsx").plants.unread_at(0, "built") == "about 950"


def test_that_a_file_that_leaves_something_unsaid_gives_no_draft(tmp_path: Path) -> None:
    write_plan(small_plan(), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    book["Plants"]["E2"] = "=1/0"
    book.save(tmp_path / "a.xlsx")
    result = read_workbook(tmp_path / "a.xlsx")
    assert result.plan is None
    assert result.draft is None


def test_that_the_word_for_a_blank_override_is_no_value_of_other_cells(tmp_path: Path) -> None:
    plan = with_text(small_plan(), "plants", 0, "operating", "(blank)")
    assert as_stored(plan).plants[0].operating == 900.0
    assert as_stored(plan).plants == saved(plan, tmp_path / "a.xlsx").plants
