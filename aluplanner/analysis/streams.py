"""Random numbers that depend on a seed and a name alone: on any machine, whatever else is drawn beside them."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np

from aluplanner.model.inputs import Array

_BITS: Final = 52
"""Random bits of a number: one half more still lies strictly between 0 and 1."""


MOST_KEPT: Final = 20_000
"""Draws up to which numbers are kept for the next run: of more of them, hundreds would fill the memory."""


class Sampling(StrEnum):
    """How the numbers of each input are spread over its distribution.

    ``RANDOM`` draws each on its own; ``LATIN`` is a Latin hypercube, one number in each of as many equally likely
    slices as there are draws (McKay, Beckman and Conover 1979); ``SOBOL`` a scrambled Sobol sequence (Owen 1998).
    """

    RANDOM = "random"
    LATIN = "latin"
    SOBOL = "sobol"


def uniforms(seed: int, names: Sequence[str], draws: int, sampling: Sampling) -> dict[str, Array]:
    """Return numbers between 0 and 1, both left out, shape ``(draws,)`` for each name.

    Parameters
    ----------
    seed
        The same seed gives the same numbers.
    names
        What they are drawn for. The order does not matter; another name more or less changes nothing for the others,
        except with ``SOBOL``, whose dimensions are spread together.
    draws
        How many.
    sampling
        How they are spread.
    """
    if sampling is Sampling.SOBOL:
        ordered = tuple(sorted(set(names)))
        return dict(zip(ordered, _sobol(seed, ordered, draws), strict=True))
    kept = _random if sampling is Sampling.RANDOM else _latin
    drawn = kept if draws <= MOST_KEPT else kept.__wrapped__
    return {name: drawn(seed, name, draws) for name in names}


def generator(seed: int, name: str) -> np.random.PCG64:
    """Return the generator of a name; its raw bits are the same in every version of numpy."""
    digest = hashlib.sha256(f"{seed}\0{name}".encode()).digest()
    return np.random.PCG64(int.from_bytes(digest[:16], "little"))


@lru_cache(maxsize=512)
def _random(seed: int, name: str, draws: int) -> Array:
    return _read_only(_between(generator(seed, name).random_raw(draws)))


@lru_cache(maxsize=512)
def _latin(seed: int, name: str, draws: int) -> Array:
    source = generator(seed, name)
    slices = np.argsort(np.argsort(source.random_raw(draws), kind="stable"), kind="stable")
    within = _between(source.random_raw(draws))
    return _read_only(np.minimum((slices + within) / draws, np.nextafter(1.0, 0.0)))


@lru_cache(maxsize=8)
def _sobol(seed: int, names: tuple[str, ...], draws: int) -> tuple[Array, ...]:
    from scipy.stats import qmc  # takes its time, and is needed for this only

    if not names:
        return ()
    scrambling = np.random.Generator(generator(seed, "sobol"))
    points = qmc.Sobol(len(names), scramble=True, bits=_BITS, rng=scrambling).random_base2(
        max(1, draws - 1).bit_length()
    )
    edge = 2.0 ** -(_BITS + 1)
    return tuple(_read_only(np.clip(column, edge, 1.0 - edge)) for column in points[:draws].T.copy())


def _between(raw: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]) -> Array:
    """Return raw bits as numbers in the middle of as many equal steps between 0 and 1."""
    between: Array = ((raw >> np.uint64(64 - _BITS)).astype(np.float64) + 0.5) * 2.0**-_BITS
    return between


def _read_only(numbers: Array) -> Array:
    numbers.flags.writeable = False
    return numbers
