"""Why there is no answer, in a sentence."""

from typing import Final

from aluplanner.analysis.question_error import QuestionError
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.unread_rules import UNREAD

_ADDRESS: Final = "address"
"""Issues of this code tell of a cell that a question names."""


def has_plan_errors(document: Document) -> bool:
    """Return whether the plan has errors that keep it from being solved."""
    return any(issue.is_error and issue.code != UNREAD for issue in document.issues)


def failure_sentence(error: Exception, document: Document) -> str | None:
    """Return why there is no answer; ``None`` for what should never happen and must not be hushed up."""
    if isinstance(error, PlanError):
        if has_plan_errors(document) and not _is_of_question(error):
            return tr("The plan has errors, so there is no new answer. Issues tells what is wrong and where.")
        return str(error)
    return str(error) if isinstance(error, ValueError) and hasattr(error, "message") else None


def _is_of_question(error: PlanError) -> bool:
    """Return whether an error tells of the question and not of the plan, whatever else is wrong with that."""
    return isinstance(error, QuestionError) or all(issue.code == _ADDRESS for issue in error.issues)
