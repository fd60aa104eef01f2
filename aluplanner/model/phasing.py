"""How an action phases in and out (section 3 of the model page)."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def phase(
    months: int,
    start: Array,
    end: Array,
    delay: Array | float,
    phase_in: Array,
    phase_out: Array,
    repeats: NDArray[np.bool_],
) -> Array:
    """Return the part of each action that is in force at each month-end, 0 to 1.

    Parameters
    ----------
    months
        Length of the horizon.
    start, end
        First and last month of full force as indices ``t``, shape ``(draws or 1, actions)``; ``end`` is
        NaN where there is none.
    delay, phase_in, phase_out
        Months, same shape; fractions allowed. A ``delay`` of 0 gives the schedule as announced.
    repeats
        Which actions come back every twelve months, shape ``(actions,)``.

    Returns
    -------
    Array
        Shape ``(draws or 1, months, actions)``.
    """
    t = np.arange(months, dtype=np.float64)[:, None]
    spans = (start + delay, end + delay, np.maximum(1.0, phase_in), np.maximum(1.0, phase_out))
    begins, ends, rise_months, fall_months = (span[:, None, :] for span in spans)
    phi = _once(t, begins, ends, rise_months, fall_months)
    if repeats.any():
        some = np.broadcast_to(repeats, phi.shape[-1:])
        phi[..., some] = _repeated(t, *(part[..., some] for part in (begins, ends, rise_months, fall_months)))
    return phi


def _once(t: Array, begins: Array, ends: Array, rise_months: Array, fall_months: Array) -> Array:
    rise = np.clip((t - begins + 1.0) / rise_months, 0.0, 1.0)
    fall = np.clip((t - ends) / fall_months, 0.0, 1.0)
    return rise * (1.0 - np.where(np.isnan(fall), 0.0, fall))


def _repeated(t: Array, begins: Array, ends: Array, rise_months: Array, fall_months: Array) -> Array:
    """Return the strongest of this year's round and those of the years before."""
    phi = _once(t, begins, ends, rise_months, fall_months)
    rounds = int((t[-1, 0] - float(np.min(begins)) + 1.0) // 12)
    for k in range(1, max(0, rounds) + 1):
        np.maximum(phi, _once(t - 12.0 * k, begins, ends, rise_months, fall_months), out=phi)
    return phi


def live(months: int, announced_on: Array, end: Array, repeats: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return in which months the market counts with an announced action (section 8).

    Parameters
    ----------
    months
        Length of the horizon.
    announced_on, end
        Month indices, shape ``(actions,)``; ``end`` is NaN where there is none.
    repeats
        Which actions come back every twelve months, shape ``(actions,)``.

    Returns
    -------
    ndarray of bool
        Shape ``(months, actions)``.
    """
    t = np.arange(months, dtype=np.float64)[:, None]
    with np.errstate(invalid="ignore"):
        once = (t >= announced_on) & ~(t > end)
        again = (t >= announced_on) & (np.mod(t - announced_on, 12.0) <= end - announced_on)
    return np.where(repeats, again, once)
