"""Questions that make no sense as they stand, though the plan is right."""

from aluplanner.model.issues import Issue, PlanError, Severity


class QuestionError(PlanError):
    """A question that cannot be asked as it stands.

    Parameters
    ----------
    code
        What kind of mistake it is, for machines.
    message, remedy
        What is wrong, and what would be right, in words.
    """

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__([Issue(Severity.ERROR, code, message, remedy)])
