"""What is wrong with a workbook, or a part of it, in words."""

from aluplanner.workbook.gate_words import words
from aluplanner.workbook.raw.errors import PROCESS_CODES, RawError


class PartError(Exception):
    """A workbook, or a part of it, cannot be read or written.

    Attributes
    ----------
    message, remedy
        Sentences for the planner: what is wrong, what to do.
    code
        Which of the closed list of reasons it is (:data:`~aluplanner.workbook.raw.errors.CODES`).
    """

    def __init__(self, message: str, remedy: str, code: str = "file") -> None:
        self.message = message
        self.remedy = remedy
        self.code = code
        super().__init__(f"{message} {remedy}")

    @classmethod
    def of(cls, error: RawError) -> "PartError":
        """Return what was found, in words."""
        return cls(*words(error.code, error.detail), error.code)

    @property
    def is_final(self) -> bool:
        """Whether nothing more can be read of the workbook, whichever sheet is asked for."""
        return self.code in PROCESS_CODES
