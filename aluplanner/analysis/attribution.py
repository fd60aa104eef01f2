"""What each action, or each other change, did to a measure: Shapley values (section 11 of the model page)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.attribution_game import Game
from aluplanner.analysis.attribution_groups import By, Groups
from aluplanner.analysis.attribution_players import Cases, Player, no_action_cases, scenario_cases
from aluplanner.analysis.attribution_shapley import MOST_EXACT, Shares, Values, exact_shares, sampled_shares
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.layers import is_base
from aluplanner.model.measure import Measure, MeasureError, parse_measure
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one action, or a group of them, contributes to the difference.

    Attributes
    ----------
    name
        What it is called.
    value
        Its contribution, in the measure's unit.
    error
        Standard error of the value from sampling orders; 0 where it is exact, or was the same in every order tried.
    alone
        What it changes by itself, from the start; NaN for a group.
    last
        What is missing without it at the end; NaN for a group.
    address
        The first of its cells that differ; ``None`` for a group.
    members
        Names of the actions and other changes that are in it, wholly or in part.
    """

    name: str
    value: float
    error: float = 0.0
    alone: float = float("nan")
    last: float = float("nan")
    address: Address | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Attribution:
    """The difference of a measure between two cases of a plan, and what each change contributes to it.

    The contributions add up to ``end - start``.

    Attributes
    ----------
    measure
        What is measured.
    scenario
        The case at the end.
    against
        The case at the start; ``None`` is the end without any of its actions.
    start, end
        The measure in both cases.
    by
        What :attr:`groups` is added up by.
    contributions
        Of every action and every other change, the largest first.
    groups
        The same added up; equal to the contributions by action.
    orders
        How many orders were sampled; 0 where all of them were counted.
    seed
        Of the sample.
    coalitions
        How many mixtures of the two cases were solved.
    cases, shares
        What the answer was made of.
    """

    measure: Measure
    scenario: str
    against: str | None
    start: float
    end: float
    by: By
    contributions: tuple[Contribution, ...]
    groups: tuple[Contribution, ...]
    orders: int
    seed: int
    coalitions: int
    cases: Cases = field(repr=False)
    shares: Shares = field(repr=False)

    @property
    def is_exact(self) -> bool:
        """Whether all orders were counted."""
        return self.orders == 0

    @property
    def start_name(self) -> str:
        """What the start is called."""
        if self.against is None:
            return tr("{scenario} without actions", scenario=_shown(self.scenario))
        return _shown(self.against)

    @property
    def end_name(self) -> str:
        """What the end is called."""
        return _shown(self.scenario)

    def grouped(self, by: By | str) -> "Attribution":
        """Return the same answer added up by something else; nothing is solved again."""
        chosen = By(by)
        return Attribution(
            self.measure, self.scenario, self.against, self.start, self.end, chosen, self.contributions,
            _grouped(self.cases, self.shares, self.contributions, chosen),
            self.orders, self.seed, self.coalitions, self.cases, self.shares,
        )  # fmt: skip

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the waterfall as a table, and behind groups the single contributions."""
        from aluplanner.analysis.attribution_tables import tables_of

        return tables_of(self)

    def as_json(self) -> dict[str, object]:
        """Return the answer in full precision."""
        from aluplanner.analysis.attribution_tables import json_of

        return json_of(self)


def _shown(scenario: str) -> str:
    return tr("Base") if scenario == BASE else scenario


def attribute(
    plan: Plan,
    measure: str | Measure,
    *,
    scenario: str | None = None,
    against: str | None = None,
    by: By | str = By.ACTION,
    seed: int = 1,
    permutations: int | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Attribution:
    """Return what each action, or each other change, did to a measure (section 11 of the model page).

    The contribution of a change is its Shapley value: what it makes of the measure, as the mean over all orders in
    which the changes can be made one after the other. It is exact for up to 12 changes; for more, orders are sampled
    and each contribution has a standard error. Either way the contributions add up to the difference, and the order of
    rows does not matter.

    Against the case without actions, each action that is on is one change. Between two scenarios, a change is all that
    differs in an action, a sector, a plant, an origin, an assumption, a column of Monthly, or the seasonality.

    Parameters
    ----------
    plan
        The plan.
    measure
        Text or measure, such as ``balance 2017H2 sum``.
    scenario
        The case at the end; ``None`` or ``"Base"`` for the base.
    against
        The scenario at the start; ``None`` for the end without any of its actions.
    by
        ``action``, ``province``, ``kind``, ``group`` or ``policy``: what the contributions are added up by besides.
    seed
        Of the sample of orders.
    permutations
        How many orders to sample, at least 4 and even, however few changes there are; by default as many as a standard
        error of 0.2 % of the largest contribution takes.
    cancelled, progress
        Whether nobody wants the answer any more, and who is told how far it has come.

    Raises
    ------
    PlanError
        If there is no such scenario, one has errors, or the two cannot be mixed.
    MeasureError
        If the measure cannot be read, or is blank in some mixture of the cases.
    ValueError
        If ``by`` or ``permutations`` is none of what they can be.
    """
    chosen = By(by)
    if permutations is not None and (permutations < 4 or permutations % 2):
        raise ValueError(tr("Orders are sampled in pairs: give an even number of 4 or more."))
    with watched(cancelled, progress):
        end = _spelled(plan, scenario)
        start = None if against is None else _spelled(plan, against)
        cases = no_action_cases(plan, end) if start is None else scenario_cases(plan, start, end)
        read = _read(measure, cases, plan)
        _require_months(read, cases.end)
        game = Game(cases, read)
        shares = _shares(game, cases.players, seed, permutations)
        singles = _contributions(cases.players, shares)
        groups = _grouped(cases, shares, singles, chosen)
        return Attribution(
            read, end, start, game.start, game.end, chosen, singles, groups,
            shares.orders, seed, shares.coalitions, cases, shares,
        )  # fmt: skip


def _spelled(plan: Plan, scenario: str | None) -> str:
    """Return the name of a scenario as the plan has it; an unknown one as it is."""
    if is_base(scenario):
        return BASE
    return next((name for name in plan.scenario_names if fold(name) == fold(scenario or "")), scenario or "")


def _read(measure: str | Measure, cases: Cases, plan: Plan) -> Measure:
    """Return the measure; a place that only one of the cases has may be named too."""
    if isinstance(measure, Measure):
        return measure
    for known in (cases.end, cases.start):
        try:
            return parse_measure(measure, known)
        except MeasureError:
            continue
    return parse_measure(measure, plan)


def _require_months(measure: Measure, plan: Plan) -> None:
    """Raise if the measure is about no month of the horizon at all."""
    horizon = plan.horizon
    if horizon is not None and not len(measure.period.inside(horizon)):
        raise MeasureError(
            tr("No month of {period} is in the plan.", period=measure.period.label),
            tr("The plan covers {first} to {last}.", first=str(horizon.first), last=str(horizon.last)),
        )


def _shares(game: Game, players: Sequence[Player], seed: int, permutations: int | None) -> Shares:
    values = _never_blank(game)
    if not players:
        return _nobody(values(np.zeros((1, 0), dtype=bool)))
    if permutations is None and len(players) <= MOST_EXACT:
        return exact_shares(values, len(players))
    return sampled_shares(values, [player.key for player in players], seed, permutations)


def _nobody(found: Array) -> Shares:
    none = np.zeros(0)
    return Shares(none, np.zeros((0, 0)), none, none, none.astype(bool), 0, len(found))


def _never_blank(game: Game) -> Values:
    def values(coalitions: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Array:
        found = game.values(coalitions)
        if np.isnan(found).any():
            raise MeasureError(
                tr("“{measure}” is blank in some mixture of the two cases.", measure=game.measure),
                tr("Choose a measure or a period in which it is never blank."),
            )
        return found

    return values


def _contributions(players: Sequence[Player], shares: Shares) -> tuple[Contribution, ...]:
    errors = _errors(shares.covariance, np.eye(len(players)))
    found = [
        Contribution(
            player.name, float(shares.value[place]), float(errors[place]),
            float(shares.alone[place]), float(shares.last[place]), player.cells[0], (player.name,),
        )
        for place, player in enumerate(players)
    ]  # fmt: skip
    return _largest_first(found)


def _grouped(cases: Cases, shares: Shares, singles: tuple[Contribution, ...], by: By) -> tuple[Contribution, ...]:
    if by is By.ACTION:
        return singles
    groups = Groups(cases)
    parts = [groups.parts(player, by) for player in cases.players]
    names = sorted({name for each in parts for name in each})
    matrix = np.array([[each.get(name, 0.0) for each in parts] for name in names]).reshape(len(names), len(parts))
    values, errors = matrix @ shares.value, _errors(shares.covariance, matrix)
    members = [tuple(p.name for p, each in zip(cases.players, parts, strict=True) if name in each) for name in names]
    found = [
        Contribution(name, float(value), float(error), members=inside)
        for name, value, error, inside in zip(names, values, errors, members, strict=True)
    ]
    return _largest_first(found)


def _errors(covariance: Array, matrix: Array) -> Array:
    """Return the standard errors of sums of contributions, one a row of the matrix."""
    errors: Array = np.sqrt(np.maximum(0.0, np.einsum("gp,pq,gq->g", matrix, covariance, matrix)))
    return errors


def _largest_first(found: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(found, key=lambda each: (-round(abs(each.value), 9), each.name)))
