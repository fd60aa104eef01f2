"""Kept forecasts: the file gives back what was said, opens as a plan, and tells when it was touched."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.analysis.forecast import Forecast, make_forecast
from aluplanner.analysis.forecast_digest import inputs_digest
from aluplanner.analysis.forecast_score import score_forecast
from aluplanner.model.calendar import Month
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from aluplanner.workbook.besides import Besides
from aluplanner.workbook.forecast_sheet import digest_of
from aluplanner.workbook.forecasts import forecast_bytes, keep_forecast, read_forecast, write_forecast
from aluplanner.workbook.package import Package
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.write import plan_bytes, write_plan
from tests.analysis.backtest_plans import plan_with_actuals, wide_fan
from tests.workbook.books import EXAMPLE
from tests.workbook.random_plans import plans

# what openpyxl says of print areas that are whole columns
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")

FEB, JUNE = Month.of(2017, 2), Month.of(2017, 6)
FAN = FanOrder(10, 3, wide_fan)
Change = Callable[[Worksheet], None]


def forecast_of(plan: Plan, **more: Any) -> Forecast:
    return make_forecast(
        plan, **{"as_of": FEB, "fan": FAN, "made_on": date(2017, 3, 2), "made_by": "Li 李 & Co", **more}
    )


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return the file of a forecast made at the end of February 2017."""
    path = tmp_path / "said.xlsx"
    write_forecast(forecast_of(plan_with_actuals(known_until="2017-04")), path)
    return path


def change(path: Path, edit: Change, sheet: str = "Forecast") -> None:
    """Change a sheet as another program would, and save."""
    book = load_workbook(path)
    edit(book[sheet])
    book.save(path)


def same(found: Forecast, wanted: Forecast) -> bool:
    """Return whether two forecasts say the same, digit for digit."""
    assert digest_of(found) == digest_of(wanted)
    assert {**found.lines}.keys() == {**wanted.lines}.keys()
    pairs = [(found.lines, wanted.lines), (found.fans, wanted.fans)]
    pairs += [(found.naive.seasonal, wanted.naive.seasonal), (found.naive.no_change, wanted.naive.no_change)]
    return all(
        ours.keys() == theirs.keys()
        and all(np.allclose(ours[name], theirs[name], rtol=1e-14, atol=0, equal_nan=True) for name in ours)
        for ours, theirs in pairs
    )


def test_that_a_kept_forecast_says_what_was_said(kept: Path) -> None:
    wanted, found = forecast_of(plan_with_actuals(known_until="2017-04")), read_forecast(kept)
    assert same(found, wanted)
    assert found.doubts == ()
    for name in (
        "title",
        "scenario",
        "as_of",
        "known_until",
        "draws",
        "seed",
        "made_on",
        "made_by",
        "inputs",
        "months",
    ):
        assert getattr(found, name) == getattr(wanted, name), name
    assert (found.made_by, found.draws, found.seed, found.known_until) == ("Li 李 & Co", 10, 3, FEB)


def test_that_the_file_opens_as_the_plan_without_later_facts(kept: Path) -> None:
    plan = read_plan(kept)
    assert as_stored(plan) == as_stored(forecast_of(plan_with_actuals(known_until="2017-04")).plan)
    assert plan.value("monthly/2017-04/actual_production") is None
    assert plan.value("assumptions/known_until/value") == FEB
    found = read_forecast(kept)
    assert solve(plan).series("stock").tolist() == pytest.approx(found.lines["stock"].tolist(), rel=1e-12)


def test_that_the_digest_is_equal_after_saving_and_reading_again(kept: Path, tmp_path: Path) -> None:
    plan = read_plan(kept)
    again = tmp_path / "again.xlsx"
    write_plan(plan.with_value("plants/Plant/note", "looked at"), again)
    other = tmp_path / "other.xlsx"
    load_workbook(kept).save(other)
    digests = {inputs_digest(read_plan(path)) for path in (kept, again, other)}
    assert digests == {read_forecast(kept).inputs}
    assert read_forecast(other).doubts == ()
    assert read_forecast(again).doubts == ()


# making a failing plan smaller takes longer than reading it
@settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
@given(plans())
def test_that_the_digest_of_any_plan_is_equal_after_saving_and_reading(plan: Plan) -> None:
    stored = as_stored(plan)
    found = read_tables(plan_bytes(stored)).plan
    assert inputs_digest(as_stored(found)) == inputs_digest(stored)


def test_that_a_forecast_without_a_fan_or_a_name_comes_back(tmp_path: Path) -> None:
    wanted = forecast_of(plan_with_actuals(), fan=None, made_by="", scenario="Later")
    write_forecast(wanted, tmp_path / "plain.xlsx")
    found = read_forecast(tmp_path / "plain.xlsx")
    assert same(found, wanted)
    assert (found.draws, found.fans, found.known_until, found.made_by) == (0, {}, None, "")
    assert found.scenario == "Later"


def test_that_the_2017_case_is_kept_with_its_own_monte_carlo(tmp_path: Path) -> None:
    plan = read_plan(EXAMPLE)
    path = tmp_path / "march.xlsx"
    said = keep_forecast(plan, path, as_of=Month.of(2017, 3), fan=FanOrder(200, 1), made_by="Wang")
    found = read_forecast(path)
    assert found.doubts == ()
    assert same(found, said)
    book = load_workbook(path)
    assert book.sheetnames[0] == "Forecast"
    assert set(load_workbook(EXAMPLE).sheetnames) <= set(book.sheetnames)
    scored = score_forecast(found, plan)
    assert scored.of("production").score.months == 1
    assert scored.of("stock").score.months == 1
    assert scored.of("price").score.months == 0


def test_that_no_part_of_the_file_knows_a_later_fact(tmp_path: Path) -> None:
    later = 287.125
    plan = plan_with_actuals(known_until="2017-04").with_value("monthly/2017-04/actual_production", later)
    rows = plan.overrides
    override = rows.table.record("Later", "monthly", "2017-04", "actual_production", later)
    plan = plan.with_table(rows.replaced([*rows, override]))
    source = tmp_path / "plan.xlsx"
    write_plan(plan, source, Besides({name: solve(plan, name) for name in ("Base", "Later")}))
    assert parts_with(source, b"287.125")
    keep_forecast(read_plan(source), tmp_path / "kept.xlsx", as_of=FEB, fan=None)
    assert parts_with(tmp_path / "kept.xlsx", b"287.125") == []


def parts_with(path: Path, words: bytes) -> list[str]:
    package = Package(path.read_bytes())
    return [part for part in package if words in package[part]]


def test_that_the_same_forecast_gives_the_same_bytes() -> None:
    plan = plan_with_actuals()
    assert forecast_bytes(forecast_of(plan)) == forecast_bytes(forecast_of(plan))


def test_that_a_forecast_kept_again_from_a_kept_one_takes_its_place(kept: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.xlsx"
    write_forecast(forecast_of(read_plan(kept), as_of=Month.of(2017, 1), made_on=date(2017, 4, 1)), second)
    assert load_workbook(second).sheetnames.count("Forecast") == 1
    assert read_forecast(second).as_of == Month.of(2017, 1)
    assert read_forecast(second).doubts == ()


def test_that_a_sheet_of_the_planner_called_forecast_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "plan.xlsx"
    write_plan(plan_with_actuals(), source)
    book = load_workbook(source)
    book.create_sheet("Forecast")["A1"] = "mine"
    book.save(source)
    write_forecast(forecast_of(read_plan(source)), tmp_path / "kept.xlsx")
    found = load_workbook(tmp_path / "kept.xlsx")
    assert found["Forecast"]["A1"].value == "mine"
    assert "Forecast (AluPlanner)" in found.sheetnames
    assert read_forecast(tmp_path / "kept.xlsx").doubts == ()


def test_that_a_workbook_whose_days_count_from_1904_keeps_its_forecast(tmp_path: Path) -> None:
    source = tmp_path / "plan.xlsx"
    write_plan(plan_with_actuals(), source)
    book = load_workbook(source)
    book.epoch = datetime(1904, 1, 1)
    book.save(source)
    write_forecast(forecast_of(read_plan(source)), tmp_path / "kept.xlsx")
    found = read_forecast(tmp_path / "kept.xlsx")
    assert (found.made_on, found.as_of, found.months[0]) == (date(2017, 3, 2), FEB, Month.of(2017, 1))


def test_that_what_is_kept_stays(kept: Path) -> None:
    before = kept.read_bytes()
    with pytest.raises(PlanError, match="what is kept is to stay"):
        keep_forecast(plan_with_actuals(), kept, as_of=FEB, fan=None)
    with pytest.raises(PlanError, match="what is kept is to stay"):
        write_forecast(forecast_of(plan_with_actuals()), kept)
    assert kept.read_bytes() == before
    write_forecast(forecast_of(plan_with_actuals(), made_by="Wang"), kept, replace=True)
    assert read_forecast(kept).made_by == "Wang"


def test_that_a_forecast_needs_a_workbooks_name(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"ends in \.xlsx"):
        write_forecast(forecast_of(plan_with_actuals()), tmp_path / "said.txt")
    assert list(tmp_path.iterdir()) == []


# Touched files


def cell_of(sheet: Worksheet, title: str, row: int) -> Any:
    """Return the cell of a title's column, ``row`` months below the titles."""
    top = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "Month")
    column = next(cell.column for cell in sheet[top] if cell.value == title)
    return sheet.cell(top + row, column)


def field_of(sheet: Worksheet, name: str) -> Any:
    return next(cells[1] for cells in sheet.iter_rows() if cells[0].value == name)


def test_that_a_changed_plan_beside_the_forecast_is_told(kept: Path) -> None:
    change(kept, lambda sheet: sheet.__setitem__("F2", 3000), "Plants")
    found = read_forecast(kept)
    assert [doubt.code for doubt in found.doubts] == ["forecast-inputs"]
    assert found.doubts[0].place == "Forecast!A1"
    assert same(found, forecast_of(plan_with_actuals(known_until="2017-04")))


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: setattr(cell_of(sheet, "Production (kt)", 4), "value", 290),
        lambda sheet: setattr(cell_of(sheet, "Price 95 %", 3), "value", None),
        lambda sheet: setattr(cell_of(sheet, "Production unchanged", 4), "value", 1),
        lambda sheet: setattr(field_of(sheet, "Made on"), "value", datetime(2017, 2, 1)),
        lambda sheet: setattr(field_of(sheet, "Made by"), "value", "Somebody else"),
        lambda sheet: setattr(field_of(sheet, "Facts until"), "value", datetime(2017, 1, 1)),
        lambda sheet: setattr(field_of(sheet, "Seed"), "value", 4),
        lambda sheet: setattr(field_of(sheet, "Figures"), "value", None),
    ],
)
def test_that_a_forecast_touched_after_the_fact_is_told(kept: Path, edit: Change) -> None:
    change(kept, edit)
    assert "forecast-touched" in [doubt.code for doubt in read_forecast(kept).doubts]


def test_that_looks_and_remarks_of_others_do_not_touch_the_forecast(kept: Path) -> None:
    def remark(sheet: Worksheet) -> None:
        sheet["H1"] = "seen by the board"
        sheet.insert_rows(1)
        sheet.column_dimensions["A"].width = 40

    change(kept, remark)
    assert read_forecast(kept).doubts == ()


# Damaged files


def clear(sheet: Worksheet) -> None:
    sheet.delete_rows(1, 100)


def drop_titles(sheet: Worksheet) -> None:
    cell_of(sheet, "Month", 0).value = "Tag"


def drop_month(sheet: Worksheet) -> None:
    sheet.delete_rows(cell_of(sheet, "Month", 3).row)


DAMAGE: list[tuple[Change, str, str]] = [
    (lambda sheet: setattr(field_of(sheet, "Made on"), "value", None), "Forecast!B5", "does not say “Made on”"),
    (lambda sheet: setattr(field_of(sheet, "Made on"), "value", "in March"), "Forecast!B5", "cannot be read"),
    (lambda sheet: setattr(field_of(sheet, "Facts until"), "value", "soon"), "Forecast!B7", "“soon” is not a month"),
    (lambda sheet: setattr(field_of(sheet, "Draws"), "value", "many"), "Forecast!B10", "“many” is not a number"),
    (lambda sheet: setattr(field_of(sheet, "Format"), "value", 2), "Forecast!B14", "another version"),
    (lambda sheet: setattr(cell_of(sheet, "Balance (kt)", 2), "value", "much"), "Forecast!B18", "“much” is not a"),
    (lambda sheet: setattr(cell_of(sheet, "Balance (kt)", 2), "value", "#N/A"), "Forecast!B18", "#N/A"),
    (lambda sheet: setattr(cell_of(sheet, "Price 5 %", 0), "value", "x"), "Forecast!A16", "“Price 5 %” is missing"),
    (lambda sheet: setattr(cell_of(sheet, "Month", 1), "value", "today"), "Forecast!A17", "“today” is not a month"),
    (drop_month, "Forecast!A19", "2017-04 does not follow 2017-02"),
    (drop_titles, "Forecast!A1", "begins with “Month” is missing"),
    (clear, "Forecast!A1", "does not say “Scenario”"),
]


@pytest.mark.parametrize(("edit", "place", "message"), DAMAGE)
def test_that_damage_is_told_with_sheet_and_cell(kept: Path, edit: Change, place: str, message: str) -> None:
    change(kept, edit)
    with pytest.raises(PlanError) as caught:
        read_forecast(kept)
    told = [issue for issue in caught.value.issues if message in issue.message]
    assert [issue.place for issue in told] == [place], [str(issue) for issue in caught.value.issues]
    assert told[0].remedy


def test_that_everything_damaged_is_told_at_once(kept: Path) -> None:
    def damage(sheet: Worksheet) -> None:
        field_of(sheet, "Made on").value = None
        cell_of(sheet, "Balance (kt)", 1).value = "much"
        cell_of(sheet, "Stock days 50 %", 0).value = None

    change(kept, damage)
    with pytest.raises(PlanError) as caught:
        read_forecast(kept)
    assert len(caught.value.issues) == 3


def test_that_a_plan_is_no_kept_forecast(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"china-2017\.xlsx holds no kept forecast"):
        read_forecast(EXAMPLE)
    book = load_workbook(kept)
    book.remove(book["Forecast"])
    book.save(kept)
    with pytest.raises(PlanError, match=r"said\.xlsx holds no kept forecast"):
        read_forecast(kept)
    letter = tmp_path / "letter.xlsx"
    stream = io.BytesIO()
    Workbook().save(stream)
    letter.write_bytes(stream.getvalue())
    with pytest.raises(PlanError, match="The sheet Plants is missing"):
        read_forecast(letter)
    with pytest.raises(PlanError, match="There is no file"):
        read_forecast(tmp_path / "nowhere.xlsx")
