"""Small numeric helpers shared by the model."""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.inputs import Array

_PRODUCTS_AT_ONCE: Final = 100_000_000
"""Multiplications between two moments at which work may be given up."""


def ratio(numerator: Array, denominator: Array) -> Array:
    """Return ``numerator / denominator``; a ratio with denominator 0 is 0 (section 1 of the model page)."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    # laid out like the numerator: going against the order of memory takes several times as long
    quotient: Array = np.zeros_like(numerator) if numerator.shape == shape else np.zeros(shape)
    return np.divide(numerator, denominator, out=quotient, where=denominator != 0.0)


def some_draws(numbers: Array, part: slice) -> Array:
    """Return some of the draws of an array with a leading axis of draws; all of it where the draws share it."""
    return numbers[part] if numbers.shape[0] > 1 else numbers


def joined(*weights: Array) -> Array:
    """Return weights of several actions after one another, shape ``(draws or 1, actions, plants)``."""
    stop_if_cancelled()
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
    draws, plants = max(force.shape[0], weights.shape[0]), weights.shape[2]
    step = max(1, _PRODUCTS_AT_ONCE // max(1, force.shape[1] * force.shape[2] * draws))
    if plants <= step:
        effect: Array = np.matmul(force, weights)
        return effect
    effect = np.empty((draws, force.shape[1], plants))
    for first in range(0, plants, step):
        stop_if_cancelled()
        some = slice(first, first + step)
        np.matmul(force, weights[:, :, some], out=effect[:, :, some])
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
        is_zero = np.equal(b, 0.0)
        if not is_zero.any():
            return np.asarray(np.divide(a, b))
        return np.where(is_zero, otherwise, np.divide(a, np.where(is_zero, 1.0, b)))


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
    """Return what :func:`by_month` took apart, shape ``(draws, months)``, the draws side by side in memory."""
    if draws == 1:
        return np.array(levels, dtype=np.float64)[None, :]
    by_month = np.empty((len(levels), draws))
    for month, level in zip(by_month, levels, strict=True):
        month[:] = level
    return by_month.T
