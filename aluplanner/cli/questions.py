"""The commands that ask the model."""

from typing import Final

from aluplanner.cli.question import Question

QUESTIONS: Final[tuple[Question, ...]] = ()
"""In the order of the help."""
