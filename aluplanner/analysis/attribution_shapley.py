"""Shapley values: what each player changes on average over all orders in which players can come (Shapley 1953)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Final, TypeAlias

import numpy as np

from aluplanner.analysis.attribution_game import EXACT, Coalitions
from aluplanner.analysis.streams import generator
from aluplanner.model.inputs import Array
from aluplanner.model.progress import part_of_work

MOST_EXACT: Final = 12
"""Players up to which every coalition is solved, 4,096 of them."""

TARGET: Final = 0.002
"""Standard error at which sampling stops, as a part of the largest contribution."""

LEAST_PAIRS: Final = 64
"""Pairs of orders that are tried at least."""

_MOST_PAIRS: Final = 2_000
_MOST_COALITIONS: Final = 200_000

Values: TypeAlias = Callable[[Coalitions], Array]
"""Says what a coalition gives, shape ``(coalitions,)``."""


@dataclass(frozen=True)
class Shares:
    """What each player contributes.

    Attributes
    ----------
    value
        Its Shapley value, shape ``(players,)``.
    covariance
        Of the sampling errors of the values, shape ``(players, players)``; all 0 where they are exact.
    alone
        What it changes if it comes first, shape ``(players,)``.
    last
        What it changes if it comes last, shape ``(players,)``.
    is_steady
        Whether it changed the same in every order that was solved, shape ``(players,)``.
    orders
        How many orders were sampled; 0 where all were counted.
    coalitions
        How many coalitions were solved.
    """

    value: Array
    covariance: Array
    alone: Array
    last: Array
    is_steady: Coalitions
    orders: int
    coalitions: int

    @property
    def is_exact(self) -> bool:
        """Whether all orders were counted."""
        return self.orders == 0


def exact_shares(values: Values, players: int) -> Shares:
    """Return the Shapley values of few players: every coalition is solved once.

    ``Σ over coalitions S without i of |S|! (n - |S| - 1)! / n! · (v(S with i) - v(S))``
    """
    numbers = np.arange(2**players)
    coalitions = (numbers[:, None] >> np.arange(players) & 1).astype(bool)
    found = values(coalitions)
    changes = np.empty((2 ** max(0, players - 1), players))
    weights = np.empty_like(changes)
    sizes = coalitions.sum(axis=1)
    for player in range(players):
        without = numbers[~coalitions[:, player]]
        changes[:, player] = found[without + 2**player] - found[without]
        weights[:, player] = _weights(players)[sizes[without]]
    value = (weights * changes).sum(axis=0)
    return Shares(
        value=value,
        covariance=np.zeros((players, players)),
        alone=changes[0],
        last=changes[-1],
        is_steady=np.ptp(changes, axis=0) <= _rounding(found),
        orders=0,
        coalitions=len(found),
    )


def _weights(players: int) -> Array:
    """Return the part of all orders in which a given coalition comes just before a given player, by its size."""
    return np.array([1.0 / (players * comb(players - 1, size)) for size in range(players)])


def _rounding(found: Array) -> float:
    return EXACT * max(1.0, float(np.abs(found).max(initial=0.0)))


def sampled_shares(values: Values, keys: Sequence[str], seed: int, orders: int | None = None) -> Shares:
    """Return the Shapley values of many players from a sample of orders, with their standard errors.

    Orders come in pairs, one the reverse of the other: what players that hinder each other gain early they lose late,
    so that the mean of a pair varies less (antithetic sampling; Mitchell et al. 2022, "Sampling permutations for
    Shapley value estimation"). In every order the contributions add up to the whole, so their means do too.

    Parameters
    ----------
    values
        Says what coalitions give.
    keys
        What players are known by: they draw their places by name, so that the order of rows does not matter.
    seed
        The same seed gives the same orders.
    orders
        How many; by default until the largest standard error is :data:`TARGET` of the largest contribution, at most
        4,000, and fewer of very many players.
    """
    sample = _Sample(values, keys, seed)
    most = _most_pairs(len(keys)) if orders is None else orders // 2
    size = min(most, LEAST_PAIRS)
    while sample.pairs < most:
        with part_of_work(sample.pairs / most, min(1.0, (sample.pairs + size) / most)):
            sample.draw(min(size, most - sample.pairs))
        if orders is None and sample.is_good_enough():
            break
        size *= 2
    return sample.shares()


def _most_pairs(players: int) -> int:
    return max(LEAST_PAIRS, min(_MOST_PAIRS, _MOST_COALITIONS // (2 * players)))


class _Sample:
    """Orders drawn so far."""

    def __init__(self, values: Values, keys: Sequence[str], seed: int) -> None:
        self._values = values
        self._players = len(keys)
        self._streams = [generator(seed, f"attribution {key}") for key in keys]
        self._known: dict[bytes, float] = {}
        self._means: list[Array] = []
        self._least = np.full(self._players, np.inf)
        self._most = np.full(self._players, -np.inf)
        self.pairs = 0
        self._ends = self._solve(self._alone_and_last())

    def _alone_and_last(self) -> Coalitions:
        one = np.eye(self._players, dtype=bool)
        nobody = np.zeros((1, self._players), dtype=bool)
        return np.concatenate([nobody, one, ~one, ~nobody])

    def draw(self, pairs: int) -> None:
        """Draw more pairs of orders."""
        raw = np.stack([stream.random_raw(pairs) for stream in self._streams], axis=1)
        places = np.argsort(np.argsort(raw, axis=1, kind="stable"), axis=1, kind="stable")
        forth = self._changes(places)
        back = self._changes(self._players - 1 - places)
        for changes in (forth, back):
            self._least = np.minimum(self._least, changes.min(axis=0))
            self._most = np.maximum(self._most, changes.max(axis=0))
        self._means.append(0.5 * (forth + back))
        self.pairs += pairs

    def _changes(self, places: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Array:
        """Return what each player changes in orders given by the players' places, shape ``(orders, players)``."""
        steps = np.arange(self._players + 1)
        coalitions = places[:, None, :] < steps[None, :, None]
        found = self._solve(coalitions.reshape(-1, self._players)).reshape(len(places), -1)
        changes: Array = np.take_along_axis(np.diff(found, axis=1), places, axis=1)
        return changes

    def _solve(self, coalitions: Coalitions) -> Array:
        """Return what coalitions give; each is solved once."""
        packed = np.packbits(coalitions, axis=1)
        keys = [row.tobytes() for row in packed]
        new = {key: place for place, key in enumerate(keys) if key not in self._known}
        if new:
            found = self._values(coalitions[list(new.values())])
            self._known.update(zip(new, found.tolist(), strict=True))
        return np.array([self._known[key] for key in keys])

    @property
    def _is_steady(self) -> Coalitions:
        largest = max(map(abs, self._known.values()), default=0.0)
        steady: Coalitions = self._most - self._least <= _rounding(np.array([largest]))
        return steady

    def _covariance(self) -> Array:
        """Return the covariance of the means over pairs; players that always change the same have none."""
        means = np.concatenate(self._means)
        if self.pairs < 2:
            return np.full((self._players, self._players), np.nan)
        covariance = np.atleast_2d(np.cov(means, rowvar=False)) / self.pairs
        steady = self._is_steady
        covariance[steady] = 0.0
        covariance[:, steady] = 0.0
        return covariance

    def is_good_enough(self) -> bool:
        """Return whether the standard errors are small beside the contributions."""
        errors = np.sqrt(np.diag(self._covariance()))
        largest = np.abs(np.concatenate(self._means).mean(axis=0)).max()
        return bool(errors.max() <= TARGET * largest)

    def shares(self) -> Shares:
        """Return what the orders drawn say."""
        means = np.concatenate(self._means)
        players = self._players
        return Shares(
            value=means.mean(axis=0),
            covariance=self._covariance(),
            alone=self._ends[1 : players + 1] - self._ends[0],
            last=self._ends[-1] - self._ends[players + 1 : -1],
            is_steady=self._is_steady,
            orders=2 * self.pairs,
            coalitions=len(self._known),
        )
