"""A Monte Carlo as tables, sentences and JSON."""

import json

import pytest
from scipy import stats

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.monte_carlo import MonteCarlo, monte_carlo
from aluplanner.analysis.monte_carlo_words import draws_note, standard_error
from aluplanner.model.plan import Address
from tests.analysis.monte_carlo_plans import H2, STOCK, cell, linear_plan, uncertain_plan

PLAN = uncertain_plan()


@pytest.fixture(scope="module")
def found() -> MonteCarlo:
    return monte_carlo(
        PLAN, draws=200, scenarios=["Base", "Slow", "Slow and cold"], measures=[H2, STOCK], thresholds=[300, 400]
    )


def table(found: MonteCarlo, name: str) -> AnswerTable:
    return next(each for each in found.tables() if each.name == name)


def test_that_every_table_is_whole(found: MonteCarlo) -> None:
    names = [each.name for each in found.tables()]
    assert names == ["states", "measures", "stock", "factors", "correlations", "differences", "months"]
    for each in found.tables():
        assert all(len(row) == len(each.columns) for row in each.rows)
        assert not each.addresses or len(each.addresses) == len(each.rows)
        assert each.title


def test_that_the_states_of_a_period_add_up_to_one(found: MonteCarlo) -> None:
    for row in table(found, "states").rows:
        odds = [value for value in row if isinstance(value, float)]
        assert sum(odds[:5]) == pytest.approx(1.0)
        assert odds[5] == pytest.approx(odds[3] + odds[4])


def test_that_the_plan_as_it_stands_and_the_median_stand_side_by_side(found: MonteCarlo) -> None:
    answer = table(found, "measures")
    row = next(row for row in answer.rows if row[0] == "Slow" and row[1] == H2)
    spread = found.of("Slow").spread(found.measures[0])
    headings = [column.heading for column in answer.columns]
    assert headings[3:5] == ["Plan as it stands", "Median"]
    assert row[3:5] == (spread.plan, spread.median)


def test_that_correlations_are_sorted_and_lead_to_their_cells(found: MonteCarlo) -> None:
    answer = table(found, "correlations")
    mine = [
        (row, address) for row, address in zip(answer.rows, answer.addresses, strict=True) if row[:2] == ("Base", H2)
    ]
    strengths = [abs(float(row[3])) for row, _ in mine]  # type: ignore[arg-type]
    assert strengths == sorted(strengths, reverse=True)
    assert {str(address) for _, address in mine} == {str(address) for address in found.of("Base").inputs}
    assert mine[0][0][2] == "South, Operating"


def test_that_cells_with_one_factor_are_one_influence(found: MonteCarlo) -> None:
    drawn = found.of("Base")
    together = drawn.strongest(found.measures[0], by_factor=True)
    sizes = {each.factor: len(each.cells) for each in together if each.factor}
    assert sizes == {"resolve": 2, "demand": 2}
    assert sum(len(each.cells) for each in together) == len(drawn.inputs)
    resolve = next(each for each in together if each.factor == "resolve")
    ranks = sum(stats.rankdata(drawn.inputs[cell]) for cell in resolve.cells)
    known = stats.spearmanr(ranks, drawn.draws_of(found.measures[0])).statistic
    assert resolve.correlation == pytest.approx(known)
    assert "resolve (2 cells)" in [row[2] for row in table(found, "factors").rows]


def test_that_every_pair_of_scenarios_is_set_side_by_side_in_every_period_and_measure(found: MonteCarlo) -> None:
    rows = table(found, "differences").rows
    assert [row[:2] for row in rows[:: len(rows) // 3]] == [
        ("Base", "Slow"), ("Base", "Slow and cold"), ("Slow", "Slow and cold"),
    ]  # fmt: skip
    labels = [row[2] for row in rows[: len(rows) // 3]]
    assert len(labels) == len(set(labels))
    assert {H2, STOCK, "balance 2018Q1 sum", "balance 2017 sum"} <= set(labels)
    for row in rows:
        lower, equal, tighter = (value for value in row[-3:] if isinstance(value, float))
        assert tighter == pytest.approx(lower + equal / 2)


def test_that_months_have_every_series_with_rising_percentiles(found: MonteCarlo) -> None:
    rows = table(found, "months").rows
    assert len(rows) == 3 * 7 * 12
    for row in rows:
        fan = [value for value in row[5:] if isinstance(value, float)]
        assert fan == sorted(fan)


def test_that_a_plan_far_from_the_median_is_explained_by_the_ranges_that_cause_it() -> None:
    lopsided = [
        cell(f"monthly/2017-0{month}/consumption_change", "triangular", -1, 0, 60, "demand") for month in (1, 2, 3)
    ]
    crooked = cell("monthly/2017-01/net_imports", "pert", -1, 0, 2)
    plan = linear_plan().with_table(linear_plan().uncertainty.replaced(_records([*lopsided, crooked])))
    (note,) = [note for note in monte_carlo(plan, draws=500, measures=["balance 2017Q1 sum"]).notes if "median" in note]
    assert note.startswith("Base, balance 2017Q1 sum")
    assert "demand”, 3 cells: −5" in note
    assert "net_imports" not in note


def test_that_a_plan_near_the_median_needs_no_word() -> None:
    assert monte_carlo(linear_plan(), draws=2000, measures=["balance 2017Q1 sum"]).notes == ()


def _records(rows: list[dict[str, object]]) -> list[object]:
    from tests.model.plans import plan_of

    return list(plan_of({"uncertainty": rows}).uncertainty)


def test_that_a_note_of_some_scenarios_names_them(found: MonteCarlo) -> None:
    fixed = [note for note in found.notes if "Not drawn" in note]
    assert fixed[0].startswith("Slow")
    assert "actions/Closure/implementation" in fixed[0]


def test_that_the_standard_error_is_stated() -> None:
    assert standard_error(0.5, 10_000) == pytest.approx(0.005)
    assert standard_error(0.0, 100) == 0.0
    note = draws_note(10_000, 1, "random")
    assert "10,000 draws, seed 1" in note
    assert "0.50 percentage points" in note
    assert "0.03 %" in note
    assert "Latin hypercube" in draws_note(10_000, 1, "latin")
    assert "Sobol" in draws_note(64, 1, "sobol")


def test_that_json_has_everything_in_full_precision(found: MonteCarlo) -> None:
    data = json.loads(json.dumps(found.as_json(), allow_nan=False))
    slow = data["scenarios"]["Slow"]
    assert data["levels"] == [5, 25, 50, 75, 95]
    assert slow["series"]["stock"]["percentiles"][2] == found.percentiles("stock", "Slow")[2].tolist()
    assert slow["measures"][H2]["percentiles"] == list(found.of("Slow").spread(found.measures[0]).percentiles)
    assert sum(slow["states"]["2017H2"]["probabilities"].values()) == pytest.approx(1.0)
    assert [each["threshold"] for each in slow["stock_below"]] == [300.0, 400.0]
    assert all(
        Address.parse(address) in found.of("Slow").inputs for address in slow["measures"][H2]["rank_correlations"]
    )
    assert len(data["differences"]) == len(table(found, "differences").rows)
