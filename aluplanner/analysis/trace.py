"""Trace: the plants, actions, sectors and months that make a number, adding up to it (section 11's measures)."""

from aluplanner.analysis.tracing.lines import Kind
from aluplanner.analysis.tracing.parts import Grouping, Part, Trace
from aluplanner.analysis.tracing.reduction import Reduction
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.measure import Measure, parse_measure

__all__ = ["Grouping", "Kind", "Part", "Trace", "trace"]


def trace(balance: Balance, measure: str | Measure, by: str = "") -> Trace:
    """Return what a number is made of.

    Parameters
    ----------
    balance
        The balance the number is from.
    measure
        The number, such as ``stock 2017-12 end`` (section 11 of the model page).
    by
        How to take it apart: the key of one of the groupings that the answer names; by default the first.

    Returns
    -------
    Trace
        Its parts, which add up to the number.

    Raises
    ------
    MeasureError
        If the measure cannot be read or names what is not there.
    ValueError
        If the measure cannot be taken apart in that way.

    Examples
    --------
    >>> trace(balance, "production 2017H2 sum", by="province").parts  # doctest: +SKIP
    """
    parsed = parse_measure(measure, balance.plan) if isinstance(measure, str) else measure
    reduction = Reduction(balance, parsed)
    groupings = tuple(Grouping(story.key, story.title) for story in reduction.stories)
    story = next((story for story in reduction.stories if story.key == by), None) if by else reduction.stories[0]
    if story is None:
        choices = ", ".join(grouping.key for grouping in groupings)
        raise ValueError(
            tr("“{measure}” cannot be told by “{by}”; choose {choices}.", measure=parsed, by=by, choices=choices)
        )
    value = balance.measure(parsed)
    parts = () if value is None else reduction.parts(story)
    return Trace(
        parsed, balance.scenario, value, parsed.unit, story.key, groupings, parts,
        story.note, reduction.months[0] if value is not None and parsed.reducer in ("min", "max") else None,
    )  # fmt: skip
