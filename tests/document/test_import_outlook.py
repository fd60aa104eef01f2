"""Counting what would come of an import: first rows at once, the rest in the background, newest choices win."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.import_choices import ImportChoices
from aluplanner.document.import_outlook import AT_ONCE, FIRST_ROWS, ImportOutlook
from aluplanner.document.importing import Imported, Mode
from aluplanner.document.preferences import Preferences
from aluplanner.workbook.importing import Proposal, SheetProposal
from aluplanner.workbook.importing.pages import make_page
from aluplanner.workbook.importing.proposing import propose_mapping
from aluplanner.workbook.sheet import Cell, SheetContents
from tests.document.small_plan import small_plan

MANY = 500


def proposal(count: int) -> Proposal:
    lines: list[list[Cell]] = [["Company", "Province", "Capacity (kt/y)"]]
    lines += [[f"Plant {number}", "Henan", float(number)] for number in range(count)]
    rows = [(number, dict(enumerate(line, start=1))) for number, line in enumerate(lines, start=1)]
    page = make_page("Data", SheetContents(rows))
    return Proposal((SheetProposal(page, propose_mapping(page)),))


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def choices(preferences: Preferences) -> ImportChoices:
    return ImportChoices(proposal(MANY), preferences)


@pytest.fixture
def outlook(choices: ImportChoices, document: Document, qtbot: QtBot) -> Iterator[ImportOutlook]:
    made = ImportOutlook(choices, document)
    yield made
    with qtbot.waitSignal(made.destroyed):
        made.retire()


def new_rows(imported: Imported) -> int:
    return sum(len(table.taken) for table in imported.tables)


def test_that_a_large_sheet_is_counted_in_the_background(outlook: ImportOutlook, qtbot: QtBot) -> None:
    with qtbot.waitSignal(outlook.counted) as counted:
        outlook.ask(small_plan(), Mode.UPDATE, "Title")
        assert outlook.is_counting
    assert not outlook.is_counting
    assert new_rows(counted.args[0]) == MANY


def test_that_a_small_one_is_counted_at_once(preferences: Preferences, document: Document) -> None:
    outlook = ImportOutlook(ImportChoices(proposal(AT_ONCE - 1), preferences), document)
    told: list[Imported] = []
    outlook.counted.connect(told.append)
    outlook.ask(small_plan(), Mode.UPDATE, "Title")
    assert not outlook.is_counting
    assert [new_rows(imported) for imported in told] == [AT_ONCE - 1]
    outlook.retire()


def test_that_only_what_was_asked_last_is_answered(
    outlook: ImportOutlook, choices: ImportChoices, qtbot: QtBot
) -> None:
    told: list[Imported] = []
    outlook.counted.connect(told.append)
    for unit in ("Mt/y", "t/y", "kt/y"):
        choices.choose_unit(0, 3, unit)
        outlook.ask(small_plan(), Mode.UPDATE, "Title")
    qtbot.waitUntil(lambda: not outlook.is_counting)
    (imported,) = told
    assert imported.plan.plants[-1].built == MANY - 1


def test_that_the_counted_plan_is_that_of_the_choices_when_asked(
    outlook: ImportOutlook, choices: ImportChoices, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(outlook.counted) as counted:
        outlook.ask(small_plan(), None, "Title")
        choices.choose_unit(0, 3, "Mt/y")
    plan = counted.args[0].plan
    assert (plan.title, plan.plants[-1].built) == ("Title", MANY - 1)


def test_that_the_first_rows_are_there_without_counting(outlook: ImportOutlook, choices: ImportChoices) -> None:
    shown = outlook.first_rows(0, small_plan(), Mode.UPDATE)
    assert shown is not None
    assert [row.key for row in shown.taken] == [f"Plant {number}" for number in range(FIRST_ROWS)]
    choices.choose_table(0, "")
    assert outlook.first_rows(0, small_plan(), Mode.UPDATE) is None


def test_that_counting_rests_while_the_planner_does_something_and_ends_all_the_same(
    outlook: ImportOutlook, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(outlook.counted) as counted:
        outlook.ask(small_plan(), Mode.UPDATE, "Title")
        outlook.give_way()
    assert new_rows(counted.args[0]) == MANY


def test_that_nothing_is_told_once_nobody_wants_it(choices: ImportChoices, document: Document, qtbot: QtBot) -> None:
    outlook = ImportOutlook(choices, document)
    told: list[Imported] = []
    outlook.counted.connect(told.append)
    outlook.ask(small_plan(), Mode.UPDATE, "Title")
    with qtbot.waitSignal(outlook.destroyed):
        outlook.retire()
        outlook.ask(small_plan(), Mode.UPDATE, "Title")
        assert not outlook.is_counting
    assert told == []
