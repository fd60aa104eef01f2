"""What can be asked of the ledger and what its figures are called; it needs nothing, so that a command line can ask."""

from typing import Final

ACTION: Final = "action"
PROVINCE: Final = "province"
GROUP: Final = "group"
KIND: Final = "kind"
GROUPINGS: Final = (ACTION, PROVINCE, GROUP, KIND)
"""What the rows may stand for."""

END: Final = "end"
MEAN: Final = "mean"
READINGS: Final = (END, MEAN)
"""How a capacity is read over a period: at its last month-end, or as the mean of its month-ends."""

STEPS: Final = ("month", "quarter", "half", "year")
"""Stretches into which the period can be cut."""

STATED: Final = ("announced", "due", "implemented", "landed", "gap", "overhang")
"""Capacities that fall on plants by the weights of section 2 of the model page."""

LEVELS: Final = (*STATED, "effective", "out")
"""The figures that are capacity, kt/y at a month-end."""

LOST: Final = "output_lost"
"""The figure that is output, kt in a month."""

FIGURES: Final = (*LEVELS, LOST)
"""Every figure of the ledger."""
