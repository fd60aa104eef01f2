"""Saying how far long work has come."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from aluplanner.model.cancelling import cancellable, stop_if_cancelled

Cancelled: TypeAlias = Callable[[], bool] | None
"""Asked between pieces of work, which stop when it says yes."""

Progress: TypeAlias = Callable[[float], None] | None
"""Told the part of the work that is done, 0 to 1."""


class _Told(threading.local):
    """Whom each thread tells how far it has come, and which part of the whole its present piece is."""

    progress: Callable[[float], None] | None = None
    first: float = 0.0
    last: float = 1.0


_told = _Told()


@contextmanager
def watched(cancelled: Cancelled = None, progress: Progress = None) -> Iterator[None]:
    """Let the work inside be cancelled and followed; ``None`` leaves it to what is asked and told outside."""
    before = (_told.progress, _told.first, _told.last)
    if progress is not None:
        _told.progress, _told.first, _told.last = progress, 0.0, 1.0
    try:
        with cancellable(cancelled):
            yield
    finally:
        _told.progress, _told.first, _told.last = before


@contextmanager
def part_of_work(first: float, last: float) -> Iterator[None]:
    """Make what the work inside tells, 0 to 1, the part from ``first`` to ``last`` of the work around it."""
    before = (_told.first, _told.last)
    length = _told.last - _told.first
    _told.first, _told.last = before[0] + first * length, before[0] + last * length
    try:
        yield
    finally:
        _told.first, _told.last = before


def tell_progress(done: float) -> None:
    """Say which part of the work, 0 to 1, is done; stop it if that is wanted.

    Raises
    ------
    SolveCancelled
        If nobody wants the result any more.
    """
    stop_if_cancelled()
    if _told.progress is not None:
        _told.progress(_told.first + min(1.0, max(0.0, done)) * (_told.last - _told.first))
