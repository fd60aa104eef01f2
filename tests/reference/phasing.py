"""How an action phases in and out (section 3 of the model page)."""

from .tables import Action

NOTHING = 1e-9  # kt: what is left of capacity cut to nothing by rounding; where the page says 0, it is none


def clip(value: float, low: float, high: float) -> float:
    """The value, or the bound that it passes."""
    return min(max(value, low), high)


def single_phase(action: Action, t: float, delay: float) -> float:
    """rise(t) * (1 - fall(t)) of one season (section 3 of the model page)."""
    start = action.start + delay
    rise = clip((t - start + 1) / max(1.0, action.phase_in), 0.0, 1.0)
    if action.end is None:
        return rise
    fall = clip((t - (action.end + delay)) / max(1.0, action.phase_out), 0.0, 1.0)
    return rise * (1 - fall)


def phase(action: Action, t: int, delay: float) -> float:
    """phi(t) with the given delay, yearly repeats included (section 3 of the model page).

    Seasons that would begin after month t are 0, so only the finitely many k with t - 12k at or after the
    start are looked at.
    """
    best = single_phase(action, t, delay)
    if action.repeats_yearly:
        earlier = t - 12
        while earlier - (action.start + delay) + 1 > 0:
            best = max(best, single_phase(action, earlier, delay))
            earlier -= 12
    return best


def phi(action: Action, t: int) -> float:
    """The part of an action in force at the end of month t (section 3 of the model page)."""
    return phase(action, t, action.delay)


def phi0(action: Action, t: int) -> float:
    """The same as announced, without delay (section 3 of the model page)."""
    return phase(action, t, 0.0)
