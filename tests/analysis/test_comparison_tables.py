"""A comparison as tables: numbers for files, the words of the plan's own tables for people."""

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.comparison import Comparison, compare
from aluplanner.analysis.comparison_tables import ReadableComparison, readable_tables
from aluplanner.i18n import NumberStyle
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import BLANK
from tests.model.cases import full_plan, override


def comparison(absolute: float = 0.0) -> Comparison:
    plan = full_plan(
        scenarios=[{"scenario": "Slow"}, {"scenario": "Hard", "builds_on": "Slow"}],
        overrides=[
            {**override("Slow", "actions/Closure/implementation", 0.57), "note": "Late."},
            override("Slow", "actions/Cut/start", "2017-12"),
            override("Hard", "actions/Winter/credit", BLANK),
            {**override("Hard", "actions/Closure/announced", 1100.5), "note": "Revised."},
            override("Hard", "assumptions/opening_stock/value", 400.0000001),
        ],
    )
    return compare(plan, [BASE, "Slow", "Hard"], absolute=absolute)


def rows_of(table: AnswerTable) -> dict[tuple[object, object], dict[str, object]]:
    """Return the cells of each row by heading, by its second and third cell; changes by their place."""
    titles = [f"{column.heading} {place}" for place, column in enumerate(table.columns)]
    return {(row[1], row[2]): dict(zip(titles, row, strict=True)) for row in table.rows}


def test_that_tables_for_files_hold_numbers() -> None:
    inputs, measures = comparison().tables()
    assert [column.heading for column in inputs.columns] == [
        "Table", "Row", "Column", "Unit", "Base", "Slow", "Slow: change", "Hard", "Hard: change", "Set by", "Source",
    ]  # fmt: skip
    by_cell = rows_of(inputs)
    closure = by_cell["Closure", "Implementation"]
    assert list(closure.values())[3:9] == ["%", None, 57.0, -43.0, 57.0, -43.0]
    start = by_cell["Cut", "Start"]
    assert list(start.values())[3:9] == ["month", "2017-09", "2017-12", 3.0, "2017-12", 3.0]
    assert all(len(row) == len(measures.columns) for row in measures.rows)
    balance = next(row for row in measures.rows if row[:2] == ("Balance", "2017H2"))
    assert balance[2] == "kt"
    assert all(isinstance(figure, float) for figure in balance[3:])


def test_that_every_row_knows_its_cell() -> None:
    inputs, _ = comparison().tables()
    assert len(inputs.addresses) == len(inputs.rows)
    assert [address.row for address in inputs.addresses if address is not None] == [row[1] for row in inputs.rows]


def test_that_people_read_values_as_the_tables_show_them() -> None:
    inputs, _ = readable_tables(comparison())
    by_cell = rows_of(inputs)
    assert list(by_cell["Closure", "Implementation"].values())[4:] == [
        "blank (100%)", "57%", "−43 pp", "57%", "−43 pp", "Slow", "Late.",
    ]  # fmt: skip
    assert list(by_cell["Cut", "Start"].values())[4:7] == ["2017-09", "2017-12", "+3 months"]
    assert list(by_cell["Winter", "Credit"].values())[4:9] == ["Closure; Cut", "Closure; Cut", "", "blank", ""]
    assert list(by_cell["Closure", "Announced"].values())[4:9] == ["100", "100", "", "1,100.5", "+1,000.5"]


def test_that_rounding_never_makes_different_values_look_equal() -> None:
    inputs, _ = readable_tables(comparison())
    stock = list(rows_of(inputs)["opening_stock", "Value"].values())
    assert stock[4:6] == ["400", "400"]
    assert stock[7] == "400.0000001"


def test_that_numbers_are_written_as_the_planner_writes_them() -> None:
    inputs, measures = readable_tables(comparison(), NumberStyle(",", "."))
    assert list(rows_of(inputs)["Closure", "Announced"].values())[7:9] == ["1.100,5", "+1.000,5"]
    production = next(row for row in measures.rows if row[:2] == ("Production", "2017H2"))
    assert str(production[3]).count(".") == 1


def test_that_states_stand_below_balances_and_changes_of_nothing_read_as_nothing() -> None:
    _, measures = readable_tables(comparison())
    titles = [row[0] for row in measures.rows]
    assert all(titles[place + 1] == "Market state" for place, title in enumerate(titles) if title == "Balance")
    consumption = next(row for row in measures.rows if row[:2] == ("Apparent consumption", "2017H2"))
    assert consumption[3] == consumption[4] == consumption[6]
    assert consumption[5] == consumption[7] == ("0" if consumption[5] else "")


def test_that_a_period_cut_off_by_the_horizon_says_so() -> None:
    _, measures = comparison().tables()
    assert {row[1] for row in measures.rows} == {"2017H2", "2017 (part)", "2018H1", "2018 (part)", ""}


def test_that_what_the_tolerance_hides_is_counted() -> None:
    inputs, _ = comparison(1.0).tables()
    assert ("opening_stock", "Value") not in rows_of(inputs)
    assert any(note.startswith("2 more differ by no more than the tolerance: 1 or 0 %") for note in inputs.notes)


def test_that_nothing_different_is_said() -> None:
    inputs, _ = compare(full_plan(), [BASE]).tables()
    assert inputs.rows == ()
    assert inputs.notes == ("No input differs.",)


def test_that_long_texts_are_cut_from_shortly_before_they_differ() -> None:
    long = "; ".join(["North 1"] * 12)
    plan = full_plan(
        scenarios=[{"scenario": "Other"}], overrides=[override("Other", "actions/Cut/target", f"{long}; South")]
    ).with_value("actions/Cut/target", f"{long}; North 2")
    inputs, _ = readable_tables(compare(plan, [BASE, "Other"]))
    one, other = inputs.rows[0][4:6]
    assert (one, other) == ("…orth 1; North 2", "…orth 1; South")


def test_that_machines_get_the_same_data_from_the_readable_comparison() -> None:
    found = comparison()
    assert ReadableComparison(found).as_json() == found.as_json()
