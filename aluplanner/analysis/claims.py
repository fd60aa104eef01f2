"""Claims held against a balance (sections 1 and 11 of the model page)."""

from dataclasses import dataclass

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.claims import BETWEEN, Claim
from aluplanner.model.measure import MeasureError


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether a claim holds.

    Attributes
    ----------
    claim
        The claim.
    value
        Its measure, in the measure's unit; ``None`` where it is blank or cannot be read.
    holds
        Whether it holds; ``None`` where the claim cannot be read.
    margin
        How far inside (+) or outside (-) the claim the measure lies, tolerance included.
    problem
        Why it cannot be checked; empty where it can.
    """

    claim: Claim
    value: float | None
    holds: bool | None
    margin: float | None
    problem: str = ""


def check_claims(balance: Balance) -> tuple[ClaimResult, ...]:
    """Return for every claim of the plan whether it holds in a balance, in the table's order."""
    return tuple(_check(balance, claim) for claim in balance.plan.claims)


def _check(balance: Balance, claim: Claim) -> ClaimResult:
    try:
        value = balance.measure(claim.measure or "")
    except MeasureError as error:
        return ClaimResult(claim, None, None, None, str(error))
    if value is None:
        return ClaimResult(claim, None, False, None, tr("The measure is blank in every month of the period."))
    margin = _margin(claim, value)
    if margin is None:
        return ClaimResult(claim, value, None, None, tr("The claim is not complete."))
    is_strict = claim.sign in ("<", ">")
    return ClaimResult(claim, value, margin > 0 if is_strict else margin >= 0, margin)


def _margin(claim: Claim, value: float) -> float | None:
    """Return how far inside the claim a value lies; ``None`` where the claim lacks a number or a relation."""
    slack = claim.tolerance or 0.0
    bound = claim.value
    if bound is None or claim.sign is None:
        return None
    if claim.sign == BETWEEN:
        return None if claim.upper is None else min(value - bound, claim.upper - value) + slack
    if claim.sign == "=":
        return slack - abs(value - bound)
    distance = bound - value if claim.sign in ("<", "<=") else value - bound
    return distance + slack
