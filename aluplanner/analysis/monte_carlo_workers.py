"""Draws spread over workers: the same numbers, whoever runs them."""

from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Final
from uuid import uuid4

from aluplanner.analysis.monte_carlo_span import Part, Prepared, joined, run_all, run_span, spans
from aluplanner.model.progress import tell_progress

MOST_SPANS: Final = 64
"""Pieces that the draws are cut into for workers, at most: each begins by drawing anew."""
_ASKED_EVERY: Final = 0.05
"""Seconds after which a wait for workers asks whether it is still wanted."""


def run_draws(prepared: Prepared, executor: Executor | None) -> Part:
    """Run every draw, here or by an executor's workers.

    Raises
    ------
    SolveCancelled
        When that is asked for around it; what the workers have not begun yet is then not begun.
    """
    if executor is None:
        return run_all(prepared)
    task = prepared.task
    run = uuid4().hex
    parts = spans(task.draws, prepared.block, MOST_SPANS)
    waiting = [executor.submit(run_span, task, first, last, run) for first, last in parts]
    try:
        _follow(waiting)
        return joined([future.result() for future in waiting])
    finally:
        for future in waiting:
            future.cancel()


def _follow(waiting: list[Future[Part]]) -> None:
    open_ones = set(waiting)
    while open_ones:
        done, open_ones = wait(open_ones, _ASKED_EVERY, FIRST_COMPLETED)
        for future in done:
            future.result()  # what went wrong there goes wrong here, at once
        tell_progress(1.0 - len(open_ones) / len(waiting))
