"""Exit codes of the command line."""

from typing import Final

DONE: Final = 0
PLAN_HAS_ERRORS: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130


class UsageError(Exception):
    """What was asked for makes no sense; the text says why and what would."""
