"""What the bars of a waterfall are and say."""

from itertools import pairwise

import pytest

from aluplanner.analysis.attribution import Attribution, attribute
from aluplanner.analysis.attribution_groups import By
from aluplanner.ui.analysis.attribution_bars import Role, bars_of
from tests.model.cases import full_plan, override

H2 = "balance 2017H2 sum"


@pytest.fixture
def answer() -> Attribution:
    return attribute(full_plan(), H2)


def test_that_bars_lead_from_the_start_to_the_end(answer: Attribution) -> None:
    bars = bars_of(answer, 20)
    assert (bars[0].role, bars[-1].role) == (Role.START, Role.END)
    for before, after in pairwise(bars):
        assert after.begin == pytest.approx(answer.end if after.role is Role.END else before.end)
    assert bars[0].begin == answer.start
    assert bars[-1].end == answer.end


def test_that_small_bars_are_one_where_rows_are_few(answer: Attribution) -> None:
    bars = bars_of(answer, 4)
    assert [bar.role for bar in bars] == [Role.START, Role.PART, Role.REST, Role.END]
    rest = bars[2]
    others = answer.contributions[1:]
    assert rest.name == f"{len(others)} others"
    assert rest.end - rest.begin == pytest.approx(sum(each.value for each in others))
    assert all(each.name in rest.tip for each in others)


def test_that_what_has_no_effect_to_be_seen_is_one_bar_even_where_there_is_room(answer: Attribution) -> None:
    idle = [each for each in answer.contributions if abs(each.value) < 0.5]
    assert len(idle) > 1
    bars = bars_of(answer, 20)
    assert bars[-2].name == f"{len(idle)} without effect"
    unfolded = bars_of(answer, 3, is_unfolded=True)
    assert [bar.name for bar in unfolded[1:-2]] == [each.name for each in answer.contributions]
    assert (unfolded[-2].role, unfolded[-2].text) == (Role.REST, "")


def test_that_less_balance_and_more_price_are_tighter(answer: Attribution) -> None:
    assert bars_of(answer, 20)[1].tightens == (answer.contributions[0].value < 0)
    price = attribute(full_plan(), "price all mean")
    assert bars_of(price, 20)[1].tightens == (price.contributions[0].value > 0)


def test_that_tips_say_alone_and_last_of_changes_and_the_members_of_groups(answer: Attribution) -> None:
    assert "by itself from the start" in bars_of(answer, 20)[1].tip
    assert "standard error" not in bars_of(answer, 20)[1].tip
    kinds = bars_of(answer.grouped(By.KIND), 20)
    assert any("Cut; Winter" in bar.tip for bar in kinds)


def test_that_tips_state_the_standard_error_of_a_sample() -> None:
    sampled = attribute(full_plan(), H2, permutations=10)
    assert "standard error" in bars_of(sampled, 20)[1].tip


def test_that_fractions_are_shown_as_percent() -> None:
    bars = bars_of(attribute(full_plan(), "credibility all end"), 20)
    assert bars[0].text.endswith(" %")


def test_that_two_equal_scenarios_have_two_bars() -> None:
    plan = full_plan(scenarios=[{"scenario": "Same"}], overrides=[override("Same", "actions/Cut/delay", 0)])
    bars = bars_of(attribute(plan, H2, scenario="Same", against="Base"), 10)
    assert [bar.role for bar in bars] == [Role.START, Role.END]
