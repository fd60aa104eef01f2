"""The claims board: every claim in every scenario, summed up, as tables and for machines."""

import json

import pytest

from aluplanner.analysis.answer_table import is_blank
from aluplanner.analysis.claim_words import claimed
from aluplanner.analysis.claims import ClaimResult, check_claims
from aluplanner.analysis.claims_board import board_of, claims_board
from aluplanner.model.claims import Claim
from aluplanner.model.plan import Address
from aluplanner.model.progress import watched
from aluplanner.model.solver import SolveCancelled, solve
from tests.ui.standing import STRONG, example


def test_that_it_says_the_same_as_checking_scenario_by_scenario() -> None:
    plan = example()
    board = claims_board(plan)
    assert board.scenarios == ("Base", *plan.scenario_names)
    for name, results in board.results.items():
        assert results == check_claims(solve(plan, name))
        assert board.held(name) == sum(found.holds is True for found in results)
    for place in range(len(board.claims)):
        assert board.held_in(place) == sum(results[place].holds is True for results in board.results.values())


def test_that_its_tables_have_verdicts_margins_and_values_with_a_row_that_sums_up() -> None:
    board = claims_board(example(), ("Base", STRONG))
    verdicts, margins, values = board.tables()
    assert [column.title for column in verdicts.columns][-2:] == ["Base", STRONG]
    assert verdicts.rows[-1][-2:] == ("21 of 25", "19 of 25")
    assert verdicts.addresses[0] == Address("claims", board.claims[0].claim, "claim")
    assert verdicts.addresses[-1] is None
    assert {row[3] for row in verdicts.rows[:-1]} >= {"kt", "kt/y", "fraction"}
    for place, results in enumerate(zip(*board.results.values(), strict=True)):
        assert margins.rows[place][2:] == tuple(found.margin for found in results)
        assert values.rows[place][2:] == tuple(found.value for found in results)
    for table in board.tables():
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(table.addresses) == len(table.rows)


def test_that_json_is_as_the_command_line_had_it_with_the_unit_besides() -> None:
    board = claims_board(example(), ("Base",))
    data = json.loads(json.dumps(board.as_json(), allow_nan=False))
    assert list(data) == ["Base"]
    assert list(data["Base"][0]) == ["claim", "measure", "value", "holds", "margin", "problem", "unit"]


def test_that_a_claim_that_cannot_be_read_has_no_unit_and_is_told_in_words() -> None:
    plan = example()
    broken = Claim("Nonsense", "stocks of hope", ">", 1.0)
    plan = plan.with_table(plan.claims.replaced((broken,)))
    board = board_of(plan, {"Base": (ClaimResult(broken, None, None, None, "no"),)})
    assert board.units == ("",)
    assert board.tables()[0].rows[0][-1] == "cannot be checked"
    assert is_blank(board.tables()[1].rows[0][-1])


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (Claim("a", "", "at least", 1350.0), "≥ 1,350"),
        (Claim("a", "", "equals", 2000.0, None, 10.0), "= 2,000 ± 10"),
        (Claim("a", "", "between", -518.0, -173.0), "−518 … −173"),
        (Claim("a", "", "below", 0.6), "< 0.6"),
        (Claim("a", "", None, 0.6), ""),
    ],
)
def test_that_what_is_claimed_is_a_short_text(claim: Claim, text: str) -> None:
    assert claimed(claim) == text


def test_that_it_tells_how_far_it_is_and_stops() -> None:
    told: list[float] = []
    with watched(progress=told.append):
        claims_board(example())
    assert len(told) == 11
    assert told == sorted(told)
    with pytest.raises(SolveCancelled):
        claims_board(example(), cancelled=lambda: True)
