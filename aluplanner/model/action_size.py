"""How large actions are in each of the three measures, and how they come into force (section 2 of the model page)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from aluplanner.model.actions import COMMISSION, given_measure
from aluplanner.model.forces import ActionForces, forces_of
from aluplanner.model.frame import Frame, Indices, frame_of
from aluplanner.model.inputs import Inputs
from aluplanner.model.reach import Reach, reach_of
from aluplanner.model.run import Run

_SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ActionSize:
    """The size of one action; stating it in another of its measures gives the same size.

    Attributes
    ----------
    given
        The measure it is stated in, see :data:`MEASURES`.
    announced
        ``M``, kt/y, after the cap.
    share
        ``M`` as a share of what is eligible; ``None`` where nothing is, and for what is commissioned.
    pots
        ``M`` as a number of pots; ``None`` where share is, and where a plant reached has no pot size.
    eligible
        ``Σ e``, kt/y.
    unallocated
        What the cap cuts off, kt/y.
    is_capped
        Whether that is more than rounding.
    plants
        How many plants have capacity that is eligible.
    without_pot_size
        How many plants are reached that have no pot size.
    """

    given: str
    announced: float
    share: float | None
    pots: float | None
    eligible: float
    unallocated: float
    is_capped: bool
    plants: int
    without_pot_size: int


@dataclass(frozen=True)
class _Part:
    """Some actions and whom they reach."""

    frame: Frame
    reach: Reach
    forces: ActionForces
    rows: Indices

    def size_of(self, place: int) -> ActionSize:
        action, weights = self.frame.actions[place], self.reach.weights[0, place]
        size, eligible = float(self.reach.size[0, place]), float(self.reach.eligible[0, place])
        pot_size = self.frame.plants.numbers("pot_size")
        lacking = int(np.count_nonzero(pot_size[self.frame.reach[place]] == 0.0))
        mean_pot = 0.0 if lacking else float(weights @ pot_size)
        can_vary = action.kind != COMMISSION
        unallocated = float(self.reach.unallocated[0, place])
        return ActionSize(
            given_measure(action),
            announced=size,
            share=size / eligible if can_vary and eligible else None,
            pots=size / mean_pot if can_vary and mean_pot else None,
            eligible=eligible,
            unallocated=unallocated,
            is_capped=_is_capped(unallocated, size),
            plants=int(np.count_nonzero(weights)),
            without_pot_size=lacking,
        )


class ActionSizes:
    """The size of every row of Actions, those switched off too: what they would be, were they switched on.

    Parameters
    ----------
    run
        The run of one draw.

    Attributes
    ----------
    announced, eligible, unallocated
        ``M`` after the cap, ``Σ e`` and what the cap cuts off, kt/y, shape ``(actions,)`` in the table's order.
    implemented
        ``M · implementation · phi``, kt/y, shape ``(months, actions)``.
    is_on
        Which actions are switched on, shape ``(actions,)``.
    """

    def __init__(self, run: Run) -> None:
        rows, months = run.inputs.plan.actions, len(run.frame.horizon)
        self._parts = tuple(_parts(run))
        self.announced, self.eligible, self.unallocated = np.zeros((3, len(rows)))
        self.implemented = np.zeros((months, len(rows)))
        self.is_on = np.zeros(len(rows), dtype=bool)
        self.is_on[run.frame.index] = True
        for part in self._parts:
            self.announced[part.rows] = part.reach.size[0]
            self.eligible[part.rows] = part.reach.eligible[0]
            self.unallocated[part.rows] = part.reach.unallocated[0]
            self.implemented[:, part.rows] = part.forces.first.implemented[0]

    def of(self, row: int) -> ActionSize:
        """Return the size of the action in a row of the table, in all measures.

        Raises
        ------
        IndexError
            If there is no such row.
        """
        for part in self._parts:
            place = int(np.searchsorted(part.rows, row))
            if place < len(part.rows) and part.rows[place] == row:
                return part.size_of(place)
        raise IndexError(row)

    def is_capped(self, row: int) -> bool:
        """Return whether the action in a row asks for more than it finds, beyond rounding."""
        return _is_capped(float(self.unallocated[row]), float(self.announced[row]))


def _is_capped(unallocated: float, size: float) -> bool:
    return unallocated > _SLACK * max(1.0, size)


def _parts(run: Run) -> Iterator[_Part]:
    """Yield the actions that take part, as the run has them, and those switched off, as if they were on."""
    yield _Part(run.frame, run.reach, run.forces, run.frame.index)
    plan = run.inputs.plan
    off = np.setdiff1d(np.arange(len(plan.actions), dtype=np.intp), run.frame.index)
    if len(off):
        switched_on = (replace(plan.actions[int(row)], enabled=True) for row in off)
        inputs = Inputs(plan.with_table(plan.actions.replaced(switched_on)), {}, 1)
        frame = frame_of(inputs)
        reach = reach_of(frame, inputs)
        yield _Part(frame, reach, forces_of(frame, inputs, reach), off)
