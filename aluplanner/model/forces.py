"""How hard each action pulls in each month: size, implementation, phase (sections 3 and 4 of the model page)."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final, Protocol

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.phasing import phase
from aluplanner.model.reach import PLANT_COLUMNS, SIZE_COLUMNS, Reach

TIMING_COLUMNS: Final = ("delay", "phase_in", "phase_out")


@dataclass(frozen=True)
class Pull:
    """Some actions by month, shape ``(draws or 1, months, actions)`` each; where nothing is said, in kt/y.

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
    size
        ``M``, shape ``(draws or 1, actions)``.
    """

    phi: Array
    strength: Array
    implemented: Array
    due: Array
    size: Array

    def of_actions(self, places: Indices) -> "Pull":
        """Return some of the actions."""
        return Pull(*(np.ascontiguousarray(getattr(self, item.name)[..., places]) for item in fields(Pull)))


class ActionForces(Protocol):
    """The actions by month, one by one; one draw stands for all draws of an action that does not vary."""

    @property
    def first(self) -> Pull:
        """Every action in one draw."""
        ...

    @property
    def varying(self) -> Indices:
        """The actions that differ between draws."""
        ...

    def of_action(self, name: str, place: int) -> Array:
        """Return one action's ``strength``, ``implemented`` or ``due``, shape ``(draws or 1, months)``."""
        ...

    def size_of_action(self, place: int) -> Array:
        """Return one action's announced size after the cap, kt/y, shape ``(draws or 1,)``."""
        ...


@dataclass(frozen=True)
class Forces:
    """The actions by month, as arrays for the equations of single plants; see :class:`ActionForces`.

    Attributes
    ----------
    first
        Every action in one draw, which stands for all draws of an action that does not vary.
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

    def of_action(self, name: str, place: int) -> Array:
        """Return one action's ``strength``, ``implemented`` or ``due``, shape ``(draws or 1, months)``."""
        found = np.flatnonzero(self.varying == place)
        numbers: Array = (
            getattr(self.varied, name)[:, :, found[0]] if len(found) else getattr(self.first, name)[:, :, place]
        )
        return numbers

    def size_of_action(self, place: int) -> Array:
        """Return one action's announced size after the cap, kt/y, shape ``(draws or 1,)``."""
        found = np.flatnonzero(self.varying == place)
        size: Array = self.varied.size[:, found[0]] if len(found) else self.first.size[:, place]
        return size


_NONE: Final = np.zeros((1, 1, 0))
NO_PULL: Final = Pull(_NONE, _NONE, _NONE, _NONE, np.zeros((1, 0)))
"""The pull of no action."""


def forces_of(frame: Frame, inputs: Inputs, reach: Reach) -> Forces:
    """Return the actions by month."""
    first = inputs.chunk(slice(0, 1)) if inputs.draws > 1 else inputs
    every = np.arange(len(frame.rows), dtype=np.intp)
    varying = _varying(frame, inputs)
    pull = pull_of(frame, first, reach.size[:1], every)
    varied = pull_of(frame, inputs, reach.size[:, varying], varying) if len(varying) else NO_PULL
    return Forces(pull, varying, varied)


def pull_of(frame: Frame, inputs: Inputs, size: Array, places: Indices) -> Pull:
    """Return some actions by month.

    Parameters
    ----------
    frame, inputs
        The run.
    size
        Their announced size after the cap, kt/y, shape ``(draws or 1, actions)``.
    places
        Which actions.
    """
    rows = frame.index[places]
    stop_if_cancelled()
    phi, on_time = phases_of(frame, inputs, places)
    stop_if_cancelled()
    strength = phi * implemented_part(inputs, rows)[:, None, :]
    announced = size[:, None, :]
    return Pull(phi, strength, strength * announced, on_time * announced, size)


def implemented_part(inputs: Inputs, rows: Indices) -> Array:
    """Return ``implementation``, 0 while switched off, of some rows of Actions, shape ``(draws or 1, rows)``."""
    return inputs.numbers("actions", "implementation", rows) * inputs.numbers("actions", "enabled", rows)


def phases_of(frame: Frame, inputs: Inputs, places: Indices) -> tuple[Array, Array]:
    """Return ``phi`` and ``phi0`` of some actions, shape ``(draws or 1, months, actions)``."""
    delay, phase_in, phase_out = (inputs.numbers("actions", name, frame.index[places]) for name in TIMING_COLUMNS)
    start, end = frame.month_index("start")[:, places], frame.month_index("end")[:, places]
    repeats, months = frame.repeats[places], len(frame.horizon)
    phi = phase(months, start, end, delay, phase_in, phase_out, repeats)
    if not delay.any():
        return phi, phi
    return phi, phase(months, start, end, np.zeros((1, 1)), phase_in, phase_out, repeats)


def _varying(frame: Frame, inputs: Inputs) -> Indices:
    if inputs.draws == 1:
        return np.zeros(0, dtype=np.intp)
    if inputs.varies("plants", PLANT_COLUMNS):
        return np.arange(len(frame.rows), dtype=np.intp)
    return drawn_actions(frame, inputs)


def drawn_actions(frame: Frame, inputs: Inputs) -> Indices:
    """Return the actions of which a cell of their own differs between draws."""
    rows = inputs.varied_rows("actions", (*SIZE_COLUMNS, *TIMING_COLUMNS, "implementation", "operating_share"))
    return np.array([place for place, row in enumerate(frame.rows) if row in rows], dtype=np.intp)
