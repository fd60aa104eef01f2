"""Percentiles over draws, and rank correlations."""

from collections.abc import Sequence

import numpy as np

from aluplanner.model.inputs import Array


def percentiles(numbers: Array, levels: Sequence[float]) -> Array:
    """Return percentiles over the draws, with straight lines between them; blank draws do not count.

    Parameters
    ----------
    numbers
        Shape ``(draws, months)``; quickest where all draws of a month lie together in memory.
    levels
        0 to 100.

    Returns
    -------
    Array
        Shape ``(levels, months)``; NaN where every draw is blank. The same as ``numpy.nanpercentile``.
    """
    ordered = np.sort(numbers.T, axis=1)  # blanks come last
    count = np.isfinite(ordered).sum(axis=1) if np.isnan(ordered[:, -1]).any() else np.full(len(ordered), len(numbers))
    place = np.asarray(levels)[:, None] / 100.0 * np.maximum(count - 1, 0)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    months = np.arange(len(ordered))
    low, high = ordered[months, below], ordered[months, above]
    # between equal neighbours nothing is added: their difference is 0 even where both are large
    return np.asarray(low + (high - low) * (place - below))


def ranks(numbers: Array) -> Array:
    """Return the ranks of numbers from 1 up, shape ``(draws,)``; equal ones share the middle of theirs."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    begins = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    edges = np.append(np.flatnonzero(begins), len(numbers))
    middles = 0.5 * (edges[:-1] + 1 + edges[1:])
    found = np.empty(len(numbers))
    found[order] = middles[np.cumsum(begins) - 1]
    return found


def rank_correlations(inputs: Array, outputs: Array) -> Array:
    """Return Spearman's rank correlation of every input with every output.

    Parameters
    ----------
    inputs
        Shape ``(inputs, draws)``.
    outputs
        Shape ``(outputs, draws)``; draws in which an output is blank do not count for it.

    Returns
    -------
    Array
        Shape ``(inputs, outputs)``, -1 to 1; NaN where either does not vary.
    """
    found = np.full((len(inputs), len(outputs)), np.nan)
    ranked = _standardised(inputs)
    for column, output in enumerate(outputs):
        known = np.isfinite(output)
        if not known.any():
            continue
        of_inputs = ranked if known.all() else _standardised(inputs[:, known])
        found[:, column] = of_inputs @ _standardised(output[None, known])[0]
    return found


def _standardised(numbers: Array) -> Array:
    """Return ranks around 0, of length 1 each; NaN where they are all the same."""
    ranked = np.array([ranks(row) for row in numbers]).reshape(numbers.shape)
    centred = ranked - (numbers.shape[1] + 1) / 2.0
    length = np.sqrt((centred * centred).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(centred, length, out=np.full(centred.shape, np.nan), where=length > 0.0))
