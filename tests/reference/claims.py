"""Claims: statements that hold or fail (sections 1 and 11 of the model page)."""

from typing import Any

from .measures import measure

SIGNS = {"equals": "=", "below": "<", "at most": "<=", "at least": ">=", "above": ">"}


def check_claim(plan: dict[str, Any], result: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether a claim holds (section 11 of the model page); a claim about a blank fails.

    The tolerance is absolute, in the measure's unit: `=` means within it, the others are loosened by it.
    """
    found = measure(plan, result, claim["measure"])
    if found is None:
        return False
    relation = str(claim["relation"]).strip().lower()
    value, tolerance = float(claim.get("value") or 0.0), float(claim.get("tolerance") or 0.0)
    if relation == "between":
        return value - tolerance <= found <= float(claim.get("upper") or 0.0) + tolerance
    return {
        "=": abs(found - value) <= tolerance,
        "<": found < value + tolerance,
        "<=": found <= value + tolerance,
        ">=": found >= value - tolerance,
        ">": found > value - tolerance,
    }[SIGNS.get(relation, relation)]
