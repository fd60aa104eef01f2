"""What a measure is in every mixture of two cases: each player as it was at the start or as it is at the end.

Nearly all mixtures are draws of one batch. Numbers vary as they are, actions that differ in more than numbers stand in
the plan twice. Only what a batch cannot vary, such as a yes/no assumption, takes a plan of its own for each of its
combinations. Should that ever give another number than solving the two cases by themselves, mixtures are solved one by
one.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from aluplanner.analysis.attribution_players import Cases, Player, cell_value, meaning
from aluplanner.analysis.attribution_twins import (
    is_varied,
    twin_names,
    versions_of,
    with_valid_credits,
    with_versions,
)
from aluplanner.i18n import tr
from aluplanner.model.actions import ACTIONS
from aluplanner.model.inputs import Array
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.measure import BY_ACTION, Measure
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import part_of_work, tell_progress
from aluplanner.model.rows import as_number
from aluplanner.model.schema import fold
from aluplanner.model.solver import measure_batch, solve

T = TypeVar("T")
Coalitions: TypeAlias = NDArray[np.bool_]
"""Which players are as they are at the end, shape ``(coalitions, players)``."""

VALUES_AT_ONCE: Final = 8_000_000
"""Coalitions × cells whose values are handed to the solver together; what it makes of them it keeps small itself."""

EXACT: Final = 1e-9
"""How far two ways to the same number may be apart, as a part of it if it is above 1."""


def is_same(one: float, other: float) -> bool:
    """Return whether two numbers are the same but for rounding, or both blank."""
    if np.isnan(one) or np.isnan(other):
        return bool(np.isnan(one) and np.isnan(other))
    return bool(abs(one - other) <= EXACT * max(1.0, abs(one), abs(other)))


class Game:
    """A measure of every coalition of players.

    Parameters
    ----------
    cases
        The two cases.
    measure
        What is measured.

    Attributes
    ----------
    start, end
        The measure in the two cases, each solved by itself.
    is_batched
        Whether coalitions are solved together; checked on the two cases, and on a mixture where rows stand twice.
    """

    def __init__(self, cases: Cases, measure: Measure) -> None:
        self.cases, self.measure = cases, measure
        actions = [player for player in cases.players if player.is_action]
        self._varied = [player for player in actions if is_varied(cases, player)]
        self._versions = versions_of(cases, [player for player in actions if player not in self._varied])
        others = [player for player in cases.players if not player.is_action]
        self._framed = [player for player in others if not _is_numeric(cases, player)]
        self._varied += [player for player in others if player not in self._framed]
        self._places = {player.key: place for place, player in enumerate(cases.players)}
        self._plans: dict[bytes, Plan] = {}
        self.start, self.end = (self.single(np.full(self.players, side)) for side in (False, True))
        self.is_batched = self._is_right()

    @property
    def players(self) -> int:
        """How many there are."""
        return len(self.cases.players)

    def values(self, coalitions: Coalitions) -> Array:
        """Return the measure of some coalitions, shape ``(coalitions,)``; NaN where it is blank.

        Raises
        ------
        PlanError
            If the two cases cannot be mixed.
        """
        found = np.empty(len(coalitions))
        done = 0
        for rows in self._together(coalitions) if self.is_batched else np.arange(len(coalitions))[:, None]:
            with part_of_work(done / len(coalitions), (done + len(rows)) / len(coalitions)):
                found[rows] = self._batch(coalitions[rows]) if self.is_batched else self.single(coalitions[rows[0]])
            done += len(rows)
            tell_progress(done / len(coalitions))
        return found

    # One by one

    def single(self, coalition: NDArray[np.bool_]) -> float:
        """Return the measure of one coalition, solved by itself; NaN where it is blank."""
        taken = [player for player, is_in in zip(self.cases.players, coalition, strict=True) if is_in]
        mixed = with_valid_credits(self.cases.mixed(taken)) if taken else self.cases.start
        found = _told(lambda: solve(mixed).measure(self.measure))
        return float("nan") if found is None else float(found)

    def _is_right(self) -> bool:
        """Return whether the batch says of both cases what each says by itself."""
        if not self.players:
            return False
        tried = [np.zeros(self.players, dtype=bool), np.ones(self.players, dtype=bool)]
        singly = [self.start, self.end]
        if any(len(names) > 1 for names in twin_names(self._versions).values()):
            tried.append(np.arange(self.players) % 2 == 0)
            singly.append(self.single(tried[-1]))
        coalitions, together = np.stack(tried), np.empty(len(tried))
        for rows in self._together(coalitions):
            together[rows] = self._batch(coalitions[rows])
        return all(is_same(one, other) for one, other in zip(together, singly, strict=True))

    # Together

    def _together(self, coalitions: Coalitions) -> list[NDArray[np.intp]]:
        """Return which coalitions are handed to the solver together: those with one plan, and not too many."""
        framed = [self._places[player.key] for player in self._framed]
        frames = np.unique(coalitions[:, framed], axis=0, return_inverse=True)[1].ravel() if framed else None
        most = max(16, VALUES_AT_ONCE // self._cells)
        found: list[NDArray[np.intp]] = []
        for frame in range(1 if frames is None else int(frames.max()) + 1):
            rows = np.arange(len(coalitions)) if frames is None else np.flatnonzero(frames == frame)
            found.extend(rows[first : first + most] for first in range(0, len(rows), most))
        return found

    @property
    def _cells(self) -> int:
        """How many cells vary."""
        return max(1, len(self._versions) + sum(len(player.cells) for player in self._varied))

    def _batch(self, coalitions: Coalitions) -> Array:
        """Return the measure of coalitions that share a plan."""
        plan = self._frame(coalitions[0])
        vary: dict[Address, Array] = {}
        for player in self._varied:
            is_in = coalitions[:, self._places[player.key]]
            for address in player.cells:
                before, after = _number(self.cases.start, address), _number(self.cases.end, address)
                vary[address] = np.where(is_in, after, before)
        for version in self._versions:
            is_in = coalitions[:, self._places[version.player.key]]
            switch = Address(ACTIONS.name, version.action.action, "enabled")
            vary[switch] = (is_in == version.is_at_end).astype(np.float64)
        measured = _told(lambda: measure_batch(plan, vary, [self._named]))[0]
        return np.broadcast_to(measured, (len(coalitions),))

    def _frame(self, coalition: NDArray[np.bool_]) -> Plan:
        """Return the plan in which coalitions that have the same of what a batch cannot vary are draws."""
        taken = [player for player in self._framed if coalition[self._places[player.key]]]
        key = b"\0".join(player.key.encode() for player in taken)
        if key not in self._plans:
            self._plans[key] = with_versions(self.cases.mixed(taken), self._versions)
        return self._plans[key]

    @cached_property
    def _named(self) -> Measure:
        """The measure, with both names of actions that stand in the plan twice."""
        if self.measure.series not in BY_ACTION:
            return self.measure
        names = twin_names(self._versions)
        return replace(
            self.measure, names=tuple(new for old in self.measure.names for new in names.get(fold(old), (old,)))
        )


def _is_numeric(cases: Cases, player: Player) -> bool:
    """Return whether a batch can vary all cells of a player that is no action."""
    for address in player.cells:
        column = cases.start.cell_column(address.table, address.row, address.column)
        if column is None or not column.is_numeric:
            return False
        # which months are known is the same in all draws
        is_actual = address.table == MONTHLY.name and column.default is None
        if is_actual and (cell_value(cases.start, address) is None) != (cell_value(cases.end, address) is None):
            return False
    return True


def _number(plan: Plan, address: Address) -> float:
    value = meaning(plan, address)
    return float("nan") if isinstance(value, str) else as_number(value, np.nan)


def _told(ask: Callable[[], T]) -> T:
    """Return what is asked of a mixture; where it makes no plan, say that it is one."""
    try:
        return ask()
    except PlanError as error:
        mixture = Issue(
            Severity.ERROR,
            "mixture",
            tr("The two cases cannot be told apart: some of their changes make no plan without the others."),
            tr("Compare them instead, or put a scenario with only some of the changes between them."),
        )
        raise PlanError([mixture, *error.issues]) from error
