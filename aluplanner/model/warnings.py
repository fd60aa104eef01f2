"""What a run's figures make doubtful; the figures stand (sections 2, 4 and 7 of the model page)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.actions import ANY, CLOSE, COMPLIANCES
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.inputs import Array
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.run import Run
from aluplanner.model.share_cuts import action_output

_SLACK = 1e-9


def run_warnings(run: Run, scenario: str) -> tuple[Issue, ...]:
    """Return the warnings of a run of one draw, each with its row, first month and largest excess."""
    found = tuple(
        issue
        for rule in (_unallocated, _over_closed, _over_curtailed, _credited_twice, _known_unused)
        for issue in _found_by(rule, run)
    )
    if not scenario:
        return found
    prefix = tr("In scenario “{scenario}”: ", scenario=scenario)
    return tuple(_in_scenario(issue, scenario, prefix) for issue in found)


def _found_by(rule: Callable[[Run], Iterator[Issue]], run: Run) -> Iterator[Issue]:
    stop_if_cancelled()
    yield from rule(run)


def _in_scenario(issue: Issue, scenario: str, prefix: str) -> Issue:
    return replace(issue, message=prefix + issue.message, scenario=scenario)


def _warning(
    code: str, message: str, remedy: str, table: str, row: str, column: str, month: str, excess: float
) -> Issue:
    return Issue(
        Severity.WARNING,
        code,
        message,
        remedy,
        table=table,
        row=row,
        column=column,
        month=month,
        excess=excess,
    )


def _unallocated(run: Run) -> Iterator[Issue]:
    for place, excess in enumerate(run.reach.unallocated[0]):
        if excess > _SLACK * max(1.0, float(run.reach.size[0, place])):
            action = run.frame.actions[place]
            column = "announced" if action.announced is not None else "pots"
            yield _warning(
                "unallocated",
                tr(
                    "“{action}” finds {excess} kt/y less capacity than it announces.",
                    action=action.action,
                    excess=f"{excess:,.6g}",
                ),
                tr("Lower its size, or widen its target."),
                "actions",
                action.action,
                column,
                "",
                float(excess),
            )


def _exceeding(asked: Array, limit: Array) -> Iterator[tuple[int, int, float]]:
    """Yield (plant, first month, largest excess) where ``asked`` is above ``limit``, both ``(months, plants)``."""
    limit = np.broadcast_to(limit, asked.shape)
    excess = asked - limit
    broken = excess > _SLACK * np.maximum(1.0, limit)
    for plant in np.flatnonzero(broken.any(axis=0)):
        yield int(plant), int(np.argmax(broken[:, plant])), float(excess[:, plant].max())


def _at_plant(run: Run, code: str, message: str, remedy: str, column: str, found: tuple[int, int, float]) -> Issue:
    """Return a warning at a plant, given as :func:`_exceeding` finds it; ``message`` is not yet translated."""
    plant, month, excess = found
    name, label = run.frame.plants[plant].plant, run.frame.horizon.labels[month]
    text = tr(message, plant=name, excess=f"{excess:,.6g}", month=label)
    return _warning(code, text, remedy, "plants", name, column, label, excess)


def _over_closed(run: Run) -> Iterator[Issue]:
    opening = run.reach.opening
    closures = run.frame.of_kind(CLOSE)
    limits = dict(zip(COMPLIANCES, (opening.built[0], opening.compliant[0], opening.non_compliant[0]), strict=True))
    worst: dict[int, tuple[int, float]] = {}
    for choice, limit in [*limits.items(), ("", opening.built[0])]:
        some = [place for place in closures if not choice or (run.frame.actions[place].compliance or ANY) == choice]
        asked = run.forces.first.implemented[0][:, some] @ run.reach.weights[0, some]
        for plant, month, excess in _exceeding(asked, limit):
            first, largest = worst.get(plant, (month, excess))
            worst[plant] = (min(first, month), max(largest, excess))
    message = "The closures at “{plant}” ask for {excess} kt/y more than there is, from {month} on."
    remedy = tr("Lower one of the closures, or correct the plant's capacity.")
    for plant, (month, excess) in sorted(worst.items()):
        yield _at_plant(run, "over-closed", message, remedy, "built", (plant, month, excess))


def _over_curtailed(run: Run) -> Iterator[Issue]:
    uncut = run.plants.uncut[0]
    message = "The curtailments at “{plant}” ask for {excess} kt/y more than runs, from {month} on."
    remedy = tr("Lower one of the curtailments, or check what else closes there.")
    for found in _exceeding(np.broadcast_to(run.plants.curtailed[0], uncut.shape), uncut):
        yield _at_plant(run, "over-curtailed", message, remedy, "operating", found)


def _credited_twice(run: Run) -> Iterator[Issue]:
    """Yield plants whose tonnage counts towards two share cuts that are in force in the same month."""
    shared = np.zeros((len(run.frame.horizon), len(run.frame.plants)))
    takers_of: dict[int, list[int]] = {}
    for cut, places in run.frame.credited.items():
        for place in dict.fromkeys(map(int, places)):
            takers_of.setdefault(place, []).append(cut)
    for credited, takers in sorted(takers_of.items()):
        if len(takers) > 1:
            in_force = [(run.forces.first.phi[0, :, cut, None] > 0.0) & run.frame.reach[cut] for cut in takers]
            shared += np.maximum(0, np.sum(in_force, axis=0) - 1) * action_output(run.plants, credited)[0]
    message = "{excess} kt/y closed or curtailed at “{plant}” count towards two cuts at once, from {month} on."
    remedy = tr("Take the action out of the Credit of one of the cuts.")
    for found in _exceeding(shared, np.zeros_like(shared)):
        yield _at_plant(run, "credited twice", message, remedy, "operating", found)


def _known_unused(run: Run) -> Iterator[Issue]:
    for t in np.flatnonzero(run.reported("known_production_unused")[0]):
        month = str(run.frame.horizon.months[t])
        yield _warning(
            "known-production-unused",
            tr("The actual production of {month} is not used, because the model produces nothing then.", month=month),
            tr("Check the capacity that runs, or leave the actual out."),
            "monthly",
            month,
            "actual_production",
            month,
            0.0,
        )
