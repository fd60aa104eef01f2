"""How hard each action pulls in each month: size, implementation, phase (sections 3 and 4 of the model page)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import some_draws
from aluplanner.model.phasing import phase
from aluplanner.model.reach import PLANT_COLUMNS, SIZE_COLUMNS, Reach

TIMING_COLUMNS: Final = ("delay", "phase_in", "phase_out")


@dataclass(frozen=True)
class Pull:
    """Some actions by month, shape ``(draws or 1, months, actions)`` each.

    Attributes
    ----------
    phi
        Part in force.
    strength
        ``implementation · phi``, 0 while switched off.
    implemented
        ``M · implementation · phi``, kt/y: what is carried out of each action.
    due
        ``M · phi0``, kt/y: what should have been.
    """

    phi: Array
    strength: Array
    implemented: Array
    due: Array


@dataclass(frozen=True)
class Forces:
    """The actions by month.

    Attributes
    ----------
    first
        Every action in the first draw, which stands for all draws of an action that does not vary.
    varying
        The actions that differ between draws.
    varied
        Those actions in every draw.
    """

    first: Pull
    varying: Indices
    varied: Pull

    def is_varying(self, places: Indices) -> Mask:
        """Return which of some actions differ between draws."""
        return self._is_varying[places]

    @cached_property
    def _is_varying(self) -> Mask:
        mask = np.zeros(self.first.phi.shape[-1], dtype=bool)
        mask[self.varying] = True
        return mask

    def groups(self, places: Indices) -> Iterator[tuple[Pull, Indices, Indices]]:
        """Yield some actions in up to two groups, those that are shared and those that vary.

        Each is a pull, the actions' columns in it, and the actions.
        """
        varying = self.is_varying(places)
        shared, varied = places[~varying], places[varying]
        if len(shared):
            yield self.first, shared, shared
        if len(varied):
            yield self.varied, np.searchsorted(self.varying, varied), varied

    def of_action(self, name: str, place: int) -> Array:
        """Return one action's ``strength``, ``implemented`` or ``due``, shape ``(draws or 1, months)``."""
        found = np.flatnonzero(self.varying == place)
        numbers: Array = (
            getattr(self.varied, name)[:, :, found[0]] if len(found) else getattr(self.first, name)[:, :, place]
        )
        return numbers

    def chunk(self, part: slice) -> "Forces":
        """Return the forces of some of the draws."""
        names = ("phi", "strength", "implemented", "due")
        varied = Pull(*(some_draws(getattr(self.varied, name), part) for name in names))
        return Forces(self.first, self.varying, varied)


_NONE: Final = Pull(*(np.zeros((1, 1, 0)) for _ in range(4)))


def forces_of(frame: Frame, inputs: Inputs, reach: Reach) -> Forces:
    """Return the actions by month."""
    first = inputs.chunk(slice(0, 1)) if inputs.draws > 1 else inputs
    every = np.arange(len(frame.rows), dtype=np.intp)
    varying = _varying(frame, inputs)
    pull = _pull(frame, first, reach.size[:1], every)
    varied = _pull(frame, inputs, reach.size, varying) if len(varying) else _NONE
    return Forces(pull, varying, varied)


def _pull(frame: Frame, inputs: Inputs, size: Array, places: Indices) -> Pull:
    delay, phase_in, phase_out, implementation, enabled = (
        inputs.numbers("actions", name)[:, frame.index[places]]
        for name in (*TIMING_COLUMNS, "implementation", "enabled")
    )
    start, end = frame.month_index("start")[:, places], frame.month_index("end")[:, places]
    repeats, months = frame.repeats[places], len(frame.horizon)
    stop_if_cancelled()
    phi = phase(months, start, end, delay, phase_in, phase_out, repeats)
    on_time = phi if not delay.any() else phase(months, start, end, 0.0 * delay, phase_in, phase_out, repeats)
    stop_if_cancelled()
    strength = phi * (implementation * enabled)[:, None, :]
    announced = size[:, None, places]
    return Pull(phi, strength, strength * announced, on_time * announced)


def _varying(frame: Frame, inputs: Inputs) -> Indices:
    if inputs.draws == 1:
        return np.zeros(0, dtype=np.intp)
    if inputs.varies("plants", PLANT_COLUMNS):
        return np.arange(len(frame.rows), dtype=np.intp)
    rows = inputs.varied_rows("actions", (*SIZE_COLUMNS, *TIMING_COLUMNS, "implementation", "operating_share"))
    return np.array([place for place, row in enumerate(frame.rows) if row in rows], dtype=np.intp)
