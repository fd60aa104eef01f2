"""What each of twelve actions did, exactly: 4,096 mixtures of two cases, against a loop of single solves."""

from dataclasses import dataclass, replace
from statistics import median

import numpy as np
import pytest

from aluplanner.analysis.attribution import Attribution, attribute
from aluplanner.analysis.attribution_game import Game
from aluplanner.analysis.attribution_players import no_action_cases
from aluplanner.model.plan import Plan
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

MEASURE = "balance 2018 sum"
ROUNDS = 5
SINGLES = 60
ACTIONS = 12
MOST_SECONDS = 0.3
LEAST_RATIO = 20


@dataclass(frozen=True, repr=False)
class Measured:
    """Seconds of every repeat, the answer, and single solves of some coalitions with the batch's numbers."""

    together: list[float]
    singles: list[float]
    answers: list[Attribution]


def twelve_of_forty() -> Plan:
    """Return a plan of 150 plants, 40 actions and 36 months with the twelve that move 2018 most switched on."""
    plan = benchmark_plan()
    largest = attribute(plan, MEASURE, permutations=8).contributions[:ACTIONS]
    wanted = {bar.name for bar in largest}
    rows = (replace(action, enabled=action.action in wanted) for action in plan.actions)
    return plan.with_table(plan.actions.edited(rows))


@pytest.fixture(scope="module")
def measured(report: Report) -> Measured:
    """Measure whole answers and single solves by turns, so that both meet the same load."""
    plan = twelve_of_forty()
    found = Measured([], [], [])
    cases = no_action_cases(plan, "Base")
    game = Game(cases, attribute(plan, MEASURE).measure)
    random = np.random.default_rng(2017)
    coalitions = random.random((SINGLES, ACTIONS)) < 0.5
    for turn in range(ROUNDS):
        fresh = replace(plan)  # an edited plan, of which nothing is known yet
        found.together.append(seconds_of(lambda fresh=fresh: found.answers.append(attribute(fresh, MEASURE))))
        for place in range(turn, SINGLES, ROUNDS):
            found.singles.append(seconds_of(lambda place=place: game.single(coalitions[place])))
    report.add("attribution of 12 actions, 4,096 coalitions", found.together, f"at most {MOST_SECONDS} s")
    report.add("  one coalition solved singly", found.singles)
    return found


def test_that_twelve_actions_are_attributed_in_300_milliseconds(measured: Measured) -> None:
    assert median(measured.together) <= MOST_SECONDS


def test_that_the_answer_is_exact_and_adds_up(measured: Measured) -> None:
    answer = measured.answers[-1]
    assert answer.is_exact
    assert answer.coalitions == 4096
    assert all(abs(bar.value) > 0 for bar in answer.contributions)
    assert sum(bar.value for bar in answer.contributions) == pytest.approx(answer.end - answer.start, abs=1e-9)


def test_that_coalitions_together_are_20_times_faster_than_one_by_one(measured: Measured, report: Report) -> None:
    ratio = median(measured.singles) * 4096 / median(measured.together)
    report.say(f"single solves / attribution: {ratio:.1f}", f"at least {LEAST_RATIO}")
    assert ratio >= LEAST_RATIO
