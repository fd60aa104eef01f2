"""What changed in the open document, and who asked."""

from dataclasses import dataclass
from enum import StrEnum

from aluplanner.model.plan import Plan


class Origin(StrEnum):
    """Who asked for a change, where it was no widget."""

    HISTORY = "history"  # undo, redo, a click in the history list
    FILE = "file"  # another plan was opened


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One step from a plan to another.

    Attributes
    ----------
    before, after
        The plan on either side of the step; they share every table the step did not touch.
    origin
        The widget that asked, or an :class:`Origin`; ``None`` if nobody in particular did.
    label
        The step in words, as in the history list.
    """

    before: Plan
    after: Plan
    origin: object
    label: str

    @property
    def is_other_plan(self) -> bool:
        """Whether another plan was put in place, so that views begin afresh."""
        return self.origin is Origin.FILE
