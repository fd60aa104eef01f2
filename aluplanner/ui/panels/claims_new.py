"""New claims about numbers: how they are worded and rounded, and where they say they come from."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from aluplanner.document.document import Document
from aluplanner.document.new_rows import TakenNames
from aluplanner.i18n import tr
from aluplanner.model.claims import Claim
from aluplanner.model.measure import Measure
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.results.texts import FRACTION, unit_text

AT_LEAST: Final = "at least"
AT_MOST: Final = "at most"
EQUALS: Final = "equals"
RELATIONS: Final = (AT_LEAST, AT_MOST, EQUALS)
DIGITS: Final = 4
"""Significant digits that a claim's value keeps: more than that nobody claims."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """A claim's value and tolerance, which the number it was made of meets."""

    value: float
    tolerance: float | None


def rounded(number: float, relation: str) -> Rounded:
    """Return a number with few digits, rounded to the side on which the claim holds.

    Parameters
    ----------
    number
        The number.
    relation
        ``"at least"``, ``"at most"`` or ``"equals"``; the last comes with a tolerance of half of its last digit.
    """
    if number == 0 or not math.isfinite(number):
        return Rounded(number, None)
    decimals = DIGITS - 1 - math.floor(math.log10(abs(number)))
    nearest = round(number, decimals)
    step = 10.0**-decimals
    if relation == EQUALS:
        return Rounded(nearest, None if nearest == number else round(step / 2, decimals + 1))
    toward = -1.0 if relation == AT_LEAST else 1.0
    short = nearest > number if relation == AT_LEAST else nearest < number
    return Rounded(round(nearest + toward * step, decimals) if short else nearest, None)


def make_claim(
    document: Document, scenario: str, measure: Measure, number: float, relation: str, today: date | None = None
) -> str:
    """Add a claim about a number that holds where the number is from, as one step in the history.

    Parameters
    ----------
    document
        The open document.
    scenario
        The scenario of the number.
    measure
        What the number is.
    number
        The number, in the measure's unit.
    relation
        How the measure shall stand to it.
    today
        The date that the source names.

    Returns
    -------
    str
        The key of its row.
    """
    found = rounded(number, relation)
    rows = document.plan.claims
    name = TakenNames(rows.keys).free(claim_words(measure, relation, found.value))
    source = tr("AluPlanner, {scenario}, {date}", scenario=scenario, date=(today or date.today()).isoformat())
    claim = Claim(name, str(measure), relation, found.value, None, found.tolerance, source)
    document.apply(document.plan.with_table(rows.replaced((*rows, claim))), tr("Make claim {name}", name=name))
    return name


def claim_words(measure: Measure, relation: str, value: float) -> str:
    """Return a claim in words: ``Balance, H2 2017, sum: at least 1,994 kt``."""
    return tr("{measure}: {relation} {value}", measure=measure_text(measure), relation=tr(relation),
              value=_value_text(value, measure.unit))  # fmt: skip


def _value_text(value: float, unit: str) -> str:
    number = value * 100 if unit == FRACTION else value
    return f"{number:,.10g} {unit_text(unit)}"
