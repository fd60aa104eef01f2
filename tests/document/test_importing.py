"""Rows of foreign workbooks in the plan: new, changed, replaced, unreadable; remembered choices."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from aluplanner.document.document import Document
from aluplanner.document.import_choices import ImportChoices
from aluplanner.document.import_words import sentence
from aluplanner.document.importing import Imported, Mode, import_into, new_plan_from
from aluplanner.document.preferences import MOST_IMPORTS, Preferences
from aluplanner.i18n import NumberStyle, set_number_style
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan
from aluplanner.model.validation import validate
from aluplanner.workbook.container import Container
from aluplanner.workbook.importing import Converted, Proposal, convert, propose
from aluplanner.workbook.importing.mapping import Layout
from aluplanner.workbook.read import read_plan
from tests.document.small_plan import small_plan
from tests.workbook.books import EXAMPLE, book_bytes
from tests.workbook.foreign_books import foreign_bytes

PLANTS = [
    ["Company", "Owner", "Capacity (kt/y)", "Running (kt/y)"],
    ["north", "One", 1000, 900],
    ["South", "Two", 650, 500],
    ["East", "Three", 70, "some"],
    [None, "Nobody", 5, 5],
]


def proposal_of(**sheets: Sequence[Sequence[Any]]) -> Proposal:
    return propose(Container(book_bytes(sheets)))


def converted_of(proposal: Proposal) -> Converted:
    return convert([sheet.page for sheet in proposal.sheets], proposal.mappings)


def converted_by(choices: ImportChoices) -> Converted:
    return convert([sheet.page for sheet in choices.sheets], [sheet.mapping for sheet in choices.sheets])


def imported(plan: Plan, mode: Mode = Mode.UPDATE, **sheets: Sequence[Sequence[Any]]) -> Imported:
    return import_into(plan, converted_of(proposal_of(**sheets)), mode)


def sentences(made: Imported) -> list[str]:
    return [sentence(table) for table in made.tables]


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


# Into the open plan


def test_that_rows_of_the_same_name_are_updated_and_others_added() -> None:
    made = imported(small_plan(), Data=PLANTS)
    assert [(plant.plant, plant.built) for plant in made.plan.plants] == [
        *(("North", 1000.0), ("South", 650.0), ("West", 800.0), ("East", 70.0)),
    ]
    assert sentences(made) == [
        "Plants: 1 new, 1 changed, 1 unchanged, 1 row has no usable name and is left out, 1 cell cannot be read"
    ]


def test_that_columns_the_sheet_lacks_stay_as_they_are() -> None:
    made = imported(small_plan(), Data=PLANTS)
    assert [plant.province for plant in made.plan.plants] == ["Shandong", "Henan", "Xinjiang", None]


def test_that_a_blank_cell_of_a_sheet_takes_no_figure_away() -> None:
    titles = ["Company", "Owner", "Capacity (kt/y)", "Running (kt/y)"]
    before = small_plan()
    made = imported(before, Smelters=[titles, ["North", None, 1300, None], ["West", "Three", 70, None]])
    plant = made.plan.plants[0]
    assert (plant.built, plant.operating, plant.group) == (1300.0, before.plants[0].operating, before.plants[0].group)
    assert made.plan.plants.find("West") is not None


def test_that_only_new_rows_can_be_added() -> None:
    made = imported(small_plan(), Mode.ADD, Data=PLANTS)
    assert [(plant.plant, plant.built) for plant in made.plan.plants] == [
        *(("North", 1000.0), ("South", 600.0), ("West", 800.0), ("East", 70.0)),
    ]
    assert sentences(made)[0].startswith("Plants: 1 new, 2 unchanged")


def test_that_a_table_can_be_replaced_with_what_hangs_on_its_rows() -> None:
    plan = small_plan()
    made = imported(plan, Mode.REPLACE, Data=[["Company", "Capacity (kt/y)"], ["South", 650], ["West", 800]])
    assert made.plan.plants.keys == ("South", "West")
    assert sentences(made) == ["Plants: 1 changed, 1 unchanged, 1 row goes"]
    assert [row.row for row in made.plan.overrides] == ["Cut", "Cut"]
    assert plan.plants.keys == ("North", "South", "West")


def test_that_what_cannot_be_read_stays_in_the_cell_as_text() -> None:
    made = imported(small_plan(), Data=PLANTS)
    rows = made.plan.plants
    assert rows.unread_at(3, "operating") == "some"
    assert not rows.unread[3, "operating"].has_stand_in
    assert rows[3].operating is None
    issues = [issue for issue in validate(made.plan) if issue.column == "operating"]
    assert [(issue.row, issue.is_error) for issue in issues] == [("East", True)]


def test_that_a_row_that_was_there_goes_on_with_its_last_good_value() -> None:
    made = imported(small_plan(), Data=[["Company", "Capacity (kt/y)"], ["South", "about 650"], ["East", 70]])
    rows = made.plan.plants
    assert (rows[1].built, rows.unread_at(1, "built"), rows.unread[1, "built"].has_stand_in) == (
        600.0,
        "about 650",
        True,
    )


def test_that_every_problem_has_its_place_in_the_workbook() -> None:
    issues = imported(small_plan(), Data=PLANTS).issues
    assert [(issue.place, issue.is_error) for issue in issues] == [("Data!D4", True), ("Data!B5", True)]


def test_that_importing_again_changes_nothing() -> None:
    once = imported(small_plan(), Data=PLANTS)
    again = imported(once.plan, Data=PLANTS)
    assert again.plan == once.plan
    assert not again.is_anything


def test_that_figures_do_not_depend_on_how_the_planner_writes_numbers() -> None:
    plain = imported(small_plan(), Data=PLANTS).plan
    try:
        set_number_style(NumberStyle(decimal=",", group="."))
        styled = import_into(small_plan(), converted_of(proposal_of(Data=[*PLANTS, ["Odd", "X", 1234.5, 1.5]])))
    finally:
        set_number_style(NumberStyle())
    assert styled.plan.plants[:4] == plain.plants[:4]
    assert (styled.plan.plants[4].built, styled.plan.plants[4].operating) == (1234.5, 1.5)


def test_that_a_new_action_has_the_size_that_the_sheet_gives_and_no_other() -> None:
    rows = [
        ["Action", "Kind", "Target", "Share (%)", "Start (month)"],
        ["Winter", "curtail output", "North、South", 30, "2017-11"],
        ["Spring", "curtail output", "West", 10, "2017-03"],
    ]
    made = imported(small_plan(), Actions=rows)
    action = made.plan.actions.find("Winter")
    assert action is not None
    assert (action.share, action.announced, action.target, action.start) == (
        0.3,
        None,
        "North; South",
        Month.of(2017, 11),
    )
    assert not [issue for issue in validate(made.plan) if issue.is_error]


def test_that_growth_of_a_year_that_the_plan_does_not_have_comes_too() -> None:
    rows = [["Sector", "Consumption (kt)", "Growth 2019 (%)"], ["Building", 1600, 0.04], ["Power", 90, 0.5]]
    made = imported(small_plan(), Demand=rows)
    assert made.plan.demand[0].growth_in(2019) == 0.04
    assert [sector.growth_in(2019) for sector in made.plan.demand] == [0.04, None, 0.5]


def test_that_a_name_that_no_row_can_have_stays_as_text() -> None:
    made = imported(small_plan(), Data=[["Company", "Capacity (kt/y)"], ["A; B", 1], ["C", 2]])
    assert made.plan.plants.unread_at(3, "plant") == "A; B"
    assert made.plan.plants[3].built == 1.0


def test_that_such_a_name_does_not_come_twice() -> None:
    rows = [["Company", "Capacity (kt/y)"], ["A; B", 1], ["C", 2]]
    once = imported(small_plan(), Data=rows)
    again = imported(once.plan, Data=rows)
    assert again.plan == once.plan
    assert sentences(again) == ["Plants: 1 unchanged, 1 row has no usable name and is left out"]


def test_that_assumptions_are_known_by_their_names() -> None:
    rows = [["Assumption", "Value"], ["opening_stock", 450], ["load factor", "much"]]
    made = imported(small_plan(), Assumptions=rows)
    assert made.plan.assumption("opening_stock") == 450.0
    assert [issue.place for issue in made.issues] == ["Assumptions!B3"]
    assert sentences(made) == ["Assumptions: 2 changed, 1 cell cannot be read"]


def test_that_several_sheets_go_into_their_tables_one_after_the_other() -> None:
    made = import_into(small_plan(), converted_of(propose(Container(foreign_bytes()))))
    assert sentences(made) == [
        "Plants: 5 new, 1 cell cannot be read",
        "Monthly: 2 new, 2 changed",
        "Plants: 5 new",
    ]
    assert len(made.plan.plants) == 13
    assert made.plan.monthly[1].actual_production == 2653.0


def test_that_the_example_imported_into_an_empty_plan_is_the_example() -> None:
    container = Container(EXAMPLE.read_bytes())
    example = read_plan(EXAMPLE)
    made = import_into(Plan(), converted_of(propose(container)))
    assert not made.issues
    assert made.plan == example


def test_that_an_error_value_is_no_text_and_clears_nothing() -> None:
    rows = [["Company", "Province", "Capacity (kt/y)", "Running (kt/y)"]]
    rows += [["South", "#N/A", "#N/A", "#REF!"], ["East", "#REF!", "#N/A", "#REF!"]]
    made = imported(small_plan(), Data=rows)
    south, east = made.plan.plants[1], made.plan.plants[3]
    assert (south.province, south.built, east.plant, east.province, east.built) == ("Henan", 600.0, "East", None, None)
    assert dict(made.plan.plants.unread).keys() == {(1, "operating"), (3, "operating")}
    assert made.plan.plants.unread_at(1, "operating") == "#REF!"
    assert [issue.place for issue in made.issues] == [f"Data!{column}{row}" for row in (2, 3) for column in "BCD"]
    assert sentences(made) == ["Plants: 1 new, 1 changed, 6 cells cannot be read"]


def test_that_a_row_whose_name_is_an_error_has_none() -> None:
    made = imported(small_plan(), Data=[["Company", "Capacity (kt/y)"], ["#N/A", 5], ["East", 6]])
    assert made.plan.plants.keys == ("North", "South", "West", "East")
    assert "Data!A2" in [issue.place for issue in made.issues]


# As a new plan


def test_that_a_new_plan_begins_this_year_where_the_sheets_do_not_say() -> None:
    made = new_plan_from(converted_of(proposal_of(Data=PLANTS)), "Smelters")
    assert made.plan.title == "Smelters"
    assert made.plan.horizon is not None
    assert made.plan.plants.keys == ("north", "South", "East")


def test_that_a_new_plan_begins_with_its_first_month() -> None:
    rows = [["Month", "Production (kt)"], ["2015-03", 1], ["2015-04", 2]]
    made = new_plan_from(converted_of(proposal_of(Data=rows)), "Monthly")
    assert made.plan.horizon is not None
    assert made.plan.horizon.first == Month.of(2015, 3)


# Choices


def test_that_an_import_is_one_step_of_the_history(document: Document) -> None:
    before = document.plan
    document.apply(imported(document.plan, Data=PLANTS).plan, "Imported data.xlsx")
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Imported data.xlsx"
    document.undo_stack.undo()
    assert document.plan is before


def test_that_choices_are_offered_again_for_the_same_layout(preferences: Preferences) -> None:
    choices = ImportChoices(proposal_of(Data=PLANTS), preferences)
    assert not choices.is_remembered
    choices.choose_column(0, 2, "note")
    choices.choose_unit(0, 3, "万吨/年")
    choices.choose_constant(0, "province", "Henan")
    choices.remember()
    other = [list(row) for row in PLANTS]
    other[1][2] = 77
    again = ImportChoices(proposal_of(Data=other), preferences)
    assert again.is_remembered
    assert again.mapping(0) == choices.mapping(0)
    (table,) = converted_by(again).tables
    values = {c.name: cell.value for c, cell in zip(table.columns, table.rows[0].cells, strict=True)}
    assert values == {"plant": "north", "province": "Henan", "built": 770.0, "operating": 900.0, "note": "One"}


def test_that_another_layout_is_proposed_anew(preferences: Preferences) -> None:
    ImportChoices(proposal_of(Data=PLANTS), preferences).remember()
    assert not ImportChoices(proposal_of(Other=PLANTS), preferences).is_remembered


def test_that_the_oldest_layouts_are_forgotten(preferences: Preferences) -> None:
    for number in range(MOST_IMPORTS + 1):
        preferences.remember_import(str(number), [{"sheet": "铝"}])
    assert preferences.import_choices("0") == []
    assert preferences.import_choices("1") == [{"sheet": "铝"}]


def test_that_damaged_memories_count_as_none(preferences: Preferences, tmp_path: Path) -> None:
    proposal = proposal_of(Data=PLANTS)
    preferences.remember_import(proposal.signature, [{"sheet": "Data"}, {"table": 1}])
    assert not ImportChoices(proposal, preferences).is_remembered
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("imports/choices", "{")
    assert Preferences(settings).import_choices(proposal.signature) == []


def test_that_choosing_a_column_proposes_its_unit(preferences: Preferences) -> None:
    choices = ImportChoices(
        proposal_of(Data=[["Company", "万吨", "Other (Mt)"], ["A", 1, 2], ["B", 3, 4]]), preferences
    )
    choices.choose_table(0, "plants")
    choices.choose_column(0, 2, "built")
    assert choices.mapping(0).taken["built"].unit == "万吨/年"
    choices.choose_column(0, 3, "built")
    assert choices.mapping(0).taken["built"].unit == "Mt/y"
    assert [choice.column for choice in choices.mapping(0).columns] == ["plant", "", "built"]


def test_that_moving_the_header_proposes_its_columns(preferences: Preferences) -> None:
    rows = [["Smelter", "Capacity (kt)"], ["Plant", "Operating (Mt)"], ["A", 1], ["B", 2]]
    choices = ImportChoices(proposal_of(Data=rows), preferences)
    choices.choose_table(0, "plants")
    choices.choose_header(0, 2, 2)
    assert set(choices.mapping(0).taken) == {"plant", "operating"}
    assert choices.example(0, 2) == "1 · 2"


def test_that_turning_a_sheet_and_leaving_it_out_is_followed(preferences: Preferences) -> None:
    choices = ImportChoices(propose(Container(foreign_bytes())), preferences)
    choices.lay_out(1, Layout.DOWN)
    assert not choices.mapping(1).is_turned
    choices.lay_out(1, Layout.ACROSS)
    choices.leave_out_totals(0, False)
    choices.choose_table(2, "")
    assert [table.mapping.sheet for table in converted_by(choices).tables] == ["电解铝企业", "平衡表"]
    assert len(converted_by(choices).tables[0].rows) == 7


def test_that_units_nobody_states_are_named(preferences: Preferences) -> None:
    choices = ImportChoices(proposal_of(Data=[["Company", "Capacity"], ["A", 1], ["B", 2]]), preferences)
    assert [column.name for column in choices.unstated(0)] == ["built"]
    choices.choose_unit(0, 2, "kt/y")
    assert choices.unstated(0) == []


def test_that_what_the_planner_leaves_out_of_the_names_is_said() -> None:
    proposal = proposal_of(Data=PLANTS)
    mapping = proposal.mappings[0].with_choice(1, column="")
    made = import_into(small_plan(), convert([proposal.sheets[0].page], [mapping]))
    assert not made.is_anything
    assert sentences(made) == ["Plants: No column of the sheet names the rows: choose one for Plant."]
