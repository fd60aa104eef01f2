"""Small numeric helpers shared by the model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from aluplanner.model.inputs import Array


def ratio(numerator: Array, denominator: Array) -> Array:
    """Return ``numerator / denominator``; a ratio with denominator 0 is 0 (section 1 of the model page)."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    return np.divide(numerator, denominator, out=np.zeros(shape), where=denominator != 0.0)


def some_draws(numbers: Array, part: slice) -> Array:
    """Return some of the draws of an array with a leading axis of draws; all of it where the draws share it."""
    return numbers[part] if numbers.shape[0] > 1 else numbers


def joined(*weights: Array) -> Array:
    """Return weights of several actions after one another, shape ``(draws or 1, actions, plants)``."""
    draws = max(part.shape[0] for part in weights)
    if all(part.shape[0] == draws for part in weights):
        return np.concatenate(weights, axis=1)
    return np.concatenate([np.broadcast_to(part, (draws, *part.shape[1:])) for part in weights], axis=1)


def weighted_sum(force: Array, weights: Array) -> Array:
    """Return what actions do to plants: forces times weights, summed over actions.

    Parameters
    ----------
    force
        Shape ``(draws or 1, months, actions)``.
    weights
        Shape ``(draws or 1, actions, plants)``.

    Returns
    -------
    Array
        Shape ``(draws or 1, months, plants)``.
    """
    # One small product a draw: large ones would wake the threads of the linear algebra library, which
    # cost more than they give on arrays of this size.
    effect: Array = np.matmul(force, weights)
    return effect


Level = float | Array
"""A quantity of one month: a plain number, or one number a draw, shape ``(draws,)``."""


class Arithmetic(Protocol):
    """What the month loop needs beyond ``+ - * /``, for plain numbers or for arrays of draws.

    Plain numbers are some ten times faster than arrays of one, and a single run is the common case.
    """

    def larger(self, a: Level, b: Level) -> Level:
        """Return the larger of the two."""
        ...

    def smaller(self, a: Level, b: Level) -> Level:
        """Return the smaller of the two."""
        ...

    def where_positive(self, test: Level, then: Level, otherwise: Level) -> Level:
        """Return ``then`` where ``test`` is above 0, else ``otherwise``."""
        ...

    def ratio(self, a: Level, b: Level, otherwise: float) -> Level:
        """Return ``a / b``, and ``otherwise`` where ``b`` is 0."""
        ...


class _Plain:
    """Arithmetic of plain numbers."""

    def larger(self, a: Level, b: Level) -> Level:
        return a if a > b else b

    def smaller(self, a: Level, b: Level) -> Level:
        return a if a < b else b

    def where_positive(self, test: Level, then: Level, otherwise: Level) -> Level:
        return then if test > 0.0 else otherwise

    def ratio(self, a: Level, b: Level, otherwise: float) -> Level:
        return a / b if b != 0.0 else otherwise


class _Draws:
    """Arithmetic of arrays with one number a draw."""

    def larger(self, a: Level, b: Level) -> Level:
        return np.maximum(a, b)

    def smaller(self, a: Level, b: Level) -> Level:
        return np.minimum(a, b)

    def where_positive(self, test: Level, then: Level, otherwise: Level) -> Level:
        return np.where(np.greater(test, 0.0), then, otherwise)

    def ratio(self, a: Level, b: Level, otherwise: float) -> Level:
        numerator, denominator = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
        quotient = np.full(numerator.shape, otherwise)
        np.divide(numerator, denominator, out=quotient, where=denominator != 0.0)
        return quotient


def arithmetic_for(draws: int) -> Arithmetic:
    """Return the arithmetic for a run of so many draws."""
    return _Plain() if draws == 1 else _Draws()


def by_month(numbers: Array) -> list[Level]:
    """Return an array ``(draws or 1, months)`` month by month: plain numbers where all draws share them."""
    if numbers.shape[0] == 1:
        shared: list[Level] = numbers[0].tolist()
        return shared
    return list(np.ascontiguousarray(numbers.T))


def from_months(levels: Sequence[Level], draws: int) -> Array:
    """Return what :func:`by_month` took apart, shape ``(draws, months)``."""
    if draws == 1:
        return np.array(levels, dtype=np.float64)[None, :]
    return np.stack([np.broadcast_to(level, (draws,)) for level in levels]).T
