"""Comparing a result with another implementation's, number by number."""

import math
from typing import Any

from .months import read_horizon
from .scenarios import resolve
from .tables import read_assumptions, read_monthly

SMALL = 1e-6


def differences(ours: Any, theirs: Any, relative: float = 1e-9, where: str = "") -> list[str]:
    """Every place where two results differ by more than rounding.

    A series is compared on the scale of its largest month: a month near 0 is the difference of large numbers.
    Keys that only `theirs` has are left out.
    """
    if isinstance(ours, dict):
        found = [f"{where}/{key} is missing" for key in ours if key not in theirs]
        for key in ours:
            if key in theirs:
                found.extend(differences(ours[key], theirs[key], relative, f"{where}/{key}"))
        return found
    if isinstance(ours, list) and ours and all(value is None or is_number(value) for value in ours):
        scale = max([1.0, *(abs(value) for value in ours if value is not None)])
        if len(ours) != len(theirs):
            return [f"{where} has {len(theirs)} months, not {len(ours)}"]
        return [
            f"{where}[{t}]: {a!r} here, {b!r} there"
            for t, (a, b) in enumerate(zip(ours, theirs, strict=True))
            if not is_same(a, b, relative, scale)
        ]
    return [] if is_same(ours, theirs, relative, 1.0) else [f"{where}: {ours!r} here, {theirs!r} there"]


def is_number(value: Any) -> bool:
    """Whether a value is compared as a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_same(ours: Any, theirs: Any, relative: float, scale: float) -> bool:
    """Whether two values agree up to rounding; blanks and words exactly."""
    if is_number(ours) and is_number(theirs):
        return math.isclose(ours, theirs, rel_tol=relative, abs_tol=relative * scale)
    return bool(ours == theirs)


def is_borderline(plan: dict[str, Any], result: dict[str, Any]) -> bool:
    """Whether rounding alone may decide a step of the model page, so that two right answers may differ.

    Steps are: an actual for a month in which the model makes nothing (section 7), the bauxite cover of a
    month in which refineries make nothing (section 5), stock days where nothing is used (section 7), and the
    border between two market states (section 7).
    """
    horizon, resolved = read_horizon(plan), resolve(plan, result["scenario"])
    monthly, rows = result["monthly"], read_monthly(resolved, horizon)
    values = read_assumptions(resolved)
    known = values["known_until"]
    for t in range(horizon.months):
        cut_to_nothing = monthly["operating"][t] < SMALL < monthly["closed_running"][t] + monthly["curtailed"][t]
        actual = rows[t].get("actual_production") if known and horizon.label(t) <= known else None
        unused = actual is not None and actual > 0 and monthly["production"][t] < SMALL
        if actual is not None and (cut_to_nothing or (unused and monthly["operating"][t] > SMALL)):
            return True
        makes, net_imports = monthly["alumina_production"][t], rows[t].get("alumina_net_imports") or 0.0
        from_imports = abs(monthly["alumina_requirement"][t] - net_imports) < SMALL
        if makes is not None and makes < SMALL and from_imports and (cut_to_nothing or net_imports):
            return True
        if 0 < monthly["consumption"][t] < SMALL:
            return True
    for period in result["periods"].values():
        if period["consumption"] > 0:
            ratio, band = abs(period["balance"] / period["consumption"]), values["balance_band"]
            if min(abs(ratio - band), abs(ratio - 3 * band)) < SMALL:
                return True
    return False
