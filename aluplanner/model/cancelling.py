"""Giving up work whose result is no longer wanted."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class SolveCancelled(Exception):  # noqa: N818 - it is a wish, not an error
    """The run was given up because its result is no longer wanted."""


class _Asked(threading.local):
    """What each thread asks between two pieces of its work."""

    is_cancelled: Callable[[], bool] | None = None


_asked = _Asked()


@contextmanager
def cancellable(is_cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Let the work inside stop soon after ``is_cancelled`` says so; ``None`` leaves it to what is asked outside.

    Whoever works long asks by :func:`stop_if_cancelled`; a planner who types must not wait for the checks and arrays of
    a plan that is already another.
    """
    before = _asked.is_cancelled
    _asked.is_cancelled = is_cancelled or before
    try:
        yield
    finally:
        _asked.is_cancelled = before


def stop_if_cancelled() -> None:
    """Give the work of this thread up if its result is no longer wanted.

    Raises
    ------
    SolveCancelled
        If so.
    """
    if _asked.is_cancelled is not None and _asked.is_cancelled():
        raise SolveCancelled
