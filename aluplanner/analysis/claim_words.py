"""What a claim says of its measure, as a short text (sections 1 and 11 of the model page)."""

from typing import Final

from aluplanner.analysis.answer_table import MINUS
from aluplanner.model.claims import BETWEEN, Claim
from aluplanner.model.measure import MeasureError, parse_measure
from aluplanner.model.plan import Plan

_SIGNS: Final = {"<=": "≤", ">=": "≥"}


def unit_of(claim: Claim, plan: Plan) -> str:
    """Return the unit of a claim's measure; empty where it cannot be read."""
    try:
        return parse_measure(claim.measure or "", plan).unit
    except MeasureError:
        return ""


def claimed(claim: Claim) -> str:
    """Return what is claimed of the measure: ``≥ 1,350`` or ``-173 … 173``."""
    if claim.value is None or claim.sign is None:
        return ""
    if claim.sign == BETWEEN:
        return f"{_number(claim.value)} … {_number(claim.upper)}"
    slack = f" ± {_number(claim.tolerance)}" if claim.tolerance else ""
    return f"{_SIGNS.get(claim.sign, claim.sign)} {_number(claim.value)}{slack}"


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}".replace("-", MINUS)
