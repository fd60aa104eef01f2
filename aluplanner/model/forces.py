"""How hard each action pulls in each month: size, implementation, phase (sections 3 and 4 of the model page)."""

from dataclasses import dataclass

import numpy as np

from aluplanner.model.frame import Frame, Indices
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.phasing import phase
from aluplanner.model.reach import PLANT_COLUMNS, SIZE_COLUMNS, Reach

TIMING_COLUMNS = ("delay", "phase_in", "phase_out")


@dataclass(frozen=True)
class Forces:
    """The actions by month.

    Attributes
    ----------
    strength
        ``implementation · phi``, 0 while switched off, shape ``(draws or 1, months, actions)``.
    implemented
        ``M · implementation · phi``, kt/y, same shape: what is carried out of each action.
    due
        ``M · phi0``, kt/y, same shape: what should have been.
    varying
        Actions whose implemented size differs between draws; of all others the first draw stands for all.
    """

    strength: Array
    implemented: Array
    due: Array
    varying: Indices


def forces_of(frame: Frame, inputs: Inputs, reach: Reach) -> Forces:
    """Return the actions by month."""
    delay, phase_in, phase_out, implementation, enabled = (
        inputs.numbers("actions", name)[:, frame.index]
        for name in ("delay", "phase_in", "phase_out", "implementation", "enabled")
    )
    start, end = frame.month_index("start"), frame.month_index("end")
    months = len(frame.horizon)
    phi = phase(months, start, end, delay, phase_in, phase_out, frame.repeats)
    announced_phi = (
        phi if not delay.any() else phase(months, start, end, np.zeros((1, 1)), phase_in, phase_out, frame.repeats)
    )
    strength = phi * (implementation * enabled)[:, None, :]
    size = reach.size[:, None, :]
    return Forces(strength, strength * size, announced_phi * size, _varying(frame, inputs))


def _varying(frame: Frame, inputs: Inputs) -> Indices:
    if inputs.varies("plants", PLANT_COLUMNS):
        return np.arange(len(frame.rows), dtype=np.intp)
    rows = inputs.varied_rows("actions", (*SIZE_COLUMNS, *TIMING_COLUMNS, "implementation", "operating_share"))
    return np.array([place for place, row in enumerate(frame.rows) if row in rows], dtype=np.intp)
