"""The rows of a trace: its parts, what the base has besides, and the number itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from aluplanner.analysis.trace import Part, Trace


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One row.

    Attributes
    ----------
    part
        What it shows; ``None`` in the row of the number itself.
    value
        In the number's unit.
    difference
        The value less the base's; ``None`` where nothing is compared.
    """

    part: Part | None
    value: float
    difference: float | None = None


def rows_of(trace: Trace, base: Trace | None) -> list[TraceRow]:
    """Return the rows of a trace, the number itself last; none where the number is blank.

    Parameters
    ----------
    trace
        What is shown.
    base
        The same of the base plan, ``None`` where that is what is shown.
    """
    if trace.value is None:
        return []
    before = None if base is None or base.value is None else base
    whole = TraceRow(None, trace.value, None if before is None else trace.value - (before.value or 0.0))
    return [*_parts(trace, before), whole]


def _parts(trace: Trace, base: Trace | None) -> Iterator[TraceRow]:
    if base is None:
        yield from (TraceRow(part, part.value) for part in trace.parts)
        return
    missing = {(part.kind, part.label): part for part in base.parts}
    for part in trace.parts:
        former = missing.pop((part.kind, part.label), None)
        yield TraceRow(part, part.value, part.value - (former.value if former else 0.0))
    yield from (TraceRow(part, 0.0, -part.value) for part in missing.values())
