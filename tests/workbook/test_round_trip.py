from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aluplanner.model.calendar import Month
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.workbook.read import read_plan, read_workbook
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.write import plan_bytes, write_plan
from tests.workbook.books import EXAMPLE, reopened
from tests.workbook.random_plans import plans

# making a failing plan smaller takes longer than reading it
without_shrinking = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])


def test_that_the_example_comes_back_equal_from_its_own_workbook(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    write_plan(plan, tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == plan


def test_that_the_example_comes_back_equal_from_a_new_workbook(tmp_path: Path) -> None:
    plan = replace(read_plan(EXAMPLE), source=None)
    write_plan(plan, tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == plan


def test_that_a_second_save_gives_the_same_plan(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    write_plan(plan, tmp_path / "one.xlsx")
    again = read_plan(tmp_path / "one.xlsx")
    write_plan(again, tmp_path / "two.xlsx")
    assert read_plan(tmp_path / "two.xlsx") == plan


def test_that_what_was_written_is_returned_as_the_next_source(tmp_path: Path) -> None:
    written = write_plan(read_plan(EXAMPLE), tmp_path / "plan.xlsx")
    assert written == (tmp_path / "plan.xlsx").read_bytes()


def test_that_the_planners_own_sheets_and_widths_stay(tmp_path: Path) -> None:
    write_plan(read_plan(EXAMPLE).with_value("assumptions/load_factor/value", 1.03), tmp_path / "plan.xlsx")
    before, after = reopened(EXAMPLE), reopened(tmp_path / "plan.xlsx")
    assert after.sheetnames == before.sheetnames
    assert [[cell.value for cell in row] for row in after["Notes"]] == [
        [cell.value for cell in row] for row in before["Notes"]
    ]
    for sheet in before:
        widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
        assert {letter: dimension.width for letter, dimension in after[sheet.title].column_dimensions.items()} == widths
        assert after[sheet.title].freeze_panes == sheet.freeze_panes


@without_shrinking
@given(plans())
def test_that_any_plan_comes_back_from_a_new_workbook(plan: Plan) -> None:
    stored = as_stored(plan)
    assert as_stored(stored) == stored
    assert as_stored(read_tables(plan_bytes(stored)).plan) == stored


@without_shrinking
@given(plans(), plans(), st.randoms())
def test_that_any_plan_can_be_written_into_the_workbook_of_another(old: Plan, new: Plan, random) -> None:
    plants = [*as_stored(old).plants, *as_stored(new).plants]
    random.shuffle(plants)
    mixed = as_stored(replace(new, plants=new.plants.replaced(plants), source=plan_bytes(as_stored(old))))
    assert as_stored(read_tables(plan_bytes(mixed)).plan) == mixed


@without_shrinking
@given(plans())
def test_that_saving_loading_and_saving_gives_the_same_plan_and_the_same_bytes(plan: Plan) -> None:
    stored = as_stored(plan)
    data = plan_bytes(stored)
    assert plan_bytes(stored) == data
    found = read_tables(data).plan
    assert as_stored(found) == stored
    assert plan_bytes(replace(found, source=data)) is data
    assert plan_bytes(replace(stored, source=data)) is data


@without_shrinking
@given(plans(), plans(), st.randoms())
def test_that_going_there_and_back_gives_the_plan_of_before(one: Plan, other: Plan, random) -> None:
    old, rows = as_stored(one), [*as_stored(one).plants, *as_stored(other).plants]
    random.shuffle(rows)
    there = as_stored(replace(old, plants=old.plants.replaced(rows), source=plan_bytes(old)))
    changed = plan_bytes(there)
    assert plan_bytes(there) == changed
    back = as_stored(replace(old, source=changed))
    assert as_stored(read_tables(plan_bytes(back)).plan) == old


def test_that_numbers_keep_sixteen_digits(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE).with_value("assumptions/load_factor/value", 1.013812345678901)
    write_plan(plan, tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx").assumption("load_factor") == 1.013812345678901


def test_that_numbers_with_more_digits_are_stored_with_sixteen(tmp_path: Path) -> None:
    third = replace(read_plan(EXAMPLE).plants[0], note=None, pot_size=0.1 + 0.2)
    plan = read_plan(EXAMPLE)
    write_plan(plan.with_table(plan.plants.replaced((third, *plan.plants[1:]))), tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx").plants[0].pot_size == 0.3


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "#N/A", "_x000D_", "TRUE", "2017"])
def test_that_text_stays_text(tmp_path: Path, text: str) -> None:
    plan = replace(read_plan(EXAMPLE), source=None)
    plan = plan.with_value(f"plants/{plan.plants.keys[0]}/note", text)
    write_plan(plan, tmp_path / "plan.xlsx")
    cell = next(cell for cell in reopened(tmp_path / "plan.xlsx")["Plants"][2] if cell.column == 15)
    assert cell.data_type == "s"
    assert read_plan(tmp_path / "plan.xlsx").plants[0].note == text


def test_that_text_is_cleaned_of_what_no_workbook_can_hold(tmp_path: Path) -> None:
    plan = replace(read_plan(EXAMPLE), source=None)
    first = replace(plan.plants[0], note=" bell\x07, half\ud800 a pair\r\nnew line ")
    write_plan(plan.with_table(plan.plants.replaced((first, *plan.plants[1:]))), tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx").plants[0].note == "bell, half a pair\nnew line"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x" * 32_768, "😀" * 16_384])
def test_that_what_no_cell_can_hold_is_refused_and_named(tmp_path: Path, value: object) -> None:
    plan = read_plan(EXAMPLE)
    name = "note" if isinstance(value, str) else "built"
    bad = replace(plan.plants[3], **{name: value})
    with pytest.raises(PlanError) as caught:
        write_plan(plan.with_table(plan.plants.replaced((*plan.plants[:3], bad))), tmp_path / "plan.xlsx")
    (issue,) = caught.value.issues
    assert issue.address == f"plants/{bad.plant}/{name}"
    assert not (tmp_path / "plan.xlsx").exists()


def test_that_a_plan_with_errors_can_be_saved_and_is_not_lost(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    broken = plan.with_value(f"plants/{plan.plants.keys[0]}/operating", 99_999)
    write_plan(broken, tmp_path / "plan.xlsx")
    result = read_workbook(tmp_path / "plan.xlsx")
    assert result.plan is None
    assert result.draft == broken


def test_that_rows_without_any_entry_are_left_out(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    empty = type(plan.plants[0])()
    write_plan(plan.with_table(plan.plants.replaced((plan.plants[0], empty, *plan.plants[1:]))), tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == plan


def test_that_months_are_true_dates_and_shares_percent(tmp_path: Path) -> None:
    write_plan(replace(read_plan(EXAMPLE), source=None), tmp_path / "plan.xlsx")
    sheet = reopened(tmp_path / "plan.xlsx")["Actions"]
    cells = {sheet.cell(1, number).value: sheet.cell(3, number) for number in range(1, sheet.max_column + 1)}
    assert cells["Start (month)"].is_date
    assert cells["Start (month)"].number_format == "yyyy-mm"
    assert (cells["Implementation (%)"].value, cells["Implementation (%)"].number_format) == (0.025, "0.0%")
    assert cells["Enabled"].value == "yes"


def test_that_an_override_keeps_the_type_of_the_cell_it_names(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    made = plan.overrides[0]
    action = plan.actions.keys[0]
    typed = [
        replace(made, row=action, column="start", value=Month.of(2017, 9)),
        replace(made, row=action, column="enabled", value=False),
        replace(made, row=action, column="share", value=0.3),
        replace(made, row=action, column="note", value="2017"),
        replace(made, row=action, column="end", value="(blank)"),
        replace(made, table="monthly", row="2017-07", column="net_imports", value=-5.0),
        replace(made, table="seasonality", row="7", column="weight", value=1.5),
        replace(made, table="demand", row=plan.demand.keys[0], column="growth 2017", value=0.05),
        replace(made, table="assumptions", row="market_response", column="value", value=True),
    ]
    for source in (plan.source, None):
        plan = replace(plan, overrides=plan.overrides.replaced(typed), uncertainty=plan.uncertainty, source=source)
        write_plan(plan, tmp_path / "plan.xlsx")
        assert [override.value for override in read_workbook(tmp_path / "plan.xlsx").draft.overrides] == [
            override.value for override in typed
        ]
