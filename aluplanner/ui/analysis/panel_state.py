"""What a panel of an analysis has to show, and the word for what its picture is worth."""

from enum import Enum, auto

from aluplanner.i18n import tr


class State(Enum):
    """What a panel has to show."""

    NOTHING = auto()
    """Nothing was asked yet."""
    MISSING = auto()
    """Something that the question needs is not there."""
    BUSY = auto()
    ANSWERED = auto()
    STALE = auto()
    """The plan or the question has changed since the answer."""
    FAILED = auto()
    CANCELLED = auto()


def mark_of(state: State, *, has_answer: bool) -> tuple[str, str]:
    """Return the word that stands beside a picture and its tooltip; nothing where the picture is what it seems."""
    if state is State.CANCELLED:
        return tr("cancelled"), tr("The work was stopped; what was shown before stays.")
    if state is State.STALE:
        return tr("changed since: run again"), tr("The plan or the question has changed since this answer.")
    if state in (State.FAILED, State.MISSING) and has_answer:
        return tr("last good answer"), tr("This still shows the answer before.")
    return "", ""
