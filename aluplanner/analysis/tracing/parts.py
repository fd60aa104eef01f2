"""What a trace is: a number and the parts that add up to it."""

from dataclasses import dataclass

from aluplanner.analysis.tracing.lines import Kind
from aluplanner.model.calendar import Month
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number.

    Attributes
    ----------
    label
        What it is, in the language in force.
    value
        Its part, in the measure's unit; the parts of a trace add up to its value.
    kind
        What it stands for.
    link
        The cell it follows from, a whole column where its row is empty; ``None`` where there is none.
    measure
        The measure that tells more about it, if any.
    """

    label: str
    value: float
    kind: Kind
    link: Address | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to take a number apart: its name, and its name in the language in force."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What makes a number.

    Attributes
    ----------
    measure, scenario
        The number that was asked for.
    value
        The number; ``None`` where it is blank, and then it has no parts.
    unit
        Unit of the number and of its parts.
    by
        How it is taken apart: the key of one of the ``groupings``.
    groupings
        Every way to take it apart, the usual one first.
    parts
        What it is made of, the largest first; parts that are 0 are left out.
    note
        What one must know to read the parts, such as their order; often empty.
    month
        The month in which a minimum or maximum is reached; ``None`` for other measures.
    """

    measure: Measure
    scenario: str
    value: float | None
    unit: str
    by: str
    groupings: tuple[Grouping, ...]
    parts: tuple[Part, ...]
    note: str = ""
    month: Month | None = None
