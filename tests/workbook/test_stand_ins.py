"""The last good value of a cell whose text cannot be read is saved in a note on that cell, and comes back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment

from aluplanner.document.entering import enter_texts
from aluplanner.document.opening import read_draft
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.calendar import LAST_YEAR, Month
from aluplanner.model.demand import growth_year
from aluplanner.model.layers import resolve
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Unread
from aluplanner.model.schema import Type
from aluplanner.model.solver import solve
from aluplanner.model.validation import validate
from aluplanner.resources import resource_path
from aluplanner.workbook.apart import ApartBook
from aluplanner.workbook.read import read_plan, read_workbook
from aluplanner.workbook.stand_ins import note_lines, others_lines, own_lines, value_noted
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.write import plan_bytes, write_plan
from tests.document.small_plan import small_plan
from tests.workbook.books import patched
from tests.workbook.random_plans import plans

without_shrinking = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])


def with_text(plan: Plan, table: str, row: int, column: str, text: str, scenario: str = "Base") -> Plan:
    return enter_texts(ScenarioView(plan, scenario), table, [(row, column, text)]).plan


def saved(plan: Plan, path: Path) -> Plan:
    write_plan(plan, path)
    return read_draft(path)


def edited(path: Path, change: Callable[[Workbook], object]) -> Plan:
    """Return the plan of a workbook after somebody edited it elsewhere."""
    book = load_workbook(path)
    change(book)
    book.save(path)
    return read_draft(path)


def cell(book: Workbook, sheet: str, row: int, title: str) -> Cell:
    column = next(cell.column for cell in book[sheet][1] if str(cell.value).startswith(title))
    found = book[sheet].cell(row, column)
    assert isinstance(found, Cell)
    return found


def note(path: Path, sheet: str = "Plants", row: int = 2, title: str = "Built") -> str | None:
    comment = cell(load_workbook(path), sheet, row, title).comment
    return None if comment is None else comment.content


def errors(plan: Plan) -> list[str]:
    return [issue.code for issue in validate(plan) if issue.is_error]


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A workbook with “abc” in Built of North, where 1000 was."""
    write_plan(with_text(small_plan(), "plants", 0, "built", "abc"), tmp_path / "bad.xlsx")
    return tmp_path / "bad.xlsx"


def test_that_a_plan_goes_on_after_opening_as_before_saving(bad: Path) -> None:
    before, found = with_text(small_plan(), "plants", 0, "built", "abc"), read_draft(bad)
    assert replace(found, source=None) == before
    assert errors(found) == errors(before) == ["unread"]
    assert solve(found).measure("operating 2017 end") == solve(before).measure("operating 2017 end")


def test_that_the_note_can_be_read_by_people_and_names_the_program(bad: Path) -> None:
    comment = cell(load_workbook(bad), "Plants", 2, "Built").comment
    assert comment is not None
    assert comment.author == "AluPlanner"
    first, second = comment.content.split("\n")
    assert first.startswith("AluPlanner: “abc” is not a number. Write it as")
    assert second == "Last good value: 1000"


def test_that_a_workbook_with_a_last_good_value_can_be_solved_and_the_issue_names_cell_and_value(bad: Path) -> None:
    result = read_workbook(bad)
    assert result.plan is not None
    (issue,) = [issue for issue in result.issues if issue.is_error]
    assert (issue.code, issue.place) == ("unread", "Plants!E2")
    assert "1,000" in issue.remedy


def test_that_a_cell_without_a_last_good_value_still_keeps_the_plan_from_being_solved(tmp_path: Path) -> None:
    plan = enter_texts(ScenarioView(small_plan(), "Base"), "plants", [(3, "built", "abc")], new_rows=1).plan
    found = saved(plan, tmp_path / "a.xlsx")
    assert found.plants.unread[3, "built"] == Unread("abc", False)
    assert note(tmp_path / "a.xlsx", row=5) is None
    result = read_workbook(tmp_path / "a.xlsx")
    assert result.plan is None
    assert [issue.code for issue in result.issues if issue.is_error] == ["unreadable"]


def test_that_a_blank_stands_in_as_a_blank(tmp_path: Path) -> None:
    found = saved(with_text(small_plan(), "plants", 0, "pot_size", "big"), tmp_path / "a.xlsx")
    assert found.plants.unread[0, "pot_size"] == Unread("big", True)
    assert found.plants[0].pot_size is None
    assert errors(found) == ["unread"]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("plants", "winter_region", True),
        ("plants", "first_output", Month.of(2017, 9)),
        ("plants", "product", "alumina"),
        ("plants", "cash_cost", 0.1 + 0.2),
        ("actions", "implementation", 0.123456789012345),
        ("demand", "growth 2017", -0.07),
        ("demand", "growth 2017", None),
    ],
)
def test_that_values_of_every_kind_come_back(tmp_path: Path, table: str, column: str, value: object) -> None:
    rows = small_plan().table(table)
    plan = as_stored(small_plan().with_table(rows.with_cell(0, column, value)))
    spoilt = with_text(plan, table, 0, column, "§§")
    for number in range(2):
        found = saved(spoilt, tmp_path / f"{number}.xlsx")
        assert as_stored(found).table(table) == as_stored(spoilt).table(table)
        assert found.table(table).unread[0, column] == Unread("§§", True)
        spoilt = found


@pytest.mark.parametrize("has_stand_in", [True, False])
def test_that_a_text_alone_in_its_year_keeps_the_column(tmp_path: Path, has_stand_in: bool) -> None:
    rows = small_plan().demand.with_cell(1, "growth 2019", None)
    plan = small_plan().with_table(rows.with_unread({(1, "growth 2019"): Unread("abc", has_stand_in)}))
    found = saved(plan, tmp_path / "a.xlsx")
    assert 2019 in found.growth_years
    assert found.demand.unread == plan.demand.unread


def test_that_overrides_and_assumptions_keep_theirs(tmp_path: Path) -> None:
    plan = with_text(small_plan(), "plants", 0, "operating", "x", scenario="Strict")
    row = plan.assumptions.position("load_factor")
    assert row is not None
    plan = with_text(plan.with_value("assumptions/load_factor/value", 1.02), "assumptions", row, "value", "high")
    found = saved(plan, tmp_path / "a.xlsx")
    assert found.overrides.unread == plan.overrides.unread
    assert resolve(found, "Strict").plants[0].operating == 850.0
    assert found.assumption("load_factor") == 1.02
    assert set(errors(found)) == {"unread"}
    assert note(tmp_path / "a.xlsx", "Overrides", 3, "Value").endswith("\nLast good value: 850")


def test_that_an_override_that_empties_its_cell_goes_on_doing_so(tmp_path: Path) -> None:
    plan = small_plan().with_value("plants/North/pot_size", 5.0)
    for text in ("", "x"):
        plan = with_text(plan, "plants", 0, "pot_size", text, scenario="Strict")
    found = saved(plan, tmp_path / "a.xlsx")
    assert found.overrides == plan.overrides
    assert resolve(found, "Strict").plants[0].pot_size is None


@pytest.mark.parametrize("text", ["South", "south ", ""])
def test_that_a_row_without_a_name_of_its_own_keeps_its_last_one(tmp_path: Path, text: str) -> None:
    plan = with_text(small_plan(), "plants", 0, "plant", text)
    assert plan.plants.unread
    for _ in range(2):
        found = saved(plan, tmp_path / "a.xlsx")
        assert found.plants.keys == ("North", "South", "West")
        assert found.plants.unread == {(0, "plant"): Unread(text.strip(), True)}
        assert errors(found) == ["unread"]
        plan = found
    mended = with_text(found, "plants", 0, "plant", "Northern")
    assert saved(mended, tmp_path / "b.xlsx").plants.keys == ("Northern", "South", "West")
    assert note(tmp_path / "b.xlsx", title="Plant") is None


def test_that_a_month_keeps_its_last_one(tmp_path: Path) -> None:
    found = saved(with_text(small_plan(), "monthly", 1, "month", "Smarch"), tmp_path / "a.xlsx")
    assert found.monthly[1].month == Month.of(2017, 2)
    assert found.monthly.unread == {(1, "month"): Unread("Smarch", True)}


@pytest.mark.parametrize("value", [1000.0, 1001.0])
def test_that_the_note_goes_when_the_cell_is_mended_here(bad: Path, tmp_path: Path, value: float) -> None:
    mended = read_draft(bad).with_value("plants/North/built", value)
    found = saved(mended, tmp_path / "b.xlsx")
    assert found.plants[0].built == value
    assert not found.plants.unread
    assert note(tmp_path / "b.xlsx") is None


def test_that_a_cell_mended_elsewhere_counts_and_its_note_goes_with_the_next_saving(bad: Path, tmp_path: Path) -> None:
    def mend(book: Workbook) -> None:
        cell(book, "Plants", 2, "Built").value = 950

    found = edited(bad, mend)
    assert found.plants[0].built == 950.0
    assert not errors(found)
    assert note(bad) is not None
    write_plan(found, tmp_path / "b.xlsx")
    assert note(tmp_path / "b.xlsx") is None


def test_that_another_text_that_cannot_be_read_goes_on_with_the_same_value(bad: Path, tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        cell(book, "Plants", 2, "Built").value = "xyz"

    found = edited(bad, spoil)
    assert (found.plants[0].built, found.plants.unread_at(0, "built")) == (1000.0, "xyz")
    write_plan(found, tmp_path / "b.xlsx")
    assert "“xyz”" in (note(tmp_path / "b.xlsx") or "")
    assert "“abc”" not in (note(tmp_path / "b.xlsx") or "")


def test_that_a_note_that_was_taken_away_leaves_nothing_to_go_on_with(bad: Path) -> None:
    def remove(book: Workbook) -> None:
        cell(book, "Plants", 2, "Built").comment = None

    found = edited(bad, remove)
    assert found.plants.unread[0, "built"] == Unread("abc", False)
    assert errors(found) == ["unreadable"]


def test_that_a_note_that_makes_no_sense_leaves_nothing_to_go_on_with(bad: Path) -> None:
    def blur(book: Workbook) -> None:
        cell(book, "Plants", 2, "Built").comment = Comment("Last good value: many", "me")

    assert errors(edited(bad, blur)) == ["unreadable"]


def test_that_a_note_of_the_planners_own_stays_throughout(tmp_path: Path) -> None:
    own = "Ask Mr Li\n<before> July & _x0041_"
    write_plan(small_plan(), tmp_path / "a.xlsx")
    plan = edited(
        tmp_path / "a.xlsx", lambda book: setattr(cell(book, "Plants", 2, "Built"), "comment", Comment(own, "Wang"))
    )
    spoilt = saved(with_text(plan, "plants", 0, "built", "abc"), tmp_path / "b.xlsx")
    assert spoilt.plants[0].built == 1000.0
    assert (note(tmp_path / "b.xlsx") or "").startswith(f"{own}\nAluPlanner: ")
    again = saved(spoilt, tmp_path / "c.xlsx")
    assert note(tmp_path / "c.xlsx") == note(tmp_path / "b.xlsx")
    write_plan(again.with_value("plants/North/built", 990.0), tmp_path / "d.xlsx")
    comment = cell(load_workbook(tmp_path / "d.xlsx"), "Plants", 2, "Built").comment
    assert comment is not None
    assert (comment.content, comment.author) == (own, "Wang")


def test_that_what_somebody_adds_to_the_note_stays(bad: Path, tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        comment = cell(book, "Plants", 2, "Built").comment
        assert comment is not None
        comment.content += "\nI asked them."

    found = edited(bad, add)
    assert found.plants[0].built == 1000.0
    write_plan(found.with_value("plants/North/built", 1.0), tmp_path / "b.xlsx")
    assert note(tmp_path / "b.xlsx") == "I asked them."


def test_that_the_note_follows_its_row_and_others_stay_where_they_are(bad: Path, tmp_path: Path) -> None:
    found = read_draft(bad)
    moved = found.with_table(found.plants.replaced([found.plants[2], found.plants[0], found.plants[1]]))
    again = saved(moved, tmp_path / "b.xlsx")
    assert again.plants.unread == {(1, "built"): Unread("abc", True)}
    assert [note(tmp_path / "b.xlsx", row=row) is None for row in (2, 3, 4)] == [True, False, True]
    without = saved(again.with_table(again.plants.replaced([again.plants[0]])), tmp_path / "c.xlsx")
    assert not without.plants.unread
    assert note(tmp_path / "c.xlsx", row=2) is None


def test_that_notes_are_read_only_where_a_cell_cannot_be(monkeypatch: pytest.MonkeyPatch, bad: Path) -> None:
    asked: list[str] = []
    read_notes = ApartBook.read_notes
    monkeypatch.setattr(
        ApartBook, "read_notes", lambda self, sheet: [asked.append(sheet.name), read_notes(self, sheet)][1]
    )
    read_plan(resource_path("examples", "china-2017.xlsx"))
    assert asked == []
    read_draft(bad)
    assert asked == ["Plants"]


def test_that_damaged_notes_leave_the_cells_readable(bad: Path) -> None:
    bad.write_bytes(patched(bad.read_bytes(), r"comments", lambda text: text[:-20]))
    assert read_draft(bad).plants.unread[0, "built"] == Unread("abc", False)


def test_that_the_notes_of_other_programs_are_read(bad: Path) -> None:
    rich = (
        '<r><rPr><b/></rPr><t>Wang:</t></r><r><t xml:space="preserve">\nLast good </t></r>'
        "<r><t>value: 12.5</t></r><rPh><t>x</t></rPh>"
    )

    def change(text: str) -> str:
        before, marker, after = text.partition('<comment ref="E2"')
        head, _, rest = after.partition("<text>")
        return f"{before}{marker}{head}<text>{rich}{rest[rest.index('</text>') :]}" if marker else text

    bad.write_bytes(patched(bad.read_bytes(), r"comments\d", change))
    assert read_draft(bad).plants[0].built == 12.5


def test_that_a_note_of_several_lines_is_told_apart() -> None:
    built = next(column for column in TABLES["plants"].columns if column.name == "built")
    own = note_lines("No\nnumber.", built, 1000.0)
    assert own == "AluPlanner: No number.\nLast good value: 1000"
    assert own_lines(f"mine\n{own}\nmine too") == own
    assert others_lines(f"mine\n{own}\nmine too") == "mine\nmine too"
    assert own_lines("AluPlanner: is what we use") == ""
    assert len(note_lines("x" * 40_000, built, 1.0)) < 400
    plant = TABLES["plants"].columns[0]
    for name in ("two\nlines", "back\\slash", "\\n", "-"):
        assert value_noted(plant, note_lines("", plant, name)) == name


UNREADABLE_TEXTS = ["abc", "§", "=1+x", "5 %% ", "_x0041_ x", "two\nlines", "<&>"]


@st.composite
def spoilt_plans(draw: st.DrawFn) -> Plan:
    """Return a plan with texts that cannot be read in some of its cells, and names that are blank or taken."""
    plan = draw(plans())
    for name in TABLES:
        rows = plan.table(name)
        # a horizon may reach beyond the years that a header can name
        columns = [c for c in plan.columns(name) if not c.derived and (growth_year(c.name) or 0) <= LAST_YEAR]
        unread = {}
        for _ in range(draw(st.integers(0, 3)) if len(rows) else 0):
            position, column = draw(st.integers(0, len(rows) - 1)), draw(st.sampled_from(columns))
            if column.name in rows.table.key and rows.table.parameters:
                continue  # these names decide what the values of their rows are
            if column.name in rows.table.key and len(rows.table.key) == 1:
                text = draw(st.sampled_from(["", *map(str, rows.keys)]))
                unread[position, column.name] = Unread(text, True)
            elif plan.record_column(rows[position], column).type not in (Type.TEXT, Type.NAMES, Type.VALUE):
                unread[position, column.name] = Unread(draw(st.sampled_from(UNREADABLE_TEXTS)), draw(st.booleans()))
        plan = plan.with_table(rows.with_unread(unread))
    return plan


@without_shrinking
@given(spoilt_plans())
def test_that_any_plan_with_texts_that_cannot_be_read_comes_back_equal(plan: Plan) -> None:
    stored = as_stored(plan)
    assert as_stored(stored) == stored
    found = read_tables(plan_bytes(stored)).plan
    assert as_stored(found) == stored
    for name in TABLES:
        assert found.table(name).unread == stored.table(name).unread


@without_shrinking
@given(spoilt_plans(), spoilt_plans())
def test_that_any_such_plan_can_be_written_into_the_workbook_of_another(old: Plan, new: Plan) -> None:
    mixed = as_stored(replace(new, source=plan_bytes(as_stored(old))))
    written = plan_bytes(mixed)
    assert as_stored(read_tables(written).plan) == mixed
    assert as_stored(read_tables(plan_bytes(replace(mixed, source=written))).plan) == mixed


def test_that_a_workbook_without_such_texts_has_notes_on_its_headers_alone(tmp_path: Path) -> None:
    write_plan(small_plan(), tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as archive:
        notes = [archive.read(name).decode() for name in archive.namelist() if "comments" in name]
    assert notes
    assert not any("Last good value" in part for part in notes)
